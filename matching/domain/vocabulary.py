"""Closed lists of terms, each a packaged table: the only words the engine compares."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from matching.errors import UnknownName
from matching.text import Language, Sentence, say


@dataclass(frozen=True, slots=True)
class Term:
    """One word of a vocabulary: a stable English key and a label in each language."""

    key: str
    nl: str
    en: str

    def label(self, language: Language = "nl") -> str:
        """Return the name that a reader of this language sees."""
        return self.nl if language == "nl" else self.en


@dataclass(frozen=True)
class Vocabulary(Mapping[str, Term]):
    """A closed, ordered list of terms under a name; order is the order of the table."""

    name: str
    terms: Mapping[str, Term] = field(repr=False)

    def __getitem__(self, key: str) -> Term:
        """Return the term of a key. Raises UnknownName with the nearest key."""
        try:
            return self.terms[key]
        except KeyError:
            raise UnknownName(self.title, key, self.terms) from None

    def __iter__(self) -> Iterator[str]:
        return iter(self.terms)

    def __len__(self) -> int:
        return len(self.terms)

    def __contains__(self, key: object) -> bool:
        return key in self.terms

    @property
    def title(self) -> Sentence:
        """The name of the vocabulary in words."""
        return say(f"vocabulary.{self.name}")

    def label(self, key: str, language: Language = "nl") -> str:
        """Return the label of a key; the key itself when it is not of this vocabulary."""
        term = self.terms.get(key)
        return term.label(language) if term else key


@cache
def rows(table: str) -> tuple[Mapping[str, str], ...]:
    """Return the rows of one packaged table, cells as text."""
    source = files("matching.domain").joinpath("tables", f"{table}.csv")
    return tuple(csv.DictReader(source.read_text(encoding="utf-8").splitlines()))


@cache
def vocabulary(name: str) -> Vocabulary:
    """Return a vocabulary by name: one with a table of its own, else one of the short lists in `terms.csv`."""
    if name in TABLES:
        source = ((row["key"], row) for row in rows(TABLES[name]))
    else:
        source = ((row["key"], row) for row in rows("terms") if row["vocabulary"] == name)
    terms = {key: Term(key, row["label_nl"], row["label_en"]) for key, row in source}
    if not terms:
        raise UnknownName(say("vocabulary.vocabulary"), name, names())
    return Vocabulary(name, terms)


def names() -> tuple[str, ...]:
    """Return the names of all vocabularies."""
    return (*TABLES, *dict.fromkeys(row["vocabulary"] for row in rows("terms")))


TABLES = {
    "education": "education",
    "demand": "demands",
    "arrangement": "arrangements",
    "task": "tasks",
    "work_kind": "work_kinds",
    "skill": "skills",
}
