"""Municipalities by any name that people write: official, former, short, Frisian, with or without a suffix.

A text that can mean two places is a question to a person. A text that is no name stays unknown; the nearest names
are then offered as keys and nothing is filled in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from matching.domain.region import municipalities, municipality
from matching.domain.vocabulary import rows
from matching.lookup.found import Found
from matching.lookup.normal import compact, folded

TIERS = ("ambiguous", "official", "alias", "former", "place", "elsewhere", "namesake")
"""Kinds of names in the order of trust: the first kind that knows a name decides what it means."""

PROVINCES: Mapping[str, str] = MappingProxyType(
    {
        compact(spelling): code
        for code, spellings in {
            "GR": "gr gn gro groningen",
            "FR": "fr fri frl friesland fryslan",
            "DR": "dr dre drenthe",
            "OV": "o ov ovr overijssel",
            "FL": "fl fle flevoland",
            "GE": "g ge gl gld gelderland",
            "UT": "u ut utr utrecht",
            "NH": "nh noordholland",
            "ZH": "zh zuidholland",
            "ZE": "z ze zl zld zeeland",
            "NB": "nb nbr brabant noordbrabant",
            "LI": "l lb li lim limb limburg",
        }.items()
        for spelling in spellings.split()
    }
)
"""How people shorten a province behind a place name, in compact form, and its code."""

NOISE = re.compile(r"\b(?:gemeente|gem|municipality of|municipality|nederland|the netherlands|netherlands|nl)\b\.?")
POSTCODE = re.compile(r"^\s*[1-9]\d{3}\s?[a-z]{2}\b")
SEPARATOR = re.compile(r"[(),/;]")
SHORTEST_MISSPELLING = 6
"""Shorter names are compared letter by letter only: "Essen" is not "Assen"."""
SHORTEST_SUGGESTION = 5
"""Nothing is offered for shorter rubbish: "test" is not "Best"."""
LONG_NAME = 10
"""From this length on two slips of the pen are allowed, before it one."""
NEAR = 80.0
"""Names at least this alike (0 to 100) are offered when a text is unknown."""
MOST_CANDIDATES = 5


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text can mean: municipality keys, best first (none = a name outside the list), and the likeness."""

    keys: tuple[str, ...]
    score: float = 100.0


@cache
def _names() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """Return every known name in compact form, with the municipalities it means for each kind of name."""
    names: dict[str, dict[str, list[str]]] = {}
    for form, kind, key in _entries():
        meant = names.setdefault(form, {}).setdefault(kind, [])
        if key and key not in meant:
            meant.append(key)
    return MappingProxyType(
        {form: {kind: tuple(keys) for kind, keys in kinds.items()} for form, kinds in names.items()}
    )


def _entries() -> Iterator[tuple[str, str, str]]:
    for key, entry in municipalities().items():
        yield from ((form, "official", key) for form in _forms(entry.name))
    for row in rows("municipality_aliases"):
        yield compact(row["name"]), row["kind"], row["municipality"]
        if row["kind"] == "place" and " (" in row["name"]:
            yield compact(row["name"].partition(" (")[0]), "namesake", row["municipality"]
    for row in rows("municipality_former"):
        yield from ((form, "former", row["municipality"]) for form in _forms(row["name"]))


def _forms(name: str) -> set[str]:
    """Return a name with and without its suffix: "Hengelo (O.)" and "Hengelo"."""
    return {compact(name), compact(name.partition(" (")[0])}


def find_municipality(text: str) -> Found:
    """Return what one text means as a municipality.

    >>> find_municipality("gem. den haag").label
    "'s-Gravenhage"
    >>> find_municipality("Bergen").status
    'ambiguous'
    """
    reading = _read(text)
    if reading is None or not reading.keys:
        return _unknown(text) if reading is None else Found(query=text, status="unknown")
    if len(reading.keys) > 1:
        return Found(query=text, status="ambiguous", keys=reading.keys, score=reading.score)
    entry = municipality(reading.keys[0])
    return Found(
        query=text, status="found", keys=reading.keys, label=entry.name, region=entry.region_code, score=reading.score
    )


