"""Is there a plan worth so much? Asked from the ceiling downwards, each no is a tree of prices that anyone can check.

A ceiling of whole fillings lies so near the best plan that asking for a hair less than the ceiling leaves few pairs
open (Posta, Ferland and Michelon 2012): what a pair costs inside and outside its filling decides most of them, and
tells where to branch.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from math import floor, isfinite

import numpy as np
import numpy.typing as npt

from matching.planning.certificate import violations
from matching.planning.prices import Prices, Proof, Sifted, Split
from matching.planning.problem import Int64Array, Problem
from matching.planning.sifting import sifted
from matching.planning.solvers.best_fit import completed, regret_fit
from matching.planning.solvers.clock import Clock
from matching.planning.solvers.exchange import exchanged
from matching.planning.solvers.lagrange import Lagrange, Looked, lowered
from matching.planning.solvers.sacks import INSIDE, OPEN, OUTSIDE, Float64Array, Int8Array

__all__ = ["decided"]

BoolArray = npt.NDArray[np.bool_]
Tree = Split | Sifted
Search = Callable[["Int64Array | None", Clock], "Int64Array | None"]

_TOGETHER = 32
"""Branches looked at side by side."""

_REPAIRS = 30
_REPAIR_SHARE = 0.2
"""Fillings that are made into plans before anything is asked, and the share of the time that this may take."""

_OTHER_SECONDS, _OTHER_SHARE = 10.0, 0.6
"""What another search may take when fillings make no plan within a hundredth of the ceiling."""

_MOST_FAR = 3_000
"""Above this many pairs nothing is asked while the plan is farther away than that: the time is for a better plan."""

_MARGIN = 1.3
"""What checking a step of a tree may take, in times what it takes at the root, its leaves included."""

_LOOKS = 7
"""Looks at a branch before it is split."""


@dataclass(slots=True, eq=False)
class _Branch:
    """A branch: what it says of every pair, its prices, and how it ended; `sifts` came before the end, in order."""

    state: Int8Array
    prices: Float64Array
    sifts: list[Prices] = field(default_factory=list)
    closed: Prices | None = None
    edge: int = -1
    chosen: _Branch | None = None
    left: _Branch | None = None


def decided(
    problem: Problem,
    at: tuple[int, tuple[int, ...]],
    have: tuple[Prices | None, Int64Array | None, Clock],
    *,
    otherwise: Search | None = None,
) -> tuple[Prices, Tree | None, Int64Array | None, bool]:
    """Return prices, a tree where they alone do not suffice, the best plan, and whether it is proven best.

    `lagrange.fits` must hold. `otherwise` is another search, for a while, where repairs make no good plan.
    """
    (stage, reached), (prices, plan, clock) = at, have
    lagrange = Lagrange(problem, stage, reached)
    ceiling, best = lowered(lagrange, lagrange.begun(prices), clock)
    if not isfinite(ceiling):
        return lagrange.whole(lagrange.begun(prices), lagrange.state, 0.0), None, plan, False
    top, step, tree = floor(ceiling / lagrange.scale), 1, None
    root = lagrange.whole(best, lagrange.state, ceiling)
    goal = problem.stages[stage]
    plan = _begun(problem, stage, (prices, plan, clock))
    value = None if plan is None else problem.value(goal, plan)
    plan = _repaired(lagrange, best, plan, clock)
    if otherwise is not None and _far(problem, stage, plan, top):
        other = otherwise(plan, Clock(min(clock.left * _OTHER_SHARE, _OTHER_SECONDS)))
        plan = plan if other is None else _richer(lagrange, plan, other)
    if len(problem.edges) > _MOST_FAR and _far(problem, stage, plan, top):
        return root, None, plan, False
    value = None if plan is None else problem.value(goal, plan)
    walk = _seconds_to_check(problem, root, (*reached, top))
    lowest = -int(np.abs(goal.weights).max(initial=0)) * problem.candidates
    while (lowest <= top if value is None else value < top) and not clock.over:
        target = top - step + 1 if value is None else max(top - step + 1, value + 1)
        search = _Search(lagrange, target, (clock, walk))
        found = search.run(best)
        if found is not None:
            plan = _better(problem, stage, found, clock)
            value = problem.value(goal, plan)
            step = (top - value + 1) // 2
        elif not search.done:
            break
        else:
            tree, top, step = search.tree(), target - 1, 2 * step
    return root, tree, plan, value is not None and value >= top


def _far(problem: Problem, stage: int, plan: Int64Array | None, top: int) -> bool:
    """Return whether there is no plan yet within a hundredth of the ceiling."""
    return plan is None or top - problem.value(problem.stages[stage], plan) > abs(top) // 100


def _seconds_to_check(problem: Problem, prices: Prices, values: tuple[int, ...]) -> float:
    """Return what the judge needs for one step of a tree, with a margin: time that a search leaves."""
    begun = time.process_time()
    for _ in range(4):
        sifted(problem, prices, values)
    return _MARGIN * (time.process_time() - begun) / 4


def _repaired(lagrange: Lagrange, prices: Float64Array, plan: Int64Array | None, clock: Clock) -> Int64Array | None:
    """Return the best of the plan and what fillings near these prices become when everybody gets one place."""
    part, now, way = Clock(clock.left * _REPAIR_SHARE), prices[None], None
    first = None
    for _ in range(_REPAIRS):
        looked = lagrange.look(now, lagrange.state[None])
        ceiling = float(looked.ceiling[0])
        first = ceiling if first is None else first
        plan = _richer(lagrange, plan, _completed(lagrange, looked.filled.takes[0], part))
        if part.over:
            break
        down = max(ceiling - first, 0.0) + max(0.001 * abs(first), lagrange.scale)
        now, way = lagrange.stepped(now, looked.slope, np.array([down]), way)
    return plan


def _completed(lagrange: Lagrange, takes: BoolArray, clock: Clock) -> Int64Array:
    problem, stage = lagrange.problem, lagrange.stage
    plan = completed(problem, lagrange.chosen(takes), problem.stages[stage].weights, count=lagrange.held)
    return _better(problem, stage, plan, clock)


def _richer(lagrange: Lagrange, plan: Int64Array | None, other: Int64Array) -> Int64Array | None:
    """Return the better of two plans, the other only when it breaks nothing and holds enough people."""
    problem, goal = lagrange.problem, lagrange.problem.stages[lagrange.stage]
    if len(other) < lagrange.held or (plan is not None and problem.value(goal, plan) >= problem.value(goal, other)):
        return plan
    return plan if violations(problem, other) else other


def _begun(problem: Problem, stage: int, have: tuple[Prices | None, Int64Array | None, Clock]) -> Int64Array | None:
    """Return the plan, or one made by regret from the prices of hours where that holds as much and is worth more."""
    prices, plan, clock = have
    if prices is None:
        return plan
    liking = problem.stages[stage].weights * prices.multipliers[-1]
    if len(prices.budget):
        liking = liking - prices.budget[problem.edges.package] * problem.hours
    other = _better(problem, stage, regret_fit(problem, liking), clock)
    goals = problem.stages[: stage + 1]
    if violations(problem, other) or any(plan is None for _ in goals[:-1]):
        return plan
    if plan is None:
        return other
    return max((plan, other), key=lambda p: tuple(problem.value(goal, p) for goal in goals))


def _better(problem: Problem, stage: int, plan: Int64Array, clock: Clock) -> Int64Array:
    """Return the plan after moves by hand, where they break nothing and place as many."""
    moved = exchanged(problem, stage, plan, clock)
    goals = problem.stages[: stage + 1]
    kept = all(problem.value(goal, moved) >= problem.value(goal, plan) for goal in goals)
    return moved if kept and not violations(problem, moved) else plan


class _Search:
    """Depth first over branches, many side by side, for a plan of at least `target`."""

    def __init__(self, lagrange: Lagrange, target: int, time_: tuple[Clock, float]) -> None:
        self.lagrange, (self.clock, self.walk) = lagrange, time_
        self.sifts = 0
        self.at_most, self.needed = target - 1, float(target * lagrange.scale)
        self.stack: list[_Branch] = []
        self.all: list[_Branch] = []

    @property
    def done(self) -> bool:
        """Return whether nothing is left to look at."""
        return not self.stack

    def run(self, prices: Float64Array) -> Int64Array | None:
        """Return a plan worth the target, None when there is none or (not `done`) the time is up."""
        self._push(self.lagrange.state, prices)
        while self.stack and not self.clock.over and self.clock.left > self.walk * self.sifts:
            batch = [self.stack.pop() for _ in range(min(_TOGETHER, len(self.stack)))]
            found = self._worked(batch)
            self.sifts += sum(len(branch.sifts) for branch in batch)
            if found is not None:
                return found
        return None

    def _push(self, state: Int8Array, prices: Float64Array) -> _Branch:
        branch = _Branch(state, prices)
        self.stack.append(branch)
        self.all.append(branch)
        return branch

    def _worked(self, batch: list[_Branch]) -> Int64Array | None:
        """Close, sift or split every branch of a batch; return a plan when one turns up."""
        way: Float64Array | None = None
        now = np.stack([branch.prices for branch in batch])
        for turn in range(_LOOKS):
            state = np.stack([branch.state for branch in batch])
            looked = self.lagrange.look(now, state)
            last = turn == _LOOKS - 1
            found = self._plan(looked, repair=last)
            if found is not None:
                return found
            if turn in (0, _LOOKS - 1):
                open_ = self._sifted(batch, now, looked, last)
            else:
                open_ = self._closed(batch, now, looked)
            if not open_.any() or last:
                return None
            batch = [branch for branch, stays in zip(batch, open_, strict=True) if stays]
            now, slope, ceiling = now[open_], looked.slope[open_], looked.ceiling[open_]
            down = 0.6 * np.maximum(ceiling - self.needed, 0) + 0.5 * self.lagrange.scale
            now, way = self.lagrange.stepped(now, slope, down, None if way is None else way[open_])
        return None

    def _plan(self, looked: Looked, *, repair: bool) -> Int64Array | None:
        """Return a plan worth the target when fillings are one, or with `repair` nearly one."""
        if repair:
            plan = _completed(self.lagrange, looked.filled.takes[int(looked.ceiling.argmax())], self.clock)
            if _richer(self.lagrange, None, plan) is not None and self._worth(plan) > self.at_most:
                return plan
        for number in np.flatnonzero(self.lagrange.plans(looked)).tolist():
            plan = self.lagrange.chosen(looked.filled.takes[number])
            if self._worth(plan) > self.at_most:
                return plan
        return None

    def _worth(self, plan: Int64Array) -> int:
        return self.lagrange.problem.value(self.lagrange.problem.stages[self.lagrange.stage], plan)

    def _closed(self, batch: list[_Branch], now: Float64Array, looked: Looked) -> BoolArray:
        """Close the branches whose ceiling is below the target; return which stay open."""
        low = looked.ceiling < self.needed
        for number in np.flatnonzero(low).tolist():
            batch[number].closed = self._whole(now[number], batch[number].state)
            if not np.isfinite(looked.ceiling[number]):
                batch[number].sifts.append(self._whole(now[number], batch[number].state))
        for branch, prices in zip(batch, now, strict=True):
            branch.prices = prices
        return ~low

    def _whole(self, prices: Float64Array, state: Int8Array) -> Prices:
        return self.lagrange.whole(prices, state, self.needed)

    def _sifted(self, batch: list[_Branch], now: Float64Array, looked: Looked, last: bool) -> BoolArray:
        """Close branches, decide the pairs that can only be in or out, and split what is left when this is the last."""
        open_ = self._closed(batch, now, looked)
        if not open_.any():
            return open_
        inside, outside = self.lagrange.sacks.losses(looked.filled)
        with_it, without = self._ceilings(looked, inside, outside, now)
        undecided = looked.filled.state == OPEN
        out, taken = undecided & (with_it < self.needed), undecided & (without < self.needed)
        for number in np.flatnonzero(open_).tolist():
            branch = batch[number]
            if out[number].any() or taken[number].any():
                branch.sifts.append(self._whole(now[number], branch.state))
                if (out[number] & taken[number]).any():
                    branch.closed, open_[number] = branch.sifts[-1], False
                    continue
                branch.state = _fixed(branch.state, out[number], taken[number])
            if not self._possible(branch.state):
                branch.sifts.append(self._whole(now[number], branch.state))
                branch.closed, open_[number] = branch.sifts[-1], False
            elif last:
                self._split(branch, (with_it[number], without[number]), float(looked.ceiling[number]))
        return open_

    def _ceilings(
        self, looked: Looked, inside: Float64Array, outside: Float64Array, now: Float64Array
    ) -> tuple[Float64Array, Float64Array]:
        """Return per pair the ceiling with it and without it; one person's other pairs then stay outside."""
        lagrange = self.lagrange
        every = outside.sum(1)
        ceiling = looked.ceiling[:, None]
        with_it = ceiling[:, :, None] - inside - (every[:, None, :] - outside)
        with_it = np.where(looked.filled.state == OPEN, with_it, -np.inf)
        nowhere = np.where(lagrange.must, -np.inf, ceiling - every - now[:, : lagrange.people])
        options = np.concatenate([with_it, nowhere[:, None, :]], axis=1)
        first = options.max(1)
        at = options.argmax(1)
        np.put_along_axis(options, at[:, None, :], -np.inf, axis=1)
        second = options.max(1)
        best = np.arange(lagrange.packages)[:, None] == at[:, None, :]
        return with_it, np.where(best, second[:, None, :], first[:, None, :])

    def _possible(self, state: Int8Array) -> bool:
        """Return whether the chosen pairs fit and everybody who must be placed still can be."""
        lagrange, inside = self.lagrange, state == INSIDE
        roomy = ((inside * lagrange.sacks.hours).sum(1) <= lagrange.sacks.budgets).all()
        seated = (inside.sum(1) <= lagrange.problem.places).all()
        return bool(roomy and seated and (state[:, lagrange.must] != OUTSIDE).any(0).all())

    def _split(self, branch: _Branch, ceilings: tuple[Float64Array, Float64Array], ceiling: float) -> None:
        """Split a branch at the pair that lowers both halves most."""
        lagrange = self.lagrange
        most = max(ceiling - self.needed, 1.0)
        drops = [np.clip(ceiling - c, 0.0, most) for c in ceilings]
        score = np.where(branch.state == OPEN, np.minimum(2 * drops[0], drops[1]) + 0.001 * drops[1], -1.0)
        package, person = np.unravel_index(int(score.argmax()), score.shape)
        if score[package, person] < 0:
            self.stack.append(branch)
            return
        branch.edge = int(lagrange.edge[package, person])
        none = np.zeros(score.shape, np.bool_)
        one = none.copy()
        one[package, person] = True
        branch.left = self._push(_fixed(branch.state, one, none), branch.prices)
        branch.chosen = self._push(_fixed(branch.state, none, one), branch.prices)

    def tree(self) -> Tree:
        """Return the tree of prices of a search that is done."""
        made: dict[int, Proof] = {}
        for branch in reversed(self.all):
            if branch.closed is not None:
                proof: Proof = branch.closed
            elif branch.chosen is not None and branch.left is not None:
                proof = Split(edge=branch.edge, chosen=made.pop(id(branch.chosen)), left=made.pop(id(branch.left)))
            else:
                raise ArithmeticError
            for prices in reversed(branch.sifts):
                proof = Sifted(prices=prices, at_most=self.at_most, rest=proof)
            made[id(branch)] = proof
        whole = made[id(self.all[0])]
        return Sifted(prices=whole, at_most=self.at_most, rest=whole) if isinstance(whole, Prices) else whole


def _fixed(state: Int8Array, out: BoolArray, taken: BoolArray) -> Int8Array:
    """Return a state with these pairs out and those in; whoever is in somewhere is out elsewhere."""
    after = state.copy()
    after[:, taken.any(0)] = OUTSIDE
    after[out] = OUTSIDE
    after[taken] = INSIDE
    return after
