"""One package against everybody, or one candidate against all work: ordered, with near-ties settled by the lot."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from matching.domain.candidate import Candidate
from matching.domain.work_package import WorkPackage
from matching.scoring.fit import Fit, fits_of
from matching.scoring.group import Groups
from matching.scoring.lot import Lots, pair_draw
from matching.scoring.shortlist import LinesLater, Shortlist, group_starts, tie_points
from matching.scoring.sides import Rows
from matching.scoring.sums import Totals
from matching.scoring.together import fits_together
from matching.scoring.yardstick import TOTAL_PER_POINT, Yardstick

NEARLY_TRIED = 40
NEARLY_SHOWN = 5


@dataclass(frozen=True, eq=False)
class Standing:
    """Points of one against all of the other side (as if no rule existed), who is excluded, and each draw."""

    points: Totals
    excluded: NDArray[np.bool_]
    draw: NDArray[np.uint64]
    rank: NDArray[np.int64]

    @property
    def conflicting(self) -> Rows:
        """The excluded rows, most points first, equals by the lot."""
        rows = np.flatnonzero(self.excluded)
        return rows[np.lexsort((self.rank[rows], ~self.draw[rows], -self.points[rows]))]

    def leading(self, span: int, size: int) -> Rows:
        """Return the rows that can have a place, or be tied with who has one, most points first."""
        rows = np.flatnonzero(~self.excluded)
        points = self.points[rows]
        if len(rows) > size:
            last = np.partition(points, len(rows) - size)[len(rows) - size]
            rows = rows[points >= last - span]
        return rows[np.argsort(-self.points[rows], kind="stable")]

    def placed(self, span: int, size: int) -> tuple[list[tuple[int, int, bool]], int]:
        """Return the first `size` rows, the place of their group, whether tied; and how many tied ones got no place."""
        rows = self.leading(span, size)
        starts = group_starts(self.points[rows], span, size)
        lines: list[tuple[int, int, bool]] = []
        for start, stop in pairwise(starts):
            group = rows[start:stop]
            drawn = group[np.lexsort((self.rank[group], ~self.draw[group]))]
            lines += [(int(row), start + 1, len(group) > 1) for row in drawn]
        return lines[:size], max(0, len(lines) - size)


def people_for(groups: Groups, lots: Lots, row: int, size: int) -> Shortlist:
    """Return the shortlist of the package in this row."""
    pool, package = groups.pool, groups.pool.packages[row]
    group, encoding, at = groups.encoded(row)
    draw = pair_draw(lots.candidates.keys, lots.packages.key(row))
    standing = Standing(encoding.points(at)[0], encoding.excluded(at)[0], draw, lots.candidates.rank)

    def _fits(rows: Sequence[int]) -> list[Fit]:
        people = [pool.candidates[row] for row in rows]
        return [found[0] for found in fits_of(group.yardstick, pool, people, [package])]

    return _listed(package, standing, _fits, size=size, yardsticks=(group.yardstick,), lots=lots, as_of=pool.as_of)


def work_for(groups: Groups, lots: Lots, row: int, size: int) -> Shortlist:
    """Return the shortlist of work for the candidate in this row."""
    pool = groups.pool
    candidate = pool.candidates[row]
    points = np.zeros(len(pool.packages), dtype=np.int32)
    excluded = np.zeros(len(pool.packages), dtype=bool)
    for group, encoding in groups.for_person(row):
        points[group.rows] = encoding.points(group.rows)[:, 0]
        excluded[group.rows] = encoding.excluded(group.rows)[:, 0]
    draw = pair_draw(lots.candidates.key(row), lots.packages.keys)
    standing = Standing(points, excluded, draw, lots.packages.rank)

    def _fits(rows: Sequence[int]) -> list[Fit]:
        return fits_together(groups, [(row, other) for other in rows])

    yardsticks = tuple(group.yardstick for group in groups.groups)
    return _listed(candidate, standing, _fits, size=size, yardsticks=yardsticks, lots=lots, as_of=pool.as_of)


def _listed(
    about: Candidate | WorkPackage,
    standing: Standing,
    fits: Callable[[Sequence[int]], list[Fit]],
    *,
    size: int,
    yardsticks: tuple[Yardstick, ...],
    lots: Lots,
    as_of: dt.date,
) -> Shortlist:
    span = tie_points(yardsticks) * TOTAL_PER_POINT
    placed, hidden = standing.placed(span, size)

    def _nearly() -> tuple[Fit, ...]:
        tried = standing.conflicting[:NEARLY_TRIED].tolist()
        mendable = [fit for fit in (fits(tried) if tried else []) if all(found.remedy for found in fit.conflicts)]
        return tuple(sorted(mendable, key=lambda fit: len(fit.conflicts))[:NEARLY_SHOWN])

    excluded = int(np.count_nonzero(standing.excluded))
    return Shortlist(
        about=about,
        lines=LinesLater(placed, fits),
        possible=len(standing.excluded) - excluded,
        excluded=excluded,
        hidden_ties=hidden,
        scorecards=yardsticks,
        seed=lots.candidates.seed,
        as_of=as_of,
        find_nearly=_nearly,
    )
