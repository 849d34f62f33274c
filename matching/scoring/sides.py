"""One side of all pairs - people or packages - as classes of equal rows, made once for each set of columns."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from types import BuiltinFunctionType, FunctionType
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from matching.domain.columns import Classes, Column, Table, combined
from matching.domain.pool import Pool

Entity = TypeVar("Entity")
Rows = NDArray[np.intp]

POSTCODE = "postcode4"
OWN_CLASS_SHARE = 0.5
"""From this share of distinct rows on, every row is its own class: no look-up by class is needed then."""


@dataclasses.dataclass(frozen=True, eq=False)
class KeptClasses(Classes):
    """Classes that remember what `each` found for functions that depend on nothing but the value."""

    kept: dict[tuple[object, ...], NDArray[Any]] = dataclasses.field(default_factory=dict, repr=False)

    def each(self, name: str, function: Callable[[Any], Any], dtype: type | str = np.int32) -> NDArray[Any]:
        """Return function(value) for each class, shape (size,); read-only when it was remembered."""
        identity = _identity(function)
        if identity is None:
            return super().each(name, function, dtype)
        key = (name, identity, str(dtype))
        if key not in self.kept:
            self.kept[key] = super().each(name, function, dtype)
            self.kept[key].setflags(write=False)
        return self.kept[key]


def _identity(function: Callable[[Any], Any]) -> object | None:
    """Return what tells a function apart when it closes over nothing, else None."""
    if isinstance(function, BuiltinFunctionType | type) or hasattr(function, "cache_info"):
        return function
    plain = isinstance(function, FunctionType) and not (function.__closure__ or function.__defaults__)
    return getattr(function, "__code__", None) if plain else None


class Side:
    """The rows of one side; columns that cannot tell rows apart here (`blank`) read as unknown.

    `own_rows` allows every row to be its own class where nearly all of them differ.
    """

    def __init__(
        self, column: Callable[[str], Column], size: int, *, blank: frozenset[str] = frozenset(), own_rows: bool = False
    ) -> None:
        self._column, self.size, self._blank, self._own_rows = column, size, blank, own_rows
        self._classes: dict[tuple[str, ...], KeptClasses] = {}

    @classmethod
    def of_table(cls, table: Table[Entity], *, blank: frozenset[str], own_rows: bool = False) -> Side:
        """Return all rows of a table."""
        return cls(table.column, len(table), blank=blank, own_rows=own_rows)

    @classmethod
    def of_entities(cls, entities: Sequence[object], *, blank: frozenset[str]) -> Side:
        """Return a few entities, encoded for what is asked only."""
        return cls(lambda name: Column.of(getattr(item, name) for item in entities), len(entities), blank=blank)

    def only(self, entities: Sequence[object]) -> Side:
        """Return a few entities as a side with the same blank columns."""
        return Side.of_entities(entities, blank=self._blank)

    def classes(self, names: tuple[str, ...]) -> KeptClasses:
        """Return the distinct combinations of these columns."""
        if names not in self._classes:
            self._classes[names] = self._combined(names)
        return self._classes[names]

    def _combined(self, names: tuple[str, ...]) -> KeptClasses:
        columns = {name: self._column(name) for name in names if name not in self._blank}
        found = combined(columns, self.size)
        if self._own_rows and found.size >= OWN_CLASS_SHARE * self.size:
            found = Classes(np.arange(self.size, dtype=np.int32), self.size, columns)
        return KeptClasses(found.codes, found.size, dict(found.columns) | self._unread(names, found.size))

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
