"""What a pair weighs in a row: a number for its person times a number for its package, so any pair can be asked.

Most rows weigh few pairs (one group, one package); asked together, each pair is only put to the rows that know its
person or its package.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from matching.planning.problem import Int64Array

__all__ = ["Weighing", "Weighings", "Weights"]

Weights = tuple[Int64Array, Int64Array, Int64Array]
"""Rows, positions of pairs and weights, none of them 0, ordered by row and then by position."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Weighing:
    """`constant + times x person x package`; None on a side counts as 1 for everybody there.

    person [candidate rows] and package [package rows], integers.
    """

    person: Int64Array | None = None
    package: Int64Array | None = None
    times: int = 1
    constant: int = 0

    def __call__(self, candidate: Int64Array, package: Int64Array) -> Int64Array:
        """Return the weight of pairs of candidate and package rows."""
        found = np.full(len(candidate), self.times, np.int64)
        for side, rows in ((self.person, candidate), (self.package, package)):
            if side is not None:
                found *= side[rows]
        return found + self.constant

    def shifted(self, times: int, constant: int) -> Weighing:
        """Return `times` this weight plus a constant."""
        return Weighing(
            person=self.person,
            package=self.package,
            times=times * self.times,
            constant=times * self.constant + constant,
        )


@dataclass(frozen=True, eq=False)
class Weighings:
    """Several weighings that are asked at once; the number of a row is its place among them."""

    weighings: Sequence[Weighing]

    def __call__(self, candidate: Int64Array, package: Int64Array) -> Weights:
        """Return what pairs of candidate and package rows weigh, where that is not 0."""
        parts = [part.weights(candidate, package) for part in self._sparse]
        every = np.arange(len(candidate))
        for number in self._dense:
            weight = self.weighings[number](candidate, package)
            parts.append((np.full(len(every), number, np.int64), every, weight))
        row, position, weight = (np.concatenate([part[n] for part in parts] or [every[:0]]) for n in range(3))
        kept = np.flatnonzero(weight)
        kept = kept[np.lexsort((position[kept], row[kept]))]
        return row[kept], position[kept], weight[kept].astype(np.int64)

    @cached_property
    def _dense(self) -> list[int]:
        return [n for n, w in enumerate(self.weighings) if w.constant or (w.person is None and w.package is None)]

    @cached_property
    def _sparse(self) -> list[_Known]:
        rows = [n for n in range(len(self.weighings)) if n not in set(self._dense)]
        by_package = [n for n in rows if self.weighings[n].package is not None]
        by_person = [n for n in rows if self.weighings[n].package is None]
        return [_Known(self.weighings, kind, of) for kind, of in ((by_package, 1), (by_person, 0)) if kind]


class _Known:
    """Weighings without a constant, listed by what they know: the packages (side 1) or the people (side 0)."""

    def __init__(self, weighings: Sequence[Weighing], rows: list[int], side: int) -> None:
        self.side = side
        known = [_of(weighings[n].package if side else weighings[n].person) for n in rows]
        there = [np.flatnonzero(each) for each in known]
        who = np.concatenate(there)
        order = np.argsort(who, kind="stable")
        self.starts = np.searchsorted(who[order], np.arange(len(known[0]) + 1))
        self.row = np.repeat(np.array(rows, np.int64), [len(each) for each in there])[order]
        factors = [weighings[n].times * each[at] for n, each, at in zip(rows, known, there, strict=True)]
        self.factor = np.concatenate(factors)[order]
        persons = [weighings[n].person if side else None for n in rows]
        self.others = {id(person): person for person in persons if person is not None}
        self.other = np.repeat(np.array([id(person) for person in persons], np.int64), [len(e) for e in there])[order]

    def weights(self, candidate: Int64Array, package: Int64Array) -> Weights:
        """Return what pairs weigh, in no order."""
        asked = package if self.side else candidate
        counts = self.starts[asked + 1] - self.starts[asked]
        position = np.repeat(np.arange(len(asked)), counts)
        before = np.concatenate([[0], np.cumsum(counts)[:-1]]) if len(counts) else counts
        entry = np.arange(len(position)) - (before - self.starts[asked])[position]
        weight = self.factor[entry].copy()
        for name, person in self.others.items():
            mine = np.flatnonzero(self.other[entry] == name)
            weight[mine] *= person[candidate[position[mine]]]
        return self.row[entry], position, weight


def _of(side: Int64Array | None) -> Int64Array:
    return np.zeros(0, np.int64) if side is None else side
