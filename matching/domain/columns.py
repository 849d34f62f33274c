"""Tables of entities as columns of distinct values: what makes comparing once per distinct value possible."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any, Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from matching.domain.canonical import canonical_texts
from matching.errors import UnknownName
from matching.text import say

Row = TypeVar("Row")
Codes = NDArray[np.int32]


@dataclass(frozen=True, eq=False)
class Column:
    """One column: a code for each row and the distinct values that the codes stand for (None is unknown)."""

    codes: Codes
    values: tuple[Any, ...]

    @classmethod
    def of(cls, cells: Iterable[Any]) -> Column:
        """Encode cells (hashable); codes follow the order of first appearance."""
        place: dict[Any, int] = {}
        codes = np.fromiter((place.setdefault(cell, len(place)) for cell in cells), dtype=np.int32)
        return cls(codes, tuple(place))

    def __len__(self) -> int:
        return len(self.codes)

    def __getitem__(self, row: int) -> Any:
        return self.values[self.codes[row]]

    def texts(self) -> list[str]:
        """Return the canonical text of each distinct value."""
        return canonical_texts(self.values)

    def take(self, rows: NDArray[np.intp]) -> Column:
        """Return the column of these rows."""
        return Column(self.codes[rows], self.values)

    @property
    def unknown(self) -> NDArray[np.bool_]:
        """One boolean a row: the value is unknown."""
        return np.array([value is None for value in self.values], dtype=bool)[self.codes]


@dataclass(frozen=True, eq=False)
class Classes:
    """The distinct combinations of a few columns: rows with equal values are one class.

    `codes` gives the class of each row, shape (rows,). `columns` gives for each read column the value code of
    each class, shape (size,), beside the distinct values.
    """

    codes: Codes
    size: int
    columns: Mapping[str, Column]

    def each(self, name: str, function: Callable[[Any], Any], dtype: type | str = np.int32) -> NDArray[Any]:
        """Return function(value) for each class, shape (size,), asked once for each distinct value."""
        column = self.columns[name]
        return np.array([function(value) for value in column.values], dtype=dtype)[column.codes]

    def numbers(self, name: str) -> NDArray[np.float64]:
        """Return the value of each class as a float, shape (size,); unknown is nan."""
        return self.each(name, lambda value: np.nan if value is None else value, np.float64)

    def known(self, name: str) -> NDArray[np.bool_]:
        """Return for each class whether the value is known, shape (size,)."""
        return ~self.columns[name].unknown

    def values(self, name: str) -> list[Any]:
        """Return the value of each class, length size."""
        column = self.columns[name]
        return [column.values[code] for code in column.codes]

    def taken(self, which: NDArray[np.intp]) -> Classes:
        """Return these classes as classes of their own."""
        columns = {name: column.take(which) for name, column in self.columns.items()}
        return Classes(np.arange(len(which), dtype=np.int32), len(which), columns)

    def part(self, start: int, stop: int) -> Classes:
        """Return the classes start..stop as classes of their own (codes count those classes only)."""
        size = max(0, min(stop, self.size) - start)
        columns = {name: Column(column.codes[start:stop], column.values) for name, column in self.columns.items()}
        return Classes(np.arange(size, dtype=np.int32), size, columns)


class Table(Generic[Row]):
    """Rows of one entity type, held as columns; entities are made when somebody looks at one."""

    def __init__(self, entity: type[Row], columns: Mapping[str, Column], key: str) -> None:
        self.entity, self.key = entity, key
        self._columns = dict(columns)
        self.ids: tuple[str, ...] = tuple(columns[key].values[code] for code in columns[key].codes)

    @classmethod
    def of(cls, entity: type[Row], rows: Sequence[Row], key: str) -> Table[Row]:
        """Make a table from entities."""
        names = [field.name for field in fields(entity)]  # type: ignore[arg-type]
        return cls(entity, {name: Column.of(getattr(row, name) for row in rows) for name in names}, key)

    def __len__(self) -> int:
        return len(self.ids)

    @cached_property
    def positions(self) -> Mapping[str, int]:
        """The row of each id."""
        return {identity: row for row, identity in enumerate(self.ids)}

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The names of the stored columns."""
        return tuple(field.name for field in fields(self.entity))  # type: ignore[arg-type]

    def position(self, identity: str) -> int:
        """Return the row of an id. Raises UnknownName with the nearest id."""
        try:
            return self.positions[identity]
        except KeyError:
            raise UnknownName(say(f"vocabulary.{self.key}"), identity, self.ids) from None

    def column(self, name: str) -> Column:
        """Return a stored column, or one derived from a property of the entity (computed once)."""
        if name not in self._columns:
            self._columns[name] = self._derived(name)
        return self._columns[name]

    def _derived(self, name: str) -> Column:
        """Return a column of a property, which is asked once for each combination of the stored columns it reads.

        Where nearly every row is a combination of its own, every row is asked.
        """
        stored = {own: self._columns[own] for own in self.names}
        read: dict[str, Column] = {}
        while True:
            classes = combined(read, len(self))
            first = np.empty(classes.size, dtype=np.intp)
            first[classes.codes[::-1]] = np.arange(len(self) - 1, -1, -1)
            if 2 * classes.size > len(self):
                return Column.of(getattr(entity, name) for entity in self._entities)
            seen: set[str] = set()
            values = [getattr(_Reading(self.entity, stored, row, seen), name) for row in first.tolist()]
            if seen <= read.keys():
                return Column.of(map(values.__getitem__, classes.codes.tolist()))
            read = {own: stored[own] for own in stored if own in seen or own in read}

    @cached_property
    def _entities(self) -> list[Row]:
        """Every row as an entity, made once: several derived columns read them."""
        return self.rows()

    def __getitem__(self, row: int) -> Row:
        return self.entity(**{name: self._columns[name][row] for name in self.names})

    def rows(self) -> list[Row]:
        """Return every row as an entity."""
        columns = [self._columns[name] for name in self.names]
        cells = [map(column.values.__getitem__, column.codes.tolist()) for column in columns]
        return [self.entity(**dict(zip(self.names, row, strict=True))) for row in zip(*cells, strict=True)]

    def find(self, identity: str) -> Row:
        """Return the entity of an id. Raises UnknownName with the nearest id."""
        return self[self.position(identity)]

    def take(self, rows: NDArray[np.intp]) -> Table[Row]:
        """Return a table of these rows, in this order."""
        return Table(self.entity, {name: self._columns[name].take(rows) for name in self.names}, self.key)

    def replaced(self, name: str, column: Column) -> Table[Row]:
        """Return a table with one stored column replaced."""
        return Table(self.entity, {other: self._columns[other] for other in self.names} | {name: column}, self.key)

    def classes(self, names: Sequence[str]) -> Classes:
        """Return the distinct combinations of these columns; the order of the classes has no meaning."""
        chosen = {name: self.column(name) for name in names}
        return combined(chosen, len(self))


