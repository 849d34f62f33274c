"""The assignment: scores with limits and wishes, solved to one plan for everybody."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from functools import partial

from matching.planning.draft import Draft
from matching.planning.isolation import isolated as in_child
from matching.planning.layout import Layout, Seats
from matching.planning.limits import Limit, limits_of_agreements
from matching.planning.nearest import conflict_of, loosened
from matching.planning.overall import Overall, solve_over_all, with_pairs
from matching.planning.plan import Plan, PlanImpossible
from matching.planning.policy import Policy
from matching.planning.proposals import plan_of
from matching.planning.scored import Scored, all_edges, best_edges
from matching.planning.solve import Impossible, Solved, solve
from matching.planning.steering import steering_of
from matching.planning.wishes import Wish
from matching.text import Sentence, say

__all__ = ["ALL_PAIRS", "Assignment"]

ALL_PAIRS = 2_000_000
"""Up to this many pairs a plan looks at all of them at once; beyond, at the best and then at what prices point to."""


@dataclass(frozen=True)
class Assignment:
    """One question to the planner: the scores, and what must hold or is wished.

    Pins, vetoes, reservations, accepted places and several ids of one person come from the pool's agreements that
    hold on its day, unless `with_agreements` is False. Places come from the packages, one place a person.

    `Assignment(scores).with_limits(Pinned("K-1", "WP-2")).with_wishes(AtLeast(2, per="employer")).solve(seconds=20)`
    """

    scores: Scored
    limits: tuple[Limit, ...] = ()
    wishes: tuple[Wish, ...] = ()
    with_agreements: bool = True
    policy: Policy | None = None

    def with_policy(self, policy: Policy) -> Assignment:
        """Return the assignment under this policy; its limits and wishes come beside those added here."""
        return replace(self, policy=policy)

    def with_limits(self, *limits: Limit) -> Assignment:
        """Return the assignment with these limits added."""
        return replace(self, limits=(*self.limits, *limits))

    def with_wishes(self, *wishes: Wish) -> Assignment:
        """Return the assignment with these wishes added."""
        return replace(self, wishes=(*self.wishes, *wishes))

    @property
    def asked(self) -> tuple[Sentence, ...]:
        """Return every limit and wish in words: those of the policy first, then of the agreements, then the rest."""
        own = tuple(item.sentence() for item in (*self._agreed(), *self.limits, *self.wishes))
        return (*self.policy.sentences(), *own) if self.policy else own

    @property
    def steering(self) -> tuple[Sentence, ...]:
        """Return in words what the plan steers by: targets or who delivers; empty unless somebody asked for it."""
        return steering_of((*self._by_policy, *self.limits, *self.wishes))

    @property
    def _by_policy(self) -> tuple[Limit | Wish, ...]:
        return self.policy.asked if self.policy else ()

    def _agreed(self) -> list[Limit]:
        pool = self.scores.pool
        return limits_of_agreements(pool.agreements, pool.as_of) if self.with_agreements else []

    def draft(self) -> Draft:
        """Return the draft with all limits and wishes in it. Raises UnknownName for an id that does not exist."""
        draft = Draft(self.scores.pool)
        for item in (*self._agreed(), *self._by_policy, *self.limits, *self.wishes):
            item.put(draft)
        for (candidate, package), _ in sorted(draft.pins.items()):
            if (candidate, package) not in draft.accepted and self._excluded(candidate, package):
                ids = draft.pool.candidates.ids[candidate], draft.pool.packages.ids[package]
                draft.bar(candidate, [package], say("planning.limit.excluded", candidate=ids[0], package=ids[1]))
        return draft

    def _excluded(self, candidate: int, package: int) -> bool:
        return int(self.scores.block(package, package + 1)[0, candidate]) < 0

    def solve(self, *, seconds: float = 20, seed: int = 0, isolated: bool = False) -> Plan:
        """Return the best plan found within `seconds`; ties go by a lot drawn from `seed`.

        Raises PlanImpossible (a DemandImpossible) with a smallest conflicting set and the nearest plan, UnknownName
        for an id that does not exist, SolverFailed when not even a first plan was found in time. With `isolated` the
        solver runs in a child process that is killed two seconds after its time.
        """
        begun = time.perf_counter()
        seats = Seats(self.draft(), seed)
        try:
            found = self._found(seats, seconds, isolated)
        except Impossible:
            raise self._impossible(seats, seconds, isolated) from None
        return self._plan(found, time.perf_counter() - begun)

    def _found(self, seats: Seats, seconds: float, isolated: bool) -> Overall:
        pool = self.scores.pool
        if len(pool.candidates) * len(pool.packages) <= ALL_PAIRS:
            layout = with_pairs(self.scores, seats, all_edges(self.scores))
            return Overall(layout=layout, solved=_ask(layout, seconds, isolated), over_all_pairs=True)
        if _is_plain(seats.draft):
            return solve_over_all(self.scores, seats, seconds=seconds)
        layout = with_pairs(self.scores, seats, best_edges(self.scores, 25))
        return Overall(layout=layout, solved=_ask(layout, seconds, isolated), over_all_pairs=False)

    def _plan(self, found: Overall, seconds: float) -> Plan:
        return plan_of(self.scores, found, asked=(self.asked, self.steering), seconds=seconds)

    def _impossible(self, seats: Seats, seconds: float, isolated: bool) -> PlanImpossible:
        """Return the error with the conflict in words and the nearest plan."""
        begun = time.perf_counter()
        layout = with_pairs(self.scores, seats, best_edges(self.scores, 25))
        conflict = conflict_of(layout)
        for pool in loosened(layout):
            try:
                solved = solve(pool, seconds=seconds, lot=layout.lot)
            except Impossible:
                continue
            found = Overall(layout=layout, solved=solved, over_all_pairs=False)
            spent = time.perf_counter() - begun
            nearest = plan_of(self.scores, found, asked=(self.asked, self.steering), seconds=spent, loosened=pool)
            return PlanImpossible(say("planning.impossible", count=len(conflict)), conflict, nearest)
        return PlanImpossible(say("planning.impossible", count=len(conflict)), conflict, None)


def _is_plain(draft: Draft) -> bool:
    return not draft.rows and not draft.exclusive and draft.change_budget is None and bool((draft.budgets < 0).all())


def _ask(layout: Layout, seconds: float, isolated: bool) -> Solved:
    work = partial(solve, layout.problem, seconds=seconds, lot=layout.lot)
    return in_child(work, seconds=seconds) if isolated else work()
