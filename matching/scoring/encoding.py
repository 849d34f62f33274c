"""Totals of many pairs as sums of table look-ups.

The totals of a package for everybody are the sum of one line of weighted points for each criterion. Rules that cannot
exclude are not asked here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from matching.domain.judging import Sides, unknown_class
from matching.domain.travel import TravelTimes
from matching.domain.work_package import WorkPackage
from matching.scoring.layers import ConflictLayer, Layers, PointLayer
from matching.scoring.sides import Rows, Side
from matching.scoring.sums import EXCLUDED, Mask, Plan, Totals, Workspace, plan_of, runs
from matching.scoring.yardstick import Yardstick

FEW_PEOPLE = 256
"""Below this many people, lines are added for all packages at once instead of one by one."""

TOGETHER = 1024
"""How many packages are planned at once, which bounds the working memory."""


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
    def asked(self) -> Layers:
        """The answers that are shared, when they are about these people and this work; else answers of its own."""
        shared = self.shared
        if shared is not None and shared.people is self.people and shared.work is self.work:
            return shared
        return Layers(self.people, self.work, self.context)

    @cached_property
    def layers(self) -> tuple[PointLayer, ...]:
        """One layer of points for each counted criterion."""
        criteria = [weighted.criterion for weighted in self.yardstick.counted]
        return tuple(self.asked.points(criterion) for criterion in criteria)

    @cached_property
    def conflicts(self) -> tuple[ConflictLayer, ...]:
        """One layer for each rule that can exclude here."""
        rules = self.yardstick.excluding(self.travel)
        return tuple(self.asked.conflicts(rule) for rule in rules)

    @cached_property
    def workspace(self) -> Workspace:
        """The memory in which totals are added up."""
        return Workspace(self.stale)

    @property
    def weighted(self) -> list[tuple[PointLayer, int]]:
        """The layers of points with their weights."""
        return [(layer, counted.weight) for layer, counted in zip(self.layers, self.yardstick.counted, strict=True)]

    def plan(self, rows: Rows) -> Plan:
        """Return what has to be added up for these packages."""
        return plan_of(rows, self.weighted, self.conflicts)

    def knows(self, rows: Rows) -> bool:
        """Return whether nothing has to be asked for these packages."""
        return all(layer.knows(rows) for layer in self.layers) and all(layer.knows(rows) for layer in self.conflicts)

    def for_person(self, asked: Layers, *, stale: bool) -> Encoding:
        """Return the encoding of one person (whose answers are `asked`) against the same work."""
        return replace(self, people=asked.people, stale=np.array([stale]), shared=asked)

    def for_package(self, package: WorkPackage) -> Encoding:
        """Return the encoding of everybody against one package, which is row 0; only what is asked is encoded."""
        return replace(self, work=self.work.only([package]))

    def totals(self, rows: Rows) -> Totals:
        """Return neutral totals 0..1,000,000 of these packages, shape (rows, people); -1 where excluded."""
        if self.people.size < FEW_PEOPLE:
            return np.where(self.excluded(rows), np.int32(EXCLUDED), self.points(rows))
        return self._added(rows, self.conflicts)

    def points(self, rows: Rows) -> Totals:
        """Return neutral totals as if no rule existed, shape (rows, people)."""
        if self.people.size >= FEW_PEOPLE:
            return self._added(rows, ())
        out = np.zeros((len(rows), self.people.size), dtype=np.int32)
        for layer, weight in self.weighted if out.size else ():
            out += layer.table(layer.lines_of(rows)).astype(np.int32) * np.int32(weight)
        return out

    def _added(self, rows: Rows, conflicts: Sequence[ConflictLayer]) -> Totals:
        out = np.empty((len(rows), self.people.size), dtype=np.int32)
        for start in range(0, len(rows), TOGETHER):
            plan = plan_of(rows[start : start + TOGETHER], self.weighted, conflicts)
            for run in runs(self.people.size):
                plan.fill(self.workspace, run, out[start : start + TOGETHER, run])
        return out

    def excluded(self, rows: Rows) -> Mask:
        """Return where a known, confirmed conflict excludes, shape (rows, people)."""
        found = np.zeros((len(rows), self.people.size), dtype=bool)
        for layer in self.conflicts if found.size else ():
            found |= self.excluded_by(layer, rows)
        return found

    def excluded_by(self, layer: ConflictLayer, rows: Rows) -> Mask:
        """Return where one rule excludes, shape (rows, people)."""
        found = layer.table(layer.lines_of(rows)).astype(bool)
        return found & ~self.stale if layer.asked.needs_fresh_profile else found
