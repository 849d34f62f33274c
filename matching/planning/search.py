"""From a drawn-up question to a plan: which pairs to look at, the solver's time, and what comes back when it is up."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial

from matching.errors import SolverFailed
from matching.planning.certificate import violations
from matching.planning.draft import Draft
from matching.planning.isolation import isolated
from matching.planning.layout import Layout, Seats, without_seldom
from matching.planning.nearest import conflict_of, loosened
from matching.planning.overall import Overall, solve_over_all, with_pairs
from matching.planning.plan import Plan, PlanImpossible
from matching.planning.problem import Problem
from matching.planning.proposals import plan_of
from matching.planning.rows_over_all import can_price_rows, solve_rows_over_all
from matching.planning.scored import ALL_PAIRS, Scored, all_edges, best_edges
from matching.planning.solve import Impossible, Solved
from matching.planning.stopgap import OUT_OF_TIME, answered, stopgap
from matching.text import Sentence, say

__all__ = ["ALL_PAIRS", "Search"]

_BEST = 25


@dataclass(frozen=True, kw_only=True, eq=False)
class Search:
    """One search for a plan: the scores, the people and packages in the order of the lot, and the time there is.

    `asked` is everything asked and the part that steers, in words.
    """

    scores: Scored
    seats: Seats
    asked: tuple[tuple[Sentence, ...], tuple[Sentence, ...]]
    seconds: float
    isolated: bool = False

    def plan(self) -> Plan:
        """Return the plan. Raises PlanImpossible with the nearest plan, SolverFailed when the solver died."""
        begun = time.perf_counter()
        try:
            found, notes = self._found()
        except Impossible:
            raise self._impossible() from None
        except SolverFailed as problem:
            if problem.sentence.key not in OUT_OF_TIME:
                raise
            plan = self._nearest(begun, why=problem.sentence)
            if plan is None:
                raise
            return plan
        return self._of(found, begun, notes=notes)

    def _of(
        self, found: Overall, begun: float, *, notes: tuple[Sentence, ...] = (), loose: Problem | None = None
    ) -> Plan:
        spent = time.perf_counter() - begun
        return plan_of(self.scores, found, asked=self.asked, seconds=spent, notes=notes, loosened=loose)

    def _found(self) -> tuple[Overall, tuple[Sentence, ...]]:
        pool = self.scores.pool
        small = len(pool.candidates) * len(pool.packages) <= ALL_PAIRS
        if not small:
            found = self._over_all()
            if found is not None:
                return found, ()
        layout = self._layout(everything=small)
        solved, notes = self._solved(layout.problem, layout)
        return Overall(layout=layout, solved=solved, over_all_pairs=small), notes

    def _over_all(self) -> Overall | None:
        """Return a plan proven over all pairs, None for a question that has no such proof.

        Rows that seldom bind are left out first; a plan that keeps them all the same is the best one with them too.
        """
        usual = without_seldom(self.seats)
        plain = _is_plain(usual.draft)
        if plain:
            found = self._worked(solve_over_all, usual, self.seconds)
            layout = Layout(self.seats, found.layout.who, found.layout.what, found.layout.points)
            if usual is self.seats or not violations(layout.problem, found.solved.chosen):
                return replace(found, layout=layout)
        if not can_price_rows(self.seats):
            return None
        return self._worked(solve_rows_over_all, self.seats, self.seconds)

    def _worked(self, search: Callable[..., Overall], seats: Seats, seconds: float) -> Overall:
        work = partial(search, self.scores, seats, seconds=seconds)
        return isolated(work, seconds=seconds) if self.isolated else work()

    def _layout(self, *, everything: bool) -> Layout:
        pairs = all_edges(self.scores) if everything else best_edges(self.scores, _BEST)
        return with_pairs(self.scores, self.seats, pairs)

    def _solved(self, problem: Problem, layout: Layout) -> tuple[Solved, tuple[Sentence, ...]]:
        found = answered(problem, seconds=self.seconds, lot=layout.lot, in_child=self.isolated)
        return found.solved, () if found.note is None else (found.note,)

    def _impossible(self) -> PlanImpossible:
        """Return the error with the conflict in words and the nearest plan."""
        begun = time.perf_counter()
        sentence, conflict = conflict_of(self._layout(everything=False))
        return PlanImpossible(sentence, conflict, self._nearest(begun))

    def _nearest(self, begun: float, *, why: Sentence | None = None) -> Plan | None:
        """Return the plan that drops as few demands as possible; `why` when the time was up before there was one."""
        layout = self._layout(everything=False)
        for easier in loosened(layout):
            for solved, notes in self._tried(easier, layout, why):
                found = Overall(layout=layout, solved=solved, over_all_pairs=False)
                return self._of(found, begun, notes=notes, loose=easier)
        return None

    def _tried(
        self, easier: Problem, layout: Layout, why: Sentence | None
    ) -> Iterator[tuple[Solved, tuple[Sentence, ...]]]:
        """Yield the answer to an easier question when there is one."""
        if why is not None:
            solved = stopgap(easier)
            if solved is not None:
                yield solved, (say("planning.stopgap_short", because=why),)
            return
        with suppress(Impossible, SolverFailed):
            yield self._solved(easier, layout)


def _is_plain(draft: Draft) -> bool:
    """Return whether nothing but places, pins and vetoes binds, and people count."""
    free = not draft.rows and not draft.apart and not draft.exclusive and not draft.counts_jobs
    free = free and draft.change_budget is None
    return free and bool((draft.budgets < 0).all())
