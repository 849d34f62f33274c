"""The relaxation that leaves out who may be where how often, and pays for it with prices: one knapsack per package.

Its ceiling is that of whole fillings (`patterns`), for a fraction of the time: prices go down the slope of the ceiling
(subgradients, Held and Karp 1971, with steps by a target, Polyak 1969) and no linear programme is solved.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from matching.planning.fillings import MOST_HOURS
from matching.planning.prices import Prices
from matching.planning.problem import NO_BUDGET, Int64Array, Problem
from matching.planning.solvers.clock import Clock
from matching.planning.solvers.sacks import INSIDE, OPEN, OUTSIDE, Filled, Float64Array, Int8Array, Sacks

__all__ = ["Lagrange", "Looked", "fits", "lowered"]

BoolArray = npt.NDArray[np.bool_]

_MOST_CELLS = 40_000_000
"""Pairs times hours of the largest budget: above this a single look takes too long."""

_FINE_BITS = 10
_EXACT_BITS = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What prices show: the ceiling of each branch, its slope in every price, and the fillings behind it."""

    ceiling: Float64Array
    slope: Float64Array
    filled: Filled


def fits(problem: Problem, stage: int, reached: tuple[int, ...]) -> bool:
    """Return whether budgets are all that couples, everybody gets at most one place, and only their number is held."""
    single = int(problem.max_places.max(initial=0)) <= 1
    plain = not problem.rows and not len(problem.exclusive) and single
    held = all(bool((problem.stages[n].weights == 1).all()) for n in range(stage)) and len(reached) == stage <= 1
    longest = int(problem.budgets.max(initial=0))
    small = longest <= MOST_HOURS and (longest + 1) * problem.packages * problem.candidates <= _MOST_CELLS
    return bool(plain and held and small and len(problem.edges) and _bits(problem, stage) >= 0)


def _bits(problem: Problem, stage: int) -> int:
    heaviest = int(np.abs(problem.stages[stage].weights).max(initial=1)) + 1
    return min(_FINE_BITS, _EXACT_BITS - (heaviest * (problem.candidates + problem.packages) * 64).bit_length())


