"""A draft and the pairs of the scores as one problem, with the way back to ids and sentences."""

from __future__ import annotations

from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt

from matching.planning.apart import apart_rows
from matching.planning.draft import Draft
from matching.planning.lot import draws, keys, order
from matching.planning.measure import Weighing, Weighings
from matching.planning.problem import NO_BUDGET, Edges, Int64Array, Problem, SideRow, Stage, standard_stages
from matching.text import Sentence, say

__all__ = ["Layout", "Seats", "among", "codes_of", "without_seldom"]

Pair = tuple[int, int]


def codes_of(pairs: Iterable[Pair], width: int) -> Int64Array:
    """Return pairs of rows as sorted whole numbers."""
    return np.sort(np.fromiter((c * width + p for c, p in pairs), np.int64))


def among(codes: Int64Array, wanted: Int64Array) -> npt.NDArray[np.bool_]:
    """Return which codes are in a sorted array."""
    if not len(wanted):
        return np.zeros(len(codes), np.bool_)
    place = np.minimum(np.searchsorted(wanted, codes), len(wanted) - 1)
    return np.asarray(wanted[place] == codes)


@dataclass(frozen=True, eq=False)
class Seats:
    """Where people and packages stand in the problem: in the order of the lot, so that row order plays no part.

    `person_of` gives for each candidate row the person's place, `package_of` for each package row its place.
    """

    draft: Draft
    seed: int

    @cached_property
    def candidate_keys(self) -> npt.NDArray[np.uint64]:
        """Return the draw of each candidate row."""
        return keys(self.draft.pool.candidates.ids, self.seed, "candidate")

    @cached_property
    def package_keys(self) -> npt.NDArray[np.uint64]:
        """Return the draw of each package row."""
        return keys(self.draft.pool.packages.ids, self.seed, "package")

    @cached_property
    def person_of(self) -> Int64Array:
        """Return the person's place for each candidate row."""
        drawn = order(self.draft.pool.candidates.ids, self.seed, "candidate")
        first = np.full(len(drawn), len(drawn), np.int64)
        np.minimum.at(first, self.draft.person[drawn], np.arange(len(drawn)))
        return np.unique(first[self.draft.person], return_inverse=True)[1].astype(np.int64)

    @cached_property
    def persons(self) -> int:
        """Return the number of people."""
        return int(self.person_of.max(initial=-1)) + 1

    @cached_property
    def package_order(self) -> Int64Array:
        """Return the package row at each place."""
        return order(self.draft.pool.packages.ids, self.seed, "package")

    @cached_property
    def barred_codes(self) -> Int64Array:
        """Return the forbidden pairs of rows as sorted numbers (see `codes_of`)."""
        return codes_of(self.draft.barred, self.width)

    @property
    def width(self) -> int:
        """Return the number of packages, at least 1."""
        return max(len(self.draft.places), 1)

    @property
    def scarce_people(self) -> bool:
        """Return whether there are fewer people than places."""
        return int(self.draft.places.sum()) > int(self.draft.most.sum())

    def barred(self, who: Int64Array, what: Int64Array) -> npt.NDArray[np.bool_]:
        """Return which of these pairs of rows a limit forbids."""
        return among(who * self.width + what, self.barred_codes)

    @cached_property
    def barred_everywhere(self) -> npt.NDArray[np.bool_]:
        """Return which candidate rows no package is left for."""
        found = np.bincount(self.barred_codes // self.width, minlength=len(self.draft.pool.candidates))
        return np.asarray(found >= len(self.draft.places))

    @cached_property
    def package_of(self) -> Int64Array:
        """Return the place of each package row."""
        place = np.empty(len(self.package_order), np.int64)
        place[self.package_order] = np.arange(len(place))
        return place


def without_seldom(seats: Seats) -> Seats:
    """Return the same seats without the limits that seldom bind; these seats themselves when there are none."""
    draft = seats.draft
    rows = [row for row in draft.rows if not row.seldom]
    if len(rows) == len(draft.rows) and not draft.apart:
        return seats
    usual = copy(draft)
    usual.rows, usual.apart = rows, []
    return Seats(usual, seats.seed)


def _inside(seats: Seats, who: Int64Array, what: Int64Array, pairs: set[Pair]) -> npt.NDArray[np.bool_]:
    return among(who * seats.width + what, codes_of(pairs, seats.width))


@dataclass(frozen=True, eq=False)
class Layout:
    """One problem over given pairs. `who` and `what` are candidate and package rows, `points` their totals.

    Pinned and earlier pairs must be among them. Of two ids of one person with one package the pinned one stays, else
    the one with more points, else the one the lot prefers.
    """

    seats: Seats
    who: Int64Array
    what: Int64Array
    points: Int64Array

    @property
    def draft(self) -> Draft:
        """Return the draft."""
        return self.seats.draft

    @cached_property
    def kept(self) -> Int64Array:
        """Return the positions, in the given pairs, of the edges of the problem, in its order."""
        persons, packages = self.seats.person_of[self.who], self.seats.package_of[self.what]
        codes = persons * self.seats.width + packages
        pinned = _inside(self.seats, self.who, self.what, set(self.draft.pins))
        usable = np.flatnonzero(pinned | ~self.barred(self.who, self.what))
        turned = usable[np.argsort(codes[usable], kind="stable")]
        first = np.diff(codes[turned], prepend=-1) != 0
        if not first.all():
            drawn = self.seats.candidate_keys[self.who] >> np.uint64(1)
            ranks = (-drawn.astype(np.int64), -self.points, ~pinned, packages, persons)
            turned = usable[np.lexsort(tuple(rank[usable] for rank in ranks))]
            first = np.diff(codes[turned], prepend=-1) != 0
        return np.asarray(turned[first], np.int64)

    def barred(self, who: Int64Array, what: Int64Array) -> npt.NDArray[np.bool_]:
        """Return which of these pairs a limit forbids."""
        return self.seats.barred(who, what)

    @cached_property
    def barred_because(self) -> dict[int, tuple[Sentence, ...]]:
        """Return for each candidate row whom a limit forbids something why, each reason once, in the order asked."""
        found: dict[int, dict[Sentence, None]] = {}
        for (candidate, _), sentence in self.draft.barred.items():
            found.setdefault(candidate, {})[sentence] = None
        return {candidate: tuple(reasons) for candidate, reasons in found.items()}

    def of_candidate(self, candidate: int) -> list[int]:
        """Return the positions, in the given pairs, of one candidate row."""
        order, starts = self._by_candidate
        return [int(n) for n in order[starts[candidate] : starts[candidate + 1]]]

    @cached_property
    def _by_candidate(self) -> tuple[Int64Array, Int64Array]:
        order = np.argsort(self.who, kind="stable").astype(np.int64)
        rows = np.arange(len(self.draft.pool.candidates) + 1)
        return order, np.searchsorted(self.who[order], rows).astype(np.int64)

    @cached_property
    def best_option(self) -> tuple[Int64Array, Int64Array]:
        """Return for each candidate row how many pairs no limit forbids, and the position of the best of them.

        Best is most points, then the package id; -1 where there is none.
        """
        ids = self.draft.pool.packages.ids
        rank = np.empty(len(ids), np.int64)
        rank[np.array(sorted(range(len(ids)), key=lambda p: ids[p]), np.int64)] = np.arange(len(ids))
        usable = np.flatnonzero(~self.barred(self.who, self.what))
        order = usable[np.argsort(self.who[usable], kind="stable")]
        count = np.bincount(self.who[order], minlength=len(self.draft.pool.candidates))
        worth = self.points[order] * (len(ids) + 1) - rank[self.what[order]]
        best = np.full(len(count), -1, np.int64)
        if len(order):
            owner = self.who[order]
            starts = np.flatnonzero(np.diff(owner, prepend=-1))
            highest = np.repeat(np.maximum.reduceat(worth, starts), np.diff(starts, append=len(order)))
            top = np.flatnonzero(worth == highest)
            best[owner[top]] = order[top]
        return count.astype(np.int64), best

    @cached_property
    def candidate(self) -> Int64Array:
        """Return the candidate row of each edge."""
        return self.who[self.kept]

    @cached_property
    def package(self) -> Int64Array:
        """Return the package row of each edge."""
        return self.what[self.kept]

    @cached_property
    def edges(self) -> Edges:
        """Return the edges of the problem."""
        return Edges(
            candidate=self.seats.person_of[self.candidate].astype(np.int32),
            package=self.seats.package_of[self.package].astype(np.int32),
            points=self.points[self.kept],
        )

    @cached_property
    def fixed_for_good(self) -> npt.NDArray[np.bool_]:
        """Return which edges were accepted."""
        return _inside(self.seats, self.candidate, self.package, self.draft.accepted)

    @cached_property
    def earlier(self) -> Int64Array:
        """Return 1 for each edge that an earlier plan had."""
        return _inside(self.seats, self.candidate, self.package, self.draft.previous).astype(np.int64)

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """Return the sentence of each side row of the problem."""
        change = [say("planning.wish.change_budget", changes=self.draft.change_budget)]
        rows = (*(r.sentence for r in self.draft.rows), *(change if _budgeted(self) else ()))
        return (*rows, *(sentence for _, sentence in _kept_apart(self)))

    @cached_property
    def problem(self) -> Problem:
        """Return the problem; the stages are placed, points and (with an earlier plan) kept."""
        draft, seats = self.draft, self.seats
        accepted = np.flatnonzero(self.fixed_for_good)
        hours = draft.hours(self.candidate, self.package)
        most = np.zeros(seats.persons, np.int64)
        np.maximum.at(most, seats.person_of, draft.most)
        least = np.zeros(seats.persons, np.int64)
        least[[int(seats.person_of[row]) for row in draft.least]] = 1
        budgets = draft.budgets[seats.package_order]
        used = np.bincount(self.edges.package[accepted], weights=hours[accepted], minlength=len(budgets))
        return Problem(
            edges=self.edges,
            places=_at_least(draft.places[seats.package_order], self.edges.package[accepted]),
            max_places=_at_least(most, self.edges.candidate[accepted]),
            least_places=least,
            hours=hours,
            budgets=np.where(budgets == NO_BUDGET, NO_BUDGET, np.maximum(budgets, used.astype(np.int64))),
            exclusive=seats.package_of[np.array(draft.exclusive, np.int64).reshape(-1, 2)].astype(np.int32),
            pins=np.flatnonzero(_inside(self.seats, self.candidate, self.package, set(draft.pins))),
            forbidden=np.flatnonzero(self.barred(self.candidate, self.package)),
            rows=_rows(self),
            stages=_stages(self),
        )

    @cached_property
    def lot(self) -> Stage:
        """Return the stage that settles ties."""
        of_candidate, of_package = self.seats.candidate_keys, self.seats.package_keys
        return Stage(name="lot", weights=draws(of_candidate[self.candidate], of_package[self.package]))


def _at_least(ceiling: Int64Array, taken: npt.NDArray[np.int32]) -> Int64Array:
    """Raise ceilings to what accepted placements already take."""
    return np.maximum(ceiling, np.bincount(taken, minlength=len(ceiling))[: len(ceiling)]).astype(np.int64)


def _budgeted(layout: Layout) -> bool:
    """Return whether the number of changes is limited."""
    return layout.draft.change_budget is not None and bool(layout.earlier.any())


def _rows(layout: Layout) -> tuple[SideRow, ...]:
    rows = []
    for number, (row, (used, weights)) in enumerate(zip(layout.draft.rows, _weights(layout), strict=True)):
        side = SideRow(
            key=number,
            edges=used,
            weights=weights,
            low=row.low,
            high=row.high,
            price=row.price,
            or_nothing=row.or_nothing,
            seldom=row.seldom,
        )
        rows.append(_open_for_good(layout, side) if row.or_nothing else side)
    if _budgeted(layout) and layout.draft.change_budget is not None:
        kept = np.flatnonzero(layout.earlier)
        low = len(kept) - layout.draft.change_budget
        rows.append(SideRow(key=len(rows), edges=kept, weights=np.ones(len(kept), np.int64), low=low))
    return (*rows, *(side for side, _ in _kept_apart(layout)))


def _kept_apart(layout: Layout) -> tuple[tuple[SideRow, Sentence], ...]:
    """Return the rows, with their sentences, of people who do not go together to one package."""
    return apart_rows(layout.draft, layout.candidate, layout.package, set(layout.draft.pins))


def _open_for_good(layout: Layout, side: SideRow) -> SideRow:
    """Return a row that may be empty without its floor when people were accepted there and too few others fit."""
    able = ~layout.barred(layout.candidate[side.edges], layout.package[side.edges])
    accepted = layout.fixed_for_good[side.edges]
    if not accepted.any() or side.low is None or int(side.weights[able | accepted].sum()) >= side.low:
        return side
    return replace(side, low=None, or_nothing=False)


def _weights(layout: Layout) -> list[tuple[Int64Array, Int64Array]]:
    """Return for each row of the draft the edges that weigh something in it, and what."""
    measures = [row.weigh for row in layout.draft.rows]
    plain = [n for n, weigh in enumerate(measures) if isinstance(weigh, Weighing)]
    told = Weighings([weigh for weigh in measures if isinstance(weigh, Weighing)])(layout.candidate, layout.package)
    starts = np.searchsorted(told[0], np.arange(len(plain) + 1))
    found = {row: (told[1][a:b], told[2][a:b]) for row, a, b in zip(plain, starts[:-1], starts[1:], strict=True)}
    for number, weigh in enumerate(measures):
        if number not in found:
            weights = weigh(layout.candidate, layout.package)
            found[number] = np.flatnonzero(weights), weights[np.flatnonzero(weights)]
    return [found[number] for number in range(len(measures))]


def _stages(layout: Layout) -> tuple[Stage, ...]:
    usual = standard_stages(layout.edges.points + layout.draft.threshold * layout.earlier)
    stages = layout.draft.goals(usual, layout.candidate, layout.package)
    return (*stages, Stage(name="kept", weights=layout.earlier)) if layout.earlier.any() else stages
