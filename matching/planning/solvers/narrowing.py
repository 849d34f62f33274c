"""Constrained problems in steps: prices first, then a whole-number search on the pairs that the prices leave open.

A pair that is worth less than its prices by more than the distance between ceiling and plan stands in no better plan;
leaving it out loses nothing, and that is integer arithmetic, not a solver's word.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from matching.planning.certificate import proven_ceiling, violations
from matching.planning.prices import Prices, Proof, Sifted, Split, bound, reduced, standing
from matching.planning.problem import NO_BUDGET, Int64Array, Problem
from matching.planning.reduction import narrowed
from matching.planning.sifting import sifted
from matching.planning.solvers.answer import Claim, RawAnswer
from matching.planning.solvers.best_fit import first_plan
from matching.planning.solvers.clock import Clock
from matching.planning.solvers.columns import near, only_wishes, prices_of_stage, without_wishes
from matching.planning.solvers.cpsat import solve_cpsat
from matching.planning.solvers.deciding import decided
from matching.planning.solvers.exchange import exchanged
from matching.planning.solvers.highs import solve_highs
from matching.planning.solvers.lagrange import fits
from matching.planning.solvers.patterns import has_patterns, solve_patterns

__all__ = ["best_pairs", "solve_narrowing", "within"]

_FIRST_SHARE = 50
"""The first search allows pairs up to one fiftieth of the heaviest weight below their prices."""

_FIRST_PAIRS = 2_000
_QUICK_SECONDS = 1.5
_MOST_FILLED = 3_000
_FILLING_SHARE = 0.5
"""What fillings may use of the time of a stage; a search near their prices gets the rest."""

_ASKING_SHARE, _AFTER_SHARE = 0.9, 0.7
"""The same for asking downwards, which leaves the judge the time to walk its tree; and for a search after it."""

_SHARE = 0.4
"""What a stage may use of the time that is left to it and the stages after it."""

_MOST_SEARCHED = 20_000
"""A wider search than this is not begun: the gap is reported instead."""


def solve_narrowing(problem: Problem, *, seconds: float) -> list[RawAnswer]:
    """Return HiGHS's answer with its prices, and CP-SAT's as a second witness where the prices leave a gap."""
    clock, begun = Clock(seconds), time.perf_counter()
    plan, proofs = _by_network(problem)
    values = [] if plan is None else [problem.value(problem.stages[0], plan)]
    claims: list[Claim] = ["optimal"] * len(values)
    trees, witnesses = list[Split | Sifted](), list[RawAnswer]()
    if plan is not None and not any(row.shortfall(row.load(plan, len(problem.edges))) for row in problem.rows):
        return [RawAnswer(solver="flow", chosen=plan, claim="optimal", prices=tuple(proofs))]
    for stage in range(len(values), len(problem.stages)):
        turn = clock if stage == len(problem.stages) - 1 else Clock(clock.left * _SHARE)
        at, have = (stage, tuple(values)), (plan, turn)
        prices = prices_of_stage(problem, stage, tuple(values), (proofs[-1] if proofs else None, plan, turn))
        found, outcome, prices, tree = (_by_hours if has_patterns(problem) else _by_rows)(problem, at, prices, have)
        if found is None:
            return [RawAnswer(solver="highs", chosen=(), claim=outcome)]
        plan = found
        claims.append(outcome)
        values.append(problem.value(problem.stages[stage], plan))
        proofs += [] if prices is None else [prices]
        trees += [] if tree is None else [tree]
        left = not isinstance(tree, Sifted) and _open(problem, values, tree or prices, turn)
        if left and _searchable(problem, values, prices):
            better, witness = _second(problem, (stage, values), prices, (plan, turn))
            witnesses.append(witness)
            reached = problem.value(problem.stages[stage], better)
            claims[stage] = outcome if reached == values[stage] else "feasible"
            plan, values[stage] = better, reached
    first = RawAnswer(
        solver="highs",
        chosen=plan if plan is not None else (),
        claim="optimal" if set(claims) <= {"optimal"} else "feasible",
        bounds=tuple(float(v) if claim == "optimal" else None for v, claim in zip(values, claims, strict=True)),
        given=tuple(values),
        prices=tuple(proofs),
        trees=tuple(trees),
        seconds=time.perf_counter() - begun,
    )
    return [first, *witnesses]


def _by_network(problem: Problem) -> tuple[Int64Array | None, list[Prices]]:
    """Return the plan without wishes, best in the first stage, and its prices; None when that is no network."""
    if not only_wishes(problem) or len(problem.stages) < 2 or problem.stages[0].counts_shortfalls:
        return None, []
    first, whole = without_wishes(problem)
    if first.claim != "optimal" or not isinstance(whole.chosen, np.ndarray):
        return None, []
    return whole.chosen, [*first.prices, *whole.prices]


Found = tuple[Int64Array | None, Claim, Prices | None, Split | Sifted | None]
"""The plan of one stage, what is claimed of it, its prices, and a tree of prices where one was needed."""


def _by_rows(
    problem: Problem, at: tuple[int, tuple[int, ...]], prices: Prices | None, have: tuple[Int64Array | None, Clock]
) -> Found:
    """Return what a search near the prices finds."""
    return *_search(problem, at, prices, have), prices, None


def _by_hours(
    problem: Problem, at: tuple[int, tuple[int, ...]], prices: Prices | None, have: tuple[Int64Array | None, Clock]
) -> Found:
    """Return what hand moves, whole fillings and a search near the prices find; without a plan, a short search first.

    Many pairs are searched near the prices alone: their fillings would not be through in time.
    """
    (stage, reached), (plan, clock) = at, have
    if plan is not None and reached and _all_alike(problem, stage):
        return plan, "feasible", prices, None
    plan = first_plan(problem, at, prices) if plan is None else _moved(problem, stage, have)
    if fits(problem, stage, reached) and not _counts(problem, stage):
        return _by_asking(problem, at, prices, (plan, clock))
    if len(problem.edges) > _MOST_FILLED:
        found, claim = _search(problem, at, prices, (plan, clock))
        moved = _moved(problem, stage, (found, clock))
        return moved, claim if moved is found else "feasible", prices, None
    if plan is None:
        plan, _ = _search(problem, at, prices, (plan, Clock(min(clock.left, _QUICK_SECONDS))))
        plan = _moved(problem, stage, (plan, clock))
    if plan is not None and not _open(problem, _valued(problem, at, plan), prices, None):
        return plan, "optimal", prices, None
    proof, found = solve_patterns(problem, at, plan, Clock(clock.left * _FILLING_SHARE))
    both = [p for p in (prices, proof) if isinstance(p, Prices)]
    best = min(both, key=lambda p: _ceiling(problem, p, reached), default=None)
    tree = proof if isinstance(proof, Split) else None
    if found is None or _open(problem, _valued(problem, at, found), proof, clock):
        return *_search(problem, at, best, (found, clock)), best, tree
    return found, "feasible", best, tree


def _by_asking(
    problem: Problem, at: tuple[int, tuple[int, ...]], prices: Prices | None, have: tuple[Int64Array | None, Clock]
) -> Found:
    """Return what asking from the ceiling downwards finds; a search near the prices where time was too short."""
    reached, (plan, clock) = at[1], have
    if plan is not None and prices is not None and not _open(problem, _valued(problem, at, plan), prices, None):
        return plan, "optimal", prices, None

    def by_fillings(plan: Int64Array | None, time: Clock) -> Int64Array | None:
        return solve_patterns(problem, at, plan, time)[1] if len(problem.edges) <= _MOST_FILLED else plan

    turn = Clock(clock.left * _ASKING_SHARE)
    root, tree, plan, proven = decided(problem, at, (prices, plan, turn), otherwise=by_fillings)
    best = min([p for p in (prices, root) if p is not None], key=lambda p: _ceiling(problem, p, reached))
    if proven:
        return plan, "optimal", best, tree
    after = Clock(clock.left * _AFTER_SHARE)
    found, claim = _search(problem, at, best, (plan, after))
    moved = _moved(problem, at[0], (found, after))
    return moved, claim if moved is found else "feasible", best, tree


def _counts(problem: Problem, stage: int) -> bool:
    """Return whether a stage only counts places: then many plans are equally good, and whole fillings find one."""
    return bool((problem.stages[stage].weights == 1).all())


def _all_alike(problem: Problem, stage: int) -> bool:
    """Return whether every pair is worth the same and no wish counts: then the number of places decides alone."""
    weights = problem.stages[stage].weights
    return not problem.rows and bool((problem.stages[0].weights == 1).all() and (weights == weights[:1]).all())


def _valued(problem: Problem, at: tuple[int, tuple[int, ...]], plan: Int64Array) -> list[int]:
    stage, reached = at
    return [*reached, problem.value(problem.stages[stage], plan)]


def _moved(problem: Problem, stage: int, have: tuple[Int64Array | None, Clock]) -> Int64Array | None:
    """Return the plan after moves by hand where they help and break nothing, else the plan itself."""
    plan, clock = have
    if plan is None:
        return None
    moved, goal = exchanged(problem, stage, plan, clock), problem.stages[: stage + 1]
    before, after = (tuple(problem.value(s, p) for s in goal) for p in (plan, moved))
    return moved if after > before and not violations(problem, moved) else plan


def _open(problem: Problem, values: list[int], proof: Proof | None, clock: Clock | None) -> bool:
    """Return whether a proof leaves something above the value of the last stage, and there is time to look for it."""
    if clock is not None and clock.over:
        return False
    ceiling = None if proof is None else proven_ceiling(problem, tuple(values), len(values) - 1, proof)
    return ceiling is None or ceiling > values[-1]


def _ceiling(problem: Problem, prices: Prices, reached: tuple[int, ...]) -> float:
    """Return the ceiling on the last stage of these prices, before rounding down; infinite without one."""
    whole = bound(problem, prices)
    return float("inf") if whole is None else (whole - _worth(prices, list(reached))) / prices.multipliers[-1]


def _searchable(problem: Problem, values: list[int], prices: Prices | None) -> bool:
    """Return whether few enough pairs could beat the plan to ask a second solver."""
    if prices is None:
        return len(problem.edges) <= _MOST_SEARCHED
    return int(best_pairs(problem, prices, tuple(values)).sum()) <= _MOST_SEARCHED


def _worth(prices: Prices, values: list[int]) -> int:
    return sum(m * v for m, v in zip(prices.multipliers, values, strict=False))


def within(problem: Problem, prices: Prices, slack: int) -> np.typing.NDArray[np.bool_]:
    """Return which edges are worth at least their prices minus `slack` (in units of the goal)."""
    return np.asarray(standing(problem, prices) >= -slack * prices.scale)


def best_pairs(problem: Problem, prices: Prices, values: tuple[int, ...]) -> np.typing.NDArray[np.bool_]:
    """Return the edges that can stand in a plan that reaches these values, by the prices of their last stage."""
    ceiling = bound(problem, prices)
    if ceiling is None:
        return np.ones(len(problem.edges), np.bool_)
    near_enough = within(problem, prices, ceiling - _worth(prices, list(values)))
    part = sifted(problem, prices, values) if bool((problem.budgets != NO_BUDGET).any()) else None
    if part is not None:
        near_enough[part.forbidden] = False
    return near_enough


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
    if plan is not None and prices is not None and not _open(problem, _valued(problem, at, plan), prices, None):
        return plan, "optimal"
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
