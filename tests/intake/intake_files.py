"""Small files and workbooks for the tests of intake; nothing here is a test."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from pathlib import Path

AS_OF = dt.date(2026, 11, 1)

CANDIDATES = "kandidaat;gemeente;uren minimaal;uren maximaal\nK-1;Den Haag;16;24\nK-2;Delft;;32\n"
PACKAGES = "werkpakket;titel;uren maximaal\nWP-1;Archief op orde;24\n"


def folder(where: Path, **texts: str | bytes) -> Path:
    """Write a folder of delimited files, by sheet name; kandidaten and werkpakketten have defaults."""
    where.mkdir(parents=True, exist_ok=True)
    for name, text in ({"kandidaten": CANDIDATES, "werkpakketten": PACKAGES} | texts).items():
        content = text if isinstance(text, bytes) else text.encode()
        (where / f"{name}.csv").write_bytes(content)
    return where


def workbook(where: Path, **tabs: list[list[object]]) -> Path:
    """Write an .xlsx with these tabs; kandidaten and werkpakketten have defaults."""
    import xlsxwriter

    defaults = {name: [line.split(";") for line in text.split()] for name, text in _one_word_tabs().items()}
    with xlsxwriter.Workbook(str(where), {"strings_to_formulas": False}) as book:
        for name, rows in (defaults | tabs).items():
            tab = book.add_worksheet(name)
            for row, cells in enumerate(rows):
                for column, cell in enumerate(cells):
                    tab.write(row, column, cell)
    return where


def _one_word_tabs() -> dict[str, str]:
    return {
        "kandidaten": "kandidaat;gemeente\nK-1;Delft\nK-2;Leiden",
        "werkpakketten": "werkpakket;titel\nWP-1;Archief",
    }


def rezipped(source: Path, target: Path, **parts: bytes) -> Path:
    """Copy a zip package with some parts replaced; "__" in a name stands for "/" and "_dot_" for "."."""
    named = {name.replace("__", "/").replace("_dot_", "."): content for name, content in parts.items()}
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            new.writestr(entry.filename, named.pop(entry.filename, None) or old.read(entry.filename))
        for name, content in named.items():
            new.writestr(name, content)
    return target


def sheet_xml(rows: str, before: str = "", behind: str = "") -> bytes:
    """Return a worksheet part with these rows."""
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    return f"{head}<worksheet {space}>{before}<sheetData>{rows}</sheetData>{behind}</worksheet>".encode()


def text_cell(reference: str, text: str) -> str:
    """Return an inline text cell."""
    return f'<c r="{reference}" t="inlineStr"><is><t>{text}</t></is></c>'


def zipped(**parts: bytes) -> bytes:
    """Return a zip of parts; "__" in a name stands for "/" and "_dot_" for "."."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in parts.items():
            new.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return target.getvalue()
