"""Totals of many pairs as sums of table look-ups: each criterion is asked once for each pair of classes.

One contiguous row of weighted points per package class; the totals of a package for everybody are the sum of a few
of those rows. Rules that cannot exclude are not asked here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from matching.domain.candidate import Candidate
from matching.domain.judging import Outcome, Rule, Sides
from matching.domain.travel import TravelTimes
from matching.domain.work_package import WorkPackage
from matching.scoring.sides import Rows, Side, chosen
from matching.scoring.yardstick import Weighted, Yardstick

Totals = NDArray[np.int32]
Mask = NDArray[np.bool_]

EXCLUDED = -1
"""The total of a pair that a known, confirmed conflict excludes."""

ROW_BYTES = 96_000_000
"""How much the weighted rows of one step may take."""

FEW_PEOPLE = 256
"""Below this many people, rows are added all at once instead of one by one."""


@dataclass(frozen=True, eq=False)
class Encoding:
    """The pairs of some people and some packages under one yardstick.

    `stale` holds one boolean for each person. `work` may hold more packages than the yardstick is meant for.
    """

    yardstick: Yardstick
    people: Side
    work: Side
    stale: Mask
    as_of: dt.date
    travel: TravelTimes

    def for_person(self, person: Candidate, *, stale: bool) -> Encoding:
        """Return the encoding of one person against the same work."""
        return replace(self, people=self.people.only([person]), stale=np.array([stale]))

    def for_package(self, package: WorkPackage) -> Encoding:
        """Return the encoding of everybody against one package, which is row 0; only what is asked is encoded."""
        return replace(self, work=self.work.only([package]))

    def totals(self, rows: Rows, out: Totals | None = None) -> Totals:
        """Return neutral totals 0..1,000,000 of these packages, shape (rows, people); -1 where excluded."""
        out = np.empty((len(rows), self.people.size), dtype=np.int32) if out is None else out
        for start, stop in self._steps(len(rows)):
            self._add_points(rows[start:stop], out[start:stop])
            for line, mask in zip(out[start:stop], self._exclusions(rows[start:stop]), strict=True):
                if mask is not None:
                    np.copyto(line, EXCLUDED, where=mask)
        return out

    def points(self, rows: Rows) -> Totals:
        """Return neutral totals as if no rule existed, shape (rows, people)."""
        out = np.empty((len(rows), self.people.size), dtype=np.int32)
        for start, stop in self._steps(len(rows)):
            self._add_points(rows[start:stop], out[start:stop])
        return out

    def excluded(self, rows: Rows) -> Mask:
        """Return where a known, confirmed conflict excludes, shape (rows, people)."""
        found = np.zeros((len(rows), self.people.size), dtype=bool)
        for start, stop in self._steps(len(rows)):
            for line, mask in zip(found[start:stop], self._exclusions(rows[start:stop]), strict=True):
                if mask is not None:
                    line[:] = mask
        return found

    def excluded_by(self, rule: Rule, rows: Rows) -> list[Mask | None]:
        """Return for each package whom this rule excludes, shape (people,); None where it excludes nobody."""
        if not rule.can_conflict or not len(rows):
            return [None] * len(rows)
        people, work = self.people.classes(rule.reads.candidate), self.work.classes(rule.reads.package)
        occurring, place = np.unique(work.codes[rows], return_inverse=True)
        outcome = rule.judge(self._sides(people, chosen(work, occurring))).outcome
        conflict = np.ascontiguousarray((outcome == Outcome.CONFLICT).T)
        lines = [line[people.codes] if line.any() else None for line in conflict]
        if rule.needs_fresh_profile:
            lines = [None if line is None else line & ~self.stale for line in lines]
        return [lines[at] for at in place]

    def _steps(self, count: int) -> Iterator[tuple[int, int]]:
        width = max(1, 4 * self.people.size * max(1, len(self.yardstick.counted)))
        step = max(1, min(512, ROW_BYTES // width))
        return ((start, min(start + step, count)) for start in range(0, count, step))

    def _sides(self, people: object, work: object) -> Sides:
        return Sides(candidate=people, package=work, as_of=self.as_of, travel=self.travel)  # type: ignore[arg-type]

    def _add_points(self, rows: Rows, out: Totals) -> None:
        layers = [self._layer(weighted, rows) for weighted in self.yardstick.counted]
        if not layers:
            out[:] = 0
        elif self.people.size < FEW_PEOPLE:
            out[:] = sum(lines[place] for lines, place in layers)
        else:
            for at, line in enumerate(out):
                _sum_into(line, [lines[place[at]] for lines, place in layers])

    def _layer(self, weighted: Weighted, rows: Rows) -> tuple[Totals, Rows]:
        """Return the weighted points of everybody for each package class that occurs, and the class of each row."""
        reads = weighted.criterion.reads
        people, work = self.people.classes(reads.candidate), self.work.classes(reads.package)
        occurring, place = np.unique(work.codes[rows], return_inverse=True)
        table = weighted.criterion.neutral(self._sides(people, chosen(work, occurring)))
        lines = np.multiply(table.T, np.int32(weighted.weight), dtype=np.int32, order="C")
        if people.size == self.people.size and np.array_equal(people.codes, np.arange(people.size)):
            return lines, place
        spread = np.empty((len(occurring), self.people.size), dtype=np.int32)
        codes = people.codes.astype(np.intp)
        for line, target in zip(lines, spread, strict=True):
            np.take(line, codes, out=target, mode="clip")
        return spread, place

    def _exclusions(self, rows: Rows) -> list[Mask | None]:
        found: list[Mask | None] = [None] * len(rows)
        for rule in self.yardstick.excluding:
            for at, mask in enumerate(self.excluded_by(rule, rows)):
                before = found[at]
                if mask is not None:
                    found[at] = mask if before is None else before | mask
        return found


def _sum_into(out: Totals, lines: list[Totals]) -> None:
    if len(lines) == 1:
        out[:] = lines[0]
        return
    np.add(lines[0], lines[1], out=out)
    for line in lines[2:]:
        np.add(out, line, out=out)
