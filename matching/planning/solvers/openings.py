"""Teams that open whole or not at all, as a network for every choice of which ones open: branch and bound over them.

With the choice made, only places bind, and a flow is exact. With some teams undecided (they may be filled in part) it
is a ceiling. Each branch keeps its prices, so the proof is a tree that the judge walks in whole numbers.
"""

from __future__ import annotations

import heapq
import time
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

import numpy as np

from matching.planning.prices import Prices, Proof, Split
from matching.planning.problem import NO_BUDGET, Int64Array, Problem, SideRow, Stage
from matching.planning.solvers.answer import Claim, RawAnswer
from matching.planning.solvers.clock import Clock
from matching.planning.solvers.face import Face, start, tight
from matching.planning.solvers.flow import BoolArray, best_flow, packed, packed_weights
from matching.planning.solvers.residual import potentials

__all__ = ["only_openings", "solve_openings"]

_FIRST_SHARE = 0.35
"""What the search for a good first plan may use of the time."""

_MOST_BRANCHES = 4_000


def only_openings(problem: Problem) -> bool:
    """Return whether nothing binds but places and rows that count all people of one package, some open or empty.

    Two people who do not go together may stand beside them: a row of two edges of which one may be chosen.
    """
    plain = not len(problem.exclusive) and bool((problem.budgets == NO_BUDGET).all())
    if not plain or not any(row.or_nothing for row in problem.rows):
        return False
    if any(_is_pair(row) and len(np.intersect1d(row.edges, problem.pins)) > 1 for row in problem.rows):
        return False
    mine = np.bincount(problem.edges.package, minlength=problem.packages)
    packages = []
    for row in (row for row in problem.rows if not _is_pair(row)):
        there = np.unique(problem.edges.package[row.edges])
        whole = len(there) == 1 and len(row.edges) == mine[there[0]] and bool((row.weights == 1).all())
        if row.price is not None or not whole:
            return False
        packages.append(int(there[0]))
    return len(set(packages)) == len(packages) and len(packed(problem, 0)) == len(problem.stages)


def _is_pair(row: SideRow) -> bool:
    """Return whether a row lets at most one of two edges be chosen."""
    plain = row.price is None and row.low is None and not row.or_nothing and row.high == 1
    return plain and len(row.edges) == 2 and bool((row.weights == 1).all())


def solve_openings(problem: Problem, lot: Stage | None, *, seconds: float) -> RawAnswer:
    """Return the best plan found in time, with the tree of its proof; `problem` must be `only_openings`.

    The lot decides among the plans with the same teams. The solver is called "openings" when no other teams can be as
    good, else "openings_tied".
    """
    if len(np.intersect1d(problem.pins, problem.forbidden)):
        return RawAnswer(solver="openings", chosen=(), claim="infeasible")
    begun, search = time.perf_counter(), _Search(problem, Clock(seconds))
    search.first()
    root = search.grown()
    if search.plan is None:
        claim: Claim = "infeasible" if root.value is None or not search.waiting else "unknown"
        return RawAnswer(solver="openings", chosen=(), claim=claim, seconds=time.perf_counter() - begun)
    plan, proof = _settled(search, search.plan, lot), root.proof()
    return RawAnswer(
        solver="openings_tied" if search.tied or search.pairs else "openings",
        chosen=plan,
        claim="feasible",
        trees=(proof,) if isinstance(proof, Split) else (),
        prices=() if root.prices is None else (root.prices,),
        seconds=time.perf_counter() - begun,
    )


Barred = frozenset[tuple[int, int]]


@dataclass(eq=False, kw_only=True)
class _Branch:
    """Some rows open, some shut, the rest undecided: prices of its ceiling `value` in the packed goal (None: no plan).

    `barred` are edges that may not be chosen, each with the row of two people that says so because the other one of
    them is (-1: neither need be). `doubtful` is the row to decide next; None when the flow keeps every row as it is,
    and `edge` the edge that is chosen or left when that row is about two people.
    """

    open: frozenset[int]
    shut: frozenset[int]
    barred: Barred = frozenset()
    edge: int = -1
    prices: Prices | None = None
    value: int | None = None
    doubtful: int | None = None
    halves: tuple[_Branch, _Branch] | None = field(default=None)

    def proof(self) -> Proof:
        """Return the prices, or the split into an open and a shut half with their proofs."""
        if self.halves is None:
            if self.prices is None:
                raise ValueError("a branch without prices proves nothing")
            return self.prices
        if self.doubtful is None:
            raise ValueError("a branch is split by a row")
        by_row = {"row": self.doubtful} if self.edge < 0 else {"edge": self.edge}
        return Split(**by_row, chosen=self.halves[0].proof(), left=self.halves[1].proof())


