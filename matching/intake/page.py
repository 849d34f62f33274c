"""The page that documents every column, made from the one table so that it cannot lag behind.

`python -m matching.intake.page docs/uitleg/kolommen.md` writes it anew.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from matching.domain.vocabulary import vocabulary
from matching.intake.columns import SHEETS
from matching.intake.sheet import Sheet, SheetColumn
from matching.text import Language, say


def columns_page(language: Language = "nl") -> str:
    """Return the page as Markdown: every sheet with its columns, then every list of words."""
    return "\n".join(_lines(language)) + "\n"


def _say(key: str, language: Language) -> str:
    return say(f"columns.page.{key}").text(language)


def _lines(language: Language) -> Iterator[str]:
    yield f"# {_say('title', language)}"
    yield ""
    yield _say("lead", language)
    for sheet in SHEETS.values():
        yield ""
        yield from _sheet(sheet, language)
    yield ""
    yield f"## {_say('words', language)}"
    for name in _vocabularies():
        yield ""
        yield f"**{vocabulary(name).title.text(language)}**: " + "; ".join(
            term.label(language) for term in vocabulary(name).values()
        )


def _vocabularies() -> tuple[str, ...]:
    """Return the vocabularies that some column uses, in the order of the columns."""
    kinds = (column.kind for sheet in SHEETS.values() for column in sheet.columns)
    return tuple(dict.fromkeys(name for kind in kinds if (name := getattr(kind, "name", None))))


def _sheet(sheet: Sheet, language: Language) -> Iterator[str]:
    needed = _say("needed" if sheet.required else "optional", language)
    yield f"## {sheet.title(language)} ({needed})"
    yield ""
    heads = ("column", "english", "what", "allowed", "example")
    yield "| " + " | ".join(_say(head, language) for head in heads) + " |"
    yield "|" + "---|" * len(heads)
    for column in sheet.columns:
        yield "| " + " | ".join(_escaped(cell) for cell in _cells(sheet, column, language)) + " |"


def _cells(sheet: Sheet, column: SheetColumn, language: Language) -> tuple[str, ...]:
    other: Language = "en" if language == "nl" else "nl"
    name = f"**{column.header(language)}** *" if column.required else column.header(language)
    allowed = column.kind.rule.text(language)
    words = getattr(column.kind, "name", None)
    if words:
        allowed = f"{allowed} ({vocabulary(words).title.text(language)})"
    return name, column.header(other), sheet.help(column).text(language), allowed, column.example_in(language)


def _escaped(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(columns_page(), encoding="utf-8")
