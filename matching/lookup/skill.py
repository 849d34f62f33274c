"""Skills: the small Dutch vocabulary of the package, or a catalogue that the user loads (an export of ESCO, say)."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from matching.domain.vocabulary import rows
from matching.lookup.catalogue import Catalogue
from matching.lookup.found import Found


@cache
def skill_catalogue() -> Catalogue:
    """Return the skills of the package by key, with their Dutch, English and alternative labels (expert judgement)."""
    return Catalogue.of(
        (row["key"], label.strip())
        for row in rows("skills")
        for label in (row["label_nl"], row["label_en"], *row["alternative_labels"].split(";"))
    )


def find_skills(texts: Iterable[str], catalogue: Catalogue | None = None) -> tuple[Found, ...]:
    """Return the answer to every text, from the given catalogue or else the skills of the package.

    >>> [answer.keys for answer in find_skills(["heftruck rijden", "C#", "geen Excel"])]
    [('forklift_driving',), ('c_sharp',), ()]
    """
    return (catalogue or skill_catalogue()).find(texts)
