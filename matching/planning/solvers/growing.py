"""A linear relaxation that grows: pairs are added to it in rounds, and it goes on from where it stood.

HiGHS counts in floating point, here in points of a thousand, so that no number is very large; `whole` rounds what it
found to whole prices, and only those prove anything.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from matching.planning.measure import Weights
from matching.planning.prices import Prices
from matching.planning.problem import Int64Array, Problem, SideRow
from matching.planning.solvers.highs import load
from matching.planning.solvers.priced import rounded_prices

__all__ = ["SCALE", "Growing"]

Float64Array = npt.NDArray[np.float64]

SCALE = 64
"""Prices are whole numbers of 64ths of a millionth: coarser ones lose what a row weighs times as much."""

_UNIT = 1000.0
"""What counts as 1 inside the solver."""

_COUNTED = 4_200
"""Prices of the number placed come out as simple fractions: halves, thirds, hundredths fit."""

_BROKEN = 10**9
"""What one unit outside a hard row costs: more than any number of people who would have to move for it."""

_DUAL, _PRIMAL = 1, 4
"""The simplex method that keeps prices, and the one that keeps a plan while pairs are added."""

_FEW = 1_500
"""Up to so many pairs the one that keeps the plan is twice as fast; with more the other one is."""


class Growing:
    """The relaxation of a problem with the stages placed and points, a place worth `per_place` points.

    Its columns are the edges of the problem and then the pairs that were added, in that order. Hard rows bend at a
    very high price, because a few pairs may not be enough to keep them.
    """

    def __init__(self, problem: Problem, per_place: int) -> None:
        self.problem, self.per_place = problem, per_place
        self.points = problem.stages[1].weights
        self._highs = load(replace(problem, rows=tuple(map(_bending, problem.rows))), whole=False)
        self._highs.setOptionValue("presolve", "off")
        self._wishes = 2 * len(problem.rows)
        self._cost(1)

    def grow(self, pairs: tuple[Int64Array, Int64Array, Int64Array], weights: Weights) -> None:
        """Add pairs (persons, places and points, in the order of the problem) with their weights in the side rows."""
        person, place, points = pairs
        each, rows = np.arange(len(points)), self.problem.candidates + self.problem.packages
        limit = np.concatenate([person, self.problem.candidates + place, rows + weights[0]])
        column, value = np.concatenate([each, each, weights[1]]), np.ones(len(limit))
        value[2 * len(points) :] = weights[2]
        order = np.argsort(column, kind="stable")
        starts = np.searchsorted(column[order], each).astype(np.int32)
        worth = (self.per_place + points) / _UNIT
        none, one = np.zeros(len(points)), np.ones(len(points))
        self._highs.addCols(
            len(points), worth, none, one, len(order), starts, limit[order].astype(np.int32), value[order]
        )
        self._highs.setOptionValue("simplex_strategy", _PRIMAL if len(points) <= _FEW else _DUAL)
        self.points = np.concatenate([self.points, points])

    def run(self, seconds: float) -> bool:
        """Go on for so many seconds; return whether the best was found."""
        import highspy

        self._highs.setOptionValue("time_limit", float(self._highs.getRunTime() + max(seconds, 0.1)))
        self._highs.run()
        return bool(self._highs.getModelStatus() == highspy.HighsModelStatus.kOptimal)

    def value_places(self, per_place: int) -> None:
        """Make a place worth so many points from now on."""
        self.per_place = per_place
        self._cost(1)

    def count_places(self) -> None:
        """Make a place worth 1, and points and wishes nothing, from now on."""
        self.per_place = int(_UNIT)
        self._cost(0)

    def _cost(self, per_point: int) -> None:
        edges, rows = len(self.problem.edges), self.problem.rows
        fines = [_BROKEN if row.price is None else per_point * row.price for row in rows for _ in range(2)]
        worth = (self.per_place + per_point * self.points) / _UNIT
        cost = np.concatenate([worth[:edges], -np.array(fines, float) / _UNIT, worth[edges:]])
        self._highs.changeColsCost(len(cost), np.arange(len(cost), dtype=np.int32), cost)

    @property
    def values(self) -> Float64Array:
        """Return how much of each pair is taken, 0..1."""
        found, edges = np.array(self._highs.getSolution().col_value), len(self.problem.edges)
        return np.concatenate([found[:edges], found[edges + self._wishes :]])

    @property
    def prices(self) -> Prices:
        """Return the prices found, rounded, for the goal `per_place` x placed + points."""
        duals = np.array(self._highs.getSolution().row_dual)
        return rounded_prices(self.problem, duals * _UNIT, multipliers=(self.per_place, 1), scale=SCALE)

    @property
    def prices_of_places(self) -> Prices:
        """Return, after `count_places`, the prices found for the goal of the number placed alone."""
        duals = np.array(self._highs.getSolution().row_dual)
        return rounded_prices(self.problem, duals, multipliers=(1,), scale=_COUNTED)


def _bending(row: SideRow) -> SideRow:
    """Return a row that can be left at a price; one that may be empty has no floor then."""
    price = _BROKEN if row.price is None else row.price
    return replace(row, price=price, low=None if row.or_nothing else row.low, or_nothing=False)
