"""Why a pair is or is not on the list, for an officer: every rule, its values, what would change it, and the frame."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matching.advice.leidraad import ABOUT, found_words
from matching.output.advice_report import column
from matching.output.changes import shown_change
from matching.output.fit_cells import listed
from matching.output.fit_report import findings_sheet, parts_sheet
from matching.output.names import rule_name
from matching.output.roles import ARRANGEMENT_KEYS, NEEDS_KEYS, Role, check_list, sees_needs, shown_reason
from matching.output.sheet import Cell, Report, Sheet, Stamp
from matching.scoring.wording import stale_words
from matching.text import Language, Sentence, say

if TYPE_CHECKING:
    from matching.advice.leidraad import PairedRow
    from matching.advice.why import WhyNot


def why_report(found: WhyNot, *, stamp: Stamp, role: Role, language: Language) -> Report:
    """Return the page: what would put the pair on the list, the five paired rows, all rules with values, the points."""
    check_list(role)
    title, stands = (sentence.text(language) for sentence in found.title)
    sheets = (
        _changes(found, role, language),
        _frame(found, role, language),
        _values(found, role, language),
        findings_sheet(found.fit, role, language),
        parts_sheet(found.fit, role, language),
    )
    filled = tuple(sheet for sheet in sheets if sheet.rows)
    old = (stale_words(found.fit.candidate).text(language),) if found.fit.stale else ()
    return Report(title=title, sheets=filled, stamp=stamp, language=language, lead=(stands, *old))


def _changes(found: WhyNot, role: Role, language: Language) -> Sheet:
    said = [shown_change(change, found.fit.candidate, role).text(language) for change in found.changes]
    if not said and not found.on_the_list:
        said = [say("advice.why.no_change").text(language)]
    columns = (column("change", 90, language, kind="long"),)
    heading = say("advice.sheet.would_be").text(language)
    return Sheet(key="would_be", heading=heading, columns=columns, rows=tuple((text,) for text in said))


def _frame(found: WhyNot, role: Role, language: Language) -> Sheet:
    rows = tuple((row.heading.text(language), listed(_lines(row, role), language)) for row in found.rows)
    columns = (column("row", 40, language, kind="long"), column("text", 80, language, kind="long"))
    return Sheet(key="frame", heading=say("advice.sheet.frame").text(language), columns=columns, rows=rows)


def _lines(row: PairedRow, role: Role) -> list[Sentence]:
    """Return the lines of one row; what speaks of needs only for who may read it."""
    hidden = NEEDS_KEYS if sees_needs(role) else NEEDS_KEYS | ARRANGEMENT_KEYS
    judged = [item for item in row.findings if sees_needs(role) or item.key not in hidden]
    told = {ABOUT[item.key] for item in judged if item.key in ABOUT}
    counted = [part for part in sorted(row.parts, key=lambda part: -part.points) if part.key not in told]
    parts = [shown_reason(role, part.key, part.reason) for part in counted]
    return [*parts, *map(found_words, judged), *row.prompts]


def _values(found: WhyNot, role: Role, language: Language) -> Sheet:
    rows: list[tuple[Cell, ...]] = []
    for finding in found.failed:
        if sees_needs(role) or finding.key not in NEEDS_KEYS | ARRANGEMENT_KEYS:
            rows += [
                (
                    rule_name(finding.key, language),
                    say(f"advice.about.{item.about}").text(language),
                    item.header.label(language),
                    item.value,
                    item.source,
                    item.date,
                )
                for item in found.evidence(finding.key, language)
            ]
    columns = (
        column("rule", 24, language),
        column("whose", 14, language),
        column("about", 24, language),
        column("value", 40, language, kind="long"),
        column("from_whom", 24, language),
        column("date", 12, language, kind="date"),
    )
    return Sheet(key="values", heading=say("advice.sheet.values").text(language), columns=columns, rows=tuple(rows))
