"""How cells of closed vocabularies are read and written: one word, a list, words with a number, places, skills."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache, reduce
from typing import Any, ClassVar

from matching.domain.vocabulary import Term, vocabulary
from matching.intake.cell import Kind, Reading, refused, short
from matching.intake.cells import Day, Identifier, Number
from matching.intake.words import NONE, folded, forms, nearest_key, normal
from matching.text import Language, Sentence, say

MOST_SHOWN = 12


def not_in_list(text: str, name: str) -> Reading:
    """Return the refusal of a text that a vocabulary lacks, with what is allowed and the nearest word."""
    terms: tuple[object, ...] = tuple(vocabulary(name).values())
    shown = terms if len(terms) <= MOST_SHOWN else (*terms[:MOST_SHOWN], "...")
    close = nearest_key(text, name)
    if close is None:
        return refused("not_in_list", value=short(text), allowed=shown)
    return refused("not_in_list_nearest", value=short(text), allowed=shown, nearest=vocabulary(name)[close])


def key_of(text: str, name: str) -> Reading:
    """Return the one key that a text stands for; an ambiguous text is unknown, with a warning that names the keys."""
    keys = forms(name).get(normal(text), ())
    if len(keys) == 1:
        return Reading(keys[0])
    if not keys:
        return not_in_list(text, name)
    meanings = tuple(vocabulary(name)[key] for key in keys)
    return Reading(warning=say("intake.ambiguous", value=short(text), meanings=meanings))


def parts_of(text: str, name: str) -> list[str]:
    """Return the parts of a list: split at ";" or a line end; at commas too where the whole part is no known word."""
    parts: list[str] = []
    for part in re.split(r"[;\n]", text):
        pieces = [piece.strip() for piece in part.split(",") if piece.strip()]
        whole = len(pieces) < 2 or normal(part) in forms(name)
        split_is_safe = not whole and all(normal(piece) in forms(name) for piece in pieces)
        parts.extend(pieces if split_is_safe else [part.strip()] if part.strip() else [])
    return parts


def none_word(language: Language) -> str:
    """Return the word for a list that is known to be empty."""
    return say("words.none").text(language)


@dataclass(frozen=True)
class Choice(Kind):
    """One word of a vocabulary, by key, Dutch or English label or declared short form."""

    name: str
    key: ClassVar[str] = "choice"

    def read(self, text: str) -> Reading:
        """Return the key."""
        return key_of(text, self.name)

    def write(self, value: Any, language: Language) -> str:
        """Return the label."""
        return vocabulary(self.name).label(value, language)

    def choices(self, language: Language) -> tuple[str, ...]:
        """Return all labels."""
        return tuple(term.label(language) for term in vocabulary(self.name).values())

    def owns(self, text: str) -> bool:
        """Return whether the vocabulary itself has a term for unknown."""
        return "unknown" in vocabulary(self.name) and normal(text) in forms(self.name)


@dataclass(frozen=True)
class Keys(Kind):
    """A list of words of a vocabulary, separated by ";"; "geen" is a known empty list."""

    name: str
    key: ClassVar[str] = "keys"

    def read(self, text: str) -> Reading:
        """Return a frozenset of keys; one ambiguous word makes the whole list unknown, with a warning."""
        if folded(text) in NONE:
            return Reading(frozenset())
        return gathered((key_of(part, self.name) for part in parts_of(text, self.name)), frozenset)

    def write(self, value: Any, language: Language) -> str:
        """Return the labels in the order of the vocabulary."""
        terms = vocabulary(self.name)
        return "; ".join(terms.label(key, language) for key in terms if key in value) or none_word(language)


def gathered(readings: Iterable[Reading], into: Any) -> Reading:
    """Return one reading of a list: all refusals, else the first warning with unknown, else all values."""
    every = list(readings)
    refusals = list(dict.fromkeys(reading.refusal for reading in every if reading.refusal))
    if refusals:
        return Reading(refusal=reduce(lambda first, then: say("intake.both", first=first, then=then), refusals))
    for reading in every:
        if reading.warning and reading.value is None:
            return reading
    warning = next((reading.warning for reading in every if reading.warning), None)
    return Reading(into(reading.value for reading in every), warning=warning) if every else Reading()


@dataclass(frozen=True)
class KeyNumbers(Kind):
    """Words of a vocabulary with a number, "archief = 3; groen = 1,5"; without a number `default` counts.

    `words` give numbers a name, lowest first ("een beetje; redelijk; goed; uitstekend").
    """

    name: str
    number: Number
    default: float | None = None
    words: str = ""
    by_weight: bool = False
    key: ClassVar[str] = "key_numbers"

    def read(self, text: str) -> Reading:
        """Return a tuple of (key, number), heaviest first when `by_weight`, else in the order of the cell."""
        if folded(text) in NONE:
            return Reading(())
        found = gathered((self._pair(part) for part in parts_of(text, self.name)), tuple)
        if found.value is None:
            return found
        if len({key for key, _ in found.value}) < len(found.value):
            return refused("twice_in_list", value=short(text))
        ordered = tuple(sorted(found.value, key=lambda pair: -pair[1])) if self.by_weight else found.value
        return Reading(ordered, warning=found.warning)

    def _pair(self, part: str) -> Reading:
        word, equals, amount = part.rpartition("=") if "=" in part else (part, "", "")
        key = key_of(word.strip(), self.name)
        if key.value is None:
            return key
        if not equals:
            missing = refused("number_missing", value=short(part), low=self.number.low, high=self.number.high)
            return missing if self.default is None else Reading((key.value, self.default))
        found = self._amount(amount.strip(), key.value)
        return found if found.refusal else Reading((key.value, found.value), warning=found.warning)

    def _amount(self, text: str, key: str) -> Reading:
        named = [normal(word) for word in self._names(key)]
        if normal(text) in named and not text.isdigit():
            return Reading(named.index(normal(text)) + int(self.number.low))
        return self.number.read(text)

    def _names(self, key: str) -> tuple[str, ...]:
        return tuple(self.words.split(";")) if self.words else ()

    def write(self, value: Any, language: Language) -> str:
        """Return "label = number" parts, in order."""
        terms = vocabulary(self.name)
        parts = (f"{terms.label(key, language)} = {self.number.write(amount, language)}" for key, amount in value)
        return "; ".join(parts) or none_word(language)

    @property
    def rule(self) -> Sentence:
        """What is allowed, in words."""
        return say("columns.kind.key_numbers", low=self.number.low, high=self.number.high)


@dataclass(frozen=True)
class DemandLevels(KeyNumbers):
    """Demands with a level: a number from 0 or the words of that level."""

    key: ClassVar[str] = "demand_levels"

    def _amount(self, text: str, key: str) -> Reading:
        return level_of(text, key)

    @property
    def rule(self) -> Sentence:
        """What is allowed, in words."""
        return say("columns.kind.demand_levels")


def level_of(text: str, demand: str) -> Reading:
    """Return the level 0.. of a demand that a text names, by number or by the words of the level."""
    from matching.domain.demand import demands

    levels = demands()[demand].levels
    for number, term in enumerate(levels):
        if normal(text) in (str(number), normal(term.nl), normal(term.en)):
            return Reading(number)
    allowed = tuple(f"{number} = {term.nl}" for number, term in enumerate(levels))
    return refused("not_in_list", value=short(text), allowed=allowed)


@dataclass(frozen=True)
class Level(Kind):
    """The level of a demand that another column names; resolved when the row is put together."""

    key: ClassVar[str] = "level"

    def read(self, text: str) -> Reading:
        """Return the text as it stands."""
        return Reading(text)

    def write(self, value: Any, language: Language) -> str:
        """Return the number."""
        return str(value)


NOTHING_NEEDED = "nothing"
"""What stands in the place of a demand when it was discussed and nothing is needed."""


@dataclass(frozen=True)
class NeedDemand(Choice):
    """A demand, or "geen": discussed, and nothing is needed."""

    name: str = "demand"

    def read(self, text: str) -> Reading:
        """Return the key of the demand, or NOTHING_NEEDED."""
        return Reading(NOTHING_NEEDED) if folded(text) in NONE else key_of(text, self.name)

    def write(self, value: Any, language: Language) -> str:
        """Return the label, or the word for none."""
        return none_word(language) if value == NOTHING_NEEDED else super().write(value, language)


@dataclass(frozen=True)
class Alternatives(Kind):
    """Words of a vocabulary of which one suffices, separated by "|"; "geen" is a known nothing."""

    name: str
    key: ClassVar[str] = "alternatives"

    def read(self, text: str) -> Reading:
        """Return a tuple of keys in the order of the cell."""
        if folded(text) in NONE:
            return Reading(())
        return gathered((key_of(part.strip(), self.name) for part in text.split("|") if part.strip()), tuple)

    def write(self, value: Any, language: Language) -> str:
        """Return the labels with "|" between them; an empty text when there are none."""
        return " | ".join(vocabulary(self.name).label(key, language) for key in value)


@dataclass(frozen=True)
class Place(Kind):
    """A municipality by any name. An ambiguous or unknown name is unknown, with a warning: nobody is lost."""

    key: ClassVar[str] = "place"

    def read(self, text: str) -> Reading:
        """Return the key of the municipality."""
        from matching.domain.region import municipalities
        from matching.lookup.municipality import find_municipality

        by_key = municipalities()
        if text in by_key:
            return Reading(text)
        found = find_municipality(text)
        near = tuple(by_key[key] for key in found.keys)
        if found.status == "found":
            spelt = say("intake.read_as", value=short(text), meaning=near[0]) if found.score < 100 else None
            return Reading(found.keys[0], warning=spelt)
        if found.status == "ambiguous" and near:
            return Reading(warning=say("intake.ambiguous", value=short(text), meanings=near))
        if near:
            return Reading(warning=say("intake.no_municipality_nearest", value=short(text), nearest=near[0]))
        return Reading(warning=say("intake.no_municipality", value=short(text)))

    def write(self, value: Any, language: Language) -> str:
        """Return the official name."""
        from matching.domain.region import municipalities

        found = municipalities().get(value)
        return found.name if found else str(value)


@dataclass(frozen=True)
class Skills(Keys):
    """A list of skills. A skill that the vocabulary lacks is left out, with a warning: it is never guessed."""

    name: str = "skill"
    key: ClassVar[str] = "skills"

    def read(self, text: str) -> Reading:
        """Return a frozenset of the known skills; unknown when no skill of the list is known."""
        if folded(text) in NONE:
            return Reading(frozenset())
        readings = [skill_of(part) for part in parts_of(text, self.name)]
        known = frozenset(reading.value for reading in readings if reading.value)
        strange = tuple(reading.warning for reading in readings if reading.warning)
        return Reading(known or None, warning=say("intake.skill_left_out", skills=strange) if strange else None)


@lru_cache(maxsize=4096)
def skill_of(text: str) -> Reading:
    """Return the skill that a text names in any spelling that the look-up is sure of; else nothing and a hint."""
    exact = forms("skill").get(normal(text), ())
    if len(exact) == 1:
        return Reading(exact[0])
    from matching.lookup.skill import find_skills

    (found,) = find_skills([text])
    if found.key is not None:
        return Reading(found.key)
    if found.keys and found.score >= HINT_FROM:
        near = tuple(vocabulary("skill")[key] for key in found.keys[:2])
        return Reading(warning=say("intake.skill_hint", skill=short(text), nearest=near))
    return Reading(warning=say("intake.skill_plain", skill=short(text)))


HINT_FROM = 60.0
"""Likeness (0 to 100) from which a skill is offered as what may have been meant."""


@dataclass(frozen=True)
class AvailableFrom(Kind):
    """Now, a date, or not available."""

    key: ClassVar[str] = "available"

    def read(self, text: str) -> Reading:
        """Return "now", "no" or a date."""
        word = forms("availability").get(normal(text))
        if word:
            return Reading(word[0])
        day = Day().read(text)
        return day if day.value else refused("not_available_word", value=short(text))

    def write(self, value: Any, language: Language) -> str:
        """Return the label or the date."""
        if isinstance(value, str):
            return vocabulary("availability").label(value, language)
        return Day().write(value, language)


VETO_HEADS = {
    **dict.fromkeys(("werksoort", "workkind"), "work_kind"),
    **dict.fromkeys(("werkgever", "employer"), "employer"),
    **dict.fromkeys(("werkpakket", "workpackage"), "work_package"),
}
VETO_WORDS = {
    "work_kind": Term("work_kind", "werksoort", "work kind"),
    "employer": Term("employer", "werkgever", "employer"),
    "work_package": Term("work_package", "werkpakket", "work package"),
}


@dataclass(frozen=True)
class Vetoes(Kind):
    """What the candidate herself never wants: work kinds, "werkgever: NAAM" or "werkpakket: ID"."""

    key: ClassVar[str] = "vetoes"

    def read(self, text: str) -> Reading:
        """Return a frozenset of "work_kind:KEY", "employer:NAME" and "work_package:ID"."""
        if folded(text) in NONE:
            return Reading(frozenset())
        return gathered((self._veto(part) for part in parts_of(text, "work_kind")), frozenset)

    def _veto(self, part: str) -> Reading:
        head, colon, rest = part.partition(":")
        kind = VETO_HEADS.get(normal(head), "work_kind") if colon else "work_kind"
        if kind == "employer":
            return Reading(f"employer:{rest.strip()}") if rest.strip() else refused("empty_veto", value=short(part))
        word = rest.strip() if colon and normal(head) in VETO_HEADS else part
        found = Identifier().read(word) if kind == "work_package" else key_of(word, "work_kind")
        return Reading(f"{kind}:{found.value}") if found.value else found

    def write(self, value: Any, language: Language) -> str:
        """Return "werksoort: label" parts, sorted."""
        return "; ".join(sorted(self._shown(veto, language) for veto in value)) or none_word(language)

    def _shown(self, veto: str, language: Language) -> str:
        kind, _, rest = veto.partition(":")
        label = vocabulary("work_kind").label(rest, language) if kind == "work_kind" else rest
        return f"{VETO_WORDS[kind].label(language)}: {label}"
