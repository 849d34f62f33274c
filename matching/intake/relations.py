"""What must hold between cells, rows and sheets: ids that are unique, references that exist, ends in order."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.domain.columns import Column
from matching.domain.ledger import Problem
from matching.errors import nearest
from matching.intake.parsed import ParsedSheet, problem_at
from matching.intake.vocabulary_cells import NOTHING_NEEDED, level_of
from matching.text import Sentence, say

Sheets = Mapping[str, ParsedSheet]


def check_relations(sheets: Sheets) -> None:
    """Refuse every record that contradicts itself, repeats an id or refers to nothing; name doubtful ones."""
    for parsed in sheets.values():
        _set_examples_aside(parsed)
        refuse_repeated(parsed)
    for key, checks in ROW_CHECKS.items():
        if key in sheets:
            for check in checks:
                check(sheets[key])
    for key, field, target in REFERENCES:
        if key in sheets:
            _refuse_dangling(sheets[key], field, target, sheets.get(target))
    if "agreements" in sheets and "work_packages" in sheets:
        _name_strange_employers(sheets["agreements"], sheets["work_packages"])
    if "candidates" in sheets:
        _name_strange_companions(sheets["candidates"])


def refuse_repeated(parsed: ParsedSheet) -> None:
    """Refuse all records that share an identity: which one is right is not for us to say."""
    keys = parsed.sheet.identity
    if not keys or any(key not in parsed.columns for key in keys[:1]):
        return
    rows: dict[tuple[Any, ...], list[int]] = {}
    if len(keys) == 1:
        _name_refused_twins(parsed, keys[0])
    for record in _candidates_for_repeat(parsed, keys[0]):
        rows.setdefault(tuple(parsed.value(key, record) for key in keys), []).append(record)
    for identity, records in rows.items():
        if len(records) > 1 and identity[0] is not None:
            numbers = _numbers(parsed, records)
            fault = say("intake.repeated" if len(keys) == 1 else "intake.repeated_row", value=identity[0], rows=numbers)
            for record in records:
                parsed.refuse(record, fault, keys[0])


def _name_refused_twins(parsed: ParsedSheet, key: str) -> None:
    """Name standing records whose id a refused record has too: the other may be the same one, told differently."""
    column = parsed.columns[key]
    lost: dict[Any, list[int]] = {}
    for record in map(int, np.flatnonzero(parsed.judged & ~parsed.accepted)):
        lost.setdefault(column[record], []).append(record)
    lost.pop(None, None)
    for record in _where(parsed, key, lambda value: value in lost) if lost else ():
        if parsed.accepted[record]:
            identity = column[record]
            rows = _numbers(parsed, lost[identity])
            parsed.warn(record, say("intake.repeated_in_refused", value=identity, rows=rows), key)


MOST_NUMBERS = 6
"""Row numbers in one sentence; nobody reads on."""


def _numbers(parsed: ParsedSheet, records: list[int]) -> tuple[str | Sentence, ...]:
    """Return the first row numbers of records, and how many more there are."""
    numbers = tuple(str(parsed.raw.rows[record]) for record in records[:MOST_NUMBERS])
    left = len(records) - MOST_NUMBERS
    return (*numbers, say("intake.more_rows", count=left)) if left > 0 else numbers


def _candidates_for_repeat(parsed: ParsedSheet, key: str) -> list[int]:
    """Return the standing records whose first identity value stands in more than one record."""
    column, rows = parsed.columns[key], parsed.standing
    often = np.bincount(column.codes[rows], minlength=len(column.values)) > 1
    return [int(record) for record in rows[often[column.codes[rows]]]]


def _set_examples_aside(parsed: ParsedSheet) -> None:
    """Leave out the example row of the template: nobody is called that, and it may not count as a person or as work."""
    first = parsed.sheet.columns[0]
    column = parsed.columns.get(first.key)
    if column is None or first.example not in column.values:
        return
    hit = np.array([value == first.example for value in column.values], dtype=bool)
    for record in map(int, np.flatnonzero(hit[column.codes])):
        parsed.set_aside(record, say("intake.example_row"), first.key)


def _name_strange_employers(agreements: ParsedSheet, packages: ParsedSheet) -> None:
    """Name agreements about an employer that no work package has: they do nothing as they stand."""
    column = packages.columns.get("employer")
    known = set() if column is None else {column[int(record)] for record in packages.standing} - {None}
    for record in _where(agreements, "employer", lambda value: value is not None and value not in known):
        employer = agreements.value("employer", record)
        close = nearest(employer, known)
        near = {"nearest": close} if close else {}
        key = "strange_employer_nearest" if close else "strange_employer"
        agreements.warn(record, say(f"intake.{key}", employer=employer, **near), "employer")


def _name_strange_companions(people: ParsedSheet) -> None:
    """Name codes under "not together with" that no row has; a row that was refused is still somebody."""
    column = people.columns.get("candidate_id")
    known = set() if column is None else {column.values[code] for code in set(column.codes[people.judged].tolist())}
    for record in _where(people, "not_together_with", lambda value: bool(value and set(value) - known)):
        codes = tuple(sorted(set(people.value("not_together_with", record)) - known))
        people.warn(record, say("intake.strange_companion", codes=codes), "not_together_with")


def doubtful_days(sheets: Sheets, as_of: dt.date) -> list[Problem]:
    """Return the remarks that are only true on a day: profiles of the future, starts that have passed."""
    found = []
    for key, field, sentence, wrong in (
        ("candidates", "profile_date", "profile_in_future", lambda day: day is not None and day > as_of),
        ("work_packages", "start_date", "start_in_past", lambda day: day is not None and day < as_of),
    ):
        parsed = sheets.get(key)
        for record in _where(parsed, field, wrong) if parsed is not None else ():
            assert parsed is not None
            place = parsed.places[field]
            found.append(problem_at(parsed.raw, record, say(f"intake.{sentence}"), place=place, refuses=False))
    return found


def expired(agreements: ParsedSheet, as_of: dt.date) -> list[Problem]:
    """Return the remarks about agreements that ended before a day, and so are not used."""
    found = []
    for record in _where(agreements, "until", lambda value: value is not None and value < as_of):
        values = {"candidate": agreements.value("candidate_id", record), "until": agreements.value("until", record)}
        sentence = say("intake.expired_agreement", **values)
        found.append(problem_at(agreements.raw, record, sentence, place=agreements.places["until"], refuses=False))
    return found


def _where(parsed: ParsedSheet, key: str, wrong: Callable[[Any], bool]) -> list[int]:
    """Return the readable records whose value is wrong; each distinct value is asked once."""
    column = parsed.columns.get(key)
    if column is None:
        return []
    hit = np.array([wrong(value) for value in column.values], dtype=bool)
    return [int(record) for record in np.flatnonzero(hit[column.codes] & parsed.judged)] if hit.any() else []


def _refuse_dangling(parsed: ParsedSheet, field: str, target: str, other: ParsedSheet | None) -> None:
    """Refuse records whose reference does not exist, or points at a record that was refused itself."""
    key = {"candidates": "candidate_id", "work_packages": "work_package_id", "locations": "location_id"}[target]
    standing: set[Any] = set()
    refused: dict[Any, int] = {}
    if other is not None and key in other.columns:
        column = other.columns[key]
        standing = {column.values[code] for code in set(column.codes[other.accepted].tolist())}
        lost = np.flatnonzero(~other.accepted & ~other.blank)
        refused = {column[record]: int(other.raw.rows[record]) for record in lost[::-1] if column[record] is not None}
    for record in _where(parsed, field, lambda value: value is not None and value not in standing):
        sentence = _dangling(parsed.value(field, record), target, refused)
        if parsed.accepted[record] or sentence.key == "intake.reference_missing":
            parsed.refuse(record, sentence, field)


def _dangling(found: str, target: str, refused: Mapping[Any, int]) -> Sentence:
    if found in refused:
        return say("intake.reference_refused", value=found, row=str(refused[found]), sheet=say(f"intake.of_{target}"))
    return say("intake.reference_missing", value=found, sheet=say(f"intake.of_{target}"))


def _ends(low: str, high: str) -> Callable[[ParsedSheet], None]:
    """Return a check that refuses records of which the low end lies above the high end."""

    def check(parsed: ParsedSheet) -> None:
        if low not in parsed.columns or high not in parsed.columns:
            return
        crossed = _as_numbers(parsed.columns[low]) > _as_numbers(parsed.columns[high])
        names = {"low": parsed.sheet.by_key[low].term, "high": parsed.sheet.by_key[high].term}
        for record in map(int, np.flatnonzero(crossed & parsed.judged)):
            ends = {
                name: parsed.sheet.by_key[key].kind.said(parsed.value(key, record))
                for name, key in (("first", low), ("last", high))
            }
            parsed.refuse(record, say("intake.ends_crossed", **names, **ends), low)

    return check


def _as_numbers(column: Column) -> NDArray[np.float64]:
    """Return the values of a column as numbers that compare like them; unknown is nan and compares with nothing."""
    numbers = [
        np.nan if value is None else value.toordinal() if isinstance(value, dt.date) else value
        for value in column.values
    ]
    return np.array(numbers, dtype=np.float64)[column.codes]


def _needs_say_something(parsed: ParsedSheet) -> None:
    """Refuse needs without a demand or an arrangement, and levels that the demand lacks."""
    lost = parsed.faulty("demand", "level", "arrangements")
    for record in map(int, np.flatnonzero(parsed.judged)):
        if record in lost:
            continue
        demand, level = parsed.value("demand", record), parsed.value("level", record)
        if demand is None and not parsed.value("arrangements", record):
            parsed.refuse(record, say("intake.empty_need"), "demand")
        elif level is not None and (demand is None or demand == NOTHING_NEEDED):
            parsed.refuse(record, say("intake.level_without_demand"), "level")
        elif level is not None:
            reading = level_of(level, demand)
            if reading.refusal:
                parsed.refuse(record, reading.refusal, "level")


def _nothing_is_alone(parsed: ParsedSheet) -> None:
    """Refuse "nothing needed" beside other needs of the same candidate."""
    records: dict[Any, list[int]] = {}
    for record in map(int, parsed.standing):
        records.setdefault(parsed.value("candidate_id", record), []).append(record)
    for own in records.values():
        for record in own:
            if parsed.value("demand", record) == NOTHING_NEEDED and len(own) > 1:
                parsed.refuse(record, say("intake.nothing_beside_something"), "demand")


def _days_agree(parsed: ParsedSheet) -> None:
    """Name packages with more required days than days a week: the rule of the days asks for so many of them."""
    if "days_required" not in parsed.columns or "days_per_week" not in parsed.columns:
        return
    fixed = _as_numbers(Column(parsed.columns["days_required"].codes, _sizes(parsed.columns["days_required"].values)))
    for record in map(int, np.flatnonzero((fixed > _as_numbers(parsed.columns["days_per_week"])) & parsed.judged)):
        values = {"fixed": int(fixed[record]), "count": int(parsed.value("days_per_week", record))}
        parsed.warn(record, say("intake.days_contradict", **values), "days_required")


def _sizes(values: Iterable[Any]) -> tuple[int | None, ...]:
    return tuple(None if value is None else len(value) for value in values)


def _agreements_are_whole(parsed: ParsedSheet) -> None:
    """Refuse agreements that lack what their kind needs."""
    lost = parsed.faulty("kind", "work_package_id", "other_candidate_id")
    for record in map(int, np.flatnonzero(parsed.judged)):
        if record in lost:
            continue
        kind, package = parsed.value("kind", record), parsed.value("work_package_id", record)
        if kind in ("pin", "accepted", "cleared") and package is None:
            parsed.refuse(record, say("intake.agreement_without_package"), "kind")
        elif kind == "same_person" and parsed.value("other_candidate_id", record) is None:
            parsed.refuse(record, say("intake.agreement_without_other"), "kind")


ROW_CHECKS: Mapping[str, tuple[Callable[[ParsedSheet], None], ...]] = {
    "candidates": (_ends("hours_min", "hours_max"), _ends("wished_scale_min", "wished_scale_max")),
    "work_packages": (
        _ends("hours_min", "hours_max"),
        _ends("scale_min", "scale_max"),
        _ends("start_date", "end_date"),
        _days_agree,
    ),
    "needs": (_needs_say_something, _nothing_is_alone),
    "agreements": (_agreements_are_whole,),
}
"""What is checked within the rows of a sheet, in order."""

REFERENCES = (
    ("work_packages", "location", "locations"),
    ("tasks", "work_package_id", "work_packages"),
    ("offers", "work_package_id", "work_packages"),
    ("needs", "candidate_id", "candidates"),
    ("agreements", "candidate_id", "candidates"),
    ("agreements", "other_candidate_id", "candidates"),
    ("agreements", "work_package_id", "work_packages"),
)
"""Sheet, field and the sheet that it must point into; packages before what hangs on them.

Decisions and placements tell of the past and may speak of people and packages that are no longer in the pool.
"""
