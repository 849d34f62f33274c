"""The draft of a problem: what limits, wishes and agreements of the pool have asked for so far."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil

import numpy as np
import numpy.typing as npt

from matching.domain.columns import Column
from matching.domain.pool import Pool
from matching.domain.region import region_of
from matching.errors import UnknownName
from matching.planning.measure import Weighing
from matching.planning.problem import NO_BUDGET, Int64Array, Stage
from matching.planning.working_hours import tenths_of_pairs
from matching.text import Sentence, say

__all__ = ["CANDIDATE_GROUPS", "PACKAGE_GROUPS", "SHARED_TARGET", "Draft", "Measure", "RowDraft", "labels_of"]

Measure = Callable[[Int64Array, Int64Array], Int64Array]
"""The weight of each pair in a row, from candidate rows and package rows."""

PACKAGE_GROUPS = {
    "employer": "employer",
    "method": "method",
    "programme": "programme",
    "region": "municipality",
    "municipality": "municipality",
    "supplier": "supplier",
    "package": "work_package_id",
    "target": "method",
}
"""What packages can be grouped by, and the column it is read from."""

CANDIDATE_GROUPS = {
    "source": "source_organisation",
    "source_kind": "source_kind",
    "framework_supplier": "source_organisation",
    "home_region": "municipality",
}
"""What candidates can be grouped by, and the column it is read from."""

_ROOMY = 10**6

SHARED_TARGET = "supplier + other_employer"
"""The group of the two methods that have one target figure together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RowDraft:
    """A limit or wish across packages, before it is known which pairs take part."""

    sentence: Sentence
    weigh: Measure
    low: int | None = None
    high: int | None = None
    price: int | None = None
    or_nothing: bool = False
    seldom: bool = False


