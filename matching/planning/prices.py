"""Prices of people and places, and the bound that follows from them for any plan whatever.

Weak duality: give every limit a price; then no plan can be worth more than the price of all the limits together plus
what single pairs are worth above the prices of their two sides. It holds for *any* prices, so prices need no trust.
Everything is integer arithmetic, so a bound is a proof.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TypeAlias

import numpy as np

from matching.planning.fillings import MOST_HOURS, worth_by_hours
from matching.planning.problem import NO_BUDGET, Int64Array, Problem, SideRow

__all__ = ["Prices", "Proof", "Sifted", "Split", "bound", "halves", "reduced", "standing"]

_SAFE = 2**61
"""Above this the sums could leave 64 bits; no bound is then claimed."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Prices:
    """Prices in units of 1/scale of the goal `sum over stages of multipliers x stage weights`.

    candidate [candidates], package [packages] (a place), budget [packages] (an hour), rows [side rows]; integers.
    """

    multipliers: tuple[int, ...]
    candidate: Int64Array
    package: Int64Array
    budget: Int64Array = field(default_factory=lambda: np.zeros(0, np.int64))
    rows: Int64Array = field(default_factory=lambda: np.zeros(0, np.int64))
    scale: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """A proof in two halves: every plan chooses this edge, or does not.

    With `row` instead of an edge: every plan brings this row, which may be empty, to its floor, or leaves it empty.
    """

    edge: int = -1
    row: int = -1
    chosen: Proof
    left: Proof


@dataclass(frozen=True, slots=True, kw_only=True)
class Sifted:
    """A proof in two steps: plans worth more than `at_most` keep to what the prices leave of the pairs; then the rest.

    Which pairs those are is worked out from the prices (`sifting.sifted`), never told.
    """

    prices: Prices
    at_most: int
    rest: Proof


Proof: TypeAlias = "Prices | Split | Sifted"
"""Prices, or a tree of them: what holds in both halves of every split holds for every plan."""


def halves(problem: Problem, split: Split) -> tuple[tuple[Problem, Proof], tuple[Problem, Proof]]:
    """Return the two questions of a split, each with its proof."""
    if split.row >= 0:
        return _opened(problem, split)
    chosen = replace(problem, pins=np.append(problem.pins, split.edge))
    left = replace(problem, forbidden=np.append(problem.forbidden, split.edge))
    return (chosen, split.chosen), (left, split.left)


def _opened(problem: Problem, split: Split) -> tuple[tuple[Problem, Proof], tuple[Problem, Proof]]:
    row = problem.rows[split.row]
    if not row.or_nothing:
        raise ValueError("only a row that may be empty can be split")
    rows = (*problem.rows[: split.row], replace(row, or_nothing=False), *problem.rows[split.row + 1 :])
    shut = np.union1d(problem.forbidden, row.edges[row.weights > 0])
    return (replace(problem, rows=rows), split.chosen), (replace(problem, forbidden=shut), split.left)


def reduced(problem: Problem, prices: Prices) -> Int64Array:
    """Return per edge what it is worth above the prices of everything it uses."""
    edges, gain = problem.edges, np.zeros(len(problem.edges), np.int64)
    for multiplier, stage in zip(prices.multipliers, problem.stages, strict=False):
        gain += prices.scale * multiplier * stage.weights
    gain -= prices.candidate[edges.candidate] + prices.package[edges.package]
    if len(prices.budget):
        gain -= np.where(problem.budgets == NO_BUDGET, 0, prices.budget)[edges.package] * problem.hours
    for row, price in zip(problem.rows, prices.rows, strict=False):
        np.subtract.at(gain, row.edges, int(price) * row.weights)
    return gain


def bound(problem: Problem, prices: Prices) -> int | None:
    """Return a ceiling on the goal over every plan within the limits; None when these prices prove nothing.

    The goal is the weighted sum of the stages, shortfalls priced where a stage counts them. Floor of the exact value.
    """
    if not _fits(problem, prices):
        return None
    gain = reduced(problem, prices)
    total = int(np.maximum(gain[problem.open], 0).sum()) + int(gain[problem.pins].sum())
    held_by, held_at = (
        np.bincount(side[problem.pins], minlength=size)
        for side, size in ((problem.edges.candidate, problem.candidates), (problem.edges.package, problem.packages))
    )
    total += _widest(prices.candidate, np.maximum(problem.least_places, held_by), problem.max_places)
    total += _widest(prices.package, held_at, problem.places)
    if len(prices.budget):
        budgets = np.maximum(problem.budgets, 0)
        total += _widest(prices.budget, np.zeros_like(budgets), budgets)
    total -= sum(by_price - by_filling for _, _, by_price, by_filling in _filled(problem, prices, gain))
    for number, row in enumerate(problem.rows):
        price = int(prices.rows[number]) if number < len(prices.rows) else 0
        part = _row(price, row, _fine(problem, prices, row.price))
        if part is None:
            return None
        total += part
    return total // prices.scale


