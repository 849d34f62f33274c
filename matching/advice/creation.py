"""Making new work (functiecreatie): tasks that carving leaves over, bundled for people who have no place yet."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from matching.advice.carving import band_words, named_ids
from matching.advice.carving_all import CarvePlan
from matching.advice.rescoring import group_of, rescored
from matching.advice.steps import SwapTask, WithoutTask
from matching.advice.variants import SMALLEST_HOURS
from matching.domain.work_package import Offer, Task, WorkPackage
from matching.scoring.layout import Section, page
from matching.scoring.scores import Scores
from matching.scoring.yardstick import Band
from matching.text import Language, Sentence, say

if TYPE_CHECKING:
    import pandas as pd

MOST_HOURS = 32.0
"""A bundle stays below this many hours a week (expert judgement)."""

NEW_ID = "NIEUW"


@dataclass(frozen=True, kw_only=True, slots=True)
class LeftTask:
    """A task that may be taken out of a package, and whose absence lets somebody new fit there."""

    source: WorkPackage
    task: Task


@dataclass(frozen=True, kw_only=True, slots=True)
class NewWork:
    """A new package out of tasks of one employer in one municipality, and the unplaced people who fit it.

    Ids stand best first; `sources` are the packages that the tasks come from, in the order of the tasks.
    """

    package: WorkPackage
    sources: tuple[str, ...]
    people: tuple[str, ...]

    @property
    def sentence(self) -> Sentence:
        """The tasks, the hours, where they come from and who would fit."""
        return say(
            "advice.new.line",
            id=self.package.work_package_id,
            employer=self.package.employer,
            municipality=self.package.municipality,
            hours=self.package.hours_max,
            tasks=tuple(task.name for task in self.package.tasks or ()),
            sources=tuple(dict.fromkeys(self.sources)),
            count=len(self.people),
            ids=named_ids(self.people),
        )


@dataclass(frozen=True, kw_only=True)
class Creation:
    """The new packages that are worth proposing, most people first."""

    proposals: tuple[NewWork, ...]
    at_least: Band = "possible"

    @property
    def meaning(self) -> Sentence:
        """What is proposed, and which plan says that somebody has no place."""
        return say("advice.new.meaning", band=band_words(self.at_least))

    def text(self, language: Language = "nl") -> str:
        """Return the proposals as text of at most 80 columns."""
        lines = tuple(work.sentence for work in self.proposals) or (say("advice.new.nothing"),)
        section = Section(heading=say("advice.new.heading"), lines=lines)
        return page((say("advice.new.title"), self.meaning), (section,), language)

    def __str__(self) -> str:
        return self.text()

    def to_frame(self) -> pd.DataFrame:
        """Return one row a task of a new package."""
        import pandas as pd

        rows = [
            (work.package.work_package_id, work.package.employer, task.name, task.hours, source, "; ".join(work.people))
            for work in self.proposals
            for task, source in zip(work.package.tasks or (), work.sources, strict=True)
        ]
        return pd.DataFrame(rows, columns=["work_package_id", "employer", "task", "hours", "source", "people"])


def create(scores: Scores, plan: CarvePlan) -> Creation:
    """Return new packages out of what carving leaves over, with the people without a place who fit them.

    Fitting is "possible" here whatever the plan asked: of new work much is still unknown.
    """
    proposals = []
    for number, bundle in enumerate(_bundles(left_over(plan)), start=1):
        package = new_package(f"{NEW_ID}-{number:02d}", bundle)
        people = _unplaced_who_fit(scores, plan, _leading(bundle), package)
        if people:
            sources = tuple(item.source.work_package_id for item in bundle)
            proposals.append(NewWork(package=package, sources=sources, people=people))
    best = sorted(proposals, key=lambda work: -len(work.people))
    return Creation(proposals=tuple(best), at_least=plan.at_least)


def left_over(plan: CarvePlan) -> tuple[LeftTask, ...]:
    """Return the tasks that may go and whose absence brings somebody, by package; every package keeps a task."""
    found: dict[tuple[str, str], LeftTask] = {}
    for change in plan.changes:
        step = change.variant.steps[0]
        if isinstance(step, WithoutTask | SwapTask) and step.standing == "agreed":
            task = next(task for task in change.package.tasks or () if task.name == step.task)
            if task.hours is not None:
                found.setdefault(
                    (change.package.work_package_id, task.name), LeftTask(source=change.package, task=task)
                )
    gone = Counter(identity for identity, _ in found)
    spared = {key for key in found if gone[key[0]] == len(found[key].source.tasks or ())}
    keep = {min(key for key in spared if key[0] == identity) for identity, _ in spared}
    return tuple(found[key] for key in sorted(found) if key not in keep)


def new_package(identity: str, bundle: tuple[LeftTask, ...]) -> WorkPackage:
    """Return a package of these tasks; what nobody has settled yet stays unknown."""
    first, hours = _leading(bundle), _hours(bundle)
    places = {item.source.location for item in bundle}
    kinds = frozenset(item.task.work_kind for item in bundle if item.task.work_kind)
    return WorkPackage(
        work_package_id=identity,
        title=str(say("advice.new.package_title")),
        employer=first.employer,
        method=first.method,
        programme=first.programme,
        municipality=first.municipality,
        postcode4=first.postcode4,
        location=places.pop() if len(places) == 1 else None,
        hours_min=hours,
        hours_max=hours,
        hours_negotiable=True,
        start_date=_latest(item.source.start_date for item in bundle),
        start_movable=True,
        work_kinds=kinds or None,
        tasks=tuple(item.task for item in bundle),
        offers=_shared_offers([item.source for item in bundle]),
    )


def _bundles(left: Iterable[LeftTask]) -> Iterator[tuple[LeftTask, ...]]:
    """Yield tasks of one employer in one municipality, filled up to the most hours."""
    places: dict[tuple[str, str], list[LeftTask]] = {}
    for item in left:
        if item.source.employer and item.source.municipality:
            places.setdefault((item.source.employer, item.source.municipality), []).append(item)
    for _, items in sorted(places.items()):
        yield from (bundle for bundle in _filled(items) if len(bundle) > 1 and _hours(bundle) >= SMALLEST_HOURS)


def _filled(items: Iterable[LeftTask]) -> Iterator[tuple[LeftTask, ...]]:
    """Cut tasks into bundles that stay within the most hours."""
    bundle: tuple[LeftTask, ...] = ()
    for item in items:
        if _hours((*bundle, item)) > MOST_HOURS:
            yield bundle
            bundle = ()
        bundle = (*bundle, item)
    yield bundle


def _hours(bundle: Iterable[LeftTask]) -> float:
    return sum(item.task.hours or 0.0 for item in bundle)


def _unplaced_who_fit(scores: Scores, plan: CarvePlan, source: WorkPackage, package: WorkPackage) -> tuple[str, ...]:
    found = rescored(group_of(scores, source.work_package_id), [package])
    rows = np.flatnonzero(found.fits()[0] & plan.placing.unplaced)
    best = rows[np.argsort(-found.totals[0][rows], kind="stable")]
    return tuple(scores.pool.candidates.ids[row] for row in best.tolist())


def _leading(bundle: tuple[LeftTask, ...]) -> WorkPackage:
    """Return the source whose method and scorecard the new package takes: an individual placement if there is one."""
    return min((item.source for item in bundle), key=lambda source: source.scorecard_key != "individual")


def _latest(days: Iterable[dt.date | None]) -> dt.date | None:
    return max((day for day in days if day is not None), default=None)


def _shared_offers(sources: list[WorkPackage]) -> tuple[Offer, ...]:
    """Return the offers that all packages make in the same words."""
    return tuple(offer for offer in sources[0].offers if all(offer in source.offers for source in sources))
