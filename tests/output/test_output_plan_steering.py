"""What a plan steers by, and what it favours, stands on every output: nobody can pass the plan on without it."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
from rich.console import Console
from test_output_roles import text_of

from matching.output.plan_screen import plan_screen
from matching.output.plan_view import PlanView
from matching.output.roles import Role
from matching.output.save import PICTURES, WRITERS, save
from matching.planning import Assignment, CountJobs, Share
from matching.planning.plan import Plan
from matching.planning.steering import SupplierSpread, TargetShares
from matching.scoring.scores import Scores
from matching.text import Language

RULE = "elke leverancier om de beurt"
STEERED = {
    "jobs": (
        CountJobs(),
        {"nl": "voorrang aan wie meer uren kan werken", "en": "favours those who can work more hours"},
    ),
    "suppliers": (SupplierSpread(most_percent=50, call_off_rule=RULE), {"nl": RULE, "en": RULE}),
    "targets": (
        TargetShares(),
        {"nl": "zoals de doelen: 40 % individueel", "en": "targets are: 40 % individual"},
    ),
    "share": (
        Share(per="method", group="collective", least_percent=30),
        {"nl": "dit plan stuurt dus op een aandeel", "en": "this plan steers by a share"},
    ),
}


def steered(scores: Scores, kind: str) -> Plan:
    return Assignment(scores).with_wishes(STEERED[kind][0]).solve(seconds=5)


def flat(text: str) -> str:
    return " ".join(text.casefold().replace("</text>", " ").split())


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("kind", sorted(STEERED))
@pytest.mark.parametrize("ending", sorted([*WRITERS, *PICTURES]))
def test_every_file_says_what_the_plan_steers_by(
    ending: str, kind: str, language: Language, planted_scores: Scores, tmp_path: Path
) -> None:
    path = tmp_path / f"plan{ending}"
    save(steered(planted_scores, kind), path, language=language, scores=planted_scores)
    beside = path.with_suffix(".txt") if ending == ".png" else path
    assert STEERED[kind][1][language].casefold() in flat(text_of(beside))


@pytest.mark.parametrize("kind", sorted(STEERED))
def test_the_screen_and_the_record_say_it_too(kind: str, planted_scores: Scores, tmp_path: Path) -> None:
    plan = steered(planted_scores, kind)
    console = Console(width=80, record=True, file=io.StringIO())
    console.print(plan_screen(PlanView(plan, planted_scores, Role.PLANNER, "nl")))
    assert STEERED[kind][1]["nl"].casefold() in flat(console.export_text())
    found = json.loads(save(plan, tmp_path / "plan.json", scores=planted_scores).read_text(encoding="utf-8"))
    assert Plan.from_json(json.dumps(found["record"])).steering == plan.steering


@pytest.mark.parametrize("ending", sorted([*WRITERS, ".svg"]))
def test_a_plan_that_steers_by_nothing_says_nothing_of_it(ending: str, planted_scores: Scores, tmp_path: Path) -> None:
    plan = Assignment(planted_scores).solve(seconds=5)
    path = save(plan, tmp_path / f"plan{ending}", scores=planted_scores)
    assert plan.steering == () and "dit plan stuurt" not in flat(text_of(path))


def test_the_account_has_the_report_and_how_ties_were_settled(planted_scores: Scores, tmp_path: Path) -> None:
    plan = replace(Assignment(planted_scores).solve(seconds=5), lot_settled=False)
    told = flat(text_of(save(plan, tmp_path / "plan.txt", scores=planted_scores)))
    assert "verslag van dit plan" in told and "banen; het doel is" in told and "volgorde van de loting" in told
