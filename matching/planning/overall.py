"""A proof over all pairs without holding them: pairs to begin with, prices, and passes for what the prices call up.

A pass reads the scores in blocks and keeps every pair near its prices. While prices fall by less than that margin, no
pair that was left out can be worth them, so most rounds need no pass: only the packages whose price fell further are
read again. Prices are whole numbers, so nothing is lost by rounding.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, replace

import numpy as np

from matching.planning.certificate import Certificate, certify
from matching.planning.layout import Layout, Seats, among
from matching.planning.market import NOBODY, Asking, First, first_pairs, near_pairs, near_pairs_of
from matching.planning.problem import Int64Array
from matching.planning.restricted import Settled, by_floors, settled
from matching.planning.scored import Scored, Triple, best_edges
from matching.planning.solve import Impossible, Solved
from matching.planning.solvers.clock import Clock
from matching.planning.solvers.flow import solve_flow

__all__ = ["FIRST_BEST", "Overall", "Search", "solve_over_all", "with_pairs"]

ABOUT = 120
"""Pairs of each package that the first round looks at where people are many."""

FIRST_BEST = 25
"""Pairs of each package and each person that it looks at where places are many."""

FLOOR_RANK = 500
"""No place is expected to be cheaper than what the person at this rank of its package is worth."""

NEAR = 40_000
"""How far below its prices (of 1,000,000 points) a pair may be and still be kept by a pass."""

CORE = 8_000
"""How far below its prices a pair may be and still take part in the first exact answer."""

FEW = 200
"""Up to this many packages are read again one by one; more of them are worth a whole pass."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Overall:
    """A plan over the pairs of `layout`; `over_all_pairs` says whether its proof holds for every pair of the pool."""

    layout: Layout
    solved: Solved
    over_all_pairs: bool


def with_pairs(scores: Scored, seats: Seats, pairs: Triple) -> Layout:
    """Return the layout of these pairs and of every pinned and earlier pair, each once.

    A pinned pair that the rules exclude gets 0 points when it was accepted, and is barred otherwise.
    """
    draft, (who, what, points) = seats.draft, pairs
    extra = sorted({*draft.pins, *draft.previous})
    found = [_points(scores, c, p) for c, p in extra]
    keep = [n for n, (pair, value) in enumerate(zip(extra, found, strict=True)) if value >= 0 or pair in draft.pins]
    rows = np.array([extra[n] for n in keep], np.int64).reshape(-1, 2)
    codes = rows[:, 0] * seats.width + rows[:, 1]
    listed = who * seats.width + what
    fresh = ~among(codes, np.sort(listed[among(listed, np.sort(codes))]))
    values = np.array([max(found[n], 0) for n in keep], np.int64)
    return Layout(
        seats,
        np.concatenate([who, rows[fresh, 0]]),
        np.concatenate([what, rows[fresh, 1]]),
        np.concatenate([points, values[fresh]]),
    )


def _points(scores: Scored, candidate: int, package: int) -> int:
    return int(scores.block(package, package + 1)[0, candidate])


def solve_over_all(scores: Scored, seats: Seats, *, seconds: float, first_best: int = FIRST_BEST) -> Overall:
    """Return the best plan of a network over all pairs, proven when the time allows it.

    `first_best` is how many of every package and every person the first round looks at where places are many.

    Raises Impossible when the pins cannot hold, ValueError when hours, rows or exclusive pairs are asked: that is no
    network.
    """
    begun, search = time.perf_counter(), Search(scores, seats, Clock(seconds))
    proven = search.begun(first_best) and search.finished()
    layout, certificate = search.answer(proven=proven)
    if certificate.status == "refused":
        raise Impossible
    if not proven and certificate.status in ("optimal", "within_gap"):
        certificate = replace(certificate, status="feasible", bounds=tuple(None for _ in certificate.bounds))
    spent = time.perf_counter() - begun
    solved = Solved(
        certificate=certificate, solver="flow", seconds=spent, lot_settled=proven and not search.ties_left_out
    )
    return Overall(layout=layout, solved=solved, over_all_pairs=proven)


