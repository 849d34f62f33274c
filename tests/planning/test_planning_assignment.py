"""Limits and wishes do what their sentences say, and the plan says what it could not do."""

import datetime as dt

import numpy as np
import pytest
from planning_pools import agreed, own_scores

from matching.errors import DemandImpossible, InputRefused, UnknownName
from matching.planning import (
    Assignment,
    AtLeast,
    AtMost,
    Excluding,
    GuidanceHours,
    HourBudget,
    KeepPrevious,
    OnePlacePerPerson,
    Pinned,
    PlacedSomewhere,
    Places,
    Plan,
    Reserved,
    SamePerson,
    Share,
    Vetoed,
)

CROSSED = [[900, 800, 100], [850, 300, 100]]


def pairs(plan):
    return dict(plan.pairs)


def test_the_plan_is_best_for_everybody_together_and_proven():
    plan = Assignment(own_scores(CROSSED)).solve()
    assert pairs(plan) == {"K1": "W0", "K0": "W1"}
    assert (plan.status, plan.gap, plan.over_all_pairs, plan.bound) == ("optimal", 0.0, True, 1_650_000)


def test_people_come_before_points():
    plan = Assignment(own_scores([[1000, 1], [1, -1]])).solve()
    assert pairs(plan) == {"K0": "W1", "K1": "W0"}


def test_a_pin_holds_and_a_veto_too():
    scores = own_scores(CROSSED)
    assert pairs(Assignment(scores).with_limits(Pinned("K2", "W0", because="afgesproken")).solve())["K2"] == "W0"
    assert pairs(Assignment(scores).with_limits(Vetoed("K1", "W0")).solve())["K0"] == "W0"
    assert "K0" not in pairs(Assignment(scores).with_limits(Vetoed("K0", employer="E0"), Vetoed("K0", "W1")).solve())


def test_agreements_of_the_pool_hold_until_their_date():
    today, past = dt.date(2026, 12, 1), dt.date(2026, 10, 1)
    held = own_scores(CROSSED, agreements=[agreed("reserve", "K1", until=today), agreed("pin", "K2", "W1", until=past)])
    plan = Assignment(held).solve()
    assert "K1" not in pairs(plan) and "K2" in pairs(plan)
    assert plan.why("K1")[0].key == "planning.limit.reserved"


def test_an_accepted_place_never_moves_even_beyond_the_places():
    held = own_scores(CROSSED, agreements=[agreed("accepted", "K2", "W0"), agreed("accepted", "K1", "W0")])
    plan = Assignment(held).solve()
    assert pairs(plan) == {"K2": "W0", "K1": "W0", "K0": "W1"}
    assert plan.by_candidate["K2"][0].held == "accepted"


def test_a_reservation_for_a_package_leaves_only_that_package():
    plan = Assignment(own_scores(CROSSED)).with_limits(Reserved("K0", package="W0")).solve()
    assert pairs(plan)["K0"] == "W0"


def test_two_ids_of_one_person_count_once():
    plan = Assignment(own_scores(CROSSED)).with_limits(SamePerson("K0", "K1")).solve()
    assert len({"K0", "K1"} & set(pairs(plan))) == 1
    assert any(u.reason.key == "planning.unplaced.same_person" for u in plan.unplaced)


def test_a_pair_to_judge_is_proposed_with_reservation_until_it_is_cleared():
    judged = [("K0", "W0")]
    assert Assignment(own_scores([[500]], judge=judged)).solve().proposals[0].provisional
    cleared = own_scores([[500]], judge=judged, agreements=[agreed("cleared", "K0", "W0")])
    assert not Assignment(cleared).solve().proposals[0].provisional


def test_places_and_more_than_one_place_a_person():
    scores = own_scores(CROSSED)
    assert len(Assignment(scores).with_limits(Places("W0", 2)).solve().pairs) == 3
    twice = Assignment(scores).with_limits(OnePlacePerPerson(places=2), Vetoed("K1"), Vetoed("K2"))
    assert len(twice.solve().pairs) == 2
    assert len(twice.with_limits(Excluding("W0", "W1")).solve().pairs) == 1


