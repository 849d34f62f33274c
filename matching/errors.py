"""What can go wrong, for the person who can mend it.

    MatchingError                 one sentence: where, what was found, what is allowed, what to do
    ├── InputRefused              a file or table was refused; carries every problem found (exit code 1)
    ├── UnknownName               an id, scorecard, column or option that does not exist, with the nearest one (exit 2)
    ├── ConfigurationRefused      a scorecard or policy that cannot be used (exit 2)
    ├── DemandImpossible          pins and limits that cannot all hold, as a smallest conflicting set (exit 1)
    └── SolverFailed              no plan could be made or proven; says what to try (exit 1)

Messages hold ids, never personal data.
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import ClassVar

from matching.text import Language, Sentence, say

__all__ = [
    "ConfigurationRefused",
    "DemandImpossible",
    "InputRefused",
    "MatchingError",
    "SolverFailed",
    "UnknownName",
    "nearest",
]


class MatchingError(Exception):
    """The base of every error this package raises on purpose; `sentence` is what the user reads."""

    exit_code: ClassVar[int] = 1

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(sentence)
        self.sentence = sentence

    def text(self, language: Language = "nl") -> str:
        """Return the sentence in one language."""
        return self.sentence.text(language)

    def __str__(self) -> str:
        """Return the Dutch sentence."""
        return self.text()


class InputRefused(MatchingError):
    """A file or table cannot be used; `problems` holds one sentence for each thing found."""

    def __init__(self, sentence: Sentence, problems: Iterable[Sentence] = ()) -> None:
        super().__init__(sentence)
        self.problems = tuple(problems)

    def text(self, language: Language = "nl") -> str:
        """Return the sentence, then the problems, one a line."""
        return "\n".join([self.sentence.text(language), *(f"- {problem.text(language)}" for problem in self.problems)])


class UnknownName(MatchingError):
    """A name that does not exist; `nearest` is the closest name that does, or None."""

    exit_code = 2

    def __init__(self, kind: Sentence, name: str, allowed: Iterable[str]) -> None:
        allowed = tuple(allowed)
        self.name, self.nearest = name, nearest(name, allowed)
        shown = (*allowed[:8], "...") if len(allowed) > 8 else allowed
        key = "errors.unknown_name_nearest" if self.nearest else "errors.unknown_name"
        super().__init__(say(key, kind=kind, name=name, allowed=shown, nearest=self.nearest or ""))


class ConfigurationRefused(MatchingError):
    """A scorecard, policy or setting that cannot be used."""

    exit_code = 2


class DemandImpossible(MatchingError):
    """Pins and limits that cannot all hold; `conflict` is a smallest set of them, each as a sentence."""

    def __init__(self, sentence: Sentence, conflict: Iterable[Sentence] = ()) -> None:
        super().__init__(sentence)
        self.conflict = tuple(conflict)

    def text(self, language: Language = "nl") -> str:
        """Return the sentence, then the conflicting demands, one a line."""
        return "\n".join([self.sentence.text(language), *(f"- {demand.text(language)}" for demand in self.conflict)])


class SolverFailed(MatchingError):
    """No plan could be made, or a solver's answer failed our own check."""


def nearest(name: str, allowed: Iterable[str]) -> str | None:
    """Return the allowed name that looks most like `name`, or None when nothing comes close."""
    by_lower = {item.casefold(): item for item in allowed}
    found = get_close_matches(name.casefold(), by_lower, n=1, cutoff=0.6)
    return by_lower[found[0]] if found else None
