"""`matching travel`: travel times of one candidate to the work, and a check of a file of real travel times."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from matching.cli.options import CANDIDATE, DAY, OUT, POOL, ROLE, Option, verb
from matching.cli.request import Request, outcome, read, save_all, screen, show
from matching.cli.usage import WrongUsage
from matching.text import say

if TYPE_CHECKING:
    from matching.domain.pool import Pool
    from matching.intake.travel_matrix import TravelMatrix
    from matching.output.sheet import Report

MOST_REFUSED = 30


@verb(
    "travel",
    POOL,
    Option(name="--times", kind="file"),
    Option(name="--check", kind="flag", help_key="travel_check"),
    common=(CANDIDATE, DAY, ROLE, OUT),
)
def VERB(request: Request, *, times: Path | None, check: bool) -> int:  # noqa: N802
    """Check a file of travel times against a pool, or print the trips of one candidate."""
    from matching.intake.travel_matrix import read_travel_matrix
    from matching.output.screen import report_screen

    if check and times is None:
        raise WrongUsage(say("advice.travel.check_needs_times", pool=str(request.pool)))
    if not check and request.candidate is None:
        raise WrongUsage(say("advice.travel.candidate_or_check", pool=str(request.pool)))
    pool = read(request)
    matrix = read_travel_matrix(times) if times else None
    if matrix is not None:
        pool = replace(pool, travel=matrix.times)
    if check and matrix is not None:
        _print_check(matrix, pool, request)
    if request.candidate:
        report = _trips(pool, request)
        screen().print(report_screen(report))
        save_all(report, request, pool)
    return 1 if matrix and matrix.refused else outcome(pool, request)


def _print_check(matrix: TravelMatrix, pool: Pool, request: Request) -> None:
    from matching.advice.travelling import coverage

    counts = {"read": matrix.read, "accepted": matrix.accepted, "refused": len(matrix.refused)}
    show(say("advice.travel.ledger", **counts), request)
    for sentence in matrix.refused[:MOST_REFUSED]:
        show(f"- {sentence.text(request.language)}", request)
    known, pairs = coverage(pool)
    show(say("advice.travel.coverage", known=known, pairs=pairs), request)


def _trips(pool: Pool, request: Request) -> Report:
    from matching.advice.travelling import trips_of
    from matching.output.advice_report import trips_report

    assert request.candidate is not None
    return trips_report(trips_of(pool, request.candidate), pool, role=request.reader, language=request.language)
