"""The model of record: the plan as a reader would write it in PuLP, solved by HiGHS.

Every row has a name made of whole numbers (`people_12`, `places_3`, `hours_3`, `row_0`), never of text from a file.
It is the oracle the faster solvers are tested against. PuLP reports "Optimal" for a plan cut off by the clock, so the
status and the ceiling are read from HiGHS itself.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import numpy as np

from matching.planning.problem import NO_BUDGET, Int64Array, Problem, Stage
from matching.planning.solvers.answer import RawAnswer
from matching.planning.solvers.flow import is_network
from matching.planning.solvers.highs import Claimed, no_pairs, without_banner

if TYPE_CHECKING:
    from pulp import LpAffineExpression, LpProblem, LpVariable

__all__ = ["solve_pulp", "write_model"]


def solve_pulp(problem: Problem, *, seconds: float) -> RawAnswer:
    """Return the plan of the model of record; every stage is a fresh model with the earlier stages as rows."""
    if not len(problem.edges):
        return no_pairs(problem, "pulp")
    begun, claim = time.perf_counter(), Claimed()
    plan: Int64Array | None = None
    for number in range(len(problem.stages)):
        left = seconds - (time.perf_counter() - begun)
        if left <= 0.01:
            claim.outcome = "feasible"
            break
        found = _solve(*write_model(problem, number, claim.given), left, claim)
        if claim.outcome == "infeasible":
            break
        plan = found if found is not None else plan
        if plan is None:
            break
        claim.given.append(problem.value(problem.stages[number], plan))
    return RawAnswer(
        solver="pulp",
        chosen=plan if plan is not None else (),
        claim=claim.outcome if plan is not None or claim.outcome == "infeasible" else "unknown",
        bounds=tuple(claim.bounds),
        given=tuple(claim.given),
        seconds=time.perf_counter() - begun,
    )


def write_model(
    problem: Problem, stage: int = 0, reached: list[int] | None = None
) -> tuple[LpProblem, list[LpVariable]]:
    """Return the PuLP model of one stage and its variables, one per edge; `reached` holds the earlier stages."""
    import pulp

    model = pulp.LpProblem("plan", pulp.LpMaximize)
    kind = pulp.LpContinuous if is_network(problem) else pulp.LpBinary
    takes = [model.add_variable(f"take_{e}", 0, 1, kind) for e in range(len(problem.edges))]
    wishes = _wishes(model, problem)
    goals = [_goal(problem, s, takes, wishes) for s in problem.stages[: stage + 1]]
    model += goals[stage]
    for number, value in enumerate(reached or []):
        model += goals[number] >= value, f"stage_{number}"
    _side(model, problem, takes, "people")
    _side(model, problem, takes, "places")
    _budgets(model, problem, takes)
    _exclusive(model, problem, takes)
    for edge in problem.pins.tolist():
        model += takes[edge] == 1, f"pin_{edge}"
    for edge in problem.forbidden.tolist():
        model += takes[edge] == 0, f"veto_{edge}"
    for number, row in enumerate(problem.rows):
        load = pulp.lpSum(w * takes[e] for e, w in zip(row.edges.tolist(), row.weights.tolist(), strict=True))
        if number in wishes:
            load += wishes[number][0] - wishes[number][1]
        whole = model.add_variable(f"open_{number}", 0, 1, pulp.LpBinary) if row.or_nothing else 1
        if row.low is not None:
            model += load >= row.low * whole, f"row_{number}_low"
        if row.high is not None or row.or_nothing:
            model += load <= row.reach * whole, f"row_{number}_high"
    return model, takes


def _wishes(model: LpProblem, problem: Problem) -> dict[int, tuple[LpVariable, LpVariable]]:
    priced = [number for number, row in enumerate(problem.rows) if row.price is not None]
    return {n: (model.add_variable(f"below_{n}", 0), model.add_variable(f"above_{n}", 0)) for n in priced}


def _goal(
    problem: Problem, stage: Stage, takes: list[LpVariable], wishes: dict[int, tuple[LpVariable, LpVariable]]
) -> LpAffineExpression:
    import pulp

    goal = pulp.LpAffineExpression([(take, w) for take, w in zip(takes, stage.weights.tolist(), strict=True)])
    if stage.counts_shortfalls:
        for number, (below, above) in wishes.items():
            goal -= (problem.rows[number].price or 0) * (below + above)
    return goal


def _side(model: LpProblem, problem: Problem, takes: list[LpVariable], name: str) -> None:
    import pulp

    people = name == "people"
    owner = problem.edges.candidate if people else problem.edges.package
    most = problem.max_places if people else problem.places
    groups: dict[int, list[LpVariable]] = {}
    for take, place in zip(takes, owner.tolist(), strict=True):
        groups.setdefault(place, []).append(take)
    for place, group in groups.items():
        model += pulp.lpSum(group) <= int(most[place]), f"{name}_{place}"
    for person in np.flatnonzero(problem.least_places).tolist() if people else ():
        model += pulp.lpSum(groups.get(person, [])) >= int(problem.least_places[person]), f"at_least_{person}"


def _budgets(model: LpProblem, problem: Problem, takes: list[LpVariable]) -> None:
    import pulp

    for package in np.flatnonzero(problem.budgets != NO_BUDGET).tolist():
        mine = np.flatnonzero(problem.edges.package == package).tolist()
        hours = pulp.lpSum(int(problem.hours[e]) * takes[e] for e in mine)
        model += hours <= int(problem.budgets[package]), f"hours_{package}"


def _exclusive(model: LpProblem, problem: Problem, takes: list[LpVariable]) -> None:
    package_of = problem.edges.package.tolist()
    mine: dict[int, dict[int, LpVariable]] = {}
    for edge, person in enumerate(problem.edges.candidate.tolist()):
        mine.setdefault(person, {})[package_of[edge]] = takes[edge]
    for number, (one, other) in enumerate(problem.exclusive.tolist()):
        for person, has in mine.items():
            if one != other and one in has and other in has:
                model += has[one] + has[other] <= 1, f"exclusive_{number}_{person}"


def _solve(model: LpProblem, takes: list[LpVariable], seconds: float, claim: Claimed) -> Int64Array | None:
    """Solve in memory and read status, ceiling and values from HiGHS, not from PuLP."""
    import highspy
    import pulp

    without_banner()
    settings = {"log_to_console": False, "random_seed": 0}
    solver = pulp.HiGHS(msg=False, timeLimit=seconds, gapRel=0.0, gapAbs=0.0, threads=1, **settings)
    model.solve(solver)
    highs = model.solverModel
    status, told = highs.getModelStatus(), highs.getInfo()
    if status == highspy.HighsModelStatus.kInfeasible:
        claim.outcome = "infeasible" if not claim.bounds else "feasible"
        return None
    done = status == highspy.HighsModelStatus.kOptimal
    ceiling = told.mip_dual_bound if model.isMIP() else told.objective_function_value
    claim.bounds.append(-float(ceiling) if np.isfinite(ceiling) else None)
    if not done:
        claim.outcome = "feasible"
    if told.primal_solution_status != int(highspy.SolutionStatus.kSolutionStatusFeasible):
        return None
    return np.array([e for e, take in enumerate(takes) if (take.value() or 0.0) > 0.5], np.int64)
