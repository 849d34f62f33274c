"""Why no plan exists: a smallest set of pins, demands and limits that cannot all hold (QuickXplain, Junker 2004)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import product
from math import prod
from typing import Literal

import numpy as np

from matching.planning.certificate import violations
from matching.planning.problem import NO_BUDGET, Problem, Stage
from matching.planning.reduction import simplified
from matching.planning.solvers.cpsat import solve_cpsat
from matching.planning.solvers.flow import is_network, solve_flow

__all__ = ["Demand", "Kind", "demands", "feasible", "relaxed", "separate_conflicts", "smallest_conflict"]

MOST_CONFLICTS = 5
"""So many conflicts are named at once; there may be more."""

_MOST_WAYS = 24

Kind = Literal["pin", "forbidden", "person", "max_places", "places", "budget", "exclusive", "row"]


@dataclass(frozen=True, slots=True, order=True)
class Demand:
    """One thing that must hold: its kind and the index of the edge, candidate, package, pair or row it is about."""

    kind: Kind
    index: int


def demands(problem: Problem) -> list[Demand]:
    """Return everything that a plan must respect, the demands on single people last."""
    budgeted = np.flatnonzero(problem.budgets != NO_BUDGET).tolist()
    hard = [number for number, row in enumerate(problem.rows) if row.price is None]
    found: list[Demand] = [Demand("places", p) for p in range(problem.packages)]
    found += [Demand("budget", p) for p in budgeted]
    found += [Demand("exclusive", number) for number in range(len(problem.exclusive))]
    found += [Demand("row", number) for number in hard]
    found += [Demand("max_places", c) for c in range(problem.candidates)]
    found += [Demand("forbidden", e) for e in problem.forbidden.tolist()]
    found += [Demand("pin", e) for e in problem.pins.tolist()]
    return found + [Demand("person", c) for c in np.flatnonzero(problem.least_places).tolist()]


def relaxed(problem: Problem, kept: Sequence[Demand]) -> Problem:
    """Return the problem in which only these demands hold."""
    has: dict[str, list[int]] = {}
    for demand in kept:
        has.setdefault(demand.kind, []).append(demand.index)
    wide = len(problem.edges) + 1

    def where(kind: Kind, values: np.typing.NDArray[np.int64], otherwise: int) -> np.typing.NDArray[np.int64]:
        result = np.full_like(values, otherwise)
        result[has.get(kind, [])] = values[has.get(kind, [])]
        return result

    return replace(
        problem,
        places=where("places", problem.places, wide),
        max_places=where("max_places", problem.max_places, wide),
        least_places=where("person", problem.least_places, 0),
        budgets=where("budget", problem.budgets, NO_BUDGET),
        exclusive=problem.exclusive[has.get("exclusive", [])],
        pins=np.array(has.get("pin", []), np.int64),
        forbidden=np.array(has.get("forbidden", []), np.int64),
        rows=tuple(r for number, r in enumerate(problem.rows) if r.price is not None or number in has.get("row", [])),
        stages=(Stage(name="none", weights=np.zeros(len(problem.edges), np.int64)),),
    )


def feasible(problem: Problem, kept: Sequence[Demand], *, seconds: float = 5.0) -> bool:
    """Return whether some plan keeps these demands; True when it cannot be shown within the time that none does."""
    question = relaxed(problem, kept)
    if not question.least_places.any() and not any(r.price is None for r in question.rows):
        return not violations(question, question.pins)
    easier = simplified(question)
    if len(np.intersect1d(easier.pins, easier.forbidden)):
        return False
    answer = solve_flow(easier) if is_network(easier) else solve_cpsat(easier, seconds=seconds)
    return answer.claim != "infeasible"


def separate_conflicts(problem: Problem) -> tuple[tuple[tuple[Demand, ...], ...], bool]:
    """Return conflicts without a pin or person in common, at most `MOST_CONFLICTS`, and whether one of each is enough.

    After each conflict its pins and demands for people drop out (all of it when it has none), and the rest is looked at
    again. Enough means: whichever one of each conflict goes, a plan exists; False when that was not shown.
    """
    left = demands(problem)
    found: list[tuple[Demand, ...]] = []
    while len(found) < MOST_CONFLICTS and not feasible(problem, left):
        conflict = _smallest(problem, left)
        found.append(conflict)
        gone = {d for d in conflict if d.kind in ("pin", "person")} or set(conflict)
        left = [d for d in left if d not in gone]
    return tuple(found), _one_of_each_is_enough(problem, found)


def _one_of_each_is_enough(problem: Problem, found: Sequence[tuple[Demand, ...]]) -> bool:
    """Return whether every way to let go of one demand of each conflict leaves a plan; False when there are many."""
    if not found or prod(map(len, found)) > _MOST_WAYS:
        return False
    everything = demands(problem)
    return all(feasible(problem, [d for d in everything if d not in way]) for way in product(*found))


def smallest_conflict(problem: Problem) -> tuple[Demand, ...] | None:
    """Return demands that cannot all hold while each proper subset can, or None when a plan exists.

    Limits that nobody presses against drop out at once; the rest is split in halves until only the needed ones stay.
    """
    everything = demands(problem)
    return None if feasible(problem, everything) else _smallest(problem, everything)


def _smallest(problem: Problem, everything: list[Demand]) -> tuple[Demand, ...]:
    """Return a smallest conflict among demands that cannot all hold."""

    def holds(kept: Sequence[Demand]) -> bool:
        return feasible(problem, kept)

    return tuple(sorted(_explain(holds, [], False, _close(problem, everything, holds))))


def _close(problem: Problem, everything: list[Demand], holds: Callable[[Sequence[Demand]], bool]) -> list[Demand]:
    """Return a much smaller impossible set when pins alone clash, else everything."""
    pins_only = [d for d in everything if d.kind != "person" and d.kind != "row"]
    return pins_only if not holds(pins_only) else everything


def _explain(
    holds: Callable[[Sequence[Demand]], bool], given: list[Demand], grew: bool, asked: list[Demand]
) -> list[Demand]:
    """Return a smallest part of `asked` that is impossible together with `given`."""
    if grew and not holds(given):
        return []
    if len(asked) <= 1:
        return list(asked)
    half = len(asked) // 2
    first, second = asked[:half], asked[half:]
    needed_second = _explain(holds, [*given, *first], bool(first), second)
    needed_first = _explain(holds, [*given, *needed_second], bool(needed_second), first)
    return needed_first + needed_second
