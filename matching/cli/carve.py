"""`matching carve`: what could change about one package, or which single changes over all packages help most."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from matching.cli.options import POOL, Option, verb
from matching.cli.request import Request, outcome, read, save_all, scored, screen, tell
from matching.cli.usage import WrongUsage
from matching.text import say

if TYPE_CHECKING:
    from matching.advice.carving_all import Progress
    from matching.output.sheet import Cell, Report, Sheet
    from matching.scoring.scores import Scores
    from matching.text import Language

SHOWN = 15
CODES_SHOWN = 4
LISTING = ("newly_ids", "freed_ids")
"""Columns whose cells list codes; files hold all of them."""
BANDS = ("strong", "possible", "worth_a_talk")


@verb(
    "carve",
    POOL,
    Option(name="--all", kind="flag", help_key="carve_all"),
    Option(name="--at-least", kind="choice", choices=BANDS, help_key="at_least"),
    Option(name="--depth", kind="whole", smallest=1, largest=3, default=2, help_key="carve_depth"),
    Option(name="--reconsider", kind="flag", help_key="reconsider"),
    Option(name="--request", kind="file", help_key="carve_request"),
)
def VERB(request: Request, **options: object) -> int:  # noqa: N802
    """Print the changes that help, and write them and the request form to the files asked for."""
    from matching.output.screen import report_screen

    if bool(options["all"]) == bool(request.package):
        raise WrongUsage(say("advice.carve.package_or_all", pool=str(request.pool)))
    if options["all"] and options["form"]:
        raise WrongUsage(say("advice.carve.request_needs_package", pool=str(request.pool)))
    pool = read(request)
    scores = scored(pool, request)
    found = _of_all(scores, request, options) if options["all"] else _of_one(scores, request, options)
    screen().print(report_screen(_shortened(found)))
    save_all(found, request, pool)
    return outcome(pool, request)


def _of_one(scores: Scores, request: Request, options: dict[str, object]) -> Report:
    from matching.advice.carving import carve
    from matching.output.advice_report import carve_report, stamp_of_scores
    from matching.output.request_form import request_form
    from matching.output.save import save

    assert request.package is not None
    at_least = options["at_least"] or "possible"
    depth, reconsider = int(str(options["depth"])), bool(options["reconsider"])
    advice = carve(scores, request.package, at_least=at_least, depth=depth, reconsider=reconsider)  # type: ignore[arg-type]
    role, language = request.reader, request.language
    stamp = stamp_of_scores(scores, role, package=request.package)
    if isinstance(options["form"], Path):
        form = request_form(advice, stamp=stamp, role=role, language=language)
        save(form, options["form"], language=language, role=role)
        tell(request, "written", path=str(options["form"]))
    return carve_report(advice, stamp=stamp, role=role, language=language)


def _of_all(scores: Scores, request: Request, options: dict[str, object]) -> Report:
    from matching.advice.carving_all import carve_all
    from matching.advice.creation import create
    from matching.output.advice_report import carve_plan_report, stamp_of_scores

    plan = carve_all(scores, at_least=options["at_least"], progress=_progress(request))  # type: ignore[arg-type]
    role = request.reader
    stamp = stamp_of_scores(scores, role)
    return carve_plan_report(plan, create(scores, plan), stamp=stamp, role=role, language=request.language)


def _progress(request: Request) -> Progress:
    def told(done: int, total: int) -> None:
        if sys.stderr.isatty():
            text = say("advice.carve.progress", done=done, total=total).text(request.language)
            sys.stderr.write(f"\r{text}" + ("\n" if done == total else ""))

    return told


def _shortened(report: Report) -> Report:
    """Return the report with the first rows of each sheet and the first codes of each cell, for the screen."""
    return replace(report, sheets=tuple(_first_rows(sheet, report.language) for sheet in report.sheets))


def _first_rows(sheet: Sheet, language: Language) -> Sheet:
    listing = [column.key in LISTING for column in sheet.columns]
    rows = (zip(row, listing, strict=True) for row in sheet.rows[:SHOWN])
    shown = tuple(tuple(_first_codes(cell, language) if many else cell for cell, many in row) for row in rows)
    return replace(sheet, rows=shown)


def _first_codes(cell: Cell, language: Language) -> Cell:
    """Return the first codes of a cell that lists codes, and how many more there are."""
    codes = str(cell).split(", ") if cell else []
    if len(codes) <= CODES_SHOWN + 1:
        return cell
    return say("advice.ids_and_more", ids=codes[:CODES_SHOWN], more=len(codes) - CODES_SHOWN).text(language)
