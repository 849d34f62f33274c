"""Packages that share a yardstick, encoded against everybody; several of them make up the scores of a pool."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from matching.domain.judging import Outcome, Rule, Sides
from matching.domain.pool import Pool
from matching.scoring.encoding import FEW_PEOPLE, TOGETHER, Encoding, context_of
from matching.scoring.layers import ConflictLayer, Layers, PointLayer
from matching.scoring.sides import Rows, Side, blank_columns, chosen
from matching.scoring.sums import EXCLUDED, RUN, Plan, Totals, Workspace, runs
from matching.scoring.yardstick import Yardstick

ASKED_TOGETHER = 2048
"""How many packages a layer is asked about before it looks whether it remembers too much."""

MOST_PLANNED = 3
"""Plans are kept for at most so many times all packages."""

LANES = 64
"""Blocks are padded to whole groups of this many people, so that strided maxima need no copy."""

JUDGED_TOGETHER = 64

FIRST = np.zeros(1, dtype=np.intp)


@dataclass(frozen=True, eq=False)
class Group:
    """The packages (rows of the pool) that are measured by one yardstick."""

    yardstick: Yardstick
    rows: Rows
    encoding: Encoding


@dataclass(frozen=True, eq=False)
class Tile:
    """The totals of some package rows for a run of people, padded with -1 to whole lanes."""

    rows: Rows
    run: slice
    block: Totals

    @property
    def people(self) -> Totals:
        """The totals without padding, shape (rows, people of the run)."""
        return self.block[:, : self.run.stop - self.run.start]


def _padded(width: int) -> int:
    return -(-width // LANES) * LANES


def _parts(rows: Rows) -> list[Rows]:
    """Return rows in parts that are planned at once."""
    return [rows[start : start + TOGETHER] for start in range(0, len(rows), TOGETHER)]


def grouped(pool: Pool, yardsticks: Mapping[str, Yardstick], people: Side) -> tuple[Group, ...]:
    """Return the packages of a pool in groups, by the yardstick of the scorecard key of each package."""
    blank = blank_columns(pool)
    work = Side.of_table(pool.packages, blank=blank)
    column = pool.packages.column("scorecard_key")
    of_key = [yardsticks[key] for key in column.values]
    distinct = {id(yardstick): yardstick for yardstick in of_key}
    shared = Layers(people, work, context_of(pool.as_of, pool.travel))
    groups = []
    for yardstick in distinct.values():
        mine = np.array([other is yardstick for other in of_key], dtype=bool)
        encoding = Encoding(yardstick, people, work, pool.stale, pool.as_of, pool.travel, shared)
        groups.append(Group(yardstick, np.flatnonzero(mine[column.codes]), encoding))
    return tuple(groups)


@dataclass(frozen=True, eq=False)
class Groups:
    """All packages of a pool in groups; rows of packages speak of the pool."""

    pool: Pool
    groups: tuple[Group, ...]

    @cached_property
    def of_package(self) -> NDArray[np.int32]:
        """The group of each package row."""
        found = np.zeros(len(self.pool.packages), dtype=np.int32)
        for number, group in enumerate(self.groups):
            found[group.rows] = number
        return found

    def split(self, rows: Rows) -> Iterator[tuple[Group, Rows]]:
        """Yield each group with the positions in `rows` that belong to it."""
        for number, group in enumerate(self.groups):
            at = np.flatnonzero(self.of_package[rows] == number)
            if len(at):
                yield group, at

    def encoded(self, row: int) -> tuple[Group, Encoding, Rows]:
        """Return the group of a package, an encoding that holds it, and where it stands there.

        A package of which something is not known yet is encoded alone: asking about one costs less than about all.
        """
        group, here = self.groups[self.of_package[row]], np.array([row], dtype=np.intp)
        if group.encoding.knows(here):
            return group, group.encoding, here
        if row not in self._alone:
            self._alone.clear()
            self._alone[row] = group.encoding.for_package(self.pool.packages[row])
        return group, self._alone[row], FIRST

    @cached_property
    def _alone(self) -> dict[int, Encoding]:
        """The package that was last encoded alone, by its row."""
        return {}

    def totals(self, rows: Rows) -> Totals:
        """Return neutral totals of these package rows for everybody, shape (rows, people); -1 where excluded."""
        if len(rows) == 1 and int(rows[0]) in self._alone:
            return self._alone[int(rows[0])].totals(FIRST)
        people = len(self.pool.candidates)
        out = np.empty((len(rows), people), dtype=np.int32)
        if people < FEW_PEOPLE:
            for group, at in self.split(rows):
                out[at] = group.encoding.totals(rows[at])
            return out
        parts = [(group, part) for group, at in self.split(rows) for part in _parts(at)]
        for plan, part, run in self._planned([(group, rows[part], part) for group, part in parts]):
            plan.fill(self.workspace, run, out[:, run], part.tolist())
        return out

    @cached_property
    def workspace(self) -> Workspace:
        """The memory in which totals are added up, shared by all groups."""
        return Workspace(self.pool.stale)

    @cached_property
    def _plans(self) -> dict[bytes, Plan]:
        """The plans that were made, by their rows: a next pass over the same blocks needs no new ones."""
        return {}

    def _plan(self, group: Group, rows: Rows) -> Plan:
        key = rows.tobytes()
        found = self._plans.get(key)
        if found is None or not found.holds:
            if sum(len(plan.packages) for plan in self._plans.values()) > MOST_PLANNED * len(self.pool.packages):
                self._plans.clear()
            found = self._plans[key] = group.encoding.plan(rows)
        return found

    def _planned(self, parts: list[tuple[Group, Rows, Rows]]) -> Iterator[tuple[Plan, Rows, slice]]:
        """Yield a plan and a run of people for each of these parts and each run.

        Runs come outermost, so that a line is spread once for all packages; when that takes more lines than are
        remembered, parts come outermost.
        """
        people = len(self.pool.candidates)
        if not people:
            return
        self._ask([(group, rows) for group, rows, _ in parts])
        plans = [(self._plan(group, rows), at) for group, rows, at in parts]
        if all(plan.holds for plan, _ in plans):
            yield from ((plan, at, run) for run in runs(people) for plan, at in plans)
            return
        for group, rows, at in parts:
            plan = group.encoding.plan(rows)
            yield from ((plan, at, run) for run in runs(people))

    def _ask(self, parts: list[tuple[Group, Rows]]) -> None:
        """Ask every layer about its packages, many at once, whichever groups read it."""
        asking: dict[PointLayer | ConflictLayer, list[Rows]] = {}
        for group, rows in parts:
            layers: list[PointLayer | ConflictLayer] = [*group.encoding.layers, *group.encoding.conflicts]
            for layer in layers:
                asking.setdefault(layer, []).append(rows)
        for layer, rows_of in asking.items():
            every = np.concatenate(rows_of)
            for start in range(0, len(every), ASKED_TOGETHER):
                layer.lines_of(every[start : start + ASKED_TOGETHER])

    def for_person(self, row: int) -> Iterator[tuple[Group, Encoding]]:
        """Yield each group with the encoding of the person in this row against its packages.

        What is known of everybody is not asked again.
        """
        if self.groups:
            first = self.groups[0].encoding
            known = all(group.encoding.knows(group.rows) for group in self.groups)
            people = first.people.one(row) if known else first.people.only([self.pool.candidates[row]])
            asked = first.asked.of_person(people, row, known=known)
            for group in self.groups:
                yield group, group.encoding.for_person(asked, stale=bool(self.pool.stale[row]))

    def tiles(self) -> Iterator[Tile]:
        """Yield all pairs in blocks, each pair once; the same memory serves every block: use it before the next."""
        parts = [(group, rows, rows) for group in self.groups for rows in _parts(group.rows)]
        most = max((len(rows) for _, rows, _ in parts), default=0)
        store = np.empty(most * _padded(min(RUN, len(self.pool.candidates))), dtype=np.int32)
        for plan, rows, run in self._planned(parts):
            width = run.stop - run.start
            block = store[: len(rows) * _padded(width)].reshape(len(rows), _padded(width))
            block[:, width:] = EXCLUDED
            plan.fill(self.workspace, run, block[:, :width])
            yield Tile(rows, run, block)

    def to_judge(self, candidates: Rows, packages: Rows) -> NDArray[np.bool_]:
        """Return for each pair of rows whether a rule leaves something to judge (or excludes), shape (pairs,)."""
        found = np.zeros(len(candidates), dtype=bool)
        for group, at in self.split(packages):
            order = at[np.argsort(packages[at], kind="stable")]
            distinct, first = np.unique(packages[order], return_index=True)
            ends = [*first[JUDGED_TOGETHER::JUDGED_TOGETHER].tolist(), len(order)] if len(distinct) else []
            for start, stop in zip([0, *ends], ends, strict=False):
                pairs = order[start:stop]
                for rule in group.yardstick.rules:
                    found[pairs] |= _judged(group.encoding, rule, candidates[pairs], packages[pairs])
        return found


def _judged(encoding: Encoding, rule: Rule, candidates: Rows, packages: Rows) -> NDArray[np.bool_]:
    people, work = encoding.people.classes(rule.reads.candidate), encoding.work.classes(rule.reads.package)
    left, row = np.unique(people.codes[candidates], return_inverse=True)
    right, column = np.unique(work.codes[packages], return_inverse=True)
    sides = Sides(
        candidate=chosen(people, left), package=chosen(work, right), as_of=encoding.as_of, travel=encoding.travel
    )
    return np.asarray(rule.judge(sides).outcome[row, column] != Outcome.FITS)
