"""The tables of the seam become arrays: ids verbatim, every problem named, nothing guessed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from numbers import Integral, Real
from typing import TYPE_CHECKING, Literal

from matching.errors import InputRefused, nearest
from matching.text import Sentence, say

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["COLUMNS", "Table", "TableName", "table_of_frame", "table_of_text"]

TableName = Literal["pairs", "packages", "candidates", "exclusive"]

COLUMNS: dict[TableName, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "pairs": (("candidate_id", "work_package_id", "score"), ("hours", "allowed")),
    "packages": (("work_package_id",), ("places", "hours_budget")),
    "candidates": (("candidate_id",), ("max_places",)),
    "exclusive": (("work_package_a", "work_package_b"), ()),
}
"""Per table the columns that must be there and those that may."""

_ALIASES = {
    "package_id": "work_package_id",
    "seats": "places",
    "package_a": "work_package_a",
    "package_b": "work_package_b",
}
_WHOLE = re.compile(r"[+-]?[0-9]{1,19}", re.ASCII)
LARGEST = 10**12
"""Scores, hours and places beyond this are refused, so that every sum stays exact."""


@dataclass(slots=True)
class Table:
    """The columns of one table as lists, the line of each row (header = 1), and the problems found so far.

    `notes` are remarks that refuse nothing, such as a column that is not used.
    """

    name: TableName
    columns: dict[str, Sequence[object]]
    lines: Sequence[int]
    problems: list[Sentence] = field(default_factory=list)
    notes: list[Sentence] = field(default_factory=list)

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.lines)

    def refuse(self, key: str, row: int | None = None, **values: object) -> None:
        """Note a problem, with the table's name and, where there is one, the line of the row."""
        where = {} if row is None else {"line": str(self.lines[row])}
        self.problems.append(say(f"planning.seam.{key}", table=say(f"planning.table.{self.name}"), **where, **values))

    def ids(self, column: str) -> list[str]:
        """Return a column of ids as text, verbatim; an empty one is a problem."""
        known: dict[object, str] = {}
        cells = self.columns.get(column, ())
        found = [known.get(cell) or known.setdefault(cell, _shown(cell)) for cell in cells]
        if not all(found):
            for row, text in enumerate(found):
                if not text:
                    self.refuse("empty_id", row, column=column)
        return found

    def whole(self, column: str, *, low: int, default: int | None) -> list[int]:
        """Return a column of whole numbers; empty cells become `default`, or are a problem when that is None."""
        if column not in self.columns:
            return [default if default is not None else 0] * len(self)
        known: dict[object, int] = {}
        rule = (column, low, default)
        return [
            known[value] if value in known else self._number(row, value, rule, known)
            for row, value in enumerate(self.columns[column])
        ]

    def _number(self, row: int, value: object, rule: tuple[str, int, int | None], known: dict[object, int]) -> int:
        column, low, default = rule
        if _absent(value) and default is not None:
            return default
        number = _as_whole(value)
        if number is None:
            self.refuse("not_whole", row, column=column, found=_shown(value))
        elif not max(low, -LARGEST) <= number <= LARGEST:
            self.refuse("out_of_range", row, column=column, found=str(number), low=str(low), high=str(LARGEST))
        else:
            known[value] = number
        return number or 0


def _absent(value: object) -> bool:
    if value is None or (isinstance(value, str) and not value.strip()):
        return True
    return type(value).__name__ in ("NAType", "NaTType") or (isinstance(value, float) and value != value)


def _shown(value: object) -> str:
    return "" if _absent(value) else str(value)


def _as_whole(value: object) -> int | None:
    """Return a whole number, or None for anything else: 3.0 from a data frame counts, the text "3.0" does not."""
    if isinstance(value, str):
        return int(value) if _WHOLE.fullmatch(value := value.strip()) else None
    if isinstance(value, Integral):
        return int(value)
    if isinstance(value, Real) and float(value).is_integer():
        return int(float(value))
    return None


def table_of_text(name: TableName, header: Sequence[str], rows: Iterable[Sequence[str]]) -> Table:
    """Return a table from the header and rows that a CSV reader gave; blank rows are skipped, ragged ones a problem."""
    header = [cell.removeprefix("\ufeff") for cell in header]
    turned: list[list[str]] = [[] for _ in header]
    lines: list[int] = []
    ragged: list[tuple[int, int]] = []
    for line, row in enumerate(rows, start=2):
        if len(row) == len(header) and (row[0] or any(cell.strip() for cell in row)):
            for column, cell in zip(turned, row, strict=True):
                column.append(cell)
            lines.append(line)
        elif any(cell.strip() for cell in row):
            ragged.append((line, len(row)))
    table = _named(name, header, lambda number: turned[number], lines)
    for line, found in ragged:
        table.problems.append(
            say(
                "planning.seam.ragged",
                table=say(f"planning.table.{name}"),
                line=str(line),
                found=found,
                due=len(header),
            )
        )
    return table


def table_of_frame(name: TableName, frame: pd.DataFrame) -> Table:
    """Return a table from a data frame; the line of a row is its place in the frame, header = 1."""
    values = [frame.iloc[:, number] for number in range(frame.shape[1])]
    return _named(
        name, [str(c) for c in frame.columns], lambda number: values[number].tolist(), range(2, len(frame) + 2)
    )


def _named(
    name: TableName, header: Sequence[str], column: Callable[[int], Sequence[object]], lines: Sequence[int]
) -> Table:
    """Give each column its one name; unknown columns are noted and never used, double and absent ones a problem."""
    table, (needed, extra) = Table(name=name, columns={}, lines=lines), COLUMNS[name]
    for number, title in enumerate(header):
        plain = title.strip().casefold()
        known = _ALIASES.get(plain, plain)
        if known not in (*needed, *extra):
            near = nearest(known, (*needed, *extra))
            key = "planning.seam.unused_column_nearest" if near else "planning.seam.unused_column"
            table.notes.append(say(key, table=say(f"planning.table.{name}"), column=title, nearest=near or ""))
        elif known in table.columns:
            table.refuse("double_column", column=known)
        else:
            table.columns[known] = column(number)
    for absent in (c for c in needed if c not in table.columns):
        table.refuse("column_absent", column=absent, found=tuple(header))
        table.columns[absent] = ()
    return table


def refuse_all(tables: Iterable[Table]) -> None:
    """Raise InputRefused with the problems of all tables, if there are any."""
    problems = [problem for table in tables for problem in table.problems]
    if problems:
        raise InputRefused(say("planning.seam.refused", count=len(problems)), problems)
