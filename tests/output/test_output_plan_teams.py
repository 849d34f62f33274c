"""The teams of a plan on the screen, on a sheet and in JSON: what each role sees, and what a team pool gets."""

from __future__ import annotations

import dataclasses as dc
import datetime as dt
import io
import json
from collections import Counter
from pathlib import Path

import pytest
from openpyxl import load_workbook
from rich.console import Console

from matching.cli.main import run
from matching.domain.pool import Pool
from matching.output.plan_screen import plan_screen
from matching.output.plan_teams import team_lines, team_sheet
from matching.output.plan_view import PlanView
from matching.output.roles import Role
from matching.planning.assignment import Assignment
from matching.runs.reading import read_pool
from matching.scoring.scorecard import score
from tests.output.team_world import people, teams, written

DAY = ("--date", "2026-11-01", "--seconds", "20")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The team pool as files."""
    return written(tmp_path_factory.mktemp("teams"), people(), teams())


@pytest.fixture(scope="module")
def pool(folder: Path) -> Pool:
    """The team pool as the library reads it."""
    return read_pool(folder, as_of=dt.date(2026, 11, 1))


@pytest.fixture(scope="module")
def plan(pool: Pool) -> PlanView:
    """The plan of the team pool for a planner."""
    scores = score(pool)
    return PlanView(Assignment(scores).solve(seconds=20), scores, Role.PLANNER, "nl")


def screened(view: PlanView) -> str:
    console = Console(width=80, record=True, file=io.StringIO())
    console.print(plan_screen(view))
    return " ".join(console.export_text().split())


def totals(view: PlanView) -> dict[str, int]:
    found = Counter(package for _, package in view.plan.pairs)
    return {team.work_package_id: (team.team_members or 0) + found[team.work_package_id] for team in teams()}


def test_forty_people_at_two_sites_make_teams_of_ten_to_fifteen_and_the_plan_is_proven(plan: PlanView) -> None:
    assert totals(plan) == {"WP-A": 10, "WP-B": 12, "WP-C": 9, "WP-D": 15}
    assert plan.plan.status == "optimal"


def test_two_who_do_not_want_to_be_together_are_in_no_team_together(plan: PlanView) -> None:
    found = dict(plan.plan.pairs)
    assert plan.pool.candidates[1].not_together_with == {"K-04"}
    assert found.get("K-02", "-") != found.get("K-04", "--")


def test_the_screen_shows_each_team_and_who_completes_the_one_of_nine(plan: PlanView) -> None:
    said = screened(plan)
    assert "WP-C loopt 5 4 9 TL-3 JC-2" in said
    assert "Team WP-C heeft er 1 te weinig" in said and "passen en hebben nog geen voorstel: K-" in said
    assert "Team WP-D heeft nog geen teamleider met naam" in said


def test_the_hours_of_a_coach_that_fall_short_are_named(plan: PlanView) -> None:
    assert "Jobcoach JC-2 (WP-C, WP-D): voorgesteld" in screened(plan) and "wie levert" in screened(plan)


def test_a_workbook_has_a_sheet_of_teams_and_json_the_same_rows(folder: Path, tmp_path: Path) -> None:
    book, file = tmp_path / "teams.xlsx", tmp_path / "teams.json"
    assert run(["plan", str(folder), *DAY, "--role", "planner", "--out", str(book), "--out", str(file)]) == 0
    rows = json.loads(file.read_text(encoding="utf-8"))["teams"]
    found = [(row["work_package"], row["total"]) for row in rows]
    assert found == [("WP-C", 9), ("WP-A", 10), ("WP-B", 12), ("WP-D", 15)]
    cells = {cell.value for row in load_workbook(book)["teams"].iter_rows() for cell in row}
    assert {"WP-A", "WP-B", "WP-C", "WP-D", "TL-1", "JC-2", "10-15"} <= cells


def test_english_output_has_no_dutch_team_words(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["plan", str(folder), *DAY, "--role", "planner", "--lang", "en"]) == 0
    said = capsys.readouterr().out
    assert "Team WP-C is 1 short" in said and "loopt" not in said and "te weinig" not in said


@pytest.mark.parametrize(("role", "shown"), [(Role.LIAISON, True), (Role.PLANNER, False), (Role.ANALYST, False)])
def test_hours_of_guidance_of_a_few_people_are_for_who_may_read_needs(role: Role, shown: bool, plan: PlanView) -> None:
    few = dc.replace(plan.plan, proposals=plan.plan.proposals[:2])
    sheet = team_sheet(PlanView(few, plan.scores, role, "nl"))[0]
    hours = [record["guidance"] for record in sheet.records() if record["proposed"]]
    assert [hour is not None for hour in hours] == [shown] * len(hours) and hours


def test_a_pool_without_teams_has_neither_sheet_nor_table(pool: Pool, plan: PlanView) -> None:
    other = [dc.replace(team, method="individual") for team in teams()]
    scores = score(Pool.of(people(), other, as_of=pool.as_of))
    view = PlanView(Assignment(scores).solve(seconds=20), scores, Role.PLANNER, "nl")
    assert team_sheet(view) == () and team_lines(view) == []
