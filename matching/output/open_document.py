"""OpenDocument spreadsheets (.ods) with the same sheets as the workbook, printable on A4 landscape."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from matching.output.harmless import printable
from matching.output.sheet import Cell, Report, Sheet, in_words
from matching.output.writing import whole_file

CENTIMETRES_A_CHARACTER = 0.19

Styles = Mapping[str, Any]


def write_open_document(report: Report, path: Path) -> None:
    """Write a report as .ods: every cell typed, no formula, headings repeated on each printed page."""
    from odf.opendocument import OpenDocumentSpreadsheet

    book = OpenDocumentSpreadsheet()
    styles = _styles(book)
    for place, sheet in enumerate(report.sheets):
        book.spreadsheet.addElement(_table(book, sheet, (report, styles, place)))
    with whole_file(path) as temporary:
        book.save(str(temporary))


def _styles(book: Any) -> Styles:
    from odf.style import MasterPage, PageLayout, PageLayoutProperties, Style, TableProperties

    layout = PageLayout(name="A4")
    layout.addElement(
        PageLayoutProperties(
            pagewidth="29.7cm", pageheight="21cm", printorientation="landscape", scaletox="1", margin="1.2cm"
        )
    )
    book.automaticstyles.addElement(layout)
    book.masterstyles.addElement(MasterPage(name="Default", pagelayoutname=layout))
    table = Style(name="page", family="table", masterpagename="Default")
    table.addElement(TableProperties(display="true"))
    book.automaticstyles.addElement(table)
    found = {name: _cell_style(name) for name in ("title", "note", "heading", "cell")}
    for style in found.values():
        book.automaticstyles.addElement(style)
    return found | {"page": table}


def _cell_style(name: str) -> Any:
    from odf.style import Style, TableCellProperties, TextProperties

    look = {
        "title": ({"fontsize": "14pt", "fontweight": "bold", "color": "#154273"}, {}),
        "note": ({"fontstyle": "italic", "fontsize": "10pt"}, {}),
        "heading": (
            {"fontweight": "bold", "color": "#ffffff", "fontsize": "10pt"},
            {"backgroundcolor": "#154273", "wrapoption": "wrap"},
        ),
        "cell": (
            {"fontsize": "10pt"},
            {"wrapoption": "wrap", "verticalalign": "top", "borderbottom": "0.5pt solid #c9d3df"},
        ),
    }
    text, cell = look[name]
    style = Style(name=name, family="table-cell")
    style.addElement(TableCellProperties(**cell))
    style.addElement(TextProperties(**text))
    return style


def _table(book: Any, sheet: Sheet, context: tuple[Report, Styles, int]) -> Any:
    from odf.table import Table, TableHeaderRows

    report, styles, number = context
    table = Table(name=printable(sheet.label(report.language)), stylename=styles["page"])
    for place, column in enumerate(sheet.columns):
        table.addElement(_width(book, f"w{number}_{place}", column.width))
    for text, style in ((report.title, "title"), *((note, "note") for note in sheet.notes)):
        table.addElement(_row([text], styles[style], report))
    heading = TableHeaderRows()
    heading.addElement(_row([column.label(report.language) for column in sheet.columns], styles["heading"], report))
    table.addElement(heading)
    for cells in sheet.rows:
        table.addElement(_row(list(cells), styles["cell"], report))
    return table


def _width(book: Any, name: str, characters: int) -> Any:
    from odf.style import Style, TableColumnProperties
    from odf.table import TableColumn

    style = Style(name=name, family="table-column")
    style.addElement(TableColumnProperties(columnwidth=f"{characters * CENTIMETRES_A_CHARACTER:.2f}cm"))
    book.automaticstyles.addElement(style)
    return TableColumn(stylename=style)


def _row(cells: list[Cell], style: Any, report: Report) -> Any:
    from odf.table import TableRow

    row = TableRow()
    for cell in cells:
        row.addElement(_cell(cell, style, report))
    return row


def _cell(cell: Cell, style: Any, report: Report) -> Any:
    from odf.table import TableCell
    from odf.text import P

    if isinstance(cell, dt.date):
        made = TableCell(stylename=style, valuetype="date", datevalue=cell.isoformat())
    elif isinstance(cell, int | float):
        made = TableCell(stylename=style, valuetype="float", value=str(cell))
    else:
        made = TableCell(stylename=style, valuetype="string")
    for line in printable(in_words(cell, report.language)).split("\n"):
        made.addElement(P(text=line))
    return made
