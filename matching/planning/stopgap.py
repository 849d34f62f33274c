"""A plain plan for when the time was up before a solver had one: filled place by place, then judged like any other.

It keeps every limit. Its ceiling is that every person, or every place, gets the best pair: little is proven, and the
plan says so. People with the fewest possible places come first; then everybody moves once to the best place that is
still free.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from matching.errors import SolverFailed
from matching.planning.certificate import Status, certify
from matching.planning.isolation import isolated
from matching.planning.prices import Prices
from matching.planning.problem import NO_BUDGET, Int64Array, Problem, Stage
from matching.planning.solve import Solved, solve
from matching.planning.solvers.answer import RawAnswer
from matching.planning.solvers.flow import is_network
from matching.planning.solvers.loading import load_solvers
from matching.text import Sentence, say

__all__ = ["OUT_OF_TIME", "Answered", "answered", "filled", "stopgap"]

_CHUNK = 20_000
"""Edges that are offered at once, after those without room are left out."""

_NARROW = 0.01
"""A plan that is proven within one per cent is not compared with a plain one."""

OUT_OF_TIME = ("planning.no_plan_in_time", "planning.solver_overstayed")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """A judged plan, and in words why it is only a stopgap (None: a solver found it)."""

    solved: Solved
    note: Sentence | None = None


def answered(problem: Problem, *, seconds: float, lot: Stage | None, in_child: bool) -> Answered:
    """Return the best plan found within `seconds`, or a stopgap when there is none by then.

    Raises Impossible when no plan keeps the limits, SolverFailed when the solver died or when not even a stopgap keeps
    them.
    """
    begun, work = time.perf_counter(), partial(solve, problem, seconds=seconds, lot=lot)
    try:
        solved = (
            isolated(work, seconds=seconds, ready=partial(load_solvers, network=is_network(problem)))
            if in_child
            else work()
        )
    except SolverFailed as problem_met:
        if problem_met.sentence.key not in OUT_OF_TIME:
            raise
        found = stopgap(problem)
        if found is None:
            raise
        found = replace(found, seconds=time.perf_counter() - begun)
        return Answered(solved=found, note=say("planning.stopgap", because=problem_met.sentence))
    return _at_least_plain(problem, solved, seconds)


def _at_least_plain(problem: Problem, solved: Solved, seconds: float) -> Answered:
    """Return the solver's plan, or the plain one with the same ceilings when that is better and the gap was wide."""
    judged = solved.certificate
    gaps = [judged.gap(stage) for stage in range(len(judged.bounds))]
    if judged.status == "optimal" or all(gap is not None and gap <= _NARROW for gap in gaps):
        return Answered(solved=solved)
    plain = stopgap(problem)
    if plain is None or plain.certificate.values <= judged.values:
        return Answered(solved=solved)
    values = plain.certificate.values
    ceilings = zip(judged.bounds, values, strict=False)
    bounds = tuple(bound if bound is not None and bound >= value else None for bound, value in ceilings)
    status: Status = "feasible" if None in bounds else "within_gap"
    certificate = replace(plain.certificate, bounds=bounds, status=status)
    why = say("planning.no_plan_in_time", seconds=round(seconds, 2))
    judged_plain = replace(plain, certificate=certificate, seconds=solved.seconds)
    return Answered(solved=judged_plain, note=say("planning.stopgap", because=why))


def stopgap(problem: Problem) -> Solved | None:
    """Return the plain plan when the judge finds that it keeps every limit, else None."""
    prices = tuple(price for stage in range(len(problem.stages)) for price in _plain_prices(problem, stage))
    answer = RawAnswer(solver="stopgap", chosen=filled(problem), claim="feasible", prices=prices)
    certificate = certify(problem, answer, proven=len(problem.stages))
    if certificate.status == "refused":
        return None
    return Solved(certificate=certificate, solver="stopgap", seconds=0.0, lot_settled=False)


def _plain_prices(problem: Problem, stage: int) -> tuple[Prices, Prices]:
    """Return prices that prove a ceiling without search: every person, or every place, costs what its best is worth."""
    multipliers = tuple(int(stage == number) for number in range(len(problem.stages)))
    weights, edges = problem.stages[stage].weights, problem.edges
    best = np.zeros(problem.candidates, np.int64), np.zeros(problem.packages, np.int64)
    for most, side in zip(best, (edges.candidate, edges.package), strict=True):
        np.maximum.at(most, side, weights)
    people, places = (np.zeros_like(most) for most in best)
    return (
        Prices(multipliers=multipliers, candidate=best[0], package=places),
        Prices(multipliers=multipliers, candidate=people, package=best[1]),
    )


