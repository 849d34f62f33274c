"""The proposal on paper: every role sees its part, and the account says what is proven and what is not."""

from __future__ import annotations

import dataclasses as dc
import datetime as dt
from pathlib import Path

import pytest
from openpyxl import load_workbook
from test_output_roles import MOTIVATION, NEED_WORDS, text_of

from matching.domain.pool import Pool
from matching.output.account import account_sheet
from matching.output.plan_todo import arrange_sheet
from matching.output.plan_view import PlanView
from matching.output.roles import Role, RoleRefused
from matching.output.save import WRITERS, save
from matching.planning.assignment import Assignment
from matching.planning.plan import Plan
from matching.planning.proposal import Shortfall
from matching.scoring.scorecard import score
from matching.scoring.scores import Scores
from matching.text import say


@pytest.fixture(scope="module")
def plan(planted_scores: Scores) -> Plan:
    return Assignment(planted_scores).solve(seconds=5, seed=1)


@pytest.mark.parametrize("ending", sorted(WRITERS))
@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.PLANNER, Role.ANALYST])
def test_no_proposal_shows_needs_or_motivation(
    role: Role, ending: str, plan: Plan, planted_scores: Scores, tmp_path: Path
) -> None:
    text = text_of(save(plan, tmp_path / f"plan{ending}", role=role.value, scores=planted_scores))
    assert MOTIVATION not in text and not any(word in text for word in NEED_WORDS)


def test_an_employer_gets_no_proposal(plan: Plan, planted_scores: Scores, tmp_path: Path) -> None:
    with pytest.raises(RoleRefused):
        save(plan, tmp_path / "plan.xlsx", role="employer", scores=planted_scores)


def test_the_account_says_what_is_proven_and_what_is_not(plan: Plan, planted_scores: Scores, tmp_path: Path) -> None:
    book = load_workbook(save(plan, tmp_path / "plan.xlsx", scores=planted_scores))
    told = " ".join(str(cell.value) for row in book["verantwoording"].iter_rows() for cell in row)
    assert planted_scores.pool.fingerprint in told and "individuele plaatsing" in told and "bewezen maximum" in told
    assert "nog niet getoetst door mensen uit de praktijk" in told and "verzonnen" not in told


def test_everybody_stands_on_one_of_the_sheets(plan: Plan, planted_scores: Scores, tmp_path: Path) -> None:
    book = load_workbook(save(plan, tmp_path / "plan.xlsx", scores=planted_scores))
    names = {cell.value for name in ("voorstel", "niet geplaatst") for row in book[name].iter_rows() for cell in row}
    assert {"K-agreed", "K-unasked", "K-nothing"} <= names


def test_work_that_waits_for_a_judgement_is_not_said_to_suit() -> None:
    told = say("output.unplaced_kind.waiting").text("nl")
    assert "kan passen, onder voorbehoud" in told and "werk dat past" not in told


def test_who_nobody_asked_when_she_is_free_gets_no_day_to_start_on(planted_pool: Pool) -> None:
    known = planted_pool.candidate("K-agreed")
    people = [known, dc.replace(known, candidate_id="K-when", available=None)]
    package = dc.replace(planted_pool.packages[0], places=2, start_date=dt.date(2027, 2, 1))
    scores = score(Pool.of(people, [package], as_of=planted_pool.as_of))
    view = PlanView(Assignment(scores).solve(seconds=5), scores, Role.LIAISON, "nl")
    found = {row["candidate"]: (row["earliest_start"], row["too_late"]) for row in arrange_sheet(view).records()}
    assert found["K-when"] == (None, "ja, als de kandidaat dan vrij is")
    assert found["K-agreed"][0] is not None and found["K-agreed"][1] == "ja"


def test_unmet_wishes_stand_in_one_line_of_the_account(planted_scores: Scores) -> None:
    about = [say("planning.wish.at_least_group", least=1, group=group) for group in ("AM06", "AM07", "AM08")]
    fallen = tuple(Shortfall(sentence=sentence, units=1, price=50_000) for sentence in about)
    plan = dc.replace(Assignment(planted_scores).solve(seconds=5), shortfalls=fallen)
    rows = account_sheet(PlanView(plan, planted_scores, Role.COORDINATOR, "nl")).rows
    assert [row[1].count("(AM0") for row in rows if "(AM0" in str(row[1])] == [3]
