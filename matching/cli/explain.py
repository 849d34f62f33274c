"""`matching explain`: everything about one pair, or the introduction of one candidate to an employer."""

from __future__ import annotations

from dataclasses import replace

from matching.cli.options import CANDIDATE, COMMON, PACKAGE, POOL, verb
from matching.cli.request import Request, outcome, read, save_all, scored, screen

OTHERS = tuple(option for option in COMMON if option not in (CANDIDATE, PACKAGE))


@verb("explain", POOL, replace(CANDIDATE, required=True), replace(PACKAGE, required=True), common=OTHERS)
def VERB(request: Request) -> int:  # noqa: N802
    """Print the explanation of one pair and write it to the files asked for."""
    from matching.output.fit_report import fit_report
    from matching.output.roles import Role
    from matching.output.screen import fit_screen, report_screen
    from matching.output.stamps import stamp_of_fits

    pool = read(request)
    assert request.candidate is not None and request.package is not None
    fit = scored(pool, request).fit(request.candidate, request.package)
    role, language = request.reader, request.language
    stamp = stamp_of_fits([fit], role=role, pool=pool)
    if role is Role.EMPLOYER:
        screen().print(report_screen(fit_report(fit, stamp=stamp, role=role, language=language)))
    else:
        screen().print(fit_screen(fit, stamp=stamp, role=role, language=language))
    save_all(fit, request, pool)
    return outcome(pool, request)
