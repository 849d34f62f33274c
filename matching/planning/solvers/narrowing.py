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
from matching.planning.solvers.clock import Clock
from matching.planning.solvers.columns import near, only_wishes, prices_of_stage, without_wishes
from matching.planning.solvers.cpsat import solve_cpsat
from matching.planning.solvers.highs import solve_highs

__all__ = ["best_pairs", "solve_narrowing", "within"]

_FIRST_SHARE = 50
"""The first search allows pairs up to one fiftieth of the heaviest weight below their prices."""

_FIRST_PAIRS = 2_000
_MOST_SEARCHED = 20_000
"""A wider search than this is not begun: the gap is reported instead."""


def solve_narrowing(problem: Problem, *, seconds: float) -> list[RawAnswer]:
    """Return HiGHS's answer with its prices, and CP-SAT's as a second witness where the prices leave a gap."""
    clock, begun = Clock(seconds), time.perf_counter()
    plan: Int64Array | None = None
    values, proofs, witnesses = list[int](), list[Prices](), list[RawAnswer]()
    claim: Claim = "optimal"
    if only_wishes(problem) and len(problem.stages) > 1:
        first, whole = without_wishes(problem)
        if first.claim == "optimal" and isinstance(whole.chosen, np.ndarray):
            plan = whole.chosen
            values.append(problem.value(problem.stages[0], plan))
            proofs += [*first.prices, *whole.prices]
            if not any(row.shortfall(row.load(plan, len(problem.edges))) for row in problem.rows):
                return [replace(whole, prices=tuple(proofs))]
    for stage in range(len(values), len(problem.stages)):
        known = proofs[-1] if proofs else None
        prices = prices_of_stage(problem, stage, tuple(values), (known, plan, clock))
        found, outcome = _search(problem, (stage, tuple(values)), prices, (plan, clock))
        if found is None:
            return [RawAnswer(solver="highs", chosen=(), claim=outcome)]
        plan, claim = found, claim if outcome == "optimal" else "feasible"
        values.append(problem.value(problem.stages[stage], plan))
        if prices is not None:
            proofs.append(prices)
        if _gap(problem, stage, values, prices) != 0 and not clock.over and _searchable(problem, values, prices):
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


def _searchable(problem: Problem, values: list[int], prices: Prices | None) -> bool:
    """Return whether few enough pairs could beat the plan to ask a second solver."""
    if prices is None:
        return len(problem.edges) <= _MOST_SEARCHED
    return int(best_pairs(problem, prices, tuple(values)).sum()) <= _MOST_SEARCHED


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
    slack = None if prices is None else _first_slack(problem, stage, prices)
    found, claim = _ask(solve_highs, _part(problem, stage, prices, slack), reached, clock)
    best = _better(problem, stage, found, plan)
    if slack is None or prices is None:
        return best, claim
    values = [*reached, problem.value(problem.stages[stage], best)] if best is not None else []
    ceiling = bound(problem, prices)
    needed = ceiling - _worth(prices, values) if best is not None and ceiling is not None else None
    if needed is not None and needed <= slack:
        return best, claim
    if best is not None and (needed is None or int(within(problem, prices, needed).sum()) > _MOST_SEARCHED):
        return best, "feasible"
    wider, outcome = _ask(solve_highs, _part(problem, stage, prices, needed), reached, clock)
    if wider is None and best is None:
        return None, outcome
    return _better(problem, stage, wider, best), outcome if wider is not None else "feasible"


def _first_slack(problem: Problem, stage: int, prices: Prices) -> int:
    """Return how far below its prices a pair may be in the first search: a fiftieth of a weight, few pairs in all."""
    heaviest = int(np.abs(problem.stages[stage].weights).max(initial=1))
    slack = prices.multipliers[stage] * max(heaviest // _FIRST_SHARE, 1)
    if int(within(problem, prices, slack).sum()) <= _FIRST_PAIRS:
        return slack
    gain = reduced(problem, prices)[near(problem, prices, max(3 * problem.most_chosen, _FIRST_PAIRS))]
    return min(slack, max(-int(gain.min(initial=0)) // prices.scale, 0))


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
