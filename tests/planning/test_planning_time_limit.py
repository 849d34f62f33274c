"""A plan comes back soon after its time is up."""

import time
from contextlib import suppress

import numpy as np
import pytest
from planning_pools import own_scores

from matching.errors import SolverFailed
from matching.planning import Assignment, AtLeast, Share


def hard_question(seed):
    """Return 120 x 40 pairs with shares and floors that bind: it is not solved in half a second."""
    draw = np.random.default_rng(seed)
    points = np.where(draw.random((40, 120)) < 0.4, draw.integers(0, 900, (40, 120)), -1)
    scores = own_scores(points, places=2, employers=[f"E{n % 9}" for n in range(40)])
    share = Share(per="employer", group="E1", least_percent=30, price=300)
    return Assignment(scores).with_wishes(share, AtLeast(9, per="employer", price=60))


@pytest.mark.soak
def test_law_17_the_time_limit_is_overshot_by_at_most_two_seconds_in_99_of_100_plans():
    over, limit = [], 0.3
    for seed in range(100):
        begun = time.perf_counter()
        with suppress(SolverFailed):
            hard_question(seed).solve(seconds=limit)
        over.append(time.perf_counter() - begun - limit)
    assert sorted(over)[98] <= 2, sorted(over)[-3:]
