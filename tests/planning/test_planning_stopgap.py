"""A plan always comes back: when the time is up before a solver had one, a plain plan that says so and holds."""

import time

import numpy as np
import pandas as pd
import pytest
from planning_pools import own_scores

from matching.planning import Assignment, AtMost, Share
from matching.planning.certificate import violations
from matching.planning.isolation import isolated
from matching.planning.place import place
from matching.planning.problem import NO_BUDGET, Edges, Problem, SideRow
from matching.planning.stopgap import filled, stopgap


def drawn(seed):
    """Return a random problem with places, budgets, exclusive packages and a hard ceiling."""
    draw = np.random.default_rng(seed)
    people, packages = draw.integers(2, 12), draw.integers(2, 7)
    who, what = np.nonzero(draw.random((people, packages)) < 0.6)
    edges = Edges.ordered(who, what, draw.integers(-5, 50, len(who)))
    budgets = np.where(draw.random(packages) < 0.5, draw.integers(10, 60, packages), NO_BUDGET)
    half = np.arange(0, len(edges), 2)
    return Problem(
        edges=edges,
        places=draw.integers(1, 4, packages),
        max_places=draw.integers(1, 3, people),
        hours=draw.integers(4, 30, len(edges)),
        budgets=budgets,
        exclusive=np.array([[0, 1]]),
        rows=(SideRow(key=0, edges=half, weights=np.ones(len(half), int), high=2),),
    )


def test_a_stopgap_breaks_no_limit_and_stays_below_its_ceiling():
    for seed in range(150):
        problem = drawn(seed)
        assert not violations(problem, filled(problem))
        judged = stopgap(problem)
        assert judged is not None
        assert all(b >= v for b, v in zip(judged.certificate.bounds, judged.certificate.values, strict=True))


def test_nobody_without_a_place_still_fits_in_a_stopgap():
    for seed in range(60):
        problem = drawn(seed)
        chosen = filled(problem)
        for edge in set(range(len(problem.edges))) - set(chosen.tolist()):
            assert violations(problem, np.sort(np.append(chosen, edge)))


def test_a_stopgap_moves_somebody_so_that_everybody_who_must_has_a_place():
    edges = Edges.ordered([0, 0, 1], [0, 1, 0], [9, 1, 5])
    places, least = np.array([1, 1]), np.array([1, 1])
    problem = Problem(edges=edges, places=places, max_places=np.array([1, 1]), least_places=least)
    assert filled(problem).tolist() == [1, 2]


def hours(people, packages):
    draw = np.random.default_rng(7)
    asked = draw.integers(5, 26, people * packages)
    own = pd.DataFrame(
        {
            "candidate_id": np.repeat([f"k{n}" for n in range(people)], packages),
            "work_package_id": np.tile([f"p{n}" for n in range(packages)], people),
            "score": draw.integers(1, 1000, people * packages),
            "hours": asked,
        }
    )
    budget = int(0.7 * asked.sum() / packages**2)
    ids = [f"p{n}" for n in range(packages)]
    return own, pd.DataFrame({"work_package_id": ids, "places": people, "hours_budget": budget})


def test_a_hundredth_of_a_second_gives_a_plan_within_the_hours():
    own, packages = hours(200, 30)
    placed = place(own, packages, seconds=0.01, isolated=True)
    taken = pd.DataFrame(placed.rows, columns=["candidate_id", "work_package_id", "score"])
    used = taken.merge(own).groupby("work_package_id")["hours"].sum()
    assert placed.placed > 0 and (used <= packages["hours_budget"].max()).all()


def test_a_plan_comes_back_when_there_is_no_time_at_all():
    draw = np.random.default_rng(1)
    points = np.where(draw.random((40, 120)) < 0.4, draw.integers(0, 900, (40, 120)), -1)
    scores = own_scores(points, places=2, employers=[f"E{n % 9}" for n in range(40)])
    ceiling = AtMost(most=9, per="employer", because="ruimte")
    share = Share(per="employer", group="E1", least_percent=30, price=300)
    plan = Assignment(scores).with_limits(ceiling).with_wishes(share).solve(seconds=0.0)
    assert plan.placed > 30


def slow_start():
    time.sleep(1.5)


def quick():
    return 7


def test_starting_up_is_no_part_of_the_time_limit():
    assert isolated(quick, seconds=0.05, grace=0.5, ready=slow_start) == 7


@pytest.mark.parametrize("objective", ["placed-then-score", "score"])
def test_a_stopgap_of_the_seam_takes_no_loss_when_only_the_sum_counts(objective):
    edges = Edges.ordered([0, 1], [0, 1], [-3, 4])
    from matching.planning.problem import standard_stages

    stages = standard_stages(edges.points, count_first=objective == "placed-then-score")
    problem = Problem(edges=edges, places=np.ones(2), max_places=np.ones(2), stages=stages)
    assert len(filled(problem)) == (2 if objective == "placed-then-score" else 1)
