"""Does she speak the languages that the work asks?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from matching.domain.columns import Classes
from matching.domain.judging import Mask, Outcome, Pair, Question, Reads, Rule, Sides, Verdicts
from matching.rules.asking import ask_candidate, ask_package, term
from matching.rules.essential import ESSENTIAL_READS, unbending, way_out
from matching.rules.masks import holds, verdicts
from matching.text import Sentence, say

Languages = Iterable[tuple[str, int]]


@dataclass(frozen=True, kw_only=True)
class LanguageAsked(Rule):
    """Languages at the level asked (1..4) fit; a lower known level must be judged.

    It excludes only with a written reason of the employer, when the language is known not to be learned on the job
    and no task can be taken out or swapped. A language that nobody mentions is unknown: fits, with a question.
    """

    key = "language"
    can_conflict = True
    reads = Reads(candidate=("languages",), package=("languages_asked", *ESSENTIAL_READS))

    def judge(self, sides: Sides) -> Verdicts:
        """Return the outcome of every pair of classes."""
        low, hard, unknown = (np.zeros(sides.shape, dtype=bool) for _ in range(3))
        people = sides.candidate.columns["languages"]
        asked = sides.package.values("languages_asked")
        trainable = sides.package.values("skills_trainable")
        for column, (languages, learned) in enumerate(zip(asked, trainable, strict=True)):
            for language, level in languages or ():
                own = _levels(people.values, language)[people.codes]
                low[:, column] |= own < level
                hard[:, column] |= (own < level) & (learned is not None and language not in learned)
                unknown[:, column] |= np.isnan(own)
        open_package = ~sides.package.known("languages_asked")
        return verdicts(sides, to_judge=low, conflict=hard & unbending(sides.package), unknown=unknown | open_package)

    def may_exclude(self, packages: Classes) -> Mask:
        """Return the packages that ask something which cannot bend."""
        return unbending(packages) & holds(packages, "languages_asked", bool)

    def reason(self, pair: Pair, outcome: Outcome) -> Sentence:
        """Return the languages with the levels on both sides."""
        asked = pair.package.languages_asked
        if asked is None:
            return say("rules.language.not_said")
        lacking, unknown = _lacking(pair), _unknown(pair)
        if lacking:
            return say(f"rules.language.{'conflict' if outcome is Outcome.CONFLICT else 'lacking'}",
                       lacking=_compared(pair, lacking), because=pair.package.essential_reason,
                       condition=way_out(pair, lacking))  # fmt: skip
        if unknown:
            return say("rules.language.unknown", languages=_named(unknown))
        return say("rules.language.fits" if asked else "rules.language.none",
                   languages=_named(key for key, _ in asked))  # fmt: skip

    def questions(self, pair: Pair) -> tuple[Question, ...]:
        """Return what to ask about languages, and whether one can be learned on the job."""
        if pair.package.languages_asked is None:
            return (ask_package("languages_asked", "language.ask_package"),)
        levels = dict(pair.package.languages_asked)
        found = [
            ask_candidate("languages", "language.ask", language=term("language", key), level=_words(levels[key]))
            for key in _unknown(pair)
        ]
        open_ended = [key for key in _lacking(pair) if pair.package.skills_trainable is None]
        if open_ended:
            found.append(ask_package("languages_asked", "language.ask_trainable", languages=_named(open_ended)))
        return tuple(found)

    def remedy(self, pair: Pair) -> Sentence | None:
        """Return the level of language that would fit her."""
        lacking = _lacking(pair)
        if not lacking:
            return None
        own = dict(pair.candidate.languages or ())
        enough = (say("rules.language.own", language=term("language", key), level=_words(own[key])) for key in lacking)
        return say("rules.language.remedy", languages=tuple(enough))


def _levels(values: Iterable[Languages | None], language: str) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Return the level of one language for each distinct list; nan where nobody mentions it."""
    return np.array([dict(value or ()).get(language, np.nan) for value in values], dtype=np.float64)


def _lacking(pair: Pair) -> list[str]:
    own = dict(pair.candidate.languages or ())
    return [key for key, level in pair.package.languages_asked or () if own.get(key, level) < level]


def _unknown(pair: Pair) -> list[str]:
    own = dict(pair.candidate.languages or ())
    return [key for key, _ in pair.package.languages_asked or () if key not in own]


def _compared(pair: Pair, keys: Iterable[str]) -> tuple[Sentence, ...]:
    own, asked = dict(pair.candidate.languages or ()), dict(pair.package.languages_asked or ())
    return tuple(
        say("rules.language.compared", language=term("language", key), own=_words(own[key]), asked=_words(asked[key]))
        for key in keys
    )


def _named(keys: Iterable[str]) -> tuple[object, ...]:
    return tuple(term("language", key) for key in keys)


def _words(level: int) -> Sentence:
    return say(f"rules.language.level_{min(4, max(1, level))}")
