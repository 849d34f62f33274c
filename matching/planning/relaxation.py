"""Prices of places, people and side rows for a whole pool at once, and a whole plan beside them.

The linear relaxation begins with few pairs: those near the prices of the plan without rows, and the best few of every
person and every package, so that each row finds pairs to reach its bound with. Pairs that are worth more than its
prices are added, first among those kept and then by passes over all pairs, until hardly anything is missing. Its
answer is nearly whole; the few people it splits are placed by a search in which everybody else stays.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from matching.planning.certificate import proven_ceiling, violations
from matching.planning.layout import Layout, Seats, among
from matching.planning.market import Asking, foremost, near_pairs
from matching.planning.measure import Weighing, Weighings
from matching.planning.overall import with_pairs
from matching.planning.prices import Prices
from matching.planning.problem import Int64Array, Problem
from matching.planning.reduction import narrowed
from matching.planning.restricted import asking_of
from matching.planning.scored import Scored, Triple
from matching.planning.solvers.answer import RawAnswer
from matching.planning.solvers.clock import Clock
from matching.planning.solvers.growing import SCALE, Growing
from matching.planning.solvers.highs import solve_highs
from matching.planning.solvers.narrowing import within

__all__ = ["FIRST_NEAR", "Relaxed", "relaxed", "whole_plan"]

BoolArray = npt.NDArray[np.bool_]

FIRST_NEAR = 30_000
"""So many of the pairs nearest to the prices of the plan without rows are there from the beginning."""

FIRST_BEST = 3
"""So are so many of the best pairs of every person and of every package."""

ADDED = 2
"""Of every person and every package, so many of the pairs that are missing are added at once."""

KEPT = 10_000
"""How far below its prices (of 1,000,000 points) a pair may be and still be kept by the first pass."""

LATER_KEPT = 4_000
"""The same for every later pass."""

ENOUGH = 5e-7
"""What pairs that are missing may add to the ceiling, as a share of it, before they are left out."""

_PASSES = 6
_ROUNDS = 12
_DEARER, _DEARER_ROUNDS = 8, 3
_LISTED = 2_000
_SPLIT = 1e-3
_SHARE = 0.5
_SEARCHED = 6_000
"""Up to so many pairs are searched for a better plan than the one that rounding gives."""
_WHOLE = 1e-6


@dataclass(frozen=True, kw_only=True, eq=False)
class Relaxed:
    """A layout of the pairs of the relaxation, how much of each of its edges is taken (0..1), and the prices found.

    `prices` are of places and points together, `counted` of the number placed. `gives_up_places` says that more people
    could be placed on these pairs: a place was worth too little. `holds_outside` says that a pass over all pairs found
    none outside the layout that is worth more than `prices`.
    """

    layout: Layout
    values: npt.NDArray[np.float64]
    prices: tuple[Prices, ...]
    counted: Prices | None = None
    gives_up_places: bool = False
    holds_outside: bool = False

    def asked_of(self, seats: Seats) -> Relaxed:
        """Return the same for these seats, whose draft may have rows more: those that seldom bind have no price."""
        there = [number for number, row in enumerate(seats.draft.rows) if not row.seldom]
        if seats is self.layout.seats:
            return self
        before = self.layout
        layout = Layout(seats, before.who, before.what, before.points)
        counted = None if self.counted is None else _renumbered(self.counted, there, seats)
        prices = tuple(_renumbered(p, there, seats) for p in self.prices)
        return replace(self, layout=layout, prices=prices, counted=counted)


def relaxed(
    scores: Scored, kept: tuple[Triple, Asking], seats: Seats, clock: Clock, *, first_near: int = FIRST_NEAR
) -> Relaxed | None:
    """Return the relaxation of the stages placed and points; `kept` are pairs of the pool and prices without rows.

    None when it has no answer in time, or none at all on the pairs kept. The draft must ask for two stages only, and
    its rows must tell what any pair weighs.
    """
    growing = _Growth(scores, seats, kept, first_near)
    if not growing.run(clock):
        return None
    for _ in range(_DEARER_ROUNDS):
        growing.priced(clock)
        found = growing.relaxed(clock)
        if not found.gives_up_places or clock.over or not growing.dearer(clock):
            break
    return found


def _renumbered(prices: Prices, there: list[int], seats: Seats) -> Prices:
    rows = _unpriced(seats)
    rows[there] = prices.rows[: len(there)]
    return replace(prices, rows=rows)


def _unpriced(seats: Seats) -> Int64Array:
    return np.zeros(len(seats.draft.rows), np.int64)


class _Growth:
    """The pairs kept, which of them are in the relaxation, and the relaxation."""

    def __init__(self, scores: Scored, seats: Seats, kept: tuple[Triple, Asking], first_near: int) -> None:
        self.scores, self.seats = scores, seats
        self.pairs, asking = kept
        self.rows = Weighings([row.weigh for row in seats.draft.rows if isinstance(row.weigh, Weighing)])
        self.inside = _to_begin_with(self.pairs, asking.worth(*self.pairs), first_near)
        self.layout = with_pairs(scores, seats, _chosen(self.pairs, self.inside))
        self.problem: Problem = self.layout.problem
        self.columns = _codes(seats, self.layout.candidate, self.layout.package)
        self.growing = Growing(self.problem, _worth_of_place(self.problem))
        self.found: Prices | None = None
        self.taken = np.zeros(len(self.columns))
        self.holds_outside = False

    def run(self, clock: Clock) -> bool:
        """Solve the relaxation of now; return whether it has an answer."""
        if not self.growing.run(clock.left):
            return False
        self.found, self.taken, self.holds_outside = self.growing.prices, self.growing.values, False
        return True

    def dearer(self, clock: Clock) -> bool:
        """Make a place worth more; return whether there is an answer then."""
        self.growing.value_places(_DEARER * self.growing.per_place)
        return self.run(clock)

    def priced(self, clock: Clock) -> None:
        """Add pairs until passes over all pairs find hardly anything missing, or the time is up."""
        for number in range(_PASSES):
            slack = KEPT if number == 0 else LATER_KEPT
            if not self.settled(clock) or clock.over or not self.widened(slack):
                return

    def settled(self, clock: Clock) -> bool:
        """Add kept pairs until hardly anything is missing among them; return whether that was reached."""
        for _ in range(_ROUNDS):
            worth = self._missing()
            if self._share(worth, self.pairs) <= ENOUGH:
                return True
            if clock.over or not self._grown(worth, clock):
                return False
        return False

    def widened(self, slack: int) -> bool:
        """Read all pairs at the prices and keep what is near; return whether something of weight was missing."""
        if self.found is None:
            return False
        near = near_pairs(self.scores, asking_of(self.seats, self.found), slack * SCALE)
        found = _chosen(near.pairs, ~self.seats.barred(near.pairs[0], near.pairs[1]))
        self.holds_outside = not len(near.crowded)
        width = self.seats.width
        fresh = ~among(found[0] * width + found[1], np.sort(self.pairs[0] * width + self.pairs[1]))
        more = _chosen(found, fresh)
        who, what, points = (np.concatenate([old, new]) for old, new in zip(self.pairs, more, strict=True))
        self.pairs = who, what, points
        self.inside = np.concatenate([self.inside, np.zeros(len(more[0]), np.bool_)])
        return self._share(self._missing(), self.pairs) > ENOUGH

    def relaxed(self, clock: Clock) -> Relaxed:
        """Return the answer so far, with prices of the number placed beside those of the points."""
        values, columns = self.taken, self.columns[: len(self.taken)]
        prices = () if self.found is None else (self.found,)
        near = asking_of(self.seats, prices[0]).worth(*self.pairs) >= -_LISTED * SCALE if prices else self.inside
        layout = with_pairs(self.scores, self.seats, _chosen(self.pairs, self.inside | near))
        problem, taken = layout.problem, np.zeros(len(layout.problem.edges))
        at = problem.edges.find(columns // self.seats.width, columns % self.seats.width, problem.packages)
        np.add.at(taken, at[at >= 0], values[at >= 0])
        counted, most = self._counted(clock, float(values.sum()))
        return Relaxed(
            layout=layout,
            values=np.minimum(taken, 1.0),
            prices=prices,
            counted=counted,
            gives_up_places=bool(values.sum() < most - _SPLIT),
            holds_outside=self.holds_outside,
        )

    def _counted(self, clock: Clock, placed: float) -> tuple[Prices | None, float]:
        """Return prices of the number placed, and the most that can be placed on these pairs as far as is known."""
        if placed > float(self.problem.places.sum()) - _SPLIT:
            nobody, each = np.zeros(self.problem.candidates, np.int64), np.ones(self.problem.packages, np.int64)
            return Prices(multipliers=(1,), candidate=nobody, package=each, rows=_unpriced(self.seats)), placed
        per_place = self.growing.per_place
        self.growing.count_places()
        known = not clock.over and self.growing.run(clock.left)
        prices, most = self.growing.prices_of_places, float(self.growing.values.sum())
        self.growing.value_places(per_place)
        return (prices, most) if known else (None, placed)

    def _missing(self) -> Int64Array:
        """Return what each kept pair is worth above the prices, 0 for those in the relaxation and those worth less."""
        if self.found is None:
            return np.zeros(len(self.inside), np.int64)
        worth = asking_of(self.seats, self.found).worth(*self.pairs)
        worth[self.inside] = 0
        return np.maximum(worth, 0)

    def _share(self, worth: Int64Array, pairs: Triple) -> float:
        """Return what raising everybody's price to the best missing pair adds to the ceiling of the points."""
        most = np.zeros(self.seats.persons, np.int64)
        np.maximum.at(most, self.seats.person_of[pairs[0]], worth)
        points = float((self.taken * self.growing.points[: len(self.taken)]).sum())
        return float(most.sum()) / SCALE / max(points, 1.0)

    def _grown(self, worth: Int64Array, clock: Clock) -> bool:
        """Add the best missing pairs of every person and package and go on; return whether an answer was found."""
        missing = np.flatnonzero(worth > 0)
        sides = (self.pairs[0][missing], self.pairs[1][missing])
        best = [missing[foremost(side, worth[missing], ADDED)[0]] for side in sides]
        added = np.union1d(*best)
        self.inside[added] = True
        who, what, points = (side[added] for side in self.pairs)
        person, place = self.seats.person_of[who], self.seats.package_of[what]
        self.growing.grow((person, place, points), self.rows(who, what))
        self.columns = np.concatenate([self.columns, _codes(self.seats, who, what)])
        return self.run(clock)