def filled(problem: Problem) -> Int64Array:
    """Return chosen edges: pins, then what floors and hard rows ask, then as many as fit; ties by the drawn order.

    Teams that need several people at once are tried before and after everybody else; the better of the two stays.
    """
    if not any(row.or_nothing for row in problem.rows):
        return _filled(problem, teams_first=False)
    plans = [_filled(problem, teams_first=first) for first in (True, False)]
    return max(plans, key=lambda plan: tuple(problem.value(stage, plan) for stage in problem.stages))


def _filled(problem: Problem, *, teams_first: bool) -> Int64Array:
    filling = _Filling(problem)
    order = _order(problem)
    for edge in order[filling.asked_by_rows(order)].tolist():
        filling.for_rows(edge)
    needed = problem.least_places[problem.edges.candidate[order]] > 0
    everybody = np.concatenate([order[needed], order[~needed]])
    if teams_first:
        filling.open_teams(everybody)
    filling.offer_all(everybody)
    for person in np.flatnonzero(problem.least_places).tolist():
        filling.make_room(person)
    filling.improve()
    filling.open_teams(everybody)
    filling.offer_all(everybody)
    return np.array(sorted(filling.chosen), np.int64)


def _order(problem: Problem) -> Int64Array:
    """Return the edges that gain anything in the first stage that tells: most first, then the hardest to place."""
    edges, open_ = problem.edges, problem.open
    first = problem.stages[0].weights
    options = np.bincount(edges.candidate[open_], minlength=problem.candidates)[edges.candidate]
    keys = (-edges.points, problem.hours, options, -first)
    order = np.lexsort(keys).astype(np.int64)
    needed = problem.least_places[edges.candidate] > 0
    return order[(open_ & ((first > 0) | needed))[order]]


