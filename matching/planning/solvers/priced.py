"""Prices from the linear relaxation: HiGHS finds them in floating point, rounding makes them whole, `prices` proves.

Whatever is lost by rounding only weakens the ceiling; it never makes it wrong.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from matching.planning.prices import Prices, reduced
from matching.planning.problem import NO_BUDGET, Int64Array, Problem, SideRow
from matching.planning.solvers.highs import load, stage_costs

__all__ = ["relaxed_prices", "rounded_prices", "tightened", "whole_prices"]

_LARGEST_SCALE_BITS = 20
_ROOM_BITS = 58


def relaxed_prices(problem: Problem, stage: int, reached: tuple[int, ...], *, seconds: float) -> Prices | None:
    """Return prices for one stage, with the stages before it held at the values `reached`; None when there are none."""
    import highspy

    highs = load(problem, whole=False)
    for number, value in enumerate(reached[:stage]):
        costs = stage_costs(problem, problem.stages[number])
        used = np.flatnonzero(costs).astype(np.int32)
        highs.addRow(float(value), float("inf"), len(used), used, costs[used])
    costs = stage_costs(problem, problem.stages[stage])
    highs.changeColsCost(len(costs), np.arange(len(costs), dtype=np.int32), costs)
    highs.setOptionValue("time_limit", float(max(seconds, 0.1)))
    highs.run()
    if highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return None
    duals = np.array(highs.getSolution().row_dual, dtype=float)
    return tightened(problem, whole_prices(problem, stage, duals))


def whole_prices(problem: Problem, stage: int, duals: npt.NDArray[np.float64]) -> Prices:
    """Return the duals as whole prices in units of 1/scale, each clipped to the sign its limit allows.

    The duals stand in the order of `limits`: people, packages, budgets, exclusive pairs, side rows, earlier stages.
    """
    scale = _scale(problem, stage)
    count = len(duals) - stage
    earlier = (int(max(-p, 0)) for p in np.rint(duals[count:] * scale).astype(np.int64))
    return rounded_prices(problem, duals[:count] * scale, multipliers=(*earlier, scale))


def rounded_prices(
    problem: Problem, duals: npt.NDArray[np.float64], *, multipliers: tuple[int, ...], scale: int = 1
) -> Prices:
    """Return prices of this goal in units of 1/scale, from duals in the order of `limits` without earlier stages."""
    priced = np.rint(duals * scale).astype(np.int64)
    people, packages = problem.candidates, problem.packages
    budgeted = np.flatnonzero(problem.budgets != NO_BUDGET)
    budget = np.zeros(packages, np.int64)
    budget[budgeted] = np.maximum(priced[people + packages : people + packages + len(budgeted)], 0)
    rows = priced[len(priced) - len(problem.rows) :]
    fine = scale * sum(m for m, s in zip(multipliers, problem.stages, strict=False) if s.counts_shortfalls)
    rows = np.array([_allowed(int(p), row, fine) for p, row in zip(rows, problem.rows, strict=True)], np.int64)
    floors = problem.least_places > 0
    return Prices(
        multipliers=multipliers,
        candidate=np.where(floors, priced[:people], np.maximum(priced[:people], 0)),
        package=np.maximum(priced[people : people + packages], 0),
        budget=budget,
        rows=rows,
        scale=scale,
    )


def _scale(problem: Problem, stage: int) -> int:
    heaviest = max(int(np.abs(problem.stages[stage].weights).max(initial=1)), 1)
    bits = (heaviest * max(problem.candidates + problem.packages, 1) * 64).bit_length()
    return int(2 ** max(0, min(_LARGEST_SCALE_BITS, _ROOM_BITS - bits)))


def _allowed(price: int, row: SideRow, fine: int) -> int:
    """Return the price clipped to what a row bears: no price without a bound, none above the fine of a wish."""
    worst = None if row.price is None else row.price * fine
    lowest = 0 if row.low is None or row.or_nothing else (price if worst is None else -worst)
    highest = 0 if row.high is None else (price if worst is None else worst)
    return max(min(price, highest), lowest)


def tightened(problem: Problem, prices: Prices) -> Prices:
    """Raise or lower the price of people who may have one place and no floor to the best that their pairs are worth."""
    simple = (problem.max_places == 1) & (problem.least_places == 0)
    pinned = np.zeros(problem.candidates, np.bool_)
    pinned[problem.edges.candidate[problem.pins]] = True
    simple &= ~pinned
    gain: Int64Array = reduced(problem, prices) + prices.scale * prices.candidate[problem.edges.candidate]
    best = np.zeros(problem.candidates, np.int64)
    np.maximum.at(best, problem.edges.candidate[problem.open], gain[problem.open])
    return Prices(
        multipliers=prices.multipliers,
        candidate=np.where(simple, best, prices.candidate),
        package=prices.package,
        budget=prices.budget,
        rows=prices.rows,
        scale=prices.scale,
    )
