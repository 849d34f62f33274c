"""What must hold between cells, rows and sheets: ids that are unique, references that exist, ends in order."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from matching.intake.parsed import ParsedSheet
from matching.intake.vocabulary_cells import NOTHING_NEEDED, level_of
from matching.text import Sentence, say

Sheets = Mapping[str, ParsedSheet]

EXAMPLE = "-VOORBEELD"
"""How the ids of the example rows of the template end."""


def check_relations(sheets: Sheets) -> None:
    """Refuse every record that contradicts itself, repeats an id or refers to nothing; name doubtful ones."""
    for parsed in sheets.values():
        refuse_repeated(parsed)
        _warn_examples(parsed)
    for key, checks in ROW_CHECKS.items():
        if key in sheets:
            for check in checks:
                check(sheets[key])
    for key, field, target in REFERENCES:
        if key in sheets:
            _refuse_dangling(sheets[key], field, target, sheets.get(target))


def refuse_repeated(parsed: ParsedSheet) -> None:
    """Refuse all records that share an identity: which one is right is not for us to say."""
    keys = parsed.sheet.identity
    if not keys or any(key not in parsed.columns for key in keys[:1]):
        return
    rows: dict[tuple[Any, ...], list[int]] = {}
    for record in parsed.standing:
        rows.setdefault(tuple(parsed.value(key, record) for key in keys), []).append(int(record))
    for identity, records in rows.items():
        if len(records) > 1 and identity[0] is not None:
            numbers = tuple(str(parsed.raw.rows[record]) for record in records)
            fault = say("intake.repeated" if len(keys) == 1 else "intake.repeated_row", value=identity[0], rows=numbers)
            for record in records:
                parsed.refuse(record, fault, keys[0])


def _warn_examples(parsed: ParsedSheet) -> None:
    for key in parsed.sheet.identity[:1]:
        for record in parsed.standing:
            if str(parsed.value(key, record)).endswith(EXAMPLE):
                parsed.warn(int(record), say("intake.example_row"), key)


def _refuse_dangling(parsed: ParsedSheet, field: str, target: str, other: ParsedSheet | None) -> None:
    """Refuse records whose reference does not exist, or points at a record that was refused itself."""
    key = {"candidates": "candidate_id", "work_packages": "work_package_id", "locations": "location_id"}[target]
    standing: set[Any] = set()
    refused: dict[Any, int] = {}
    if other is not None and key in other.columns:
        for record in range(len(other.raw)):
            found = other.value(key, record)
            if other.accepted[record]:
                standing.add(found)
            elif found is not None:
                refused.setdefault(found, int(other.raw.rows[record]))
    for record in parsed.standing:
        found = parsed.value(field, record)
        if found is None or found in standing:
            continue
        parsed.refuse(int(record), _dangling(found, target, refused), field)


def _dangling(found: str, target: str, refused: Mapping[Any, int]) -> Sentence:
    if found in refused:
        return say("intake.reference_refused", value=found, row=str(refused[found]), sheet=say(f"intake.of_{target}"))
    return say("intake.reference_missing", value=found, sheet=say(f"intake.of_{target}"))


def _ends(low: str, high: str) -> Callable[[ParsedSheet], None]:
    """Return a check that refuses records of which the low end lies above the high end."""

    def check(parsed: ParsedSheet) -> None:
        for record in parsed.standing:
            start, end = parsed.value(low, record), parsed.value(high, record)
            if start is not None and end is not None and start > end:
                names = (parsed.sheet.by_key[name].nl for name in (low, high))
                low_name, high_name = names
                fault = say("intake.ends_crossed", low=low_name, high=high_name, first=start, last=end)
                parsed.refuse(int(record), fault, low)

    return check


def _needs_say_something(parsed: ParsedSheet) -> None:
    """Refuse needs without a demand or an arrangement, and levels that the demand lacks."""
    for record in map(int, parsed.standing):
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


def _agreements_are_whole(parsed: ParsedSheet) -> None:
    """Refuse agreements that lack what their kind needs."""
    for record in map(int, parsed.standing):
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
