"""Limits and wishes over a whole pool: solved on the pairs near the prices, proven over all pairs with every price.

The prices of people, places and side rows say what any pair of the pool is worth above them, listed or not. A pair that
is worth more is added for another round; what is still missing at the end raises the price of its person instead, so
the ceiling holds for every pair whatever the rounds found.
"""

from __future__ import annotations

import time
from copy import copy
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from matching.planning.certificate import Certificate, certify
from matching.planning.layout import Layout, Seats, among, without_seldom
from matching.planning.market import near_pairs
from matching.planning.measure import Weighing
from matching.planning.overall import FIRST_BEST, Overall, Search, with_pairs
from matching.planning.prices import Prices, bound
from matching.planning.problem import Int64Array
from matching.planning.relaxation import FIRST_NEAR, relaxed, whole_plan
from matching.planning.restricted import asking_of
from matching.planning.scored import Scored, Triple
from matching.planning.solve import Impossible, Solved, judged
from matching.planning.solvers.answer import RawAnswer
from matching.planning.solvers.clock import Clock

__all__ = ["can_price_rows", "closed", "solve_rows_over_all"]

_ROUNDS = 5
_LISTED = 150_000
"""About the most pairs that the solvers of rows look at."""

_FINAL_SHARE = 0.25
"""The share of the time that is left for the last reading of all pairs."""


def can_price_rows(seats: Seats) -> bool:
    """Return whether every row tells what any pair weighs, and nothing else but rows stands outside the network."""
    draft = seats.draft
    priced = all(isinstance(row.weigh, Weighing) for row in draft.rows)
    network = not draft.exclusive and not draft.counts_jobs and bool((draft.budgets < 0).all())
    return priced and network and draft.change_budget is None


def solve_rows_over_all(
    scores: Scored, seats: Seats, *, seconds: float, first_best: int = FIRST_BEST, first_near: int = FIRST_NEAR
) -> Overall:
    """Return the best plan found with the limits and wishes over places; its ceiling holds for all pairs of the pool.

    It begins with `first_best` pairs of every package and person and with the `first_near` nearest to their prices.
    Raises Impossible when no plan was found on the pairs near the prices.
    """
    begun, clock = time.perf_counter(), Clock(seconds)
    search = Search(scores, _without_rows(seats), clock)
    search.begun(first_best)
    if search.last is None:
        raise Impossible
    rounds = None if seats.draft.previous else _by_relaxation(search, seats, clock, first_near)
    return (rounds or _by_rounds(search, seats, clock)).overall(time.perf_counter() - begun)


def _without_rows(seats: Seats) -> Seats:
    """Return the same seats with nothing asked but places, pins and vetoes."""
    bare = copy(seats.draft)
    bare.rows, bare.apart = [], []
    return Seats(bare, seats.seed)


def _by_relaxation(search: Search, seats: Seats, clock: Clock, first_near: int) -> _Rounds | None:
    """Return the plan near the relaxation of the whole pool with its proofs; None when there is none.

    Rows that seldom bind have no price in it; the plan keeps them all the same.
    """
    if search.last is None:
        return None
    steps, usual = Clock(clock.left * (1 - _FINAL_SHARE)), without_seldom(seats)
    kept = search.pairs, search.last.asking
    found = relaxed(search.scores, kept, usual, steps, first_near=first_near)
    found = None if found is None else found.asked_of(seats)
    answer = None if found is None else whole_plan(found, clock)
    if found is None or answer is None:
        return None
    rounds = _Rounds(search.scores, found.layout)
    rounds.proofs = list(found.prices) if found.holds_outside else []
    more = [found.counted, *([] if found.holds_outside else [*found.prices, search.last.prices])]
    proofs = [closed(search.scores, found.layout, each)[0] for each in more if each is not None]
    rounds.proofs += [proof for proof in proofs if proof is not None]
    judged = certify(found.layout.problem, replace(answer, prices=tuple(rounds.proofs)))
    if judged.status == "refused":
        return None
    rounds.best = Solved(certificate=judged, solver=answer.solver, seconds=answer.seconds, lot_settled=False)
    return rounds


def _by_rounds(search: Search, seats: Seats, clock: Clock) -> _Rounds:
    """Return the best plan of the solvers on the pairs nearest to the prices, and what more pairs add to it."""
    search.clock = Clock(clock.left * _FINAL_SHARE)
    plain = search.finished()
    if search.last is None:
        raise Impossible
    rounds = _Rounds(search.scores, with_pairs(search.scores, seats, search.nearest(_LISTED)))
    rounds.proofs += [search.last.prices] if plain else []
    for _ in range(_ROUNDS):
        left = clock.left
        if rounds.finished(left * (1 - _FINAL_SHARE)) or clock.left < 2 * (left - clock.left):
            break
    return rounds


