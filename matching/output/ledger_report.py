"""What came in, as sheets: the balance of every sheet, every problem with its place, and how complete profiles are."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from matching.intake.columns import SHEETS, sheet_named
from matching.intake.reading import is_consequence, located, refers_to
from matching.intake.words import normal
from matching.output.roles import NEEDS_FIELDS, Role, check_list, sees_needs
from matching.output.sheet import Cell, Column, Report, Sheet, Stamp
from matching.text import Language, Sentence, say

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
    """Return the ledger for a role that may have it, as `masked_ledger` does. Employers are refused."""
    check_list(role)
    return masked_ledger(ledger, role)


def masked_ledger(ledger: Ledger, role: Role) -> Ledger:
    """Return the ledger for any role: what stood in a cell about needs only for who may read needs.

    Only problems that tell a need or the value of such a cell lose their sentence; a number like a BSN, a wrong date
    or a code that does not exist tells neither. The place stays, so that whoever has the file can find it.
    """
    if sees_needs(role):
        return ledger
    unread = say("output.check.not_shown")
    problems = tuple(replace(one, value=None, sentence=unread) if _of_needs(one) else one for one in ledger.problems)
    return replace(ledger, problems=problems)


NO_NEED_TOLD = frozenset({"intake.bsn", "intake.contact_in_text", "intake.empty_need", "intake.example_row"})
"""Sentences that tell no need and no value, wherever they stand."""

NEEDS_CELLS = frozenset({"demand", "level", "arrangements"})
"""Columns of the sheet of needs that hold a need; its codes and dates do not."""


def _of_needs(problem: Problem) -> bool:
    """Return whether a problem tells what stood in a cell about needs."""
    found = sheet_named(problem.sheet.rpartition("/")[2].removesuffix(".csv"))
    if problem.column is None or found is None or is_consequence(problem) or problem.sentence.key in NO_NEED_TOLD:
        return False
    column = found.by_header.get(normal(problem.column))
    if column is None:
        return found.key == "needs" and problem.row is not None
    return column.key in NEEDS_FIELDS or (found.key == "needs" and column.key in NEEDS_CELLS)


def verdict(ledger: Ledger, language: Language) -> str:
    """Return in one sentence whether the file can be used as it is."""
    refused, warned = ledger.refused, sum(not problem.refuses for problem in ledger.problems)
    key = ("refused" if _usable(ledger) else "none_left") if refused else "warned" if warned else "clean"
    return say(f"output.check.{key}", refused=refused, warned=warned).text(language)


def _usable(ledger: Ledger) -> bool:
    """Return whether every sheet that a pool cannot do without still has a row."""
    left = {_key(count.sheet) for count in ledger.counts if count.accepted}
    return all(found.key in left for found in SHEETS.values() if found.required)


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


@dataclass(frozen=True, kw_only=True)
class Cause:
    """A problem that stands by itself: `same` more rows have it; `follows` counts, by sheet, what was refused by it."""

    problem: Problem
    same: int
    follows: Counter[str]


def causes(ledger: Ledger) -> list[Cause]:
    """Return the problems that stand by themselves, those that refuse a row first, each with its consequences.

    Rows of a column with the same problem are one cause. A consequence of which the cause is not among the problems
    (a whole sheet was refused, say) comes last, once for each sheet.
    """
    by_row: dict[tuple[str, int], Problem] = {}
    for problem in ledger.problems:
        if problem.refuses and problem.row is not None:
            by_row.setdefault((_key(problem.sheet), problem.row), problem)
    follows: dict[_Same, Counter[str]] = defaultdict(Counter)
    alone = []
    for problem in filter(is_consequence, ledger.problems):
        root = _root(problem, by_row)
        if root is None:
            alone.append(problem)
        else:
            follows[_same(root)][problem.sheet] += 1
    own = sorted((one for one in ledger.problems if not is_consequence(one)), key=lambda problem: not problem.refuses)
    often = Counter(map(_same, own))
    first = {_same(problem): problem for problem in reversed(own)}
    found = [Cause(problem=first[key], same=often[key] - 1, follows=follows[key]) for key in often]
    return found + [Cause(problem=one, same=0, follows=Counter()) for one in _first_of_each(alone)]


_Same = tuple[str, str | None, str, bool]
"""What rows with the same problem share: sheet, column, sentence, and whether the row was refused."""


def _same(problem: Problem) -> _Same:
    return problem.sheet, problem.column, problem.sentence.text(), problem.refuses


def _root(problem: Problem, by_row: Mapping[tuple[str, int], Problem]) -> Problem | None:
    """Return the problem at the beginning of a chain of refused references, or None when the chain is lost."""
    found: Problem | None = problem
    for _ in range(LONGEST_CHAIN):
        if found is None or not is_consequence(found):
            return found
        found = by_row.get(refers_to(found))
    return None


LONGEST_CHAIN = 5
"""Offers hang on packages and packages on locations: no chain of sheets is longer."""


def _key(name: str) -> str:
    found = sheet_named(name.rpartition("/")[2].removesuffix(".csv"))
    return found.key if found else name


def _first_of_each(problems: Iterable[Problem]) -> list[Problem]:
    """Return the first problem of each sheet; its other consequences say the same."""
    return list({problem.sheet: problem for problem in reversed(list(problems))}.values())


def problem_lines(ledger: Ledger, language: Language, most: int) -> list[str]:
    """Return the first causes with their place, each with one sentence that counts its consequences."""
    return [" ".join(told.text(language) for told in _told(cause)) for cause in causes(ledger)[:most]]


def _told(cause: Cause) -> Iterator[Sentence]:
    line = located(cause.problem)
    yield say("output.check.same", problem=line, count=cause.same) if cause.same else line
    if cause.follows:
        sheets = tuple(f"{sheet} ({count})" for sheet, count in cause.follows.items())
        yield say("output.check.follows", count=cause.follows.total(), sheets=sheets)
