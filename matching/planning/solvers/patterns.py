"""Hour budgets by patterns: whole fillings of a package are the columns, made as prices ask for them.

The relaxation over fillings (Dantzig-Wolfe) lies far closer to the best whole plan than hours as a row: its prices
close most gaps, and a whole-number search over the fillings that came up is nearly always the best plan.
"""

from __future__ import annotations

from dataclasses import replace
from math import floor, isfinite
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from matching.planning.certificate import violations
from matching.planning.fillings import MOST_HOURS, best_filling
from matching.planning.prices import Prices, Proof, Split, bound, reduced
from matching.planning.problem import NO_BUDGET, Int64Array, Problem
from matching.planning.solvers.clock import Clock
from matching.planning.solvers.exchange import exchanged
from matching.planning.solvers.highs import stage_costs, without_banner
from matching.planning.solvers.priced import whole_prices
from matching.planning.solvers.triplets import limits

if TYPE_CHECKING:
    from highspy import Highs

__all__ = ["has_patterns", "solve_patterns"]

Float64Array = npt.NDArray[np.float64]

_ROUNDS = 1_000
_SMOOTH = 0.7
"""Share of the best prices so far in the prices that are tried next (Wentges 1997); it halves the rounds."""

_ROUNDING = 1e-6
_WHOLE = 1e-5
_BRANCHES = 400
_FARTHEST = 20.0
"""What lacking a place that a floor asks for costs, in times the heaviest weight, so that every round has a plan."""


def has_patterns(problem: Problem) -> bool:
    """Return whether fillings can help: an hour budget binds, and no exclusive packages do."""
    budgeted = (problem.budgets != NO_BUDGET) & (problem.budgets <= MOST_HOURS)
    return bool(budgeted.any()) and not len(problem.exclusive)


def solve_patterns(
    problem: Problem, at: tuple[int, tuple[int, ...]], plan: Int64Array | None, clock: Clock
) -> tuple[Proof | None, Int64Array | None]:
    """Return a proof and a plan of one stage, the stages before it held at their values: `at` is both.

    The proof is a tree: a fractional pair is chosen on one side and forbidden on the other, until the prices of a
    branch show that nothing better hides there. Anyone can check it; the plan is a claim. Either may be None.
    """
    search = _Search(problem, _Master(problem, *at), plan, clock)
    proof = search.branch(problem, None)
    return proof, search.plan


class _Search:
    """Branch and price, depth first; `plan` is the best whole plan so far and `value` what it reaches."""

    def __init__(self, problem: Problem, master: _Master, plan: Int64Array | None, clock: Clock) -> None:
        self.problem, self.master, self.clock = problem, master, clock
        self.plan: Int64Array | None = None
        self.value: int | None = None
        self.branches = 0
        if plan is not None:
            master.add_plan(plan)
            self.offer(plan)

    def offer(self, plan: Int64Array) -> None:
        """Keep a plan, or what moves by hand make of it, when it is worth more."""
        self._keep(plan)
        self._keep(exchanged(self.problem, self.master.stage, plan, self.clock))

    def _keep(self, plan: Int64Array) -> None:
        """Keep a plan when it breaks nothing, holds the earlier stages and is worth more."""
        stage, reached = self.master.stage, self.master.reached
        values = [self.problem.value(s, plan) for s in self.problem.stages[: stage + 1]]
        if any(v < r for v, r in zip(values, reached, strict=False)) or violations(self.problem, plan):
            return
        if self.value is None or values[stage] > self.value:
            self.plan, self.value = plan, values[stage]

    def branch(self, node: Problem, known: Prices | None) -> Proof | None:
        """Return the proof of one branch; the prices of the branch above stand in when the time is up."""
        if self.clock.over:
            return known
        self.branches += 1
        prices, ceiling, shares = self.priced(node, known)
        if prices is None or shares is None or (self.value is not None and _at_most(ceiling, self.value)):
            return prices
        edge = _most_doubtful(shares)
        if edge is None:
            self.offer(np.flatnonzero(shares > 0.5).astype(np.int64))
            return prices
        if self.branches > _BRANCHES or self.clock.over:
            return prices
        chosen = self.branch(replace(node, pins=np.append(node.pins, edge)), prices)
        if self.value is not None and _at_most(ceiling, self.value):
            return prices
        left = self.branch(replace(node, forbidden=np.append(node.forbidden, edge)), prices)
        return Split(edge=edge, chosen=chosen or prices, left=left or prices)

    def priced(self, node: Problem, known: Prices | None) -> tuple[Prices | None, float, Float64Array | None]:
        """Return the best prices of a branch, their ceiling, and the share of each edge in the best mix of fillings.

        Columns are added until the ceiling rounds to what the mix is worth, or to no more than the best plan.
        """
        master, best, steady, shares = self.master, known, None, None
        master.enter(node)
        ceiling = float("inf") if known is None else _ceiling(node, known, master.reached)
        for _ in range(_ROUNDS):
            value, duals = master.relaxed(self.clock)
            if duals is None:
                break
            shares = master.shares()
            mixed = duals if steady is None else _SMOOTH * steady + (1 - _SMOOTH) * duals
            for tried in (mixed, duals):
                prices = master.prices(tried)
                found = _ceiling(node, prices, master.reached)
                if best is None or found < ceiling:
                    best, ceiling, steady = prices, found, tried
                if master.add_fillings(prices):
                    break
            else:
                break
            done = _at_most(ceiling, floor(value + _ROUNDING)) or (
                self.value is not None and _at_most(ceiling, self.value)
            )
            if done or self.clock.over:
                break
        return best, ceiling, shares


