"""Points are the same whole numbers wherever they are shown, and the parts add up to them."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.intake import read_pool
from matching.output.account import account_sheet
from matching.output.fit_report import parts_sheet, verdict
from matching.output.picture_fit import waterfall_picture
from matching.output.plan_report import proposal_sheet
from matching.output.plan_screen import proposals_table
from matching.output.plan_unplaced import unplaced_sheet
from matching.output.plan_view import PlanView
from matching.output.roles import Role
from matching.output.screen import sum_table
from matching.planning.assignment import Assignment
from matching.planning.reasons import shown_points
from matching.scoring.fit import Fit
from matching.scoring.parts import whole_points
from matching.scoring.scorecard import score
from matching.scoring.scores import Scores
from matching.synthetic.world import generate
from matching.text import Language

POOL = Path(__file__).parents[2] / "data" / "synthetic"


@pytest.fixture(scope="module")
def scores() -> Scores:
    return score(read_pool(POOL, as_of=dt.date(2026, 11, 1)))


@pytest.fixture(scope="module")
def parted(scores: Scores) -> Fit:
    """A pair whose parts have fractions: 213.98 and the rest whole, 838.98 together."""
    fit = scores.fit("K-00275", "WP-0013")
    assert fit.total % 1000 > 500
    return fit


@given(st.lists(st.integers(min_value=0, max_value=260_000), max_size=12))
def test_whole_parts_add_up_to_the_whole_total_and_move_less_than_a_point(totals: list[int]) -> None:
    shown = whole_points(totals)
    assert sum(shown) == sum(totals) // 1000
    assert all(abs(1000 * part - total) < 1000 for part, total in zip(shown, totals, strict=True))


def test_of_equal_remainders_the_first_criterion_gets_the_point() -> None:
    assert whole_points([1_500, 1_500, 2_900, 100]) == (2, 1, 3, 0)


def test_table_picture_text_and_verdict_of_a_pair_show_the_same_points(parted: Fit) -> None:
    *parts, total = parts_sheet(parted, Role.LIAISON, "nl").rows
    drawn = waterfall_picture(parted).chart.to_dict()["data"]["values"]
    table = [*sum_table(parted, Role.LIAISON, "nl").columns[1].cells]
    told = re.findall(r": (\d+) van \d+\. ", " ".join(str(parted).split()))
    assert [row[1] for row in parts] == [bar["end"] - bar["start"] for bar in drawn[:-1]]
    assert [str(row[1]) for row in (*parts, total)] == table
    assert sum(row[1] for row in parts) == total[1] == parted.points == drawn[-1]["end"] == sum(map(int, told))
    assert f" {parted.points} van 1000" in verdict(parted, "nl") and f"Samen: {parted.points} van" in str(parted)


def test_the_sums_of_a_plan_agree_between_its_sheets() -> None:
    scores = score(generate(60, 4, seed=5).pool)
    view = PlanView(Assignment(scores).solve(seconds=5, seed=1), scores, Role.COORDINATOR, "nl")
    sheet = proposal_sheet(view)
    points = [row[[column.key for column in sheet.columns].index("points")] for row in sheet.rows]
    told = {row[1]: row[2] for row in account_sheet(view).rows}
    assert told["punten samen (van 1000 per voorstel)"].replace(".", "") == str(sum(points))  # type: ignore[arg-type, union-attr]
    assert sum(points) * 1000 < sum(one.points for one in view.plan.proposals)  # type: ignore[arg-type]


@pytest.mark.parametrize(("language", "other"), [("nl", "xpert judgement"), ("en", "deskundig")])
def test_the_account_speaks_of_its_scorecards_in_one_language(language: Language, other: str) -> None:
    scores = score(generate(60, 4, seed=5).pool)
    view = PlanView(Assignment(scores).solve(seconds=5, seed=1), scores, Role.COORDINATOR, language)
    said = [str(row[3]) for row in account_sheet(view).rows if "700" in str(row[2])]
    assert said and not any(other in text for text in said)
    assert all(text.endswith(".") for text in said)


def test_the_reasons_of_a_plan_leave_the_same_fraction_out_as_a_list(parted: Fit) -> None:
    assert shown_points(parted.total) == parted.points


def test_every_points_of_a_plan_stand_with_how_low_and_high_they_can_come() -> None:
    scores = score(generate(60, 4, seed=5).pool)
    view = PlanView(Assignment(scores).solve(seconds=5, seed=1), scores, Role.COORDINATOR, "nl")
    sheet = proposal_sheet(view)
    at = [column.key for column in sheet.columns].index("range")
    assert [row[at] for row in sheet.rows] == [f"{fit.low // 1000} - {fit.high // 1000}" for _, fit in view.proposals]
    best = [str(row[-1]) for row in unplaced_sheet(view).rows if row[-1]]
    assert best and all(re.search(r"\(\d+ punten, \d+ tot \d+\)", text) for text in best)
    bands = list(proposals_table(view).columns[3].cells)
    assert bands and all(re.search(r"\n\d+ \(\d+ tot \d+\)$|\n1000$", str(text)) for text in bands)
