"""Plans over a whole pool look at few pairs and are proven for all of them, with the prices of limits and wishes."""

from dataclasses import replace

import numpy as np
import pytest
from planning_pools import own_scores

from matching.planning import Assignment, AtLeast, AtMost, GuidanceHours, Share
from matching.planning.layout import Seats
from matching.planning.market import NOBODY, Asking, near_pairs, near_pairs_of
from matching.planning.measure import Weighing
from matching.planning.overall import Search, solve_over_all, with_pairs
from matching.planning.prices import Prices, bound
from matching.planning.rows_over_all import can_price_rows, closed, solve_rows_over_all
from matching.planning.scored import best_edges
from matching.planning.solvers.clock import Clock


def scores_of(seed, work=12, people=30, **more):
    draw = np.random.default_rng(seed)
    totals = np.where(draw.random((work, people)) < 0.3, -1, draw.integers(0, 60, (work, people)) * 16)
    employers = [f"E{n % 3}" for n in range(work)]
    return own_scores(totals, places=[int(n) for n in draw.integers(1, 4, work)], employers=employers, **more)


def wishing(scores):
    share = Share(per="employer", group="E1", least_percent=60, price=300)
    few = AtMost(most=6, per="employer", group="E0", because="ruimte")
    return Assignment(scores).with_wishes(share, AtLeast(9, per="employer", price=90)).with_limits(few)


def ids_of(found, pool):
    layout, chosen = found.layout, found.solved.chosen
    pairs = zip(layout.candidate[chosen], layout.package[chosen], strict=True)
    return {(pool.candidates.ids[c], pool.packages.ids[p]) for c, p in pairs}


@pytest.mark.parametrize("seed", range(12))
def test_a_plan_with_wishes_from_few_pairs_equals_the_plan_of_all_pairs(seed):
    scores = scores_of(seed)
    asked = wishing(scores)
    whole = asked.solve(seconds=30)
    found = solve_rows_over_all(scores, Seats(asked.draft(), 0), seconds=30, first_best=2)
    certificate = found.solved.certificate
    assert certificate.values == tuple(stage.value for stage in whole.stages)
    assert found.over_all_pairs and all(b >= v for b, v in zip(certificate.bounds, certificate.values, strict=True))
    assert not (found.solved.lot_settled and whole.lot_settled) or ids_of(found, scores.pool) == set(whole.pairs)


@pytest.mark.parametrize("seed", range(6))
def test_prices_that_are_too_low_for_unlisted_pairs_are_raised_before_they_prove_anything(seed):
    scores = scores_of(seed)
    seats = Seats(wishing(scores).draft(), 0)
    best = wishing(scores).solve(seconds=30).stages[1].value
    layout = with_pairs(scores, seats, tuple(side[:3] for side in best_edges(scores, 1)))
    sides = layout.problem.candidates, layout.problem.packages, len(layout.problem.rows)
    nothing = [np.zeros(size, np.int64) for size in sides]
    short = Prices(multipliers=(0, 1), candidate=nothing[0], package=nothing[1], rows=nothing[2])
    proof, missing = closed(scores, layout, short)
    assert len(missing[0]) and bound(layout.problem, short) < best <= bound(layout.problem, proof)


@pytest.mark.parametrize("per_point", [1, 3])
def test_a_pass_finds_exactly_the_pairs_that_are_worth_their_prices(per_point):
    scores, draw = scores_of(5), np.random.default_rng(1)
    person, place = draw.integers(0, 300_000, 30), draw.integers(0, 600_000, 12)
    person[3], often = NOBODY, draw.integers(0, 5, 30)
    asking = Asking(
        per_pair=7, per_point=per_point, candidate=person, package=place, extra={4: [(20_000, often), (-9_000, often)]}
    )
    worth = 7 + per_point * scores.totals - person[None, :] - place[:, None]
    worth[4] -= 11_000 * often
    expected = {(c, p) for p, c in np.argwhere((worth >= -50_000) & (scores.totals >= 0)).tolist()}
    found = near_pairs(scores, asking, 50_000).pairs
    assert set(zip(found[0].tolist(), found[1].tolist(), strict=True)) == expected and expected
    assert asking.worth(*found).tolist() == [int(worth[p, c]) for c, p in zip(found[0], found[1], strict=True)]
    some = near_pairs_of(scores, np.array([4]), asking, 50_000).pairs
    assert set(zip(some[0].tolist(), some[1].tolist(), strict=True)) == {pair for pair in expected if pair[1] == 4}


def test_a_weighing_weighs_any_pair():
    person, package = np.array([1, 2, 3]), np.array([0, 5])
    weigh = Weighing(person=person, package=package).shifted(100, -30)
    assert weigh(np.array([0, 2, 2]), np.array([1, 0, 1])).tolist() == [470, -30, 1470]
    assert Weighing(constant=2)(np.array([0]), np.array([1])).tolist() == [3]


def test_every_wish_and_limit_can_be_priced_over_all_pairs():
    packages = [{"guidance_hours": 4.0}] * 12
    asked = wishing(scores_of(1, packages=packages)).with_wishes(GuidanceHours(price=2))
    draft = asked.draft()
    assert len(draft.rows) > 12 and can_price_rows(Seats(draft, 0))


@pytest.mark.parametrize(("work", "people"), [(12, 1_100), (1_100, 12), (40, 1_020)])
def test_a_pool_with_many_on_one_side_gives_the_plan_of_all_pairs(work, people):
    scores = scores_of(3, work=work, people=people)
    found = solve_over_all(scores, Seats(Assignment(scores).draft(), 0), seconds=60)
    whole = Assignment(scores).solve(seconds=60)
    assert found.over_all_pairs and found.solved.certificate.status == "optimal"
    assert ids_of(found, scores.pool) == set(whole.pairs)


@pytest.mark.parametrize("seed", range(4))
def test_a_pair_that_calls_prices_too_low_costs_nobody_a_place_when_the_time_is_up(seed):
    scores = scores_of(seed)
    draft = Assignment(scores).draft()
    draft.places = draft.places // 2 + 1
    search = Search(scores, Seats(draft, 0), Clock(0))
    search.begun(1)
    search.last = replace(search.last, prices=replace(search.last.prices, candidate=search.last.prices.candidate // 2))
    layout, certificate = search.answer(proven=False)
    assert certificate.values[0] == min(int(draft.places.sum()), 30)
    assert certificate.values[0] == len(certificate.chosen) and len(layout.problem.edges)
