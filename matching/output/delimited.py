"""Delimited text that Excel opens in one double click: semicolon, UTF-8 with BOM, decimal comma, no live cell."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from matching.output.harmless import harmless, printable
from matching.output.sheet import Cell, Report, in_words
from matching.output.writing import write_whole


def write_delimited(report: Report, path: Path) -> None:
    """Write the main sheet of a report; the stamp stands in the last columns of every row, so that it stays along."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    stamp = report.stamp.lines(report.language)
    headings = [column.label(report.language) for column in report.main.columns]
    writer.writerow([*headings, *(harmless(name) for name, _ in stamp)])
    for row in report.main.rows:
        writer.writerow([*(_cell(cell, report) for cell in row), *(harmless(value) for _, value in stamp)])
    write_whole(path, buffer.getvalue().encode("utf-8-sig"))


def _cell(cell: Cell, report: Report) -> str:
    if isinstance(cell, float):
        text = f"{cell:.2f}".rstrip("0").rstrip(".")
        return text.replace(".", ",") if report.language == "nl" else text
    return str(cell) if isinstance(cell, int) else harmless(_one_line(printable(in_words(cell, report.language))))


def _one_line(text: str) -> str:
    """Return the text on one line: read with another delimiter, a second line would start a cell of its own."""
    lines = text.splitlines()
    return text if lines == [text] else " ".join(line for line in lines if line)
