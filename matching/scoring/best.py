"""The best k of every package and of every candidate, exact with ties, in one pass over blocks of totals."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from matching.scoring.lot import PACKED_BITS, TOTAL_BITS, Lot, Packed, pair_draw

GROUPS = 64
PADDED_CELLS = 8_000_000
SURVIVORS = 3_000_000

Totals = NDArray[np.int32]
Places = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Best:
    """The best of every package and of every candidate, best first; -1 where there are fewer.

    `candidates` holds candidate rows, shape (packages, k), with `candidate_totals`; `packages` holds package rows,
    shape (candidates, k), with `package_totals`.
    """

    candidates: NDArray[np.int32]
    candidate_totals: Totals
    packages: NDArray[np.int32]
    package_totals: Totals

    def edges(self) -> Edges:
        """Return every pair that is among the best of its package or of its candidate, each once."""
        package = np.concatenate([_line_of(self.candidates), self.packages.ravel()]).astype(np.int64)
        candidate = np.concatenate([self.candidates.ravel(), _line_of(self.packages)]).astype(np.int64)
        total = np.concatenate([self.candidate_totals.ravel(), self.package_totals.ravel()])
        there = np.flatnonzero((package >= 0) & (candidate >= 0))
        _, once = np.unique(package[there] << 32 | candidate[there], return_index=True)
        return _sorted_edges(package[there][once], candidate[there][once], total[there][once].astype(np.int64))


def _line_of(table: NDArray[np.int32]) -> NDArray[np.int64]:
    return np.repeat(np.arange(len(table)), table.shape[1])


@dataclass(frozen=True, eq=False)
class Edges:
    """Pairs with their neutral totals, by package and then by candidate; each array has shape (pairs,)."""

    package: NDArray[np.int32]
    candidate: NDArray[np.int32]
    total: Totals

    def __len__(self) -> int:
        return len(self.total)


def edges_of_blocks(blocks: Iterable[tuple[NDArray[np.intp], Totals]], people: int) -> Edges:
    """Return every possible pair of blocks of totals (package rows, shape (rows, people or more))."""
    packages, candidates, totals = [], [], []
    for rows, block in blocks:
        at, person = np.nonzero(block[:, :people] >= 0)
        packages.append(rows[at])
        candidates.append(person)
        totals.append(block[at, person])
    return _sorted_edges(_joined(packages), _joined(candidates), _joined(totals))


def _joined(parts: list[NDArray[np.int64]] | list[NDArray[np.intp]] | list[Totals]) -> NDArray[np.int64]:
    return np.concatenate([*parts, np.zeros(0, dtype=np.int64)]).astype(np.int64)


def _sorted_edges(package: Places, candidate: Places, total: Places) -> Edges:
    order = np.lexsort((candidate, package))
    return Edges(*(part[order].astype(np.int32) for part in (package, candidate, total)))


@dataclass(eq=False)
class Leaders:
    """The best k packed numbers of each line so far; `bar` is the total that a newcomer must reach."""

    lines: int
    k: int
    kept: Packed = field(init=False)
    bar: Totals = field(init=False)

    def __post_init__(self) -> None:
        self.kept = np.full((self.lines, self.k), -1, dtype=np.int64)
        self.bar = np.zeros(self.lines, dtype=np.int32)

    def add(self, line: Places, packed: Packed) -> None:
        """Let packed numbers of lines (in any order) compete for a place among the best k of their line."""
        small = line.astype(np.uint16) if self.lines <= 1 << 16 else line
        order = np.argsort(small, kind="stable")
        line, packed = line[order], packed[order]
        touched, start, count = np.unique(line, return_index=True, return_counts=True)
        for part in _parts(count):
            self._compete(touched[part], start[part], count[part], packed)

    def _compete(self, touched: Places, start: Places, count: Places, packed: Packed) -> None:
        width = int(count.max())
        arena = np.full((len(touched), self.k + width), -1, dtype=np.int64)
        arena[:, : self.k] = self.kept[touched]
        row = np.repeat(np.arange(len(touched)), count)
        within = np.arange(len(row)) - np.repeat(np.cumsum(count) - count, count)
        arena[row, self.k + within] = packed[np.repeat(start, count) + within]
        if width:
            arena = np.partition(arena, width - 1, axis=1)[:, width:]
        self.kept[touched] = arena
        self.bar[touched] = np.maximum(arena.min(axis=1) >> (PACKED_BITS - TOTAL_BITS), 0)

    def ranked(self) -> Packed:
        """Return the best k of every line, best first; -1 where there are fewer."""
        return -np.sort(-self.kept, axis=1)


@dataclass(eq=False)
class BothWays:
    """A running contest over blocks of totals, of every package and of every candidate."""

    packages: Lot
    candidates: Lot
    k: int
    by_package: Leaders = field(init=False)
    by_candidate: Leaders = field(init=False)

    def __post_init__(self) -> None:
        self.by_package = Leaders(len(self.packages.ids), self.k)
        self.by_candidate = Leaders(len(self.candidates.ids), self.k)

    def offer(self, rows: Places, block: Totals) -> None:
        """Let a block compete: totals of these package rows, shape (rows, people padded with -1 to whole groups)."""
        bar = np.maximum(self.by_package.bar[rows], bar_of_lines(block, self.k))
        self._offer(rows, block, block >= bar[:, None], self.by_package)
        people = len(self.candidates.ids)
        edge = np.zeros(block.shape[1], dtype=np.int32)
        edge[:people] = self.by_candidate.bar
        if not edge.any():
            edge = np.maximum(edge, bar_of_columns(block, self.k))
        self._offer(rows, block, block >= edge[None, :], self.by_candidate)

    def _offer(self, rows: Places, block: Totals, stays: NDArray[np.bool_], leaders: Leaders) -> None:
        if len(rows) > 1 and np.count_nonzero(stays) > SURVIVORS:
            half = len(rows) // 2
            self._offer(rows[:half], block[:half], stays[:half], leaders)
            self._offer(rows[half:], block[half:], stays[half:], leaders)
            return
        flat = np.flatnonzero(stays)
        if not len(flat):
            return
        at, person = np.divmod(flat, block.shape[1])
        package, total = rows[at], block[at, person]
        draw = pair_draw(self.candidates.keys[person], self.packages.keys[package])
        if leaders is self.by_package:
            leaders.add(package, self.candidates.packed(total, draw, person))
        else:
            leaders.add(person, self.packages.packed(total, draw, package))

    def best(self) -> Best:
        """Return the result after all blocks were offered."""
        candidates, candidate_totals = self.candidates.unpacked(self.by_package.ranked())
        packages, package_totals = self.packages.unpacked(self.by_candidate.ranked())
        return Best(candidates, candidate_totals, packages, package_totals)


def bar_of_lines(block: Totals, k: int) -> Totals:
    """Return for each line a total that at least k of its cells reach (0 where that is not shown), shape (lines,).

    The k-th largest of the maxima of strided groups is such a total.
    """
    groups = groups_for(k)
    deep = block.shape[1] // groups
    if deep == 0 or block.shape[1] % groups:
        return np.zeros(len(block), dtype=np.int32)
    maxima: Totals = block.reshape(len(block), deep, groups).max(axis=1)
    return np.maximum(np.partition(maxima, groups - k, axis=1)[:, groups - k], 0)


def bar_of_columns(block: Totals, k: int) -> Totals:
    """Return the same for each column, shape (columns,)."""
    groups = groups_for(k)
    deep = len(block) // groups
    if deep == 0:
        return np.zeros(block.shape[1], dtype=np.int32)
    maxima = block[: deep * groups].reshape(deep, groups, block.shape[1]).max(axis=0)
    return np.asarray(np.maximum(np.partition(maxima, groups - k, axis=0)[groups - k], 0), dtype=np.int32)


def groups_for(k: int) -> int:
    """Return how many strided groups give a sharp bar for the best k."""
    return GROUPS * max(1, -(-2 * k // GROUPS))


def _parts(count: Places) -> list[slice]:
    """Cut lines into parts so that none takes too much memory when padded to its longest line."""
    parts, begin, widest = [], 0, 0
    for at, length in enumerate(count.tolist()):
        if (at - begin + 1) * max(widest, length) > PADDED_CELLS and at > begin:
            parts.append(slice(begin, at))
            begin, widest = at, 0
        widest = max(widest, length)
    return [*parts, slice(begin, len(count))]
