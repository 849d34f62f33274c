"""Sums of lines, a run of people at a time, so that what is added stays near the processor.

A line (the answer of one package class for all classes of people) is spread over a run of people once, whoever reads
it; a plan says which lines each package adds and whom it excludes. The same memory serves every run.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from matching.scoring.layers import ConflictLayer, Line, PointLayer
from matching.scoring.sides import Rows

Totals = NDArray[np.int32]
Numbers = NDArray[np.int32]
Mask = NDArray[np.bool_]

EXCLUDED = -1
"""The total of a pair that a known, confirmed conflict excludes."""

RUN = 8192
"""How many people are added up at once: few calls, and lines that stay near the processor."""

SPREAD_BYTES = 128_000_000
"""How much memory the lines that were spread may take."""

FIRST_TOGETHER = 3
"""At most so many of the layers with the fewest lines are added up once for all packages that share those lines."""


def runs(people: int) -> Iterator[slice]:
    """Yield all people in runs."""
    for start in range(0, people, RUN):
        yield slice(start, min(start + RUN, people))


@dataclass(eq=False)
class Kept:
    """The lines of one layer that were spread over a run of people, by number; `spare` is memory to use again."""

    forgotten: int
    lines: dict[int, NDArray[np.int16]] = field(default_factory=dict)
    spare: list[NDArray[np.int16]] = field(default_factory=list)

    def clear(self, forgotten: int) -> None:
        """Forget the lines; the memory stays."""
        self.forgotten = forgotten
        self.spare.extend(self.lines.values())
        self.lines.clear()


@dataclass(eq=False)
class Spread:
    """Lines spread over one run of people, unweighted, and whom the lines of rules exclude there."""

    run: slice
    stale: Mask
    kept: dict[PointLayer, Kept] = field(default_factory=dict, repr=False)
    hit: dict[tuple[ConflictLayer, int, int], Rows] = field(default_factory=dict, repr=False)

    @property
    def width(self) -> int:
        """How many people the run holds."""
        return int(self.run.stop - self.run.start)

    @property
    def size(self) -> int:
        """How many bytes are in use, or there to use again."""
        return 2 * self.width * sum(len(kept.lines) + len(kept.spare) for kept in self.kept.values())

    def turned(self, run: slice) -> Spread:
        """Return the same memory for another run."""
        for layer, kept in self.kept.items():
            kept.clear(layer.forgotten)
        return Spread(run, self.stale, self.kept)

    def weigh(self, layer: PointLayer, weight: int, numbers: Sequence[int], out: Totals) -> None:
        """Write these lines times a weight into `out`, shape (lines, people of the run)."""
        lines, width = self._spread(layer, numbers), self.width
        for line, number in zip(out, numbers, strict=True):
            np.multiply(lines[number][:width], weight, out=line, dtype=np.int32)

    def _spread(self, layer: PointLayer, numbers: Sequence[int]) -> dict[int, NDArray[np.int16]]:
        """Return the lines of a layer over this run, with at least these numbers."""
        kept = self.kept.setdefault(layer, Kept(layer.forgotten))
        if kept.forgotten != layer.forgotten:
            kept.clear(layer.forgotten)
        missing = [number for number in numbers if number not in kept.lines]
        codes = layer.codes[self.run if missing else slice(0)]
        for number in missing:
            line = kept.spare.pop() if kept.spare else np.empty(RUN, dtype=np.int16)
            layer.lines[number].take(codes, out=line[: self.width], mode="clip")
            kept.lines[number] = line
        return kept.lines

    def hits(self, layer: ConflictLayer, number: int) -> Rows:
        """Return whom of the run this line of a rule excludes."""
        key = (layer, layer.forgotten, number)
        if key not in self.hit:
            mask = excluded_people(layer, layer.lines[number], layer.codes[self.run], self.stale[self.run])
            self.hit[key] = np.flatnonzero(mask)
        return self.hit[key]


@dataclass(eq=False)
class Workspace:
    """The memory in which totals are added up; what was spread is kept for a next pass when all of it fits.

    `stale` holds one boolean for each person.
    """

    stale: Mask
    spreads: dict[int, Spread] = field(default_factory=dict, repr=False)
    _room: Totals = field(default_factory=lambda: np.zeros((0, RUN), dtype=np.int32), repr=False)

    def at(self, run: slice) -> Spread:
        """Return what is spread over a run; where all runs do not fit, the one that came first gives its memory."""
        found = self.spreads.get(run.start)
        if found is None:
            if self._expected() > SPREAD_BYTES:
                found = self.spreads.pop(next(iter(self.spreads))).turned(run)
            else:
                found = Spread(run, self.stale)
            self.spreads[run.start] = found
        return found

    def _expected(self) -> float:
        """Return how many bytes it would take to keep the lines of all people, judging by the runs so far."""
        people = sum(spread.width for spread in self.spreads.values())
        return sum(spread.size for spread in self.spreads.values()) * len(self.stale) / max(1, people)

    def room(self, lines: int, width: int) -> Totals:
        """Return working memory for so many lines of a run."""
        if len(self._room) < lines:
            self._room = np.empty((lines, RUN), dtype=np.int32)
        return self._room[:lines, :width]


def excluded_people(layer: ConflictLayer, line: Line, codes: Rows, stale: Mask) -> Mask:
    """Return whom of some people a line excludes; a stale profile excludes only where the rule says so."""
    mask = line.view(np.bool_).take(codes, mode="clip")
    if layer.asked.needs_fresh_profile:
        mask &= ~stale
    return mask


@dataclass(frozen=True, eq=False)
class Term:
    """The lines of one layer that some packages add: their numbers, and their first row in the working memory."""

    layer: PointLayer
    weight: int
    numbers: list[int]
    first: int


@dataclass(frozen=True, eq=False)
class Plan:
    """Which lines some packages add and whom they exclude.

    `starts` are sums that several packages share: a constant and rows of the working memory. `packages` gives for each
    package its start and further rows; `hits` the lines of rules that exclude anybody.
    """

    terms: tuple[Term, ...]
    lines: int
    starts: list[tuple[int, list[int]]]
    packages: list[tuple[int, list[int]]]
    hits: list[list[tuple[ConflictLayer, int]]]
    known: tuple[tuple[PointLayer | ConflictLayer, int], ...]

    @property
    def holds(self) -> bool:
        """Return whether no layer has forgotten lines since the plan was made."""
        return all(layer.forgotten == before for layer, before in self.known)

    def fill(self, workspace: Workspace, run: slice, out: Totals, at: Sequence[int] | None = None) -> None:
        """Write the totals of the packages for the run into the rows `at` of `out`, shape (rows, people of the run)."""
        spread = workspace.at(run)
        room = workspace.room(self.lines + len(self.starts), spread.width)
        for term in self.terms:
            spread.weigh(term.layer, term.weight, term.numbers, room[term.first : term.first + len(term.numbers)])
        lines = list(room)
        for target, (constant, places) in zip(lines[self.lines :], self.starts, strict=True):
            target.fill(constant)
            for place in places:
                np.add(target, lines[place], out=target)
        for row, (start, places) in enumerate(self.packages):
            line = out[row if at is None else at[row]]
            before = lines[self.lines + start]
            for place in places:
                np.add(before, lines[place], out=line)
                before = line
            if before is not line:
                line[:] = before
            for layer, number in self.hits[row]:
                line[spread.hits(layer, number)] = EXCLUDED


@dataclass(eq=False)
class Planning:
    """The making of a plan for package rows: asks the layers, then finds which lines are shared."""

    rows: Rows
    points: Sequence[tuple[PointLayer, int]]
    conflicts: Sequence[ConflictLayer]

    @cached_property
    def constant(self) -> NDArray[np.int64]:
        """What the lines that are the same for everybody add to each package, shape (rows,)."""
        return np.zeros(len(self.rows), dtype=np.int64)

    def made(self) -> Plan:
        """Return the plan."""
        terms, places, at = [], [], 0
        for layer, weight in self.points:
            numbers = layer.lines_of(self.rows)
            level = layer.levels[numbers]
            self.constant[level >= 0] += weight * level[level >= 0]
            distinct, place = np.unique(numbers[level < 0], return_inverse=True)
            column = np.full(len(self.rows), -1, dtype=np.int64)
            column[level < 0] = place + at
            terms.append(Term(layer, weight, distinct.tolist(), at))
            places.append(column)
            at += len(distinct)
        order = sorted(range(len(terms)), key=lambda number: len(terms[number].numbers))
        ordered = np.stack([places[number] for number in order], axis=1) if order else np.zeros((len(self.rows), 0))
        starts, packages = self._shared(ordered.astype(np.int64))
        layers: list[PointLayer | ConflictLayer] = [*(layer for layer, _ in self.points), *self.conflicts]
        known = tuple((layer, layer.forgotten) for layer in layers)
        return Plan(tuple(terms), at, starts, packages, self._hits(), known)

    def _shared(self, places: NDArray[np.int64]) -> tuple[list[tuple[int, list[int]]], list[tuple[int, list[int]]]]:
        """Return the starts, and for each package its start and what it adds; -1 in `places` adds nothing."""
        for together in range(min(FIRST_TOGETHER, places.shape[1]), -1, -1):
            keys = np.column_stack([self.constant, places[:, :together]])
            distinct, start = np.unique(keys, axis=0, return_inverse=True)
            if 2 * len(distinct) <= len(keys):
                break
        starts = [(constant, [place for place in rest if place >= 0]) for constant, *rest in distinct.tolist()]
        rest = [[place for place in row if place >= 0] for row in places[:, together:].tolist()]
        return starts, list(zip(start.reshape(-1).tolist(), rest, strict=True))

    def _hits(self) -> list[list[tuple[ConflictLayer, int]]]:
        hits: list[list[tuple[ConflictLayer, int]]] = [[] for _ in self.rows]
        for layer in self.conflicts:
            numbers = layer.lines_of(self.rows)
            for row in np.flatnonzero(layer.levels[numbers] != 0).tolist():
                hits[row].append((layer, int(numbers[row])))
        return hits


def plan_of(rows: Rows, points: Sequence[tuple[PointLayer, int]], conflicts: Sequence[ConflictLayer]) -> Plan:
    """Return the plan of these package rows: weighted layers of points, and the rules that can exclude."""
    return Planning(rows, points, conflicts).made()
