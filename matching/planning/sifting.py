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
    ceiling = bound(problem, prices) if plain else None
    if ceiling is None:
        return problem
    needed = sum(m * v for m, v in zip(prices.multipliers, least, strict=False))
    if ceiling < needed:
        return None
    with_it, without = _ceilings(problem, prices, ceiling)
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


def _ceilings(problem: Problem, prices: Prices, ceiling: int) -> tuple[Int64Array, Int64Array]:
    """Return per edge a ceiling on plans with it and on plans without it."""
    inside, outside = _losses(problem, prices)
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
    return with_it, without


def _losses(problem: Problem, prices: Prices) -> tuple[Int64Array, Int64Array]:
    """Return per open edge how far the ceiling falls with it and without it, at least; 0 for edges not open."""
    gain, free = reduced(problem, prices), problem.open
    inside, outside = (np.where(free, np.maximum(side, 0), 0).astype(np.int64) for side in (-gain, gain))
    budgeted = np.flatnonzero((problem.budgets != NO_BUDGET) & (problem.budgets <= MOST_HOURS))
    if len(prices.budget):
        gain += np.where(problem.budgets == NO_BUDGET, 0, prices.budget)[problem.edges.package] * problem.hours
    for package in budgeted.tolist():
        here = problem.edges.package == package
        edges = np.flatnonzero(free & here)
        pins = problem.pins[here[problem.pins]]
        left = int(problem.budgets[package]) - int(problem.hours[pins].sum())
        best, with_it, without = with_and_without(problem.hours[edges], gain[edges], left)
        inside[edges], outside[edges] = best - with_it, best - without
    return inside, outside
