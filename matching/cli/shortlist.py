"""`matching shortlist`: who suits a package, or which work suits a candidate."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matching.cli.options import POOL, Option, verb
from matching.cli.request import Request, outcome, read, save_all, scored, screen
from matching.cli.usage import WrongUsage
from matching.text import say

if TYPE_CHECKING:
    from matching.scoring.scores import Scores
    from matching.scoring.shortlist import Shortlist


@verb("shortlist", POOL, Option(name="--no-extra", kind="flag"))
def VERB(request: Request, *, no_extra: bool) -> int:  # noqa: N802
    """Print the lists asked for and write them to the files asked for."""
    from matching.advice.extra_line import opened
    from matching.output.roles import check_list
    from matching.output.screen import shortlist_screen
    from matching.output.stamps import stamp_of_lists

    check_list(request.reader)
    if request.package and request.candidate:
        asked = {"pool": str(request.pool), "candidate": request.candidate, "package": request.package}
        raise WrongUsage(say("cli.list_or_explain", **asked))
    pool = read(request)
    scores = scored(pool, request)
    lists = [opened(scores, one, on=not no_extra) for one in asked_lists(scores, request)]
    stamp = stamp_of_lists([one.shortlist for one in lists], role=request.reader, pool=pool)
    if not request.out or len(lists) == 1:
        for one in lists:
            screen().print(shortlist_screen(one, stamp=stamp, role=request.reader, language=request.language))
    save_all(lists[0] if len(lists) == 1 else lists, request, pool)
    return outcome(pool, request)


def asked_lists(scores: Scores, request: Request) -> list[Shortlist]:
    """Return the list of the package or candidate asked for, else of every package. Raises UnknownName."""
    if request.package:
        return [scores.shortlist(scores.pool.package(request.package).work_package_id, size=request.lines)]
    if request.candidate:
        return [scores.shortlist(scores.pool.candidate(request.candidate).candidate_id, size=request.lines)]
    return scores.shortlists(request.lines)
