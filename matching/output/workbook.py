"""A formatted workbook: frozen and repeated headings, filters, drop-downs, A4 landscape, and no live formula."""

from __future__ import annotations

import datetime as dt
import textwrap
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from matching.output.harmless import printable
from matching.output.sheet import Cell, Column, Report, Sheet
from matching.output.writing import whole_file
from matching.text import say

LONGEST_CELL = 32_000
"""Excel holds 32,767 characters in a cell."""

LETTERS_A_WIDTH = 1.2
"""A column of width 10 holds about 12 letters of running text: widths are counted in digits."""

HIGHEST_ROW = 409
"""Excel's tallest row, in points."""

DARK, TO_FILL = "#154273", "#FFF8E1"
"""Headings and cells to fill in; both also say in words what they are."""

Formats = Mapping[str, Any]


def write_workbook(report: Report, path: Path) -> None:
    """Write a report as .xlsx; the same report gives the same bytes."""
    import xlsxwriter

    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with whole_file(path) as temporary:
        book = xlsxwriter.Workbook(str(temporary), options)
        book.set_properties(_properties(report))
        formats = _formats(book)
        lists = _ChoiceLists(book, report)
        for sheet in report.tabs:
            _write_sheet(book.add_worksheet(sheet.label(report.language)), sheet, _Look(report, formats, lists))
        lists.write()
        book.close()


class _Look:
    """What the sheets of one workbook share: the report, the cell formats and the drop-down lists."""

    def __init__(self, report: Report, formats: Formats, lists: _ChoiceLists) -> None:
        self.report, self.formats, self.lists = report, formats, lists


class _ChoiceLists:
    """The words of the drop-downs on one hidden sheet at the end, so that a list may be long."""

    def __init__(self, book: Any, report: Report) -> None:
        self.book, self.name = book, say("output.sheet.choices").text(report.language)
        self.columns: dict[tuple[str, ...], int] = {}

    def source(self, choices: tuple[str, ...]) -> str:
        """Return the cell range that holds these words."""
        place = self.columns.setdefault(choices, len(self.columns))
        letter = chr(ord("A") + place)
        return f"='{self.name}'!${letter}$1:${letter}${len(choices)}"

    def write(self) -> None:
        """Write the lists, when there are any."""
        if not self.columns:
            return
        sheet = self.book.add_worksheet(self.name)
        for choices, place in self.columns.items():
            for row, word in enumerate(choices):
                sheet.write_string(row, place, word)
        sheet.hide()


def _properties(report: Report) -> dict[str, object]:
    made = dt.datetime.combine(report.stamp.as_of, dt.time())
    return {"title": report.title, "comments": report.stamp.line(report.language), "created": made}


def _formats(book: Any) -> Formats:
    base = {"font_name": "Arial", "font_size": 10, "valign": "top"}
    lined = base | {"bottom": 1, "bottom_color": "#C9D3DF"}
    return {
        "title": book.add_format(base | {"bold": True, "font_size": 14, "font_color": DARK, "text_wrap": True}),
        "note": book.add_format(base | {"italic": True, "font_color": "#333333", "text_wrap": True}),
        "heading": book.add_format(
            base | {"bold": True, "bg_color": DARK, "font_color": "#FFFFFF", "text_wrap": True, "valign": "vcenter"}
        ),
        "text": book.add_format(lined | {"text_wrap": True}),
        "long": book.add_format(lined | {"text_wrap": True}),
        "whole": book.add_format(lined | {"num_format": "#,##0", "align": "center"}),
        "decimal": book.add_format(lined | {"num_format": "0.0#", "align": "right"}),
        "date": book.add_format(lined | {"num_format": "dd-mm-yyyy", "align": "left"}),
        "choice": book.add_format(lined | {"text_wrap": True, "bg_color": TO_FILL, "border": 1, "border_color": DARK}),
    }


