"""Columns of distinct values, made from whole-number codes: a value is built once, however many rows hold it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Hashable, Sequence

import numpy as np
from numpy.typing import NDArray

from matching.domain.columns import Column

ABSENT = -1
"""The code of unknown."""


def coded(codes: NDArray[np.integer], build: Callable[[int], Hashable], hidden: NDArray[np.bool_]) -> Column:
    """Return the column of build(code); unknown (None) where `hidden` or where the code is negative."""
    found, rows = np.unique(np.where(hidden, ABSENT, codes), return_inverse=True)
    place: dict[Hashable, int] = {}
    cells = (None if code < 0 else build(int(code)) for code in found)
    renumbered = np.array([place.setdefault(cell, len(place)) for cell in cells], dtype=np.int32)
    return Column(renumbered[rows], tuple(place))


def chosen(codes: NDArray[np.integer], values: Sequence[Hashable], hidden: NDArray[np.bool_]) -> Column:
    """Return the column of values[code]; unknown where `hidden` or where the code is negative."""
    return coded(codes, values.__getitem__, hidden)


def dates(days: NDArray[np.integer], hidden: NDArray[np.bool_]) -> Column:
    """Return the column of dates of these ordinal days; unknown where `hidden`."""
    return coded(days, dt.date.fromordinal, hidden)


def always(value: Hashable, rows: int) -> Column:
    """Return a column that holds one value everywhere."""
    return Column(np.zeros(rows, dtype=np.int32), (value,) if rows else ())


def packed(parts: Sequence[NDArray[np.integer]], sizes: Sequence[int]) -> NDArray[np.int64]:
    """Return one code for each row of several small codes; `unpacked` takes it apart. Sizes multiply to < 2**62."""
    total = np.zeros(len(parts[0]), dtype=np.int64)
    for part, size in zip(parts, sizes, strict=True):
        total = total * size + part
    return total


def unpacked(code: int, sizes: Sequence[int]) -> tuple[int, ...]:
    """Return the small codes that `packed` put together."""
    found: list[int] = []
    for size in reversed(sizes):
        code, part = divmod(code, size)
        found.append(part)
    return tuple(reversed(found))
