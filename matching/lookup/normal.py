"""One way to write a text, so that spellings which mean the same compare as equal."""

from __future__ import annotations

import re
import unicodedata

GENDER_MARK = re.compile(r"\(?\b[mvhfxd](?:\s*/\s*[mvhfxd])+\b\)?", re.IGNORECASE)
"""Such as "(m/v)" or "v/m/x" behind a job title."""

WORD = re.compile(r"\.net\b|[a-z]{1,2}(?:\+\+|#)|[^\W_]+")
"""A word, or a name of which the signs matter: C#, C++, F#, .NET."""

SAINT = re.compile(r"\bst\b\.?")
NO_LETTER_OR_DIGIT = re.compile(r"[\W_]+")


def folded(text: str) -> str:
    """Return the text without case, accents, ligatures and odd widths; unaccented letters stay as they are.

    >>> folded("Súdwest-FRYSLÂN"), folded("ĳsbaan")
    ('sudwest-fryslan', 'ijsbaan')
    """
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def compact(text: str) -> str:
    """Return the bare letters and digits of a place name: no spaces, hyphens or apostrophes, "ij" written as "y".

    >>> compact("'s-Gravenhage") == compact("s Gravenhage"), compact("St. Michielsgestel")
    (True, 'sintmichielsgestel')
    """
    plain = SAINT.sub("sint", folded(text).replace("&", " en "))
    return NO_LETTER_OR_DIGIT.sub("", plain).replace("ij", "y")


def words(text: str) -> tuple[str, ...]:
    """Return the words of a title or skill, folded; signs that carry meaning (C#, C++, .NET) stay.

    >>> words("Programmeur C++ / C# (m/v)")
    ('programmeur', 'c++', 'c#')
    """
    return tuple(WORD.findall(folded(GENDER_MARK.sub(" ", text))))