def _write_sheet(page: Any, sheet: Sheet, look: _Look) -> None:
    language = look.report.language
    _write_note(page, 0, printable(_title(sheet, look.report)), (sheet, look.formats["title"]))
    for place, note in enumerate(sheet.notes):
        _write_note(page, 1 + place, printable(note), (sheet, look.formats["note"]))
    top = 1 + len(sheet.notes)
    for place, column in enumerate(sheet.columns):
        page.write_string(top, place, printable(column.label(language)), look.formats["heading"])
        page.set_column(place, place, column.width)
    page.set_row(top, _height(tuple(f"{column.label(language)} v" for column in sheet.columns), sheet.columns))
    for row, cells in enumerate(sheet.rows, start=top + 1):
        page.set_row(row, _height(cells, sheet.columns))
        for place, cell in enumerate(cells):
            _write_cell(page, (row, place), cell, look.formats[_kind(sheet.columns[place], cell)])
    bottom = top + len(sheet.rows)
    for place, column in enumerate(sheet.columns):
        if column.choices and sheet.rows:
            choose = {"validate": "list", "source": look.lists.source(column.choices)} | _warning(language)
            page.data_validation(top + 1, place, bottom, place, choose)
    _lay_out(page, sheet, (top, bottom), look.report)


def _write_note(page: Any, row: int, note: str, layout: tuple[Sheet, Any]) -> None:
    """Write a sentence over the whole width of the table, on as many lines as it needs."""
    sheet, look = layout
    width = sum(column.width for column in sheet.columns)
    page.set_row(row, min(HIGHEST_ROW, (18 if row == 0 else 12.4) * _lines(note, width if row else width * 2 // 3) + 3))
    if len(sheet.columns) > 1:
        page.merge_range(row, 0, row, len(sheet.columns) - 1, "", look)
    page.write_string(row, 0, note, look)


def _title(sheet: Sheet, report: Report) -> str:
    label = sheet.label(report.language)
    return report.title if label.casefold() in report.title.casefold() else f"{report.title}: {label}"


def _height(cells: tuple[Cell, ...], columns: tuple[Column, ...]) -> float:
    """Return the height in points at which every wrapped cell of a row can be read; a sheet may be read on paper."""
    lines = max((_lines(cell, column.width) for cell, column in zip(cells, columns, strict=True)), default=1)
    return min(HIGHEST_ROW, 12.4 * lines + 3)


def _lines(cell: Cell, width: int) -> int:
    if not isinstance(cell, str):
        return 1
    return sum(max(1, len(textwrap.wrap(line, max(4, int(width * LETTERS_A_WIDTH))))) for line in cell.split("\n"))


def _kind(column: Column, cell: Cell) -> str:
    return column.kind if not isinstance(cell, str) or column.kind in ("long", "choice") else "text"


def _warning(language: str) -> dict[str, str]:
    words = {key: say(f"output.choose.{key}").text("en" if language == "en" else "nl") for key in ("title", "message")}
    return {"error_title": words["title"], "error_message": words["message"], "error_type": "warning"}


def _write_cell(page: Any, place: tuple[int, int], cell: Cell, style: Any) -> None:
    if cell is None or cell == "":
        page.write_blank(*place, None, style)
    elif isinstance(cell, dt.date):
        page.write_datetime(*place, dt.datetime.combine(cell, dt.time()), style)
    elif isinstance(cell, int | float):
        page.write_number(*place, cell, style)
    else:
        page.write_string(*place, printable(cell)[:LONGEST_CELL], style)


def _lay_out(page: Any, sheet: Sheet, rows: tuple[int, int], report: Report) -> None:
    top, bottom = rows
    last = max(0, len(sheet.columns) - 1)
    page.freeze_panes(top + 1, 1)
    if sheet.rows:
        page.autofilter(top, 0, bottom, last)
    page.set_landscape()
    page.set_paper(9)
    page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.7)
    page.fit_to_pages(1, 0)
    page.repeat_rows(top)
    page.print_area(0, 0, max(bottom, top), last)
    page.hide_gridlines(2)
    page.set_footer(_footer(report))


def _footer(report: Report) -> str:
    stamp = report.stamp
    left = stamp.scorecard_names(report.language)[:60].replace("&", "&&")
    page = say("output.page").text(report.language)
    right = f"{say('output.of_day', day=stamp.as_of).text(report.language)} {stamp.fingerprint}"
    return f"&L&8{left}&C&8{page} &P / &N&R&8{right}"
