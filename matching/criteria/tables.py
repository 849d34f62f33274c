"""How the criteria make their tables: ask once for each distinct value, then spread over the classes."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.domain.columns import Classes, Codes, Column, combined
from matching.domain.judging import FULL_POINTS, NEUTRAL_POINTS, Points, PointTable
from matching.domain.vocabulary import Term, vocabulary

Flags = NDArray[np.bool_]
Marks = NDArray[np.uint8]


def narrowed(classes: Classes, names: Sequence[str]) -> Classes:
    """Return the distinct combinations of some of the columns; `codes` says which one each class has."""
    return combined({name: used(classes.columns[name]) for name in names}, classes.size)


def used(column: Column) -> Column:
    """Return the column without the values that no row has, so that they are never asked."""
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
    return table.take(package, axis=1).take(candidate, axis=0)


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
        place = self.place
        hits = [
            (place[key], number)
            for number, collection in enumerate(collections)
            if collection
            for key in collection
            if key in place
        ]
        table = np.zeros((len(place), len(collections)), dtype=bool)
        if hits:
            rows, columns = np.array(hits, dtype=np.int32).T
            table[rows, columns] = True
        return table

    def met(self, left: Sequence[Collection[str] | None], right: Sequence[Collection[str] | None]) -> Flags:
        """Return where two collections share a key, shape (left, right); unknown collections share nothing."""
        return strongest(self.among(left), [self.rows_of(collection or ()) for collection in right]).T

    def rows_of(self, collection: Iterable[str]) -> list[int]:
        """Return the numbers of the keys of one collection."""
        return [self.place[key] for key in collection if key in self.place]


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
