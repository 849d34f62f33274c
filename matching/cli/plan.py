"""`matching plan`: placements for everyone at once, with proof; a plan always comes back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from matching.cli.options import POOL, SECONDS, Option, verb
from matching.cli.request import Request, outcome, read, scored, screen, show, tell, working
from matching.errors import InputRefused
from matching.text import Sentence, say

if TYPE_CHECKING:
    from matching.output.plan_view import PlanView
    from matching.planning.assignment import Assignment
    from matching.planning.plan import Plan
    from matching.scoring.scores import Scores

USUAL_SECONDS = 20.0


@verb(
    "plan",
    POOL,
    SECONDS,
    Option(name="--previous", kind="file"),
    Option(name="--change-threshold", kind="whole", default=0),
    Option(name="--change-budget", kind="whole"),
    Option(name="--policy"),
)
def VERB(  # noqa: N802
    request: Request,
    *,
    seconds: float | None,
    previous: Path | None,
    change_threshold: int,
    change_budget: int | None,
    policy: str | None,
) -> int:
    """Print the summary of the plan and write it to the files asked for."""
    from matching.output.plan_screen import plan_screen
    from matching.output.plan_view import PlanView
    from matching.output.roles import check_list
    from matching.planning.plan import PlanImpossible

    check_list(request.reader)
    pool = read(request)
    if request.package:
        pool = pool.select(packages=[request.package])
    scores = scored(pool, request)
    earlier = earlier_plan(previous) if previous else None
    asked = under(policy, scores)
    if earlier is not None:
        asked = keeping(asked, earlier, threshold=change_threshold, budget=change_budget)
    try:
        plan, code = made(asked, request, seconds=seconds or USUAL_SECONDS), 0
    except PlanImpossible as problem:
        if problem.nearest is None:
            raise
        tell(request, "error", text=problem.text(request.language))
        tell(request, "nearest_plan")
        plan, code = problem.nearest, problem.exit_code
    view = PlanView(plan, scores, request.reader, request.language)
    screen().print(plan_screen(view))
    if earlier is not None:
        show(plan.compare(earlier).text(request.language), request)
    for line in beside(view, asked):
        show(line, request)
    write(view, request)
    return max(code, outcome(pool, request))


def under(policy: str | None, scores: Scores) -> Assignment:
    """Return the question to the planner, under a policy when one is asked for."""
    from matching.planning.assignment import Assignment
    from matching.planning.policy import load_policy

    asked = Assignment(scores)
    return asked if policy is None else asked.with_policy(load_policy(policy))


def keeping(asked: Assignment, earlier: Plan, *, threshold: int, budget: int | None) -> Assignment:
    """Return the question with the wish to keep an earlier plan."""
    from matching.planning.wishes import KeepPrevious

    return asked.with_wishes(KeepPrevious.of(earlier.pairs, threshold=threshold, budget=budget))


def made(asked: Assignment, request: Request, *, seconds: float = USUAL_SECONDS) -> Plan:
    """Return the plan, solved in a child process."""
    with working(request, "planning"):
        return asked.solve(seconds=seconds, seed=request.seed, isolated=True)


def beside(view: PlanView, asked: Assignment) -> Iterator[str | Sentence]:
    """Yield what stands below the plan: how ties were settled, and under a policy its words and the report."""
    from matching.planning.reports import report_of

    if not view.plan.lot_settled:
        yield say("planning.status.lot_by_order")
    if asked.policy is not None:
        yield from asked.policy.sentences()
        yield report_of(view.plan, view.pool).text(view.language)


def earlier_plan(path: Path) -> Plan:
    """Return the plan of a .json file that `matching plan --out` wrote. Raises InputRefused when it is none."""
    from matching.planning.plan import Plan

    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except OSError:
        raise InputRefused(say("cli.cannot_read", path=str(path))) from None
    except ValueError:
        raise InputRefused(say("cli.no_plan", path=str(path))) from None
    record = found.get("record", found) if isinstance(found, dict) else found
    return Plan.from_json(json.dumps(record))


def write(view: PlanView, request: Request) -> None:
    """Write a plan to every file asked for, its report made once, and say where it is."""
    from matching.output.plan_report import plan_report
    from matching.output.save import PICTURES, save

    report = None
    for path in request.out:
        with working(request, "writing"):
            if path.suffix.casefold() in PICTURES:
                save(view.plan, path, scores=view.scores, language=request.language, role=request.reader)
            else:
                report = report or plan_report(view)
                save(report, path, language=request.language, role=request.reader)
        tell(request, "written", path=str(path))
