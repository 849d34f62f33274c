"""Constrained problems in steps: prices first, then a whole-number search on the pairs that the prices leave open.

A pair that is worth less than its prices by more than the distance between ceiling and plan stands in no better plan;
leaving it out loses nothing, and that is integer arithmetic, not a solver's word.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from matching.planning.prices import Prices, bound, reduced
from matching.planning.problem import Int64Array, Problem
from matching.planning.reduction import narrowed
from matching.planning.solvers.answer import Claim, RawAnswer
from matching.planning.solvers.cpsat import solve_cpsat
from matching.planning.solvers.highs import solve_highs
from matching.planning.solvers.priced import relaxed_prices

__all__ = ["Clock", "best_pairs", "solve_narrowing", "within"]

_FIRST_SHARE = 50
"""The first search allows pairs up to one fiftieth of the heaviest weight below their prices."""


class Clock:
    """The time that is left."""

    def __init__(self, seconds: float) -> None:
        self._end = time.perf_counter() + seconds

    @property
    def left(self) -> float:
        """Return the seconds left, never below a tenth."""
        return max(self._end - time.perf_counter(), 0.1)

    @property
    def over(self) -> bool:
        """Return whether the time is up."""
        return time.perf_counter() >= self._end


def solve_narrowing(problem: Problem, *, seconds: float) -> list[RawAnswer]:
    """Return HiGHS's answer with its prices, and CP-SAT's as a second witness where the prices leave a gap."""
    clock, begun = Clock(seconds), time.perf_counter()
    plan: Int64Array | None = None
    values, proofs, witnesses = list[int](), list[Prices](), list[RawAnswer]()
    claim: Claim = "optimal"
    for stage in range(len(problem.stages)):
        prices = relaxed_prices(problem, stage, tuple(values), seconds=clock.left / 2)
        found, outcome = _search(problem, (stage, tuple(values)), prices, (plan, clock))
        if found is None:
            return [RawAnswer(solver="highs", chosen=(), claim=outcome)]
        plan, claim = found, claim if outcome == "optimal" else "feasible"
        values.append(problem.value(problem.stages[stage], plan))
        if prices is not None:
            proofs.append(prices)
        if _gap(problem, stage, values, prices) != 0 and not clock.over:
            plan, witness = _second(problem, (stage, values), prices, (plan, clock))
            witnesses.append(witness)
            values[stage] = problem.value(problem.stages[stage], plan)
    ceilings = tuple(float(v) if claim == "optimal" else None for v in values)
    spent = time.perf_counter() - begun
    first = RawAnswer(
        solver="highs",
        chosen=plan if plan is not None else (),
        claim=claim,
        bounds=ceilings,
        given=tuple(values),
        prices=tuple(proofs),
        seconds=spent,
    )
    return [first, *witnesses]


def _gap(problem: Problem, stage: int, values: list[int], prices: Prices | None) -> int | None:
    """Return how far, in units of the prices, the ceiling lies above the plan; None without a ceiling."""
    ceiling = bound(problem, prices) if prices is not None else None
    if prices is None or ceiling is None:
        return None
    return max(0, (ceiling - _worth(prices, values)) // prices.multipliers[stage])


def _worth(prices: Prices, values: list[int]) -> int:
    return sum(m * v for m, v in zip(prices.multipliers, values, strict=False))


def within(problem: Problem, prices: Prices, slack: int) -> np.typing.NDArray[np.bool_]:
    """Return which edges are worth at least their prices minus `slack` (in units of the goal)."""
    return np.asarray(reduced(problem, prices) >= -slack * prices.scale)


def best_pairs(problem: Problem, prices: Prices, values: tuple[int, ...]) -> np.typing.NDArray[np.bool_]:
    """Return the edges that can stand in a plan that reaches these values, by the prices of their last stage."""
    ceiling = bound(problem, prices)
    if ceiling is None:
        return np.ones(len(problem.edges), np.bool_)
    return within(problem, prices, ceiling - _worth(prices, list(values)))


def _part(problem: Problem, stage: int, prices: Prices | None, slack: int | None) -> tuple[Problem, Int64Array]:
    """Return the problem up to one stage, on the pairs the slack leaves open."""
    shorter = problem.with_stages(problem.stages[: stage + 1])
    every = np.ones(len(problem.edges), np.bool_)
    return narrowed(shorter, every if prices is None or slack is None else within(problem, prices, slack))


def _search(
    problem: Problem, at: tuple[int, tuple[int, ...]], prices: Prices | None, have: tuple[Int64Array | None, Clock]
) -> tuple[Int64Array | None, Claim]:
    """Return the best plan of one stage: a quick search near the prices, then one as wide as its result demands."""
    (stage, reached), (plan, clock) = at, have
    heaviest = int(np.abs(problem.stages[stage].weights).max(initial=1))
    slack = None if prices is None else prices.multipliers[stage] * max(heaviest // _FIRST_SHARE, 1)
    found, claim = _ask(solve_highs, _part(problem, stage, prices, slack), reached, clock)
    best = _better(problem, stage, found, plan)
    if slack is None or prices is None:
        return best, claim
    values = [*reached, problem.value(problem.stages[stage], best)] if best is not None else []
    ceiling = bound(problem, prices)
    needed = ceiling - _worth(prices, values) if best is not None and ceiling is not None else None
    if needed is not None and needed <= slack:
        return best, claim
    wider, outcome = _ask(solve_highs, _part(problem, stage, prices, needed), reached, clock)
    if wider is None and best is None:
        return None, outcome
    return _better(problem, stage, wider, best), outcome if wider is not None else "feasible"


def _ask(
    solver: Callable[..., RawAnswer], part: tuple[Problem, Int64Array], reached: tuple[int, ...], clock: Clock
) -> tuple[Int64Array | None, Claim]:
    question, positions = part
    answer = solver(question, seconds=clock.left, reached=reached)
    if answer.claim == "infeasible" or not isinstance(answer.chosen, np.ndarray):
        return None, answer.claim
    return positions[answer.chosen], answer.claim


def _better(problem: Problem, stage: int, one: Int64Array | None, other: Int64Array | None) -> Int64Array | None:
    if one is None or other is None:
        return other if one is None else one
    goal = problem.stages[: stage + 1]
    return max((one, other), key=lambda plan: tuple(problem.value(s, plan) for s in goal))


def _second(
    problem: Problem, at: tuple[int, list[int]], prices: Prices | None, have: tuple[Int64Array, Clock]
) -> tuple[Int64Array, RawAnswer]:
    """Return the better of the plan and what CP-SAT finds on every pair that could beat it, and its ceiling."""
    (stage, values), (plan, clock) = at, have
    ceiling = bound(problem, prices) if prices is not None else None
    slack = ceiling - _worth(prices, values) if prices is not None and ceiling is not None else None
    question, positions = _part(problem, stage, prices, slack)
    place = np.searchsorted(positions, plan)
    warm = place if bool((positions[np.minimum(place, len(positions) - 1)] == plan).all()) else None
    answer = solve_cpsat(question, seconds=clock.left, reached=tuple(values[:stage]), warm=warm)
    chosen = positions[answer.chosen] if isinstance(answer.chosen, np.ndarray) and len(answer.given) > stage else plan
    best = _better(problem, stage, chosen, plan)
    claimed = answer.bounds[stage] if len(answer.bounds) > stage else None
    floor = float(problem.value(problem.stages[stage], plan))
    ceilings = (*answer.bounds[:stage], None if claimed is None else max(claimed, floor))
    witness = replace(answer, chosen=chosen, bounds=ceilings, given=tuple(values[:stage]))
    return (plan if best is None else best), witness
