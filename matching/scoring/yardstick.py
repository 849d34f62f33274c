"""What pairs are measured by: weighted criteria, rules, and the bands in which people read the result."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from matching.domain.judging import FULL_POINTS, Criterion, Rule
from matching.domain.travel import TravelTimes
from matching.errors import ConfigurationRefused
from matching.text import say

WEIGHT_SUM = 1000
FULL_TOTAL = WEIGHT_SUM * FULL_POINTS
"""The largest total of a pair: 1,000,000, shown as 1000 points."""

TOTAL_PER_POINT = FULL_TOTAL // 1000

ORDERS_AS_PRESENT = frozenset({"doable_hours"})
"""Criteria whose unknown orders like an arrangement that is present; not counted in the unknown share."""

MEASURED_ONLY = frozenset({"travel"})
"""Rules that exclude on measured travel times only: an estimate never gives a conflict."""

Band = Literal["strong", "possible", "worth_a_talk"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Bands:
    """Thresholds in points out of 1000 (expert judgement, not reviewed by practitioners).

    *strong* asks `strong_points` and an unknown share of at most `unknown_share`; *possible* asks `possible_points`;
    the rest is worth a talk. Neutral totals within `tie_points` are shown as equal.
    """

    strong_points: int = 700
    possible_points: int = 550
    unknown_share: int = 300
    tie_points: int = 30

    def __post_init__(self) -> None:
        for name in self.__slots__:
            _refuse_outside(f"bands.{name}", getattr(self, name))
        if self.possible_points > self.strong_points:
            raise ConfigurationRefused(say("scoring.refused.bands_order"))

    def band(self, total: int, unknown_share: int) -> Band:
        """Return the band of a neutral total 0..1,000,000 and an unknown share 0..1000."""
        if total >= self.strong_points * TOTAL_PER_POINT and unknown_share <= self.unknown_share:
            return "strong"
        return "possible" if total >= self.possible_points * TOTAL_PER_POINT else "worth_a_talk"

    @property
    def tie_total(self) -> int:
        """How far totals in one near-tie group lie apart at most."""
        return self.tie_points * TOTAL_PER_POINT


@dataclass(frozen=True, kw_only=True, slots=True)
class Weighted:
    """One criterion with its weight 0..1000 and the reason for that weight."""

    criterion: Criterion
    weight: int
    because: str = ""

    def __post_init__(self) -> None:
        _refuse_outside(self.key, self.weight)

    @property
    def key(self) -> str:
        """The key of the criterion."""
        return self.criterion.key


@dataclass(frozen=True, kw_only=True)
class Yardstick:
    """Weighted criteria whose weights add up to 1000, rules, and bands, under a name and version.

    Raises ConfigurationRefused for weights that are negative, no whole number, or do not add up to 1000, and for a
    criterion or rule that stands in it twice.
    """

    name: str
    version: str
    criteria: tuple[Weighted, ...]
    rules: tuple[Rule, ...] = ()
    bands: Bands = field(default_factory=Bands)
    status: str = ""

    def __post_init__(self) -> None:
        _refuse_twice([weighted.key for weighted in self.criteria])
        _refuse_twice([rule.key for rule in self.rules])
        found = sum(weighted.weight for weighted in self.criteria)
        if found != WEIGHT_SUM:
            raise ConfigurationRefused(say("scoring.refused.sum", name=self.name, found=found, wanted=WEIGHT_SUM))

    @property
    def counted(self) -> tuple[Weighted, ...]:
        """The criteria with a weight above zero: the only ones that are asked."""
        return tuple(weighted for weighted in self.criteria if weighted.weight)

    def excluding(self, travel: TravelTimes) -> tuple[Rule, ...]:
        """Return the rules that can exclude with these travel times: the only ones that are asked about every pair."""
        known = MEASURED_ONLY if not travel.matrix else frozenset[str]()
        return tuple(rule for rule in self.rules if rule.can_conflict and rule.key not in known)


def _refuse_outside(key: str, value: object) -> None:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= WEIGHT_SUM:
        raise ConfigurationRefused(say("scoring.refused.number", named=key, found=str(value), most=WEIGHT_SUM))


def _refuse_twice(keys: Sequence[str]) -> None:
    for key in keys:
        if keys.count(key) > 1:
            raise ConfigurationRefused(say("scoring.refused.twice", named=key))