def test_a_divisible_package_divides_its_hours():
    scores = own_scores([[500, 400, 300]], places=3, people={"hours_max": 16.0})
    assert set(pairs(Assignment(scores).with_limits(HourBudget("W0", 32)).solve())) == {"K0", "K1"}


def test_a_ceiling_for_a_group_asks_its_ground_and_holds():
    scores = own_scores(CROSSED, employers=["E", "E"])
    plan = Assignment(scores).with_limits(AtMost(most=1, per="employer", because="raamcontract, artikel 4")).solve()
    assert len(plan.pairs) == 1


def test_a_wish_moves_points_but_never_a_person_out_of_the_plan():
    scores = own_scores([[900, 890], [100, 20]], places=2, employers=["A", "B"])
    without = Assignment(scores).solve()
    wished = Assignment(scores).with_wishes(AtLeast(1, per="employer", price=900)).solve()
    assert set(pairs(without).values()) == {"W0"}
    assert set(pairs(wished).values()) == {"W0", "W1"} and wished.placed == 2
    assert wished.status == "optimal" and wished.shortfalls == ()


def test_a_wish_that_is_too_dear_is_a_named_shortfall():
    scores = own_scores([[900, 890], [100, 20]], places=2, employers=["A", "B"])
    plan = Assignment(scores).with_wishes(AtLeast(1, per="employer", price=100)).solve()
    assert [(s.units, s.price) for s in plan.shortfalls] == [(1, 100_000)]
    assert "B" in str(plan.shortfalls[0].sentence)


def test_a_share_is_a_wish_in_hundredths_of_a_place():
    scores = own_scores([[900, 890], [100, 20]], places=2, employers=["A", "B"])
    plan = Assignment(scores).with_wishes(Share(per="employer", group="B", least_percent=50, price=1000)).solve()
    assert sorted(pairs(plan).values()) == ["W0", "W1"]


def test_guidance_hours_short_are_reported_and_nobody_is_left_out():
    people, packages = {"guidance_hours": 3.0}, [{"guidance_hours": 4.0}]
    scores = own_scores([[500, 400]], places=2, people=people, packages=packages)
    plan = Assignment(scores).with_wishes(GuidanceHours(price=1)).solve()
    assert plan.placed == 2 and [s.units for s in plan.shortfalls] == [20]


def test_an_earlier_plan_is_kept_when_nothing_is_gained():
    scores = own_scores([[500, 500, 500]])
    first = Assignment(scores).solve(seed=1)
    again = [Assignment(scores).with_wishes(KeepPrevious(first.pairs)).solve(seed=n).pairs for n in range(8)]
    assert set(again) == {first.pairs}


def test_a_change_must_gain_more_than_the_threshold():
    scores = own_scores([[500, 520]])
    kept = KeepPrevious((("K0", "W0"),), threshold=30)
    assert pairs(Assignment(scores).with_wishes(kept).solve()) == {"K0": "W0"}
    freed = KeepPrevious((("K0", "W0"),), threshold=10)
    plan = Assignment(scores).with_wishes(freed).solve()
    assert pairs(plan) == {"K1": "W0"} and plan.points == 520_000


def test_the_number_of_changes_stays_within_its_budget():
    scores = own_scores(np.eye(4, dtype=int) * 500 + 100)
    earlier = tuple((f"K{n}", f"W{(n + 1) % 4}") for n in range(4))
    plan = Assignment(scores).with_wishes(KeepPrevious(earlier, budget=2)).solve()
    assert 4 - len(set(earlier) & set(plan.pairs)) <= 2


def test_a_comparison_says_how_many_and_why():
    before = Assignment(own_scores([[500, 400]])).solve()
    after = Assignment(own_scores([[-1, 400]])).solve()
    changes = after.compare(before)
    assert changes.changed == 1
    assert {c.candidate_id: c.cause for c in changes.changes} == {
        "K0": "pair_gone",
        "K1": "chain",
    }


def test_clashing_pins_give_the_conflict_in_words_and_the_nearest_plan():
    wanted = Pinned("K0", "W0"), Pinned("K1", "W0", because="toegezegd.")
    with pytest.raises(DemandImpossible) as found:
        Assignment(own_scores(CROSSED)).with_limits(*wanted).solve()
    assert sorted(s.text("en") for s in found.value.conflict) == [
        "K0 is pinned to W0.",
        "K1 is pinned to W0: toegezegd.",
        "Package W0 has 1 place.",
    ]
    assert found.value.nearest.placed == 2 and len(found.value.nearest.shortfalls) == 1


