"""What is impossible is shown by a smallest set of demands."""

import numpy as np
import pytest

from matching.planning.conflict import demands, feasible, smallest_conflict
from matching.planning.problem import Edges, Problem


def impossible(seed):
    """Return a question with 12 people and 6 packages and enough pins, floors or hours to be impossible, mostly."""
    draw = np.random.default_rng(seed)
    candidate, package = np.nonzero(draw.random((12, 6)) < 0.6)
    edges = Edges.ordered(candidate, package, np.ones(len(candidate), int))
    floors = (draw.random(12) < 0.4).astype(int) if seed % 3 == 1 else np.zeros(12, int)
    return Problem(
        edges=edges,
        places=draw.integers(0, 3, 6),
        max_places=np.ones(12, int),
        least_places=floors,
        hours=draw.integers(4, 20, len(edges)),
        budgets=np.where(draw.random(6) < 0.3, 24, -1),
        pins=draw.integers(0, len(edges), 6),
        forbidden=draw.integers(0, len(edges), 3),
    )


def wrong_conflicts(seeds):
    wrong, found = [], 0
    for seed in seeds:
        problem = impossible(seed)
        conflict = smallest_conflict(problem)
        if conflict is None:
            wrong += [] if feasible(problem, demands(problem)) else [seed]
            continue
        found += 1
        smaller = [[d for d in conflict if d is not left] for left in conflict]
        if feasible(problem, conflict) or not all(feasible(problem, part) for part in smaller):
            wrong.append(seed)
    return wrong, found


def test_a_conflict_is_impossible_and_every_smaller_part_of_it_is_not():
    wrong, found = wrong_conflicts(range(25))
    assert wrong == [] and found > 15


@pytest.mark.soak
def test_500_impossible_sets_give_smallest_conflicts():
    wrong, found = wrong_conflicts(range(600))
    assert wrong == [] and found >= 500


def test_two_pins_of_one_person_clash_with_one_place_each():
    edges = Edges.ordered([0, 0, 1], [0, 1, 1], [1, 1, 1])
    problem = Problem(edges=edges, places=np.full(2, 9), max_places=np.ones(2, int), pins=np.array([0, 1]))
    assert [d.kind for d in smallest_conflict(problem)] == ["max_places", "pin", "pin"]


def test_a_pin_clashes_with_the_veto_on_it_and_nothing_else():
    edges = Edges.ordered([0, 1], [0, 0], [1, 1])
    pinned = np.array([1])
    problem = Problem(edges=edges, places=np.ones(1, int), max_places=np.ones(2, int), pins=pinned, forbidden=pinned)
    assert [d.kind for d in smallest_conflict(problem)] == ["forbidden", "pin"]


def test_what_is_possible_has_no_conflict():
    edges = Edges.ordered([0], [0], [1])
    assert smallest_conflict(Problem(edges=edges, places=np.ones(1, int), max_places=np.ones(1, int))) is None
