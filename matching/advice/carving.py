"""What to change about one work package so that more people fit: computed by scoring the changed package again.

Somebody *fits* a package when no known, confirmed conflict excludes her and her band is at least "possible" (or the
band asked for). A variant *newly* fits those who fit the changed package and did not fit the package as it is; it
*frees* those who fitted with something to judge and now fit without. Nothing is estimated: each variant is applied
and measured against everybody by the scorecard of the package.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from matching.advice.rescoring import Mask, group_of, in_parts, rescored
from matching.advice.steps import HomeDays
from matching.advice.variants import MOST_DEPTH, Aims, Variant, variants
from matching.domain.work_package import WorkPackage
from matching.errors import ConfigurationRefused
from matching.scoring.fit import Fit
from matching.scoring.layout import Section, page
from matching.scoring.scores import Scores
from matching.scoring.yardstick import Band
from matching.text import Language, Sentence, say

if TYPE_CHECKING:
    import pandas as pd

NAMED = 8
"""Ids named on the screen for each variant; files hold all of them."""

SHOWN_CHANGES = 12
"""Changes on the screen; files hold all of them."""

WANTED_ARRANGEMENTS = 6
"""Arrangements that are tried: the ones that most candidates name and the package does not have."""


@dataclass(frozen=True, kw_only=True, slots=True)
class CarveLine:
    """One variant with the ids of who would newly fit, would fit without anything to judge, and no longer fit.

    Ids stand best first. `presentable` counts who of those it helps has agreed to be presented.
    """

    variant: Variant
    newly: tuple[str, ...]
    freed: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    presentable: int = 0

    @property
    def sentence(self) -> Sentence:
        """The variant with who would fit, at most a few named."""
        return say("advice.carve.line", variant=self.variant.sentence, effect=_effect(self))


@dataclass(frozen=True, kw_only=True)
class CarveAdvice:
    """What could change about one package, smallest change first; empty `lines` means that nothing lawful helps.

    `fitting` counts who fits now, out of `people`. `nearly` are pairs that one remedy would mend.
    """

    package: WorkPackage
    at_least: Band
    people: int
    fitting: int
    lines: tuple[CarveLine, ...]
    nearly: tuple[Fit, ...]
    made_by: tuple[str, str]

    def text(self, language: Language = "nl") -> str:
        """Return the advice as text of at most 80 columns."""
        near = [
            say("advice.carve.nearly_line", candidate=fit.candidate_id, remedies=_remedies(fit)) for fit in self.nearly
        ]
        sections = (
            Section(heading=say("advice.carve.changes"), lines=self._changes()),
            Section(heading=say("advice.carve.nearly"), lines=tuple(near)),
            Section(heading=say("advice.carve.read_this"), lines=self._remarks()),
        )
        return page(self.title, sections, language)

    def __str__(self) -> str:
        return self.text()

    def to_frame(self) -> pd.DataFrame:
        """Return one row a variant: variant, standing, size, newly, freed and lost as counts, and the ids."""
        import pandas as pd

        rows = [
            (
                str(line.variant.sentence),
                line.variant.standing,
                line.variant.size,
                len(line.newly),
                len(line.freed),
                len(line.lost),
                "; ".join(line.newly),
                "; ".join(line.freed),
                "; ".join(line.lost),
            )
            for line in self.lines
        ]
        names = ("variant", "standing", "size", "newly", "freed", "lost", "newly_ids", "freed_ids", "lost_ids")
        return pd.DataFrame(rows, columns=list(names))

    @property
    def title(self) -> tuple[Sentence, Sentence]:
        """Which package, and how many people fit it now."""
        named = say("advice.carve.title", id=self.package.work_package_id, title=self.package.title)
        return named, say("advice.carve.now", fitting=self.fitting, people=self.people, band=band_words(self.at_least))

    def _changes(self) -> tuple[Sentence, ...]:
        shown, more = self.lines[:SHOWN_CHANGES], len(self.lines) - SHOWN_CHANGES
        rest = (say("advice.carve.more", count=more),) if more > 0 else ()
        return (*(line.sentence for line in shown), *rest)

    def _remarks(self) -> tuple[Sentence, ...]:
        name, version = self.made_by
        nothing = () if self.lines else (say("advice.carve.nothing"),)
        made_by = say("advice.carve.made_by", name=name, version=version)
        return (*nothing, *self.reading, made_by)

    @property
    def reading(self) -> tuple[Sentence, ...]:
        """How to read the changes: what fitting means, and why days at home do so much where they are among them."""
        meaning = say("advice.carve.meaning", band=band_words(self.at_least))
        return (meaning, *home_days_told(line.variant for line in self.lines))


def carve(
    scores: Scores,
    package_id: str,
    *,
    at_least: Band = "possible",
    depth: int = 2,
    reconsider: bool = False,
) -> CarveAdvice:
    """Return what could change about a package and who would then fit, smallest change first.

    `depth` is how many changes may go together; a combination is shown only when it brings somebody whom its parts
    alone do not. With `reconsider` also what the package says is fixed. Raises UnknownName with the nearest id, and
    ConfigurationRefused for a depth that is not 1, 2 or 3.
    """
    if depth not in range(1, MOST_DEPTH + 1):
        raise ConfigurationRefused(say("advice.carve.depth_refused", found=str(depth), most=MOST_DEPTH))
    package = scores.pool.package(package_id)
    aims = Aims(arrangements=wanted_arrangements(scores, package))
    tried = variants(package, aims, depth=depth, reconsider=reconsider)
    base, effects = effects_of(scores, package, tried, at_least=at_least)
    yardstick = scores.scorecard_of(package_id)
    return CarveAdvice(
        package=package,
        at_least=at_least,
        people=len(scores.pool.candidates),
        fitting=int(np.count_nonzero(base)),
        lines=worth_showing(effects),
        nearly=scores.shortlist(package_id, size=1).nearly,
        made_by=(yardstick.name, yardstick.version),
    )


def wanted_arrangements(scores: Scores, package: WorkPackage) -> tuple[str, ...]:
    """Return arrangements that candidates name and the package does not have, most often named first."""
    there = {offer.arrangement for offer in package.offer_states if offer.state in ("present", "arrangeable")}
    column = scores.pool.candidates.column("needs")
    times = np.bincount(column.codes, minlength=len(column.values))
    named: Counter[str] = Counter()
    for needs, count in zip(column.values, times.tolist(), strict=True):
        for key in {key for need in needs or () for key in need.arrangements} - there:
            named[key] += count
    order = sorted(named, key=lambda key: (-named[key], key))
    return tuple(order[:WANTED_ARRANGEMENTS])


def effects_of(
    scores: Scores, package: WorkPackage, tried: Sequence[Variant], *, at_least: Band
) -> tuple[Mask, list[CarveLine]]:
    """Return who fits the package now, shape (people,), and a line for each variant in the same order."""
    group, ids = group_of(scores, package.work_package_id), np.array(scores.pool.candidates.ids, dtype=object)
    now = rescored(group, [package])
    fits, signals = now.fits(at_least)[0], now.signals()[0]
    lines: list[CarveLine] = []
    consent = scores.pool.candidates.column("consent_to_present")
    agreed = {name for row, name in enumerate(scores.pool.candidates.ids) if consent[row]}
    for part in in_parts(len(tried), len(ids)):
        changed = rescored(group, [variant.apply(package) for variant in tried[part]])
        after, judged = changed.fits(at_least), changed.signals()
        for row, variant in enumerate(tried[part]):
            best = np.argsort(-changed.totals[row], kind="stable")
            named = [
                after[row] & ~fits,
                after[row] & fits & signals & ~judged[row],
                fits & ~after[row],
            ]
            newly, freed, lost = (_named(mask, best, ids) for mask in named)
            presentable = len(agreed.intersection((*newly, *freed)))
            lines.append(CarveLine(variant=variant, newly=newly, freed=freed, lost=lost, presentable=presentable))
    return fits, lines


def _named(mask: Mask, order: NDArray[np.intp], ids: NDArray[np.object_]) -> tuple[str, ...]:
    return tuple(ids[order[mask[order]]].tolist())


def worth_showing(lines: Sequence[CarveLine]) -> tuple[CarveLine, ...]:
    """Return the lines that bring somebody: no larger step of a kind for the same people, no idle combination."""
    shown: list[CarveLine] = []
    for line in lines:
        gained = set(line.newly) | set(line.freed)
        mine = {step.slot for step in line.variant.steps}
        smaller = [
            set(other.newly) | set(other.freed)
            for other in shown
            if {step.slot for step in other.variant.steps} <= mine
        ]
        covered = set().union(*smaller) if len(mine) > 1 else max(smaller, key=len, default=set())
        fresh = set(line.newly) if len(mine) > 1 else gained
        if fresh - covered:
            shown.append(line)
    return tuple(shown)


def _effect(line: CarveLine) -> tuple[Sentence, ...]:
    kinds = (("newly", line.newly), ("freed", line.freed), ("lost", line.lost))
    return tuple(
        say(f"advice.carve.{kind}{'_one' if len(ids) == 1 else ''}", count=len(ids), ids=named_ids(ids))
        for kind, ids in kinds
        if ids
    )


def home_days_told(variants: Iterable[Variant]) -> tuple[Sentence, ...]:
    """Return why days at home help, where one of these variants has them; nothing else does."""
    home = any(isinstance(step, HomeDays) for variant in variants for step in variant.steps)
    return (say("advice.carve.home_days"),) if home else ()


def named_ids(ids: Sequence[str]) -> Sentence:
    """Return the first ids, and how many more there are."""
    more = len(ids) - NAMED
    if more > 0:
        return say("advice.ids_and_more", ids=ids[:NAMED], more=more)
    return say("advice.ids", ids=tuple(ids))


def _remedies(fit: Fit) -> tuple[Sentence, ...]:
    return tuple(found.remedy for found in fit.conflicts if found.remedy is not None)


def band_words(band: Band) -> Sentence:
    """Return a band in words."""
    return say(f"scoring.band.{band}")
