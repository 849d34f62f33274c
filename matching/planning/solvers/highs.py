"""HiGHS from arrays: hour budgets, exclusive pairs and side rows, stage after stage on one warm model.

One thread, seed 0 and no accepted gap; each stage stands as a row in the next. A known plan is never handed over as a
start: HiGHS 1.16 then reported a worse plan than the best as optimal, at a value that no plan had (the certificate
caught it).
"""

from __future__ import annotations

import os
import sys
import time
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from matching.planning.problem import Int64Array, Problem, Stage
from matching.planning.solvers.answer import Claim, RawAnswer
from matching.planning.solvers.flow import is_network
from matching.planning.solvers.triplets import limits

if TYPE_CHECKING:
    from highspy import Highs

__all__ = ["Claimed", "load", "no_pairs", "solve_highs", "stage_costs", "without_banner"]

Float64Array = npt.NDArray[np.float64]


def solve_highs(
    problem: Problem, *, seconds: float, reached: tuple[int, ...] = (), nodes: int | None = None
) -> RawAnswer:
    """Return the best plan found in time, with HiGHS's own ceiling per stage (its claim, unrounded).

    A problem whose limits form a network stays continuous: it comes out whole. With `reached`, the first stages stand
    as rows at those values and only the later ones are searched. `nodes` limits the search by a count, so that a slow
    machine agrees with a fast one.
    """
    begun, claim = time.perf_counter(), Claimed()
    plan: Int64Array | None = None
    if not len(problem.edges):
        return no_pairs(problem, "highs")
    highs = load(problem, whole=not is_network(problem))
    for stage, value in zip(problem.stages, reached, strict=False):
        claim.given.append(value)
        claim.bounds.append(None)
        _hold(highs, problem, stage, value)
    if nodes is not None:
        highs.setOptionValue("mip_max_nodes", nodes)
    for stage in problem.stages[len(reached) :]:
        left = seconds - (time.perf_counter() - begun)
        if left <= 0.01:
            claim.outcome = "feasible"
            break
        plan = _solve_stage(highs, problem, stage, left=(left, plan), claim=claim)
        if plan is None or claim.outcome == "infeasible":
            break
        claim.given.append(problem.value(stage, plan))
        _hold(highs, problem, stage, claim.given[-1])
    return RawAnswer(
        solver="highs",
        chosen=plan if plan is not None else (),
        claim=claim.outcome if plan is not None or claim.outcome == "infeasible" else "unknown",
        bounds=tuple(claim.bounds),
        given=tuple(claim.given),
        seconds=time.perf_counter() - begun,
    )


def no_pairs(problem: Problem, solver: str) -> RawAnswer:
    """Return the answer to a problem without a single pair: nobody, unless somebody must be placed."""
    nobody = np.zeros(0, np.int64)
    short = bool(problem.least_places.any()) or any(r.price is None and r.shortfall(0) for r in problem.rows)
    values = tuple(problem.value(stage, nobody) for stage in problem.stages)
    bounds = tuple(float(v) for v in values)
    claim: Claim = "infeasible" if short else "optimal"
    return RawAnswer(solver=solver, chosen=nobody, claim=claim, bounds=bounds, given=values)


class Claimed:
    """What a solver has claimed so far, stage by stage."""

    def __init__(self) -> None:
        self.outcome: Claim = "optimal"
        self.bounds: list[float | None] = []
        self.given: list[int] = []


