"""OpenDocument spreadsheets (.ods) with the same sheets as the workbook, printable on A4 landscape."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from matching.output.harmless import printable
from matching.output.open_styles import columns_width, open_styles
from matching.output.sheet import Cell, Column, Report, Sheet, in_words
from matching.output.writing import whole_file


def write_open_document(report: Report, path: Path) -> None:
    """Write a report as .ods: every cell typed, no formula, drop-downs, headings repeated on each printed page."""
    from odf.opendocument import OpenDocumentSpreadsheet
    from odf.table import DatabaseRanges

    book = OpenDocumentSpreadsheet()
    maker = _Maker(book=book, report=report, styles=open_styles(book), lists=_choice_lists(book, report))
    ranges = DatabaseRanges()
    for sheet in report.tabs:
        book.spreadsheet.addElement(maker.table(sheet))
        ranges.addElement(maker.filter(sheet))
    book.spreadsheet.addElement(ranges)
    with whole_file(path) as temporary:
        book.save(str(temporary))


def _choice_lists(book: Any, report: Report) -> Mapping[tuple[str, ...], str]:
    """Put each closed list of words in the book once and return the name of its drop-down."""
    from odf.table import ContentValidation, ContentValidations

    columns = [column for sheet in report.sheets for column in sheet.columns if column.choices]
    lists = {choices: f"list{place}" for place, choices in enumerate(dict.fromkeys(c.choices for c in columns))}
    found = ContentValidations()
    for choices, name in lists.items():
        words = ";".join('"' + word.replace('"', '""') + '"' for word in choices)
        condition = f"of:cell-content-is-in-list({words})"
        found.addElement(
            ContentValidation(name=name, condition=condition, allowemptycell="true", displaylist="unsorted")
        )
    if lists:
        book.spreadsheet.addElement(found)
    return lists


@dataclass(frozen=True, kw_only=True)
class _Maker:
    """Makes the parts of one document."""

    book: Any
    report: Report
    styles: Mapping[str, Any]
    lists: Mapping[tuple[str, ...], str]

    def table(self, sheet: Sheet) -> Any:
        """Return a sheet as a table with title, notes, headings and rows."""
        from odf.table import Table, TableHeaderRows

        language = self.report.language
        table = Table(name=printable(sheet.label(language)), stylename=self.styles["page"])
        for column in columns_width(self.book, sheet):
            table.addElement(column)
        for text, style in ((self.report.title, "title"), *((note, "note") for note in sheet.notes)):
            table.addElement(self.plain_row([text], style))
        heading = TableHeaderRows()
        heading.addElement(self.plain_row([column.label(language) for column in sheet.columns], "heading"))
        table.addElement(heading)
        for cells in sheet.rows:
            table.addElement(self.row(cells, sheet.columns))
        return table

    def filter(self, sheet: Sheet) -> Any:
        """Return the range that gets filter buttons."""
        from odf.table import DatabaseRange

        name, last = printable(sheet.label(self.report.language)), _letter(len(sheet.columns) - 1)
        top = 2 + len(sheet.notes)
        place = f"'{name}'.A{top}:'{name}'.{last}{top + len(sheet.rows)}"
        return DatabaseRange(name=f"filter_{sheet.key}", targetrangeaddress=place, displayfilterbuttons="true")

    def plain_row(self, texts: list[str], style: str) -> Any:
        """Return a row of texts in one style."""
        from odf.table import TableRow

        row = TableRow()
        for text in texts:
            row.addElement(self.cell(text, self.styles[style], {}))
        return row

    def row(self, cells: tuple[Cell, ...], columns: tuple[Column, ...]) -> Any:
        """Return a row of cells, each typed."""
        from odf.table import TableRow

        row = TableRow()
        for cell, column in zip(cells, columns, strict=True):
            choice = {"contentvalidationname": self.lists[column.choices]} if column.choices else {}
            kind = "date" if isinstance(cell, dt.date) else "choice" if choice else "cell"
            row.addElement(self.cell(cell, self.styles[kind], choice))
        return row

    def cell(self, cell: Cell, style: Any, more: Mapping[str, str]) -> Any:
        """Return one typed cell; text is always text."""
        from odf.table import TableCell
        from odf.text import P

        if cell is None:
            return TableCell(stylename=style, **more)
        if isinstance(cell, dt.date):
            made = TableCell(stylename=style, valuetype="date", datevalue=cell.isoformat(), **more)
        elif isinstance(cell, int | float):
            made = TableCell(stylename=style, valuetype="float", value=str(cell), **more)
        else:
            made = TableCell(stylename=style, valuetype="string", **more)
        for line in printable(in_words(cell, self.report.language)).split("\n"):
            made.addElement(P(text=line))
        return made


def _letter(place: int) -> str:
    """Return the letters of a column, 0 is A and 26 is AA."""
    first, rest = divmod(place, 26)
    return (chr(ord("A") + first - 1) if first else "") + chr(ord("A") + rest)
