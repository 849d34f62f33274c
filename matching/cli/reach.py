"""`matching reach`: who is on no list however long, and why; nobody because something is unknown."""

from __future__ import annotations

from matching.cli.options import DAY, METHOD, OUT, POOL, PROGRAMME, ROLE, SCORECARD, verb
from matching.cli.request import Request, outcome, read, save_all, scored, screen


@verb("reach", POOL, common=(PROGRAMME, METHOD, SCORECARD, DAY, ROLE, OUT))
def VERB(request: Request) -> int:  # noqa: N802
    """Print who is on no list with the causes, and write them to the files asked for."""
    from matching.output.advice_report import reach_report, stamp_of_scores
    from matching.output.screen import report_screen

    pool = read(request)
    scores = scored(pool, request)
    stamp = stamp_of_scores(scores, request.reader)
    report = reach_report(scores.reach(), stamp=stamp, role=request.reader, language=request.language)
    screen().print(report_screen(report))
    save_all(report, request, pool)
    return outcome(pool, request)
