"""A running contest over blocks of totals: the best k of every package and of every candidate, exact with ties.

Of every line (a package, or a candidate) the largest maxima of groups of its cells are kept. The k-th of them is a
total that k cells reach, so whatever is below it can be dropped at once; what is left is drawn and sorted later.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from matching.scoring.lot import PACKED_BITS, TOTAL_BITS, Keys, Lot, Packed, pair_draw

GROUPS = 64
ARENA_CELLS = 4_000_000
PENDING_PAIRS = 500_000
RANKED_LINES = 10_000

Totals = NDArray[np.int32]
Places = NDArray[np.int64]
Mask = NDArray[np.bool_]


def maxima_of_lines(block: Totals, groups: int) -> Totals:
    """Return the largest total of strided groups of the cells of each line, shape (lines, groups); -1 for none."""
    deep = block.shape[1] // groups
    found = np.full((len(block), groups), -1, dtype=np.int32)
    if deep:
        block[:, : deep * groups].reshape(len(block), deep, groups).max(axis=1, out=found)
    rest = block[:, deep * groups :]
    np.maximum(found[:, : rest.shape[1]], rest, out=found[:, : rest.shape[1]])
    return found


def maxima_of_columns(block: Totals, groups: int) -> Totals:
    """Return the same for each column, shape (groups, columns)."""
    found = np.full((groups, block.shape[1]), -1, dtype=np.int32)
    for start in range(0, len(block), groups):
        part = block[start : start + groups]
        np.maximum(found[: len(part)], part, out=found[: len(part)])
    return found


def groups_for(k: int) -> int:
    """Return how many strided groups give a sharp bar for the best k."""
    return GROUPS * max(1, -(-2 * k // GROUPS))


@dataclass(eq=False)
class Field:
    """The lines of one side, each with a contest among `others` for its best k.

    `peaks` holds the largest total of each strided group of the cells that were offered of a line, shape (groups,
    lines); `bar` the total that a newcomer must reach, `kept` the best packed numbers that are settled (-1 for none),
    and `pending` what came since: lines, others and totals. `draw` gives the draw of pairs from the numbers of their
    lines and others.
    """

    lines: Lot
    others: Lot
    k: int
    draw: Callable[[Keys, Keys], Keys]
    peaks: Totals = field(init=False)
    bar: Totals = field(init=False)
    kept: Packed = field(init=False)
    pending: list[tuple[NDArray[np.int32], NDArray[np.int32], Totals]] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        size = len(self.lines.ids)
        self.peaks = np.full((groups_for(self.k), size), -1, dtype=np.int32)
        self.bar = np.zeros(size, dtype=np.int32)
        self.kept = np.full((size, self.k), -1, dtype=np.int64)

    def raise_bar(self, lines: Places | slice, maxima: Totals) -> Totals:
        """Let maxima of groups of cells that are offered now (groups, lines) raise the bars of these lines.

        Return the bars. The k-th largest maximum is a total that k cells reach, because groups share no cells.
        """
        peaks = np.maximum(self.peaks[:, lines], maxima)
        self.peaks[:, lines] = peaks
        least = len(peaks) - self.k
        reached = np.ascontiguousarray(peaks.T)
        reached.partition(least, axis=1)
        bar = np.maximum(self.bar[lines], reached[:, least])
        self.bar[lines] = bar
        return np.asarray(bar, dtype=np.int32)

    def enter(self, line: Places, other: Places, total: Totals) -> None:
        """Let pairs compete that reached the bar of their line."""
        self.pending.append((line.astype(np.int32), other.astype(np.int32), total))
        if sum(len(part) for _, _, part in self.pending) > PENDING_PAIRS:
            self.settle()

    def settle(self) -> None:
        """Keep the best k of every line and forget the rest of what is pending."""
        nobody = np.zeros(0, dtype=np.int32)
        parts = [(nobody, nobody, nobody), *self.pending]
        line, other, total = (np.concatenate(part) for part in zip(*parts, strict=True))
        self.pending.clear()
        still = np.flatnonzero(total >= self.bar[line])
        line, other, total = line[still], other[still], total[still]
        draw = self.draw(self.lines.keys[line], self.others.keys[other])
        self._compete(line, self.others.packed(total, draw, other))

    def _compete(self, line: NDArray[np.int32], packed: Packed) -> None:
        order = np.argsort(line.astype(np.uint16) if len(self.kept) <= 1 << 16 else line, kind="stable")
        packed = packed[order]
        count = np.bincount(line, minlength=len(self.kept))
        start = np.cumsum(count) - count
        for chosen in alike_in_width(count):
            width = int(count[chosen].max())
            arena = np.full((len(chosen), self.k + width), -1, dtype=np.int64)
            arena[:, : self.k] = self.kept[chosen]
            within = np.arange(width)
            there = within < count[chosen][:, None]
            arena[:, self.k :][there] = packed[(start[chosen][:, None] + within)[there]]
            arena.partition(width, axis=1)
            self.kept[chosen] = arena[:, width:]
            lowest = self.kept[chosen].min(axis=1) >> (PACKED_BITS - TOTAL_BITS)
            self.bar[chosen] = np.maximum(self.bar[chosen], lowest)

    def ranked(self) -> tuple[NDArray[np.int32], Totals]:
        """Return others and totals of the best k of every line, best first; -1 where there are fewer."""
        self.settle()
        others = np.empty(self.kept.shape, dtype=np.int32)
        totals = np.empty(self.kept.shape, dtype=np.int32)
        for start in range(0, len(self.kept), RANKED_LINES):
            part = slice(start, start + RANKED_LINES)
            others[part], totals[part] = self.others.unpacked(-np.sort(-self.kept[part], axis=1))
        return others, totals


def alike_in_width(count: Places) -> Iterator[Places]:
    """Yield lines with something to add in parts of about equal length, so that padding them takes little memory."""
    order = np.argsort(count, kind="stable")
    order = order[np.searchsorted(count[order], 1) :]
    at = 0
    while at < len(order):
        widest = 2 * int(count[order[at]])
        end = int(np.searchsorted(count[order], widest, side="right"))
        end = min(end, at + max(1, ARENA_CELLS // widest))
        yield order[at:end]
        at = end


@dataclass(eq=False)
class BothWays:
    """A running contest over blocks of totals, of every package and of every candidate."""

    packages: Lot
    candidates: Lot
    k: int
    by_package: Field = field(init=False)
    by_candidate: Field = field(init=False)

    def __post_init__(self) -> None:
        self.by_package = Field(
            self.packages, self.candidates, self.k, lambda package, candidate: pair_draw(candidate, package)
        )
        self.by_candidate = Field(self.candidates, self.packages, self.k, pair_draw)

    def offer(self, rows: Places, run: slice, block: Totals) -> None:
        """Let a block compete: totals of these package rows for a run of people, shape (rows, people padded with -1).

        Every pair may be offered once.
        """
        people, groups = run.stop - run.start, groups_for(self.k)
        bar = self.by_package.raise_bar(rows, maxima_of_lines(block, groups).T)
        for at, person in reaching(block, bar[:, None]):
            self.by_package.enter(rows[at], person + run.start, block[at, person])
        bar = np.zeros(block.shape[1], dtype=np.int32)
        bar[:people] = self.by_candidate.raise_bar(run, maxima_of_columns(block, groups)[:, :people])
        for at, person in reaching(block, bar[None, :]):
            self.by_candidate.enter(person + run.start, rows[at], block[at, person])


def reaching(block: Totals, bar: Totals) -> Iterator[tuple[Places, Places]]:
    """Yield (rows, columns) of the cells that reach the bar, a bounded number at a time."""
    step = max(1, PENDING_PAIRS // max(1, block.shape[1]))
    stays = block >= bar
    whole = int(np.count_nonzero(stays)) <= PENDING_PAIRS
    for start in range(0, len(block), len(block) if whole else step):
        part = stays[start : start + (len(block) if whole else step)]
        flat = flat_places(part)
        row, column = np.divmod(flat, block.shape[1])
        yield row + start, column


def flat_places(marks: Mask) -> Places:
    """Return the places of the marks, in order: eight cells are looked at at once, because few are marked."""
    cells = marks.reshape(-1)
    if len(cells) % 8:
        return np.flatnonzero(cells)
    words = np.flatnonzero(cells.view(np.uint64))
    at, within = np.nonzero(cells.reshape(-1, 8)[words])
    return words[at] * 8 + within