def find_municipalities(texts: Iterable[str]) -> tuple[Found, ...]:
    """Return the answer to every text, in order; each distinct text is looked up once."""
    asked = tuple(texts)
    answers = {text: find_municipality(text) for text in dict.fromkeys(asked)}
    return tuple(answers[text] for text in asked)


def _read(text: str) -> Reading | None:
    """Return the meaning of a whole text; None when no part of it is a name."""
    plain = NOISE.sub(" ", POSTCODE.sub(" ", folded(text)))
    whole = _exact(compact(text)) or _exact(compact(plain))
    if whole is not None:
        return whole
    first, *others = [part.strip() for part in SEPARATOR.split(plain) if compact(part)] or [""]
    provinces = tuple(PROVINCES[compact(part)] for part in others if compact(part) in PROVINCES)
    names = [first, *(part for part in others if compact(part) not in PROVINCES)]
    names = [" ".join(names)] if _exact(compact(" ".join(names))) else names
    readings = [_part(name, provinces) for name in names]
    if None in readings:
        return None
    return _together([reading for reading in readings if reading is not None])


def _part(name: str, provinces: tuple[str, ...]) -> Reading | None:
    """Return the meaning of one name, with the provinces that the rest of the text or its last word gives."""
    form = compact(name)
    if provinces:
        return _inside(form, provinces)
    first, _, last = name.rpartition(" ")
    return _exact(form) or (
        _inside(compact(first), (PROVINCES[compact(last)],)) if compact(last) in PROVINCES else _misspelt(form)
    )


def _together(readings: list[Reading]) -> Reading:
    """Return what several names of one text mean together: the place they share, else a question."""
    shared = [key for key in readings[0].keys if all(key in reading.keys for reading in readings)]
    everything = dict.fromkeys(key for reading in readings for key in reading.keys)
    return Reading(tuple(shared or everything), min(reading.score for reading in readings))


def _exact(form: str) -> Reading | None:
    kinds = _names().get(form)
    return None if kinds is None else Reading(kinds[min(kinds, key=TIERS.index)])


def _inside(form: str, provinces: tuple[str, ...]) -> Reading | None:
    """Return what a name means inside a province; None when no place of that name lies there."""
    every = dict.fromkeys(key for keys in _names().get(form, {}).values() for key in keys)
    inside = tuple(key for key in every if municipality(key).province in provinces)
    return Reading(inside) if inside else None


def _misspelt(form: str) -> Reading | None:
    """Return what the names that differ by a slip of the pen mean; None when there is none or the form is short.

    People rarely miss the first letter, so a name that differs there counts as a doubt but never as the answer.
    """
    if len(form) < SHORTEST_MISSPELLING:
        return None
    near = dict(_slips(form, 2 if len(form) >= LONG_NAME else 1))
    fewest = min(near.values(), default=0)
    nearest = [name for name, slips in near.items() if slips == fewest]
    readings = [reading for name in nearest if (reading := _exact(name)) is not None]
    if not any(name[0] == form[0] for name in nearest) or not all(reading.keys for reading in readings):
        return None
    keys = tuple(dict.fromkeys(key for reading in readings for key in reading.keys))
    return Reading(keys, round(100 * (1 - fewest / len(form)), 1))


def _slips(form: str, allowed: int) -> list[tuple[str, int]]:
    """Return the known names within so many slips: a letter more, less, other, or two swapped; long ones for two."""
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    found = process.extract(form, tuple(_names()), scorer=OSA.distance, score_cutoff=allowed, limit=None)
    return [(name, int(slips)) for name, slips, _ in found if slips < 2 or len(name) >= LONG_NAME]


def _unknown(text: str) -> Found:
    """Return an unknown answer with the municipalities whose names look most alike, if any comes near."""
    from rapidfuzz import fuzz, process

    form = compact(NOISE.sub(" ", folded(text)))
    if len(form) < SHORTEST_SUGGESTION:
        return Found(query=text, status="unknown")
    near = process.extract(form, tuple(_names()), scorer=fuzz.ratio, score_cutoff=NEAR, limit=MOST_CANDIDATES)
    keys = dict.fromkeys(key for name, _, _ in near for key in (_exact(name) or Reading(())).keys)
    score = round(near[0][1], 1) if near and keys else 0.0
    return Found(query=text, status="unknown", keys=tuple(keys)[:MOST_CANDIDATES], score=score)
