"""The hours that a confirmed need takes away for certain, for all pairs: quick, because little is ever refused.

The answers equal `BridgeTable.blocked`; only rows that she confirmed and packages that refuse something are compared.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching.domain.arrangement import arrangements
from matching.domain.bridging_table import asked_by_slot, demand_places
from matching.domain.columns import Classes, Codes, occurring
from matching.domain.judging import Mask, PointTable
from matching.domain.need_rows import NeedRow, confirmed_rows

PACKAGES_AT_ONCE = 256


@dataclass(frozen=True, eq=False)
class ConfirmedNeeds:
    """The distinct sets of confirmed rows that something may meet: how many sets, and for each row which hold it.

    `codes` gives the set of each class of people, shape (people,).
    """

    rows: tuple[NeedRow, ...]
    sets: int
    holders: tuple[NDArray[np.intp], ...]
    codes: Codes

    @classmethod
    def of(cls, people: Classes) -> ConfirmedNeeds:
        """Return the confirmed needs of classes of people, which hold the column needs."""
        column = people.columns["needs"]
        row_place: dict[NeedRow, int] = {}
        set_place: dict[frozenset[int], int] = {}
        set_of_value = np.zeros(len(column.values), dtype=np.int32)
        for code in occurring(column.codes).tolist():
            speaking = confirmed_rows(column.values[code])
            found = frozenset(row_place.setdefault(row, len(row_place)) for row in speaking)
            set_of_value[code] = set_place.setdefault(found, len(set_place))
        holders: list[list[int]] = [[] for _ in row_place]
        for found, number in set_place.items():
            for row in found:
                holders[row].append(number)
        listed = tuple(np.array(holder, dtype=np.intp) for holder in holders)
        return cls(tuple(row_place), len(set_place), listed, set_of_value[column.codes])

    def lost_hours(self, packages: Classes) -> PointTable:
        """Return the thousandths of the hours that are certainly not doable, shape (sets, package classes)."""
        found = np.zeros((packages.size, self.sets), dtype=np.int16)
        refused = self._refused(packages)
        some = np.flatnonzero(refused.any(axis=0))
        for start in range(0, len(some), PACKAGES_AT_ONCE):
            part = some[start : start + PACKAGES_AT_ONCE]
            found[part] = self._lost(refused[:, part], packages.taken(part))
        return found.T

    def _refused(self, packages: Classes) -> Mask:
        """Return whether all that would help is recorded as not possible, shape (rows, package classes)."""
        column = packages.columns["offer_states"]
        order = {key: number for number, key in enumerate(arrangements())}
        may_help = np.zeros((len(self.rows), len(order)), dtype=np.float32)
        for number, row in enumerate(self.rows):
            may_help[number, [order[key] for key in row.alternatives]] = 1
        left = np.ones((len(order), len(column.values)), dtype=np.float32)
        for code in occurring(column.codes).tolist():
            for offer in column.values[code]:
                left[order[offer.arrangement], code] = offer.state != "not_possible"
        return np.asarray((may_help @ left == 0)[:, column.codes])

    def _lost(self, refused: Mask, packages: Classes) -> PointTable:
        """Return what is lost at these packages: the hours of the slots for which a refused row speaks.

        Shape (package classes, sets).
        """
        rows = np.flatnonzero(refused.any(axis=1))
        order = demand_places()
        demand = np.array([order[self.rows[row].demand or ""] for row in rows], dtype=np.intp)
        level = np.array([self.rows[row].level for row in rows], dtype=np.int8)[:, None]
        lost = np.zeros((packages.size, self.sets), dtype=np.int16)
        for levels, share in zip(*asked_by_slot(packages), strict=True):
            speaks = refused[rows] & (levels[demand] > level)
            for number in np.flatnonzero(speaks.any(axis=0)).tolist():
                lost[number, self._holding(rows[speaks[:, number]].tolist())] += share[number]
        return lost

    def _holding(self, rows: list[int]) -> NDArray[np.intp]:
        """Return the sets that hold any of these rows, each once."""
        if len(rows) == 1:
            return self.holders[rows[0]]
        return np.unique(np.concatenate([self.holders[row] for row in rows]))
