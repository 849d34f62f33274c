"""Scores: every pair of a pool, computed when asked - a block, the best of each, one list, one pair."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike, NDArray

from matching.domain.pool import Pool
from matching.errors import ConfigurationRefused, UnknownName
from matching.scoring.best import Best, Edges, edges_of_blocks
from matching.scoring.contest import BothWays
from matching.scoring.fit import Fit
from matching.scoring.frame import all_pairs
from matching.scoring.group import Groups, Tile, grouped
from matching.scoring.lot import Lots
from matching.scoring.ranking import people_for, work_for
from matching.scoring.reach import Reach, reach_of
from matching.scoring.shortlist import Shortlist
from matching.scoring.sides import Side, blank_columns
from matching.scoring.together import fits_together
from matching.scoring.yardstick import Yardstick
from matching.text import say

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Best", "Edges", "Scores"]


@dataclass(frozen=True, eq=False)
class Scores:
    """The scores of every candidate with every work package of a pool; nothing is computed before it is asked.

    `yardsticks` gives the scorecard for each scorecard key of the packages (programme, else method). Totals are
    integers 0..1,000,000; -1 stands for a pair that a known, confirmed conflict excludes. `seed` draws the lot.
    """

    pool: Pool
    yardsticks: Mapping[str, Yardstick]
    seed: int = 0

    @cached_property
    def groups(self) -> Groups:
        """The packages by scorecard, encoded against everybody."""
        people = Side.of_table(self.pool.candidates, blank=blank_columns(self.pool))
        return Groups(self.pool, grouped(self.pool, self.yardsticks, people))

    @cached_property
    def lots(self) -> Lots:
        """The lots of candidates and packages."""
        return Lots.of(self.pool.candidates.ids, self.pool.packages.ids, seed=self.seed)

    @property
    def scorecards(self) -> tuple[Yardstick, ...]:
        """The scorecards in use."""
        return tuple(group.yardstick for group in self.groups.groups)

    def scorecard_of(self, package_id: str) -> Yardstick:
        """Return the scorecard that measures a package. Raises UnknownName with the nearest id."""
        return self.yardsticks[self.pool.package(package_id).scorecard_key]

    def block(self, start: int, stop: int) -> NDArray[np.int32]:
        """Return neutral totals of the package rows start..stop for everybody, shape (packages, candidates)."""
        return self.groups.totals(np.arange(start, min(stop, len(self.pool.packages)), dtype=np.intp))

    def tiles(self) -> Iterator[Tile]:
        """Yield all pairs in blocks, each pair once; the same memory serves every block."""
        return self.groups.tiles()

    def best(self, k: int = 25) -> Best:
        """Return the best k of every package and of every candidate, exact; equal totals go by the lot."""
        contest = BothWays(self.lots.packages, self.lots.candidates, _positive(k))
        for tile in self.groups.tiles():
            contest.offer(tile.rows.astype(np.int64), tile.run, tile.block)
        return Best(*contest.by_package.ranked(), *contest.by_candidate.ranked())

    def edges(self, best: int | None = None) -> Edges:
        """Return all pairs that are possible, or the union of the best of every package and every candidate."""
        if best is not None:
            return self.best(best).edges()
        return edges_of_blocks((tile.rows, tile.run.start, tile.people) for tile in self.groups.tiles())

    def shortlist(self, identity: str, size: int = 10) -> Shortlist:
        """Return the best people for a package, or the best work for a candidate.

        Raises UnknownName with the nearest id, and ConfigurationRefused for a size below 1.
        """
        for listed, side in ((people_for, self.pool.packages), (work_for, self.pool.candidates)):
            if identity in side.positions:
                return replace(listed(self.groups, self.lots, side.positions[identity], _positive(size)), source=self)
        raise UnknownName(say("scoring.name.pair_side"), identity, (*self.pool.packages.ids, *self.pool.candidates.ids))

    def shortlists(self, size: int = 10) -> list[Shortlist]:
        """Return the shortlist of every package, in the order of the pool."""
        return [self.shortlist(identity, size) for identity in self.pool.packages.ids]

    def fit(self, candidate_id: str, package_id: str) -> Fit:
        """Return how one pair fits, and why. Raises UnknownName with the nearest id."""
        return self.fits([(candidate_id, package_id)])[0]

    def fits(self, pairs: Iterable[tuple[str, str]]) -> list[Fit]:
        """Return the fits of pairs of (candidate id, package id), in their order."""
        people, work = self.pool.candidates, self.pool.packages
        return fits_together(
            self.groups, [(people.position(person), work.position(package)) for person, package in pairs]
        )

    def to_judge(self, candidates: ArrayLike, packages: ArrayLike) -> NDArray[np.bool_]:
        """Return for pairs of rows whether a person must judge something first (or a rule excludes), shape (pairs,)."""
        return self.groups.to_judge(np.asarray(candidates, dtype=np.intp), np.asarray(packages, dtype=np.intp))

    def reach(self) -> Reach:
        """Return who is on no list at all, and why."""
        return reach_of(self.groups)

    def to_frame(self) -> pd.DataFrame:
        """Return one row a pair, for small pools. Raises ConfigurationRefused above 250,000 pairs."""
        return all_pairs(self.groups)


def _positive(number: int) -> int:
    if isinstance(number, bool) or not isinstance(number, int | np.integer) or number < 1:
        raise ConfigurationRefused(say("scoring.refused.size", found=str(number)))
    return int(number)
