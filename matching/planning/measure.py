"""What a pair weighs in a row: a number for its person times a number for its package, so any pair can be asked."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matching.planning.problem import Int64Array

__all__ = ["Weighing"]


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
