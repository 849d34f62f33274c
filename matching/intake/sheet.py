"""What a sheet and a column of it are: the one description that reader, template, checks and documentation share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from matching.domain.vocabulary import Term
from matching.intake.cell import Kind, Reading
from matching.intake.words import NOT_APPLICABLE, UNKNOWN, folded, normal
from matching.text import Language, Sentence, say

UNKNOWN_CELL = Reading()


@dataclass(frozen=True)
class SheetColumn:
    """One column: `key` is the field of the domain object that it fills.

    `example` is Dutch and reads back without a warning. `blank` is the value of an empty cell (None is unknown).
    `required`: an empty cell refuses the row. `not_applicable`: "n.v.t." is accepted and means unknown.
    """

    key: str
    nl: str
    en: str
    kind: Kind
    example: str = ""
    aliases: tuple[str, ...] = ()
    required: bool = False
    not_applicable: bool = True
    blank: Any = None

    def header(self, language: Language = "nl") -> str:
        """Return the header as it is written."""
        return self.nl if language == "nl" else self.en

    @property
    def term(self) -> Term:
        """The header as a word of either language, for sentences."""
        return Term(self.key, self.nl, self.en)

    @property
    def headers(self) -> tuple[str, ...]:
        """All headers that are read, in normal form."""
        return tuple(dict.fromkeys(normal(name) for name in (self.nl, self.en, self.key, *self.aliases)))

    def read(self, text: str) -> Reading:
        """Return what a cell means: blank and words for unknown give `blank`, all else goes to the kind."""
        return self.read_all([text])[0]

    def read_all(self, texts: Sequence[str]) -> list[Reading]:
        """Return what each of many distinct texts means."""
        trimmed = [text.strip() for text in texts]
        blank = [self._says_nothing(text) for text in trimmed]
        told = iter(self.kind.read_all([text for text, empty in zip(trimmed, blank, strict=True) if not empty]))
        return [self._empty() if empty else next(told) for empty in blank]

    def _says_nothing(self, text: str) -> bool:
        """Return whether a trimmed text is a word for unknown, or for a question that does not arise."""
        word = folded(text)
        if word in UNKNOWN and not (word and self.kind.owns(text)):
            return True
        return word in NOT_APPLICABLE and (self.not_applicable or self.required)

    def _empty(self) -> Reading:
        return Reading(refusal=say("intake.required")) if self.required else Reading(self.blank)

    def write(self, value: object, language: Language = "nl") -> str:
        """Return the cell text that reads back as the value; unknown gives an empty text."""
        return "" if value is None else self.kind.write(value, language)

    def example_in(self, language: Language) -> str:
        """Return the example in a language."""
        return self.example if language == "nl" else self.write(self.read(self.example).value, language)


@dataclass(frozen=True)
class Sheet:
    """One sheet or file: its names, its columns and whether a pool must have it.

    `identity` names the columns that together tell rows apart; empty means that equal rows may stand side by side.
    """

    key: str
    nl: str
    en: str
    columns: tuple[SheetColumn, ...]
    aliases: tuple[str, ...] = ()
    required: bool = False
    identity: tuple[str, ...] = ()

    def title(self, language: Language = "nl") -> str:
        """Return the name of the sheet."""
        return self.nl if language == "nl" else self.en

    @property
    def term(self) -> Term:
        """The name of the sheet as a word of either language, for sentences."""
        return Term(self.key, self.nl, self.en)

    @property
    def needed(self) -> tuple[Term, ...]:
        """The headers that a sheet cannot do without."""
        return tuple(column.term for column in self.columns if column.required)

    @property
    def names(self) -> tuple[str, ...]:
        """All names that are read, in normal form."""
        return tuple(dict.fromkeys(normal(name) for name in (self.nl, self.en, self.key, *self.aliases)))

    @cached_property
    def by_header(self) -> Mapping[str, SheetColumn]:
        """Every header in normal form with its column."""
        return {name: column for column in self.columns for name in column.headers}

    @cached_property
    def by_key(self) -> Mapping[str, SheetColumn]:
        """The columns by field."""
        return {column.key: column for column in self.columns}

    def help(self, column: SheetColumn) -> Sentence:
        """Return what a column is for."""
        return say(f"columns.{self.key}.{column.key}")
