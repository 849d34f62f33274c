"""The demand catalogue: what work asks, in neutral words, on an ordered scale (0 asks least)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from matching.domain.vocabulary import Term, rows, vocabulary
from matching.text import Language


@dataclass(frozen=True, kw_only=True, slots=True)
class Demand:
    """One demand: its group, whether a task or the place makes it, and its levels in words, lowest first.

    `ordinary_level` describes an ordinary office; it is never a default for unknown. Expert judgement, not
    reviewed by practitioners yet.
    """

    key: str
    group: Term
    scope: str
    ordinary_level: int
    ask_nl: str
    ask_en: str
    levels: tuple[Term, ...]

    def label(self, language: Language = "nl") -> str:
        """Return the name of the demand."""
        return vocabulary("demand").label(self.key, language)

    def ask(self, language: Language = "nl") -> str:
        """Return the open question that brings an answer about this demand; it asks for no limitation."""
        return self.ask_nl if language == "nl" else self.ask_en

    def level_label(self, level: int, language: Language = "nl") -> str:
        """Return a level in words."""
        return self.levels[level].label(language)


@cache
def demands() -> Mapping[str, Demand]:
    """Return the catalogue by key, in the order of the table."""
    return {row["key"]: _demand(row) for row in rows("demands")}


def _demand(row: Mapping[str, str]) -> Demand:
    levels = [Term(str(n), row[f"level_{n}_nl"], row[f"level_{n}_en"]) for n in range(int(row["levels"]))]
    return Demand(
        key=row["key"],
        group=Term(row["group"], row["group_nl"], row["group_en"]),
        scope=row["scope"],
        ordinary_level=int(row["ordinary_level"]),
        ask_nl=row["ask_nl"],
        ask_en=row["ask_en"],
        levels=tuple(levels),
    )