class Draft:
    """Limits in the making; rows are rows of the pool's tables.

    `person` gives each candidate row the first row of the same person, so that several ids count once. `room` is the
    number of proposals that a limit on exposure leaves each row, `awaiting` the number of its pairs that a person must
    judge before a plan of judged pairs may have them, `able` whether it has a pair without that. `apart` are pairs of
    candidate rows that do not go together to any of the packages `shared`.
    """

    def __init__(self, pool: Pool) -> None:
        people, work = len(pool.candidates), len(pool.packages)
        self.pool = pool
        self.person = np.arange(people, dtype=np.int64)
        self._alone: npt.NDArray[np.bool_] | None = None
        self.places = np.maximum(_numbers(pool, "places"), 0)
        self.budgets = np.full(work, NO_BUDGET, np.int64)
        self.usual_hours = np.zeros(work, np.int64)
        self.most = np.ones(people, np.int64)
        self.room = np.full(people, _ROOMY, np.int64)
        self.least: dict[int, Sentence] = {}
        self.pins: dict[tuple[int, int], Sentence] = {}
        self.accepted: set[tuple[int, int]] = set()
        self.barred: dict[tuple[int, int], Sentence] = {}
        self.resting: dict[int, Sentence] = {}
        self.exclusive: list[tuple[int, int]] = []
        self.apart: list[tuple[int, int]] = []
        self.shared: list[int] = []
        self.rows: list[RowDraft] = []
        self.previous: set[tuple[int, int]] = set()
        self.threshold = 0
        self.change_budget: int | None = None
        self.counts_jobs = False
        self.only_cleared = False
        self.awaiting = np.zeros(people, np.int64)
        self.able = np.zeros(people, np.bool_)

    def candidate(self, identity: str) -> int:
        """Return the row of a candidate. Raises UnknownName."""
        return int(self.pool.candidates.position(identity))

    def package(self, identity: str) -> int:
        """Return the row of a package. Raises UnknownName."""
        return int(self.pool.packages.position(identity))

    def packages_of(self, employer: str | None) -> list[int]:
        """Return the rows of an employer's packages; of all packages when it is None."""
        column = self.pool.packages.column("employer")
        return [p for p in range(len(column)) if employer is None or column[p] == employer]

    def pin(self, candidate: int, package: int, sentence: Sentence, *, accepted: bool = False) -> None:
        """Fix a pair; an accepted one always has its place, also beyond the number of places."""
        self.pins[candidate, package] = sentence
        if accepted:
            self.accepted.add((candidate, package))

    def bar(self, candidate: int, packages: list[int], sentence: Sentence) -> None:
        """Forbid a candidate with these packages; what was accepted stays."""
        for package in packages:
            if (candidate, package) not in self.accepted:
                self.barred.setdefault((candidate, package), sentence)

    def same(self, one: int, other: int) -> None:
        """Make two candidate rows one person."""
        first, second = sorted((int(self.person[one]), int(self.person[other])))
        self.person[self.person == second] = first
        self._alone = None

    def ids_of_person(self, candidate: int) -> list[str]:
        """Return every id of the person of a candidate row."""
        if self._alone is None:
            self._alone = np.bincount(self.person, minlength=len(self.person)) == 1
        if self._alone[self.person[candidate]]:
            return [self.pool.candidates.ids[candidate]]
        same = np.flatnonzero(self.person == self.person[candidate]).tolist()
        return [self.pool.candidates.ids[row] for row in same]

    def leave_room(self, proposals: Int64Array) -> None:
        """Let each candidate row get at most this many proposals, whatever else is asked."""
        self.room = np.minimum(self.room, proposals)
        self.most = np.minimum(self.most, self.room)

    def goals(self, stages: tuple[Stage, ...], candidate: Int64Array, package: Int64Array) -> tuple[Stage, ...]:
        """Return the stages of these pairs; when jobs count, the first one weighs weekly hours in tenths."""
        if not self.counts_jobs:
            return stages
        return (Stage(name="hours", weights=tenths_of_pairs(self.pool, candidate, package)), *stages[1:])

    def counted(self, candidate: int, packages: set[int]) -> Measure:
        """Return the measure that counts the pairs of one person with these packages."""
        inside = np.zeros(len(self.places), np.int64)
        inside[sorted(packages)] = 1
        same = (self.person == self.person[candidate]).astype(np.int64)
        return Weighing(person=same, package=inside)

    def hours(self, candidate: Int64Array, package: Int64Array) -> Int64Array:
        """Return the whole hours each pair takes of a budget (see HourBudget); 0 where there is no budget."""
        wanted = _hours(self.pool.candidates.column("hours_max"), 0)[candidate]
        usual = self.usual_hours[package]
        asked = np.where(wanted > 0, wanted, usual)
        ceiling = _hours(self.pool.packages.column("hours_max"), 0)[package]
        return np.where(usual > 0, np.where(ceiling > 0, np.minimum(asked, ceiling), asked), 0)

    def groups(self, per: str) -> list[tuple[str, Measure]]:
        """Return each known group of this kind with the measure that counts its pairs; unknown is no group.

        Raises UnknownName for another kind of group.
        """
        if per in PACKAGE_GROUPS:
            of = labels_of(self.pool, per)
            return [(label, _count(of, label, packages=True)) for label in sorted({x for x in of if x is not None})]
        if per in CANDIDATE_GROUPS:
            of = labels_of(self.pool, per)
            return [(label, _count(of, label, packages=False)) for label in sorted({x for x in of if x is not None})]
        raise UnknownName(say("planning.name.group"), per, (*PACKAGE_GROUPS, *CANDIDATE_GROUPS))


def _numbers(pool: Pool, name: str) -> Int64Array:
    column = pool.packages.column(name)
    return np.array([int(value or 0) for value in column.values], np.int64)[column.codes]


def _hours(column: Column, unknown: int) -> Int64Array:
    return np.array([unknown if v is None else ceil(v) for v in column.values], np.int64)[column.codes]


def labels_of(pool: Pool, per: str) -> list[str | None]:
    """Return the group of each package row, or of each candidate row; None where it is unknown or there is none."""
    packages = per in PACKAGE_GROUPS
    column = (pool.packages if packages else pool.candidates).column((PACKAGE_GROUPS | CANDIDATE_GROUPS)[per])
    known = [None if value is None else _label(per, str(value)) for value in column.values]
    found = [known[code] for code in column.codes]
    if per != "framework_supplier":
        return found
    kind = pool.candidates.column("source_kind")
    return [label if kind[row] == "supplier" else None for row, label in enumerate(found)]


def _label(per: str, value: str) -> str:
    if per == "target":
        return SHARED_TARGET if value in SHARED_TARGET.split(" + ") else value
    return region_of(value).code if per in ("region", "home_region") else value


def _count(labels: list[str | None], label: str, *, packages: bool) -> Measure:
    inside: Int64Array = np.array([x == label for x in labels], np.int64)
    return Weighing(package=inside) if packages else Weighing(person=inside)
