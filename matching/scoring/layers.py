"""Tables that remember their answers: each criterion or rule is asked once for each pair of classes, a block at a time.

A line holds the answer of one package class for every class of people. Lines that are equal are kept once.
"""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass, field
from functools import cached_property
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from matching.domain.columns import Classes, Codes, occurring
from matching.domain.judging import Criterion, Rule, Sides
from matching.scoring.sides import Rows, Side, chosen

ASKED_CELLS = 6_000_000
"""How many pairs of classes are asked at once, which bounds the working memory of a criterion."""

KEPT_CELLS = 60_000_000
"""From this many remembered cells on, a layer forgets what it knew before it asks more."""

Line = NDArray[np.int16] | NDArray[np.int8]
Judging = TypeVar("Judging", Criterion, Rule)


@dataclass(eq=False)
class Layer(Generic[Judging]):
    """The answers of one criterion or rule for all classes; `context` holds the day and the travel times."""

    asked: Judging
    people_side: Side
    work_side: Side
    context: Sides
    lines: list[Line] = field(default_factory=list, repr=False)
    forgotten: int = 0
    _levels: list[int] = field(default_factory=list, repr=False)
    _same: dict[bytes, int] = field(default_factory=dict, repr=False)

    @cached_property
    def people(self) -> Classes:
        """The classes of people."""
        return self.people_side.classes(self.asked.reads.candidate)

    @cached_property
    def codes(self) -> Rows:
        """The class of each person."""
        return self.people.codes.astype(np.intp)

    @cached_property
    def work(self) -> Classes:
        """The classes of packages."""
        return self.work_side.classes(self.asked.reads.package)

    @cached_property
    def place(self) -> NDArray[np.int32]:
        """The line of each package class; -1 until it is asked."""
        return self._start()

    @property
    def levels(self) -> NDArray[np.int32]:
        """For each line the number that it holds for everybody, or -1 when it differs, shape (lines,)."""
        return np.array(self._levels, dtype=np.int32)

    def lines_of(self, rows: Rows) -> NDArray[np.int32]:
        """Return the number of the line of each of these packages, asking what is not known yet."""
        classes = self.work.codes[rows]
        missing = occurring(classes[self.place[classes] < 0])
        if len(missing):
            if self.lines and len(self.lines) * len(self.lines[0]) > KEPT_CELLS:
                self._forget()
                missing = occurring(classes)
            step = max(1, ASKED_CELLS // max(1, self.people.size))
            for start in range(0, len(missing), step):
                self._ask(missing[start : start + step])
        return self.place[classes]

    def remember(self, other: PointLayer | ConflictLayer, row: int) -> None:
        """Take over what another layer knows about the person in this row, who is the only one here."""
        code = int(other.codes[row])
        self.lines = [line[code : code + 1] for line in other.lines]
        self._levels = [int(line[0]) for line in self.lines]
        self.__dict__.update(place=other.place, codes=np.zeros(1, dtype=np.intp), work=other.work)

    def table(self, numbers: NDArray[np.int32]) -> Line:
        """Return these lines spread over all people, shape (numbers, people); for few people or few lines."""
        distinct, at = np.unique(numbers, return_inverse=True)
        spread = [self.lines[number].take(self.codes, mode="clip") for number in distinct.tolist()]
        return np.stack(spread)[at] if spread else np.zeros((0, len(self.codes)), dtype=np.int16)

    def knows(self, rows: Rows) -> bool:
        """Return whether nothing has to be asked for these packages."""
        return "place" in self.__dict__ and bool((self.place[self.work.codes[rows]] >= 0).all())

    def _forget(self) -> None:
        self.forgotten += 1
        self.lines.clear()
        self._levels.clear()
        self._same.clear()
        self.place[:] = self._start()

    def _ask(self, classes: Rows) -> None:
        sides = Sides(
            candidate=self.people,
            package=chosen(self.work, classes),
            as_of=self.context.as_of,
            travel=self.context.travel,
        )
        self.place[classes] = self._numbers(sides)

    def _kept(self, line: Line) -> int:
        """Return the number of this line, which is kept when it is new; its bytes are its key and its memory."""
        content = line.tobytes()
        number = self._same.setdefault(content, len(self.lines))
        if number == len(self.lines):
            self.lines.append(
                np.frombuffer(content, np.int16) if line.itemsize == 2 else np.frombuffer(content, np.int8)
            )
            same = len(line) and line.min() == line.max()
            self._levels.append(int(line[0]) if same else -1)
        return number

    def _start(self) -> NDArray[np.int32]:
        """Return what is known before anything is asked."""
        return np.full(self.work.size, -1, dtype=np.int32)

    def _numbered(self, table: Line) -> NDArray[np.int32]:
        """Keep the columns of a table as lines and return the number of each."""
        return np.array([self._kept(line) for line in np.ascontiguousarray(table.T)], dtype=np.int32)

    @abstractmethod
    def _numbers(self, sides: Sides) -> NDArray[np.int32]:
        """Ask about these classes and return the number of the line of each package class."""


@dataclass(eq=False)
class PointLayer(Layer[Criterion]):
    """Points that order, 0..1000; a line holds one number for each distinct answer of people.

    `distinct` says which answer each class of people has; it is known from the first time that something is asked.
    """

    distinct: Codes = field(default_factory=lambda: np.zeros(0, dtype=np.int32), repr=False)

    @cached_property
    def codes(self) -> Rows:
        """The distinct answer of each person."""
        return self.distinct[self.people.codes].astype(np.intp)

    def _numbers(self, sides: Sides) -> NDArray[np.int32]:
        found = self.asked.ordering(sides)
        self.distinct = found.candidate
        return self._numbered(found.points.astype(np.int16, copy=False))[found.package]


@dataclass(eq=False)
class ConflictLayer(Layer[Rule]):
    """Where a rule excludes (1) or not (0), before stale profiles are looked at.

    Packages that cannot exclude anybody are not asked about: their line, the first one, excludes nobody. Which they
    are is remembered in `may_exclude`, whoever is asked about.
    """

    may_exclude: dict[Rule, NDArray[np.bool_]] = field(default_factory=dict, repr=False)

    def _start(self) -> NDArray[np.int32]:
        self._kept(np.zeros(self.people.size, dtype=np.int8))
        if self.asked not in self.may_exclude:
            self.may_exclude[self.asked] = self.asked.may_exclude(self.work)
        return np.where(self.may_exclude[self.asked], -1, 0).astype(np.int32)

    def _numbers(self, sides: Sides) -> NDArray[np.int32]:
        return self._numbered(np.asarray(self.asked.excludes(sides), dtype=np.int8))


@dataclass(eq=False)
class Layers:
    """The layers of one side of people and one of packages: scorecards that share a criterion or rule share answers."""

    people: Side
    work: Side
    context: Sides
    may_exclude: dict[Rule, NDArray[np.bool_]] = field(default_factory=dict, repr=False)
    kept: dict[Criterion | Rule, PointLayer | ConflictLayer] = field(default_factory=dict, repr=False)

    def points(self, criterion: Criterion) -> PointLayer:
        """Return the layer of a criterion."""
        found = self.kept.get(criterion)
        if not isinstance(found, PointLayer):
            found = self.kept[criterion] = PointLayer(criterion, self.people, self.work, self.context)
        return found

    def conflicts(self, rule: Rule) -> ConflictLayer:
        """Return the layer of a rule."""
        found = self.kept.get(rule)
        if not isinstance(found, ConflictLayer):
            found = self.kept[rule] = ConflictLayer(rule, self.people, self.work, self.context)
            found.may_exclude = self.may_exclude
        return found

    def of_person(self, people: Side, row: int, *, known: bool) -> Layers:
        """Return layers for one person; when everything is `known`, with the answers that are remembered here."""
        single = Layers(people, self.work, self.context, self.may_exclude)
        for asked, layer in self.kept.items() if known else ():
            if isinstance(asked, Criterion):
                single.points(asked).remember(layer, row)
            else:
                single.conflicts(asked).remember(layer, row)
        return single