def _to_begin_with(pairs: Triple, worth: Int64Array, near: int) -> BoolArray:
    """Return which pairs the first relaxation takes: about so many, by what they are worth above their prices."""
    if len(worth) <= near:
        return np.ones(len(worth), np.bool_)
    inside = worth >= np.partition(worth, len(worth) - near)[len(worth) - near]
    for side in pairs[:2]:
        inside[foremost(side, worth, FIRST_BEST)[0]] = True
    return np.asarray(inside, np.bool_)


def _worth_of_place(problem: Problem) -> int:
    """Return points so many that giving up a place gains nothing: twice the most that a pair can be worth or cost."""
    fines = np.zeros(len(problem.edges), np.int64)
    for row in problem.rows:
        np.add.at(fines, row.edges, np.abs(row.weights) * (row.price or 0))
    return 2 * int(np.abs(problem.stages[1].weights).max(initial=0) + fines.max(initial=0)) + 1


def _codes(seats: Seats, who: Int64Array, what: Int64Array) -> Int64Array:
    return np.asarray(seats.person_of[who] * seats.width + seats.package_of[what], np.int64)


def _chosen(pairs: Triple, which: BoolArray) -> Triple:
    who, what, points = pairs
    return who[which], what[which], points[which]


def whole_plan(found: Relaxed, clock: Clock) -> RawAnswer | None:
    """Return a plan near the relaxation: who is split, and in wider rounds who stands near them, is placed anew.

    Where few pairs are left that a better plan could have, all of those are searched. None when no round found a plan.
    """
    problem, values = found.layout.problem, found.values
    split = (values > _WHOLE) & (values < 1 - _WHOLE)
    for row in problem.rows:
        taken = np.flatnonzero(values[row.edges] > _WHOLE)
        if row.price is None and row.shortfall(int(row.weights[taken].sum())):
            split[row.edges[taken]] = True
    for free in _wider(problem, found, split):
        answer = _placed_anew(problem, found, free, clock)
        if answer is not None:
            return _improved(problem, found, answer, clock)
        if clock.over:
            break
    return None


