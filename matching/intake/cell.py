"""The meaning of one cell: what a kind of cell promises, and what a text can turn out to be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from matching.text import Language, Sentence, say
from matching.text.sentence import shown

SHOWN_LENGTH = 60


@dataclass(frozen=True, slots=True)
class Reading:
    """What one text means: a value (None is unknown), or a refusal; a warning keeps the value."""

    value: Any = None
    refusal: Sentence | None = None
    warning: Sentence | None = None


def refused(key: str, **values: object) -> Reading:
    """Return a reading that refuses its row, with the sentence "intake.KEY"."""
    return Reading(refusal=say(f"intake.{key}", **values))


def short(text: str) -> str:
    """Return a text cut to what fits in a sentence."""
    return text if len(text) <= SHOWN_LENGTH else text[: SHOWN_LENGTH - 3] + "..."


@dataclass(frozen=True)
class Kind:
    """One kind of cell. `read` gets trimmed text that is not a word for unknown; `write` gets no None."""

    key: ClassVar[str] = "text"

    def read(self, text: str) -> Reading:
        """Return what the text means, or why it is refused."""
        raise TypeError(f"{type(self).__name__} reads no cells")

    def read_all(self, texts: Sequence[str]) -> list[Reading]:
        """Return what each of many distinct texts means: the same as `read` for each."""
        return [self.read(text) for text in texts]

    def write(self, value: Any, language: Language) -> str:
        """Return the text that reads back as this value."""
        return shown(value, language)

    def said(self, value: Any) -> object:
        """Return the value as it stands in a sentence of either language."""
        return value

    def choices(self, language: Language) -> tuple[str, ...]:
        """Return the closed list for a drop-down; empty when the cell is open or holds a list."""
        return ()

    def owns(self, text: str) -> bool:
        """Return whether a word for unknown is a value of this kind, so that `read` gets it after all."""
        return False

    @property
    def rule(self) -> Sentence:
        """What is allowed, in words."""
        return say(f"columns.kind.{self.key}")
