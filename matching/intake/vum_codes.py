"""The codes of the VUM exchange standard (version 0.8.x) and how they map onto our own words.

The traps, each tested: codes come as numbers or as texts; 0 and 8 mean unknown or not applicable; the level 7 means
"not known yet" and stands above 6 without being higher; one code covers mbo-1 to mbo-4; language runs from bad to
good while behaviour runs from good to bad (and is not read).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from matching.domain.vocabulary import vocabulary
from matching.intake.words import table
from matching.text import Sentence, say

Json = Mapping[str, object]

UNKNOWN_CODES = frozenset({"", "0", "7", "8", "9"})
"""Codes that say nothing. 7 is "not known yet" for levels, 9 is "other"; neither is a value."""


@cache
def _codes() -> Mapping[tuple[str, str], str]:
    return {(row["list"], row["code"]): row["key"] for row in table("vum_codes")}


@cache
def _ambiguous() -> Mapping[tuple[str, str], tuple[str, ...]]:
    return {(row["list"], row["code"]): tuple(row["keys"].split(";")) for row in table("vum_ambiguous")}


def as_code(value: object) -> str:
    """Return a code as text, whether it came as a number or as text: 3, 3.0 and "3" are one code."""
    if value is None or isinstance(value, bool | dict | list):
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).strip()


def key_for(name: str, value: object) -> tuple[str | None, Sentence | None]:
    """Return our word for a code, and a remark when the code is too coarse or does not exist."""
    code = as_code(value)
    if (name, code) in _codes():
        return _codes()[name, code], None
    if (name, code) in _ambiguous():
        words = vocabulary("education")
        meanings = tuple(words[key] for key in _ambiguous()[name, code])
        return None, say("intake.vum.coarse", code=code, meanings=meanings)
    if code in UNKNOWN_CODES or (name == "language_level" and code == "1"):
        return None, None
    return None, say("intake.vum.no_such_code", code=code)


def yes_no(value: object) -> bool | None:
    """Return the truth of a code 1 (ja) or 2 (nee); everything else is unknown."""
    return {"1": True, "2": False}.get(as_code(value))


def code_for(name: str, key: str | None) -> str | None:
    """Return the first code that stands for our word, or None."""
    return next((code for (found, code), word in _codes().items() if found == name and word == key), None)


def tri_state(value: bool | None) -> int:
    """Return 1, 2 or 0 for yes, no and unknown."""
    return 0 if value is None else 1 if value else 2


def part(holder: object, name: str) -> Json:
    """Return a nested object of a profile; an empty one when it is absent or something else."""
    found = holder.get(name) if isinstance(holder, Mapping) else None
    return found if isinstance(found, Mapping) else {}


def parts(holder: object, name: str) -> list[Json]:
    """Return the objects of a nested list; a single object counts as a list of one."""
    found = holder.get(name) if isinstance(holder, Mapping) else None
    listed: Iterable[object] = found if isinstance(found, list) else [found]
    return [item for item in listed if isinstance(item, Mapping)]


def text_of(holder: object, name: str) -> str:
    """Return a text or number as trimmed text; an empty text when it is absent."""
    found = holder.get(name) if isinstance(holder, Mapping) else None
    return as_code(found)
