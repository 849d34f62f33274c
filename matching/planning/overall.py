"""A proof over all pairs without holding them: best pairs, prices, a pricing pass in blocks, and the pairs it misses.

The passes read the scores in blocks of packages. When no pair outside is worth more than the prices of its two sides,
the bound of the listed pairs holds for all of them. Prices are whole numbers, so nothing is lost by rounding.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from matching.planning.certificate import Certificate, certify
from matching.planning.layout import Layout, Seats
from matching.planning.prices import Prices
from matching.planning.problem import Int64Array
from matching.planning.scored import Scored, Triple, best_edges
from matching.planning.solve import Impossible, Solved
from matching.planning.solvers.flow import solve_flow

__all__ = ["BLOCK", "Overall", "missing_pairs", "solve_over_all", "with_pairs"]

BLOCK = 256
"""Packages per block of a pricing pass: 20,000 candidates give 20 MB."""

FOREMOST = 4
"""Pairs of a candidate or package that a block adds in the first round; twice as many in each round after it."""

_WIDEST = 2**30


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
    width = max(len(draft.places), 1)
    listed = who * width + what
    extra = sorted({*draft.pins, *draft.previous})
    found = [_points(scores, c, p) for c, p in extra]
    keep = [n for n, (pair, value) in enumerate(zip(extra, found, strict=True)) if value >= 0 or pair in draft.pins]
    rows = np.array([extra[n] for n in keep], np.int64).reshape(-1, 2)
    fresh = ~np.isin(rows[:, 0] * width + rows[:, 1], listed)
    values = np.array([max(found[n], 0) for n in keep], np.int64)
    return Layout(
        seats,
        np.concatenate([who, rows[fresh, 0]]),
        np.concatenate([what, rows[fresh, 1]]),
        np.concatenate([points, values[fresh]]),
    )


def _points(scores: Scored, candidate: int, package: int) -> int:
    return int(scores.block(package, package + 1)[0, candidate])


def solve_over_all(scores: Scored, seats: Seats, *, seconds: float, first_best: int = 25) -> Overall:
    """Return the best plan of a network over all pairs, proven when the time allows it.

    The first round looks at the `first_best` of every package and every candidate.

    Raises Impossible when the pins cannot hold, ValueError when hours, rows or exclusive pairs are asked: that is no
    network.
    """
    begun, most = time.perf_counter(), FOREMOST
    layout = with_pairs(scores, seats, best_edges(scores, first_best))
    while True:
        staged = layout.problem.with_stages((*layout.problem.stages, layout.lot))
        answer = solve_flow(staged)
        certificate = certify(layout.problem, answer, proven=len(layout.problem.stages))
        if certificate.status == "refused":
            raise Impossible
        left = seconds - (time.perf_counter() - begun)
        if not answer.prices or left <= 0 or len(answer.prices[0].multipliers) < 2:
            return _done(layout, certificate, begun, proven=False)
        missing, most = missing_pairs(scores, layout, answer.prices[0], most=most), 2 * most
        if not len(missing[0]):
            return _done(layout, certificate, begun, proven=True)
        layout = Layout(
            seats,
            np.concatenate([layout.who, missing[0]]),
            np.concatenate([layout.what, missing[1]]),
            np.concatenate([layout.points, missing[2]]),
        )


def _done(layout: Layout, certificate: Certificate, begun: float, *, proven: bool) -> Overall:
    status = certificate.status
    if not proven and status in ("optimal", "within_gap"):
        certificate = replace(certificate, status="feasible", bounds=tuple(None for _ in certificate.bounds))
    spent = time.perf_counter() - begun
    solved = Solved(certificate=certificate, solver="flow", seconds=spent)
    return Overall(layout=layout, solved=solved, over_all_pairs=proven)


def missing_pairs(scores: Scored, layout: Layout, prices: Prices, *, most: int = FOREMOST) -> Triple:
    """Return pairs outside the layout that are worth at least the prices of their sides: rows, rows, points.

    Pairs that are exactly worth their prices come too: the lot may choose them. Of a block come at most the `most`
    worthiest of every package and of every candidate; so nothing is returned only when there is nothing.
    """
    seats, draft = layout.seats, layout.draft
    multipliers = (*prices.multipliers, 0, 0)
    of_candidate, of_package = prices.candidate[seats.person_of], prices.package[seats.package_of]
    width = max(len(draft.places), 1)
    listed = np.sort(layout.who * width + layout.what)
    found: list[tuple[Int64Array, Int64Array, Int64Array]] = []
    for start in range(0, len(draft.places), BLOCK):
        block = scores.block(start, min(start + BLOCK, len(draft.places)))
        floors = of_package[start : start + len(block), None] - prices.scale * multipliers[0] + of_candidate[None, :]
        needed = -(-floors // (prices.scale * multipliers[1]))
        at, who = np.nonzero((block >= np.clip(needed, 0, _WIDEST).astype(np.int32)) & (needed <= _WIDEST))
        codes = who * width + at + start
        place = np.minimum(np.searchsorted(listed, codes), max(len(listed) - 1, 0))
        new = (listed[place] != codes) if len(listed) else np.ones(len(codes), np.bool_)
        at, who = at[new], who[new]
        worth = block[at, who] * np.int64(prices.scale * multipliers[1]) - floors[at, who]
        kept = np.union1d(_foremost(at, worth, most), _foremost(who, worth, most))
        at, who = at[kept], who[kept]
        found.append((who.astype(np.int64), at.astype(np.int64) + start, block[at, who].astype(np.int64)))
    who, what, points = (np.concatenate([part[n] for part in found]) for n in range(3))
    allowed = ~layout.barred(who, what)
    return who[allowed], what[allowed], points[allowed]


def _foremost(group: npt.NDArray[np.intp], worth: Int64Array, most: int) -> npt.NDArray[np.intp]:
    """Return the positions of the `most` largest of every group."""
    if len(group) <= most:
        return np.arange(len(group))
    turned = np.lexsort((-worth, group))
    starts = np.flatnonzero(np.diff(group[turned], prepend=-1))
    lengths = np.diff(starts, append=len(turned))
    rank = np.arange(len(turned)) - np.repeat(starts, lengths)
    return turned[rank < most]
