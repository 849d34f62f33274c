"""`matching check`: what came in, what was refused and why, and how complete the profiles are."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from matching.cli.options import DAY, JSON, OUT, POOL, Option, verb
from matching.cli.request import Request, screen, show, tell, working
from matching.errors import InputRefused

if TYPE_CHECKING:
    from matching.domain.ledger import Ledger
    from matching.domain.pool import Pool
    from matching.intake.reading import Intake

MOST_PROBLEMS = 30
"""Problems on the screen; all of them stand in --json, --out and --refused."""


@verb(
    "check",
    POOL,
    Option(name="--needs", kind="file"),
    JSON,
    Option(name="--refused", kind="file"),
    common=(DAY, OUT),
)
def VERB(  # noqa: N802
    request: Request, *, needs: Path | None, as_json: bool, refused: Path | None
) -> int:
    """Read the file, print its ledger, and write refused rows back where asked."""
    from matching.intake.reading import read_intake

    assert request.pool is not None
    with working(request, "reading"):
        intake = read_intake(request.pool, needs=needs)
    pool = _pool(intake, request)
    if as_json:
        show(json.dumps(_plain(intake.ledger, request), ensure_ascii=False, indent=1), request)
    else:
        _print(intake.ledger, pool, request)
    _write(intake, pool, request, refused)
    return 1 if intake.ledger.refused or pool is None else 0


def _pool(intake: Intake, request: Request) -> Pool | None:
    try:
        return intake.pool(request.day)
    except InputRefused as problem:
        tell(request, "note", text=problem.sentence)
        return None


def _print(ledger: Ledger, pool: Pool | None, request: Request) -> None:
    from matching.output.ledger_report import completeness_sheet, counts_sheet, problem_lines, verdict
    from matching.output.screen import sheet_screen

    language, console = request.language, screen()
    console.print(sheet_screen(counts_sheet(ledger, language), language))
    for line in problem_lines(ledger, language, MOST_PROBLEMS):
        console.print(f"- {line}", markup=False)
    more = len(ledger.problems) - MOST_PROBLEMS
    if more > 0:
        show(request.words("check.more", count=more), request)
    for sheet, column, count in ledger.dropped_columns:
        show(request.words("check.dropped", sheet=sheet, column=column, count=count), request)
    if pool is not None:
        console.print(sheet_screen(completeness_sheet(pool, language), language))
    show(verdict(ledger, language), request)


def _write(intake: Intake, pool: Pool | None, request: Request, refused: Path | None) -> None:
    from matching.output.ledger_report import ledger_report
    from matching.output.save import save
    from matching.output.sheet import Stamp

    stamp = Stamp(as_of=request.day, fingerprint=pool.fingerprint if pool else "-", scorecards=(), role="liaison")
    for path in request.out:
        save(ledger_report(intake.ledger, stamp=stamp, language=request.language, pool=pool), path)
        tell(request, "written", path=str(path))
    if refused is not None:
        from matching.output.refused_rows import write_refused_rows

        write_refused_rows(intake.refused_rows, refused, language=request.language)
        tell(request, "written", path=str(refused))


def _plain(ledger: Ledger, request: Request) -> dict[str, object]:
    problems = [
        {
            "sheet": problem.sheet,
            "row": problem.row,
            "column": problem.column,
            "value": problem.value,
            "refuses": problem.refuses,
            "key": problem.sentence.key,
            "sentence": problem.sentence.text(request.language),
        }
        for problem in ledger.problems
    ]
    counts = [
        {
            "sheet": count.sheet,
            "read": count.read,
            "accepted": count.accepted,
            "refused": count.refused,
            "blank": count.blank,
        }
        for count in ledger.counts
    ]
    dropped = [{"sheet": sheet, "column": column, "cells": cells} for sheet, column, cells in ledger.dropped_columns]
    return {"sheets": counts, "problems": problems, "dropped_columns": dropped, "balances": ledger.balances}
