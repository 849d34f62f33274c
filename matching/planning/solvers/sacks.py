"""Many hour budgets filled at once: the tables of all packages of several branches side by side, one person a step.

The same recursion as `fillings`, in floating point over whole numbers below 2 to the power 53, which is exact.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from matching.planning.problem import Int64Array

__all__ = ["INSIDE", "OPEN", "OUTSIDE", "Filled", "Sacks"]

Float64Array = npt.NDArray[np.float64]
Int8Array = npt.NDArray[np.int8]
BoolArray = npt.NDArray[np.bool_]

OUTSIDE, OPEN, INSIDE = 0, 1, 2
"""What a branch says of a pair: forbidden, undecided, chosen."""

_NEVER = -(2**29)
_SMALL = 2**29
"""Below this sum of gains the tables are kept in 32 bits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Lists:
    """Per filling what it may gain from, the longest list first: `row` and `column` of each pair, its `place` in it.

    hours and gain [place, row] with zeros after the end; `wide` [place]: rows that have as much; `room` [row]: hours
    left, below 0 where chosen pairs overflow; `order` [row]: which filling of which branch it is.
    """

    order: Int64Array
    wide: list[int]
    row: Int64Array
    column: Int64Array
    place: Int64Array
    hours: Int64Array
    gain: Float64Array
    room: Int64Array


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """The best fillings of some branches: `worth` [branch] together, `takes` [branch, package, person]."""

    worth: Float64Array
    takes: BoolArray
    gain: Float64Array
    state: Int8Array
    lists: _Lists
    tables: Float64Array


