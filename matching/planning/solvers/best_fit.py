"""A first plan for hour budgets: the people with the shortest hours, each package filled as fully as they allow.

Fullest fitting first (Gupta and Ho 1999), for the goal that counts places. It proves nothing, but it often reaches the
ceiling at once.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from matching.planning.certificate import proven_ceiling, violations
from matching.planning.fillings import MOST_HOURS, best_filling
from matching.planning.prices import Prices
from matching.planning.problem import NO_BUDGET, Int64Array, Problem

__all__ = ["best_fit", "completed", "first_plan", "regret_fit"]

_NO = -1e30
_FEWER = 3


def best_fit(problem: Problem, count: int) -> Int64Array:
    """Return chosen edges for the `count` people with the shortest hours; fewer when they do not fit. Pins first."""
    edges, free = problem.edges, problem.open.copy()
    taken = [problem.pins]
    free[np.isin(edges.candidate, edges.candidate[problem.pins])] = False
    asked = _shortest(problem, free, count - len(problem.pins))
    free &= np.isin(edges.candidate, asked)
    for package in _fewest_hours_first(problem):
        mine = np.flatnonzero(free & (edges.package == package)).astype(np.int64)
        chosen = mine[_fullest(problem, package, mine)]
        free[np.isin(edges.candidate, edges.candidate[chosen])] = False
        taken.append(chosen)
    return np.sort(np.concatenate(taken)).astype(np.int64)


def _shortest(problem: Problem, free: np.typing.NDArray[np.bool_], count: int) -> Int64Array:
    """Return the `count` candidates whose shortest hours are fewest."""
    least = np.full(problem.candidates, np.iinfo(np.int64).max)
    np.minimum.at(least, problem.edges.candidate[free], problem.hours[free])
    order = np.argsort(least, kind="stable")
    return order[: min(max(count, 0), int((least < np.iinfo(np.int64).max).sum()))].astype(np.int64)


def _fewest_hours_first(problem: Problem) -> list[int]:
    hours = np.where(problem.budgets == NO_BUDGET, np.iinfo(np.int64).max, problem.budgets)
    return [int(package) for package in np.argsort(hours, kind="stable")]


def _fullest(problem: Problem, package: int, mine: Int64Array) -> Int64Array:
    """Return the positions of the edges that fill what the pins leave of a package most fully."""
    pins = problem.pins[problem.edges.package[problem.pins] == package]
    places, budget = int(problem.places[package]) - len(pins), int(problem.budgets[package])
    if budget == NO_BUDGET or budget > MOST_HOURS:
        return np.arange(max(min(places, len(mine)), 0))
    hours = problem.hours[mine]
    order = np.argsort(-hours, kind="stable")
    left = budget - int(problem.hours[pins].sum())
    chosen = order[best_filling(hours[order], hours[order], left)] if left >= 0 else order[:0]
    return np.asarray(chosen[: max(places, 0)], np.int64)


def regret_fit(problem: Problem, liking: Int64Array) -> Int64Array:
    """Return chosen edges: again and again the person who loses most by not getting the package liked best goes there.

    `liking` is per edge. Pins first; people with one place only (Martello and Toth 1981).
    """
    edges, shape = problem.edges, (problem.packages, problem.candidates)
    like, hours = np.full(shape, _NO, np.float64), np.zeros(shape, np.int64)
    free = problem.open & (problem.max_places[edges.candidate] > 0)
    free[np.isin(edges.candidate, edges.candidate[problem.pins])] = False
    like[edges.package[free], edges.candidate[free]] = liking[free]
    hours[edges.package, edges.candidate] = problem.hours
    at = np.full(shape, -1, np.int64)
    at[edges.package, edges.candidate] = np.arange(len(edges))
    room = np.where(problem.budgets == NO_BUDGET, np.iinfo(np.int64).max // 4, problem.budgets)
    np.subtract.at(room, edges.package[problem.pins], problem.hours[problem.pins])
    seats = problem.places - np.bincount(edges.package[problem.pins], minlength=problem.packages)
    like[hours > room[:, None]] = _NO
    like[seats <= 0] = _NO
    chosen = problem.pins.tolist()
    while True:
        person = _most_regret(like)
        if person is None:
            return np.sort(np.array(chosen, np.int64))
        package = int(like[:, person].argmax())
        chosen.append(int(at[package, person]))
        like[:, person] = _NO
        room[package] -= hours[package, person]
        seats[package] -= 1
        like[package, (hours[package] > room[package]) | (seats[package] <= 0)] = _NO


def completed(problem: Problem, wanted: Int64Array, liking: Int64Array, *, count: int) -> Int64Array:
    """Return a plan near wanted edges within the hours: of each person the one liked best, the rest by regret.

    Where that gives fewer than `count` places, the rest are the people with the shortest hours.
    """
    edges = problem.edges
    order = wanted[np.lexsort((-liking[wanted], edges.candidate[wanted]))]
    order = order[np.isin(edges.candidate[order], edges.candidate[problem.pins], invert=True)]
    kept = order[np.unique(edges.candidate[order], return_index=True)[1]]
    kept = kept[np.lexsort((-liking[kept], edges.package[kept]))]
    package = edges.package[kept]
    rank = np.arange(len(kept)) - np.searchsorted(package, package)
    seats = problem.places - np.bincount(edges.package[problem.pins], minlength=problem.packages)
    kept = kept[rank < seats[package]]
    part = replace(problem, pins=np.concatenate([problem.pins, kept]))
    plan = regret_fit(part, liking)
    return plan if len(plan) >= count else best_fit(part, count)


def _most_regret(like: np.typing.NDArray[np.float64]) -> int | None:
    """Return the column whose best stands farthest above its second best, None when no column has any."""
    if len(like) < 2:
        return int(like[0].argmax()) if len(like) and like[0].max(initial=_NO) > _NO else None
    two = np.partition(like, len(like) - 2, axis=0)[-2:]
    regret = np.where(two[1] > _NO, two[1] - two[0], -1.0)
    person = int(regret.argmax()) if len(regret) else 0
    return person if len(regret) and regret[person] >= 0 else None


def first_plan(problem: Problem, at: tuple[int, tuple[int, ...]], prices: Prices | None) -> Int64Array | None:
    """Return the plan that fills hours most closely, when it breaks nothing; the goal must be to place people."""
    stage, reached = at
    weights = problem.stages[stage].weights
    ceiling = None if prices is None else proven_ceiling(problem, (*reached, 0), stage, prices)
    if reached or ceiling is None or not bool((weights == 1).all()):
        return None
    single = int(problem.max_places.max(initial=0)) <= 1
    for plan in (regret_fit(problem, -h) for h in (_share_of_budget(problem), problem.hours) if single):
        if len(plan) == ceiling and not violations(problem, plan):
            return plan
    for count in range(ceiling, max(ceiling - _FEWER, 0), -1):
        plan = best_fit(problem, count)
        if len(plan) == count and not violations(problem, plan):
            return plan
    return None


def _share_of_budget(problem: Problem) -> Int64Array:
    """Return per edge the millionths of its package's budget that it takes."""
    return np.asarray(1_000_000 * problem.hours // np.maximum(problem.budgets, 1)[problem.edges.package], np.int64)
