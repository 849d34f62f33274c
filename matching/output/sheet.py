"""What every file is made of: sheets of plain cells under named columns, with a stamp that says where it came from.

Reports are built once from a shortlist, a fit or a plan; each writer (workbook, delimited text, page ...) only lays
out what stands here. So a role is applied in one place and no writer can show more than another.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Literal

from matching.scoring.parts import scorecard_label
from matching.text import Language, Sentence, say, shown

Kind = Literal["text", "long", "whole", "decimal", "date", "choice"]
"""How a column is laid out: short text, wrapped text, integers, decimals, dates, or a closed list to choose from."""

Use = Literal["both", "paper", "file"]
"""Where a column stands: everywhere, only where people read, or only where programs read (.csv and .json)."""

Cell = str | int | float | dt.date | None
"""What a cell holds; None is an empty cell. Text is never read as a formula."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Column:
    """One column: its key (also the JSON name), its width in characters on paper, and its kind.

    `use` keeps one thing in one column for programs, and a few things together in one cell for people.
    `choices` are the words of a drop-down list, only for the kind "choice". `heading` overrules the catalogue.
    """

    key: str
    width: int = 14
    kind: Kind = "text"
    use: Use = "both"
    choices: tuple[str, ...] = ()
    heading: str | None = None

    def label(self, language: Language) -> str:
        """Return the heading in the reader's language."""
        return self.heading if self.heading is not None else say(f"output.column.{self.key}").text(language)


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """One table: columns, rows of cells in that order, and sentences to read first."""

    key: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[str, ...] = ()
    heading: str | None = None

    def label(self, language: Language) -> str:
        """Return the name of the sheet, at most 31 characters."""
        return (self.heading or say(f"output.sheet.{self.key}").text(language))[:31]

    def records(self) -> Iterator[dict[str, Cell]]:
        """Give each row as a mapping by column key."""
        keys = [column.key for column in self.columns]
        return (dict(zip(keys, row, strict=True)) for row in self.rows)

    def only(self, use: Use) -> Sheet:
        """Return the sheet with the columns for people ("paper") or for programs ("file")."""
        kept = [place for place, column in enumerate(self.columns) if column.use in ("both", use)]
        columns = tuple(self.columns[place] for place in kept)
        return replace(self, columns=columns, rows=tuple(tuple(row[place] for place in kept) for row in self.rows))


@dataclass(frozen=True, kw_only=True)
class Stamp:
    """Where a result came from: what every output carries, whatever its format.

    `gap` is in thousandths of the bound, None when nothing was optimised; `seed` of the lot, None when none was drawn.
    """

    as_of: dt.date
    fingerprint: str
    scorecards: tuple[str, ...]
    role: str
    seed: int | None = None
    status: Sentence | None = None
    gap: str | None = None
    bound: str | None = None
    synthetic: bool = False

    def scorecard_names(self, language: Language) -> str:
        """Return what the scorecards are called, with their versions."""
        parted = [card.rpartition(" ") for card in self.scorecards]
        named = [say("scoring.versioned", name=scorecard_label(name), version=version) for name, _, version in parted]
        return ", ".join(sentence.text(language) for sentence in named)

    def lines(self, language: Language) -> tuple[tuple[str, str], ...]:
        """Return (name, value) in words, in a fixed order; what does not apply is left out."""
        found = (
            ("scorecards", self.scorecard_names(language) or None),
            ("as_of", self.as_of),
            ("fingerprint", self.fingerprint),
            ("status", self.status),
            ("gap", self.gap),
            ("bound", self.bound),
            ("seed", None if self.seed is None else str(self.seed)),
            ("role", say(f"output.role.{self.role}")),
            ("synthetic", say("output.synthetic") if self.synthetic else None),
        )
        named = ((say(f"output.stamp.{key}").text(language), value) for key, value in found if value is not None)
        return tuple((name, shown(value, language)) for name, value in named)

    def line(self, language: Language) -> str:
        """Return the stamp as one line of text."""
        return " | ".join(f"{name}: {value}" for name, value in self.lines(language))


@dataclass(frozen=True, kw_only=True)
class Report:
    """Everything one file shows: a title, the sheets (the first is the main one), the stamp and the language.

    `record` is the result itself as JSON, kept whole in .json so that it can be read back.
    """

    title: str
    sheets: tuple[Sheet, ...]
    stamp: Stamp
    language: Language = "nl"
    lead: tuple[str, ...] = field(default=())
    record: str | None = field(default=None, repr=False)

    @property
    def paper(self) -> Report:
        """The report as people read it."""
        return replace(self, sheets=tuple(sheet.only("paper") for sheet in self.sheets))

    @property
    def file(self) -> Report:
        """The report as programs read it."""
        return replace(self, sheets=tuple(sheet.only("file") for sheet in self.sheets))

    @property
    def tabs(self) -> tuple[Sheet, ...]:
        """The sheets for a format without a page around them: the first also says what stands above them all."""
        notes = tuple(dict.fromkeys((*self.lead, *self.sheets[0].notes)))
        return (replace(self.sheets[0], notes=notes), *self.sheets[1:])

    @property
    def main(self) -> Sheet:
        """The sheet that a format with room for one table shows."""
        return self.sheets[0]


def in_words(cell: Cell, language: Language) -> str:
    """Return a cell as a reader of this language sees it: decimal comma and dd-mm-jjjj in Dutch; empty for None."""
    return "" if cell is None else shown(cell, language)
