"""A sentence is a key and its values; it becomes prose only here, in the reader's language."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, Protocol, runtime_checkable

from matching.text.catalogue import template

Language = Literal["nl", "en"]
"""Dutch first, English second."""

LANGUAGES: tuple[Language, ...] = ("nl", "en")

PARTED = 10_000
"""From which number on thousands are parted."""

LONG_HOURS = 2
"""From how many hours on a duration is said in hours."""


@runtime_checkable
class Labelled(Protocol):
    """Anything that can name itself in a language, such as a term of a vocabulary."""

    def label(self, language: Language) -> str:
        """Return the name that a reader of this language sees."""
        ...


@dataclass(frozen=True)
class Sentence:
    """One sentence of the catalogue with the values that fill it.

    `key` is "family.rest", for instance "rules.hours.gap"; the family names the file in `text/catalogue`.
    Values may be text, numbers, dates, booleans, None (shown as "onbekend"), terms, other sentences, or
    sequences of these. A text chooses its singular and plural itself: "{count} {count:rij is|rijen zijn} geweigerd".
    Two sentences are equal when key and values are equal, so tests compare them directly.
    """

    key: str
    values: tuple[tuple[str, object], ...] = ()

    def text(self, language: Language = "nl") -> str:
        """Return the sentence as prose. Raises KeyError when the catalogue lacks the key."""
        return template(self.key, language).format_map({name: _Said(value, language) for name, value in self.values})

    def __str__(self) -> str:
        """Return the Dutch text."""
        return self.text("nl")

    def value(self, name: str) -> object:
        """Return one of the values. Raises KeyError when the sentence has no such value."""
        return dict(self.values)[name]


class _Said(str):
    """A value as it stands in a sentence; it also chooses between a singular and a plural."""

    __slots__ = ("single",)
    single: bool

    def __new__(cls, value: object, language: Language) -> _Said:
        """Show a value in a language."""
        said = super().__new__(cls, shown(value, language))
        said.single = said == "1"
        return said

    def __format__(self, forms: str) -> str:
        """Return the value for {count}, and one of two forms for {count:row|rows}: the first when the value is one."""
        one, both, many = forms.partition("|")
        return (one if self.single else many) if both else super().__format__(forms)


def say(key: str, **values: object) -> Sentence:
    """Make a sentence: `say("rules.hours.gap", candidate_hours=16, package_hours=24)`."""
    return Sentence(key, tuple((name, tuple(v) if isinstance(v, list) else v) for name, v in values.items()))


def together(sentences: Iterable[Sentence]) -> Sentence:
    """Return whole sentences after each other as one. Raises ValueError when there are none."""
    found = list(sentences)
    if not found:
        raise ValueError("no sentence to say")
    said = found.pop()
    while found:
        said = say("words.together", first=found.pop(), rest=said)
    return said


def duration(minutes: float | None) -> Sentence:
    """Return whole minutes in words: "45 minuten", from two hours on "2 uur en 19 minuten"; unknown says so."""
    if minutes is None:
        return say("words.unknown")
    hours, rest = divmod(int(minutes), 60)
    if hours < LONG_HOURS:
        return say("words.minute" if int(minutes) == 1 else "words.minutes", minutes=int(minutes))
    if not rest:
        return say("words.hours", hours=hours)
    return say("words.hours_and", hours=hours, rest=say("words.minute" if rest == 1 else "words.minutes", minutes=rest))


def shown(value: object, language: Language) -> str:
    """Return how a value stands in a sentence: Dutch decimal comma, dd-mm-jjjj, "onbekend" for None."""
    if value is None:
        return template("words.unknown", language)
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return template("words.yes" if value else "words.no", language)
    if isinstance(value, Sentence):
        return value.text(language)
    if isinstance(value, int | float):
        return number(value, language)
    if isinstance(value, dt.date):
        return value.strftime("%d-%m-%Y") if language == "nl" else value.isoformat()
    if isinstance(value, Labelled):
        return value.label(language)
    if isinstance(value, Mapping):
        return joined((f"{shown(k, language)} = {shown(v, language)}" for k, v in value.items()), language)
    if isinstance(value, Iterable):
        return joined((shown(item, language) for item in value), language)
    raise TypeError(f"no sentence can hold a {type(value).__name__}")


def joined(parts: Iterable[str], language: Language) -> str:
    """Return the parts as an enumeration with commas; the word for "none" when there are no parts."""
    return ", ".join(parts) or template("words.none", language)


def number(value: float, language: Language) -> str:
    """Return a number in the reader's notation, at most two decimals: 24,5 and 12.500 in Dutch, 24.5 and 12,500 here.

    Thousands are parted from 10,000 on: four digits read well together, and 1000 points are written so everywhere.
    """
    exact = Decimal(str(value))
    if not exact.is_finite():
        return str(value)
    if exact != exact.to_integral_value():
        exact = round(exact, 2)
    written = f"{exact:,f}" if abs(value) >= PARTED else f"{exact:f}"
    if "." in written:
        written = written.rstrip("0").rstrip(".")
    return written.translate(DUTCH_SIGNS) if language == "nl" else written


DUTCH_SIGNS = str.maketrans(",.", ".,")
"""Where English has a comma, Dutch has a point, and the other way round."""