def _at_most(ceiling: float, value: int) -> bool:
    """Return whether a ceiling, rounded down, leaves nothing above a value."""
    return isfinite(ceiling) and floor(ceiling) <= value


def _most_doubtful(shares: Float64Array) -> int | None:
    """Return the edge nearest to being chosen that is not, None when every share is whole."""
    open_ = np.flatnonzero((shares > _WHOLE) & (shares < 1 - _WHOLE))
    return int(open_[np.argmax(shares[open_])]) if len(open_) else None


def _ceiling(problem: Problem, prices: Prices, reached: tuple[int, ...]) -> float:
    """Return the ceiling on the last stage that these prices prove, before it is rounded down; infinite without."""
    whole = bound(problem, prices)
    if whole is None:
        return float("inf")
    return (whole - sum(m * v for m, v in zip(prices.multipliers, reached, strict=False))) / prices.multipliers[-1]


class _Master:
    """The relaxation over fillings; columns are the edges of packages without a budget, shortfalls, then fillings."""

    def __init__(self, problem: Problem, stage: int, reached: tuple[int, ...]) -> None:
        self.problem, self.stage, self.reached = problem, stage, reached[:stage]
        self.budgeted = np.flatnonzero((problem.budgets != NO_BUDGET) & (problem.budgets <= MOST_HOURS))
        self._rows_and_columns()
        self.fillings: list[Int64Array] = []
        self.keys: list[tuple[int, ...]] = []
        self._known: set[tuple[int, ...]] = set()
        self.node = problem
        self.highs = self._loaded()

    def _rows_and_columns(self) -> None:
        """Lay out people, packages, side rows, earlier stages, and one row per filled package."""
        from scipy.sparse import csc_array, csr_array, vstack

        problem, budgets = self.problem, self.problem.budgets.copy()
        budgets[self.budgeted] = NO_BUDGET
        self.unfilled = replace(problem, budgets=budgets)
        rows = limits(self.unfilled)
        self.low, self.high = rows.low, rows.high
        base = csr_array((rows.value.astype(float), (rows.row, rows.column)), shape=(len(rows.low), rows.columns))
        held = [stage_costs(problem, problem.stages[n]) for n in range(self.stage)]
        parts = [base, *(csr_array(cost.reshape(1, -1)) for cost in held)]
        self.low = np.concatenate([self.low, np.array(self.reached, float)])
        self.high = np.concatenate([self.high, np.full(len(held), np.inf)])
        self.matrix = csc_array(vstack(parts)) if held else csc_array(base)
        self.costs = stage_costs(problem, problem.stages[self.stage])
        inside = np.zeros(problem.packages, np.bool_)
        inside[self.budgeted] = True
        self.filled = inside[problem.edges.package]
        self.plain = np.concatenate([np.flatnonzero(~self.filled), np.arange(len(problem.edges), rows.columns)])

    def _loaded(self) -> Highs:
        """Return HiGHS with the rows, the plain columns and one column that makes up for each floor."""
        import highspy

        without_banner()
        highs = highspy.Highs()
        for name, value in {"output_flag": False, "threads": 1, "random_seed": 0, "mip_rel_gap": 0.0}.items():
            highs.setOptionValue(name, value)
        highs.setOptionValue("mip_abs_gap", 0.0)
        nothing, none = np.zeros(0, np.int32), np.zeros(0)
        for low, high in zip(self.low.tolist(), self.high.tolist(), strict=True):
            highs.addRow(low, high, 0, nothing, none)
        for _ in self.budgeted:
            highs.addRow(-np.inf, 1.0, 0, nothing, none)
        highs.changeObjectiveSense(highspy.ObjSense.kMaximize)
        high = np.ones(len(self.costs))
        high[len(self.problem.edges) :] = np.inf
        for column in self.plain.tolist():
            rows, values = self._column(np.array([column]))
            highs.addCol(float(self.costs[column]), 0.0, high[column], len(rows), rows, values)
        self.makeup = int(np.isfinite(self.low).sum())
        fine = -_FARTHEST * (1.0 + float(np.abs(self.costs).max(initial=0)))
        for row in np.flatnonzero(np.isfinite(self.low)).tolist():
            highs.addCol(fine, 0.0, np.inf, 1, np.array([row], np.int32), np.ones(1))
        return highs

    def _column(self, columns: npt.NDArray[np.int64]) -> tuple[npt.NDArray[np.int32], Float64Array]:
        """Return rows and values of the sum of these columns."""
        total = np.asarray(self.matrix[:, columns].sum(axis=1)).reshape(-1)
        rows = np.flatnonzero(total).astype(np.int32)
        return rows, total[rows]

    def _add(self, package: int, edges: Int64Array) -> bool:
        """Add one filling of a package; False when it was there."""
        key = (package, *edges.tolist())
        if key in self._known:
            return False
        self._known.add(key)
        self.keys.append(key)
        rows, values = self._column(edges)
        mine = len(self.low) + int(np.searchsorted(self.budgeted, package))
        rows, values = np.append(rows, np.int32(mine)).astype(np.int32), np.append(values, 1.0)
        self.highs.addCol(float(self.costs[edges].sum()), 0.0, np.inf, len(rows), rows, values)
        self.fillings.append(edges)
        return True

    def add_plan(self, plan: Int64Array) -> None:
        """Add the fillings of a plan."""
        for package in self.budgeted.tolist():
            self._add(package, plan[self.problem.edges.package[plan] == package])

    def add_fillings(self, prices: Prices) -> int:
        """Add the best filling of every package at these prices; return how many were new."""
        problem, gain = self.node, reduced(self.node, prices)
        free, new = problem.open & self.filled, 0
        for package in self.budgeted.tolist():
            pins = problem.pins[problem.edges.package[problem.pins] == package]
            mine = np.flatnonzero(free & (problem.edges.package == package))
            left = int(problem.budgets[package] - problem.hours[pins].sum())
            chosen = mine[best_filling(problem.hours[mine], gain[mine], left)]
            new += self._add(package, np.sort(np.concatenate([pins, chosen])))
        return new

    def relaxed(self, clock: Clock) -> tuple[float, Float64Array | None]:
        """Return the value and the duals of the rows at the best mix of fillings; None when there is none."""
        import highspy

        self.highs.setOptionValue("time_limit", float(self.highs.getRunTime() + clock.left))
        self.highs.run()
        if self.highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return 0.0, None
        duals = np.array(self.highs.getSolution().row_dual, dtype=float)
        return float(self.highs.getInfo().objective_function_value), duals

    def prices(self, duals: Float64Array) -> Prices:
        """Return duals as whole prices."""
        return whole_prices(self.unfilled, self.stage, duals[: len(self.low)])

    def enter(self, node: Problem) -> None:
        """Go to a branch: only fillings and columns that its pins and vetoes allow may be used."""
        self.node = node
        self.unfilled = replace(node, budgets=self.unfilled.budgets)
        pinned, forbidden = set(node.pins.tolist()), set(node.forbidden.tolist())
        asked: dict[int, set[int]] = {package: set() for package in self.budgeted.tolist()}
        for edge in pinned:
            asked.get(int(self.problem.edges.package[edge]), set()).add(edge)
        first = len(self.plain) + self.makeup
        fits = [asked[package] <= set(edges) and forbidden.isdisjoint(edges) for package, *edges in self.keys]
        numbers = np.arange(first, first + len(fits), dtype=np.int32)
        self.highs.changeColsBounds(len(fits), numbers, np.zeros(len(fits)), np.where(fits, np.inf, 0.0))
        for column in np.flatnonzero(self.plain < len(self.problem.edges)).tolist():
            edge = int(self.plain[column])
            self.highs.changeColBounds(column, float(edge in pinned), float(edge not in forbidden))
        for place, package in enumerate(self.budgeted.tolist()):
            self.highs.changeRowBounds(len(self.low) + place, 1.0 if asked[package] else -np.inf, 1.0)
            self._add(package, np.array(sorted(asked[package]), np.int64))

    def shares(self) -> Float64Array:
        """Return how much of each edge the best mix uses."""
        values = np.array(self.highs.getSolution().col_value)
        total = np.zeros(len(self.problem.edges))
        plain = self.plain < len(total)
        total[self.plain[plain]] = values[: len(self.plain)][plain]
        first = len(self.plain) + self.makeup
        for number in np.flatnonzero(values[first:] > _ROUNDING).tolist():
            total[self.fillings[number]] += values[first + number]
        return total
