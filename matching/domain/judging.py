"""What a rule and a criterion are: small objects that give the number and the sentence.

A rule answers "may they?" with an outcome; a criterion answers "how well?" with points. Both are asked once for
each pair of *classes* (people, or packages, that are equal in the columns that the rule reads), so their answers
are small tables; a single pair is the same question with one class on each side, which is why a list, a single
explanation and the command line give the same integers.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, ClassVar, Literal

import numpy as np
from numpy.typing import NDArray

from matching.domain.candidate import Candidate
from matching.domain.columns import Classes, Codes, Column
from matching.domain.travel import TravelTimes
from matching.domain.work_package import WorkPackage
from matching.text import Sentence

FULL_POINTS = 1000
NEUTRAL_POINTS = 500
NO_PREFERENCE_POINTS = 700

PointTable = NDArray[np.int16]
Mask = NDArray[np.bool_]


class Outcome(IntEnum):
    """The three outcomes of a rule; the outcome of a pair is the worst of its rules."""

    FITS = 0
    TO_JUDGE = 1
    CONFLICT = 2


@dataclass(frozen=True, kw_only=True, slots=True)
class Reads:
    """The columns that a rule or criterion reads, of each side; nothing else can change its answer."""

    candidate: tuple[str, ...] = ()
    package: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Sides:
    """The classes of both sides that are compared, the day, and the travel times."""

    candidate: Classes
    package: Classes
    as_of: dt.date
    travel: TravelTimes

    @property
    def shape(self) -> tuple[int, int]:
        """The shape of every answer: (candidate classes, package classes)."""
        return self.candidate.size, self.package.size

    def full(self, value: int, dtype: type = np.int16) -> NDArray[np.int16]:
        """Return an answer that is the same for every pair."""
        return np.full(self.shape, value, dtype=dtype)


@dataclass(frozen=True, kw_only=True)
class Pair:
    """One candidate and one work package, as a person looks at them."""

    candidate: Candidate
    package: WorkPackage
    as_of: dt.date
    travel: TravelTimes

    def sides(self, reads: Reads) -> Sides:
        """Return the pair as one class on each side."""
        return Sides(
            candidate=one_class(self.candidate, reads.candidate),
            package=one_class(self.package, reads.package),
            as_of=self.as_of,
            travel=self.travel,
        )


def one_class(entity: object, names: tuple[str, ...]) -> Classes:
    """Return one entity as a single class of the named columns."""
    zero = np.zeros(1, dtype=np.int32)
    return Classes(zero, 1, {name: Column(zero, (getattr(entity, name),)) for name in names})


def unknown_class(names: tuple[str, ...]) -> Classes:
    """Return the class of which nothing is known."""
    zero = np.zeros(1, dtype=np.int32)
    return Classes(zero, 1, {name: Column(zero, (() if name == "agreements" else None,)) for name in names})


def outer(
    sides: Sides, candidate: str, package: str, function: Callable[[Any, Any], int], *, dtype: type = np.int16
) -> NDArray[Any]:
    """Return function(candidate value, package value) for every pair, asked once for each pair of distinct values.

    Shape (candidate classes, package classes). For short value lists; use arrays where both lists are long.
    """
    left, right = sides.candidate.columns[candidate], sides.package.columns[package]
    table: NDArray[Any] = np.array([[function(a, b) for b in right.values] for a in left.values], dtype=dtype)
    table = table.reshape(len(left.values), len(right.values))
    return table[left.codes[:, None], right.codes[None, :]]


@dataclass(frozen=True, kw_only=True)
class Points:
    """The answer of a criterion: points 0..1000 for every pair of classes.

    `neutral` orders; `low` and `high` are the points if every unknown turned out badly or well; `unknown` marks
    pairs for which something is unknown. All have shape (candidate classes, package classes); low <= neutral <= high.
    """

    neutral: PointTable
    low: PointTable
    high: PointTable
    unknown: Mask

    @classmethod
    def of(cls, points: NDArray[np.integer], unknown: Mask | None = None) -> Points:
        """Make an answer whose unknown pairs score neutral, with everything possible (0..1000)."""
        known = np.asarray(points, dtype=np.int16)
        mask = np.zeros(known.shape, dtype=bool) if unknown is None else np.broadcast_to(unknown, known.shape)
        return cls(
            neutral=np.where(mask, np.int16(NEUTRAL_POINTS), known),
            low=np.where(mask, np.int16(0), known),
            high=np.where(mask, np.int16(FULL_POINTS), known),
            unknown=mask,
        )


@dataclass(frozen=True, kw_only=True)
class Verdicts:
    """The answer of a rule: an outcome for every pair of classes, and where a question is open.

    `outcome` int8 with values of Outcome and `unknown` have shape (candidate classes, package classes).
    """

    outcome: NDArray[np.int8]
    unknown: Mask

    @classmethod
    def of(cls, *, to_judge: Mask, conflict: Mask | None = None, unknown: Mask | None = None) -> Verdicts:
        """Make verdicts from masks of one shape; conflict wins over to judge, which wins over fits."""
        outcome = to_judge.astype(np.int8)
        if conflict is not None:
            outcome[conflict] = Outcome.CONFLICT
        return cls(outcome=outcome, unknown=np.zeros(outcome.shape, dtype=bool) if unknown is None else unknown)


@dataclass(frozen=True, kw_only=True)
class Ordering:
    """The points that order, once for each distinct answer: many classes of packages (and people) share one.

    `points` has shape (distinct people, distinct packages); `candidate` and `package` say which one each class has.
    The distinct people depend on the classes of people only, never on the packages that are asked about.
    """

    points: PointTable
    candidate: Codes
    package: Codes

    @classmethod
    def of_classes(cls, points: PointTable) -> Ordering:
        """Make an answer in which every class stands for itself."""
        people, packages = (np.arange(size, dtype=np.int32) for size in points.shape)
        return cls(points=points, candidate=people, package=packages)

    def spread(self) -> PointTable:
        """Return the points of every pair of classes."""
        return np.asarray(self.points.take(self.package, axis=1).take(self.candidate, axis=0))


@dataclass(frozen=True, kw_only=True, slots=True)
class Question:
    """Something a person can ask: about which side, which column, and the sentence to say."""

    about: Literal["candidate", "package"]
    field: str
    sentence: Sentence


@dataclass(frozen=True, kw_only=True)
class Criterion:
    """How well do they fit, in one respect? Subclasses add their settings as fields, and the two methods."""

    key: ClassVar[str]
    reads: ClassVar[Reads]

    def points(self, sides: Sides) -> Points:
        """Return the points of every pair of classes."""
        raise TypeError(f"{type(self).__name__} gives no points")

    def ordering(self, sides: Sides) -> Ordering:
        """Return only the points that order, for distinct answers; override where that is much cheaper."""
        return Ordering.of_classes(self.points(sides).neutral)

    def neutral(self, sides: Sides) -> PointTable:
        """Return only the points that order, for all pairs of classes."""
        return self.ordering(sides).spread()

    def reason(self, pair: Pair) -> Sentence:
        """Return in words why this pair has its points; known facts, or what is unknown."""
        raise TypeError(f"{type(self).__name__} gives no reason")

    def questions(self, pair: Pair) -> tuple[Question, ...]:
        """Return what to ask where something this criterion reads is unknown; empty when nothing is."""
        return ()


@dataclass(frozen=True, kw_only=True)
class Rule:
    """May they? Subclasses add their settings as fields, and the methods.

    `can_conflict` tells whether the rule can exclude at all. `needs_fresh_profile` tells that a conflict found on
    a stale profile is only *to judge* (a veto of the candidate holds whatever its age).
    """

    key: ClassVar[str]
    reads: ClassVar[Reads]
    can_conflict: ClassVar[bool] = False
    needs_fresh_profile: ClassVar[bool] = True

    def judge(self, sides: Sides) -> Verdicts:
        """Return the outcome of every pair of classes."""
        raise TypeError(f"{type(self).__name__} judges nothing")

    def excludes(self, sides: Sides) -> Mask:
        """Return only where the outcome is a conflict; override where that is much cheaper than judging."""
        return np.asarray(self.judge(sides).outcome == Outcome.CONFLICT)

    def may_exclude(self, packages: Classes) -> Mask:
        """Return the package classes that could exclude anybody at all, shape (package classes,).

        The others are not asked where only conflicts count. Override where that leaves few; never leave out a class
        that excludes somebody.
        """
        return np.full(packages.size, self.can_conflict, dtype=bool)

    def reason(self, pair: Pair, outcome: Outcome) -> Sentence:
        """Return in words why this pair has this outcome: field, value on both sides, condition."""
        raise TypeError(f"{type(self).__name__} gives no reason")

    def questions(self, pair: Pair) -> tuple[Question, ...]:
        """Return what to ask where something this rule reads is unknown or must be judged."""
        return ()

    def remedy(self, pair: Pair) -> Sentence | None:
        """Return the smallest change that would turn a conflict or signal into a fit, or None when there is none."""
        return None
