"""The sentences of an officer, said to the person herself: "Wil dit graag doen" becomes "Jij wilt dit graag doen"."""

from __future__ import annotations

from matching.domain.candidate import Candidate
from matching.domain.education import spoken_level
from matching.domain.vocabulary import vocabulary
from matching.intake.columns import SheetColumn
from matching.text import Language, Sentence, say, shown
from matching.text.catalogue import has

LEVELS = ("education", "working_level")

WISHES = ("wished_work_kinds", "wished_setting")
"""Columns in which a known "none" means that anything is fine."""


def to_her(sentence: Sentence) -> Sentence:
    """Return a sentence as it is said to the person herself; one without such a form stays as it is."""
    named = f"personal.{sentence.key}"
    values = tuple((name, _inside(value)) for name, value in sentence.values)
    return Sentence(named if has(named) else sentence.key, values)


def _inside(value: object) -> object:
    if isinstance(value, Sentence):
        return to_her(value)
    return tuple(_inside(item) for item in value) if isinstance(value, tuple) else value


def column_name(column: SheetColumn, language: Language) -> str:
    """Return what a column of hers is called when she reads it."""
    named = f"personal.column.{column.key}"
    return say(named).text(language) if has(named) else column.header(language)


def value_of(person: Candidate, column: SheetColumn, language: Language) -> str:
    """Return a value of hers in words: no weights behind wishes, languages by how well they go."""
    if column.key in WISHES and getattr(person, column.key) is not None and not getattr(person, column.key):
        return say("personal.no_preference").text(language)
    if column.key == "wished_work_kinds" and person.wished_work_kinds:
        return _labels("work_kind", [key for key, _ in person.wished_work_kinds], language)
    if column.key in LEVELS:
        return shown(spoken_level(getattr(person, column.key)), language)
    if column.key == "languages" and person.languages:
        spoken = [
            say("rules.language.own", language=vocabulary("language").label(key, language), level=_level(level))
            for key, level in person.languages
        ]
        return ", ".join(sentence.text(language) for sentence in spoken)
    if column.key == "experience" and person.experience:
        done = vocabulary("work_kind")
        worked = [
            say("personal.years", kind=done.label(kind, language), years=years) for kind, years in person.experience
        ]
        return ", ".join(sentence.text(language) for sentence in worked)
    return column.write(getattr(person, column.key), language)


def _labels(name: str, keys_: list[str], language: Language) -> str:
    return ", ".join(vocabulary(name).label(key, language) for key in keys_)


def _level(level: int) -> Sentence:
    return say(f"rules.language.level_{level}")
