"""The record ledger: every physical record of every sheet is accepted, refused or blank, and each problem is kept."""

from __future__ import annotations

from dataclasses import dataclass

from matching.text import Sentence


@dataclass(frozen=True, kw_only=True, slots=True)
class Problem:
    """One thing found in one place of a file.

    `row` counts as the spreadsheet does (the header is row 1); None speaks of the whole sheet or file.
    `refuses` tells whether the record was refused for it; otherwise the record was used and this is a warning.
    """

    sheet: str
    sentence: Sentence
    row: int | None = None
    column: str | None = None
    value: str | None = None
    refuses: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class SheetCount:
    """The balance of one sheet: read = accepted + refused + blank."""

    sheet: str
    read: int
    accepted: int
    refused: int
    blank: int

    @property
    def balances(self) -> bool:
        """Whether no record was lost."""
        return self.read == self.accepted + self.refused + self.blank


@dataclass(frozen=True, kw_only=True)
class Ledger:
    """What happened to every record that was read, and every problem, in order of place."""

    counts: tuple[SheetCount, ...] = ()
    problems: tuple[Problem, ...] = ()
    dropped_columns: tuple[tuple[str, str, int], ...] = ()

    @property
    def refused(self) -> int:
        """The number of refused records."""
        return sum(count.refused for count in self.counts)

    @property
    def balances(self) -> bool:
        """Whether every sheet balances."""
        return all(count.balances for count in self.counts)
