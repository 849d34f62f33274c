"""What must not be in a file: numbers that look like a BSN, medical words, and columns that may not exist."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

import numpy as np

from matching.intake.cell import Reading, refused
from matching.intake.words import normal, table
from matching.text import say

DIGITS = re.compile(r"(?<![\d])\d(?:[ .-]?\d){7,8}(?![\d])")
"""Eight or nine digits, alone or with single spaces, dots or hyphens between them."""


DIGIT = re.compile(r"\d")


def looks_like_bsn(text: str) -> bool:
    """Return whether a text holds eight or nine digits that pass the eleven-proof of the Dutch citizen number.

    One in eleven other numbers passes it too; they are refused as well, since a real one must never come in.
    """
    if not DIGIT.search(text):
        return False
    return any(_eleven_proof(re.sub(r"\D", "", match[0])) for match in DIGITS.finditer(text))


def _eleven_proof(digits: str) -> bool:
    numbers = [int(digit) for digit in digits.zfill(9)]
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    total = sum(weight * number for weight, number in zip(weights, numbers, strict=True))
    return total % 11 == 0 and any(numbers)


@cache
def _medical_stems() -> tuple[str, ...]:
    return tuple(row["stem"].casefold() for row in table("medical_words"))


@cache
def _medical_pattern() -> re.Pattern[str]:
    """Return the pattern of all medical words of the table, each with the endings that Dutch gives it."""
    stems = sorted(_medical_stems(), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(re.escape(stem) for stem in stems)})[\w-]*", re.IGNORECASE)


def medical_word(text: str) -> str | None:
    """Return the first medical word of a text, whole, or None."""
    lowered = text.casefold()
    if not any(stem in lowered for stem in _medical_stems()):
        return None
    match = _medical_pattern().search(text)
    return match[0] if match else None


CONTACT = re.compile(r"[\w.+-]+@[\w-]+\.\w|(?<!\d)(?:\+31|0031|0)[ -]?[1-9](?:[ -]?\d){8}(?!\d)")
"""An e-mail address or a Dutch telephone number."""


CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
"""Characters that no keyboard writes."""


def screened(text: str, *, of_person: bool) -> Reading:
    """Return the text, or what is wrong with it.

    A number like a BSN or a way to reach a person refuses the row. A medical word removes a text about a person (the
    row stays) and is only named elsewhere: a title may hold one.
    """
    if looks_like_bsn(text):
        return refused("bsn")
    if ("@" in text or DIGIT.search(text)) and CONTACT.search(text):
        return refused("contact_in_text")
    if not text.isprintable() and CONTROL.search(text):
        return refused("control_character")
    word = medical_word(text)
    if word is None:
        return Reading(text)
    if of_person:
        return Reading(warning=say("intake.medical_removed", word=word))
    return Reading(text, warning=say("intake.medical_named", word=word))


def suspicious(texts: Sequence[str]) -> frozenset[int]:
    """Return the places of the texts in which `screened` may find something; all others it returns as they are.

    All texts are searched at once, as one text with a line for each.
    """
    joined, folded = "\n".join(texts), [text.casefold() for text in texts]
    found = _lines_of(texts, (at for pattern in (DIGITS, CONTACT, CONTROL) for at in _hits(pattern, joined)))
    one = "\n".join(folded)
    stems = (re.compile(re.escape(stem)) for stem in _medical_stems() if stem in one)
    return frozenset(found | _lines_of(folded, (at for stem in stems for at in _hits(stem, one))))


def _hits(pattern: re.Pattern[str], text: str) -> Iterator[int]:
    return (match.start() for match in pattern.finditer(text))


def _lines_of(texts: Sequence[str], places: Iterable[int]) -> set[int]:
    """Return which of the joined texts each place stands in."""
    ends = np.cumsum([len(text) + 1 for text in texts])
    return set(np.searchsorted(ends, np.fromiter(places, dtype=np.int64), side="right").tolist())


def forbidden_column(header: str) -> str | None:
    """Return the kind of a column that must not exist ("bsn", "name", ...) for a header, or None."""
    return _forbidden().get(normal(header))


@cache
def _forbidden() -> dict[str, str]:
    return {normal(row["header"]): row["kind"] for row in table("forbidden_columns")}
