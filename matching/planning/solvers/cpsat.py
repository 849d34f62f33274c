"""CP-SAT: an exact solver over whole numbers that shares nothing with HiGHS; the second witness of a proof."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import numpy as np

from matching.planning.problem import NO_BUDGET, Int64Array, Problem, Stage
from matching.planning.solvers.answer import RawAnswer
from matching.planning.solvers.highs import Claimed, no_pairs

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import CpModel, IntVar, LinearExprT

__all__ = ["solve_cpsat"]


def solve_cpsat(
    problem: Problem, *, seconds: float, reached: tuple[int, ...] = (), warm: Int64Array | None = None
) -> RawAnswer:
    """Return the best plan found in time with CP-SAT's own ceiling per stage; one worker, seed 0.

    The first stages stand as rows at the values `reached`; `warm` is a plan to begin from.
    """
    if not len(problem.edges):
        return no_pairs(problem, "cpsat")
    begun, plan, claim = time.perf_counter(), warm, Claimed()
    model, takes, shorts = _model(problem)
    for stage, value in zip(problem.stages, reached, strict=False):
        claim.given.append(value)
        claim.bounds.append(None)
        model.add(_goal(problem, stage, takes, shorts) >= value)
    for stage in problem.stages[len(reached) :]:
        left = seconds - (time.perf_counter() - begun)
        if left <= 0.01:
            claim.outcome = "feasible"
            break
        goal = _goal(problem, stage, takes, shorts)
        plan = _solve_stage(model, goal, takes, left=(left, plan), claim=claim)
        if plan is None or claim.outcome == "infeasible":
            break
        claim.given.append(problem.value(stage, plan))
        model.add(goal >= claim.given[-1])
    return RawAnswer(
        solver="cpsat",
        chosen=plan if plan is not None else (),
        claim=claim.outcome if plan is not None or claim.outcome == "infeasible" else "unknown",
        bounds=tuple(claim.bounds),
        given=tuple(claim.given),
        seconds=time.perf_counter() - begun,
    )


def _model(problem: Problem) -> tuple[CpModel, list[IntVar], list[tuple[IntVar, IntVar] | None]]:
    """Return the model, one yes/no per edge, and the shortfalls of the priced rows."""
    from ortools.sat.python import cp_model

    model = cp_model.CpModel()
    takes = [model.new_bool_var("") for _ in range(len(problem.edges))]
    edges = problem.edges
    for side, least, most in (
        (edges.candidate, problem.least_places, problem.max_places),
        (edges.package, np.zeros_like(problem.places), problem.places),
    ):
        groups: list[list[IntVar]] = [[] for _ in most]
        for take, place in zip(takes, side.tolist(), strict=True):
            groups[place].append(take)
        for group, low, high in zip(groups, least.tolist(), most.tolist(), strict=True):
            model.add_linear_constraint(sum(group), low, high)
    for package in np.flatnonzero(problem.budgets != NO_BUDGET).tolist():
        mine = np.flatnonzero(edges.package == package).tolist()
        model.add(sum(int(problem.hours[e]) * takes[e] for e in mine) <= int(problem.budgets[package]))
    for one, other in {(min(p), max(p)) for p in problem.exclusive.tolist() if p[0] != p[1]}:
        per_person: dict[int, list[IntVar]] = {}
        for e in np.flatnonzero((edges.package == one) | (edges.package == other)).tolist():
            per_person.setdefault(int(edges.candidate[e]), []).append(takes[e])
        for pair in per_person.values():
            model.add_at_most_one(pair)
    for edge in problem.pins.tolist():
        model.add(takes[edge] == 1)
    for edge in problem.forbidden.tolist():
        model.add(takes[edge] == 0)
    return model, takes, [_side_row(model, problem, number, takes) for number in range(len(problem.rows))]


def _side_row(model: CpModel, problem: Problem, number: int, takes: list[IntVar]) -> tuple[IntVar, IntVar] | None:
    """Add one side row; return its two shortfalls when it is a wish.

    A row that may be empty has a switch: as a load with a hole in its domain, OR-Tools 9.15 called a possible question
    impossible (the other solvers and the certificate saw it).
    """
    row = problem.rows[number]
    reach = int(np.abs(row.weights).sum()) + abs(row.low or 0) + abs(row.high or 0)
    load = sum(w * takes[e] for e, w in zip(row.edges.tolist(), row.weights.tolist(), strict=True))
    low, high = row.low if row.low is not None else -reach, row.high if row.high is not None else reach
    if row.or_nothing:
        whole = model.new_bool_var("")
        model.add(load <= row.reach * whole)
        model.add(load >= (row.low or 0) * whole)
        return None
    if row.price is None:
        model.add_linear_constraint(load, low, high)
        return None
    below, above = model.new_int_var(0, reach, ""), model.new_int_var(0, reach, "")
    model.add_linear_constraint(load + below - above, low, high)
    return below, above


def _goal(
    problem: Problem, stage: Stage, takes: list[IntVar], shorts: list[tuple[IntVar, IntVar] | None]
) -> LinearExprT:
    goal = sum(w * take for w, take in zip(stage.weights.tolist(), takes, strict=True) if w)
    if stage.counts_shortfalls:
        for row, pair in zip(problem.rows, shorts, strict=True):
            if pair is not None:
                goal -= (row.price or 0) * (pair[0] + pair[1])
    return goal


def _solve_stage(
    model: CpModel, goal: LinearExprT, takes: list[IntVar], *, left: tuple[float, Int64Array | None], claim: Claimed
) -> Int64Array | None:
    from ortools.sat.python import cp_model

    seconds, plan = left
    model.maximize(goal)
    if plan is not None:
        model.clear_hints()
        chosen = set(plan.tolist())
        for edge, take in enumerate(takes):
            model.add_hint(take, edge in chosen)
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds, solver.parameters.num_workers = float(seconds), 1
    solver.parameters.random_seed = 0
    status = solver.solve(model)
    if status in (cp_model.INFEASIBLE, cp_model.MODEL_INVALID):
        claim.outcome = "infeasible" if status == cp_model.INFEASIBLE and not claim.bounds else "feasible"
        return plan
    claim.bounds.append(float(solver.best_objective_bound))
    if status != cp_model.OPTIMAL:
        claim.outcome = "feasible"
    if status == cp_model.UNKNOWN:
        return plan
    return np.array([e for e, take in enumerate(takes) if solver.boolean_value(take)], np.int64)
