"""Demands that clash: every separate conflict is named, and that letting go is enough is only said when it is."""

import pytest
from planning_pools import own_scores

from matching.planning import Assignment, Pinned, PlanImpossible


def refused(scores, *pins):
    with pytest.raises(PlanImpossible) as found:
        Assignment(scores).with_limits(*(Pinned(f"K{c}", f"W{p}") for c, p in pins)).solve()
    return found.value


def test_two_separate_conflicts_are_both_named():
    found = refused(own_scores([[5, -1, 5, 5], [5, -1, 5, 5]]), (1, 0), (2, 1), (3, 1))
    assert "Er zijn 2 botsingen; laat van elke botsing één afspraak of grens los en het kan wel" in str(found.sentence)
    lines = [sentence.text("nl") for sentence in found.conflict]
    assert {line[:9] for line in lines} == {"Botsing 1", "Botsing 2"}
    assert all(any(name in line for line in lines) for name in ("K1", "K2", "K3"))


def test_one_conflict_says_that_one_is_enough():
    found = refused(own_scores([[5, 5]]), (0, 0), (1, 0))
    assert found.sentence.key == "planning.impossible.one" and len(found.conflict) == 3


def test_three_pins_on_one_place_do_not_promise_that_letting_one_go_is_enough():
    found = refused(own_scores([[5, 5, 5]]), (0, 0), (1, 0), (2, 0))
    assert found.sentence.key == "planning.impossible.one_perhaps_more"
    assert "laat er één los en het kan wel" not in found.text("nl")
