"""A request to the labour expert (arbeidsdeskundige): what could change, who would fit, and what to examine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matching.advice.steps import AddArrangement, HomeDays, LaterStart, LowerLevel, OtherHours, SwapTask, WithoutTask
from matching.domain.vocabulary import vocabulary
from matching.output.advice_report import change_told, column, place_name
from matching.output.roles import Role, check_list, sees_needs
from matching.output.sheet import Cell, Report, Sheet, Stamp
from matching.text import Language, say

if TYPE_CHECKING:
    from matching.advice.carving import CarveAdvice, CarveLine
    from matching.advice.steps import Step

EXAMINE: dict[type, str] = {
    WithoutTask: "task",
    SwapTask: "task",
    OtherHours: "hours",
    LaterStart: "start",
    HomeDays: "home",
    AddArrangement: "arrangement",
    LowerLevel: "level",
}
"""What the labour expert is asked, by kind of change; training is the rest."""


def request_form(advice: CarveAdvice, *, stamp: Stamp, role: Role, language: Language) -> Report:
    """Return the form: the work as it is, then one row a change with room for the answer."""
    check_list(role)
    title = say("advice.request.title", id=advice.package.work_package_id).text(language)
    lead = (say("advice.request.lead").text(language),)
    sheets = (_questions(advice, role, language), _work(advice, language), _tasks(advice, language))
    return Report(title=title, sheets=sheets, stamp=stamp, language=language, lead=lead)


def _questions(advice: CarveAdvice, role: Role, language: Language) -> Sheet:
    columns = (
        column("change", 48, language, kind="long"),
        column("task", 24, language, kind="long"),
        column("hours", 8, language, kind="decimal"),
        column("newly", 11, language, kind="whole"),
        column("newly_ids", 30, language, kind="long"),
        column("examine", 56, language, kind="long"),
        column("answer", 30, language, kind="long"),
    )
    rows = tuple(_row(line, role, language) for line in advice.lines)
    heading = say("advice.sheet.request").text(language)
    notes = () if rows else (say("advice.carve.nothing").text(language),)
    return Sheet(key="request", heading=heading, columns=columns, rows=rows, notes=notes)


def _row(line: CarveLine, role: Role, language: Language) -> tuple[Cell, ...]:
    tasks = [step for step in line.variant.steps if isinstance(step, WithoutTask | SwapTask)]
    hours = [step.hours for step in tasks if step.hours is not None]
    named = sees_needs(role) or not any(isinstance(step, AddArrangement) for step in line.variant.steps)
    return (
        change_told(line, role).text(language),
        ", ".join(step.task for step in tasks) or None,
        sum(hours) if hours else None,
        len(line.newly),
        ", ".join(line.newly) if named else None,
        " ".join(dict.fromkeys(_examine(step, language) for step in line.variant.steps)),
        None,
    )


def _examine(step: Step, language: Language) -> str:
    return say(f"advice.examine.{EXAMINE.get(type(step), 'training')}").text(language)


def _work(advice: CarveAdvice, language: Language) -> Sheet:
    package = advice.package
    found: tuple[tuple[str, Cell], ...] = (
        ("title", package.title),
        ("employer", package.employer),
        ("municipality", place_name(package.municipality, language)),
        ("hours_min", package.hours_min),
        ("hours_max", package.hours_max),
        ("start", package.start_date),
        ("fitting_now", advice.fitting),
    )
    rows = tuple((say(f"advice.column.{key}").text(language), value) for key, value in found if value is not None)
    heading = say("advice.sheet.work").text(language)
    columns = (column("name", 24, language), column("value", 60, language, kind="long"))
    return Sheet(key="work", heading=heading, columns=columns, rows=rows)


def _tasks(advice: CarveAdvice, language: Language) -> Sheet:
    asked, words = vocabulary("demand"), {True: "words.yes", False: "words.no", None: "words.unknown"}
    rows = tuple(
        (
            task.name,
            task.hours,
            say(words[task.carveable]).text(language),
            "; ".join(f"{asked.label(key, language)} ({level})" for key, level in task.demands),
        )
        for task in advice.package.tasks or ()
    )
    columns = (
        column("task", 36, language, kind="long"),
        column("hours", 8, language, kind="decimal"),
        column("may_go", 12, language),
        column("demands", 60, language, kind="long"),
    )
    return Sheet(key="tasks", heading=say("advice.sheet.tasks").text(language), columns=columns, rows=rows)
