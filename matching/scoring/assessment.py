"""Everything about a few pairs at once: points with their range, unknowns and the outcome of every rule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching.domain.candidate import Candidate
from matching.domain.judging import Outcome, Points, Rule, Sides, unknown_class
from matching.domain.pool import Pool, is_stale
from matching.domain.work_package import WorkPackage
from matching.scoring.sides import Side, blank_columns
from matching.scoring.yardstick import ORDERS_AS_PRESENT, Weighted, Yardstick

Cube = NDArray[np.int16]


@dataclass(frozen=True, eq=False)
class Assessment:
    """The answers of every counted criterion and of every rule for all pairs of some people and packages.

    `neutral`, `low` and `high` hold points 0..1000 and `unknown` marks, shape (criteria, people, packages); low and
    high are widened for stale profiles. `open` marks where another person could score differently: what the package
    asks nothing about is not open. `outcome` (int8) and `asks` have shape (rules, people, packages).
    """

    yardstick: Yardstick
    neutral: Cube
    low: Cube
    high: Cube
    unknown: NDArray[np.bool_]
    open: NDArray[np.bool_]
    outcome: NDArray[np.int8]
    asks: NDArray[np.bool_]

    @property
    def weights(self) -> NDArray[np.int32]:
        """The weight of every counted criterion."""
        return np.array([weighted.weight for weighted in self.yardstick.counted], dtype=np.int32)

    def summed(self, points: Cube) -> NDArray[np.int32]:
        """Return weighted points added up, shape (people, packages), 0..1,000,000."""
        return np.asarray(np.einsum("k,kij->ij", self.weights, points.astype(np.int32)), dtype=np.int32)

    @property
    def worst(self) -> NDArray[np.int8]:
        """The outcome of each pair: the worst of its rules, shape (people, packages)."""
        return np.asarray(self.outcome.max(axis=0, initial=np.int8(Outcome.FITS)), dtype=np.int8)

    @property
    def unknown_share(self) -> NDArray[np.int32]:
        """The weight of what is unknown, 0..1000, shape (people, packages)."""
        counts = [weighted.key not in ORDERS_AS_PRESENT for weighted in self.yardstick.counted]
        weights = self.weights * np.array(counts, dtype=np.int32)
        return np.asarray(np.einsum("k,kij->ij", weights, self.unknown.astype(np.int32)), dtype=np.int32)


def assess(yardstick: Yardstick, pool: Pool, people: Sequence[Candidate], work: Sequence[WorkPackage]) -> Assessment:
    """Assess every pair of these people and packages on the day of the pool."""
    blank = blank_columns(pool)
    left, right = Side.of_entities(people, blank=blank), Side.of_entities(work, blank=blank)
    stale = np.array([is_stale(person.profile_date, pool.as_of) for person in people], dtype=bool)
    return assess_sides(yardstick, pool, left, right, stale=stale)


def assess_sides(yardstick: Yardstick, pool: Pool, people: Side, work: Side, *, stale: NDArray[np.bool_]) -> Assessment:
    """Assess every pair of two sides; `stale` holds one boolean for each person."""
    shape = (len(yardstick.counted), people.size, work.size)
    neutral, low, high = (np.zeros(shape, dtype=np.int16) for _ in range(3))
    unknown, open_ = np.zeros(shape, dtype=bool), np.zeros(shape, dtype=bool)
    for k, weighted in enumerate(yardstick.counted):
        points, nobody = _points(weighted, pool, people, work)
        neutral[k], unknown[k], open_[k] = points.neutral, points.unknown, nobody.unknown
        widened = stale[:, None]
        low[k] = np.where(widened, np.minimum(points.low, nobody.low), points.low)
        high[k] = np.where(widened, np.maximum(points.high, nobody.high), points.high)
    outcome, asks = np.zeros((0, *shape[1:]), dtype=np.int8), np.zeros((0, *shape[1:]), dtype=bool)
    if yardstick.rules:
        verdicts = [_verdict(rule, pool, people, work, stale=stale) for rule in yardstick.rules]
        outcome, asks = np.stack([found for found, _ in verdicts]), np.stack([found for _, found in verdicts])
    return Assessment(yardstick, neutral, low, high, unknown, open_, outcome, asks)


def _points(weighted: Weighted, pool: Pool, people: Side, work: Side) -> tuple[Points, Points]:
    """Return the points of every pair, and of a person of whom nothing is known with every package."""
    criterion = weighted.criterion
    left, right = people.classes(criterion.reads.candidate), work.classes(criterion.reads.package)
    sides = Sides(candidate=left, package=right, as_of=pool.as_of, travel=pool.travel)
    nobody = Sides(
        candidate=unknown_class(criterion.reads.candidate), package=right, as_of=pool.as_of, travel=pool.travel
    )
    one = np.zeros(1, dtype=np.int32)
    return (
        _spread(criterion.points(sides), left.codes, right.codes),
        _spread(criterion.points(nobody), one, right.codes),
    )


def _spread(points: Points, left: NDArray[np.int32], right: NDArray[np.int32]) -> Points:
    at = np.ix_(left, right)
    return Points(
        neutral=points.neutral[at], low=points.low[at], high=points.high[at], unknown=np.asarray(points.unknown[at])
    )


def _verdict(
    rule: Rule, pool: Pool, people: Side, work: Side, *, stale: NDArray[np.bool_]
) -> tuple[NDArray[np.int8], NDArray[np.bool_]]:
    left, right = people.classes(rule.reads.candidate), work.classes(rule.reads.package)
    found = rule.judge(Sides(candidate=left, package=right, as_of=pool.as_of, travel=pool.travel))
    at = np.ix_(left.codes, right.codes)
    outcome = found.outcome[at].astype(np.int8)
    if rule.needs_fresh_profile:
        outcome[stale[:, None] & (outcome == Outcome.CONFLICT)] = Outcome.TO_JUDGE
    return outcome, found.unknown[at]
