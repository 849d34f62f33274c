"""The parts of a fit: what each criterion gives and what each rule found, with the sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matching.domain.judging import Outcome
from matching.scoring.yardstick import TOTAL_PER_POINT
from matching.text import Sentence, say
from matching.text.catalogue import has


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """What one criterion gives: points 0..1000 times weight; low <= points <= high.

    `unknown`: something it reads is unknown. `open`: the package asks something here, so that another person could
    score differently.
    """

    key: str
    weight: int
    points: int
    low: int
    high: int
    unknown: bool
    open: bool
    reason: Sentence

    @property
    def total(self) -> int:
        """Weight times points: what this part adds to the total."""
        return self.weight * self.points

    @property
    def label(self) -> Sentence:
        """The name of the criterion in words."""
        return part_label(self.key)


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """What one rule found. `remedy` is the smallest change that would mend a signal or conflict, if there is one."""

    key: str
    outcome: Outcome
    unknown: bool
    reason: Sentence
    remedy: Sentence | None


def whole_points(totals: Sequence[int]) -> tuple[int, ...]:
    """Return totals (weight times points) as whole points that add up exactly to the whole points of their sum.

    Each is rounded down; the points that are left go to the largest remainders, equal ones in the order given. So
    every list, table and picture shows the same whole numbers (0..1000), and their sum is the points of the pair.
    """
    shown = [total // TOTAL_PER_POINT for total in totals]
    left = sum(totals) // TOTAL_PER_POINT - sum(shown)
    largest = sorted(range(len(totals)), key=lambda at: -(totals[at] % TOTAL_PER_POINT))
    for at in largest[:left]:
        shown[at] += 1
    return tuple(shown)


def part_label(key: str) -> Sentence:
    """Return the name of a criterion in words; its key when the catalogue has none."""
    named = f"criteria.{key}.name"
    return say(named) if has(named) else say("scoring.unnamed", named=key)


def scorecard_label(name: str) -> Sentence:
    """Return the name of a scorecard in words; a scorecard of one's own is called as it calls itself."""
    named = f"scoring.scorecard.{name}"
    return say(named) if has(named) else say("scoring.unnamed", named=name)
