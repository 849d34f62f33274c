"""Policies are reviewable files: every key is checked, steering is off, and a plan that steers says so."""

import pytest
from planning_pools import own_scores

from matching.errors import ConfigurationRefused, UnknownName
from matching.planning import Assignment, AtLeast, GuidanceHours, Plan, Share
from matching.planning.policy import load_policy, policies
from matching.planning.reports import report_of, wilson

HEAD = 'name = "own"\nversion = "1"\nstatus = "a test"\nbecause = "to see"\n'
RULE = 'call_off_rule = "elke leverancier om de beurt"\n'


def policy(tmp_path, text):
    path = tmp_path / "own.toml"
    path.write_text(HEAD + text, encoding="utf-8")
    return load_policy(path)


@pytest.mark.parametrize("name", ["fair-spread", "standard", "strict-coach"])
def test_the_shipped_policies_can_be_read_and_do_not_steer(name):
    plan = Assignment(own_scores([[500, 400]])).with_policy(load_policy(name)).solve()
    assert name in policies() and plan.placed == 1 and plan.steering == ()
    assert name in plan.asked[0].text("en")


def test_a_policy_asks_what_python_asks(tmp_path):
    scores = own_scores([[900, 800], [700, 100]], employers=["A", "B"], places=2)
    text = '[[limits.at_most]]\nmost = 1\nper = "employer"\nbecause = "eerlijk"\n'
    plan = Assignment(scores).with_policy(policy(tmp_path, text)).solve()
    assert plan.pairs == (("K0", "W1"), ("K1", "W0"))


@pytest.mark.parametrize(
    ("text", "nearest"),
    [
        ('[[limits.at_mots]]\nmost = 1\nper = "employer"\nbecause = "x"', "at_most"),
        ('[[wishes.share]]\nper = "employer"\ngruop = "A"\nbecause = "x"', "group"),
        ("[steering]\ntarget = true", "targets"),
        ('[[wishes.supplier_spread]]\nmost_percent = 20\ncall_off_rule = "x"\nbecause = "x"', "price"),
    ],
)
def test_an_unknown_key_is_refused_with_the_nearest(tmp_path, text, nearest):
    with pytest.raises(UnknownName, match=nearest):
        policy(tmp_path, text)


@pytest.mark.parametrize(
    "text",
    [
        '[[limits.at_most]]\nmost = "1"\nper = "employer"\nbecause = "x"',
        '[[limits.at_most]]\nmost = true\nper = "employer"\nbecause = "x"',
        '[[limits.at_most]]\nmost = 1\nper = "employer"',
        '[[limits.at_most]]\nper = "employer"\nbecause = "x"',
        '[[wishes.target_shares]]\nbecause = "x"',
        '[[wishes.share]]\nper = "method"\ngroup = "collective"\nleast_percent = 30\nbecause = "x"',
        "[steering]\nsuppliers = true",
        '[steering]\ntargets = "ja"',
    ],
)
def test_wrong_values_a_missing_reason_and_steering_that_is_off_are_refused(tmp_path, text):
    with pytest.raises(ConfigurationRefused):
        policy(tmp_path, text)


def steered(tmp_path):
    text = f"[steering]\nsuppliers = true\n{RULE}[[wishes.supplier_spread]]\nmost_percent = 50\nbecause = 'afroep'\n"
    scores = own_scores([[900, 800]], places=2, people={"source_kind": "supplier", "source_organisation": "L"})
    return Assignment(scores).with_policy(policy(tmp_path, text)).solve()


def test_a_plan_that_steers_by_supplier_quotes_the_rule_in_its_summary(tmp_path):
    plan = steered(tmp_path)
    assert "elke leverancier om de beurt" in plan.summary().text("nl")
    assert plan.placed == 2 and [s.units for s in plan.shortfalls] == [100]


def test_a_plan_comes_back_from_its_json_with_what_it_steered_by(tmp_path):
    plan = steered(tmp_path)
    assert Plan.from_json(plan.to_json()).summary() == plan.summary()


def test_a_share_from_python_is_visible_too():
    share = Share(per="method", group="collective", least_percent=30)
    plan = Assignment(own_scores([[500]])).with_wishes(share).solve()
    assert plan.steering == (share.sentence(),)


@pytest.mark.parametrize("make", [lambda: GuidanceHours(hard=True), lambda: AtLeast(1, per="employer", hard=True)])
def test_a_hard_wish_asks_for_a_reason(make):
    with pytest.raises(ConfigurationRefused):
        make()


def test_guidance_hours_hold_only_when_they_are_hard():
    scores = own_scores([[900, 800]], places=2, people={"guidance_hours": 4.0}, packages=[{"guidance_hours": 5.0}])
    asked = [GuidanceHours(), GuidanceHours(hard=True, because="geen uren")]
    assert [Assignment(scores).with_wishes(wish).solve().placed for wish in asked] == [2, 1]
    assert report_of(Assignment(scores).solve(), scores.pool).guidance_short == (("W0", 3.0),)


def test_the_report_counts_heads_and_jobs_and_the_joint_target():
    methods = ("individual", "collective", "supplier", "other_employer")
    packages = [{"method": method, "hours_max": hours} for method, hours in zip(methods, (24, 36, 12, 24), strict=True)]
    scores = own_scores([[500, -1, -1, -1], [-1, 500, -1, -1], [-1, -1, 500, -1], [-1, -1, -1, 500]], packages=packages)
    report = report_of(Assignment(scores).solve(), scores.pool)
    assert [(line.heads, line.jobs, line.target) for line in report.targets] == [
        (1, 0.94, 2000),
        (1, 1.41, 1500),
        (1, 0.47, None),
        (1, 0.94, None),
        (2, 1.41, 1500),
    ]


def test_the_interval_of_a_share_is_the_known_one():
    low, high = wilson(5, 10)
    assert (round(low, 3), round(high, 3)) == (0.237, 0.763) and wilson(0, 0) is None


def test_reasons_in_two_languages_survive_the_record_and_each_reader_reads_the_own(tmp_path):
    scores = own_scores([[500, 400]])
    plan = Assignment(scores).with_policy(load_policy("fair-spread")).solve()
    back = Plan.from_json(plan.to_json())
    assert back.asked == plan.asked
    dutch, english = (" ".join(s.text(language) for s in back.asked) for language in ("nl", "en"))
    assert "haakt af" in dutch and "haakt af" not in english and "drops out" in english and "drops out" not in dutch


@pytest.mark.parametrize(
    "text",
    [
        '[[limits.exposure]]\nper = "framework_supplier"\nmost = 1\nbecause = "afroep"',
        '[[limits.at_most]]\nper = "source"\nmost = 1\nbecause = "afroep"',
        '[[wishes.supplier_spread]]\nmost_percent = 50\nbecause = "afroep"',
    ],
)
def test_whatever_steers_by_supplier_quotes_the_rule_once_in_the_summary(tmp_path, text):
    scores = own_scores([[900, 800]], places=2, people={"source_kind": "supplier", "source_organisation": "L"})
    steered = policy(tmp_path, f"[steering]\nsuppliers = true\n{RULE}{text}\n")
    plan = Assignment(scores).with_policy(steered).solve()
    assert all(plan.summary().text(language).count("elke leverancier om de beurt") == 1 for language in ("nl", "en"))
