"""What changed against an earlier plan: numbers that add up, and no cause that the two plans do not show."""

import datetime as dt
from dataclasses import replace

from planning_pools import agreed, own_scores

from matching.planning import Assignment, AtLeast, KeepPrevious, Pinned, Plan


def later(before, scores, *limits, wishes=()):
    asked = Assignment(scores).with_limits(*limits).with_wishes(*wishes, KeepPrevious.of(before.pairs))
    return asked.solve().compare(Plan.from_json(before.to_json()))


def causes(found):
    return {change.candidate_id: change.cause for change in found.changes}


def test_a_place_that_passes_to_another_is_never_called_an_added_place():
    before = Assignment(own_scores([[500, 400]])).solve()
    found = later(before, own_scores([[500, 600]]))
    assert causes(found) == {"K0": "whole_plan", "K1": "whole_plan"}
    assert "plaats bij" not in found.text()
    assert "maakt het hele plan hoger" in str(found.changes[1].because)


def test_a_new_pin_is_named_and_who_changes_with_it_refers_to_that_person():
    scores = own_scores([[500, 400, 100], [300, -1, -1]])
    before = Assignment(scores).solve()
    found = later(before, scores, Pinned("K2", "W0"))
    assert causes(found)["K2"] == "agreed" and "K2 staat vast op W0" in found.text()
    assert {cause for name, cause in causes(found).items() if name != "K2"} == {"chain"}
    assert "Nu gevraagd, eerder niet: K2 staat vast op W0" in found.text()


def test_kinds_and_causes_each_add_up_to_the_people_who_have_something_else():
    scores = own_scores([[900, 800, -1], [850, -1, 700]])
    before = Assignment(own_scores([[900, -1, -1], [-1, 800, -1]], places=1)).solve()
    found = later(before, scores)
    said = dict(found.summary().values)
    for part in ("kinds", "because"):
        assert sum(dict(one.values)["count"] for one in said[part]) == said["people"] == len(found.changes) > 1


def test_points_that_differ_are_the_cause_and_both_are_named():
    before = Assignment(own_scores([[500, 400]])).solve()
    found = later(before, own_scores([[300, 400]]))
    assert causes(found) == {"K0": "score", "K1": "chain"}
    assert "W0 had 500 punten, nu 300" in found.text()


def test_fewer_places_are_named_only_when_there_are_fewer():
    before = Assignment(own_scores([[500, 400]], places=2)).solve()
    found = later(before, own_scores([[500, 400]], places=1))
    assert causes(found) == {"K1": "fewer_places"} and "W0 heeft nu 1 plaats; eerder waren er 2" in found.text()


def test_what_kept_somebody_out_before_is_named_when_it_ended():
    scores = [[500, 600]]
    before = Assignment(own_scores(scores, agreements=[agreed("reserve", "K1")])).solve()
    found = later(before, own_scores(scores))
    assert causes(found) == {"K0": "chain", "K1": "freed"} and "K1 is gereserveerd" in found.text()


def test_another_question_is_named_and_without_proof_no_cause_is_claimed():
    before = Assignment(own_scores([[500, 490]])).solve()
    found = later(before, own_scores([[500, 510]]), wishes=[AtLeast(1, per="employer")])
    assert (
        set(causes(found).values()) == {"asked_otherwise"} and "Liefst minstens 1 plaats per werkgever" in found.text()
    )
    assert set(causes(Assignment(own_scores([[500, 510]])).solve().compare(before)).values()) == {"unchecked"}


def test_another_day_is_named():
    scores = own_scores([[500, 400]])
    before = Assignment(scores).solve()
    moved = replace(scores, pool=replace(scores.pool, as_of=dt.date(2026, 12, 15)))
    assert "De datum van het plan is nu 15-12-2026; dat was 01-11-2026." in later(before, moved).text()