class _Rounds:
    """The pairs listed so far, the best plan on them, and prices that hold for all pairs."""

    def __init__(self, scores: Scored, layout: Layout) -> None:
        self.scores, self.layout = scores, layout
        self.best: Solved | None = None
        self.proofs: list[Prices] = []
        self._more: Triple | None = None

    def finished(self, seconds: float) -> bool:
        """Solve one round on the pairs so far; return whether more pairs could not help."""
        if self._more is not None:
            before, more = self.layout, self._more
            pairs = _joined((before.who, before.what, before.points), more)
            self.layout = with_pairs(self.scores, before.seats, pairs)
            self.best = self.best and _moved(before, self.layout, self.best)
        solved, answers = judged(self.layout.problem, seconds=seconds, lot=self.layout.lot)
        self.best = solved if self.best is None else _better(self.layout, solved, self.best)
        valid, self._more = _proofs(self.scores, self.layout, answers)
        self.proofs += valid
        return not len(self._more[0]) or self._certificate(self.best).status == "optimal"

    def overall(self, seconds: float) -> Overall:
        """Return the best plan with the ceiling of all the prices."""
        if self.best is None:
            raise Impossible
        certificate = self._certificate(self.best)
        everything = all(ceiling is not None for ceiling in certificate.bounds)
        settled = self.best.lot_settled and certificate.status == "optimal" and not self._ties_outside(certificate)
        kept = certificate if everything else self.best.certificate
        solved = replace(self.best, certificate=kept, seconds=seconds, lot_settled=settled)
        return Overall(layout=self.layout, solved=solved, over_all_pairs=everything)

    def _certificate(self, plan: Solved) -> Certificate:
        problem = self.layout.problem
        found = RawAnswer(solver=plan.solver, chosen=plan.chosen, claim="feasible", prices=tuple(self.proofs))
        return certify(problem, found, proven=len(problem.stages))

    def _ties_outside(self, certificate: Certificate) -> bool:
        """Return whether a pair that is not listed could stand in a plan that is just as good, for all prices tell."""
        problem, last = self.layout.problem, len(self.layout.problem.stages)
        for prices in (p for p in self.proofs if len(p.multipliers) == last and p.multipliers[-1] > 0):
            worth = sum(m * v for m, v in zip(prices.multipliers, certificate.values, strict=True))
            if bound(problem, prices) == worth:
                near = near_pairs(self.scores, asking_of(self.layout.seats, prices), prices.scale)
                return bool(len(near.crowded)) or bool(_outside(self.layout, near.pairs).any())
        return True


def _moved(before: Layout, layout: Layout, solved: Solved) -> Solved:
    """Return a plan with its pairs where a wider layout has them."""
    edges, chosen = before.problem.edges, solved.chosen
    at = layout.problem.edges.find(edges.candidate[chosen], edges.package[chosen], layout.problem.packages)
    return replace(solved, certificate=replace(solved.certificate, chosen=tuple(np.sort(at).tolist())))


def _better(layout: Layout, one: Solved, other: Solved) -> Solved:
    """Return the plan that is worth more, the first when they are equal."""
    problem = layout.problem
    return max((one, other), key=lambda plan: tuple(problem.value(stage, plan.chosen) for stage in problem.stages))


def _proofs(scores: Scored, layout: Layout, answers: list[RawAnswer]) -> tuple[list[Prices], Triple]:
    """Return the prices of the answers made valid for all pairs, and the pairs that were missing."""
    proofs, missing = list[Prices](), list[Triple]()
    for prices in {id(p): p for a in answers for p in a.prices}.values():
        proof, lacking = closed(scores, layout, prices)
        proofs += [] if proof is None else [proof]
        missing.append(lacking)
    none = np.zeros(0, np.int64)
    if not missing:
        return proofs, (none, none, none)
    who, what, points = (np.concatenate([part[n] for part in missing]) for n in range(3))
    first = np.unique(who * layout.seats.width + what, return_index=True)[1]
    return proofs, (who[first], what[first], points[first])


def closed(scores: Scored, layout: Layout, prices: Prices) -> tuple[Prices | None, Triple]:
    """Return these prices with every person's raised to what any pair of the pool is worth, and the pairs that did it.

    Then no pair outside the layout is worth more than its prices, so the ceiling of the listed pairs holds for all.
    None instead of prices when more pairs were missing than a pass keeps.
    """
    seats = layout.seats
    if not _may_miss(layout, prices):
        return prices, (np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0, np.int64))
    found = near_pairs(scores, asking_of(seats, prices), -1)
    outside = _outside(layout, found.pairs)
    who, what, points = (side[outside] for side in found.pairs)
    excess: Int64Array = np.zeros(seats.persons, np.int64)
    np.maximum.at(excess, seats.person_of[who], asking_of(seats, prices).worth(who, what, points))
    raised = None if len(found.crowded) else replace(prices, candidate=prices.candidate + excess)
    return raised, (who, what, points)


def _may_miss(layout: Layout, prices: Prices) -> bool:
    """Return False when plainly no pair is worth more than its prices: a place alone costs what it gives."""
    counted = len(prices.multipliers) == 1 and not prices.rows.any()
    work = prices.package[layout.problem.places > 0]
    least = sum(int(side.min()) if len(side) else 0 for side in (work, prices.candidate))
    return not (counted and least >= prices.scale * prices.multipliers[0])


def _outside(layout: Layout, pairs: Triple) -> npt.NDArray[np.bool_]:
    """Return which of these pairs are neither in the layout nor forbidden."""
    seats, (who, what, _) = layout.seats, pairs
    listed = np.sort(layout.who * seats.width + layout.what)
    return ~among(who * seats.width + what, listed) & ~seats.barred(who, what)


def _joined(pairs: Triple, more: Triple) -> Triple:
    who, what, points = (np.concatenate([old, new]) for old, new in zip(pairs, more, strict=True))
    return who, what, points
