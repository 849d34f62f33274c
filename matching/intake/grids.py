"""The one place where a parser meets a workbook: bytes in, columns of texts out."""

from __future__ import annotations

import io
from collections.abc import Iterable

from matching.intake.raw import Texts, columns_of


class ParserFailed(Exception):
    """The parser could not read the workbook, for whatever reason."""


def grids_of(content: bytes, tabs: Iterable[str]) -> dict[str, tuple[Texts, ...]]:
    """Return the named tabs as grids of texts, from cell A1 on. Raises ParserFailed."""
    from python_calamine import CalamineWorkbook

    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        found = {name: workbook.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in tabs}
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as fault:  # a panic of the parser is no Exception
        raise ParserFailed(type(fault).__name__) from None
    return {name: columns_of(rows, max((len(row) for row in rows), default=0)) for name, rows in found.items()}
