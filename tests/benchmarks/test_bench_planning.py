"""Speed of plans beside their goals and beside a plain PuLP model in the same run; CPU seconds, nothing asserted."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parent.parent / "planning"))
from planning_pools import own_scores

from matching.planning import Assignment, AtLeast, Share
from matching.planning.problem import Edges, Problem
from matching.planning.solve import solve
from matching.planning.solvers.pulp_model import solve_pulp

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
    tell(f"    status {plan.status}, gap {plan.gap}")
    if people <= 300:
        show(f"{size} plain PuLP with HiGHS", "-", lambda: solve_pulp(plain.layout.problem, seconds=120))


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
