"""Words that a person wrote in a policy, in Dutch and in English, or in one language for both."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from matching.errors import ConfigurationRefused
from matching.scoring.settings import Table, known_keys, text_of
from matching.text import Language, say

__all__ = ["Bilingual", "Words", "words_of"]


@dataclass(frozen=True, slots=True)
class Bilingual:
    """The same reason in both languages; a sentence shows the one that its reader reads."""

    nl: str
    en: str

    def label(self, language: Language) -> str:
        """Return the words in a language."""
        return self.nl if language == "nl" else self.en

    def strip(self) -> str:
        """Return the Dutch words without spaces around them; empty when there are none."""
        return self.nl.strip()

    def rstrip(self, ends: str) -> Bilingual:
        """Return the words without these characters at their end."""
        return Bilingual(self.nl.rstrip(ends), self.en.rstrip(ends))


Words = str | Bilingual
"""A text for both languages, or one for each."""


def words_of(table: Table, key: str, place: str) -> Words:
    """Return a text, or a table with the keys nl and en. Raises ConfigurationRefused when it is neither."""
    both = table.get(key)
    if not isinstance(both, Mapping):
        return text_of(table, key, place)
    where = f"{place} {key}"
    known_keys(both, ("nl", "en"), where)
    found = Bilingual(text_of(both, "nl", where), text_of(both, "en", where))
    if not (found.nl.strip() and found.en.strip()):
        raise ConfigurationRefused(say("scoring.refused.missing", place=where, named="nl, en"))
    return found
