"""Agreements in a plan: they hold up to and including their day, and who has no place hears which one it was."""

import datetime as dt

import pytest
from planning_pools import AS_OF, agreed, own_scores

from matching.planning import Assignment, KeepPrevious, Plan, Reserved, Vetoed

YESTERDAY, TOMORROW = AS_OF - dt.timedelta(days=1), AS_OF + dt.timedelta(days=1)


@pytest.mark.parametrize(("until", "holds"), [(YESTERDAY, False), (AS_OF, True), (TOMORROW, True), (None, True)])
@pytest.mark.parametrize("kind", ["veto", "reserve", "pin", "accepted", "cleared"])
def test_an_agreement_holds_up_to_and_including_its_day(kind, until, holds):
    package = None if kind == "reserve" else "W0"
    scores = own_scores([[100, 900]], judge=[("K0", "W0")], agreements=[agreed(kind, "K0", package, until=until)])
    plan = Assignment(scores).solve()
    if kind in ("veto", "reserve"):
        alone = own_scores([[100]], agreements=[agreed(kind, "K0", package, until=until)])
        assert Assignment(alone).solve().placed == (0 if holds else 1)
    elif kind == "cleared":
        alone = own_scores([[9]], judge=[("K0", "W0")], agreements=[agreed(kind, "K0", "W0", until=until)])
        assert Assignment(alone).solve().proposals[0].provisional is not holds
    else:
        assert [candidate for candidate, _ in plan.pairs] == (["K0"] if holds else ["K1"])


@pytest.mark.parametrize(("until", "placed"), [(YESTERDAY, 1), (AS_OF, 0), (TOMORROW, 0)])
@pytest.mark.parametrize("limit", [Reserved, Vetoed])
def test_a_limit_from_python_ends_on_its_day_too(limit, until, placed):
    assert Assignment(own_scores([[100]])).with_limits(limit("K0", until=until)).solve().placed == placed


@pytest.mark.parametrize(
    ("agreements", "words"),
    [
        ([agreed("reserve", "K0", until=TOMORROW)], "gereserveerd (tot en met 02-11-2026)"),
        ([agreed("reserve", "K0")], "gereserveerd (zonder einddatum)"),
        ([agreed("veto", "K0", until=TOMORROW)], "tot en met 02-11-2026 in geen voorstel"),
        ([agreed("veto", "K0", "W0", until=TOMORROW)], "tot en met 02-11-2026 niet naar W0"),
        ([agreed("veto", "K0", employer="E0")], "niet naar E0"),
        ([agreed("reserve", "K0", "W1", until=TOMORROW)], "gereserveerd voor W1 (tot en met 02-11-2026)"),
    ],
)
def test_who_is_ruled_out_hears_which_agreement_and_until_when(agreements, words):
    plan = Assignment(own_scores([[100], [-1]], agreements=agreements)).solve()
    assert plan.placed == 0 and words in plan.why("K0")[0].text("nl")


def test_who_is_reserved_for_a_package_that_went_to_another_hears_both():
    scores = own_scores([[100, 900], [500, -1]], agreements=[agreed("reserve", "K0", "W0", until=TOMORROW)])
    because = Assignment(scores).solve().why("K0")[0]
    assert because.key == "planning.unplaced.taken_held"
    assert "K1" in because.text("nl") and "gereserveerd voor W0 (tot en met 02-11-2026)" in because.text("nl")


def test_a_comparison_says_why_in_its_summary_and_for_each_person():
    before = Assignment(own_scores([[500, 400], [100, -1]])).solve()
    agreements = [agreed("veto", "K1", "W0", until=TOMORROW)]
    asked = Assignment(own_scores([[500, 400], [100, -1]], agreements=agreements))
    after = asked.with_wishes(KeepPrevious.of(before.pairs)).solve().beside(before)
    assert before.pairs == (("K0", "W1"), ("K1", "W0")) and after.pairs == (("K0", "W0"),)
    said = after.summary().text("nl")
    assert (
        "2 van 2 voorstellen gewijzigd. Voor 2 mensen is er iets anders" in said
        and "zo is het nu afgesproken (1)" in said
    )
    assert "K1 gaat tot en met 02-11-2026 niet naar W0" in " ".join(change.text("nl") for change in after.changes)
    assert Plan.from_json(after.to_json()).changes == after.changes
