"""Prices from some of the pairs: roughly, with a floor under every place, or exactly, with the plan that proves them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matching.planning.layout import Layout, Seats
from matching.planning.market import NOBODY, Asking
from matching.planning.prices import Prices
from matching.planning.problem import Int64Array
from matching.planning.solvers.face import start
from matching.planning.solvers.flow import best_flow, packed, packed_weights
from matching.planning.solvers.residual import potentials

__all__ = ["Settled", "asking_of", "by_floors", "settled"]


@dataclass(frozen=True, kw_only=True, eq=False)
class Settled:
    """Prices that prove a best plan of some pairs, as the judge reads them and as rows of the pool ask them.

    `all_full` says whether that plan fills every place.
    """

    prices: Prices
    asking: Asking
    all_full: bool


def asking_of(seats: Seats, prices: Prices) -> Asking:
    """Return the prices of persons and places as prices of the rows of the pool, for pairs that no wish is about."""
    draft = seats.draft
    most = np.zeros(seats.persons, np.int64)
    np.maximum.at(most, seats.person_of, draft.most)
    per_pair, per_point = (prices.scale * m for m in (*prices.multipliers, 0, 0)[:2])
    idle = (most[seats.person_of] == 0) | seats.barred_everywhere
    return Asking(
        per_pair=per_pair,
        per_point=per_point,
        candidate=np.where(idle, NOBODY, prices.candidate[seats.person_of]),
        package=np.where(draft.places == 0, NOBODY, prices.package[seats.package_of]),
    )


def by_floors(layout: Layout, floors: Int64Array) -> Asking | None:
    """Return prices in points of a plan in which every place could stay empty for its floor [package rows].

    The floors stand in for people who are not listed: a place that few listed people can fill would otherwise be free,
    and call up everybody. None when the pins and floors of persons cannot hold.
    """
    problem, seats = layout.problem, layout.seats
    whole, floor = start(problem), floors[seats.package_order]
    weights = problem.edges.points - floor[problem.edges.package]
    worth = weights[whole.edges] > 0
    worth |= whole.least_candidate[whole.candidate] > 0
    face = whole.narrowed(worth, np.zeros(len(worth), np.bool_))
    chosen = best_flow(face, weights[face.edges])
    found = None if chosen is None else potentials(face, weights[face.edges], chosen)
    if found is None:
        return None
    prices = Prices(multipliers=(0, 1), candidate=found[0], package=found[1] + floor)
    return asking_of(seats, prices)


def settled(layout: Layout, floors: Int64Array, near: Settled | None, *, all_full: bool) -> Settled | None:
    """Return exact prices for the packed stages over the pairs of a layout; None when there is no plan.

    With `all_full` it first looks for a plan that fills every place: the number placed then needs no weight, and small
    numbers are solved in half the time. Prices stay near those of `near` where they can.
    """
    problem, seats = layout.problem, layout.seats
    face, multipliers = start(problem), packed(problem, 0)
    weights = packed_weights(problem, face.edges, multipliers)
    height = (*multipliers, 0)[0] + (*multipliers, 0)[1] * floors[seats.package_order]
    before = None if near is None else (near.prices.candidate, near.prices.package)
    for offset in ([height] if all_full and len(multipliers) > 1 else []) + [np.zeros_like(height)]:
        shifted = weights - offset[face.package]
        chosen = best_flow(face, shifted)
        if chosen is None:
            return None
        full = bool((face.loads(chosen)[1] == face.most_package).all())
        if offset.any() and not full:
            continue
        found = potentials(face, shifted, chosen, near=before and (before[0], before[1] - offset))
        if found is not None:
            prices = Prices(multipliers=multipliers, candidate=found[0], package=found[1] + offset)
            return Settled(prices=prices, asking=asking_of(seats, prices), all_full=full)
    return None
