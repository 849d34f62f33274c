"""The relaxation of a whole pool from tiny first lists, beside the same question with every pair listed."""

import numpy as np
import pytest
from planning_pools import AS_OF, OwnScores

from matching.domain.candidate import Candidate
from matching.domain.pool import Pool
from matching.domain.work_package import WorkPackage
from matching.planning import Assignment, AtLeast, AtMost, GuidanceHours, Pinned, PlanImpossible, Share
from matching.planning.layout import Seats
from matching.planning.limits import OnePlacePerPerson, PlacedSomewhere, Vetoed
from matching.planning.measure import Weighing, Weighings
from matching.planning.rows_over_all import solve_rows_over_all


def drawn_scores(draw, people, work):
    """Return scores of people of four sources and packages of four employers, a quarter to a half of pairs possible."""
    taste = draw.integers(0, 300, (4, 4))[draw.integers(0, 4, work)][:, draw.integers(0, 4, people)]
    totals = np.where(draw.random((work, people)) < 0.6, -1, taste + draw.integers(0, 600, (work, people)))
    persons = [
        Candidate(candidate_id=f"K{n}", source_organisation=f"S{draw.integers(4)}", guidance_hours=draw.integers(4) / 2)
        for n in range(people)
    ]
    packages = [
        WorkPackage(
            work_package_id=f"W{n}", employer=f"E{n % 4}", places=int(draw.integers(1, 4)), guidance_hours=2.0 * (n % 2)
        )
        for n in range(work)
    ]
    return OwnScores(Pool.of(persons, packages, as_of=AS_OF), np.where(totals < 0, -1, totals * 1000))


def drawn_question(seed, *, people, work):
    """Return a question with two to five limits and wishes of every kind that has a price over all pairs."""
    draw = np.random.default_rng(seed)
    scores = drawn_scores(draw, people, work)
    some = people // 8
    kinds = [
        Share(per="employer", group="E1", least_percent=int(draw.integers(20, 50)), price=300),
        Share(per="source", group="S2", most_percent=int(draw.integers(5, 25)), price=int(draw.integers(50, 400))),
        AtLeast(int(draw.integers(1, some)), per="source", price=int(draw.integers(20, 500))),
        AtLeast(int(draw.integers(1, some)), per="employer", price=90),
        GuidanceHours(price=int(draw.integers(1, 30))),
        AtMost(most=int(draw.integers(some // 2, 2 * some)), per="employer", group="E0", because="ruimte"),
        AtMost(most=int(draw.integers(some // 2, 2 * some)), per="source", because="spreiding"),
        AtLeast(int(draw.integers(1, some)), per="source", group="S3", hard=True, because="afspraak"),
        OnePlacePerPerson(places=2),
        PlacedSomewhere("K1", because="afspraak"),
        Vetoed("K2", "W1"),
    ]
    chosen = [kinds[n] for n in sorted(draw.choice(len(kinds), int(draw.integers(2, 6)), replace=False))]
    possible = np.argwhere(scores.totals >= 0)[-1]
    pin = [Pinned(f"K{possible[1]}", f"W{possible[0]}")] if draw.random() < 0.3 else []
    return Assignment(scores).with_limits(*chosen, *pin)


def compared(asked, seconds=20):
    """Return whether the plan from tiny lists is within what both prove of the plan of all pairs, and its gap."""
    try:
        whole = asked.solve(seconds=seconds)
    except PlanImpossible:
        return True, None
    found = solve_rows_over_all(asked.scores, Seats(asked.draft(), 0), seconds=seconds, first_best=2, first_near=20)
    certificate, best = found.solved.certificate, [stage.value for stage in whole.stages]
    values, bounds = list(certificate.values), certificate.bounds
    assert values <= [stage.bound if stage.bound is not None else 2**60 for stage in whole.stages]
    honest = bounds[0] is None or bounds[0] >= best[0]
    if values[0] == best[0]:
        honest = honest and (bounds[1] is None or bounds[1] >= best[1])
    exact = certificate.status != "optimal" or whole.status != "optimal" or values == best
    return honest and exact, (best[0] - values[0], (best[1] - values[1]) / max(best[1], 1), certificate.status)


@pytest.mark.parametrize("seed", range(8))
def test_a_plan_from_tiny_lists_is_the_plan_of_all_pairs_or_its_gap_is_honest(seed):
    agrees, missed = compared(drawn_question(seed, people=30, work=10))
    assert agrees
    assert missed is None or missed[0] == 0
    assert missed is None or missed[1] < 0.02


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(100, 300))
def test_two_hundred_plans_from_tiny_lists_are_the_plans_of_all_pairs_or_their_gaps_are_honest(seed):
    draw = np.random.default_rng(seed)
    agrees, missed = compared(drawn_question(seed, people=int(draw.integers(30, 120)), work=int(draw.integers(10, 40))))
    assert agrees
    assert missed is None or missed[0] == 0
    assert missed is None or missed[1] < 0.005


@pytest.mark.parametrize("seed", range(5))
def test_weighings_asked_together_say_what_each_says_alone(seed):
    draw = np.random.default_rng(seed)
    sides = [
        (draw.integers(0, 3, 9), draw.integers(0, 2, 5)),
        (None, draw.integers(0, 2, 5)),
        (draw.integers(0, 3, 9), None),
    ]
    each = [Weighing(person=p, package=w, times=int(draw.integers(1, 4))) for p, w in sides]
    each += [Weighing(package=np.zeros(5, np.int64)), each[0].shifted(100, -30), Weighing(constant=2)]
    who, what = draw.integers(0, 9, 40), draw.integers(0, 5, 40)
    told = np.zeros((len(each), 40), np.int64)
    row, position, weight = Weighings(each)(who, what)
    told[row, position] = weight
    assert told.tolist() == [weighing(who, what).tolist() for weighing in each]
    assert weight.all() and (np.diff(row) >= 0).all()
