"""Min-cost flow: the fast and exact way when only places, one-place-each, floors per person and pins bind.

Stages are packed into one integer cost while that fits 64 bits; each further stage is solved on the optimal face of
the one before (the pairs without slack at its prices), so a later stage can never cost an earlier one a point.
"""

from __future__ import annotations

import time

import numpy as np
import numpy.typing as npt

from matching.planning.prices import Prices
from matching.planning.problem import Int64Array, Problem
from matching.planning.solvers.answer import RawAnswer
from matching.planning.solvers.face import Face, start, tight
from matching.planning.solvers.residual import potentials

__all__ = ["best_flow", "is_network", "packed", "packed_weights", "solve_flow"]

BoolArray = npt.NDArray[np.bool_]

_COST_ROOM = 2**60
"""Costs times nodes stay below this: the solver scales costs by the number of nodes."""


def is_network(problem: Problem) -> bool:
    """Return whether places, floors, pins and vetoes are all that can bind."""
    return not problem.rows and not len(problem.exclusive) and bool((problem.budgets < 0).all())


def solve_flow(problem: Problem, *, seconds: float = 0.0, known: Prices | None = None) -> RawAnswer:
    """Return the plan that is best in every stage, with prices per packed stage; the clock is not needed.

    `known` are prices that prove the first packed stages; only the later stages are then searched.
    Raises ValueError when the problem is no network.
    """
    if not is_network(problem):
        raise ValueError("only places, floors, pins and vetoes form a network")
    if len(np.intersect1d(problem.pins, problem.forbidden)):
        return RawAnswer(solver="flow", chosen=(), claim="infeasible")
    begun, face, proofs, done = time.perf_counter(), start(problem), list[Prices](), 0
    plan: Int64Array = face.taken
    if known is not None:
        weights = packed_weights(problem, face.edges, known.multipliers)
        face, done = tight(face, weights, (known.candidate, known.package)), len(known.multipliers)
        proofs.append(known)
    while done < len(problem.stages):
        multipliers = packed(problem, done)
        weights = packed_weights(problem, face.edges, multipliers)
        chosen = best_flow(face, weights)
        prices = potentials(face, weights, chosen) if chosen is not None else None
        if chosen is None or prices is None:
            return _without(done, plan, begun)
        plan = np.sort(np.concatenate([face.taken, face.edges[chosen]]))
        if not done:
            proofs.append(Prices(multipliers=multipliers, candidate=prices[0], package=prices[1]))
        face, done = tight(face, weights, prices), len(multipliers)
    spent = time.perf_counter() - begun
    return RawAnswer(solver="flow", chosen=plan, claim="optimal", prices=tuple(proofs), seconds=spent)


def _without(done: int, plan: Int64Array, begun: float) -> RawAnswer:
    """Return the answer when a stage could not be solved: impossible at the first stage, half-proven later."""
    claim: RawAnswer = RawAnswer(
        solver="flow",
        chosen=plan if done else (),
        claim="feasible" if done else "infeasible",
        seconds=time.perf_counter() - begun,
    )
    return claim


def packed(problem: Problem, first: int) -> tuple[int, ...]:
    """Return a multiplier per stage (0 for those before `first`) that packs as many stages as fit exactly.

    One unit of a stage weighs more than all that two plans can differ in the packed stages after it, so nothing leaks.
    """
    room = _COST_ROOM // (problem.candidates + problem.packages + 4)
    room = min(room, _COST_ROOM // max(problem.most_chosen, 1))
    chain: list[int] = []
    largest = 0
    for stage in problem.stages[first:]:
        high, low = int(stage.weights.max(initial=0)), int(stage.weights.min(initial=0))
        reach = problem.most_chosen * (max(high, 0) - min(low, 0)) + 1
        if chain and largest * reach + max(high, -low) > room:
            break
        chain = [multiplier * reach for multiplier in chain] + [1]
        largest = largest * reach + max(high, -low)
    return (*([0] * first), *chain)


def packed_weights(problem: Problem, edges: Int64Array, multipliers: tuple[int, ...]) -> Int64Array:
    """Return what each of these edges is worth in the packed stages."""
    total = np.zeros(len(edges), np.int64)
    for multiplier, stage in zip(multipliers, problem.stages, strict=False):
        if multiplier:
            total += multiplier * stage.weights[edges]
    return total


def best_flow(face: Face, weights: Int64Array) -> BoolArray | None:
    """Return which free edges the best flow uses; None when the floors cannot be met."""
    from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

    short = (face.most_candidate < face.least_candidate).any() or (face.most_package < face.least_package).any()
    if short or int(face.most_candidate.min(initial=0)) < 0 or int(face.most_package.min(initial=0)) < 0:
        return None
    n, m = len(face.most_candidate), len(face.most_package)
    people, places = np.arange(n, dtype=np.int32), np.arange(n, n + m, dtype=np.int32)
    sink = n + m
    flow = SimpleMinCostFlow()
    ones, none = np.ones(len(weights), np.int64), np.zeros(n + m, np.int64)
    arcs = flow.add_arcs_with_capacity_and_unit_cost(face.candidate, face.package + np.int32(n), ones, -weights)
    to_sink = np.full(n + m, sink, np.int32)
    spare = np.concatenate([face.most_candidate - face.least_candidate, face.most_package - face.least_package])
    flow.add_arcs_with_capacity_and_unit_cost(np.concatenate([people, places]), to_sink, spare, none)
    rest = int(face.most_candidate.sum() - face.least_package.sum())
    supply = np.concatenate([face.most_candidate, -face.least_package, [-rest]])
    flow.set_nodes_supplies(np.arange(n + m + 1, dtype=np.int32), supply.astype(np.int64))
    if rest < 0 or flow.solve() != flow.OPTIMAL:
        return None
    return np.asarray(flow.flows(arcs), np.int64) > 0
