"""Speed of scoring on a synthetic pool with clustered places and gaps: CPU seconds beside the goal."""

from __future__ import annotations

import resource
import statistics
import sys
import time

import numpy as np
import pytest

from matching.scoring.scorecard import score
from matching.synthetic.world import generate

pytestmark = pytest.mark.bench

PEOPLE, PACKAGES, K = 20_000, 5_000, 25


def cpu_seconds(work, repeats=1):
    """Return the median CPU seconds of a call and its last result."""
    taken, result = [], None
    for _ in range(repeats):
        start = time.process_time()
        result = work()
        taken.append(time.process_time() - start)
    return statistics.median(taken), result


def test_bench_scoring_of_a_large_pool():
    pool = generate(candidates=PEOPLE, packages=PACKAGES, seed=1).pool
    scores = score(pool)
    first, best = cpu_seconds(lambda: scores.best(K))
    again, _ = cpu_seconds(lambda: scores.best(K), repeats=3)
    ordering, found = cpu_seconds(lambda: scores.shortlist(pool.packages.ids[7]), repeats=5)
    reading, _ = cpu_seconds(lambda: str(found))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    matrix = np.ones((PEOPLE, PACKAGES), dtype=np.float32)
    copy, _ = cpu_seconds(lambda: np.copy(matrix), repeats=3)
    report = (
        f"best {K} both ways, all asked anew   goal 0.6 s (first 1.5)  found {first:.2f} s",
        f"best {K} both ways, answers known    goal 0.6 s              found {again:.2f} s",
        f"one list, answers known              goal 5 ms               found {1000 * ordering:.1f} ms",
        f"one list printed                     no goal                 found {1000 * reading:.0f} ms",
        f"peak memory with the generator       goal 450 MB             found {peak:.0f} MB",
        f"copy of the matrix of all pairs      (0.12 s when quiet)     found {copy:.2f} s",
    )
    sys.stdout.write("\n" + "\n".join(report) + "\n")
    assert best.candidates.shape == (PACKAGES, K)
