"""A block of a worksheet as machines write it, looked at as one array of bytes: how far it reaches, and its rows.

Spreadsheets write `<row r="7" ...>` and `<c r="B7" ...>`. For such a block everything that the scan of a tab asks is
counted with whole-array comparisons. Any other notation gives None, and the caller looks at it tag by tag.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]
Places = NDArray[np.intp]

BEHIND_NAME = np.zeros(256, dtype=bool)
BEHIND_NAME[list(b" \t\r\n/>")] = True
ROOM = b"\x00" * 24
"""Room behind the block, so that looking ahead never leaves the array."""
MOST_LETTERS, MOST_DIGITS = 3, 9


@dataclass(frozen=True, kw_only=True)
class BlockScan:
    """What a block holds; `reach` and `last_row` are counted from 1, `width` is a number of columns.

    `rows` counts the rows with a value, `last_row` is the last of them, `reach` the furthest row of any cell.
    """

    cells: int
    rows: int
    last_row: int
    reach: int
    width: int
    formulas: bool
    merges: bool


def scan_block(block: bytes) -> BlockScan | None:
    """Return what a block of whole rows holds, or None when it is not written as spreadsheets write it."""
    content = np.frombuffer(block + ROOM, dtype=np.uint8)
    tags, colons, second = content[:-1] == ord("<"), content[:-1] == ord(":"), content[1:]
    odd = colons & ((second == ord("c")) | (second == ord("r")))
    if odd.any() or b"hidden" in block:
        return None
    begin_c = np.flatnonzero(tags & (second == ord("c")))
    cells = _references(content, begin_c[BEHIND_NAME[content[begin_c + 2]]])
    formulas = tags & (second == ord("f"))
    values = tags & ((second == ord("v")) | (second == ord("i"))) | formulas
    rows = _rows(block, content, np.flatnonzero(tags & (second == ord("r"))), np.flatnonzero(values))
    if cells is None or rows is None:
        return None
    return BlockScan(
        cells=len(begin_c),
        rows=len(rows),
        last_row=int(rows.max(initial=0)),
        reach=cells[0],
        width=cells[1],
        formulas=bool(formulas.any()),
        merges=bool((tags & (second == ord("m"))).any()),
    )


def _references(content: Bytes, cells: Places) -> tuple[int, int] | None:
    """Return the furthest row and the number of columns of all cells, or None when one has no plain reference."""
    if not len(cells):
        return 0, 0
    if not _follows(content, cells + 2, b' r="'):
        return None
    at, columns = cells + 6, np.zeros(len(cells), dtype=np.int64)
    reading = np.ones(len(cells), dtype=bool)
    for _ in range(MOST_LETTERS):
        letter = (content[at] | 32) - ord("a")
        reading &= letter < 26
        columns = np.where(reading, columns * 26 + letter + 1, columns)
        at = at + reading
    numbers = _numbers(content, at)
    return None if numbers is None or not columns.all() else (int(numbers.max()), int(columns.max()))


def _rows(block: bytes, content: Bytes, starts: Places, values: Places) -> NDArray[np.int64] | None:
    """Return the numbers of the rows that hold a value, or None when a row has no plain number."""
    starts = starts[(content[starts + 2] == ord("o")) & (content[starts + 3] == ord("w"))]
    starts = starts[BEHIND_NAME[content[starts + 4]]]
    if not len(starts):
        return np.zeros(0, dtype=np.int64)
    numbers = _numbers(content, starts + 8) if _follows(content, starts + 4, b' r="') else None
    if numbers is None:
        return None
    before = np.searchsorted(values, np.append(starts, len(content)))
    empty = content[[block.find(b">", start) - 1 for start in starts.tolist()]] == ord("/")
    found: NDArray[np.int64] = numbers[(np.diff(before) > 0) & ~empty]
    return found


def _follows(content: Bytes, at: Places, text: bytes) -> bool:
    """Return whether a text stands at every place."""
    return all(bool((content[at + offset] == letter).all()) for offset, letter in enumerate(text))


def _numbers(content: Bytes, at: Places) -> NDArray[np.int64] | None:
    """Return the whole number that stands at every place, or None when one is missing or too long."""
    found = np.zeros(len(at), dtype=np.int64)
    reading = np.ones(len(at), dtype=bool)
    for offset in range(MOST_DIGITS + 1):
        digit = content[at + offset] - ord("0")
        reading &= digit < 10
        if not reading.any():
            return found if offset else None
        if offset == 0 and not reading.all():
            return None
        found = np.where(reading, found * 10 + digit, found)
    return None
