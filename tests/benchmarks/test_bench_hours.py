"""Speed of hour budgets beside a plain PuLP model with HiGHS in the same run; CPU seconds, nothing asserted."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parent.parent / "planning"))
from planning_problems import lot_of
from test_planning_hours import hard
from test_planning_hours_published import drawn

from matching.planning.problem import Edges, Problem, standard_stages
from matching.planning.solve import solve
from matching.planning.solvers.pulp_model import solve_pulp

pytestmark = pytest.mark.bench


def published(packages, people, seed, *, count_first):
    """Return a question by the published recipe."""
    hours, scores, budgets = drawn(packages, people, seed)
    who, what = np.divmod(np.arange(packages * people), packages)
    edges = Edges.ordered(who, what, scores[what, who])
    return Problem(
        edges=edges,
        places=np.full(packages, people),
        max_places=np.ones(people, int),
        hours=hours[what, who],
        budgets=budgets,
        stages=standard_stages(edges.points, count_first=count_first),
    )


def beside_pulp(name, problem, seconds):
    """Print status, gap and CPU seconds of our plan and of plain PuLP with the same limit."""
    begun = time.process_time()
    found = solve(problem, seconds=seconds, lot=lot_of(problem)).certificate
    ours, last = time.process_time() - begun, len(found.values) - 1
    begun = time.process_time()
    plain = solve_pulp(problem, seconds=seconds)
    theirs = time.process_time() - begun
    said = f"{found.status} {found.values}, gap {found.gap(last):.4f}, {ours:.2f} s"
    sys.stdout.write(f"{name:<34} {said}   PuLP: {plain.claim} {plain.given}, {theirs:.2f} s\n")


@pytest.mark.parametrize("size", [(5, 30), (8, 40), (10, 60)])
@pytest.mark.parametrize("count_first", [True, False])
def test_published_sizes(size, count_first):
    for seed in range(1, 4):
        goal = "placed then score" if count_first else "score"
        problem = published(*size, seed, count_first=count_first)
        beside_pulp(f"{size[0]} x {size[1]}, {goal}, seed {seed}", problem, 30)


def test_hours_by_person_of_sixty_people_and_ten_packages():
    for seed in range(12):
        beside_pulp(f"hard kinds, seed {seed}", hard(seed), 15)
