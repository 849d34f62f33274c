"""Small delimited tables in and out as they came: the same delimiter, the same byte-order mark, every id verbatim."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from matching.cli.printing import put
from matching.errors import InputRefused, nearest
from matching.text import say

DELIMITERS = (";", ",", "\t")
BOM = "\ufeff"
LONGEST_FILE = 500_000_000


@dataclass(frozen=True, kw_only=True)
class TextTable:
    """A delimited file as text: headings, rows by heading, and how it was written."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    delimiter: str = ";"
    with_bom: bool = True

    @property
    def without_bom(self) -> TextTable:
        """The table as a model of files without a byte-order mark."""
        return replace(self, with_bom=False)

    def position(self, *names: str) -> int | None:
        """Return the place of the column with one of these names, in any case; None when there is none."""
        plain = [heading.strip().casefold() for heading in self.headings]
        return next((plain.index(name) for name in names if name in plain), None)

    def column(self, name: str, path: Path) -> list[str]:
        """Return the cells of one column. Raises InputRefused with the nearest heading."""
        place = self.position(name.casefold())
        if place is None:
            near = nearest(name, self.headings) or self.headings[0]
            raise InputRefused(say("cli.no_column", path=str(path), name=name, found=self.headings, nearest=near))
        return [row[place] for row in self.rows]


def read_table(path: Path) -> TextTable:
    """Read a delimited file as text; blank lines are skipped, UTF-8 or else Windows-1252.

    Raises InputRefused when it cannot be read, is empty, or a row has more or fewer cells than the heading.
    """
    table = read_rows(path)
    for number, row in enumerate(table.rows, start=2):
        if len(row) != len(table.headings):
            wanted = len(table.headings)
            raise InputRefused(say("cli.ragged", path=str(path), row=number, found=len(row), wanted=wanted))
    return table


def read_rows(path: Path) -> TextTable:
    """Read a delimited file as text, rows as long as they are. Raises InputRefused when there is nothing to read."""
    text = _text(path)
    with_bom, text = text.startswith(BOM), text.removeprefix(BOM)
    first = text.partition("\n")[0]
    delimiter = max(DELIMITERS, key=first.count)
    try:
        found = [
            tuple(row) for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True) if row
        ]
    except csv.Error:
        raise InputRefused(say("cli.not_a_table", path=str(path))) from None
    if not found:
        raise InputRefused(say("cli.empty_table", path=str(path)))
    return TextTable(headings=found[0], rows=tuple(found[1:]), delimiter=delimiter, with_bom=with_bom)


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > LONGEST_FILE:
            raise InputRefused(say("cli.too_big", path=str(path)))
        content = path.read_bytes()
    except OSError:
        raise InputRefused(say("cli.cannot_read", path=str(path))) from None
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def table_text(headings: Sequence[str], rows: Iterable[Sequence[object]], *, like: TextTable | None) -> str:
    """Return rows as delimited text, written like the table given: its delimiter and byte-order mark."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=like.delimiter if like else ";", lineterminator="\n")
    writer.writerow(headings)
    writer.writerows(rows)
    return (BOM if like is None or like.with_bom else "") + buffer.getvalue()


def write_table(path: Path, headings: Sequence[str], rows: Iterable[Sequence[object]], like: TextTable | None) -> None:
    """Write rows as delimited text, whole or not at all; "-" writes to standard output."""
    from matching.output.writing import write_whole

    text = table_text(headings, rows, like=like)
    if str(path) == "-":
        put(text.removeprefix(BOM))
        return
    write_whole(path, text.encode())


def columns_of(records: Sequence[Mapping[str, object]]) -> tuple[tuple[str, ...], list[tuple[object, ...]]]:
    """Return records as headings and rows."""
    headings = tuple(records[0]) if records else ()
    return headings, [tuple(record[heading] for heading in headings) for record in records]