class Sacks:
    """The hours of every pair [package, person] and the budget of every package."""

    def __init__(self, hours: Int64Array, budgets: Int64Array) -> None:
        self.hours, self.budgets = hours, budgets
        self.packages, self.people = hours.shape
        self.most, self.longest = int(budgets.max(initial=0)), int(hours.max(initial=0))
        self.width = self.longest + self.most + 1

    def filled(self, gain: Float64Array, state: Int8Array) -> Filled:
        """Return the best fillings of branches at a gain per pair [branch, package, person]."""
        lists = self._lists(gain, state)
        tables = self._tables(lists.hours, lists.gain, lists.wide)
        count, each = len(lists.room), np.arange(len(lists.room))
        left = self.longest + np.maximum(lists.room, 0)
        worth = np.empty(count)
        worth[lists.order] = np.where(lists.room < 0, -np.inf, tables[-1][each, left])
        total = worth.reshape(len(gain), self.packages).sum(1) + np.where(state == INSIDE, gain, 0.0).sum((1, 2))
        taken = np.zeros((len(lists.gain), count), np.bool_)
        for step in range(len(lists.gain) - 1, -1, -1):
            wide = lists.wide[step]
            mine, at = each[:wide], left[:wide]
            taken[step, :wide] = tables[step + 1][mine, at] != tables[step][mine, at]
            left[:wide] -= taken[step, :wide] * lists.hours[step, :wide]
        takes = state == INSIDE
        takes.reshape(count, self.people)[lists.order[lists.row], lists.column] = taken[lists.place, lists.row]
        return Filled(worth=total, takes=takes, gain=gain, state=state, lists=lists, tables=tables)

    def _lists(self, gain: Float64Array, state: Int8Array) -> _Lists:
        count = len(gain) * self.packages
        room = (self.budgets - ((state == INSIDE) * self.hours).sum(2)).reshape(count)
        useful = (state == OPEN) & (gain > 0) & (self.hours <= room.reshape(-1, self.packages, 1))
        useful = useful.reshape(count, self.people)
        sizes = useful.sum(1)
        order = np.argsort(-sizes, kind="stable")
        sizes = sizes[order]
        row, column = np.nonzero(useful[order])
        place = np.arange(len(row)) - (np.cumsum(sizes) - sizes)[row]
        shape = (int(sizes.max(initial=0)), count)
        hours, gains = np.zeros(shape, np.int64), np.zeros(shape)
        hours[place, row] = self.hours[order[row] % self.packages, column]
        gains[place, row] = gain.reshape(count, self.people)[order[row], column]
        if gains.sum(0).max(initial=0) < _SMALL:
            gains = gains.astype(np.int32)
        wide = np.searchsorted(-sizes, -np.arange(shape[0])).tolist()
        return _Lists(
            order=order, wide=wide, row=row, column=column, place=place, hours=hours, gain=gains, room=room[order]
        )

    def _tables(self, hours: Int64Array, gain: Float64Array, wide: list[int]) -> Float64Array:
        """Return per number of steps, filling and hours (after a margin that is never reached) the most worth."""
        steps, count = gain.shape
        tables = np.empty((steps + 1, count, self.width), gain.dtype)
        tables[0], tables[:, :, : self.longest] = 0, _NEVER if gain.dtype == np.int32 else -1e18
        at = np.arange(count)[:, None] * self.width + np.arange(self.longest, self.width)
        index, with_it = np.empty_like(at), np.empty(at.shape, gain.dtype)
        for step in range(steps):
            n = wide[step]
            before, after = tables[step], tables[step + 1]
            np.subtract(at[:n], hours[step, :n, None], out=index[:n])
            before.reshape(-1).take(index[:n], out=with_it[:n], mode="clip")
            with_it[:n] += gain[step, :n, None]
            np.maximum(before[:n, self.longest :], with_it[:n], out=after[:n, self.longest :])
            after[n:, self.longest :] = before[n:, self.longest :]
        return tables

    def losses(self, filled: Filled) -> tuple[Float64Array, Float64Array]:
        """Return per undecided pair what choosing it costs its filling, and what leaving it out costs; both >= 0."""
        lists, tables, branches = filled.lists, filled.tables, len(filled.gain)
        count, room, order = len(lists.room), np.maximum(lists.room, 0), lists.order
        top = tables[-1][np.arange(count), self.longest + room].astype(float)
        inside, outside = np.full((count, self.people), np.inf), np.zeros((count, self.people))
        gain, hours = filled.gain.reshape(count, self.people)[order], np.tile(self.hours, (branches, 1))[order]
        state = filled.state.reshape(count, self.people)[order]
        row, column = np.nonzero((state == OPEN) & (gain <= 0) & (hours <= lists.room[:, None]))
        without = tables[-1][row, self.longest + room[row] - hours[row, column]]
        inside[order[row], column] = top[row] - without - gain[row, column]
        with_it, without_it = self._with_and_without(lists, tables, room)
        inside[order[lists.row], lists.column] = top[lists.row] - with_it[lists.place, lists.row]
        outside[order[lists.row], lists.column] = top[lists.row] - without_it[lists.place, lists.row]
        return inside.reshape(filled.gain.shape), outside.reshape(filled.gain.shape)

    def _with_and_without(
        self, lists: _Lists, tables: Float64Array, room: Int64Array
    ) -> tuple[Float64Array, Float64Array]:
        """Return per listed pair the best filling that has it and the best that has not."""
        steps, count = lists.gain.shape
        after = self._after(lists)
        first = np.arange(count)[:, None] * self.width
        rest = first + np.maximum(self.longest + room[:, None] - np.arange(self.most + 1), 0)
        with_it, without_it = np.empty((steps, count)), np.empty((steps, count))
        for step in range(steps):
            n = lists.wide[step]
            before, later = tables[step, :n, self.longest :], after[step + 1].reshape(-1)
            without_it[step, :n] = (before + later.take(rest[:n])).max(1)
            less = np.maximum(rest[:n] - lists.hours[step, :n, None], first[:n])
            with_it[step, :n] = (before + later.take(less)).max(1) + lists.gain[step, :n]
        return with_it, without_it

    def _after(self, lists: _Lists) -> Float64Array:
        """Return the tables of what comes at or after each step."""
        steps, count = lists.gain.shape
        tables = np.empty((steps + 1, count, self.width), lists.gain.dtype)
        tables[-1], tables[:, :, : self.longest] = 0, _NEVER if lists.gain.dtype == np.int32 else -1e18
        at = np.arange(count)[:, None] * self.width + np.arange(self.longest, self.width)
        with_it = np.empty(at.shape, lists.gain.dtype)
        for step in range(steps - 1, -1, -1):
            n = lists.wide[step]
            later, now = tables[step + 1], tables[step]
            later.reshape(-1).take(at[:n] - lists.hours[step, :n, None], out=with_it[:n], mode="clip")
            with_it[:n] += lists.gain[step, :n, None]
            np.maximum(later[:n, self.longest :], with_it[:n], out=now[:n, self.longest :])
            now[n:, self.longest :] = 0
        return tables
