"""What came in, as sheets: the balance of every sheet, every problem with its place, and how complete profiles are."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from matching.intake.columns import sheet_named
from matching.intake.reading import located
from matching.output.roles import NEEDS_FIELDS, Role, check_list, sees_needs
from matching.output.sheet import Cell, Column, Report, Sheet, Stamp
from matching.text import Language, say

if TYPE_CHECKING:
    from matching.domain.ledger import Ledger, Problem
    from matching.domain.pool import Pool

COUNTS = ("sheet_name", "read", "accepted", "refused", "blank")


def ledger_report(ledger: Ledger, *, stamp: Stamp, language: Language, pool: Pool | None = None) -> Report:
    """Return the ledger as a report; with the pool also how complete the profiles of each source are."""
    sheets = [counts_sheet(ledger, language), problems_sheet(ledger, language)]
    if ledger.dropped_columns:
        sheets.append(dropped_sheet(ledger))
    if pool is not None:
        sheets.append(completeness_sheet(pool, language))
    title = say("output.title.check").text(language)
    return Report(title=title, sheets=tuple(sheets), stamp=stamp, language=language, lead=(verdict(ledger, language),))


def shown_ledger(ledger: Ledger, role: Role) -> Ledger:
    """Return the ledger for this role: what stood in a cell about needs only for who may read needs.

    The place of each problem stays, so that whoever has the file can find it. Employers are refused.
    """
    check_list(role)
    if sees_needs(role):
        return ledger
    unread = say("output.check.not_shown")
    problems = tuple(replace(one, value=None, sentence=unread) if _of_needs(one) else one for one in ledger.problems)
    return replace(ledger, problems=problems)


def _of_needs(problem: Problem) -> bool:
    """Return whether a problem lies in the sheet of needs or in a column that speaks of them."""
    found = sheet_named(problem.sheet.rpartition("/")[2].removesuffix(".csv"))
    if problem.column is None or found is None:
        return False
    own = {name for one in found.columns if one.key in NEEDS_FIELDS for name in (one.nl, one.en, *one.aliases)}
    return found.key == "needs" or problem.column.casefold() in own


def verdict(ledger: Ledger, language: Language) -> str:
    """Return in one sentence whether the file can be used as it is."""
    refused, warned = ledger.refused, sum(not problem.refuses for problem in ledger.problems)
    key = "refused" if refused else "warned" if warned else "clean"
    return say(f"output.check.{key}", refused=refused, warned=warned).text(language)


def counts_sheet(ledger: Ledger, language: Language) -> Sheet:
    """Return the balance of every sheet: read = accepted + refused + blank."""
    columns = tuple(Column(key=key, width=22 if key == "sheet_name" else 12, kind="whole") for key in COUNTS)
    rows = tuple((count.sheet, count.read, count.accepted, count.refused, count.blank) for count in ledger.counts)
    return Sheet(key="counts", columns=columns, rows=rows, notes=(say("output.check.balance").text(language),))


def problems_sheet(ledger: Ledger, language: Language) -> Sheet:
    """Return every problem: where, what was found, what is allowed, and whether the row was refused."""
    columns = (
        Column(key="sheet_name", width=16),
        Column(key="row", width=7, kind="whole"),
        Column(key="column_name", width=20),
        Column(key="found", width=20, kind="long"),
        Column(key="effect", width=14),
        Column(key="problem", width=80, kind="long"),
    )
    return Sheet(key="problems", columns=columns, rows=tuple(_row(problem, language) for problem in ledger.problems))


def _row(problem: Problem, language: Language) -> tuple[Cell, ...]:
    effect = say(f"output.check.effect.{'refuses' if problem.refuses else 'warns'}").text(language)
    return problem.sheet, problem.row, problem.column, problem.value, effect, problem.sentence.text(language)


def dropped_sheet(ledger: Ledger) -> Sheet:
    """Return the columns that must not exist and were left at the door, with how many cells they held."""
    columns = (Column(key="sheet_name", width=22), Column(key="column_name", width=26), Column(key="cells", width=12))
    return Sheet(key="dropped", columns=columns, rows=ledger.dropped_columns)


def completeness_sheet(pool: Pool, language: Language) -> Sheet:
    """Return for each kind of source the percentage of profiles in which a field is unknown, and stale profiles."""
    from matching.output.picture_missing import FIELDS, missing_shares

    shares = missing_shares(pool, language)
    columns = (
        Column(key="field", width=34),
        *(Column(key=f"share_{n}", width=16, heading=name) for n, name in enumerate(shares)),
    )
    rows: list[tuple[Cell, ...]] = [
        (say(f"output.field.{field}").text(language), *(f"{found[field]} %" for found in shares.values()))
        for field in FIELDS
    ]
    stale = say("output.check.stale", count=int(pool.stale.sum()), total=len(pool.candidates))
    notes = (say("output.check.completeness").text(language), stale.text(language))
    return Sheet(key="completeness", columns=columns, rows=tuple(rows), notes=notes)


def problem_lines(ledger: Ledger, language: Language, most: int) -> list[str]:
    """Return the first problems as sentences with their place, those that refuse a row first."""
    ordered = sorted(ledger.problems, key=lambda problem: not problem.refuses)
    return [located(problem).text(language) for problem in ordered[:most]]
