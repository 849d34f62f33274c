"""`matching check`: what came in, what was refused and why, and how complete the profiles are."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from matching.cli.ledger import show_ledger
from matching.cli.options import DAY, JSON, OUT, POOL, ROLE, Option, verb
from matching.cli.request import Request, screen, show, tell, watched
from matching.errors import InputRefused
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
    Option(name="--prepared", kind="file"),
    common=(DAY, ROLE, OUT),
)
def VERB(  # noqa: N802
    request: Request, *, needs: Path | None, as_json: bool, refused: Path | None, prepared: Path | None
) -> int:
    """Read the file, print its ledger, and write refused rows back and the pool ready where asked."""
    from matching.output.roles import check_list

    assert request.pool is not None
    check_list(request.reader)
    report, pool = _checked(request, request.pool, needs)
    if as_json:
        show(json.dumps(report.to_json(request.language), ensure_ascii=False, indent=1), request)
    else:
        _print(report, pool, request)
    _write(report, pool, request, refused)
    if prepared is not None:
        _prepare(pool, prepared, request)
    return report.exit_code


def _checked(request: Request, path: Path, needs: Path | None) -> tuple[CheckReport, Pool | None]:
    """Return what came in and the pool of it, with no more in the ledger than the reader may see."""
    from matching.intake.prepared import is_prepared
    from matching.intake.reading import read_intake, read_pool
    from matching.intake.report import report_of, report_of_pool
    from matching.output.ledger_report import shown_ledger

    if is_prepared(path):
        found = read_pool(path, as_of=request.day, needs=needs)
        return report_of_pool(found), found
    with watched(request) as progress:
        intake = read_intake(path, needs=needs, progress=progress)
    intake = replace(intake, ledger=shown_ledger(intake.ledger, request.reader))
    report = report_of(intake, request.day)
    return report, intake.pool(request.day) if report.usable else None


def _prepare(pool: Pool | None, path: Path, request: Request) -> None:
    """Put the pool ready on disk. Raises InputRefused for another ending, or when there is no pool."""
    from matching.intake.prepared import ENDING, is_prepared
    from matching.output.save import save

    if not is_prepared(path):
        raise InputRefused(say("output.prepared.ending", file=path.name, ending=ENDING))
    if pool is None:
        raise InputRefused(say("output.prepared.no_pool", file=path.name))
    save(pool, path, role=request.reader)
    tell(request, "written", path=str(path))


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
        from matching.intake.prepared import is_prepared
        from matching.output.refused_rows import write_refused_rows

        assert request.pool is not None
        if is_prepared(request.pool):
            raise InputRefused(say("intake.prepared.only_workbook", file=request.pool.name))
        write_refused_rows(checked.refused_rows, refused, language=request.language)
        tell(request, "written", path=str(refused))
