"""Choices that a planner makes on purpose: exposure, divisible hours, jobs, judged pairs only, and what a pin costs."""

import datetime as dt
from dataclasses import replace

import pytest
from planning_pools import AS_OF, agreed, own_scores

from matching.domain.agreement import Decision
from matching.errors import ConfigurationRefused
from matching.planning import (
    Assignment,
    CountJobs,
    DividedHours,
    Exposure,
    OnePlacePerPerson,
    OnlyCleared,
    Pinned,
    pin_costs,
)
from matching.planning.policy import load_policy
from matching.planning.reports import ExposureLine, report_of

CROSSED = [[900, 800, 100], [850, 300, 100]]
SUPPLIERS = {"source_kind": "supplier", "source_organisation": "L"}


def presented(scores, *pairs, on=AS_OF):
    """Return the scores of a pool in which these pairs were presented on that day."""
    shown = tuple(Decision(candidate_id=c, work_package_id=p, decision="presented", on=on) for c, p in pairs)
    return replace(scores, pool=replace(scores.pool, decisions=shown))


def most(per, number, **more):
    return Exposure(per=per, most=number, because="eerlijk", **more)


def test_a_supplier_is_proposed_at_most_so_often():
    scores = own_scores(CROSSED, people=SUPPLIERS)
    assert Assignment(scores).with_limits(most("framework_supplier", 1)).solve().placed == 1
    assert Assignment(scores).with_limits(most("framework_supplier", 1, price=1)).solve().placed == 2


@pytest.mark.parametrize(("percent", "placed"), [(100, 2), (50, 1), (1, 1)])
def test_a_share_of_the_proposals_is_rounded_up(percent, placed):
    scores = own_scores(CROSSED, employers=["E", "E"])
    limit = Exposure(per="employer", most_percent=percent, because="eerlijk")
    assert Assignment(scores).with_limits(limit).solve().placed == placed


def test_who_was_presented_before_counts_and_is_told():
    before = presented(own_scores([[900, 100]]), ("K0", "W0"))
    plan = Assignment(before).with_limits(most("person", 1, weeks=4)).solve()
    assert plan.pairs == (("K1", "W0"),)
    assert plan.why("K0")[0].key == "planning.exposure.resting" and "4 weken al 1 keer" in str(plan.why("K0")[0])


@pytest.mark.parametrize(("weeks_ago", "placed"), [(0, "K1"), (4, "K1"), (5, "K0"), (None, "K1")])
def test_only_the_last_weeks_count_and_an_unknown_day_counts(weeks_ago, placed):
    on = None if weeks_ago is None else AS_OF - dt.timedelta(weeks=weeks_ago)
    scores = presented(own_scores([[900, 100]]), ("K0", "W0"), on=on)
    plan = Assignment(scores).with_limits(most("person", 1, weeks=4)).solve()
    assert [candidate for candidate, _ in plan.pairs] == [placed]


def test_an_exposure_limit_of_a_person_outlives_more_places_a_person():
    scores = own_scores(CROSSED)
    asked = Assignment(scores).with_limits(most("person", 1), OnePlacePerPerson(places=2))
    assert max(map(len, asked.solve().by_candidate.values())) == 1


def test_a_package_is_shown_no_further_people_when_it_saw_enough():
    scores = presented(own_scores([[900, 800]], places=2), ("K0", "W0"))
    assert Assignment(scores).with_limits(most("package", 2, weeks=4)).solve().placed == 1


def test_what_was_accepted_stays_whatever_the_exposure():
    held = own_scores(
        CROSSED, people=SUPPLIERS, agreements=[agreed("accepted", "K0", "W0"), agreed("accepted", "K1", "W1")]
    )
    assert Assignment(held).with_limits(most("framework_supplier", 1)).solve().placed == 2
    half = Exposure(per="framework_supplier", most_percent=10, because="eerlijk")
    assert Assignment(held).with_limits(half).solve().placed == 2


@pytest.mark.parametrize("bounds", [{}, {"most": 1, "most_percent": 9}])
def test_exposure_asks_one_bound(bounds):
    with pytest.raises(ConfigurationRefused):
        Exposure(per="source", because="x", **bounds)
    with pytest.raises(ConfigurationRefused):
        Exposure(per="person", because="x", most_percent=10)


@pytest.mark.parametrize(
    ("shown", "of", "suitable", "standing"),
    [(5, 10, 5, "within"), (0, 40, 5, "below"), (40, 40, 5, "above"), (0, 0, 5, "unclear")],
)
def test_the_report_sets_exposure_beside_the_share_of_suitable_people(shown, of, suitable, standing):
    line = ExposureLine(group="L", shown=shown, all_shown=of, suitable=suitable, all_suitable=10)
    assert line.standing == standing and "L" in line.sentence().text("nl")


def test_exposure_in_the_report_counts_this_plan_and_the_quarter():
    scores = presented(own_scores(CROSSED, people=SUPPLIERS), ("K2", "W0"))
    report = report_of(Assignment(scores).solve(), scores.pool)
    assert [(x.shown, x.all_shown, x.suitable, x.all_suitable) for x in report.exposure] == [(3, 3, 3, 3)]


