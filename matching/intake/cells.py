"""How one cell is read and written: plain text, numbers, days and yes or no. Vocabularies: `vocabulary_cells`."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from matching.errors import nearest
from matching.intake.cell import Kind, Reading, refused, short
from matching.intake.sensitive import looks_like_bsn, screened, suspicious
from matching.intake.words import NO, NONE, YES, folded
from matching.text import Language, Sentence, say
from matching.text.sentence import shown


@dataclass(frozen=True)
class Text(Kind):
    """Free text, shown to people and never scored.

    `of_person`: it may say something about a person, so a medical word removes the text (the row stays).
    """

    of_person: bool = False
    length: int = 2000

    def read(self, text: str) -> Reading:
        """Return the text, without what must not be kept."""
        if len(text) > self.length:
            return refused("too_long", length=len(text), allowed=self.length)
        return screened(text, of_person=self.of_person)

    def read_all(self, texts: Sequence[str]) -> list[Reading]:
        """Return the texts; only those in which something was found are looked at one by one."""
        odd = suspicious(texts)
        return [
            self.read(text) if place in odd or len(text) > self.length else Reading(text)
            for place, text in enumerate(texts)
        ]


IDENTIFIER = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*\Z")
LONGEST_ID = 100


@dataclass(frozen=True)
class Identifier(Kind):
    """An id: letters, digits, dot, hyphen, underscore; leading zeros stay."""

    key: ClassVar[str] = "identifier"

    def read(self, text: str) -> Reading:
        """Return the id as it stands."""
        if not IDENTIFIER.match(text) or len(text) > LONGEST_ID:
            return refused("bad_identifier", value=short(text), allowed=LONGEST_ID)
        return refused("bsn") if looks_like_bsn(text) else Reading(text)

    def read_all(self, texts: Sequence[str]) -> list[Reading]:
        """Return the ids as they stand; only those with many digits are weighed as a BSN."""
        odd, known = suspicious(texts), IDENTIFIER.match
        return [
            Reading(text) if len(text) <= LONGEST_ID and place not in odd and known(text) else self.read(text)
            for place, text in enumerate(texts)
        ]


NUMBER = re.compile(r"(-?\d{1,9})(?:[.,](\d{1,6}))?\s*([a-z%. ]*)\Z")


@dataclass(frozen=True)
class Number(Kind):
    """A number from `low` to `high`, decimal comma or point; `units` are words that may follow, with their factor.

    `step` is the smallest part that counts: hours count in quarters and are rounded with a warning.
    """

    low: float
    high: float
    whole: bool = False
    step: float | None = None
    units: Mapping[str, int] = field(default_factory=dict)
    key: ClassVar[str] = "number"

    def read(self, text: str) -> Reading:
        """Return a float, or an int for a whole number."""
        match = NUMBER.match(folded(text))
        factor = self.units.get(match[3].strip(), 0 if match[3].strip() else 1) if match else 0
        if not match or not factor:
            return refused("not_a_number", value=short(text), low=self.low, high=self.high)
        number = float(f"{match[1]}.{match[2] or 0}") * factor
        if not self.low <= number <= self.high:
            return refused("out_of_range", value=short(text), low=self.low, high=self.high)
        if self.whole:
            whole = number == int(number)
            return Reading(int(number)) if whole else refused("not_whole", value=short(text))
        return self._in_steps(number, text)

    def _in_steps(self, number: float, text: str) -> Reading:
        if self.step is None or (number / self.step).is_integer():
            return Reading(number)
        rounded = round(number / self.step) * self.step
        return Reading(rounded, warning=say("intake.rounded", value=short(text), rounded=rounded))

    def write(self, value: Any, language: Language) -> str:
        """Return the shortest notation that reads back as the same number."""
        text = repr(value).removesuffix(".0")
        return text.replace(".", ",") if language == "nl" else text

    @property
    def rule(self) -> Sentence:
        """The range, in words."""
        return say(f"columns.kind.{'whole' if self.whole else 'number'}", low=self.low, high=self.high)


HOUR_UNITS = dict.fromkeys(("u", "u.", "uur", "uren", "h", "hour", "hours", "uur per week", "u/w", "uur p.w."), 1)
MINUTE_UNITS = {"min": 1, "min.": 1, "minuten": 1, "minutes": 1, "m": 1, "uur": 60, "u": 60, "hour": 60, "hours": 60}
WEEK_UNITS = {"w": 1, "wk": 1, "week": 1, "weken": 1, "weeks": 1}
YEAR_UNITS = {"jaar": 1, "jr": 1, "year": 1, "years": 1, "j": 1}

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januari january jan",
            "februari february feb",
            "maart march mrt mar",
            "april apr",
            "mei may",
            "juni june jun",
            "juli july jul",
            "augustus august aug",
            "september sept sep",
            "oktober october okt oct",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}
ISO_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[t ]00:00(?::00(?:\.0+)?)?)?\Z")
DUTCH_DAY = re.compile(r"(\d{1,2})-(\d{1,2})-(\d{4})(?: 0?0:00(?::00)?)?\Z")
WORD_DAY = re.compile(r"(\d{1,2})[ -]([a-z]+)\.?[ -](\d{4})\Z")


@dataclass(frozen=True)
class Day(Kind):
    """A date: dd-mm-jjjj, jjjj-mm-dd or "1 maart 2027". Slashes and two-digit years can be read twice: refused."""

    key: ClassVar[str] = "day"

    def read(self, text: str) -> Reading:
        """Return a date between 1950 and 2100."""
        found = day_parts(folded(text))
        if found is None:
            return refused("not_a_date", value=short(text))
        try:
            day = dt.date(*found)
        except ValueError:
            return refused("no_such_date", value=short(text))
        return Reading(day) if 1950 <= day.year <= 2100 else refused("date_out_of_range", value=short(text))

    def write(self, value: Any, language: Language) -> str:
        """Return dd-mm-jjjj in Dutch and ISO in English."""
        return shown(value, language)


def day_parts(text: str) -> tuple[int, int, int] | None:
    """Return year, month and day of a text in one of the three accepted forms, or None."""
    if match := ISO_DAY.match(text):
        return int(match[1]), int(match[2]), int(match[3])
    if match := DUTCH_DAY.match(text):
        return int(match[3]), int(match[2]), int(match[1])
    match = WORD_DAY.match(text)
    if match and match[2] in MONTHS:
        return int(match[3]), MONTHS[match[2]], int(match[1])
    return None


@dataclass(frozen=True)
class YesNo(Kind):
    """Yes, no, or unknown when the cell is empty."""

    key: ClassVar[str] = "yes_no"

    def read(self, text: str) -> Reading:
        """Return True or False."""
        word = folded(text)
        if word in YES or word in NO:
            return Reading(word in YES)
        return refused("not_yes_no", value=short(text))

    def choices(self, language: Language) -> tuple[str, ...]:
        """Return yes, no and unknown."""
        return tuple(say(f"words.{word}").text(language) for word in ("yes", "no", "unknown"))


@dataclass(frozen=True)
class Scale(Kind):
    """A salary scale, "S8" or 8, as a whole number 1..18."""

    key: ClassVar[str] = "scale"

    def read(self, text: str) -> Reading:
        """Return 1..18; says the nearest scale otherwise."""
        match = re.match(r"(?:schaal|scale|s)?\s*(\d{1,3})\Z", folded(text))
        if match and 1 <= int(match[1]) <= 18:
            return Reading(int(match[1]))
        close = nearest(text, self.choices("nl"))
        key = "bad_scale_nearest" if close else "bad_scale"
        return refused(key, value=short(text), **({"nearest": close} if close else {}))

    def write(self, value: Any, language: Language) -> str:
        """Return "S8"."""
        return f"S{value}"

    def said(self, value: Any) -> object:
        """Return "S8"."""
        return f"S{value}"

    def choices(self, language: Language) -> tuple[str, ...]:
        """Return S1 to S18."""
        return tuple(f"S{number}" for number in range(1, 19))


POSTCODE = re.compile(r"([1-9]\d{3})\s*([a-z]{2})?\Z")


@dataclass(frozen=True)
class Postcode(Kind):
    """The four digits of a postcode; letters behind them are left out, with a warning."""

    key: ClassVar[str] = "postcode"

    def read(self, text: str) -> Reading:
        """Return the four digits as text."""
        match = POSTCODE.match(folded(text))
        if not match:
            return refused("bad_postcode", value=short(text))
        return Reading(match[1], warning=say("intake.postcode_cut") if match[2] else None)


@dataclass(frozen=True)
class Words(Kind):
    """A list of own words, kept in lower case; "geen" is a known empty list."""

    key: ClassVar[str] = "words"

    def read(self, text: str) -> Reading:
        """Return a frozenset of words."""
        if folded(text) in NONE:
            return Reading(frozenset())
        found = screened(text, of_person=True)
        if found.value is None:
            return found
        return Reading(frozenset(folded(part) for part in text.split(";") if part.strip()))

    def write(self, value: Any, language: Language) -> str:
        """Return the words, sorted."""
        return "; ".join(sorted(value)) or say("words.none").text(language)


@dataclass(frozen=True)
class Identifiers(Kind):
    """A list of ids; "geen" is a known empty list."""

    key: ClassVar[str] = "identifiers"

    def read(self, text: str) -> Reading:
        """Return a frozenset of ids."""
        if folded(text) in NONE:
            return Reading(frozenset())
        readings = [Identifier().read(part.strip()) for part in text.split(";") if part.strip()]
        wrong = next((reading for reading in readings if reading.refusal), None)
        return wrong or Reading(frozenset(reading.value for reading in readings))

    def write(self, value: Any, language: Language) -> str:
        """Return the ids, sorted."""
        return "; ".join(sorted(value)) or say("words.none").text(language)
