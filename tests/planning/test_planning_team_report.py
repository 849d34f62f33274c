"""The report on teams: sizes, who leads, hours of guidance, kinds of work, and what would complete a team."""

import numpy as np
import pytest
from planning_teams import sizes, team_scores

from matching.domain.work_package import Guide, Task
from matching.planning import Assignment, KeepPrevious, Pinned, Plan, TeamSize
from matching.planning.team_report import teams_of


def reported(scores, *limits):
    plan = Assignment(scores).with_limits(*limits).solve(seconds=20)
    return teams_of(plan, scores.pool)


def told(line, language="en"):
    return " ".join(sentence.text(language) for sentence in line.remarks())


def test_a_line_counts_who_is_there_and_who_is_proposed():
    line = reported(team_scores([[500] * 4], [9], places=3)).teams[0]
    assert (line.members, line.proposed, line.total, line.state) == (9, 3, 12, "whole")
    assert line.sentence().text("en") == "Team W0: now 9, proposed 3, together 12 (target 10-15)."


@pytest.mark.parametrize(
    ("members", "people", "state"),
    [(7, 2, "below"), (0, 9, "closed"), (0, 10, "whole"), (None, 3, "unclear"), (17, 2, "above")],
)
def test_the_state_of_a_team(members, people, state):
    scores = team_scores([[500] * people], [members], places=15 if members == 0 else 3)
    assert reported(scores).teams[0].state == state


def test_leader_and_coach_are_named_or_asked_for():
    named = {"team_leader": "TL-1", "job_coach": "JC-1"}
    one, other = reported(team_scores([[5] * 20, [5] * 20], [0, 0], packages=[named, {}])).teams
    assert (one.leader, one.coach) == ("TL-1", "JC-1") and "leader" not in told(one)
    assert "no named team leader" in told(other) and "no named job coach" in told(other)


def test_the_hours_of_a_coach_stand_beside_what_all_the_teams_ask():
    coach = Guide(guide_id="JC", role="coach", hours_a_week=30.0, max_teams=1)
    people = [{"guidance_hours": 2.0}] * 18 + [{}] * 2
    scores = team_scores([[5] * 20] * 2, [0, 0], people=people, packages=[{"job_coach": "JC"}] * 2, guides=[coach])
    report = reported(scores)
    line = report.coaches[0]
    assert (line.guidance.asked, line.guidance.unknown, line.guidance.short, line.too_many) == (36.0, 2, 6.0, 1)
    assert "who provides 6 hours?" in line.sentence().text("en")
    assert "JC has 2 teams and can have 1" in report.text("en")


def test_a_kind_of_work_is_covered_by_two_who_wish_or_master_it():
    people = [{"wished_work_kinds": (("archive", 1),)}, {"work_kinds_mastered": frozenset({"archive", "catering"})}]
    tasks = (Task(name="a", work_kind="archive"), Task(name="c", work_kind="catering"))
    scores = team_scores([[5] * 10], [0], people=people + [{}] * 8, packages=[{"tasks": tasks}])
    line = reported(scores).teams[0]
    assert line.kinds == (("archive", 2), ("catering", 1)) and [kind for kind, _ in line.thin] == ["catering"]
    assert "Catering" in told(line)


def test_unknown_members_are_asked_for():
    line = reported(team_scores([[5] * 3], [None], places=3)).teams[0]
    assert "is not known: ask" in told(line) and line.total == 3


def test_a_full_team_of_nine_names_who_has_no_proposal_and_asks_for_a_place():
    line = reported(team_scores([[900, 800, 700]], [8], places=1)).teams[0]
    assert (line.total, line.short) == (9, 1)
    assert "1 place too few" in told(line) and "without a proposal: K1, K2." in told(line)


def test_who_could_come_from_other_work_stands_there_with_what_it_costs():
    table = [[500] * 12, [400] * 12]
    packages = [{}, {"method": "individual"}]
    scores = team_scores(table, [8, None], places=[1, 11], packages=packages)
    line = reported(scores, Pinned("K0", "W0")).teams[0]
    assert "can go from W1 to team W0: the pair then has 100 points more" in told(line)


