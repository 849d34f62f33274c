"""What a good plan keeps to: the pairs that prices leave open for a plan worth at least so much, and those it needs.

A pair that costs its package's best filling too much is in no such plan; one without which the ceiling falls too low
is in every such plan. Somebody with one place is in one package or nowhere, so all that the other packages lose
without that person is lost as well. Everything is integer arithmetic from the prices, so it is a proof.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from matching.planning.fillings import MOST_HOURS, with_and_without
from matching.planning.prices import Prices, bound, reduced
from matching.planning.problem import NO_BUDGET, Int64Array, Problem

__all__ = ["sifted"]

_NEVER = -(2**62)


def sifted(problem: Problem, prices: Prices, least: tuple[int, ...]) -> Problem | None:
    """Return the problem with the pairs forbidden and pinned that every plan of these values leaves out and has.

    `least` are values of the stages that `prices` multiply, none more. None when no plan reaches them; the problem
    itself where the prices prove nothing.
    """
    if _overfull(problem):
        return None
    plain = prices.scale == 1 and len(prices.multipliers) <= len(least) and min(prices.multipliers, default=0) >= 0
    found = _ceilings(problem, prices) if plain else None
    if found is None:
        return problem
    ceiling, with_it, without = found
    needed = sum(m * v for m, v in zip(prices.multipliers, least, strict=False))
    if ceiling < needed:
        return None
    free = problem.open
    out, taken = free & (with_it < needed), free & (without < needed)
    if (out & taken).any():
        return None
    forbidden = np.concatenate([problem.forbidden, np.flatnonzero(out)])
    return replace(problem, forbidden=forbidden, pins=np.concatenate([problem.pins, np.flatnonzero(taken)]))


def _overfull(problem: Problem) -> bool:
    """Return whether the pins alone break a limit of people, places or hours."""
    pins, edges = problem.pins, problem.edges
    each = np.bincount(edges.candidate[pins], minlength=problem.candidates) > problem.max_places
    seats = np.bincount(edges.package[pins], minlength=problem.packages) > problem.places
    hours = np.zeros(problem.packages, np.int64)
    np.add.at(hours, edges.package[pins], problem.hours[pins])
    long = (problem.budgets != NO_BUDGET) & (hours > problem.budgets)
    return bool(each.any() or seats.any() or long.any())


def _ceilings(problem: Problem, prices: Prices) -> tuple[int, Int64Array, Int64Array] | None:
    """Return the ceiling, and per edge one on plans with it and one on plans without it; None without a ceiling."""
    tabled = (problem.budgets != NO_BUDGET) & (problem.budgets <= MOST_HOURS)
    unlimited = replace(problem, budgets=np.where(tabled, NO_BUDGET, problem.budgets))
    by_price = bound(unlimited, prices)
    if by_price is None:
        return None
    lost, inside, outside = _losses(problem, tabled, reduced(unlimited, prices))
    ceiling = by_price - lost
    with_it, without = ceiling - inside, ceiling - outside
    person = problem.edges.candidate
    held = np.bincount(person[problem.pins], minlength=problem.candidates)
    single = (problem.max_places == 1) & (held == 0)
    every = np.zeros(problem.candidates, np.int64)
    np.add.at(every, person, outside)
    mine = np.flatnonzero(single[person] & problem.open)
    with_it[mine] -= every[person[mine]] - outside[mine]
    nowhere = ceiling - every - np.maximum(prices.candidate, 0)
    nowhere[problem.least_places > 0] = _NEVER
    order = mine[np.lexsort((-with_it[mine], person[mine]))]
    first = np.ones(len(order), np.bool_)
    first[1:] = person[order[1:]] != person[order[:-1]]
    best, second = nowhere.copy(), nowhere.copy()
    top, runner_up = order[first], order[1:][first[:-1] & ~first[1:]]
    best[person[top]] = np.maximum(with_it[top], nowhere[person[top]])
    second[person[runner_up]] = np.maximum(with_it[runner_up], nowhere[person[runner_up]])
    without[mine] = best[person[mine]]
    without[top] = second[person[top]]
    return ceiling, with_it, without


def _losses(
    problem: Problem, tabled: np.typing.NDArray[np.bool_], gain: Int64Array
) -> tuple[int, Int64Array, Int64Array]:
    """Return what whole fillings gain less than all their gainful pairs, and per open edge what it costs in and out.

    The costs are how far the ceiling falls at least; 0 for edges not open.
    """
    free = problem.open
    inside, outside = (np.where(free, np.maximum(side, 0), 0).astype(np.int64) for side in (-gain, gain))
    package = problem.edges.package
    edges = np.flatnonzero(free & tabled[package])
    number = np.cumsum(tabled) - 1
    room = problem.budgets[tabled].copy()
    pins = problem.pins[tabled[package[problem.pins]]]
    np.subtract.at(room, number[package[pins]], problem.hours[pins])
    at = number[package[edges]]
    best, with_it, without = with_and_without(at, (problem.hours[edges], gain[edges]), room)
    lost = int(outside[edges].sum()) - int(best.sum())
    inside[edges], outside[edges] = best[at] - with_it, best[at] - without
    return lost, inside, outside
