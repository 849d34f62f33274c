"""The best filling of one hour budget, exactly: a table over the hours, in whole numbers.

A package with a budget is a knapsack (Bellman's recursion). Its best filling at given prices is a much lower ceiling
than an hour price alone, and as certain: it holds whatever the prices are.
"""

from __future__ import annotations

import numpy as np

from matching.planning.problem import Int64Array

__all__ = ["MOST_HOURS", "best_filling", "with_and_without", "worth_by_hours"]

MOST_HOURS = 20_000
"""A budget above this many hours gets no table; its hour price alone then gives the ceiling."""


def worth_by_hours(hours: Int64Array, gain: Int64Array, budget: int) -> Int64Array:
    """Return the most that pairs can gain within 0, 1, ... `budget` hours, each pair at most once."""
    table = np.zeros(budget + 1, np.int64)
    for needed, worth in _useful(hours, gain, budget):
        np.maximum(table[needed:], table[: budget + 1 - needed] + worth, out=table[needed:])
    return table


def best_filling(hours: Int64Array, gain: Int64Array, budget: int) -> Int64Array:
    """Return the positions, ascending, of the pairs of a best filling."""
    useful = np.flatnonzero((gain > 0) & (hours <= budget))
    if int(hours[useful].sum()) <= budget:
        return useful.astype(np.int64)
    table, taken = np.zeros(budget + 1, np.int64), np.zeros((len(useful), budget + 1), np.bool_)
    for row, (needed, worth) in enumerate(zip(hours[useful].tolist(), gain[useful].tolist(), strict=True)):
        with_it = table[: budget + 1 - needed] + worth
        np.greater(with_it, table[needed:], out=taken[row, needed:])
        table[needed:] = np.maximum(with_it, table[needed:])
    left, chosen = budget, list[int]()
    for row in range(len(useful) - 1, -1, -1):
        if taken[row, left]:
            chosen.append(int(useful[row]))
            left -= int(hours[useful[row]])
    return np.array(chosen[::-1], np.int64)


NEVER = -(2**60)
"""What a filling is worth that does not fit."""


def with_and_without(hours: Int64Array, gain: Int64Array, budget: int) -> tuple[int, Int64Array, Int64Array]:
    """Return what the best filling gains, the best with each pair and the best without it; NEVER where none fits."""
    useful = np.flatnonzero((gain > 0) & (hours <= budget))
    before = _tables(hours[useful], gain[useful], budget)
    after = _tables(hours[useful][::-1], gain[useful][::-1], budget)[::-1]
    most = before[-1]
    with_it, without = np.full(len(hours), NEVER, np.int64), np.full(len(hours), most[-1], np.int64)
    fits = hours <= budget
    with_it[fits] = most[budget - hours[fits]] + gain[fits]
    back = after[1:, ::-1]
    without[useful] = (before[:-1] + back).max(1)
    at = np.arange(budget + 1) + hours[useful][:, None]
    rest = np.where(at <= budget, np.take_along_axis(back, np.minimum(at, budget), axis=1), NEVER)
    with_it[useful] = (before[:-1] + rest).max(1) + gain[useful]
    return int(most[-1]), with_it, without


def _tables(hours: Int64Array, gain: Int64Array, budget: int) -> Int64Array:
    """Return the worth by hours of the first 0, 1, ... pairs."""
    tables = np.zeros((len(hours) + 1, budget + 1), np.int64)
    for row, (needed, worth) in enumerate(zip(hours.tolist(), gain.tolist(), strict=True)):
        tables[row + 1, :needed] = tables[row, :needed]
        np.maximum(tables[row, needed:], tables[row, : budget + 1 - needed] + worth, out=tables[row + 1, needed:])
    return tables


def _useful(hours: Int64Array, gain: Int64Array, budget: int) -> list[tuple[int, int]]:
    use = (gain > 0) & (hours <= budget)
    return list(zip(hours[use].tolist(), gain[use].tolist(), strict=True))
