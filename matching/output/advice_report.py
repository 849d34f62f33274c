"""Advice on paper: what to change about the work, whom to call first, and who is on no list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from matching.advice.carving import home_days_told
from matching.advice.steps import AddArrangement
from matching.output.names import rule_name
from matching.output.roles import NEEDS_FIELDS, NEEDS_KEYS, Role, check_list, sees_needs, shown_question
from matching.output.sheet import Cell, Column, Kind, Report, Sheet, Stamp
from matching.output.stamps import is_synthetic, named
from matching.text import Language, Sentence, say

if TYPE_CHECKING:
    from matching.advice.carving import CarveAdvice, CarveLine
    from matching.advice.carving_all import CarvePlan
    from matching.advice.creation import Creation
    from matching.advice.questions import CallList
    from matching.advice.travelling import Trip
    from matching.advice.variants import Variant
    from matching.domain.pool import Pool
    from matching.scoring.reach import Reach
    from matching.scoring.scores import Scores


def stamp_of_scores(scores: Scores, role: Role, *, package: str | None = None) -> Stamp:
    """Return the stamp of anything that follows from scores; about one package it names the scorecard of that one."""
    cards = scores.scorecards if package is None else (scores.scorecard_of(package),)
    return Stamp(
        as_of=scores.pool.as_of,
        fingerprint=scores.pool.fingerprint,
        scorecards=named(cards),
        role=role.value,
        seed=scores.seed,
        synthetic=is_synthetic(scores.pool),
    )


def carve_report(advice: CarveAdvice, *, stamp: Stamp, role: Role, language: Language) -> Report:
    """Return every change of one package with who would fit; smallest change first."""
    check_list(role)
    sheet = Sheet(
        key="changes",
        heading=say("advice.sheet.changes").text(language),
        columns=(
            column("change", 60, language, kind="long"),
            column("newly", 11, language, kind="whole"),
            column("newly_ids", 40, language, kind="long"),
            column("freed", 11, language, kind="whole"),
            column("freed_ids", 40, language, kind="long"),
            column("lost", 8, language, kind="whole"),
        ),
        rows=tuple(_carve_row(line, role, language) for line in advice.lines),
        notes=tuple(sentence.text(language) for sentence in advice.reading),
    )
    title, now = (sentence.text(language) for sentence in advice.title)
    nothing = () if advice.lines else (say("advice.carve.nothing").text(language),)
    return Report(title=title, sheets=(sheet,), stamp=stamp, language=language, lead=(now, *nothing))


def carve_plan_report(plan: CarvePlan, creation: Creation, *, stamp: Stamp, role: Role, language: Language) -> Report:
    """Return the single changes that help most over all packages, and new work out of what is left over."""
    check_list(role)
    changes = Sheet(
        key="changes",
        heading=say("advice.sheet.changes").text(language),
        columns=(
            column("package", 14, language),
            column("change", 60, language, kind="long"),
            column("placed_more", 10, language, kind="whole"),
            column("newly", 11, language, kind="whole"),
            column("first_chance", 12, language, kind="whole"),
            column("newly_ids", 40, language, kind="long"),
        ),
        rows=tuple(
            (
                change.package.work_package_id,
                change.variant.sentence.text(language),
                change.placed_more,
                len(change.newly),
                len(change.first_chance),
                ", ".join(change.unplaced or change.newly) if _named(change.variant, role) else None,
            )
            for change in plan.changes
        ),
        notes=tuple(told.text(language) for told in home_days_told(change.variant for change in plan.changes)),
    )
    lead = tuple(sentence.text(language) for sentence in plan.title[1:])
    sheets = (changes, _new_work(creation, language))
    title = plan.title[0].text(language)
    return Report(title=title, sheets=sheets, stamp=stamp, language=language, lead=lead)


def _new_work(creation: Creation, language: Language) -> Sheet:
    rows = tuple(
        (
            work.package.work_package_id,
            work.package.employer,
            place_name(work.package.municipality, language),
            task.name,
            task.hours,
            source,
            ", ".join(work.people),
        )
        for work in creation.proposals
        for task, source in zip(work.package.tasks or (), work.sources, strict=True)
    )
    columns = (
        column("new_package", 12, language),
        column("employer", 30, language),
        column("municipality", 18, language),
        column("task", 36, language, kind="long"),
        column("hours", 8, language, kind="decimal"),
        column("source", 12, language),
        column("newly_ids", 40, language, kind="long"),
    )
    note = (creation.meaning if rows else say("advice.new.nothing")).text(language)
    return Sheet(
        key="new_work", heading=say("advice.sheet.new_work").text(language), columns=columns, rows=rows, notes=(note,)
    )


def place_name(key: str | None, language: Language) -> str | None:
    """Return the name of a municipality, or None when it is unknown."""
    from matching.domain.region import municipalities

    found = municipalities().get(key or "")
    return key if found is None else found.name


def call_list_report(calls: CallList, *, stamp: Stamp, role: Role, language: Language) -> Report:
    """Return whom to call first and what to ask; questions about needs only for who may read needs."""
    check_list(role)
    rows = tuple(
        (
            place,
            one.identity,
            shown_question(role, one.field, one.question, one.scores.pool.candidate(one.example[0])).text(language),
            one.effect.text(language) if sees_needs(role) or one.field not in NEEDS_FIELDS else None,
        )
        for place, found in enumerate(calls.questions.values(), start=1)
        for one in found
    )
    columns = (
        column("call", 6, language, kind="whole"),
        column("who", 14, language),
        column("question", 60, language, kind="long"),
        column("effect", 60, language, kind="long"),
    )
    sheet = Sheet(key="calls", heading=say("advice.sheet.calls").text(language), columns=columns, rows=rows)
    title, hanging = (sentence.text(language) for sentence in calls.title)
    return Report(title=title, sheets=(sheet,), stamp=stamp, language=language, lead=(hanging,))


def reach_report(reach: Reach, *, stamp: Stamp, role: Role, language: Language) -> Report:
    """Return who is on no list and every cause."""
    check_list(role)
    rows = tuple(
        (
            cause.candidate_id,
            rule_name(cause.rule, language),
            cause.packages,
            cause.reason.text(language) if sees_needs(role) or cause.rule not in NEEDS_KEYS else None,
        )
        for cause in reach.causes
    )
    columns = (
        column("who", 14, language),
        column("rule", 24, language),
        column("packages", 10, language, kind="whole"),
        column("reason", 80, language, kind="long"),
    )
    counts = {"count": len(reach.unreached), "people": reach.people, "packages": reach.packages}
    lead = say("scoring.reach.missing", count=len(reach.for_missing_data)).text(language)
    sheet = Sheet(key="reach", heading=say("advice.sheet.reach").text(language), columns=columns, rows=rows)
    title = say("scoring.reach.title", **counts).text(language)
    return Report(title=title, sheets=(sheet,), stamp=stamp, language=language, lead=(lead,))


def column(key: str, width: int, language: Language, *, kind: Kind = "text") -> Column:
    """Return a column with its heading from the catalogue of advice."""
    return Column(key=key, width=width, kind=kind, heading=say(f"advice.column.{key}").text(language))


def _named(variant: Variant, role: Role) -> bool:
    """Return whether this role may read who a change is for: who needs an arrangement is for her own officer."""
    return sees_needs(role) or not any(isinstance(step, AddArrangement) for step in variant.steps)


def change_told(line: CarveLine, role: Role) -> Sentence:
    """Return the change in words; an arrangement only for people whom this role may not read of goes without name."""
    open_to_all = _named(line.variant, role) or line.presentable > 0
    return line.variant.sentence if open_to_all else line.variant.unnamed


def _carve_row(line: CarveLine, role: Role, language: Language) -> tuple[Cell, ...]:
    """Return one change; who needs an arrangement or has something to judge is named only to who may read needs."""
    open_ids = _named(line.variant, role)
    return (
        change_told(line, role).text(language),
        len(line.newly),
        ", ".join(line.newly) if open_ids else None,
        len(line.freed),
        ", ".join(line.freed) if sees_needs(role) else None,
        len(line.lost),
    )


def trips_report(trips: Sequence[Trip], pool: Pool, *, role: Role, language: Language) -> Report:
    """Return the trips of one candidate; an estimate says so."""
    check_list(role)
    rows = tuple(
        (
            trip.work_package_id,
            place_name(trip.municipality, language),
            trip.minutes,
            say("advice.travel.estimate" if trip.estimate else "advice.travel.from_file").text(language),
            trip.most,
            trip.days_on_site,
        )
        for trip in trips
    )
    columns = (
        column("package", 14, language),
        column("municipality", 20, language),
        column("minutes", 10, language, kind="whole"),
        column("kind", 12, language),
        column("most", 12, language, kind="whole"),
        column("days_on_site", 12, language, kind="whole"),
    )
    sheet = Sheet(key="trips", heading=say("advice.sheet.trips").text(language), columns=columns, rows=rows)
    stamp = Stamp(
        as_of=pool.as_of,
        fingerprint=pool.fingerprint,
        scorecards=(),
        role=role.value,
        synthetic=is_synthetic(pool),
    )
    return Report(title=say("advice.travel.title").text(language), sheets=(sheet,), stamp=stamp, language=language)