def standing(problem: Problem, prices: Prices) -> Int64Array:
    """Return per edge, at most 0, how far below `bound` every plan with that edge stays, in units of 1/scale."""
    gain = reduced(problem, prices)
    below = np.minimum(gain, 0)
    below[problem.pins] = 0
    for edges, table, by_price, by_filling in _filled(problem, prices, gain):
        free = edges[problem.hours[edges] < len(table)]
        alone = _without_hour_price(problem, prices, gain, free)
        with_it = alone + table[len(table) - 1 - problem.hours[free]] - int(table[-1])
        lost = by_price - by_filling
        below[edges] = np.minimum(below[edges] + lost, 0)
        below[free] = np.minimum(below[free], with_it)
    return below


_Filled = tuple[Int64Array, Int64Array, int, int]
"""The open edges of a package, its table of worth by hours, and its ceilings by hour price and by best filling."""


def _filled(problem: Problem, prices: Prices, gain: Int64Array) -> Iterator[_Filled]:
    """Yield every package with a budget whose best filling is worth less than its hours cost."""
    budgeted = np.flatnonzero((problem.budgets != NO_BUDGET) & (problem.budgets <= MOST_HOURS))
    if not len(budgeted):
        return
    order = np.argsort(problem.edges.package, kind="stable")
    starts = np.searchsorted(problem.edges.package[order], np.arange(problem.packages + 1))
    free = problem.open
    pinned = np.bincount(
        problem.edges.package[problem.pins], weights=problem.hours[problem.pins], minlength=problem.packages
    )
    for package in budgeted.tolist():
        mine = order[starts[package] : starts[package + 1]]
        edges = mine[free[mine]].astype(np.int64)
        left = int(problem.budgets[package]) - int(pinned[package])
        alone = _without_hour_price(problem, prices, gain, edges)
        cost = int(prices.budget[package]) * left if len(prices.budget) else 0
        by_price = int(np.maximum(gain[edges], 0).sum()) + cost
        if left < 0 or (not cost and int(problem.hours[edges[alone > 0]].sum()) <= left):
            continue
        table = worth_by_hours(problem.hours[edges], alone, left)
        if int(table[-1]) < by_price:
            yield edges, table, by_price, int(table[-1])


def _without_hour_price(problem: Problem, prices: Prices, gain: Int64Array, edges: Int64Array) -> Int64Array:
    """Return the gain of these edges before their hours are paid."""
    if not len(prices.budget):
        return gain[edges]
    return np.asarray(gain[edges] + prices.budget[problem.edges.package[edges]] * problem.hours[edges], np.int64)


def _widest(price: Int64Array, least: Int64Array, most: Int64Array) -> int:
    return int(np.maximum(price * least, price * most).sum())


def _fine(problem: Problem, prices: Prices, price: int | None) -> int | None:
    """Return what one unit of shortfall costs in the goal, in units of 1/scale; None for a hard row."""
    if price is None:
        return None
    used = zip(prices.multipliers, problem.stages, strict=False)
    return prices.scale * price * sum(m for m, stage in used if stage.counts_shortfalls)


def _row(price: int, row: SideRow, fine: int | None) -> int | None:
    """Return the most a row can add at this price: the worst load minus the fine for leaving the bounds."""
    if price == 0:
        return 0
    side = row.high if price > 0 else row.low
    if side is None or (fine is not None and abs(price) > fine):
        return None
    return max(price * side, 0) if row.or_nothing else price * side


def _fits(problem: Problem, prices: Prices) -> bool:
    """Return whether no sum can leave 64 bits, judged in floating point with a wide margin."""
    largest = sum(
        abs(prices.scale * m) * float(np.abs(s.weights).max(initial=0))
        for m, s in zip(prices.multipliers, problem.stages, strict=False)
    )
    sides = [prices.candidate, prices.package, prices.rows]
    largest += sum(float(np.abs(a).max(initial=0)) for a in sides)
    if len(prices.budget):
        largest += float(np.abs(prices.budget).max(initial=0)) * float(problem.hours.max(initial=0) + 1)
    counted = max(len(problem.edges), int(problem.places.sum()), int(problem.max_places.sum()), 1)
    return largest * counted < _SAFE or _sums_fit(problem, prices, largest)


def _sums_fit(problem: Problem, prices: Prices, largest: float) -> bool:
    """Return the sharper test: single values fit, and the sums that are really taken fit."""
    if largest >= _SAFE:
        return False
    gain = reduced(problem, prices)
    sums = [float(np.maximum(gain, 0).astype(np.float64).sum())]
    sums.append(float((np.abs(prices.candidate).astype(np.float64) * problem.max_places).sum()))
    sums.append(float((np.abs(prices.package).astype(np.float64) * problem.places).sum()))
    if len(prices.budget):
        sums.append(float((np.abs(prices.budget).astype(np.float64) * np.maximum(problem.budgets, 0)).sum()))
    return sum(sums) < _SAFE