class _Reading:
    """A row that only looks up what is read of it, and notes which columns those were; properties read it as itself."""

    def __init__(self, entity: type, stored: Mapping[str, Column], row: int, seen: set[str]) -> None:
        self.__dict__.update(_entity=entity, _stored=stored, _row=row, _seen=seen)

    def __getattr__(self, name: str) -> Any:
        if name in self._stored:
            self._seen.add(name)
            return self._stored[name][self._row]
        found = getattr(self._entity, name)
        if isinstance(found, property) and found.fget is not None:
            return found.fget(self)
        return found.__get__(self, self._entity) if hasattr(found, "__get__") else found


def combined(columns: Mapping[str, Column], rows: int) -> Classes:
    """Return the distinct combinations of columns of equal length as classes."""
    codes, size = np.zeros(rows, dtype=np.int64), 1
    if rows == 1:
        return Classes(codes.astype(np.int32), 1, dict(columns))
    for column in columns.values():
        codes, size = codes * max(1, len(column.values)) + column.codes, size * max(1, len(column.values))
        if size > SPARSE * rows:
            codes, size = _renumbered(codes, size)
    codes, size = _renumbered(codes, size)
    first = np.empty(size, dtype=np.int64)
    first[codes[::-1]] = np.arange(rows - 1, -1, -1)
    read = {name: Column(column.codes[first], column.values) for name, column in columns.items()}
    return Classes(codes.astype(np.int32), size, read)


SPARSE = 16
"""From so many times more numbers than rows on, finding which occur by marking them takes longer than sorting."""


def occurring(codes: NDArray[np.integer[Any]]) -> NDArray[np.intp]:
    """Return which codes (0 and up, not far beyond the number of rows) occur, ascending."""
    return np.flatnonzero(np.bincount(codes))


def _renumbered(codes: NDArray[np.int64], size: int) -> tuple[NDArray[np.int64], int]:
    """Return numbers below `size` as 0, 1, 2, ... in the same order, and how many there are."""
    if size > SPARSE * len(codes):
        distinct, found = np.unique(codes, return_inverse=True)
        return found, len(distinct)
    marks = np.zeros(size, dtype=bool)
    marks[codes] = True
    return (np.cumsum(marks) - 1)[codes], int(np.count_nonzero(marks))
