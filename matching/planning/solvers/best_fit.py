"""A first plan for hour budgets: the people with the shortest hours, each package filled as fully as they allow.

Fullest fitting first (Gupta and Ho 1999), for the goal that counts places. It proves nothing, but it often reaches the
ceiling at once.
"""

from __future__ import annotations

import numpy as np

from matching.planning.fillings import MOST_HOURS, best_filling
from matching.planning.problem import NO_BUDGET, Int64Array, Problem

__all__ = ["best_fit"]


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
