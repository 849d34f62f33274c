"""A sheet as it was read: texts, column by column, with the row numbers and what was wrong before any meaning."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain, islice, repeat, zip_longest

import numpy as np
from numpy.typing import NDArray

from matching.text import Sentence

Cell = str | float | int | bool | dt.date | dt.datetime | dt.time | dt.timedelta | None
"""What a reader gives for one cell."""

Codes = NDArray[np.int32]

BATCH_ROWS = 1_000
"""Rows turned into columns at once: few enough to be still at hand when their cells are looked up."""


@dataclass(frozen=True, eq=False)
class Texts:
    """One column of texts: a code for each row and the distinct texts, trimmed, that the codes stand for."""

    codes: Codes
    values: tuple[str, ...]

    def __getitem__(self, row: int) -> str:
        return self.values[int(self.codes[row])]

    def below(self, row: int) -> Texts:
        """Return the column from a row on, without the texts that only stand above it: headers have no meaning."""
        codes = self.codes[row:]
        used = np.zeros(len(self.values), dtype=bool)
        used[codes] = True
        new: Codes = (np.cumsum(used) - 1).astype(np.int32)
        return Texts(new[codes], tuple(value for value, keep in zip(self.values, used, strict=True) if keep))

    @property
    def filled(self) -> NDArray[np.bool_]:
        """One boolean a row: the cell holds something."""
        return np.array([bool(value) for value in self.values], dtype=bool)[self.codes]


def as_text(cell: Cell) -> str:
    """Return the text of a cell: 7.0 is "7", a date is ISO, true is "ja", spaces around it are gone.

    >>> as_text(7.0), as_text(24.5), as_text(dt.datetime(2027, 2, 1)), as_text(" 00123 ")
    ('7', '24.5', '2027-02-01', '00123')
    """
    if isinstance(cell, str):
        return cell.strip()
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "ja" if cell else "nee"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else format(cell, ".12g")
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat()
    return cell.isoformat() if isinstance(cell, dt.date) else str(cell)


@dataclass(frozen=True, kw_only=True, eq=False)
class RawSheet:
    """One sheet of texts.

    `rows` holds the row number of each record as the spreadsheet counts. `row_faults` and `cell_faults` name records
    and cells (record, column) that cannot be read; `notes` speak of the whole sheet. `blank` marks empty records.
    """

    name: str
    header: tuple[str, ...]
    columns: tuple[Texts, ...]
    rows: NDArray[np.int64]
    row_faults: Mapping[int, Sentence] = field(default_factory=dict)
    cell_faults: Mapping[tuple[int, int], Sentence] = field(default_factory=dict)
    notes: tuple[Sentence, ...] = ()

    def __len__(self) -> int:
        return len(self.rows)

    @cached_property
    def blank(self) -> NDArray[np.bool_]:
        """One boolean a record: nothing stands in it and nothing is wrong with it."""
        filled = np.zeros(len(self), dtype=bool)
        for column in self.columns:
            filled |= column.filled
        for record in (*self.row_faults, *(record for record, _ in self.cell_faults)):
            filled[record] = True
        return ~filled

    def texts(self, record: int) -> tuple[str, ...]:
        """Return the texts of one record in the order of the header."""
        return tuple(column[record] for column in self.columns)


class _ColumnBeingRead:
    """A column that grows batch by batch; each distinct value becomes text once."""

    def __init__(self, rows: int) -> None:
        self._place: dict[Cell, int] = {"": 0} if rows else {}
        self._codes: list[Codes] = [np.zeros(rows, dtype=np.int32)]

    def add(self, cells: Sequence[Cell]) -> None:
        """Add the cells of some rows."""
        distinct = dict.fromkeys(cells)
        if 0 in distinct or 1 in distinct:  # false and true are equal to them
            cells = [as_text(cell) if isinstance(cell, bool) else cell for cell in cells]
            distinct = dict.fromkeys(cells)
        place = self._place
        for cell in distinct:
            place.setdefault(cell, len(place))
        self._codes.append(np.fromiter(map(place.__getitem__, cells), dtype=np.int32, count=len(cells)))

    def texts(self) -> Texts:
        """Return the whole column."""
        return Texts(np.concatenate(self._codes), tuple(as_text(cell) for cell in self._place))


def columns_of(rows: Iterable[Sequence[Cell]], width: int = 0) -> tuple[Texts, ...]:
    """Return rows as encoded columns of at least this width; short rows are filled up with empty cells."""
    columns = [_ColumnBeingRead(0) for _ in range(width)]
    left, done = iter(rows), 0
    while batch := list(islice(left, BATCH_ROWS)):
        longest = max(map(len, batch))
        columns += [_ColumnBeingRead(done) for _ in range(longest - len(columns))]
        even = longest == min(map(len, batch))
        turned = zip(*batch, strict=True) if even else zip_longest(*batch, fillvalue="")
        nothing = ("",) * len(batch)
        for column, cells in zip(columns, chain(turned, repeat(nothing)), strict=False):
            column.add(cells)
        done += len(batch)
    return tuple(column.texts() for column in columns)


def packed(grids: Mapping[str, tuple[Texts, ...]]) -> bytes:
    """Return named grids of columns as bytes that hold nothing but texts and numbers."""
    heads = [{"name": name, "values": [column.values for column in grid]} for name, grid in grids.items()]
    rows = [len(grid[0].codes) if grid else 0 for grid in grids.values()]
    head = json.dumps({"grids": heads, "rows": rows}).encode()
    codes = b"".join(column.codes.astype("<i4").tobytes() for grid in grids.values() for column in grid)
    return len(head).to_bytes(8, "little") + head + codes


def unpacked(packet: bytes) -> dict[str, tuple[Texts, ...]]:
    """Return the grids of `packed`. Raises ValueError when the bytes are not complete."""
    start = 8 + int.from_bytes(packet[:8], "little")
    head = json.loads(packet[8:start])
    grids: dict[str, tuple[Texts, ...]] = {}
    for grid, rows in zip(head["grids"], head["rows"], strict=True):
        columns = []
        for values in grid["values"]:
            codes = np.frombuffer(packet, dtype="<i4", count=rows, offset=start).astype(np.int32)
            if rows and (codes.min() < 0 or codes.max() >= len(values)):
                raise ValueError("a code without a value")
            columns.append(Texts(codes, tuple(str(value) for value in values)))
            start += 4 * rows
        grids[grid["name"]] = tuple(columns)
    return grids
