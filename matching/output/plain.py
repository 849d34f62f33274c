"""Plain text at 80 columns, for a mail, a note or a reader program: one block of lines for each row."""

from __future__ import annotations

import textwrap
from pathlib import Path

from matching.output.harmless import printable
from matching.output.sheet import Report, Sheet, in_words
from matching.output.writing import write_whole

WIDTH = 80


def write_plain(report: Report, path: Path) -> None:
    """Write a report as plain text (UTF-8)."""
    write_whole(path, plain(report).encode())


def plain(report: Report) -> str:
    """Return a report as plain text: titles underlined, each row as "name: value" lines; empty cells left out."""
    blocks = [_titled(report.title, "="), *(_wrapped(line) for line in report.lead)]
    for sheet in report.sheets:
        blocks.append(_titled(sheet.label(report.language), "-"))
        blocks += [_wrapped(note) for note in sheet.notes]
        blocks += _rows(sheet, report)
    blocks.append("\n".join(f"{name}: {value}" for name, value in report.stamp.lines(report.language)))
    return printable("\n\n".join(blocks)) + "\n"


def _rows(sheet: Sheet, report: Report) -> list[str]:
    names = [column.label(report.language) for column in sheet.columns]
    return [
        "\n".join(
            _wrapped(f"{name}: {in_words(cell, report.language)}")
            for name, cell in zip(names, row, strict=True)
            if cell is not None and cell != ""
        )
        + _room(sheet, names)
        for row in sheet.rows
    ]


def _room(sheet: Sheet, names: list[str]) -> str:
    """Return a line to write an answer on, for a sheet that asks for one."""
    asked = (name for name, column in zip(names, sheet.columns, strict=True) if column.key == "answer")
    return "".join(f"\n{name}: {'.' * (WIDTH // 2)}" for name in asked)


def _titled(text: str, line: str) -> str:
    return f"{text}\n{line * min(WIDTH, len(text))}"


def _wrapped(text: str) -> str:
    lines = text.split("\n")
    return "\n".join(textwrap.fill(line, WIDTH, subsequent_indent="  ") for line in lines)
