"""Sentences laid out as plain text that fits a screen or a sheet of 80 columns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from textwrap import wrap

from matching.text import Language, Sentence

WIDTH = 80


@dataclass(frozen=True, kw_only=True, slots=True)
class Section:
    """A heading with its lines; a section without lines is not shown."""

    heading: Sentence
    lines: tuple[Sentence, ...]


def page(title: Sequence[Sentence], sections: Iterable[Section], language: Language) -> str:
    """Return a title and sections as text, each line at most 80 columns."""
    shown = [text for sentence in title for text in folded(sentence.text(language))]
    for section in sections:
        if section.lines:
            shown += ["", *folded(section.heading.text(language))]
            shown += [text for line in section.lines for text in folded(line.text(language), mark="  - ")]
    return "\n".join(shown)


def folded(text: str, mark: str = "") -> list[str]:
    """Return a text folded to 80 columns; `mark` stands before its first line and the rest is indented to it."""
    return wrap(text, WIDTH, initial_indent=mark, subsequent_indent=" " * len(mark), break_long_words=True) or [
        mark.rstrip()
    ]