def test_a_divisible_package_of_the_pool_is_shared_by_hours():
    packages = [{"divisible": True, "hours_max": 36.0}]
    scores = own_scores([[500, 400, 300, 200]], people={"hours_max": 12.0}, packages=packages)
    plan = Assignment(scores).with_limits(DividedHours()).solve()
    assert [c for c, _ in plan.pairs] == ["K0", "K1", "K2"]
    assert Assignment(scores).solve().placed == 1


def test_a_package_that_is_not_known_to_be_divisible_keeps_its_places():
    for known in (None, False):
        scores = own_scores([[500, 400]], packages=[{"divisible": known, "hours_max": 36.0}])
        assert Assignment(scores).with_limits(DividedHours()).solve().placed == 1


def test_jobs_count_only_when_chosen_and_then_every_summary_says_whom_it_favours():
    packages = [{"hours_min": 36.0, "hours_max": 36.0}, {"hours_min": 8.0, "hours_max": 8.0}, {"hours_max": 8.0}]
    scores = own_scores([[100, -1], [900, -1], [-1, 500]], packages=packages)
    jobs = Assignment(scores).with_wishes(CountJobs()).solve()
    assert dict(Assignment(scores).solve().pairs)["K0"] == "W1" and dict(jobs.pairs)["K0"] == "W0"
    assert jobs.stages[0].name == "hours" and jobs.stages[0].value == 440 and jobs.status == "optimal"
    assert "voorrang aan wie meer uren kan werken" in jobs.summary().text("nl")
    assert "favours those who can work more hours" in jobs.summary().text("en")


def test_unknown_hours_count_as_one_job():
    jobs = Assignment(own_scores([[100]])).with_wishes(CountJobs()).solve()
    assert jobs.stages[0].value == 255


def test_only_judged_pairs_leave_out_who_waits_and_say_so():
    scores = own_scores(CROSSED, judge=[("K0", "W0"), ("K0", "W1"), ("K1", "W0")])
    plan = Assignment(scores).with_limits(OnlyCleared()).solve()
    assert dict(plan.pairs) == {"K1": "W1", "K2": "W0"} and not any(p.provisional for p in plan.proposals)
    assert plan.why("K0")[0].key == "planning.unplaced.waiting" and "zijn er 2 mogelijke" in str(plan.why("K0")[0])
    assert "1 mens met mogelijk werk wacht daardoor" in str(plan.summary())
    lines = report_of(plan, scores.pool).waiting
    assert [(line.arrangement, line.people, line.waiting) for line in lines] == [(None, 3, 1)]


@pytest.mark.parametrize("kind", ["cleared", "pin", "accepted"])
def test_a_cleared_pinned_or_accepted_pair_takes_part(kind):
    scores = own_scores([[500]], judge=[("K0", "W0")], agreements=[agreed(kind, "K0", "W0")])
    assert Assignment(scores).with_limits(OnlyCleared()).solve().placed == 1


def test_a_pin_says_what_it_costs_and_whom_it_moves():
    asked = Assignment(own_scores(CROSSED)).with_limits(Pinned("K2", "W0", because="toegezegd"))
    plan = asked.solve()
    cost = pin_costs(asked, plan)[0]
    assert (cost.places, cost.points, cost.moved, cost.proven) == (0, 700_000, ("K1",), True)
    assert "700 punten" in cost.sentence().text("nl") and ": K1." in cost.sentence().text("en")


def test_an_agreed_pin_is_priced_too_and_a_pin_where_somebody_stands_anyway_is_free():
    scores = own_scores(CROSSED, agreements=[agreed("pin", "K1", "W0")])
    asked = Assignment(scores)
    cost = pin_costs(asked, asked.solve())[0]
    assert (cost.places, cost.points, cost.moved) == (0, 0, ()) and cost.sentence().key == "planning.pin_cost.free"


HEAD = 'name = "own"\nversion = "1"\nstatus = "a test"\nbecause = "to see"\n'


def policy(tmp_path, text):
    (tmp_path / "own.toml").write_text(HEAD + text, encoding="utf-8")
    return load_policy(tmp_path / "own.toml")


def test_a_policy_can_ask_all_of_it(tmp_path):
    text = """
[[limits.exposure]]
per = "person"
most = 3
weeks = 13
because = { nl = "niet te vaak", en = "not too often" }
[[limits.divided_hours]]
because = "kan"
[[limits.only_cleared]]
because = "eerst bellen"
[steering]
jobs = true
[[wishes.count_jobs]]
because = "afgesproken"
"""
    plan = Assignment(own_scores([[500, 400]])).with_policy(policy(tmp_path, text)).solve()
    assert plan.placed == 1 and len(plan.steering) == 1
    asked = " ".join(sentence.text("en") for sentence in plan.asked)
    assert asked.count("not too often") == 1 and "niet te vaak" not in asked


@pytest.mark.parametrize(
    "text",
    [
        '[[wishes.count_jobs]]\nbecause = "x"',
        '[[limits.exposure]]\nper = "framework_supplier"\nmost = 2\nbecause = "x"',
        '[[limits.exposure]]\nper = "person"\nmost = 2\nbecause = { nl = "x" }',
    ],
)
def test_jobs_and_supplier_ceilings_are_refused_until_they_are_switched_on(tmp_path, text):
    with pytest.raises(ConfigurationRefused):
        policy(tmp_path, text)
