"""Speed of plans beside their goals and beside a plain PuLP model in the same run; CPU seconds, nothing asserted."""

from __future__ import annotations

import resource
import sys
import time
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parent.parent / "planning"))
from planning_pools import own_scores

import matching
from matching.planning import Assignment, AtLeast, GuidanceHours, Share
from matching.planning.layout import Seats
from matching.planning.problem import Edges, Problem
from matching.planning.rows_over_all import solve_rows_over_all
from matching.planning.solve import solve
from matching.planning.solvers.pulp_model import solve_pulp
from matching.synthetic.world import generate

pytestmark = pytest.mark.bench


def clustered(people, packages, seed=1):
    """Return points with regions, kinds of work and ties, 13 % of pairs possible, and places."""
    draw = np.random.default_rng(seed)
    region, work_region = draw.integers(0, 12, people), draw.integers(0, 12, packages)
    kind, work_kind = draw.integers(0, 8, people), draw.integers(0, 8, packages)
    points = 300 * (region == work_region[:, None]) + 150 * (kind == work_kind[:, None]) + draw.integers(0, 200, people)
    points = points + draw.integers(0, 40, packages)[:, None]
    places = [int(n) for n in draw.integers(1, 5, packages)]
    possible = draw.random((packages, people)) < 0.13
    employers = [f"E{n % 12}" for n in range(packages)]
    return own_scores(np.where(possible, points, -1), places=places, employers=employers)


def tell(line):
    sys.stdout.write(line + "\n")


def show(name, goal, work):
    """Print goal beside figure and return the result."""
    begun = time.process_time()
    found = work()
    tell(f"{name:<48} goal {goal:>6} s   {time.process_time() - begun:8.2f} s")
    return found


def of_points(plan):
    """Return the gap as a share of the points alone, without what is fined for wishes."""
    stage = next(stage for stage in plan.stages if stage.name == "points")
    return None if stage.bound is None else (stage.bound - stage.value) / max(plan.points, 1)


@pytest.mark.parametrize("seed", [1, 2])
def test_twenty_thousand_people_and_five_thousand_packages_proven_over_all_pairs(seed):
    scores = matching.score(generate(20_000, 5_000, seed=seed).pool)
    begun = time.process_time()
    np.copy(np.zeros((5_000, 20_000), np.int32))
    tell(f"    a fresh copy of 400 MB takes {time.process_time() - begun:.2f} s here")
    plan = show(
        f"20,000 x 5,000 plain, seed {seed}, with proposals",
        3.3,
        lambda: Assignment(scores, with_agreements=False).solve(seconds=120),
    )
    show("20,000 x 5,000, all pairs added up once more", 0.6, lambda: [tile.rows for tile in scores.tiles()])
    tell(f"    {plan.status}, gap {plan.gap}, over all pairs {plan.over_all_pairs}, {plan.placed} places")
    tell(f"    peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")


WISHES = {
    "packages": (
        Share(per="method", group="collective", least_percent=45, price=300),
        AtLeast(240, per="region", price=60),
    ),
    "people": (
        Share(per="source_kind", group="municipality", least_percent=22, price=300),
        Share(per="source", group="Binnenwerk", most_percent=5, price=300),
        AtLeast(150, per="home_region", price=200),
    ),
    "guidance": (GuidanceHours(price=2), AtLeast(150, per="home_region", price=200)),
}
"""Wishes of the large plan: settled once every place is filled; changing who is placed; a row for each package."""


@pytest.mark.parametrize("kind", WISHES)
@pytest.mark.parametrize("seed", [1, 2])
def test_twenty_thousand_people_and_five_thousand_packages_with_shares_and_floors(kind, seed):
    scores = matching.score(generate(20_000, 5_000, seed=seed).pool)
    asked = Assignment(scores, with_agreements=False).with_wishes(*WISHES[kind])
    found = show(f"20,000 x 5,000 with wishes on {kind}, seed {seed}", 15, lambda: few_pairs(scores, asked))
    certificate = found.solved.certificate
    gaps = [
        (bound - value) / max(abs(value), 1)
        for bound, value in zip(certificate.bounds, certificate.values, strict=True)
    ]
    tell(f"    values {certificate.values}, gaps {gaps}, over all pairs {found.over_all_pairs}")


