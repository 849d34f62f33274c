"""Yes, no and unknown as masks: candidates stand down a table (column vectors), packages across it (row vectors)."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.domain.columns import Classes
from matching.domain.judging import Mask, Sides, Verdicts
from matching.domain.work_package import Task

Ends = NDArray[np.float64]


def is_true(side: Classes, name: str) -> Mask:
    """Return where the column is known to be yes."""
    return side.each(name, lambda value: value is True, bool)


def is_false(side: Classes, name: str) -> Mask:
    """Return where the column is known to be no."""
    return side.each(name, lambda value: value is False, bool)


def holds(side: Classes, name: str, test: Callable[[Any], bool]) -> Mask:
    """Return where a test of the value holds, asked once for each distinct value."""
    return side.each(name, test, bool)


def day_numbers(side: Classes, name: str) -> Ends:
    """Return dates as day numbers; unknown, or what is no date, is nan."""
    return side.each(name, lambda value: value.toordinal() if hasattr(value, "toordinal") else np.nan, np.float64)


def verdicts(
    sides: Sides, *, to_judge: Mask | bool, conflict: Mask | bool = False, unknown: Mask | bool = False
) -> Verdicts:
    """Return verdicts from masks that broadcast to the shape of the sides."""
    return Verdicts.of(to_judge=_full(to_judge, sides), conflict=_full(conflict, sides), unknown=_full(unknown, sides))


def _full(mask: Mask | bool, sides: Sides) -> Mask:
    return np.array(np.broadcast_to(np.asarray(mask, dtype=bool), sides.shape))


def some_carveable(tasks: Collection[Task] | None) -> bool:
    """Return whether a task is known to be one that may be taken out."""
    return any(task.carveable is True for task in tasks or ())


def none_carveable(tasks: Collection[Task] | None) -> bool:
    """Return whether it is known of every task that it may not be taken out; False for an unknown task list."""
    return tasks is not None and all(task.carveable is False for task in tasks)


def memberships(side: Classes, name: str, keys: Collection[str]) -> NDArray[np.float32]:
    """Return 1 where a class holds a key of a list column, shape (classes, keys); unknown holds none."""
    column = side.columns[name]
    order = list(keys)
    table = np.array([[key in (value or ()) for key in order] for value in column.values], dtype=np.float32)
    return table.reshape(len(column.values), len(order))[column.codes]


def all_keys(side: Classes, name: str) -> list[str]:
    """Return every key that a list column holds, sorted."""
    return sorted({key for value in side.columns[name].values for key in value or ()})


def any_shared(left: NDArray[np.float32], right: NDArray[np.float32]) -> Mask:
    """Return where a row of the left and a row of the right hold a 1 for the same key, shape (left, right).

    Only rows that hold something are multiplied: most people lack nothing and most packages ask nothing.
    """
    found = np.zeros((len(left), len(right)), dtype=bool)
    rows, columns = np.flatnonzero(left.any(axis=1)), np.flatnonzero(right.any(axis=1))
    if len(rows) and len(columns):
        found[np.ix_(rows, columns)] = left[rows] @ right[columns].T > 0
    return found
