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

_MOST_CELLS = 20_000_000
"""Hours times pairs of all packages above which they are filled one by one."""


def with_and_without(
    package: Int64Array, pairs: tuple[Int64Array, Int64Array], room: Int64Array
) -> tuple[Int64Array, Int64Array, Int64Array]:
    """Return per package what its best filling gains, per pair the best with it, and the best without it.

    `pairs` are the hours and the gain of each pair, `room` [packages] the hours there are, at least 0. NEVER where a
    pair does not fit.
    """
    hours, gain = pairs
    useful = np.flatnonzero((gain > 0) & (hours <= room[package]))
    useful = useful[np.argsort(package[useful], kind="stable")]
    sizes = np.bincount(package[useful], minlength=len(room))
    if len(room) > 1 and int(sizes.max(initial=0)) * len(room) * int(room.max(initial=0)) > _MOST_CELLS:
        return _one_by_one(package, pairs, room)
    place = np.arange(len(useful)) - (np.cumsum(sizes) - sizes)[package[useful]]
    needed, worth = (np.zeros((int(sizes.max(initial=0)), len(room)), np.int64) for _ in range(2))
    needed[place, package[useful]], worth[place, package[useful]] = hours[useful], gain[useful]
    margin, each = int(needed.max(initial=0)), np.arange(len(room))
    before = _tables(needed, worth, int(room.max(initial=0)))
    after = _tables(needed[::-1], worth[::-1], int(room.max(initial=0)))[::-1]
    most = before[-1]
    with_it, without = np.full(len(hours), NEVER, np.int64), most[package, margin + room[package]]
    fits = np.flatnonzero(hours <= room[package])
    with_it[fits] = most[package[fits], margin + (room[package] - hours)[fits]] + gain[fits]
    rest = margin + room[:, None] - np.arange(int(room.max(initial=0)) + 1)
    for chosen, less in ((without, 0 * needed), (with_it, needed)):
        at = np.maximum(rest - less[:, :, None], 0)
        best = (before[:-1, :, margin:] + np.take_along_axis(after[1:], at, axis=2)).max(2)
        chosen[useful] = best[place, package[useful]]
    with_it[useful] += gain[useful]
    return most[each, margin + room], with_it, without


def _one_by_one(
    package: Int64Array, pairs: tuple[Int64Array, Int64Array], room: Int64Array
) -> tuple[Int64Array, Int64Array, Int64Array]:
    hours, gain = pairs
    best, with_it, without = np.zeros_like(room), np.zeros_like(gain), np.zeros_like(gain)
    for number in range(len(room)):
        mine = np.flatnonzero(package == number)
        found = with_and_without(0 * package[mine], (hours[mine], gain[mine]), room[number : number + 1])
        best[number], with_it[mine], without[mine] = found[0][0], found[1], found[2]
    return best, with_it, without


def _tables(hours: Int64Array, gain: Int64Array, budget: int) -> Int64Array:
    """Return the worth of the first 0, 1, ... pairs [pairs, package, hours], after a margin of what never fits."""
    margin = int(hours.max(initial=0))
    tables = np.full((len(hours) + 1, hours.shape[1], margin + budget + 1), NEVER, np.int64)
    tables[0, :, margin:] = 0
    at = np.arange(hours.shape[1])[:, None] * tables.shape[2] + np.arange(margin, margin + budget + 1)
    for step, (needed, worth) in enumerate(zip(hours, gain, strict=True)):
        with_it = tables[step].reshape(-1).take(at - needed[:, None]) + worth[:, None]
        np.maximum(tables[step, :, margin:], with_it, out=tables[step + 1, :, margin:])
    return tables


def _useful(hours: Int64Array, gain: Int64Array, budget: int) -> list[tuple[int, int]]:
    use = (gain > 0) & (hours <= budget)
    return list(zip(hours[use].tolist(), gain[use].tolist(), strict=True))
