"""A plan made better by hand moves: somebody goes elsewhere, two people change places, one takes another's place.

It proves nothing and never lowers the number of places given; it gives the searches a good plan to begin from.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from matching.planning.problem import NO_BUDGET, Int64Array, Problem
from matching.planning.solvers.clock import Clock

__all__ = ["exchanged"]

_PASSES = 200
_MOST_CELLS = 6_000_000
_MOVES = 2_000
"""Moves of one kind that are tried per pass, the most gainful first."""

Moves = tuple[Int64Array, Int64Array, Int64Array]


def exchanged(problem: Problem, stage: int, plan: Int64Array, clock: Clock) -> Int64Array:
    """Return a plan worth at least as much in one stage, by the weights of its pairs alone; side rows are not seen.

    Only for people with at most one place; any other plan comes back unchanged.
    """
    cells = problem.candidates * max(problem.packages, problem.candidates)
    if len(problem.exclusive) or int(problem.max_places.max(initial=0)) > 1 or cells > _MOST_CELLS:
        return plan
    board = _Board(problem, stage, plan)
    for _ in range(_PASSES):
        moved = board.shift() + board.swap() + board.replace()
        if not moved or clock.over:
            break
    return board.plan()


class _Board:
    """Who is where, and the hours and places that are left; -1 is nowhere."""

    def __init__(self, problem: Problem, stage: int, plan: Int64Array) -> None:
        edges, shape = problem.edges, (problem.candidates, problem.packages)
        self.edge = np.full(shape, -1, np.int64)
        self.edge[edges.candidate, edges.package] = np.arange(len(edges))
        self.may, self.worth, self.hours = (
            np.zeros(shape, np.bool_),
            np.zeros(shape, np.int64),
            np.zeros(shape, np.int64),
        )
        self.may[edges.candidate, edges.package] = problem.open
        self.worth[edges.candidate, edges.package] = problem.stages[stage].weights
        self.hours[edges.candidate, edges.package] = problem.hours
        self.at = np.full(problem.candidates, -1, np.int64)
        self.at[edges.candidate[plan]] = edges.package[plan]
        self.room = np.where(problem.budgets == NO_BUDGET, np.iinfo(np.int64).max // 4, problem.budgets)
        self.seats = problem.places - np.bincount(edges.package[plan], minlength=problem.packages)
        np.subtract.at(self.room, edges.package[plan], problem.hours[plan])
        self.free = problem.max_places > 0
        self.free[edges.candidate[problem.pins]] = False

    def plan(self) -> Int64Array:
        """Return the chosen edges."""
        who = np.flatnonzero(self.at >= 0)
        return np.sort(self.edge[who, self.at[who]])

    def _now(self) -> tuple[Int64Array, Int64Array]:
        """Return what everybody's place is worth and its hours, 0 for nobody's."""
        who, there = np.arange(len(self.at)), np.maximum(self.at, 0)
        placed = self.at >= 0
        return np.where(placed, self.worth[who, there], 0), np.where(placed, self.hours[who, there], 0)

    def shift(self) -> int:
        """Move people to a package with room where they are worth more; return how many moved."""
        worth, _ = self._now()
        gain = self.worth - worth[:, None]
        fits = self.may & self.free[:, None] & (self.hours <= self.room) & (self.seats > 0)
        fits &= (gain > 0) & (np.arange(len(self.room)) != self.at[:, None])
        moved = 0
        for who, there, _ in zip(*_best(gain, fits), strict=True):
            roomy = self.hours[who, there] <= self.room[there] and self.seats[there] > 0
            now = self.worth[who, self.at[who]] if self.at[who] >= 0 else 0
            if roomy and self.at[who] != there and self.worth[who, there] > now:
                self._put(who, there)
                moved += 1
        return moved

    def swap(self) -> int:
        """Let two people change places where that is worth more; return how many pairs did."""
        placed = np.flatnonzero((self.at >= 0) & self.free)
        worth, hours = self._now()
        there = self.at[placed]
        to = self.worth[np.ix_(placed, there)]
        gain = to + to.T - worth[placed][:, None] - worth[placed]
        enough = self.hours[np.ix_(placed, there)] <= self.room[there] + hours[placed]
        fits = np.triu(enough & enough.T & self.may[np.ix_(placed, there)] & self.may[np.ix_(placed, there)].T, 1)
        moved = 0
        for one, other, due in zip(*_best(gain, fits & (gain > 0)), strict=True):
            moved += self._change(int(placed[one]), int(placed[other]), int(due))
        return moved

    def _change(self, one: int, other: int, due: int) -> int:
        here, there = int(self.at[one]), int(self.at[other])
        if here < 0 or there < 0 or not (self.may[one, there] and self.may[other, here]):
            return 0
        gain = self.worth[one, there] + self.worth[other, here] - self.worth[one, here] - self.worth[other, there]
        roomy = self.hours[one, there] <= self.room[there] + self.hours[other, there]
        if gain != due or not roomy or self.hours[other, here] > self.room[here] + self.hours[one, here]:
            return 0
        self._put(one, -1)
        self._put(other, here)
        self._put(one, there)
        return 1

    def replace(self) -> int:
        """Let somebody without a place take a place where he or she is worth more; return how many did."""
        placed, without = np.flatnonzero((self.at >= 0) & self.free), np.flatnonzero((self.at < 0) & self.free)
        worth, hours = self._now()
        there = self.at[placed]
        gain = self.worth[np.ix_(without, there)] - worth[placed]
        fits = self.may[np.ix_(without, there)] & (gain > 0)
        fits &= self.hours[np.ix_(without, there)] <= self.room[there] + hours[placed]
        moved = 0
        for new, old, due in zip(*_best(gain, fits), strict=True):
            one, other = int(without[new]), int(placed[old])
            here = int(self.at[other])
            now = self.worth[one, here] - self.worth[other, here]
            if (
                here >= 0
                and self.at[one] < 0
                and now == due
                and self.hours[one, here] <= self.room[here] + self.hours[other, here]
            ):
                self._put(other, -1)
                self._put(one, here)
                moved += 1
        return moved

    def _put(self, who: int, there: int) -> None:
        before = int(self.at[who])
        if before >= 0:
            self.room[before] += self.hours[who, before]
            self.seats[before] += 1
        if there >= 0:
            self.room[there] -= self.hours[who, there]
            self.seats[there] -= 1
        self.at[who] = there


def _best(gain: Int64Array, fits: npt.NDArray[np.bool_]) -> Moves:
    """Return rows, columns and gains of the moves that fit, the most gainful first."""
    row, column = np.nonzero(fits)
    worth = gain[row, column]
    order = np.argsort(-worth, kind="stable")[:_MOVES]
    return row[order], column[order], worth[order]