class _Filling:
    """The places, hours and rows that are left while a plan is filled."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.who, self.what = problem.edges.candidate.tolist(), problem.edges.package.tolist()
        self.hours = problem.hours.tolist()
        self.open = problem.open
        self.starts = np.searchsorted(problem.edges.candidate, np.arange(problem.candidates + 1))
        self.person, self.places = problem.max_places.tolist(), problem.places.tolist()
        self.budget = [None if b == NO_BUDGET else b for b in problem.budgets.tolist()]
        self.barred: dict[int, set[int]] = {}
        for one, other in problem.exclusive.tolist():
            if one != other:
                self.barred.setdefault(one, set()).add(other)
                self.barred.setdefault(other, set()).add(one)
        self.mine: dict[int, dict[int, int]] = {}
        self.chosen: set[int] = set()
        self.load = [0] * len(problem.rows)
        self.opening: int | None = None
        self.rows_of: dict[int, list[tuple[int, int]]] = {}
        for number, row in enumerate(problem.rows):
            if row.price is None:
                for edge, weight in zip(row.edges.tolist(), row.weights.tolist(), strict=True):
                    self.rows_of.setdefault(edge, []).append((number, weight))
        for edge in problem.pins.tolist():
            self.take(edge)

    def asked_by_rows(self, order: Int64Array) -> np.typing.NDArray[np.bool_]:
        """Return which of these edges count towards a hard row that asks for something."""
        towards = np.zeros(len(self.problem.edges), np.bool_)
        for row in self.problem.rows:
            if row.price is None and row.low is not None:
                towards[row.edges[row.weights > 0]] = True
        return towards[order]

    def for_rows(self, edge: int) -> None:
        """Take an edge when a hard row is still below its floor and comes nearer by it."""
        rows = self.problem.rows
        floors = ((n, rows[n].low) for n, weight in self.rows_of[edge] if weight > 0)
        if any(low is not None and self.load[n] < low for n, low in floors):
            self.offer(edge)

    def open_teams(self, order: Int64Array) -> None:
        """Take, for each row that may be empty and is below its floor, as many edges at once as its floor asks."""
        for number, row in enumerate(self.problem.rows):
            if row.or_nothing and row.low is not None and self.load[number] < row.low:
                self.opening, before = number, set(self.chosen)
                for edge in order[np.isin(order, row.edges)].tolist():
                    if self.load[number] < row.low:
                        self.offer(edge)
                self.opening = None
                for edge in self.chosen - before if self.load[number] < row.low else ():
                    self.take(edge, -1)

    def offer(self, edge: int) -> None:
        """Take an edge when it fits."""
        if edge not in self.chosen and self.person[self.who[edge]] > 0 and self.fits(edge):
            self.take(edge)

    def offer_all(self, edges: Int64Array) -> None:
        """Take every edge that fits, in this order."""
        for start in range(0, len(edges), _CHUNK):
            part = edges[start : start + _CHUNK]
            who, what = self.problem.edges.candidate[part], self.problem.edges.package[part]
            room = (np.array(self.person)[who] > 0) & (np.array(self.places)[what] > 0)
            for edge in part[room].tolist():
                self.offer(edge)

    def fits(self, edge: int) -> bool:
        """Return whether the package has room, nothing excludes it, and no hard row gets worse."""
        who, what = self.who[edge], self.what[edge]
        budget = self.budget[what]
        if self.places[what] <= 0 or (budget is not None and budget < self.hours[edge]):
            return False
        if any(other in self.mine.get(who, {}) for other in self.barred.get(what, ())):
            return False
        rows = self.problem.rows
        return all(
            rows[n].shortfall(self.load[n] + weight) <= rows[n].shortfall(self.load[n])
            for n, weight in self.rows_of.get(edge, ())
            if n != self.opening
        )

    def take(self, edge: int, sign: int = 1) -> None:
        """Take an edge, or (with -1) put it back."""
        who, what = self.who[edge], self.what[edge]
        self.person[who] -= sign
        self.places[what] -= sign
        budget = self.budget[what]
        if budget is not None:
            self.budget[what] = budget - sign * self.hours[edge]
        for number, weight in self.rows_of.get(edge, ()):
            self.load[number] += sign * weight
        if sign > 0:
            self.chosen.add(edge)
            self.mine.setdefault(who, {})[what] = edge
        else:
            self.chosen.discard(edge)
            del self.mine[who][what]

    def make_room(self, person: int) -> None:
        """Place somebody who must have a place by moving one other person to another package."""
        if self.mine.get(person):
            return
        pinned = set(self.problem.pins.tolist())
        for edge in self._edges_of(person).tolist():
            holders = [e for e in sorted(self.chosen) if self.what[e] == self.what[edge] and e not in pinned]
            if any(self._moved(edge, holder) for holder in holders):
                return

    def _edges_of(self, person: int) -> Int64Array:
        """Return the open edges of one person; edges stand in the order of people."""
        mine = np.arange(self.starts[person], self.starts[person + 1])
        return np.asarray(mine[self.open[mine]], np.int64)

    def improve(self) -> None:
        """Let everybody move once to a place with more points that is still free, if that costs no earlier stage."""
        pinned, first = set(self.problem.pins.tolist()), self.problem.stages[0].weights
        points = self.problem.edges.points
        for held in sorted(self.chosen - pinned):
            mine = self._edges_of(self.who[held])
            better = mine[(first[mine] >= first[held]) & (points[mine] > points[held])]
            for edge in better[np.argsort(-points[better], kind="stable")].tolist():
                if edge not in self.chosen and self._swapped(held, edge):
                    break

    def _swapped(self, held: int, edge: int) -> bool:
        short = self._short
        self.take(held, -1)
        if self.fits(edge):
            self.take(edge)
            if self._short <= short:
                return True
            self.take(edge, -1)
        self.take(held)
        return False

    @property
    def _short(self) -> int:
        hard = ((row, load) for row, load in zip(self.problem.rows, self.load, strict=True) if row.price is None)
        return sum(row.shortfall(load) for row, load in hard)

    def _moved(self, edge: int, holder: int) -> bool:
        """Return whether the edge could be taken after its holder moved; else everything is as before."""
        self.take(holder, -1)
        if self.fits(edge):
            self.take(edge)
            for other in self._edges_of(self.who[holder]).tolist():
                if other not in (holder, edge) and other not in self.chosen and self.fits(other):
                    self.take(other)
                    return True
            self.take(edge, -1)
        self.take(holder)
        return False
