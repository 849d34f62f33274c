"""How the criteria make their tables: ask once for each distinct value, then spread over the classes."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import wraps
from itertools import chain, repeat
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from matching.domain.columns import Classes, Codes, Column, combined
from matching.domain.judging import FULL_POINTS, NEUTRAL_POINTS, Points, PointTable
from matching.domain.vocabulary import Term, vocabulary

Flags = NDArray[np.bool_]
Answer = TypeVar("Answer")


def narrowed(classes: Classes, names: Sequence[str]) -> Classes:
    """Return the distinct combinations of some of the columns; `codes` says which one each class has."""
    return combined({name: used(classes.columns[name]) for name in names}, classes.size)


def used(column: Column) -> Column:
    """Return the column without the values that no row has, so that they are never asked."""
    if len(column.codes) == 1:
        return Column(np.zeros(1, dtype=np.int32), (column[0],))
    seen, codes = np.unique(column.codes, return_inverse=True)
    return Column(codes.astype(np.int32), tuple(column.values[code] for code in seen))


def with_answer(classes: Classes, name: str, answer: str, function: Callable[[Any], Any]) -> Classes:
    """Return the classes with one more column: the function of a column, asked once for each used value."""
    column = used(classes.columns[name])
    answers = Column.of(function(value) for value in column.values)
    added = Column(answers.codes[column.codes], answers.values)
    return Classes(classes.codes, classes.size, {**classes.columns, answer: added})


def spread(table: NDArray[Any], candidate: Codes, package: Codes) -> NDArray[Any]:
    """Return the table of distinct values as a table of classes, shape (candidate codes, package codes)."""
    if table.T.flags.c_contiguous and not table.flags.c_contiguous:
        return spread(table.T, package, candidate).T
    return _taken(_taken(table, package, 1), candidate, 0)


def _taken(table: NDArray[Any], codes: Codes, axis: int) -> NDArray[Any]:
    """Return the rows or columns of these codes; the table itself when they are all of them in order."""
    if len(codes) == table.shape[axis] and bool((codes == np.arange(len(codes))).all()):
        return table
    return table.take(codes, axis=axis)


def spread_points(points: Points, candidate: Codes, package: Codes) -> Points:
    """Return points of distinct values as points of classes."""
    parts = (points.neutral, points.low, points.high, points.unknown)
    neutral, low, high, unknown = (spread(part, candidate, package) for part in parts)
    return Points(neutral=neutral, low=low, high=high, unknown=unknown)


def middle(low: NDArray[Any], high: NDArray[Any]) -> PointTable:
    """Return the point nearest to neutral that is possible."""
    return np.asarray(np.clip(np.int16(NEUTRAL_POINTS), low, high), dtype=np.int16)


def ranged(*, low: NDArray[Any], high: NDArray[Any], neutral: NDArray[Any] | None = None) -> Points:
    """Make an answer from its bounds; unknown is where they differ, and neutral is as near to 500 as they allow."""
    chosen = middle(low, high) if neutral is None else neutral
    return Points(
        neutral=chosen.astype(np.int16), low=low.astype(np.int16), high=high.astype(np.int16), unknown=low < high
    )


@dataclass(frozen=True)
class Keys:
    """The keys that a column of collections uses, each with a number: the rows or columns of one-hot tables."""

    place: Mapping[str, int]

    @classmethod
    def of(cls, collections: Iterable[Collection[str] | None]) -> Keys:
        """Number every key that occurs in these collections."""
        found = sorted({key for collection in collections if collection for key in collection})
        return cls({key: number for number, key in enumerate(found)})

    def __len__(self) -> int:
        return len(self.place)

    def among(self, collections: Sequence[Collection[str] | None]) -> Flags:
        """Return a table: is this key in this collection? Shape (keys, collections); unknown collections are False."""
        held = [collection or () for collection in collections]
        rows = np.array(list(map(self.place.get, chain.from_iterable(held), repeat(-1))), dtype=np.intp)
        columns = np.repeat(np.arange(len(held)), np.array(list(map(len, held)), dtype=np.intp))
        table = np.zeros((len(self.place), len(held)), dtype=bool)
        table[rows[rows >= 0], columns[rows >= 0]] = True
        return table

    def met(self, left: Sequence[Collection[str] | None], right: Sequence[Collection[str] | None]) -> Flags:
        """Return where two collections share a key, shape (left, right); unknown collections share nothing."""
        return strongest(self.among(left), [self.rows_of(collection or ()) for collection in right]).T

    def rows_of(self, collection: Iterable[str]) -> list[int]:
        """Return the numbers of the keys of one collection."""
        return [self.place[key] for key in collection if key in self.place]


@dataclass(frozen=True)
class Members:
    """Which of the keys each of many collections holds, asked once; `table` is one-hot (keys + a row of none, many)."""

    keys: Keys
    table: Flags

    @classmethod
    def of(cls, collections: Sequence[Collection[str] | None]) -> Members:
        """Encode the collections; an unknown collection holds nothing."""
        keys = Keys.of(collections)
        table = keys.among(collections)
        return cls(keys, np.concatenate([table, np.zeros((1, len(collections)), dtype=bool)]))

    @classmethod
    def of_column(cls, classes: Classes, name: str) -> Members:
        """Encode a column of collections: each distinct collection is looked at once."""
        column = classes.columns[name]
        distinct = cls.of(column.values)
        return cls(distinct.keys, distinct.table[:, column.codes])

    def holding(self, wanted: Iterable[str]) -> Flags:
        """Return for each wanted key which collections hold it, shape (wanted, collections)."""
        return self.table[[self.keys.place.get(key, -1) for key in wanted]]


def once(function: Callable[[Classes, Any], Answer]) -> Callable[[Classes, Any], Answer]:
    """Return the function with its answers kept as long as the classes that it was asked about exist.

    Packages come in blocks, people are the same classes for every block: what is made of them is made once.
    """
    answers: WeakKeyDictionary[Classes, dict[Any, Answer]] = WeakKeyDictionary()

    @wraps(function)
    def answer(classes: Classes, setting: Any) -> Answer:
        kept = answers.setdefault(classes, {})
        if setting not in kept:
            kept[setting] = function(classes, setting)
        return kept[setting]

    return answer


def strongest(rows: NDArray[Any], chosen: Sequence[Sequence[int]]) -> NDArray[Any]:
    """Return the largest of the chosen rows for each choice, shape (choices, columns); 0 for an empty choice."""
    table = np.zeros((len(chosen), rows.shape[1]), dtype=rows.dtype)
    for number, choice in enumerate(chosen):
        if choice:
            np.maximum.reduce(rows[list(choice)], axis=0, out=table[number])
    return table


def known_of(values: Sequence[object]) -> Flags:
    """Return for each value whether it is known."""
    return np.array([value is not None for value in values], dtype=bool)


def each(values: Sequence[Any], function: Callable[[Any], Any], dtype: type) -> NDArray[Any]:
    """Return the function of each value as an array; of an empty list, an empty array."""
    return np.array([function(value) for value in values], dtype=dtype)


def share(part: NDArray[np.integer], whole: NDArray[np.integer]) -> NDArray[np.int64]:
    """Return part of whole in thousandths, rounded down; 0 where the whole is 0."""
    return np.asarray(FULL_POINTS * part.astype(np.int64) // np.maximum(whole, 1), dtype=np.int64)


def named(name: str, keys: Iterable[str]) -> tuple[Term | str, ...]:
    """Return the terms of these keys in the order of their vocabulary; keys of no vocabulary come last, as they are."""
    terms, wanted = vocabulary(name).terms, set(keys)
    return (*(term for key, term in terms.items() if key in wanted), *sorted(wanted - set(terms)))


def named_shares(shares: Iterable[tuple[str, int]]) -> frozenset[str]:
    """Return the keys of a list of (key, share)."""
    return frozenset(key for key, _ in shares)