class Search:
    """The pairs kept so far, which of them take part, and the prices of the last exact answer."""

    def __init__(self, scores: Scored, seats: Seats, clock: Clock) -> None:
        self.scores, self.seats, self.clock = scores, seats, clock
        self.shown: Triple = _none()
        self.pairs: Triple = _none()
        self.inside = np.zeros(0, np.bool_)
        self.last: Settled | None = None
        self.base, self.slack, self.crowded = _nothing_asked(seats), 0, np.zeros(0, np.int64)
        self.ties_left_out, self.settled_on = False, self.inside

    def begun(self, first_best: int = FIRST_BEST) -> bool:
        """Find first prices and keep what is near them; return whether there is an exact answer on those pairs."""
        self.first = first = _first(self.scores, self.seats, first_best)
        self.shown = _chosen(first.pairs, first.best)
        floored = first.package_floors.any() or first.person_floors.any()
        prices = by_floors(with_pairs(self.scores, self.seats, first.pairs), first) if floored else None
        if prices is None:
            self._keep(first.pairs, None)
            if not self._settle() or self.last is None:
                return False
            return not self._rebase(self.last.asking) or self._settle()
        found = near_pairs(self.scores, prices, NEAR)
        self.base, self.slack, self.crowded = prices, NEAR, found.crowded
        self._keep(found.pairs, prices)
        return self._settle()

    def finished(self) -> bool:
        """Read again whatever the prices may have called up, until they call up nothing; return whether that is so."""
        while self.last is not None and len(self.last.prices.multipliers) > 1:
            if not self._read_again(self.last.asking):
                return True
            if self.clock.over or not self._settle():
                return False
        return False

    def nearest(self, most: int) -> Triple:
        """Return about the `most` pairs kept that are nearest to the last prices, and those that take part."""
        if self.last is None or len(self.pairs[0]) <= most:
            return self.pairs
        worth = self.last.asking.worth(*self.pairs)
        floor = np.partition(worth, len(worth) - most)[len(worth) - most]
        return _chosen(self.pairs, self.inside | (worth >= floor))

    def answer(self, *, proven: bool = True) -> tuple[Layout, Certificate]:
        """Return the plan that the lot prefers among the best ones, and what is certain about it over its pairs.

        Prices that were called too low by some pair prove nothing, so without a proof the plan is looked for afresh.
        """
        if self.last is None:
            layout, known = with_pairs(self.scores, self.seats, _chosen(self.pairs, self.inside)), None
        else:
            equal = self.last.asking.worth(*self.pairs) == 0
            equal[: len(self.settled_on)] |= self.settled_on
            pairs = _joined(_chosen(self.pairs, equal), self.shown, len(self.seats.draft.places))
            layout, known = with_pairs(self.scores, self.seats, pairs), self.last.prices if proven else None
        staged = layout.problem.with_stages((*layout.problem.stages, layout.lot))
        return layout, certify(layout.problem, solve_flow(staged, known=known), proven=len(layout.problem.stages))

    def _settle(self) -> bool:
        """Find exact prices on the pairs inside, taking in what they call up; return whether that ended."""
        while True:
            layout, self.settled_on = with_pairs(self.scores, self.seats, _chosen(self.pairs, self.inside)), self.inside
            near, full = self.last, self.last is None or self.last.all_full
            self.last = settled(layout, self.first, near, all_full=full)
            if self.last is None:
                return False
            asking = self.last.asking
            worth = asking.worth(*self.pairs)
            if not bool(((worth > 0) & ~self.inside).any()):
                return True
            if self.clock.over:
                return False
            self.inside = self.inside | (worth >= -CORE * asking.per_point // 4)

    def _read_again(self, asking: Asking) -> bool:
        """Keep the pairs of every package whose price fell far; return whether a pair outside is worth its prices."""
        rows = np.union1d(self._fallen(asking), self.crowded)
        if len(rows) > FEW:
            return self._rebase(asking)
        return self._reread(rows, asking)

    def _fallen(self, asking: Asking) -> Int64Array:
        """Return the package rows of which a pair that was not kept may now be worth its prices."""
        return np.flatnonzero(self.base.fallen(asking) > self.slack * asking.per_point).astype(np.int64)

    def _reread(self, rows: Int64Array, asking: Asking) -> bool:
        found = near_pairs_of(self.scores, rows, asking, 0)
        self.ties_left_out = bool(len(found.crowded))
        return self._keep(found.pairs, asking)

    def _rebase(self, asking: Asking) -> bool:
        """Read everything at these prices; return whether a pair outside is worth its prices."""
        self.base, self.ties_left_out = asking, False
        for self.slack in (CORE, 0):
            found = near_pairs(self.scores, asking, self.slack * asking.per_point)
            if len(found.crowded) <= FEW:
                break
        called, self.crowded = self._keep(found.pairs, asking), found.crowded
        if self.slack:
            return self._reread(found.crowded, asking) or called
        self.crowded, self.ties_left_out = found.crowded[:0], bool(len(found.crowded))
        return called

    def _keep(self, pairs: Triple, asking: Asking | None) -> bool:
        """Keep these pairs beside those kept; return whether one that does not take part is worth its prices.

        Those near their prices take part from now on; without prices all of them do.
        """
        barred = self.seats.barred(pairs[0], pairs[1])
        before, width = len(self.pairs[0]), len(self.seats.draft.places)
        self.pairs = _joined(self.pairs, _chosen(pairs, ~barred), width)
        self.inside = np.concatenate([self.inside, np.full(len(self.pairs[0]) - before, asking is None)])
        if asking is None:
            return False
        worth = asking.worth(*self.pairs)
        called = bool(((worth > 0) & ~self.inside).any())
        self.inside = self.inside | (worth >= -CORE * asking.per_point)
        return called


def _first(scores: Scored, seats: Seats, first_best: int) -> First:
    """Return the pairs to begin with; people with a right to a place come with every pair they have."""
    draft = seats.draft
    work, people = len(draft.places), len(draft.person)
    if (work if seats.scarce_people else people) > 2 * FLOOR_RANK:
        first = first_pairs(scores, about=ABOUT, floor_rank=FLOOR_RANK, scarce_people=seats.scarce_people)
    else:
        pairs, none = best_edges(scores, first_best), (np.zeros(people, np.int64), np.zeros(work, np.int64))
        best = np.ones(len(pairs[0]), np.bool_)
        first = First(pairs=pairs, best=best, person_floors=none[0], package_floors=none[1])
    if not draft.least:
        return first
    owed = np.isin(draft.person, draft.person[sorted(draft.least)])
    free = Asking(per_pair=0, per_point=1, candidate=np.where(owed, 0, NOBODY), package=np.zeros(work, np.int64))
    pairs = _joined(first.pairs, near_pairs(scores, free, 0).pairs, work)
    best = np.concatenate([first.best, np.ones(len(pairs[0]) - len(first.best), np.bool_)])
    return replace(first, pairs=pairs, best=best)


def _nothing_asked(seats: Seats) -> Asking:
    people, work = len(seats.draft.person), len(seats.draft.places)
    return Asking(per_pair=0, per_point=1, candidate=np.zeros(people, np.int64), package=np.zeros(work, np.int64))


def _none() -> Triple:
    return np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0, np.int64)


def _chosen(pairs: Triple, which: np.typing.NDArray[np.bool_]) -> Triple:
    who, what, points = pairs
    return who[which], what[which], points[which]


def _joined(pairs: Triple, more: Triple, width: int) -> Triple:
    """Return the pairs and after them those of `more` that are not among them."""
    fresh = ~among(more[0] * width + more[1], np.sort(pairs[0] * width + pairs[1]))
    who, what, points = (np.concatenate([old, new[fresh]]) for old, new in zip(pairs, more, strict=True))
    return who, what, points
