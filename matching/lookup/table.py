"""Look-ups as rows of a table, for the command line and for files."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from matching.lookup.catalogue import Catalogue
from matching.lookup.municipality import find_municipalities
from matching.lookup.skill import find_skills
from matching.lookup.title import find_titles

LookupKind = Literal["municipality", "title", "skill"]
LOOKUP_KINDS: tuple[LookupKind, ...] = ("municipality", "title", "skill")


def lookup_rows(
    kind: LookupKind, texts: Iterable[str], catalogue: Catalogue | None = None
) -> list[dict[str, str | float]]:
    """Return one row per text: query, status, keys (";"-separated, best first), label, [region,] score.

    `region` is there for municipalities alone, which use the official list and no catalogue.
    """
    if kind == "municipality":
        return [found.row(with_region=True) for found in find_municipalities(texts)]
    find = find_titles if kind == "title" else find_skills
    return [found.row() for found in find(texts, catalogue)]