def test_nobody_else_is_said_when_nobody_else_fits():
    assert "Nobody else fits team W0" in told(reported(team_scores([[500]], [7])).teams[0])


def test_two_teams_at_one_place_that_are_fifteen_together_could_merge_and_what_that_costs_is_said():
    table = [[600, -1, -1], [300, 500, 400]]
    one, other = reported(team_scores(table, [8, 3], places=[1, 2])).teams
    assert "W0 and team W1 are at the same employer" in told(one) and "14 together" in told(one)
    assert "proposals of W0 (1) go to W1, those pairs have 300 points less; 0 of them" in told(other)


@pytest.mark.parametrize("elsewhere", [{"employer": "F"}, {"municipality": "zwolle"}, {"employer": None}])
def test_teams_of_different_places_are_not_said_to_merge(elsewhere):
    scores = team_scores([[600, -1, -1], [300, 500, 400]], [8, 3], places=[1, 2], packages=[{}, elsewhere])
    assert "together" not in told(reported(scores).teams[0])


def test_a_team_that_is_not_opened_says_how_many_fit_and_how_many_are_missing():
    line = reported(team_scores([[500] * 7], [0])).teams[0]
    assert "7 candidates fit" in told(line) and "3 more are needed" in told(line)
    few = reported(team_scores([[500] * 17], [0], places=6)).teams[0]
    assert "has 6 places; a new team starts with 10" in told(few)


def test_people_who_were_pinned_together_against_a_wish_are_counted_and_not_named():
    pins = Pinned("K0", "W0"), Pinned("K1", "W0")
    line = reported(team_scores([[500] * 11], [0], apart=[(1, 0)]), *pins).teams[0]
    assert line.together == 1 and "1 pair was put together" in told(line)
    assert "K0" not in told(line) and "K1" not in told(line)


def test_the_report_reads_the_sizes_that_were_asked():
    line = reported(team_scores([[5] * 4], [0]), TeamSize(least=3, most=6)).teams[0]
    assert (line.sizes.least, line.sizes.most, line.state) == (3, 6, "whole")


def test_a_plan_from_its_record_has_the_same_sizes_without_who_could_come():
    scores = team_scores([[900, 800, 700]], [8], places=1)
    plan = Plan.from_json(Assignment(scores).solve().to_json())
    line = teams_of(plan, scores.pool).teams[0]
    assert (line.total, line.state) == (9, "below") and "K1" not in told(line)


def test_every_repair_that_names_somebody_is_possible_when_it_is_pinned():
    table = np.random.default_rng(3).integers(100, 900, (2, 13))
    scores = team_scores(table, [8, None], places=[1, 12], packages=[{}, {"method": "individual"}])
    before = Assignment(scores).solve()
    moved = next(s for s in teams_of(before, scores.pool).teams[0].repairs if s.key == "teams.repair.move")
    name = dict(moved.values)["candidate"]
    after = Assignment(scores).with_limits(Pinned(str(name), "W0")).solve()
    assert (str(name), "W0") in after.pairs


def test_when_somebody_leaves_a_team_stays_between_ten_and_fifteen_with_the_fewest_changes():
    table = np.random.default_rng(5).integers(100, 900, (2, 22))
    before = Assignment(team_scores(table, [0, 0], places=[10, 12])).solve()
    gone = next(c for c, p in before.pairs if p == "W0")
    table[:, int(gone[1:])] = -1
    keep = KeepPrevious.of(before.pairs, threshold=900)
    after = Assignment(team_scores(table, [0, 0], places=[10, 12])).with_wishes(keep).solve()
    assert sorted(sizes(after).values()) == [10, 11]
    assert len(set(before.pairs) - set(after.pairs)) == 2


def test_the_frame_has_a_row_for_each_team():
    frame = reported(team_scores([[5] * 3], [9], places=3)).to_frame()
    assert frame.loc[0, ["package", "members", "proposed", "total", "state"]].tolist() == ["W0", 9, 3, 12, "whole"]
