"""The one place where a parser meets a workbook: bytes in, columns of texts out."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from matching.intake.raw import Cell, Texts, columns_of

if TYPE_CHECKING:
    from python_calamine import CalamineSheet


ROWS_TOLD = 5_000
"""After so many rows whoever waits hears of it."""


class ParserFailed(Exception):
    """The parser could not read the workbook, for whatever reason."""


def grids_of(
    content: bytes, tabs: Iterable[str], *, counted: Callable[[int], None] | None = None
) -> dict[str, tuple[Texts, ...]]:
    """Return the named tabs as grids of texts, from cell A1 on; `counted` hears how many rows are read so far.

    Raises ParserFailed.
    """
    from python_calamine import CalamineWorkbook

    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        tally = _Tally(counted)
        return {name: columns_of(tally.over(_rows(workbook.get_sheet_by_name(name)))) for name in tabs}
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as fault:  # a panic of the parser is no Exception
        raise ParserFailed(type(fault).__name__) from None


def _rows(sheet: CalamineSheet) -> Iterable[Sequence[Cell]]:
    """Return the rows from A1 on: one after the other where the first column is filled, else all at once."""
    return sheet.iter_rows() if sheet.start and sheet.start[1] == 0 else sheet.to_python(skip_empty_area=False)


class _Tally:
    """Counts the rows of all tabs that go by."""

    def __init__(self, counted: Callable[[int], None] | None) -> None:
        self._counted, self._rows = counted, 0

    def over(self, rows: Iterable[Sequence[Cell]]) -> Iterable[Sequence[Cell]]:
        """Return the rows; every so many of them are told."""
        return rows if self._counted is None else self._told(rows, self._counted)

    def _told(self, rows: Iterable[Sequence[Cell]], counted: Callable[[int], None]) -> Iterator[Sequence[Cell]]:
        for row in rows:
            self._rows += 1
            if self._rows % ROWS_TOLD == 0:
                counted(self._rows)
            yield row
