"""One side of all pairs - people or packages - as classes of equal rows, made once for each set of columns."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from matching.domain.columns import Classes, Column, Table, combined
from matching.domain.pool import Pool

Entity = TypeVar("Entity")
Rows = NDArray[np.intp]

POSTCODE = "postcode4"


class Side:
    """The rows of one side; columns that cannot tell rows apart here (`blank`) read as unknown."""

    def __init__(self, column: Callable[[str], Column], size: int, *, blank: frozenset[str]) -> None:
        self._column, self.size, self._blank = column, size, blank
        self._classes: dict[tuple[str, ...], Classes] = {}

    @classmethod
    def of_table(cls, table: Table[Entity], *, blank: frozenset[str]) -> Side:
        """Return all rows of a table."""
        return cls(table.column, len(table), blank=blank)

    @classmethod
    def of_entities(cls, entities: Sequence[object], *, blank: frozenset[str]) -> Side:
        """Return a few entities, encoded for what is asked only."""
        return cls(lambda name: Column.of(getattr(item, name) for item in entities), len(entities), blank=blank)

    def one(self, row: int) -> Side:
        """Return the row as a side of its own."""
        at = np.array([row], dtype=np.intp)
        return Side(lambda name: self._column(name).take(at), 1, blank=self._blank)

    def only(self, entities: Sequence[object]) -> Side:
        """Return a few entities as a side with the same blank columns."""
        return Side.of_entities(entities, blank=self._blank)

    def classes(self, names: tuple[str, ...]) -> Classes:
        """Return the distinct combinations of these columns."""
        if names not in self._classes:
            self._classes[names] = self._combined(names)
        return self._classes[names]

    def _combined(self, names: tuple[str, ...]) -> Classes:
        columns = {name: self._column(name) for name in names if name not in self._blank}
        found = combined(columns, self.size)
        return Classes(found.codes, found.size, dict(found.columns) | self._unread(names, found.size))

    def _unread(self, names: tuple[str, ...], size: int) -> dict[str, Column]:
        nothing = Column(np.zeros(size, dtype=np.int32), (None,))
        return {name: nothing for name in names if name in self._blank}


def blank_columns(pool: Pool) -> frozenset[str]:
    """Return the columns that cannot change an answer in this pool: postcodes without a matrix of postcodes."""
    return frozenset() if pool.travel.uses_postcodes else frozenset({POSTCODE})


def chosen(classes: Classes, which: NDArray[np.integer[Any]]) -> Classes:
    """Return some of the classes as classes of their own, holding only the values that occur in them."""
    if len(which) == classes.size and np.array_equal(which, np.arange(classes.size)):
        return classes
    columns = {name: _pruned(column.take(which.astype(np.intp))) for name, column in classes.columns.items()}
    return Classes(np.arange(len(which), dtype=np.int32), len(which), columns)


def _pruned(column: Column) -> Column:
    occurring, codes = np.unique(column.codes, return_inverse=True)
    return Column(codes.astype(np.int32), tuple(column.values[code] for code in occurring))