class Lagrange:
    """One stage of a problem as a grid [package, person]; prices stand in one row: people, packages, the count held.

    Everything is a whole number of 1/scale of a unit of the goal.
    """

    def __init__(self, problem: Problem, stage: int, reached: tuple[int, ...]) -> None:
        self.problem, self.stage, self.held = problem, stage, sum(reached)
        self.people, self.packages = problem.candidates, problem.packages
        self.scale = 1 << _bits(problem, stage)
        edges, shape = problem.edges, (problem.packages, problem.candidates)
        self.edge = np.full(shape, -1, np.int64)
        self.edge[edges.package, edges.candidate] = np.arange(len(edges))
        self.weight = np.zeros(shape)
        self.weight[edges.package, edges.candidate] = problem.stages[stage].weights * self.scale
        hours = np.zeros(shape, np.int64)
        hours[edges.package, edges.candidate] = problem.hours
        unlimited = problem.budgets == NO_BUDGET
        hours[unlimited] = 0
        self.sacks = Sacks(hours, np.where(unlimited, 0, problem.budgets))
        self.state = self._begin()
        self.most = np.minimum(problem.max_places, 1).astype(float)
        placeable = (self.state != OUTSIDE).any(0)
        self.all_held = bool(reached) and self.held == int(placeable.sum())
        self.must = (problem.least_places > 0) | (placeable & self.all_held)
        self._prices_in_use(bool(reached) and not self.all_held)

    def _begin(self) -> Int8Array:
        """Return the state of every pair before any branch."""
        problem, state = self.problem, np.zeros(self.edge.shape, np.int8)
        free = problem.open & (problem.max_places[problem.edges.candidate] > 0)
        state[problem.edges.package[free], problem.edges.candidate[free]] = OPEN
        for edge in problem.pins.tolist():
            state[:, problem.edges.candidate[edge]] = OUTSIDE
            state[problem.edges.package[edge], problem.edges.candidate[edge]] = INSIDE
        return state

    def _prices_in_use(self, counted: bool) -> None:
        """Note which prices may move and how low they may go."""
        wanted = (self.state != OUTSIDE).sum(1)
        self.moves = np.concatenate([np.ones(self.people), wanted > self.problem.places, [counted]]).astype(float)
        self.lowest = np.zeros(len(self.moves))
        self.lowest[: self.people][self.must] = -np.inf
        self.offset = np.concatenate([self.most, self.problem.places.astype(float), [-float(self.held)]])

    def begun(self, prices: Prices | None) -> Float64Array:
        """Return prices to begin with: those of the relaxation in hours, or what everybody's second choice is worth."""
        start = np.zeros(len(self.moves))
        if prices is None:
            start[: self.people] = np.sort(self.weight, axis=0)[-min(2, self.packages)]
        else:
            finer = self.scale / prices.multipliers[-1]
            count = prices.multipliers[0] if len(prices.multipliers) > 1 else 0
            start[: self.people] = (prices.candidate - (count if self.all_held else 0)) * finer
            start[self.people : -1] = prices.package * finer
            start[-1] = count * finer
        return np.maximum(np.rint(start * (self.moves > 0)), self.lowest)

    def look(self, prices: Float64Array, state: Int8Array) -> Looked:
        """Return the ceilings of branches at prices [branch, price] and states [branch, package, person]."""
        filled = self.sacks.filled(self.gain(prices), state)
        takes = filled.takes
        each = takes.sum(1)
        used = np.concatenate([each, takes.sum(2), -each.sum(1, keepdims=True)], axis=1)
        return Looked(ceiling=prices @ self.offset + filled.worth, slope=self.offset - used, filled=filled)

    def gain(self, prices: Float64Array) -> Float64Array:
        """Return per branch and pair what it is worth above its prices."""
        n = self.people
        return np.asarray(self.weight + prices[:, -1:, None] - prices[:, None, :n] - prices[:, n:-1, None])

    def stepped(
        self, prices: Float64Array, slope: Float64Array, down: Float64Array, before: Float64Array | None = None
    ) -> tuple[Float64Array, Float64Array]:
        """Return prices a step further, meant to lower the ceilings by `down`, and the direction taken."""
        way = slope * self.moves
        way[(prices <= self.lowest) & (way > 0)] = 0.0
        if before is not None:
            way = way + 0.3 * before
        length = np.maximum((way * way).sum(1), 1e-9)
        after = np.maximum(np.rint(prices - (down / length)[:, None] * way), self.lowest)
        return after, way

    def plans(self, looked: Looked) -> BoolArray:
        """Return which branches have fillings that are a plan, worth what they are."""
        each = looked.filled.takes.sum(1)
        right = (each <= self.most).all(1) & (each[:, self.must] == 1).all(1)
        room = (looked.filled.takes.sum(2) <= self.problem.places).all(1)
        return np.asarray(right & room & (each.sum(1) >= self.held) & np.isfinite(looked.ceiling))

    def chosen(self, takes: BoolArray) -> Int64Array:
        """Return the edges that fillings of one branch take."""
        return np.sort(self.edge[takes])

    def whole(self, prices: Float64Array, state: Int8Array, target: float) -> Prices:
        """Return prices that anyone can check; `target` is how low they need to show that a ceiling is.

        Who must be placed because the count is held gets so high a price that staying out pays nowhere; who is placed
        in this branch, or may have no place, so high a one that no other place pays.
        """
        people = prices[: self.people].copy()
        count = float(prices[-1])
        if self.all_held:
            count = float(np.abs(people).max(initial=0)) + abs(target) + self.scale * self.held + self._heaviest()
            people[self.must] += count
        placed = (state == INSIDE).any(0) | (self.most == 0)
        people[placed] = np.maximum(people[placed], self._heaviest() + count + self.scale)
        multipliers = (self.scale,) if not self.stage else (int(count), self.scale)
        return Prices(
            multipliers=multipliers,
            candidate=people.astype(np.int64),
            package=prices[self.people : -1].astype(np.int64),
        )

    @property
    def lowest_worth(self) -> float:
        """Return a floor under every plan: a ceiling below it says that there is none."""
        return -self._heaviest() * self.people - float(self.scale)

    def _heaviest(self) -> float:
        return float(np.abs(self.weight).max(initial=0))


def lowered(lagrange: Lagrange, prices: Float64Array, clock: Clock, looks: int = 600) -> tuple[float, Float64Array]:
    """Return the lowest ceiling found from these prices on, before any branch, and its prices."""
    state = lagrange.state[None]
    best, best_prices, way = np.inf, prices, None
    down, idle = 0.02 * max(float(np.abs(lagrange.weight).max(0).sum()), 1.0), 0
    now = prices
    for _ in range(looks):
        looked = lagrange.look(now[None], state)
        ceiling = float(looked.ceiling[0])
        idle = 0 if ceiling < best - 0.1 * down else idle + 1
        if ceiling < best:
            best, best_prices = ceiling, now
        if idle >= 8:
            down, idle, now, way = down / 2, 0, best_prices, None
            if down < 0.05 * lagrange.scale or clock.over:
                break
            continue
        after, way = lagrange.stepped(now[None], looked.slope, np.array([ceiling - best + down]), way)
        if not np.any(way) or best < lagrange.lowest_worth:
            break
        now = after[0]
    return best, best_prices
