"""`matching explain`: everything about one pair, or the introduction of one candidate to an employer."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from matching.cli.options import CANDIDATE, COMMON, PACKAGE, POOL, Option, verb
from matching.cli.request import Request, outcome, read, save_all, scored, screen

if TYPE_CHECKING:
    from matching.output.sheet import Report
    from matching.scoring.scores import Scores

OTHERS = tuple(option for option in COMMON if option not in (CANDIDATE, PACKAGE))


AUDIENCES = ("officer", "candidate", "employer")


@verb(
    "explain",
    POOL,
    replace(CANDIDATE, required=True),
    replace(PACKAGE, required=True),
    Option(name="--for", kind="choice", choices=AUDIENCES),
    common=OTHERS,
)
def VERB(request: Request, *, audience: str | None) -> int:  # noqa: N802
    """Print the explanation of one pair and write it to the files asked for."""
    from matching.output.fit_report import fit_report
    from matching.output.roles import Role
    from matching.output.screen import fit_screen, report_screen
    from matching.output.stamps import stamp_of_fits

    if audience == "employer":
        request = replace(request, role=Role.EMPLOYER.value)
    pool = read(request)
    assert request.candidate is not None and request.package is not None
    scores = scored(pool, request)
    if audience in ("officer", "candidate"):
        report = _page(scores, request, audience)
        screen().print(report_screen(report))
        save_all(report, request, pool)
        return outcome(pool, request)
    fit = scores.fit(request.candidate, request.package)
    role, language = request.reader, request.language
    stamp = stamp_of_fits([fit], role=role, pool=pool)
    if role is Role.EMPLOYER:
        screen().print(report_screen(fit_report(fit, stamp=stamp, role=role, language=language)))
    else:
        screen().print(fit_screen(fit, stamp=stamp, role=role, language=language))
    save_all(fit, request, pool)
    return outcome(pool, request)


def _page(scores: Scores, request: Request, audience: str) -> Report:
    """Return the page for an officer (why, why not, what would change it) or for the candidate herself."""
    from matching.advice.why import why_not
    from matching.output.candidate_page import candidate_page
    from matching.output.stamps import stamp_of_fits
    from matching.output.why_report import why_report

    assert request.candidate is not None and request.package is not None
    found = why_not(scores, request.candidate, request.package)
    stamp = stamp_of_fits([found.fit], role=request.reader, pool=scores.pool)
    if audience == "candidate":
        return candidate_page(found, stamp=stamp, role=request.reader, language=request.language)
    return why_report(found, stamp=stamp, role=request.reader, language=request.language)
