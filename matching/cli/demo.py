"""`matching demo`: the main job on the made-up data that travel with the program."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from matching.cli.options import SEED, Option, verb
from matching.cli.plan import made, under, write
from matching.cli.request import Request, outcome, read, scored, screen, show, tell, working
from matching.cli.shipped import SHIPPED_DAY, shipped_pool

if TYPE_CHECKING:
    from matching.planning.plan import Plan
    from matching.scoring.fit import Fit
    from matching.scoring.scores import Scores
    from matching.scoring.shortlist import Shortlist

FOLDER = Path("out")
LIST_SIZE = 5
USUAL_METHOD = "individual"


@verb(
    "demo",
    Option(name="--out", kind="file", help_key="demo_out"),
    common=(SEED,),
)
def VERB(request: Request) -> int:  # noqa: N802
    """Print one shortlist, one explanation and the plan's summary; write the workbook and the pictures."""
    from matching.output.plan_screen import plan_screen
    from matching.output.plan_view import PlanView
    from matching.output.roles import Role
    from matching.output.screen import fit_screen, shortlist_screen
    from matching.output.stamps import stamp_of_fits, stamp_of_lists

    folder = (request.out or (FOLDER,))[0]
    request = replace(request, pool=shipped_pool(), as_of=SHIPPED_DAY, size=LIST_SIZE, role=Role.LIAISON.value)
    role, language = Role.LIAISON, request.language
    pool = read(request)
    scores = scored(pool, request)
    show(request.words("demo.welcome"), request)
    found = example_list(scores)
    stamp = stamp_of_lists([found], role=role, pool=pool)
    _step(request, "demo.shortlist", package=found.lines[0].fit.work_package_id)
    screen().print(shortlist_screen(found, stamp=stamp, role=role, language=language))
    fit = found.lines[0].fit
    _step(request, "demo.explain", candidate=fit.candidate_id, package=fit.work_package_id)
    fit_stamp = stamp_of_fits([fit], role=role, pool=pool)
    screen().print(fit_screen(fit, stamp=fit_stamp, role=role, language=language))
    plan, code = _planned(scores, request)
    view = PlanView(plan, scores, role, language)
    _step(request, "demo.plan")
    screen().print(plan_screen(view))
    write(view, replace(request, out=(folder / "voorstel.xlsx",)))
    _draw((found, fit, plan), scores, replace(request, out=(folder,)))
    show(request.words("demo.done", folder=str(folder)), request)
    return max(code, outcome(pool, request))


def example_list(scores: Scores) -> Shortlist:
    """Return the list to show: the first, by id, whose first line is strong and fits; else the first with a line."""
    first: Shortlist | None = None
    for one in _lists(scores):
        if one.lines:
            first = first or one
            fit = one.lines[0].fit
            if fit.band == "strong" and not fit.outcome:
                return one
    return first or next(_lists(scores))


def _lists(scores: Scores) -> Iterator[Shortlist]:
    pool = scores.pool
    wanted = [work for work in pool.packages.rows() if work.method == USUAL_METHOD and work.programme is None]
    for work in sorted(wanted or pool.packages.rows(), key=lambda work: work.work_package_id):
        yield scores.shortlist(work.work_package_id, LIST_SIZE)


def _planned(scores: Scores, request: Request) -> tuple[Plan, int]:
    from matching.planning.plan import PlanImpossible

    try:
        return made(under(None, scores), request), 0
    except PlanImpossible as problem:
        if problem.nearest is None:
            raise
        tell(request, "note", text=problem.text(request.language))
        return problem.nearest, 0


def _step(request: Request, key: str, **values: object) -> None:
    show("", request)
    show(request.words("demo.step", command=request.words(key, **values)), request)
    show("", request)


def _draw(results: Sequence[Fit | Plan | Shortlist], scores: Scores, request: Request) -> None:
    from matching.output.save import save

    folder = request.out[0]
    names = ("shortlist", "uitleg", "voorstel", "onbekend")
    with working(request, "drawing"):
        for name, thing in zip(names, (*results, scores.pool), strict=True):
            for ending in (".svg", ".png"):
                path = folder / f"{name}{ending}"
                save(thing, path, language=request.language, role=request.reader, scores=scores)
    tell(request, "written", path=", ".join(str(folder / f"{name}.svg") for name in names))
    sys.stderr.flush()
