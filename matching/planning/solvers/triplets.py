"""The limits of a problem as sparse rows of whole numbers, for the solvers that take arrays."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from matching.planning.problem import NO_BUDGET, Int64Array, Problem

__all__ = ["Triplets", "exclusive_pairs", "limits"]

Float64Array = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Triplets:
    """Rows as (row, column, value) triplets with bounds.

    Columns are the edges, then below and above of each wish, then (in a whole model) whether each row that may be empty
    is open. The floors of those rows stand last, after one row for each side row.
    """

    row: Int64Array
    column: Int64Array
    value: Int64Array
    low: Float64Array
    high: Float64Array
    columns: int

    def dense_order(self) -> tuple[Int64Array, Int64Array, Int64Array]:
        """Return starts, columns and values row by row (compressed rows)."""
        order = np.lexsort((self.column, self.row))
        starts = np.searchsorted(self.row[order], np.arange(len(self.low) + 1))
        return starts.astype(np.int64), self.column[order], self.value[order]


def limits(problem: Problem, *, whole: bool = False) -> Triplets:
    """Return every limit and side row: people, packages, budgets, exclusive pairs, then the side rows.

    A row that may be empty has no floor here unless the model is `whole`: a part of a team is as good as none then.
    """
    edges, count = problem.edges, len(problem.edges)
    each = np.arange(count, dtype=np.int64)
    parts = [(edges.candidate.astype(np.int64), each, np.ones(count, np.int64))]
    lows, highs = [problem.least_places.astype(float)], [problem.max_places.astype(float)]
    parts.append((edges.package + np.int64(problem.candidates), each, np.ones(count, np.int64)))
    lows.append(np.full(problem.packages, -np.inf))
    highs.append(problem.places.astype(float))
    first = problem.candidates + problem.packages
    wishes = 2 * sum(r.price is not None for r in problem.rows)
    openings = _openings(problem, count + wishes) if whole else []
    for part, low, high in (_budgets(problem, first), _exclusive(problem), _side_rows(problem), *openings):
        parts.append((part[0] + _height(lows), part[1], part[2]))
        lows.append(low)
        highs.append(high)
    row, column, value = (np.concatenate([part[i] for part in parts]).astype(np.int64) for i in range(3))
    return Triplets(
        row=row,
        column=column,
        value=value,
        low=np.concatenate(lows),
        high=np.concatenate(highs),
        columns=count + wishes + (sum(r.or_nothing for r in problem.rows) if whole else 0),
    )


def _height(lows: list[Float64Array]) -> int:
    return sum(len(low) for low in lows)


Part = tuple[Int64Array, Int64Array, Int64Array]


def _budgets(problem: Problem, first: int) -> tuple[Part, Float64Array, Float64Array]:
    budgeted = np.flatnonzero(problem.budgets != NO_BUDGET)
    rank = np.full(problem.packages, -1, np.int64)
    rank[budgeted] = np.arange(len(budgeted))
    column = np.flatnonzero(rank[problem.edges.package] >= 0).astype(np.int64)
    part = (rank[problem.edges.package[column]], column, problem.hours[column])
    return part, np.full(len(budgeted), -np.inf), problem.budgets[budgeted].astype(float)


def exclusive_pairs(problem: Problem) -> Int64Array:
    """Return [k, 2] edge positions of one candidate with two packages that exclude each other."""
    who = np.arange(problem.candidates, dtype=np.int64)
    found = [np.zeros((0, 2), np.int64)]
    for one, other in problem.exclusive.tolist():
        if one == other:
            continue
        a = problem.edges.find(who, np.full_like(who, one), problem.packages)
        b = problem.edges.find(who, np.full_like(who, other), problem.packages)
        both = (a >= 0) & (b >= 0)
        found.append(np.column_stack([a[both], b[both]]))
    return np.concatenate(found)


def _exclusive(problem: Problem) -> tuple[Part, Float64Array, Float64Array]:
    pairs = exclusive_pairs(problem)
    row = np.repeat(np.arange(len(pairs), dtype=np.int64), 2)
    part = (row, pairs.reshape(-1), np.ones(2 * len(pairs), np.int64))
    return part, np.full(len(pairs), -np.inf), np.ones(len(pairs))


def _side_rows(problem: Problem) -> tuple[Part, Float64Array, Float64Array]:
    rows, columns, values, extra = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)], [np.zeros(0, np.int64)], 0
    for number, side in enumerate(problem.rows):
        wish = [len(problem.edges) + extra, len(problem.edges) + extra + 1] if side.price is not None else []
        extra += len(wish)
        columns += [side.edges, np.array(wish, np.int64)]
        values += [side.weights, np.array([1, -1][: len(wish)], np.int64)]
        rows.append(np.full(len(side.edges) + len(wish), number, np.int64))
    low = np.array([-np.inf if r.low is None or r.or_nothing else r.low for r in problem.rows], float)
    high = np.array([np.inf if r.high is None else r.high for r in problem.rows], float)
    return (np.concatenate(rows), np.concatenate(columns), np.concatenate(values)), low, high


def _openings(problem: Problem, first: int) -> list[tuple[Part, Float64Array, Float64Array]]:
    """Return two rows for each side row that may be empty: nothing unless it is open, and its floor when it is."""
    found = []
    maybe = [row for row in problem.rows if row.or_nothing]
    for number, row in enumerate(maybe):
        columns = np.append(row.edges, first + number)
        for bound, low, high in ((row.reach, -np.inf, 0.0), (row.low or 0, 0.0, np.inf)):
            part = (np.zeros(len(columns), np.int64), columns, np.append(row.weights, -bound))
            found.append((part, np.array([low]), np.array([high])))
    return found
