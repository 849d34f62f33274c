"""From checked sheets to the pool: columns stay columns, and what hangs on a candidate or package is hung there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import Any, TypeVar

import numpy as np

from matching.domain.agreement import Agreement, Decision, Placement
from matching.domain.candidate import Candidate, Need
from matching.domain.columns import Column, Table
from matching.domain.ledger import Ledger
from matching.domain.pool import Pool
from matching.domain.task_kind import task_kinds
from matching.domain.work_package import Guide, Location, Offer, Task, WorkPackage
from matching.intake.parsed import ParsedSheet
from matching.intake.relations import Sheets
from matching.intake.vocabulary_cells import NOTHING_NEEDED, level_of

Entity = TypeVar("Entity")

PARTS = {"candidates": ("needs", "agreements"), "work_packages": ("tasks", "offers")}
"""Fields that other sheets fill."""


def assembled(sheets: Sheets, *, as_of: dt.date, ledger: Ledger, origin: str) -> Pool:
    """Return the pool of all records that stand."""
    people = _table(Candidate, sheets["candidates"], "candidate_id", {"needs": needs_by_candidate(sheets)})
    work = _table(
        WorkPackage,
        sheets["work_packages"],
        "work_package_id",
        {"tasks": _tasks(sheets), "offers": _grouped(Offer, sheets.get("offers"))},
    )
    pool = Pool(
        candidates=people,
        packages=work.replaced("location", _locations(work.column("location"), sheets)),
        as_of=as_of,
        guides=_entities(Guide, sheets.get("guides")),
        decisions=_entities(Decision, sheets.get("decisions")),
        placements=_entities(Placement, sheets.get("placements")),
        ledger=ledger,
        origin=origin,
    )
    return pool.agreed(_entities(Agreement, sheets.get("agreements")))


def _table(
    entity: type[Entity], parsed: ParsedSheet, key: str, parts: Mapping[str, Mapping[str, Any]]
) -> Table[Entity]:
    """Return the columns of a sheet as a table; absent columns are unknown or hold the default of the entity."""
    rows = parsed.standing
    columns: dict[str, Column] = {}
    for field in fields(entity):  # type: ignore[arg-type]
        if field.name in parsed.columns:
            columns[field.name] = parsed.columns[field.name].take(rows)
        elif field.name not in parts:
            columns[field.name] = Column(np.zeros(len(rows), dtype=np.int32), (field.default,))
    identities = columns[key]
    for name, by_owner in parts.items():
        default = () if name == "offers" else None
        columns[name] = Column.of(by_owner.get(identities[row], default) for row in range(len(rows)))
    return Table(entity, columns, key)


def needs_by_candidate(sheets: Sheets) -> dict[str, tuple[Need, ...]]:
    """Return the needs of each candidate of whom something is known; "nothing needed" is an empty tuple."""
    parsed = sheets.get("needs")
    found: dict[str, list[Need]] = {}
    seen: dict[tuple[Any, ...], Need] = {}
    for record in map(int, parsed.standing) if parsed else ():
        assert parsed is not None
        own = found.setdefault(parsed.value("candidate_id", record), [])
        demand, level, arrangements, day = (
            parsed.value(key, record) for key in ("demand", "level", "arrangements", "confirmed_on")
        )
        if demand != NOTHING_NEEDED:
            key = (demand, level, arrangements, day)
            own.append(seen[key] if key in seen else seen.setdefault(key, _need(*key)))
    return {candidate: tuple(needs) for candidate, needs in found.items()}


def _need(demand: str | None, level: str | None, arrangements: tuple[str, ...] | None, day: dt.date | None) -> Need:
    number = level_of(level, demand).value if level is not None and demand is not None else None
    return Need(demand=demand, level=number, arrangements=arrangements or (), confirmed_on=day)


def _tasks(sheets: Sheets) -> dict[str, tuple[Task, ...]]:
    """Return the tasks of each package; a known task kind fills in the work kind that the row leaves open."""
    found = _grouped(Task, sheets.get("tasks"))
    return {package: tuple(_with_work_kind(task) for task in tasks) for package, tasks in found.items()}


def _with_work_kind(task: Task) -> Task:
    if task.work_kind is not None or task.task_kind is None:
        return task
    from dataclasses import replace

    return replace(task, work_kind=task_kinds()[task.task_kind].work_kind)


def _grouped(entity: type[Entity], parsed: ParsedSheet | None) -> dict[str, tuple[Entity, ...]]:
    """Return the entities of a sheet by work package, in the order of the sheet."""
    found: dict[str, list[Entity]] = {}
    if parsed is not None:
        for record, part in zip(parsed.standing, _entities(entity, parsed), strict=True):
            found.setdefault(parsed.value("work_package_id", int(record)), []).append(part)
    return {owner: tuple(parts) for owner, parts in found.items()}


def _entities(entity: type[Entity], parsed: ParsedSheet | None) -> tuple[Entity, ...]:
    """Return every standing record of a sheet as an entity."""
    if parsed is None:
        return ()
    names = [field.name for field in fields(entity)]  # type: ignore[arg-type]
    known = [name for name in names if name in parsed.sheet.by_key]
    return tuple(entity(**{name: parsed.value(name, int(record)) for name in known}) for record in parsed.standing)


def _locations(column: Column, sheets: Sheets) -> Column:
    """Return the ids of locations as the locations themselves."""
    places = {place.location_id: place for place in _with_demands(_entities(Location, sheets.get("locations")))}
    return Column(column.codes, tuple(places.get(value) for value in column.values))


def _with_demands(places: Iterable[Location]) -> Iterable[Location]:
    """Return the locations with "no demands" where the cell was empty: the field has no unknown."""
    from dataclasses import replace

    return (replace(place, place_demands=place.place_demands or ()) for place in places)
