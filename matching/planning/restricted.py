"""Prices from some pairs: roughly, with a floor under every place, or exactly, with the plan that proves them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matching.planning.layout import Layout, Seats
from matching.planning.market import NOBODY, Asking, Extra, First
from matching.planning.measure import Weighing
from matching.planning.prices import Prices
from matching.planning.problem import Int64Array
from matching.planning.solvers.face import Face, start
from matching.planning.solvers.flow import BoolArray, best_flow, packed, packed_weights
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
    """Return the prices of persons, places and side rows as prices of the rows of the pool.

    Raises ValueError when a row has a price but no weight for pairs that are not listed.
    """
    draft = seats.draft
    most = np.zeros(seats.persons, np.int64)
    np.maximum.at(most, seats.person_of, draft.most)
    per_pair, per_point = (prices.scale * m for m in (*prices.multipliers, 0, 0)[:2])
    person, place = prices.candidate[seats.person_of], prices.package[seats.package_of]
    extra: dict[int, list[Extra]] = {}
    for row, price in zip(draft.rows, prices.rows.tolist(), strict=False):
        if price and not isinstance(row.weigh, Weighing):
            raise ValueError("a row cannot tell the weight of pairs that are not listed")
        if price and isinstance(row.weigh, Weighing):
            person, place = _charge(row.weigh, price, (person, place), extra)
            per_pair -= price * row.weigh.constant
    idle = (most[seats.person_of] == 0) | seats.barred_everywhere
    return Asking(
        per_pair=per_pair,
        per_point=per_point,
        candidate=np.where(idle, NOBODY, person),
        package=np.where(draft.places == 0, NOBODY, place),
        scarce_people=seats.scarce_people,
        extra=extra,
    )


def _charge(
    weigh: Weighing, price: int, sides: tuple[Int64Array, Int64Array], extra: dict[int, list[Extra]]
) -> tuple[Int64Array, Int64Array]:
    """Return the prices of both sides with the price of one row in them; what belongs to neither goes to `extra`."""
    (person, place), each = sides, price * weigh.times
    if weigh.person is None:
        return person, place + each * (1 if weigh.package is None else weigh.package)
    if weigh.package is None:
        return person + each * weigh.person, place
    for package in np.flatnonzero(weigh.package).tolist():
        extra.setdefault(package, []).append((each * int(weigh.package[package]), weigh.person))
    return person, place


def by_floors(layout: Layout, first: First) -> Asking | None:
    """Return prices in points of a plan in which every place (or person) could go without for its floor.

    The floors stand in for people (or places) that are not listed: a place that few listed people can fill would
    otherwise be free, and call up everybody. None when the pins and floors of persons cannot hold.
    """
    problem, whole = layout.problem, start(layout.problem)
    person, place = _floors(layout.seats, first)
    weights = problem.edges.points - person[problem.edges.candidate] - place[problem.edges.package]
    worth = weights[whole.edges] > 0
    worth |= whole.least_candidate[whole.candidate] > 0
    face = whole.narrowed(worth, np.zeros(len(worth), np.bool_))
    chosen = best_flow(face, weights[face.edges])
    found = None if chosen is None else potentials(face, weights[face.edges], chosen)
    if found is None:
        return None
    return asking_of(layout.seats, Prices(multipliers=(0, 1), candidate=found[0] + person, package=found[1] + place))


def settled(layout: Layout, first: First, near: Settled | None, *, all_full: bool) -> Settled | None:
    """Return exact prices for the packed stages over the pairs of a layout; None when there is no plan.

    With `all_full` it first looks for a plan that fills every place (or places everybody) that has a floor: the number
    placed then needs no weight, and small numbers are solved in half the time. Prices stay near those of `near` where
    they can.
    """
    problem = layout.problem
    face, multipliers = start(problem), packed(problem, 0)
    weights = packed_weights(problem, face.edges, multipliers)
    heights = [
        np.where(f > 0, (*multipliers, 0)[0] + (*multipliers, 0)[1] * f, 0) for f in _floors(layout.seats, first)
    ]
    level = [np.zeros_like(height) for height in heights]
    high = all_full and len(multipliers) > 1 and any(bool(height.any()) for height in heights)
    for person, place in ([heights] if high else []) + [level]:
        shifted = weights - person[face.candidate] - place[face.package]
        chosen = best_flow(face, shifted)
        if chosen is None:
            return None
        full = _full(face, chosen, heights)
        if (person.any() or place.any()) and not full:
            continue
        before = None if near is None else (near.prices.candidate - person, near.prices.package - place)
        found = potentials(face, shifted, chosen, near=before)
        if found is not None:
            prices = Prices(multipliers=multipliers, candidate=found[0] + person, package=found[1] + place)
            return Settled(prices=prices, asking=asking_of(layout.seats, prices), all_full=full)
    return None


def _floors(seats: Seats, first: First) -> tuple[Int64Array, Int64Array]:
    """Return the floors of persons and places, in the order of the problem."""
    person = np.zeros(seats.persons, np.int64)
    np.maximum.at(person, seats.person_of, first.person_floors)
    return person, first.package_floors[seats.package_order]


def _full(face: Face, chosen: BoolArray, heights: list[Int64Array]) -> bool:
    """Return whether every side with a floor has all that it may have."""
    sides = zip(face.loads(chosen), (face.most_candidate, face.most_package), heights, strict=True)
    return all(bool((load == most)[height > 0].all()) for load, most, height in sides)
