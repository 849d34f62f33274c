"""Speed of scoring on synthetic pools with clustered places and gaps: goal beside figure, written to docs.

CPU seconds of one process on a shared machine, so ratios measured in the same run stand beside them: to a fresh copy
of a matrix of all pairs, and to pandas that joins every person with every package (extrapolated from a million
pairs). Nothing is asserted about time.
"""

from __future__ import annotations

import gc
import os
import platform
import resource
import statistics
import sys
import time
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from matching.scoring.scorecard import score
from matching.synthetic.world import generate

pytestmark = pytest.mark.bench

PEOPLE, PACKAGES, K = 20_000, 5_000, 25
SIZES = ((2_500, 625), (5_000, 1_250), (10_000, 2_500), (PEOPLE, PACKAGES))
INTRODUCTION = """\
Made by `tests/benchmarks/test_bench_scoring.py` (`make bench`). Synthetic people and packages (seed 1) with clustered
places and about 40 % of the values missing; all criteria and rules of the shipped scorecards. CPU seconds of one
process, median of repeats. On a busy machine everything takes longer, the copy too: compare ratios. These figures say
nothing about real files. Not measured yet: 250,000 people."""
FIGURES = Path(__file__).parents[2] / "docs" / "figures-scoring.md"


def cpu_seconds(work, repeats=1):
    """Return the median CPU seconds of a call and its last result."""
    taken, result = [], None
    for _ in range(repeats):
        start = time.process_time()
        result = work()
        taken.append(time.process_time() - start)
    return statistics.median(taken), result


def peak_megabytes():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


def pandas_seconds(people=1_000, packages=1_000):
    """Return the CPU seconds of a cross join of a million pairs: eight plain numbers compared, no rules, best k."""
    random = np.random.default_rng(0)
    left = pd.DataFrame({f"own_{n}": random.integers(0, 1000, people) for n in range(8)} | {"person": range(people)})
    right = pd.DataFrame(
        {f"asked_{n}": random.integers(0, 1000, packages) for n in range(8)} | {"package": range(packages)}
    )

    def joined():
        pairs = left.merge(right, how="cross")
        pairs["total"] = sum(1000 - (pairs[f"own_{n}"] - pairs[f"asked_{n}"]).abs() for n in range(8))
        by_package = pairs.sort_values("total", ascending=False).groupby("package").head(K)
        return by_package, pairs.sort_values("total", ascending=False).groupby("person").head(K)

    return cpu_seconds(joined)[0]


def measured(people, packages):
    """Return what one pool took: seconds asked anew and known, and the peak memory so far."""
    pool = generate(candidates=people, packages=packages, seed=1).pool
    scores = score(pool)
    first, best = cpu_seconds(lambda: scores.best(K))
    assert best.candidates.shape == (packages, K)
    again, _ = cpu_seconds(lambda: scores.best(K), repeats=3)
    return scores, first, again


def row(name, goal, found, short=""):
    return f"| {name} | {goal} | {found} | {short} |"


def verdict(found, goal):
    return "reached" if found <= goal else f"{found / goal:.1f} times the goal"


def lists(scores):
    """Return the rows of lists: ordered, read and for one person."""
    ids, people = scores.pool.packages.ids, scores.pool.candidates.ids
    ordering, found = cpu_seconds(lambda: scores.shortlist(ids[7]), repeats=5)
    reading, _ = cpu_seconds(lambda: str(found))
    person, _ = cpu_seconds(lambda: scores.shortlist(people[7]), repeats=3)
    return [
        row("one list ordered, answers known", "5 ms", f"{1000 * ordering:.1f} ms", verdict(ordering, 0.005)),
        row("the ten lines of it read as text", "none", f"{1000 * reading:.0f} ms"),
        row("work for one person, asked anew", "none", f"{1000 * person:.0f} ms"),
    ]


def growth(taken):
    """Return the table of sizes: scoring should be linear in pairs."""
    lines = ["| people x packages | M pairs | asked anew s | known s | known, ns a pair | peak MB so far |"]
    lines.append("|---|---|---|---|---|---|")
    for (people, packages), first, again, peak in taken:
        pairs = people * packages
        size = f"{people:,} x {packages:,} | {pairs / 1e6:.1f}"
        lines.append(f"| {size} | {first:.2f} | {again:.2f} | {1e9 * again / pairs:.1f} | {peak:.0f} |")
    return lines


def conditions():
    machine = f"{os.cpu_count()} cores, Python {platform.python_version()}, numpy {np.__version__}"
    return f"{machine}, load {os.getloadavg()[0]:.1f} when done (shared with other work)"


def page(rows, taken):
    return "\n".join(
        [
            "# Scoring: figures beside goals",
            "",
            INTRODUCTION,
            "",
            f"Machine: {conditions()}.",
            "",
            f"{PEOPLE:,} people x {PACKAGES:,} packages, best {K} of every package and every person, exact with ties:",
            "",
            "| work | goal | found | |",
            "|---|---|---|---|",
            *rows,
            "",
            "Growth: four sizes, each in the same process.",
            "",
            *growth(taken),
            "",
        ]
    )


def test_bench_scoring_of_a_large_pool():
    taken = []
    for size in SIZES:
        gc.collect()
        scores, first, again = measured(*size)
        taken.append((size, first, again, peak_megabytes()))
    about_lists, peak = lists(scores), peak_megabytes()
    matrix = np.ones((PEOPLE, PACKAGES), dtype=np.float32)
    copy, _ = cpu_seconds(lambda: np.copy(matrix), repeats=3)
    joined = pandas_seconds() * PEOPLE * PACKAGES / 1e6
    rows = [
        row(
            "all asked anew",
            "0.6 s (first milestone 1.5 s)",
            f"{first:.2f} s = {first / copy:.0f} copies",
            verdict(first, 0.6),
        ),
        row("answers known", "0.6 s", f"{again:.2f} s = {again / copy:.0f} copies", verdict(again, 0.6)),
        row("a fresh copy of 400 MB, same run", "0.12 s when quiet", f"{copy:.2f} s"),
        row(
            "pandas join of 8 numbers, no rules (extrapolated), to asked anew",
            "500 times",
            f"{joined:.0f} s = {joined / first:.0f} times",
        ),
        row("the same, to answers known", "500 times", f"{joined / again:.0f} times"),
        *about_lists,
        row("peak memory with the generator", "450 MB", f"{peak:.0f} MB", verdict(peak, 450)),
    ]
    text = page(rows, taken)
    FIGURES.write_text(text, encoding="utf-8")
    sys.stdout.write("\n" + text)
