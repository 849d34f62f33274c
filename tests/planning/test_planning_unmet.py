"""Unmet wishes: one line with names, that it was a wish, and what it cost."""

from planning_pools import own_scores

from matching.planning import Assignment, AtLeast
from matching.planning.proposal import Shortfall
from matching.planning.unmet import unmet
from matching.text import say


def test_unmet_floors_stand_in_one_line_with_what_they_cost():
    plan = Assignment(own_scores([[500], [400], [300]])).with_wishes(AtLeast(1, per="employer", price=50)).solve()
    lines = unmet(plan.shortfalls)
    assert len(plan.shortfalls) == 2 and len(lines) == 1
    said = plan.text("nl")
    assert "Een wens is niet gehaald: liefst minstens 1 plaats voor E1" in said and "samen 100 punten" in said
    assert plan.bound == plan.points - 100_000


def test_a_region_is_named_and_a_hard_demand_is_no_wish():
    about = [say("planning.wish.at_least_group", least=1, group=group) for group in ("AM06", "AM06")]
    lines = unmet([Shortfall(sentence=about[0], units=1, price=50_000), Shortfall(sentence=about[1], units=1)])
    assert "(AM06)" in lines[0].text("nl") and lines[0].text("nl").startswith("Een wens is niet gehaald")
    assert lines[1] == about[1]
