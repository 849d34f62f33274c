"""The hours that a confirmed need takes away for certain, for all pairs: quick, because little is ever refused.

The answers equal `BridgeTable.blocked`; only rows that she confirmed and packages that refuse something are compared.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching.domain.arrangement import arrangements
from matching.domain.bridging_table import asked_by_slot, demand_places
from matching.domain.columns import Classes, Codes
from matching.domain.judging import Mask, PointTable
from matching.domain.need_rows import NeedRow, need_rows

PACKAGES_AT_ONCE = 256


@dataclass(frozen=True, eq=False)
class ConfirmedNeeds:
    """The distinct sets of confirmed rows that something may meet: `holds` has shape (sets, rows), codes (people,)."""

    rows: tuple[NeedRow, ...]
    holds: NDArray[np.float32]
    codes: Codes

    @classmethod
    def of(cls, people: Classes) -> ConfirmedNeeds:
        """Return the confirmed needs of classes of people, which hold the column needs."""
        column = people.columns["needs"]
        row_place: dict[NeedRow, int] = {}
        set_place: dict[frozenset[int], int] = {}
        set_of_value = np.zeros(len(column.values), dtype=np.int32)
        for code in np.unique(column.codes).tolist():
            speaking = (row for row in need_rows(column.values[code]) if row.confirmed and row.alternatives)
            found = frozenset(row_place.setdefault(row, len(row_place)) for row in speaking)
            set_of_value[code] = set_place.setdefault(found, len(set_place))
        holds = np.zeros((len(set_place), len(row_place)), dtype=np.float32)
        for found, number in set_place.items():
            holds[number, list(found)] = 1
        return cls(tuple(row_place), holds, set_of_value[column.codes])

    def lost_hours(self, packages: Classes) -> PointTable:
        """Return the thousandths of the hours that are certainly not doable, shape (sets, package classes)."""
        found = np.zeros((len(self.holds), packages.size), dtype=np.int16)
        refused = self._refused(packages)
        some = np.flatnonzero(refused.any(axis=0))
        for start in range(0, len(some), PACKAGES_AT_ONCE):
            part = some[start : start + PACKAGES_AT_ONCE]
            found[:, part] = self._lost(refused[:, part], packages.taken(part))
        return found

    def _refused(self, packages: Classes) -> Mask:
        """Return whether all that would help is recorded as not possible, shape (rows, package classes)."""
        column = packages.columns["offer_states"]
        order = {key: number for number, key in enumerate(arrangements())}
        may_help = np.zeros((len(self.rows), len(order)), dtype=np.float32)
        for number, row in enumerate(self.rows):
            may_help[number, [order[key] for key in row.alternatives]] = 1
        left = np.ones((len(order), len(column.values)), dtype=np.float32)
        for code in np.unique(column.codes).tolist():
            for offer in column.values[code]:
                left[order[offer.arrangement], code] = offer.state != "not_possible"
        return np.asarray((may_help @ left == 0)[:, column.codes])

    def _lost(self, refused: Mask, packages: Classes) -> PointTable:
        """Return what is lost at these packages: the hours of the slots for which a refused row speaks."""
        rows = np.flatnonzero(refused.any(axis=1))
        order = demand_places()
        demand = np.array([order[self.rows[row].demand or ""] for row in rows], dtype=np.intp)
        level = np.array([self.rows[row].level for row in rows], dtype=np.int8)[:, None]
        sets = np.flatnonzero(self.holds[:, rows].any(axis=1))
        holds = self.holds[np.ix_(sets, rows)]
        lost = np.zeros((len(self.holds), packages.size), dtype=np.int16)
        for levels, share in zip(*asked_by_slot(packages), strict=True):
            speaks = refused[rows] & (levels[demand] > level)
            if speaks.any():
                lost[sets] += (holds @ speaks.astype(np.float32) > 0) * share
        return lost
