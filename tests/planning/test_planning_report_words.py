"""The report of a plan speaks of the work that is there, says what is short in one line, and nothing of too few."""

from planning_pools import own_scores

from matching.planning import Assignment
from matching.planning.reports import TOO_FEW, ExposureLine, PlanReport, report_of


def test_only_methods_of_the_work_that_is_there_are_reported():
    scores = own_scores([[500], [400]], packages=[{"method": "individual", "programme": "riha"}] * 2)
    assert [line.methods for line in report_of(Assignment(scores).solve(), scores.pool).targets] == [("individual",)]
    scores = own_scores([[500]], packages=[{"method": "supplier"}])
    shared = ("supplier", "other_employer")
    assert [line.methods for line in report_of(Assignment(scores).solve(), scores.pool).targets] == [shared[:1], shared]


def test_missing_guidance_stands_in_one_line():
    report = PlanReport(targets=(), spread=(), guidance_short=(("W1", 2.0), ("W2", 1.0)))
    assert (
        report.text("nl").splitlines()[-1]
        == "- Begeleiding die nog ontbreekt, per week: W1 2 uur, W2 1 uur. Wie levert die?"
    )


def test_of_a_few_proposals_nothing_is_said_about_who_is_shown_less():
    few, enough = (ExposureLine(group="A", shown=0, all_shown=n, suitable=9, all_suitable=10) for n in (3, TOO_FEW))
    assert (few.standing, enough.standing) == ("unclear", "below")
    told = PlanReport(targets=(), spread=(), guidance_short=(), exposure=(few,)).text("nl")
    assert told.count("te weinig voorstellen") == 1 and "Minder zichtbaar" not in told
