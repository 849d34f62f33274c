"""`matching check`: what came in, what was refused and why, and how complete the profiles are."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from matching.cli.ledger import show_ledger
from matching.cli.options import DAY, JSON, OUT, POOL, ROLE, Option, verb
from matching.cli.request import Request, screen, show, tell, watched
from matching.text import say

if TYPE_CHECKING:
    from matching.domain.pool import Pool
    from matching.intake.report import CheckReport


@verb(
    "check",
    POOL,
    Option(name="--needs", kind="file"),
    JSON,
    Option(name="--refused", kind="file"),
    common=(DAY, ROLE, OUT),
)
def VERB(  # noqa: N802
    request: Request, *, needs: Path | None, as_json: bool, refused: Path | None
) -> int:
    """Read the file, print its ledger, and write refused rows back where asked."""
    from matching.intake.reading import read_intake
    from matching.intake.report import report_of
    from matching.output.ledger_report import shown_ledger
    from matching.output.roles import check_list

    assert request.pool is not None
    check_list(request.reader)
    with watched(request) as progress:
        intake = read_intake(request.pool, needs=needs, progress=progress)
    intake = replace(intake, ledger=shown_ledger(intake.ledger, request.reader))
    report = report_of(intake, request.day)
    pool = intake.pool(request.day) if report.usable else None
    if as_json:
        show(json.dumps(report.to_json(request.language), ensure_ascii=False, indent=1), request)
    else:
        _print(report, pool, request)
    _write(report, pool, request, refused)
    return report.exit_code


def _print(report: CheckReport, pool: Pool | None, request: Request) -> None:
    from matching.intake.columns import SHEETS
    from matching.output.ledger_report import completeness_sheet, verdict
    from matching.output.screen import sheet_screen

    language = request.language
    show_ledger(report.ledger, request, more_key="check.more")
    if pool is not None:
        screen().print(sheet_screen(completeness_sheet(pool, language), language))
    if report.ledger.refused or not report.missing_sheets:
        show(verdict(report.ledger, language), request)
    for key in report.missing_sheets:
        tell(request, "note", text=say("intake.report.missing", sheet=SHEETS[key].term))


def _write(checked: CheckReport, pool: Pool | None, request: Request, refused: Path | None) -> None:
    from matching.output.ledger_report import ledger_report
    from matching.output.save import save
    from matching.output.sheet import Stamp

    role = request.reader
    stamp = Stamp(as_of=request.day, fingerprint=pool.fingerprint if pool else "-", scorecards=(), role=role.value)
    for path in request.out:
        report = ledger_report(checked.ledger, stamp=stamp, language=request.language, pool=pool)
        save(report, path, role=role.value)
        tell(request, "written", path=str(path))
    if refused is not None:
        from matching.output.refused_rows import write_refused_rows

        write_refused_rows(checked.refused_rows, refused, language=request.language)
        tell(request, "written", path=str(refused))
