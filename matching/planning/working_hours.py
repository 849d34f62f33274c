"""The hours a week that a proposal stands for: the most that both sides want, as far as they are known."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from matching.domain.columns import Column
from matching.domain.job_unit import JOB_HOURS
from matching.domain.pool import Pool
from matching.planning.problem import Int64Array

__all__ = ["hours_of", "tenths_of_pairs"]

_UNKNOWN = -1


def hours_of(pool: Pool, candidate: int, package: int) -> float | None:
    """Return the weekly hours of a pair of rows; what one side does not know the other decides, None: nobody knows."""
    tenths = int(_known(pool, np.array([candidate]), np.array([package]))[0])
    return None if tenths == _UNKNOWN else tenths / 10


def tenths_of_pairs(pool: Pool, candidate: Int64Array, package: Int64Array) -> Int64Array:
    """Return the weekly hours of pairs of rows in tenths; where nobody knows them they count as one job."""
    known = _known(pool, candidate, package)
    return np.where(known == _UNKNOWN, round(10 * JOB_HOURS), known).astype(np.int64)


def _known(pool: Pool, candidate: Int64Array, package: Int64Array) -> Int64Array:
    own, asked = _most(pool.candidates.column, candidate), _most(pool.packages.column, package)
    both = np.minimum(own, asked)
    return np.where(own == _UNKNOWN, asked, np.where(asked == _UNKNOWN, own, both)).astype(np.int64)


def _most(column: Callable[[str], Column], rows: Int64Array) -> Int64Array:
    high, low = (_tenths(column(name))[rows] for name in ("hours_max", "hours_min"))
    return np.where(high == _UNKNOWN, low, high)


def _tenths(column: Column) -> Int64Array:
    values = [_UNKNOWN if value is None else round(10 * value) for value in column.values]
    return np.array(values, np.int64)[column.codes]
