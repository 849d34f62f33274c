"""The one place where a parser meets a workbook: bytes in, columns of texts out."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from matching.intake.raw import Cell, Texts, columns_of

if TYPE_CHECKING:
    from python_calamine import CalamineSheet


class ParserFailed(Exception):
    """The parser could not read the workbook, for whatever reason."""


def grids_of(content: bytes, tabs: Iterable[str]) -> dict[str, tuple[Texts, ...]]:
    """Return the named tabs as grids of texts, from cell A1 on. Raises ParserFailed."""
    from python_calamine import CalamineWorkbook

    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        return {name: columns_of(_rows(workbook.get_sheet_by_name(name))) for name in tabs}
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as fault:  # a panic of the parser is no Exception
        raise ParserFailed(type(fault).__name__) from None


def _rows(sheet: CalamineSheet) -> Iterable[Sequence[Cell]]:
    """Return the rows from A1 on: one after the other where the first column is filled, else all at once."""
    return sheet.iter_rows() if sheet.start and sheet.start[1] == 0 else sheet.to_python(skip_empty_area=False)
