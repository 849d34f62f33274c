"""Changed packages against everybody, by the same scorecard that measured the package: exact and many at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from matching.domain.judging import Outcome, Sides
from matching.domain.work_package import WorkPackage
from matching.scoring.encoding import Encoding
from matching.scoring.group import Group
from matching.scoring.scores import Scores
from matching.scoring.sums import Totals
from matching.scoring.yardstick import ORDERS_AS_PRESENT, TOTAL_PER_POINT, Band

Mask = NDArray[np.bool_]

CELLS_TOGETHER = 4_000_000
"""How many pairs are held at once."""


@dataclass(frozen=True, eq=False)
class Rescored:
    """Packages against everybody under one scorecard.

    `totals` are neutral totals 0..1,000,000, -1 where a conflict excludes, shape (packages, people).
    """

    encoding: Encoding
    totals: Totals

    def fits(self, at_least: Band = "possible") -> Mask:
        """Return who fits: no conflict and at least this band, shape (packages, people)."""
        bands = self.encoding.yardstick.bands
        if at_least == "worth_a_talk":
            return np.asarray(self.totals >= 0)
        if at_least == "possible":
            return np.asarray(self.totals >= bands.possible_points * TOTAL_PER_POINT)
        high = self.totals >= bands.strong_points * TOTAL_PER_POINT
        return np.asarray(high & (self._unknown_share() <= bands.unknown_share))

    def signals(self) -> Mask:
        """Return where a rule leaves something for a person to judge, shape (packages, people)."""
        found = np.zeros((self.encoding.work.size, self.encoding.people.size), dtype=bool)
        for rule in self.encoding.yardstick.rules:
            sides, left, right = _sides(self.encoding, rule.reads.candidate, rule.reads.package)
            found |= (rule.judge(sides).outcome != Outcome.FITS).T[np.ix_(right, left)]
        return found & (self.totals >= 0)

    def _unknown_share(self) -> NDArray[np.int32]:
        share = np.zeros(self.totals.shape, dtype=np.int32)
        for weighted in self.encoding.yardstick.counted:
            if weighted.key not in ORDERS_AS_PRESENT:
                reads = weighted.criterion.reads
                sides, left, right = _sides(self.encoding, reads.candidate, reads.package)
                share += weighted.weight * weighted.criterion.points(sides).unknown.T[np.ix_(right, left)]
        return share


def _sides(
    encoding: Encoding, candidate: tuple[str, ...], package: tuple[str, ...]
) -> tuple[Sides, NDArray[np.int32], NDArray[np.int32]]:
    people, work = encoding.people.classes(candidate), encoding.work.classes(package)
    sides = Sides(candidate=people, package=work, as_of=encoding.as_of, travel=encoding.travel)
    return sides, people.codes, work.codes


def group_of(scores: Scores, package_id: str) -> Group:
    """Return the packages that share the scorecard of this one. Raises UnknownName with the nearest id."""
    return scores.groups.groups[int(scores.groups.of_package[scores.pool.packages.position(package_id)])]


def rescored(group: Group, packages: Sequence[WorkPackage]) -> Rescored:
    """Return these packages (as they are now, or changed) against everybody by the scorecard of the group."""
    encoding = replace(group.encoding, work=group.encoding.work.only(packages))
    return Rescored(encoding, encoding.totals(np.arange(len(packages), dtype=np.intp)))


def in_parts(count: int, people: int) -> Iterator[slice]:
    """Yield slices of `count` packages small enough to score at once."""
    step = max(1, CELLS_TOGETHER // max(1, people))
    for start in range(0, count, step):
        yield slice(start, min(count, start + step))
