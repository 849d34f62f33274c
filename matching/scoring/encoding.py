"""Totals of many pairs as sums of table look-ups.

The totals of a package for everybody are the sum of one line of weighted points for each criterion. Rules that cannot
exclude are not asked here.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from matching.domain.judging import Sides, unknown_class
from matching.domain.travel import TravelTimes
from matching.domain.work_package import WorkPackage
from matching.scoring.layers import ConflictLayer, Layers, PointLayer
from matching.scoring.sides import Rows, Side
from matching.scoring.yardstick import Yardstick

Totals = NDArray[np.int32]
Mask = NDArray[np.bool_]

EXCLUDED = -1
"""The total of a pair that a known, confirmed conflict excludes."""

SPREAD_BYTES = 96_000_000
"""How much memory the lines that were spread over all people may take."""

FEW_PEOPLE = 256
"""Below this many people, lines are added for all packages at once instead of one by one."""


@dataclass(eq=False)
class Spread:
    """Lines spread over all people, the latest ones kept: neighbouring packages often share a line."""

    people: int
    kept: dict[tuple[int, int, int], NDArray[np.int32] | int] = field(default_factory=dict)

    def weighted(self, layer: int, number: int, source: PointLayer, weight: int) -> NDArray[np.int32] | int:
        """Return a line of a layer times its weight, one number for each person; a plain number when all are equal."""
        key = (layer, source.forgotten, number)
        if key in self.kept:
            self.kept[key] = self.kept.pop(key)
        else:
            line = source.lines[number]
            if line.min() == line.max():
                self.kept[key] = weight * int(line[0])
            else:
                if len(self.kept) * 4 * self.people > SPREAD_BYTES:
                    self.kept.pop(next(iter(self.kept)))
                scaled = np.multiply(line, np.int32(weight), dtype=np.int32)
                self.kept[key] = np.take(scaled, source.codes, mode="clip")
        return self.kept[key]


def context_of(as_of: dt.date, travel: TravelTimes) -> Sides:
    """Return the day and the travel times without any classes."""
    nothing = unknown_class(())
    return Sides(candidate=nothing, package=nothing, as_of=as_of, travel=travel)


@dataclass(frozen=True, eq=False)
class Encoding:
    """The pairs of some people and some packages under one yardstick.

    `stale` holds one boolean for each person. `work` may hold more packages than the yardstick is meant for.
    `shared` are answers that other yardsticks asked already, on the same day and with the same travel times.
    """

    yardstick: Yardstick
    people: Side
    work: Side
    stale: Mask
    as_of: dt.date
    travel: TravelTimes
    shared: Layers | None = None

    @cached_property
    def context(self) -> Sides:
        """The day and the travel times that every question takes along."""
        return context_of(self.as_of, self.travel)

    @cached_property
    def _asked(self) -> Layers:
        """The answers that are shared, when they are about these people and this work; else answers of its own."""
        shared = self.shared
        if shared is not None and shared.people is self.people and shared.work is self.work:
            return shared
        return Layers(self.people, self.work, self.context)

    @cached_property
    def layers(self) -> tuple[PointLayer, ...]:
        """One layer of points for each counted criterion."""
        criteria = [weighted.criterion for weighted in self.yardstick.counted]
        return tuple(self._asked.points(criterion) for criterion in criteria)

    @cached_property
    def conflicts(self) -> tuple[ConflictLayer, ...]:
        """One layer for each rule that can exclude here."""
        rules = self.yardstick.excluding(self.travel)
        return tuple(self._asked.conflicts(rule) for rule in rules)

    @cached_property
    def spread(self) -> Spread:
        """The lines that were spread over all people last."""
        return Spread(self.people.size)

    def alike(self, rows: Rows) -> Rows:
        """Return the rows in an order that puts packages with equal lines together."""
        by_lines = sorted(self.layers, key=lambda layer: len(set(layer.lines_of(rows))))
        return rows[np.lexsort([layer.lines_of(rows) for layer in by_lines])] if by_lines else rows

    def knows(self, row: int) -> bool:
        """Return whether nothing has to be asked for this package."""
        rows = np.array([row])
        return all(layer.knows(rows) for layer in self.layers) and all(layer.knows(rows) for layer in self.conflicts)

    def for_person(self, asked: Layers, *, stale: bool) -> Encoding:
        """Return the encoding of one person (whose answers are `asked`) against the same work."""
        return replace(self, people=asked.people, stale=np.array([stale]), shared=asked)

    def for_package(self, package: WorkPackage) -> Encoding:
        """Return the encoding of everybody against one package, which is row 0; only what is asked is encoded."""
        return replace(self, work=self.work.only([package]))

    def totals(self, rows: Rows, out: Totals | None = None) -> Totals:
        """Return neutral totals 0..1,000,000 of these packages, shape (rows, people); -1 where excluded."""
        out = self.points(rows, out)
        for line, mask in zip(out, self._exclusions(rows), strict=True):
            if mask is not None:
                np.copyto(line, EXCLUDED, where=mask)
        return out

    def points(self, rows: Rows, out: Totals | None = None) -> Totals:
        """Return neutral totals as if no rule existed, shape (rows, people)."""
        out = np.empty((len(rows), self.people.size), dtype=np.int32) if out is None else out
        weights = [weighted.weight for weighted in self.yardstick.counted]
        numbers = [layer.lines_of(rows) for layer in self.layers]
        if self.people.size < FEW_PEOPLE:
            out[:] = 0
            for layer, weight, lines in zip(self.layers, weights, numbers, strict=True):
                if len(rows):
                    out += np.stack(layer.lines)[lines][:, layer.codes].astype(np.int32) * np.int32(weight)
            return out
        sources = list(enumerate(zip(self.layers, weights, numbers, strict=True)))
        for at in range(len(rows)):
            parts = [self.spread.weighted(k, lines[at], layer, weight) for k, (layer, weight, lines) in sources]
            _sum_into(out[at], parts)
        return out

    def excluded(self, rows: Rows) -> Mask:
        """Return where a known, confirmed conflict excludes, shape (rows, people)."""
        found = np.zeros((len(rows), self.people.size), dtype=bool)
        for line, mask in zip(found, self._exclusions(rows), strict=True):
            if mask is not None:
                line[:] = mask
        return found

    def excluded_by(self, layer: ConflictLayer, rows: Rows) -> list[Mask | None]:
        """Return for each package whom this rule excludes, shape (people,); None where it excludes nobody."""
        numbers = layer.lines_of(rows)
        spread = {number: self._spread_mask(layer, number) for number in set(numbers)}
        return [spread[number] for number in numbers]

    def _spread_mask(self, layer: ConflictLayer, number: int) -> Mask | None:
        line = layer.lines[number].view(np.bool_)
        if not line.any():
            return None
        mask = line.take(layer.codes, mode="clip")
        return mask & ~self.stale if layer.asked.needs_fresh_profile else mask

    def _exclusions(self, rows: Rows) -> list[Mask | None]:
        found: list[Mask | None] = [None] * len(rows)
        for layer in self.conflicts:
            for at, mask in enumerate(self.excluded_by(layer, rows)):
                before = found[at]
                if mask is not None:
                    found[at] = mask if before is None else before | mask
        return found


def _sum_into(out: Totals, parts: list[NDArray[np.int32] | int]) -> None:
    constant = sum(part for part in parts if isinstance(part, int))
    lines = [part for part in parts if not isinstance(part, int)]
    if not lines:
        out[:] = constant
        return
    np.add(lines[0], np.int32(constant), out=out)
    for line in lines[1:]:
        np.add(out, line, out=out)