def test_wishes_over_more_pairs_than_are_listed_beside_the_same_with_every_pair_listed():
    scores = matching.score(generate(1_500, 600, seed=1).pool)
    wishes = Share(per="method", group="collective", least_percent=45, price=300), AtLeast(50, per="region", price=60)
    asked = Assignment(scores, with_agreements=False).with_wishes(*wishes)
    found = show("1,500 x 600 shares bind, few pairs", "-", lambda: few_pairs(scores, asked))
    whole = show("1,500 x 600 shares bind, every pair listed", "-", lambda: asked.solve(seconds=120))
    tell(f"    values {found.solved.certificate.values} and {[stage.value for stage in whole.stages]}")
    tell(f"    bounds {found.solved.certificate.bounds}, over all pairs {found.over_all_pairs}")


def few_pairs(scores, asked):
    return solve_rows_over_all(scores, Seats(asked.draft(), 0), seconds=120)


@pytest.mark.parametrize(("people", "packages", "goals"), [(300, 100, (0.2, 3)), (2000, 600, (0.6, 2))])
def test_plans_with_and_without_wishes_beside_plain_pulp(people, packages, goals):
    scores = clustered(people, packages)
    size = f"{people} x {packages}"
    plain = show(f"{size} plain", goals[0], lambda: Assignment(scores).solve(seconds=60))
    slack = Assignment(scores).with_wishes(AtLeast(1, per="employer", price=50))
    show(f"{size} wishes that do not bind", goals[0], lambda: slack.solve(seconds=60))
    shares = Share(per="employer", group="E1", least_percent=14, price=300)
    binding = Assignment(scores).with_wishes(shares, AtLeast(packages // 8, per="employer", price=60))
    plan = show(f"{size} wishes that bind", goals[1], lambda: binding.solve(seconds=60))
    tell(f"    status {plan.status}, gap {plan.gap}, gap of the points alone {of_points(plan)}, lot {plan.lot_settled}")
    for name, problem in (("plain", plain.layout.problem), ("binding", plan.layout.problem)):
        found = show(f"{size} {name}, PuLP with HiGHS", "-", lambda problem=problem: solve_pulp(problem, seconds=60))
        tell(f"    claim {found.claim} after {found.seconds:.0f} s by the clock")


@pytest.mark.parametrize("seed", range(4))
def test_hour_budgets_of_ten_packages_and_sixty_people(seed):
    draw = np.random.default_rng(seed)
    hours, points = draw.integers(5, 26, (60, 10)), draw.integers(15, 26, 600)
    edges = Edges.ordered(np.repeat(np.arange(60), 10), np.tile(np.arange(10), 60), points)
    problem = Problem(
        edges=edges,
        places=np.full(10, 60),
        max_places=np.ones(60, int),
        hours=hours.ravel(),
        budgets=(0.8 * hours.sum(0) / 10).astype(int),
    )
    found = show(f"hour budgets 10 x 60, seed {seed}", 5, lambda: solve(problem, seconds=60))
    tell(f"    status {found.certificate.status}, values {found.certificate.values}")


def test_seven_hundred_to_seven_hundred():
    draw = np.random.default_rng(3)
    edges = Edges.ordered(np.repeat(np.arange(700), 700), np.tile(np.arange(700), 700), draw.integers(1, 101, 490_000))
    problem = Problem(edges=edges, places=np.ones(700, int), max_places=np.ones(700, int))
    found = show("one to one, 700 x 700", 10, lambda: solve(problem, seconds=60))
    tell(f"    status {found.certificate.status}, values {found.certificate.values}")
