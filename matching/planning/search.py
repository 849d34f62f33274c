"""From a drawn-up question to a plan: which pairs to look at, the solver's time, and what comes back when it is up."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import partial

from matching.errors import SolverFailed
from matching.planning.draft import Draft
from matching.planning.isolation import isolated
from matching.planning.layout import Layout, Seats
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
        plain = _is_plain(self.seats.draft)
        if not small and (plain or can_price_rows(self.seats)):
            search = solve_over_all if plain else solve_rows_over_all
            work = partial(search, self.scores, self.seats, seconds=self.seconds)
            return isolated(work, seconds=self.seconds) if self.isolated else work(), ()
        layout = self._layout(everything=small)
        solved, notes = self._solved(layout.problem, layout)
        return Overall(layout=layout, solved=solved, over_all_pairs=small), notes

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
    free = not draft.rows and not draft.exclusive and draft.change_budget is None and not draft.counts_jobs
    return free and bool((draft.budgets < 0).all())
