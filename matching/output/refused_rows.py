"""Refused rows go back to the officer in the layout they came in, each with its reasons, ready to be repaired."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from matching.errors import InputRefused
from matching.intake import RefusedRow
from matching.intake.columns import SHEETS
from matching.output.writing import whole_file
from matching.text import Language, say

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format

__all__ = ["write_refused_rows"]


def write_refused_rows(rows: Iterable[RefusedRow], path: str | Path, language: Language = "nl") -> None:
    """Write refused rows to an .xlsx: one sheet each, the headers they had, and the reasons in the last columns.

    The columns with reasons are not read back, so the repaired workbook can be read as it is. Texts stay texts: no
    formula can come alive. Raises InputRefused for another ending and for a place that cannot be written.
    """
    import xlsxwriter

    target = Path(path)
    if target.suffix.lower() != ".xlsx":
        raise InputRefused(say("intake.refused.ending", file=target.name))
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    by_sheet: dict[str, list[RefusedRow]] = {}
    for row in rows:
        by_sheet.setdefault(row.sheet_key, []).append(row)
    with whole_file(target) as place, xlsxwriter.Workbook(str(place), options) as workbook:
        for key in (*(key for key in SHEETS if key in by_sheet),):
            _write_sheet(workbook, SHEETS[key].title(language), by_sheet[key], language)
        if not by_sheet:
            tab = workbook.add_worksheet(say("intake.refused.reasons_tab").text(language))
            tab.write_string(0, 0, say("intake.refused.nothing").text(language))


def _write_sheet(workbook: Workbook, title: str, rows: list[RefusedRow], language: Language) -> None:
    """Write the refused rows of one sheet; cells that are to blame are marked and named in the reason."""
    tab = workbook.add_worksheet(title)
    head = workbook.add_format({"bold": True, "bg_color": "#D9E8F0", "bottom": 1, "text_wrap": True})
    text = workbook.add_format({"num_format": "@", "valign": "top"})
    blame = workbook.add_format({"num_format": "@", "bg_color": "#FFE9A8", "border": 1, "valign": "top"})
    wrapped = workbook.add_format({"text_wrap": True, "num_format": "@", "valign": "top"})
    headers = _headers(rows)
    extra = [say(f"intake.refused.{name}").text(language) for name in ("reason_header", "row_header")]
    for place, header in enumerate([*headers, *extra]):
        tab.write_string(0, place, header, head)
        tab.set_column(place, place, 70 if header == extra[0] else max(12, min(30, len(header) + 2)), text)
    tab.freeze_panes(1, 1)
    tab.set_paper(9)
    tab.set_landscape()
    tab.fit_to_pages(1, 0)
    tab.repeat_rows(0)
    for line, row in enumerate(rows, start=1):
        wrong = {problem.column for problem in row.reasons}
        for place, (header, cell) in enumerate(row.cells):
            tab.write_string(line, place, cell, _format(header in wrong, blame, text))
        tab.write_string(line, len(headers), _reasons(row, language), wrapped)
        tab.write_string(line, len(headers) + 1, str(row.row), text)


def _headers(rows: list[RefusedRow]) -> tuple[str, ...]:
    """Return the headers of the longest row; rows without any headers get empty ones."""
    return max((tuple(header for header, _ in row.cells) for row in rows), key=len)


def _format(wrong: bool, blame: Format, text: Format) -> Format:
    return blame if wrong else text


def _reasons(row: RefusedRow, language: Language) -> str:
    """Return all reasons of one row, each with its column."""
    parts = [
        f"{problem.column}: {problem.sentence.text(language)}" if problem.column else problem.sentence.text(language)
        for problem in row.reasons
    ]
    return "\n".join(dict.fromkeys(parts))
