"""Rows of a pool as files that the reader accepts again: a folder of delimited files or a plain workbook."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path

from matching.errors import InputRefused
from matching.intake.columns import SHEETS, Cells, sheet_named
from matching.intake.sheet import Sheet
from matching.intake.sources import DELIMITED
from matching.output.harmless import harmless, printable
from matching.output.writing import whole_file, write_whole
from matching.text import Language, say

__all__ = ["write_tables"]

Tables = Mapping[str, Sequence[Cells]]
"""Rows by sheet key, as `cells_of` gives them."""


def write_tables(tables: Tables, path: Path, *, language: Language = "nl") -> tuple[Path, ...]:
    """Write the rows to an .xlsx or, for a name without an ending, to a folder; return the files written.

    A sheet that a pool must have and that holds no rows is written with its headers only, to fill in; a file that is
    already there for such a sheet stays as it is. Raises InputRefused for another ending, and rather than replace a
    file with records.
    """
    if path.suffix.casefold() == ".xlsx":
        return (_write_workbook(tables, path, language),)
    if path.suffix and not path.is_dir():
        raise InputRefused(say("output.pool_files.ending", path=str(path)))
    return _write_folder(tables, path, language)


def _kept(tables: Tables) -> list[Sheet]:
    """Return the sheets to write: those with rows, and those that a pool cannot do without."""
    return [sheet for key, sheet in SHEETS.items() if tables.get(key) or sheet.required]


def _grid(tables: Tables, sheet: Sheet, language: Language) -> list[list[str]]:
    headers = [column.header(language) for column in sheet.columns]
    return [headers, *([printable(row[header]) for header in headers] for row in tables.get(sheet.key, ()))]


def _write_folder(tables: Tables, folder: Path, language: Language) -> tuple[Path, ...]:
    if folder.is_file():
        raise InputRefused(say("output.cannot_write", path=str(folder)))
    there = {found.key: file for file in _text_files(folder) if (found := sheet_named(file.stem))}
    for key, file in there.items():
        if tables.get(key):
            raise InputRefused(say("output.pool_files.exists", path=str(file)))
    written = []
    for sheet in _kept(tables):
        if sheet.key not in there:
            written.append(folder / f"{sheet.title(language)}.csv".replace(" ", "_"))
            write_whole(written[-1], _delimited(_grid(tables, sheet, language)))
    return tuple(written)


def _text_files(folder: Path) -> list[Path]:
    files = sorted(folder.iterdir()) if folder.is_dir() else []
    return [file for file in files if file.suffix.casefold() in DELIMITED]


def _delimited(grid: list[list[str]]) -> bytes:
    buffer = io.StringIO(newline="")
    csv.writer(buffer, delimiter=";", lineterminator="\r\n").writerows([harmless(cell) for cell in row] for row in grid)
    return buffer.getvalue().encode("utf-8-sig")


def _write_workbook(tables: Tables, path: Path, language: Language) -> Path:
    """Write one tab a sheet, every cell as text: no formula can come alive and no id loses its zeros."""
    import xlsxwriter

    if path.exists():
        raise InputRefused(say("output.pool_files.exists", path=str(path)))
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with whole_file(path) as temporary, xlsxwriter.Workbook(str(temporary), options) as book:
        head, text = book.add_format({"bold": True, "bg_color": "#D9E8F0"}), book.add_format({"num_format": "@"})
        for sheet in _kept(tables):
            tab = book.add_worksheet(sheet.title(language))
            tab.freeze_panes(1, 1)
            tab.set_column(0, len(sheet.columns) - 1, 18, text)
            for row, cells in enumerate(_grid(tables, sheet, language)):
                tab.write_row(row, 0, cells, text if row else head)
    return path