def _improved(problem: Problem, found: Relaxed, answer: RawAnswer, clock: Clock) -> RawAnswer:
    """Return the best plan of the pairs that a better plan can have, when few enough are left; else the plan itself."""
    had = np.asarray(answer.chosen, np.int64)
    placed, points = (problem.value(stage, had) for stage in problem.stages)
    ceilings = [proven_ceiling(problem, (placed, points), 1, prices) for prices in found.prices]
    if clock.over or not ceilings or ceilings[0] is None or ceilings[0] <= points:
        return answer
    open_ = within(problem, found.prices[0], ceilings[0] - points)
    if int(open_.sum()) > _SEARCHED:
        return answer
    part, positions = narrowed(problem, open_)
    wider = solve_highs(part, seconds=clock.left * _SHARE, reached=(placed,))
    if wider.claim == "infeasible" or not isinstance(wider.chosen, np.ndarray):
        return answer
    chosen = positions[wider.chosen]
    better = tuple(problem.value(stage, chosen) for stage in problem.stages) > (placed, points)
    return replace(answer, chosen=chosen) if better and not violations(problem, chosen) else answer


def _wider(problem: Problem, found: Relaxed, split: BoolArray) -> list[BoolArray]:
    """Return who is placed anew, in rounds: who is split; who shares a package with them; who is near one of those."""
    edges, rounds = problem.edges, list[BoolArray]()
    packages = np.zeros(problem.packages, np.bool_)
    packages[edges.package[split]] = True
    for which in (split, (found.values > _WHOLE) & packages[edges.package], packages[edges.package]):
        free = np.zeros(problem.candidates, np.bool_) if not rounds else rounds[-1].copy()
        free[edges.candidate[which]] = True
        rounds.append(free)
    return rounds


def _placed_anew(problem: Problem, found: Relaxed, free: BoolArray, clock: Clock) -> RawAnswer | None:
    """Return the best plan in which everybody else stays where the relaxation has them."""
    edges, values = problem.edges, found.values
    stays = (values >= 1 - _WHOLE) & ~free[edges.candidate]
    part, positions = narrowed(problem, stays | free[edges.candidate])
    pins = np.union1d(part.pins, np.flatnonzero(stays[positions]))
    answer = solve_highs(replace(part, pins=pins), seconds=clock.left)
    if answer.claim == "infeasible" or not isinstance(answer.chosen, np.ndarray):
        return None
    chosen = positions[answer.chosen]
    return RawAnswer(solver="highs", chosen=chosen, claim="feasible", seconds=answer.seconds)
