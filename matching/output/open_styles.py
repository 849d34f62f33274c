"""How an OpenDocument spreadsheet looks: page, cells, dates and column widths."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from matching.output.sheet import Sheet

CENTIMETRES_A_CHARACTER = 0.2
FONT = "Arial"
LINE = "0.5pt solid #c9d3df"
WRAPPED = {"wrapoption": "wrap", "verticalalign": "top", "borderbottom": LINE}

LOOKS: Mapping[str, tuple[dict[str, str], dict[str, str]]] = {
    "title": ({"fontsize": "14pt", "fontweight": "bold", "color": "#154273"}, {}),
    "note": ({"fontstyle": "italic", "fontsize": "10pt"}, {}),
    "heading": (
        {"fontweight": "bold", "color": "#ffffff", "fontsize": "10pt"},
        {"backgroundcolor": "#154273", "wrapoption": "wrap", "verticalalign": "middle"},
    ),
    "cell": ({"fontsize": "10pt"}, WRAPPED),
    "date": ({"fontsize": "10pt"}, WRAPPED),
    "choice": ({"fontsize": "10pt"}, {"wrapoption": "wrap", "backgroundcolor": "#fff8e1", "border": LINE}),
}
"""Text and cell properties of each kind of cell."""


def open_styles(book: Any) -> Mapping[str, Any]:
    """Add the styles to a document and return those of tables and cells by name."""
    from odf.style import MasterPage, PageLayout, PageLayoutProperties, Style, TableProperties

    paper = {"pagewidth": "29.7cm", "pageheight": "21cm", "printorientation": "landscape"}
    layout = PageLayout(name="A4")
    layout.addElement(PageLayoutProperties(scaletox="1", margin="1.2cm", **paper))
    book.automaticstyles.addElement(layout)
    book.masterstyles.addElement(MasterPage(name="Default", pagelayoutname=layout))
    book.automaticstyles.addElement(_day_first())
    page = Style(name="page", family="table", masterpagename="Default")
    page.addElement(TableProperties(display="true"))
    found = {"page": page} | {name: _cell_style(name) for name in LOOKS}
    for style in found.values():
        book.automaticstyles.addElement(style)
    return found


def _cell_style(name: str) -> Any:
    from odf.style import Style, TableCellProperties, TextProperties

    text, cell = LOOKS[name]
    style = Style(name=name, family="table-cell", **({"datastylename": "day"} if name == "date" else {}))
    style.addElement(TableCellProperties(**cell))
    style.addElement(TextProperties(fontfamily=FONT, **text))
    return style


def _day_first() -> Any:
    from odf.number import DateStyle, Day, Month, Text, Year

    style = DateStyle(name="day")
    for part in (Day(style="long"), Text(text="-"), Month(style="long"), Text(text="-"), Year(style="long")):
        style.addElement(part)
    return style


def columns_width(book: Any, sheet: Sheet) -> list[Any]:
    """Return the columns of a sheet with their widths, added to the document."""
    from odf.style import Style, TableColumnProperties
    from odf.table import TableColumn

    found = []
    for place, column in enumerate(sheet.columns):
        style = Style(name=f"{sheet.key}_{place}", family="table-column")
        style.addElement(TableColumnProperties(columnwidth=f"{column.width * CENTIMETRES_A_CHARACTER:.2f}cm"))
        book.automaticstyles.addElement(style)
        found.append(TableColumn(stylename=style))
    return found
