"""The declared words of a cell: what stands for unknown, none, yes and no, and the short forms of vocabularies."""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from matching.domain.vocabulary import vocabulary

UNKNOWN = frozenset(
    {"", "?", "??", "???", "onbekend", "unknown", "nnb", "n.n.b.", "nog niet bekend", "niet bekend", "not known"}
)
"""Texts that say nobody knows, in every column."""

NOT_APPLICABLE = frozenset({"n.v.t.", "nvt", "n.v.t", "niet van toepassing", "n/a", "not applicable"})
"""Texts that say the question does not arise; only where a column declares it."""

NONE = frozenset({"geen", "none", "niets", "nothing"})
"""Texts that say a list is known to be empty."""

YES = frozenset({"ja", "j", "yes", "y", "true", "waar"})
NO = frozenset({"nee", "n", "no", "false", "onwaar", "neen"})


def folded(text: str) -> str:
    """Return the text trimmed, in lower case, with single spaces: how declared words are compared."""
    return " ".join(text.split()).casefold()


SIGNS = "#+"
DROPPED = {code: None for code in range(128) if not chr(code).isalnum() and chr(code) not in SIGNS}
"""What `normal` leaves out of a text without accents."""


def normal(text: str) -> str:
    """Return only the letters, digits, # and + ("C#", "C++"), lower case, no accents: how labels are compared.

    >>> normal("Mbo-2"), normal("Financiële administratie")
    ('mbo2', 'financieleadministratie')
    """
    if text.isascii():
        return text.lower().translate(DROPPED)
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(letter for letter in plain if letter.isalnum() or letter in SIGNS)


@cache
def table(name: str) -> tuple[Mapping[str, str], ...]:
    """Return the rows of one of the intake's own packaged tables, cells as text."""
    source = files("matching.intake").joinpath("tables", f"{name}.csv")
    return tuple(csv.DictReader(source.read_text(encoding="utf-8").splitlines()))


@cache
def forms(name: str) -> Mapping[str, tuple[str, ...]]:
    """Return every normal form of a vocabulary with the keys it stands for; more than one key is ambiguous.

    The forms are the key, both labels, both labels without what stands in brackets, and the declared synonyms.
    A synonym that is declared with several keys is ambiguous on purpose ("mbo").
    """
    found: dict[str, tuple[str, ...]] = {}
    for key, term in vocabulary(name).items():
        for label in (key, term.nl, term.en, term.nl.split(" (")[0], term.en.split(" (")[0]):
            keys = found.setdefault(normal(label), (key,))
            if key not in keys:
                found[normal(label)] = (*keys, key)
    for row in table("synonyms"):
        if row["vocabulary"] == name:
            found[normal(row["word"])] = tuple(row["keys"].split(";"))
    return found


@cache
def nearest_key(text: str, name: str) -> str | None:
    """Return the key of the vocabulary whose form looks most like the text, or None when nothing comes close."""
    from matching.errors import nearest

    close = nearest(normal(text), forms(name))
    return forms(name)[close][0] if close else None