def load(problem: Problem, *, whole: bool) -> Highs:
    """Return a silent HiGHS that holds the limits; columns are those of `limits`, whole or continuous."""
    import highspy

    rows = limits(problem, whole=whole)
    starts, columns, values = rows.dense_order()
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = rows.columns, len(rows.low)
    model.sense_ = highspy.ObjSense.kMaximize
    model.col_cost_ = np.zeros(rows.columns)
    model.col_lower_, model.col_upper_ = _column_bounds(problem, rows.columns)
    model.row_lower_, model.row_upper_ = rows.low, rows.high
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_, model.a_matrix_.index_ = starts, columns
    model.a_matrix_.value_ = values.astype(float)
    if whole:
        openings = sum(row.or_nothing for row in problem.rows)
        kinds = [highspy.HighsVarType.kInteger] * len(problem.edges)
        kinds += [highspy.HighsVarType.kContinuous] * (rows.columns - len(kinds) - openings)
        model.integrality_ = kinds + [highspy.HighsVarType.kInteger] * openings
    without_banner()
    highs = highspy.Highs()
    settings = {"output_flag": False, "threads": 1, "random_seed": 0, "mip_rel_gap": 0.0, "mip_abs_gap": 0.0}
    for name, value in settings.items():
        highs.setOptionValue(name, value)
    highs.passModel(model)
    return highs


@cache
def without_banner() -> None:
    """Make the first HiGHS of this process with standard output shut: it prints a banner there, whatever the options.

    The banner comes once per process and would stand in front of `--json`.
    """
    import highspy

    sys.stdout.flush()
    kept, nowhere = os.dup(1), os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 1)
        highspy.Highs()
    finally:
        os.dup2(kept, 1)
        os.close(kept)
        os.close(nowhere)


def _column_bounds(problem: Problem, columns: int) -> tuple[Float64Array, Float64Array]:
    low, high = np.zeros(columns), np.ones(columns)
    wishes = 2 * sum(row.price is not None for row in problem.rows)
    low[problem.pins], high[problem.forbidden] = 1.0, 0.0
    high[len(problem.edges) : len(problem.edges) + wishes] = np.inf
    return low, high


def stage_costs(problem: Problem, stage: Stage) -> Float64Array:
    """Return the worth of each column in one stage: the edges, then minus the price of each shortfall.

    The columns after these (whether a team is open) are worth nothing by themselves.
    """
    prices = [float(row.price) for row in problem.rows if row.price is not None for _ in range(2)]
    fines = np.array(prices if stage.counts_shortfalls else [0.0] * len(prices))
    return np.concatenate([stage.weights.astype(float), -fines])


def _solve_stage(
    highs: Highs, problem: Problem, stage: Stage, *, left: tuple[float, Int64Array | None], claim: Claimed
) -> Int64Array | None:
    """Maximise one stage; return the best whole plan so far and note what HiGHS claims."""
    import highspy

    seconds, plan = left
    costs = stage_costs(problem, stage)
    highs.changeColsCost(len(costs), np.arange(len(costs), dtype=np.int32), costs)
    highs.setOptionValue("time_limit", float(highs.getRunTime() + seconds))
    highs.run()
    status, told = highs.getModelStatus(), highs.getInfo()
    if status in (highspy.HighsModelStatus.kInfeasible, highspy.HighsModelStatus.kUnboundedOrInfeasible):
        claim.outcome = "infeasible" if not claim.bounds else "feasible"
        return plan
    done = status == highspy.HighsModelStatus.kOptimal
    mixed = bool(len(highs.getLp().integrality_))
    ceiling = told.mip_dual_bound if mixed else (told.objective_function_value if done else np.inf)
    claim.bounds.append(float(ceiling) if np.isfinite(ceiling) else None)
    if not done:
        claim.outcome = "feasible"
    if told.primal_solution_status != int(highspy.SolutionStatus.kSolutionStatusFeasible):
        return plan
    return _better(problem, stage, np.array(highs.getSolution().col_value), plan)


def _better(problem: Problem, stage: Stage, values: Float64Array, plan: Int64Array | None) -> Int64Array:
    """Return the plan that the values round to, unless the one we had is worth more in this stage."""
    found = np.flatnonzero(values[: len(problem.edges)] > 0.5).astype(np.int64)
    if plan is not None and problem.value(stage, found) < problem.value(stage, plan):
        return plan
    return found


def _hold(highs: Highs, problem: Problem, stage: Stage, value: int) -> None:
    """Add the row that keeps this stage at its value."""
    costs = stage_costs(problem, stage)
    used = np.flatnonzero(costs).astype(np.int32)
    highs.addRow(float(value), float("inf"), len(used), used, costs[used])