class _Search:
    """The flows of the branches, the best plan so far, and the branches that may still hold a better one."""

    def __init__(self, problem: Problem, clock: Clock) -> None:
        self.problem, self.clock = problem, clock
        self.multipliers = packed(problem, 0)
        every = np.arange(len(problem.edges), dtype=np.int64)
        self.worth = packed_weights(problem, every, self.multipliers)
        self.maybe = [number for number, row in enumerate(problem.rows) if row.or_nothing]
        self.pairs = {n: tuple(row.edges.tolist()) for n, row in enumerate(problem.rows) if _is_pair(row)}
        self.counted = [number for number in range(len(problem.rows)) if number not in self.pairs]
        self.package = [int(problem.edges.package[row.edges[0]]) for row in problem.rows]
        self.pinned = np.bincount(problem.edges.package[problem.pins], minlength=problem.packages)
        reach = int(np.abs(self.worth).max(initial=1)) * (2 * problem.most_chosen + 2)
        self.lacking = reach + 1
        self.plan: Int64Array | None = None
        self.value, self.best_open, self.tied = 0, frozenset[int](), False
        self.tried: set[frozenset[int]] = set()
        self.waiting: list[tuple[int, int, _Branch]] = []
        self.made = 0

    def first(self) -> None:
        """Find a good plan: open the teams that the flow fills most, then open or shut one more while that helps."""
        clock = Clock(self.clock.left * _FIRST_SHARE)
        relaxed = self._flow(frozenset(), frozenset())
        loads = np.zeros(self.problem.packages, np.int64)
        if relaxed is not None:
            face, chosen = relaxed
            loads = np.bincount(face.package[chosen], minlength=self.problem.packages)
        order = sorted(self.maybe, key=lambda row: (-int(loads[self.package[row]]), row))
        for count in range(len(order) + 1):
            if not (self.plan is not None and clock.over):
                self._try(frozenset(order[:count]))
        better = True
        while better and not clock.over:
            better = any(self._try(self.best_open ^ {row}) for row in order if not clock.over)

    def _try(self, rows: frozenset[int]) -> bool:
        """Return whether the plan with exactly these teams open is the best so far."""
        if rows in self.tried:
            return False
        self.tried.add(rows)
        barred: Barred = frozenset()
        for _ in range(len(self.pairs) + 1):
            found = self._flow(rows, frozenset(self.maybe) - rows, barred)
            plan = None if found is None else _plan_of(*found)
            row = None if plan is None else self._together(plan)
            if plan is None or row is None:
                return plan is not None and self._offer(plan, rows)
            barred |= {(min(self.pairs[row], key=lambda edge: (int(self.worth[edge]), edge)), -1)}
        return False

    def _together(self, plan: Int64Array) -> int | None:
        """Return the first row of two people of which a plan has both, None when there is none."""
        taken = set(plan.tolist())
        return next((row for row, edges in self.pairs.items() if set(edges) <= taken), None)

    def _offer(self, plan: Int64Array, rows: frozenset[int]) -> bool:
        value = self.worth_of(plan)
        if self.plan is not None and value <= self.value:
            self.tied |= value == self.value and rows != self.best_open
            return False
        self.plan, self.value, self.best_open, self.tied = plan, value, rows, False
        return True

    def worth_of(self, plan: Int64Array) -> int:
        """Return what a plan is worth in the packed goal."""
        return int(self.worth[plan].sum())

    def grown(self) -> _Branch:
        """Return the root of the tree, grown until nothing can be better than the plan or the time is up."""
        root = self._branch(_Branch(open=frozenset(), shut=frozenset()))
        while self.waiting and not self.clock.over and self.made < _MOST_BRANCHES:
            _, _, branch = heapq.heappop(self.waiting)
            row = branch.doubtful
            if row is None or branch.value is None or (self.plan is not None and branch.value <= self.value):
                self.tied |= self.plan is not None and branch.value == self.value
                continue
            branch.halves = self._halves(branch, row)
        return root

    def _halves(self, branch: _Branch, row: int) -> tuple[_Branch, _Branch]:
        """Return a branch with this row open and one with it shut; of two people, with the first one and without."""
        if row not in self.pairs:
            opened = replace(branch, open=branch.open | {row}, edge=-1)
            return self._branch(opened), self._branch(replace(branch, shut=branch.shut | {row}, edge=-1))
        branch.edge, other = self.pairs[row]
        chosen = replace(branch, barred=branch.barred | {(other, row)}, edge=-1)
        return self._branch(chosen), self._branch(replace(branch, barred=branch.barred | {(branch.edge, -1)}, edge=-1))

    def _branch(self, branch: _Branch) -> _Branch:
        """Return a branch with its own prices, waiting when something better may hide there."""
        branch.value = branch.doubtful = None
        found = self._flow(branch.open, branch.shut, branch.barred)
        costs = None if found is None else potentials(found[0], self.weights(found[0]), found[1])
        if found is None or costs is None:
            return branch
        branch.prices = self._prices(*costs, branch.barred)
        plan = _plan_of(*found)
        if plan is None:
            return branch
        branch.value = self.worth_of(plan)
        loads = np.bincount(self.problem.edges.package[plan], minlength=self.problem.packages)
        row = self._doubtful(loads, branch.open | branch.shut)
        branch.doubtful = self._together(plan) if row is None else row
        if branch.doubtful is None:
            self._offer(plan, branch.open | {row for row in self.maybe if loads[self.package[row]]})
        else:
            self.made += 1
            heapq.heappush(self.waiting, (-branch.value, self.made, branch))
        return branch

    def _doubtful(self, loads: Int64Array, decided: Iterable[int]) -> int | None:
        """Return the undecided row that is farthest from both empty and open, None when all are one or the other."""
        found = []
        for row in sorted(set(self.maybe) - set(decided)):
            load, low = int(loads[self.package[row]]), self.problem.rows[row].low or 0
            if 0 < load < low:
                found.append((-min(load, low - load), row))
        return min(found)[1] if found else None

    def _flow(
        self, rows: frozenset[int], shut: frozenset[int], barred: Barred = frozenset()
    ) -> tuple[Face, BoolArray] | None:
        """Return the face of a choice and the edges of its best flow; a stand-in for who is lacking costs too much."""
        face = self.face(rows, shut, barred)
        chosen = best_flow(face, self.weights(face))
        return None if chosen is None else (face, chosen)

    def face(self, rows: frozenset[int], shut: frozenset[int], barred: Barred) -> Face:
        """Return the face: floors under open teams, no pairs at shut ones, and one stand-in for who is lacking."""
        problem, face = self.problem, start(self.problem)
        gone = np.isin(face.package, [self.package[row] for row in shut])
        gone |= np.isin(face.edges, [edge for edge, _ in barred])
        face = face.narrowed(~gone, np.zeros(len(gone), np.bool_))
        least, most = face.least_package.copy(), face.most_package.copy()
        for number in self.counted:
            row, package = problem.rows[number], self.package[number]
            if row.high is not None:
                most[package] = min(int(most[package]), row.high - int(self.pinned[package]))
            if not row.or_nothing or number in rows:
                least[package] = max((row.low or 0) - int(self.pinned[package]), 0)
        floors = np.flatnonzero(least)
        stand_in, copies = len(face.most_candidate), least[floors]
        extra = int(copies.sum())
        return replace(
            face,
            edges=np.concatenate([face.edges, np.full(extra, -1)]),
            candidate=np.concatenate([face.candidate, stand_in + np.arange(extra)]).astype(np.int32),
            package=np.concatenate([face.package, np.repeat(floors, copies)]).astype(np.int32),
            least_candidate=np.concatenate([face.least_candidate, np.zeros(extra, np.int64)]),
            most_candidate=np.concatenate([face.most_candidate, np.ones(extra, np.int64)]),
            least_package=least,
            most_package=most,
        )

    def weights(self, face: Face) -> Int64Array:
        """Return what each edge of a face is worth in the packed goal; a stand-in costs more than any plan is worth."""
        return np.where(face.edges >= 0, self.worth[face.edges], -self.lacking)

    def _prices(self, person: Int64Array, place: Int64Array, barred: Barred) -> Prices:
        """Return prices of a flow: what a floor or ceiling of a row costs stands with the row, not with the places.

        A person barred beside another one is worth nothing above the price of the row about the two.
        """
        problem, rows, package = self.problem, np.zeros(len(self.problem.rows), np.int64), place.copy()
        for edge, number in sorted(barred):
            who, what = int(problem.edges.candidate[edge]), int(problem.edges.package[edge])
            if number >= 0:
                rows[number] = max(int(self.worth[edge] - person[who] - place[what]), 0)
        for number in self.counted:
            row, here = problem.rows[number], self.package[number]
            if place[here] < 0 or (row.high is not None and row.high < int(problem.places[here])):
                rows[number], package[here] = place[here], 0
        return Prices(multipliers=self.multipliers, candidate=person[: problem.candidates], package=package, rows=rows)


def _plan_of(face: Face, chosen: BoolArray) -> Int64Array | None:
    """Return the edges of a flow with the pins; None when somebody lacks."""
    edges = face.edges[chosen]
    return None if bool((edges < 0).any()) else np.sort(np.concatenate([face.taken, edges])).astype(np.int64)


def _settled(search: _Search, plan: Int64Array, lot: Stage | None) -> Int64Array:
    """Return the best plan that the lot prefers among those with the same teams; beside people kept apart, the plan."""
    if lot is None or search.pairs:
        return plan
    face = search.face(search.best_open, frozenset(search.maybe) - search.best_open, frozenset())
    chosen = best_flow(face, search.weights(face))
    costs = None if chosen is None else potentials(face, search.weights(face), chosen)
    if costs is None:
        return plan
    left = tight(face, search.weights(face), costs)
    drawn = best_flow(left, np.where(left.edges >= 0, lot.weights[left.edges], 0))
    found = None if drawn is None else _plan_of(left, drawn)
    return found if found is not None and search.worth_of(found) == search.value else plan
