"""From a grid of texts to a sheet: which row holds the headers, and where each record stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from matching.intake.raw import RawSheet, Texts
from matching.intake.sheet import Sheet
from matching.intake.words import normal
from matching.text import Sentence, say

ROWS_SEARCHED = 10
"""A title above the headers is common; further down it would be a guess."""


def header_row(grid: tuple[Texts, ...], sheet: Sheet) -> int | None:
    """Return the row of the headers: the first of the first ten that holds every required header, else any header."""
    rows = len(grid[0].codes) if grid else 0
    needed = [set(column.headers) for column in sheet.columns if column.required]
    fallback = None
    for row in range(min(rows, ROWS_SEARCHED)):
        found = {normal(column[row]) for column in grid} - {""}
        if all(found & names for names in needed):
            return row
        if fallback is None and len(found & set(sheet.by_header)) >= 2:
            fallback = row
    return fallback


def with_header(
    name: str,
    grid: tuple[Texts, ...],
    sheet: Sheet,
    cell_faults: Mapping[tuple[int, int], Sentence],
) -> RawSheet:
    """Return a grid as a sheet. `cell_faults` holds (row, column) of the grid, counted from 0.

    Without a row of headers every record is kept, under no header, so that all of them are refused and counted.
    """
    grid = _reaching(grid, max((row + 1 for row, _ in cell_faults), default=0))
    top = header_row(grid, sheet)
    if top is None:
        return _headless(name, grid, sheet)
    notes = [say("intake.header_not_first", row=top + 1)] if _anything_above(grid, top) else []
    notes += [fault for (row, _), fault in sorted(cell_faults.items()) if row <= top]
    return RawSheet(
        name=name,
        header=tuple(column[top] for column in grid),
        columns=tuple(column.below(top + 1) for column in grid),
        rows=np.arange(top + 2, len(grid[0].codes) + 1, dtype=np.int64),
        cell_faults={(row - top - 1, column): fault for (row, column), fault in cell_faults.items() if row > top},
        notes=tuple(notes),
    )


def _reaching(grid: tuple[Texts, ...], rows: int) -> tuple[Texts, ...]:
    """Return the grid with at least so many rows: a parser leaves out last rows that hold nothing but an error."""
    missing = rows - len(grid[0].codes) if grid else 0
    if missing <= 0:
        return grid
    return tuple(
        Texts(np.append(column.codes, np.full(missing, len(column.values), dtype=np.int32)), (*column.values, ""))
        for column in grid
    )


def _headless(name: str, grid: tuple[Texts, ...], sheet: Sheet) -> RawSheet:
    rows = len(grid[0].codes) if grid else 0
    raw = RawSheet(name=name, header=("",) * len(grid), columns=grid, rows=np.arange(1, rows + 1, dtype=np.int64))
    filled = np.flatnonzero(~raw.blank)
    fault = say("intake.no_header", needed=sheet.needed)
    return replace(raw, row_faults={int(record): fault for record in filled}, notes=(fault,) if len(filled) else ())


def _anything_above(grid: tuple[Texts, ...], top: int) -> bool:
    return any(column[row] for column in grid for row in range(top))