def test_a_pin_on_a_pair_that_a_rule_excludes_is_a_conflict():
    with pytest.raises(DemandImpossible) as found:
        Assignment(own_scores([[-1, 5]])).with_limits(Pinned("K0", "W0")).solve()
    assert {s.key for s in found.value.conflict} == {"planning.limit.excluded", "planning.demand.pin"}


def test_somebody_can_be_promised_a_place_with_an_employer():
    plan = Assignment(own_scores(CROSSED)).with_limits(PlacedSomewhere("K2", employer="E1")).solve()
    assert pairs(plan)["K2"] == "W1"
    with pytest.raises(DemandImpossible):
        Assignment(own_scores([[-1, 5]])).with_limits(PlacedSomewhere("K0", employer="E0")).solve()


def test_an_unknown_id_names_the_nearest():
    with pytest.raises(UnknownName):
        Assignment(own_scores(CROSSED)).with_limits(Pinned("K9", "W0")).solve()


def test_everybody_without_a_place_has_a_reason_and_everybody_with_one_too():
    plan = Assignment(own_scores([[900, 800, -1]])).solve()
    assert {u.candidate_id: u.reason.key for u in plan.unplaced} == {
        "K1": "planning.unplaced.taken",
        "K2": "planning.unplaced.no_pair",
    }
    assert plan.why("K0")[0].key == "planning.why.new"


@pytest.mark.parametrize(("cleared", "key"), [((), "taken_to_judge"), (("K1",), "taken")])
def test_somebody_whose_best_work_must_be_judged_first_hears_that_and_not_that_it_suits(cleared, key):
    agreements = [agreed("cleared", who, "W0") for who in cleared]
    plan = Assignment(own_scores([[900, 800]], judge=[("K1", "W0")], agreements=agreements)).solve()
    reason = plan.unplaced[0].reason
    assert reason.key == f"planning.unplaced.{key}"
    assert ("onder voorbehoud" in reason.text("nl")) == (not cleared)


def test_a_plan_survives_its_json_and_equal_plans_are_equal_texts():
    scores = own_scores(CROSSED, agreements=[agreed("reserve", "K1", until=dt.date(2027, 1, 1))])
    plan, again = Assignment(scores).solve(), Assignment(scores).solve()
    back = Plan.from_json(plan.to_json())
    assert back.to_json() == plan.to_json() == again.to_json()
    assert back.unplaced == plan.unplaced and back.proposals == plan.proposals


@pytest.mark.parametrize("text", ["", "{}", "[]", "null", '{"version": 1}', '{"version": 99}', "{"])
def test_what_is_no_plan_is_refused(text):
    with pytest.raises(InputRefused):
        Plan.from_json(text)


def test_every_limit_and_wish_speaks_both_languages():
    items = (
        OnePlacePerPerson(), Places("W", 2), Pinned("K", "W"), PlacedSomewhere("K", "E"), Vetoed("K"), Reserved("K"),
        SamePerson("K", "L"), Excluding("W", "V"), HourBudget("W", 9), AtMost(most=1, per="source", because="wet"),
        AtLeast(2, per="region"), Share(per="method", group="x", most_percent=9), GuidanceHours(), KeepPrevious(()),
    )  # fmt: skip
    texts = [item.sentence().text(language) for item in items for language in ("nl", "en")]
    assert len(set(texts)) == len(texts)


def test_an_isolated_plan_is_the_same_plan():
    scores = own_scores(CROSSED)
    assert Assignment(scores).solve(isolated=True).pairs == Assignment(scores).solve().pairs


def test_a_plan_says_when_the_order_of_the_draw_and_not_the_lot_chose_it():
    scores = own_scores([[500] * 80] * 60, employers=["E"] * 60)
    ceiling = AtMost(most=10, per="employer", because="ruimte")
    open_ties = Assignment(scores).with_limits(ceiling).solve()
    assert Assignment(scores).solve().lot_settled and not open_ties.lot_settled
    assert "volgorde van de loting" in open_ties.text() and Plan.from_json(open_ties.to_json()).lot_settled is False
