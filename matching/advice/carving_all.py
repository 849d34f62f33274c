"""Which single changes, over all packages, would place most people: through a plan on fitting pairs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from matching.advice.carving import band_words, named_ids
from matching.advice.placing import Placing, plan_of
from matching.advice.rescoring import in_parts, rescored
from matching.advice.variants import Variant, variants
from matching.domain.work_package import WorkPackage
from matching.scoring.group import Group
from matching.scoring.layout import Section, page
from matching.scoring.scores import Scores
from matching.scoring.yardstick import Band
from matching.text import Language, Sentence, say

if TYPE_CHECKING:
    import pandas as pd

Progress = Callable[[int, int], None]
"""Hears how many variants were scored, and of how many."""


@dataclass(frozen=True, kw_only=True, slots=True)
class BestChange:
    """One change of one package.

    `placed_more`: people that a plan on fitting pairs places beyond what it places now. `newly`: who would newly fit,
    best first. `first_chance`: those of them who fit nothing as it is now. `unplaced`: those without a place now.
    """

    package: WorkPackage
    variant: Variant
    placed_more: int
    newly: tuple[str, ...]
    first_chance: tuple[str, ...]
    unplaced: tuple[str, ...]

    @property
    def sentence(self) -> Sentence:
        """The package, the change and what it brings."""
        return say(
            "advice.all.line",
            package=self.package.work_package_id,
            variant=self.variant.sentence,
            placed=self.placed_more,
            newly=len(self.newly),
            first=len(self.first_chance),
            ids=named_ids(self.unplaced or self.newly),
        )


@dataclass(frozen=True, kw_only=True)
class CarvePlan:
    """The single changes that help most, best first; `placed` is what a plan on fitting pairs places now.

    `tried` counts all variants that were scored; `changes` holds all that bring somebody.
    """

    people: int
    places: int
    placed: int
    tried: int
    at_least: Band
    changes: tuple[BestChange, ...]
    placing: Placing

    def text(self, language: Language = "nl", most: int = 15) -> str:
        """Return the best changes as text of at most 80 columns."""
        lines = tuple(change.sentence for change in self.changes[:most])
        full = () if any(change.placed_more for change in self.changes) else (say("advice.all.no_more"),)
        return page(
            self.title,
            [
                Section(heading=say("advice.all.changes"), lines=lines),
                Section(heading=say("advice.all.note"), lines=full),
            ],
            language,
        )

    @property
    def title(self) -> tuple[Sentence, ...]:
        """What a plan places now, and how many changes were tried."""
        counts = {"placed": self.placed, "people": self.people, "places": self.places}
        return (
            say("advice.all.title"),
            say("advice.all.now", band=band_words(self.at_least), **counts),
            say("advice.all.tried", tried=self.tried, helping=len(self.changes)),
        )

    def __str__(self) -> str:
        return self.text()

    def to_frame(self) -> pd.DataFrame:
        """Return one row a change."""
        import pandas as pd

        names = ("work_package_id", "variant", "placed_more", "newly", "first_chance", "unplaced", "newly_ids")
        rows = [
            (
                change.package.work_package_id,
                str(change.variant.sentence),
                change.placed_more,
                len(change.newly),
                len(change.first_chance),
                len(change.unplaced),
                "; ".join(change.newly),
            )
            for change in self.changes
        ]
        return pd.DataFrame(rows, columns=list(names))


@dataclass(frozen=True, kw_only=True, slots=True)
class Trial:
    """One variant of the package in one row."""

    row: int
    package: WorkPackage
    variant: Variant


def carve_all(scores: Scores, *, at_least: Band | None = None, progress: Progress | None = None) -> CarvePlan:
    """Return which single changes would place most people; ties by who gets a first chance, then by who fits newly.

    Every variant of every package is scored against everybody. Without `at_least`, pairs must be "possible"; where a
    plan on such pairs already fills every place or places everybody, they must be "strong". `progress` hears how far
    it is.
    """
    placing = plan_now(scores, at_least or "possible")
    if at_least is None and placing.placed == min(int(placing.places.sum()), len(scores.pool.candidates)):
        at_least, placing = "strong", plan_now(scores, "strong")
    at_least = at_least or "possible"
    trials = [_trials(scores, group) for group in scores.groups.groups]
    total, done = sum(map(len, trials)), 0
    found: list[BestChange] = []
    for group, mine in zip(scores.groups.groups, trials, strict=True):
        for part in in_parts(len(mine), len(scores.pool.candidates)):
            found += _changes(scores, placing, group, mine[part], at_least=at_least)
            done += len(mine[part])
            if progress:
                progress(done, total)
    return CarvePlan(
        people=len(scores.pool.candidates),
        places=int(placing.places.sum()),
        placed=placing.placed,
        tried=total,
        at_least=at_least,
        changes=tuple(sorted(found, key=_usefulness)),
        placing=placing,
    )


def plan_now(scores: Scores, at_least: Band = "possible") -> Placing:
    """Return a plan that places as many people as possible on pairs that fit as they are."""
    packages = scores.pool.packages
    totals = np.empty((len(packages), len(scores.pool.candidates)), dtype=np.int32)
    fits = np.empty(totals.shape, dtype=bool)
    for group in scores.groups.groups:
        for part in in_parts(len(group.rows), totals.shape[1]):
            rows = group.rows[part]
            now = rescored(group, [packages[int(row)] for row in rows])
            totals[rows], fits[rows] = now.totals, now.fits(at_least)
    places = packages.column("places")
    return plan_of(fits, totals, [places[row] for row in range(len(packages))])


def _trials(scores: Scores, group: Group) -> list[Trial]:
    packages = ((row, scores.pool.packages[row]) for row in group.rows.tolist())
    return [
        Trial(row=row, package=package, variant=variant) for row, package in packages for variant in variants(package)
    ]


def _changes(
    scores: Scores, placing: Placing, group: Group, trials: list[Trial], *, at_least: Band
) -> Iterator[BestChange]:
    """Yield the changes that bring somebody."""
    changed = rescored(group, [trial.variant.apply(trial.package) for trial in trials])
    after = changed.fits(at_least)
    nowhere = np.asarray(~placing.fits.any(axis=0), dtype=bool)
    ids = np.array(scores.pool.candidates.ids, dtype=object)
    for trial, fits, totals in zip(trials, after, changed.totals, strict=True):
        new = np.flatnonzero(fits & ~placing.fits[trial.row])
        if len(new):
            new = new[np.argsort(-totals[new], kind="stable")]
            yield BestChange(
                package=trial.package,
                variant=trial.variant,
                placed_more=placing.more(trial.row, fits),
                newly=tuple(ids[new].tolist()),
                first_chance=tuple(ids[new[nowhere[new]]].tolist()),
                unplaced=tuple(ids[new[placing.unplaced[new]]].tolist()),
            )


def _usefulness(change: BestChange) -> tuple[int, int, int, int, str, str]:
    gains = (-change.placed_more, -len(change.first_chance), -len(change.unplaced))
    return (*gains, change.variant.size, change.package.work_package_id, repr(change.variant.steps))
