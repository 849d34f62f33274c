"""The one table of columns: what the reader accepts, the template shows, the checks name and the pages document.

SHEETS                          every sheet by key, in the order of the template
cells_of("candidates", person)  the texts of one row, by header: they read back as the same entity
tables_of(pool)                 all rows of a pool, by sheet
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from matching.errors import UnknownName
from matching.intake.cell import Kind
from matching.intake.kinds import kind_named
from matching.intake.sheet import Sheet, SheetColumn
from matching.intake.vocabulary_cells import NOTHING_NEEDED
from matching.intake.words import normal, table
from matching.text import Language, say

if TYPE_CHECKING:
    from matching.domain.candidate import Candidate
    from matching.domain.pool import Pool
    from matching.domain.work_package import Location, WorkPackage

__all__ = ["SHEETS", "Cells", "Sheet", "SheetColumn", "cells_of", "column_of", "sheet", "sheet_named", "tables_of"]

Cells = dict[str, str]
"""One row: header and text."""


def column_of(row: Mapping[str, str], kinds: Mapping[str, Kind] | None = None) -> SheetColumn:
    """Return one row of a table of columns as a column; `kinds` are kinds beside the shared ones."""
    kind = (kinds or {}).get(row["kind"]) or kind_named(row["kind"])
    required = row["required"] == "yes"
    return SheetColumn(
        key=row["key"],
        nl=row["header_nl"],
        en=row["header_en"],
        kind=kind,
        example=row["example_nl"],
        aliases=tuple(row["aliases"].split(";")) if row["aliases"] else (),
        required=required,
        not_applicable=not required,
        blank=kind.read(row["blank_means"]).value if row["blank_means"] else None,
    )


def _sheet(row: Mapping[str, str]) -> Sheet:
    """Return one row of the table of sheets, with its columns."""
    return Sheet(
        key=row["key"],
        nl=row["name_nl"],
        en=row["name_en"],
        columns=tuple(column_of(column) for column in table("columns") if column["sheet"] == row["key"]),
        aliases=tuple(row["aliases"].split(";")),
        required=row["required"] == "yes",
        identity=tuple(row["identity"].split(";")) if row["identity"] else (),
    )


SHEETS: Mapping[str, Sheet] = MappingProxyType({row["key"]: _sheet(row) for row in table("sheets")})
"""Every sheet by key, in the order of the template."""


@cache
def sheet_named(name: str) -> Sheet | None:
    """Return the sheet that a tab or file name stands for, Dutch or English, or None."""
    return next((found for found in SHEETS.values() if normal(name) in found.names), None)


def sheet(key: str) -> Sheet:
    """Return one sheet by key. Raises UnknownName with the nearest key."""
    try:
        return SHEETS[key]
    except KeyError:
        raise UnknownName(say("intake.sheet"), key, SHEETS) from None


def cells_of(sheet_key: str, entity: object, *, language: Language = "nl", owner: str | None = None) -> Cells:
    """Return the texts of one row by header; unknown is an empty text.

    `owner` is the candidate id or work package id of a need, task or offer, which do not hold it themselves.
    """
    found = sheet(sheet_key)
    return {
        column.header(language): column.write(_stored(entity, column.key, owner), language) for column in found.columns
    }


def _stored(entity: object, key: str, owner: str | None) -> object:
    """Return the field of an entity as its column holds it."""
    value = getattr(entity, key, None)
    if key == "location" and value is not None:
        return value.location_id
    if key in ("candidate_id", "work_package_id") and value is None:
        return owner
    return value


def tables_of(pool: Pool, *, language: Language = "nl") -> dict[str, list[Cells]]:
    """Return every row of a pool by sheet key; reading them back gives the same pool."""
    people, work = pool.candidates.rows(), pool.packages.rows()
    return {
        "candidates": [cells_of("candidates", person, language=language) for person in people],
        "needs": [row for person in people for row in _needs(person, language)],
        "locations": [cells_of("locations", place, language=language) for place in _locations(work)],
        "work_packages": [cells_of("work_packages", package, language=language) for package in work],
        "tasks": _parts("tasks", ((package.work_package_id, package.tasks or ()) for package in work), language),
        "offers": _parts("offers", ((package.work_package_id, package.offers) for package in work), language),
        "guides": [cells_of("guides", guide, language=language) for guide in pool.guides],
        "agreements": [cells_of("agreements", agreement, language=language) for agreement in pool.agreements],
        "decisions": [cells_of("decisions", decision, language=language) for decision in pool.decisions],
        "placements": [cells_of("placements", placement, language=language) for placement in pool.placements],
    }


def _needs(person: Candidate, language: Language) -> list[Cells]:
    """Return the rows of one candidate's needs; "discussed, nothing needed" is a row of its own."""
    from matching.domain.candidate import Need

    if person.needs is None:
        return []
    needs = person.needs or (Need(demand=NOTHING_NEEDED),)
    return [cells_of("needs", need, language=language, owner=person.candidate_id) for need in needs]


def _locations(work: Iterable[WorkPackage]) -> list[Location]:
    places = {package.location.location_id: package.location for package in work if package.location}
    return [places[key] for key in sorted(places)]


def _parts(sheet_key: str, owned: Iterable[tuple[str, Iterable[object]]], language: Language) -> list[Cells]:
    return [cells_of(sheet_key, part, language=language, owner=owner) for owner, parts in owned for part in parts]
