"""`matching plan`: placements for everyone at once, with proof; a plan always comes back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
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
    Option(name="--count", kind="choice", choices=("people", "jobs"), default="people"),
    Option(name="--only-cleared", kind="flag"),
    Option(name="--pin-costs", kind="flag"),
)
def VERB(  # noqa: N802
    request: Request,
    *,
    seconds: float | None,
    previous: Path | None,
    pin_costs: bool,
    **choices: object,
) -> int:
    """Print the summary of the plan and write it to the files asked for."""
    from matching.output.plan_screen import plan_screen
    from matching.output.plan_view import PlanView
    from matching.output.roles import check_list

    check_list(request.reader)
    pool = read(request)
    if request.package:
        pool = pool.select(packages=[request.package])
    if request.candidate:
        pool = pool.select(candidates=[request.candidate])
    scores = scored(pool, request)
    earlier = earlier_plan(previous) if previous else None
    asked = question(scores, earlier, **choices)  # type: ignore[arg-type]
    plan, code = best_or_nearest(asked, request, seconds=seconds or USUAL_SECONDS)
    if pin_costs and not code:
        plan = with_pin_costs(plan, asked, request, seconds=seconds or USUAL_SECONDS)
    if earlier is not None:
        plan = plan.beside(earlier)
    view = PlanView(plan, scores, request.reader, request.language)
    screen().print(plan_screen(view))
    for line in beside(asked):
        show(line, request)
    write(view, request)
    return max(code, outcome(pool, request))


def question(
    scores: Scores,
    earlier: Plan | None,
    *,
    policy: str | None = None,
    count: str = "people",
    only_cleared: bool = False,
    change_threshold: int = 0,
    change_budget: int | None = None,
) -> Assignment:
    """Return the question to the planner that the options ask."""
    from matching.planning.cleared import OnlyCleared
    from matching.planning.wishes import CountJobs

    asked = under(policy, scores)
    if only_cleared:
        asked = asked.with_limits(OnlyCleared())
    if count == "jobs":
        asked = asked.with_wishes(CountJobs())
    if earlier is not None:
        asked = keeping(asked, earlier, threshold=change_threshold, budget=change_budget)
    return asked


def best_or_nearest(asked: Assignment, request: Request, *, seconds: float) -> tuple[Plan, int]:
    """Return the plan and exit code 0, or the nearest plan and 1 after saying which demands clash."""
    from matching.planning.plan import PlanImpossible

    try:
        return made(asked, request, seconds=seconds), 0
    except PlanImpossible as problem:
        if problem.nearest is None:
            raise
        tell(request, "error", text=problem.text(request.language))
        tell(request, "nearest_plan")
        return problem.nearest, problem.exit_code


def with_pin_costs(plan: Plan, asked: Assignment, request: Request, *, seconds: float) -> Plan:
    """Return the plan with what its pins cost, each computed with a plan without it."""
    from matching.planning.pins import MOST_PINS, pin_costs

    with working(request, "planning"):
        costs = pin_costs(asked, plan, seconds=seconds, isolated=True)
    pins = sum(one.held == "pinned" for one in plan.proposals)
    more = (say("planning.pin_cost.first", count=pins, shown=MOST_PINS),) if pins > MOST_PINS else ()
    return replace(plan, pin_costs=costs, notes=(*plan.notes, *more))


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


def beside(asked: Assignment) -> Iterator[Sentence]:
    """Yield what a policy asks and why, when there is one."""
    if asked.policy is not None:
        yield from asked.policy.sentences()


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
