"""A table that becomes a list where there is no room for columns: on a phone, in a narrow window, in large letters."""

from __future__ import annotations

from collections.abc import Iterator
from copy import copy
from dataclasses import replace

from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.measure import Measurement
from rich.padding import Padding
from rich.table import Column, Table
from rich.text import Text

LEAST_WIDTH = 60
"""Columns from which on a table may stand as a table."""
INDENT = 2


class FoldingTable(Table):
    """A table of Rich that shows each row as lines of "heading: value" below 60 columns, or when words would break.

    The first cell of a row heads its lines. A row whose first cell is empty is a list like any other. A cell that is
    itself a table (the story of a pair) stands whole below its row.
    """

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Yield the table, with less white between its columns where that makes it fit, or the list."""
        if not self.columns:
            return
        if options.max_width >= LEAST_WIDTH:
            for table in (self, self._tight()):
                fitted = table._fitted(console, options)
                if fitted is not None:
                    yield from super(FoldingTable, fitted).__rich_console__(console, options)
                    return
        yield from self._as_list()

    def _tight(self) -> FoldingTable:
        """Return the table without white beside its cells; the sign between two columns keeps them apart."""
        table = copy(self)
        table.padding = 0
        table.columns = [replace(column, min_width=None) for column in self.columns]
        return table

    def _fitted(self, console: Console, options: ConsoleOptions) -> FoldingTable | None:
        """Return the table with columns wide enough for their longest words; None where the room is too small."""
        spans = [_span(column, console, options) for column in self.columns]
        paddings = (len(self.columns) - (not self.pad_edge)) * sum(self.padding[1::2])
        room = options.max_width - paddings - self._extra_width
        left = room - sum(least for least, _ in spans)
        if left < 0:
            return None
        wanted = sum(most - least for least, most in spans)
        if wanted <= left:
            return self
        fitted = copy(self)
        widths = [least + left * (most - least) // wanted for least, most in spans]
        fitted.columns = [
            replace(column, width=width, ratio=None) for column, width in zip(self.columns, widths, strict=True)
        ]
        return fitted

    def _as_list(self) -> Iterator[RenderableType]:
        cells = [list(column.cells) for column in self.columns]
        headings = [str(column.header) if self.show_header else "" for column in self.columns]
        for place, row in enumerate(zip(*cells, strict=True)):
            if place:
                yield ""
            yield from _lines(list(zip(headings, row, strict=True)))


def _lines(row: list[tuple[str, RenderableType]]) -> Iterator[RenderableType]:
    """Yield one row as lines: who or what it is about in bold, the others indented, empty cells left out."""
    first, rest = _flat(row[0][1]), row[1:]
    if _is_place(first) and rest and not isinstance(rest[0][1], Table):
        first, rest = f"{first} {_flat(rest[0][1])}", rest[1:]
    yield Text(first, style="bold")
    for name, cell in rest:
        if isinstance(cell, Table):
            yield cell
        elif _flat(cell):
            yield Padding(Text(_named(name, cell)), (0, 0, 0, INDENT), expand=False)


def _named(heading: str, cell: RenderableType) -> str:
    return f"{heading}: {_flat(cell)}" if heading else _flat(cell)


def _is_place(text: str) -> bool:
    """Return whether a first cell is only a place in a list, so that the next one says who it is about."""
    return text.rstrip("=").isdigit()


def _flat(cell: RenderableType) -> str:
    """Return a cell of several lines as one: sentences after each other, other lines with a comma between."""
    text = cell.plain if isinstance(cell, Text) else str(cell)
    lines = [line for line in text.split("\n") if line]
    return "".join(
        line + ("" if last else " " if line[-1] in ".?!;:," else ", ")
        for last, line in zip([False] * (len(lines) - 1) + [True], lines, strict=False)
    )


def _span(column: Column, console: Console, options: ConsoleOptions) -> tuple[int, int]:
    """Return the width that keeps the words of a column whole, and the width that keeps its lines whole.

    A column of a set width wants just that; one that takes what is left (a ratio) wants the whole screen.
    """
    if column.width is not None:
        return column.width, column.width
    found = [Measurement.get(console, options, cell) for cell in (Text(str(column.header)), *column.cells)]
    least = max(column.min_width or 0, *(one.minimum for one in found))
    if column.ratio is not None:
        return least, max(least, options.max_width)
    longest = max(one.maximum for one in found)
    return least, max(least, min(longest, column.max_width or longest))
