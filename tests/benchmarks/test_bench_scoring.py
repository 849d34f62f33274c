"""Speed of scoring on synthetic pools with clustered places and gaps: goal beside figure, written to docs.

CPU seconds on a shared machine, so ratios measured in the same run stand beside them: to a fresh copy of a matrix of
all pairs, and to pandas that looks up the same answers for every pair. Nothing is asserted about time.
"""

from __future__ import annotations

import gc
import sys
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parent))
from measuring import (
    ROOT,
    alone,
    command_seconds,
    conditions,
    cpu_seconds,
    peak_megabytes,
    present_megabytes,
    row,
    verdict,
)
from pandas_join import joined, tables_of

from matching.intake import tables_of as sheets_of
from matching.output.picture import DARK, Picture
from matching.output.pool_files import write_tables
from matching.output.save import save
from matching.runs.reading import read_pool
from matching.scoring.scorecard import score
from matching.synthetic.world import generate

pytestmark = pytest.mark.bench

PEOPLE, PACKAGES, K = 20_000, 5_000, 25
SIZES = ((2_500, 625), (5_000, 1_250), (10_000, 2_500), (PEOPLE, PACKAGES))
BLOCK = 256
FIGURES = ROOT / "docs" / "figures-scoring.md"
PLOT = ROOT / "docs" / "figures-scoring-growth.svg"
INTRODUCTION = """\
Made by `tests/benchmarks/test_bench_scoring.py` (`make bench`). Synthetic people and packages (seed 1) with clustered
places and about 40 % of the values missing; all criteria and rules of the shipped scorecards. CPU seconds of one
process, the least of the repeats ("asked anew" is measured once). On a busy machine everything takes longer, the copy
too: compare ratios. These figures say nothing about real files."""
BASELINE = """\
The pandas baseline joins 1,000 people with 1,000 packages and gives the same integers (checked in the run). It gets
the answers of all criteria and rules as tables, for nothing; only looking them up for every pair, weighing, leaving
out and the best 25 of both sides are timed, and the seconds are multiplied by the number of pairs."""
NATIONAL = """
import json, sys
sys.path.insert(0, "tests/benchmarks")
from measuring import cpu_seconds, peak_megabytes, present_megabytes
from matching.scoring.scorecard import score
from matching.synthetic.world import generate
pool = generate(candidates={people}, packages={packages}, seed=1).pool
before = present_megabytes()
seconds, best = cpu_seconds(lambda: score(pool).best(25))
assert best.packages.shape == ({people}, 25)
print(json.dumps([seconds, before, peak_megabytes()]))
"""


def measured(people, packages):
    """Return what one pool took: seconds asked anew and known, and how much more memory is in use then."""
    pool = generate(candidates=people, packages=packages, seed=1).pool
    scores = score(pool)
    gc.collect()
    before = present_megabytes()
    first, best = cpu_seconds(lambda: scores.best(K))
    assert best.candidates.shape == (packages, K)
    added = present_megabytes() - before
    again, _ = cpu_seconds(lambda: scores.best(K), repeats=4)
    return scores, first, again, added


def lists(scores):
    """Return the rows of lists: ordered, read and for one person."""
    ids, people = scores.pool.packages.ids, scores.pool.candidates.ids
    ordering, _ = cpu_seconds(lambda: scores.shortlist(ids[7]), repeats=9)
    found = [scores.shortlist(identity) for identity in ids[10:15]]
    reading = min(cpu_seconds(found[n].text)[0] for n in range(len(found)))
    person, _ = cpu_seconds(lambda: scores.shortlist(people[7]), repeats=5)
    fresh, _ = cpu_seconds(lambda: score(scores.pool).shortlist(people[7]), repeats=2)
    command = command_seconds("shortlist", "data/synthetic", "--package", "WP-0001")
    return [
        row("one list ordered, answers known", "5 ms", f"{1000 * ordering:.1f} ms", verdict(ordering, 0.005)),
        row("the ten lines of a list read as text", "none", f"{1000 * reading:.0f} ms", ""),
        row("work for one person, answers known", "none", f"{1000 * person:.0f} ms", ""),
        row("work for one person, asked anew", "none", f"{1000 * fresh:.0f} ms", ""),
        row("the command `matching shortlist data/synthetic --package WP-0001`", "none", f"{command:.2f} s", ""),
    ]


def answers(pool, folder):
    """Return the rows of how long a person waits for a small answer: whole commands, start and printing included."""
    prepared, own, out = folder / "x.pool", folder / "own.csv", folder / "out.csv"
    save(pool, prepared)
    pairs = [f"K{n},W{m},{(n * 37 + m * 91) % 100}" for n in range(10) for m in range(10)]
    own.write_text("\n".join(["candidate_id,work_package_id,score", *pairs]))
    listing = ("--package", pool.packages.ids[7])
    size = f"{len(pool.candidates):,} x {len(pool.packages):,}"
    start, _ = alone("import json, time, numpy; print(json.dumps([time.process_time(), 0]))")
    warm, _ = cpu_seconds(lambda: score(read_pool(prepared)).shortlist(listing[1]).text(), repeats=3)
    once = command_seconds("shortlist", str(prepared), *listing)
    book = folder / "x.xlsx"
    write_tables(sheets_of(pool), book)
    workbook = command_seconds("shortlist", str(book), *listing, repeats=1)
    placed = command_seconds("place", str(own), "--out", str(out))
    shown = command_seconds("--help")
    return [
        row(f"`matching shortlist` from a prepared pool, {size}", "0.5 s", f"{once:.2f} s", verdict(once, 0.5)),
        row("the same in a process that runs: read, score, ten lines", "none", f"{warm:.2f} s", ""),
        row("`matching shortlist` from a workbook, same pool", "4 s", f"{workbook:.2f} s", verdict(workbook, 4)),
        row("`matching place`, 10 x 10 pairs", "none", f"{placed:.2f} s", ""),
        row("`matching --help`", "0.15 s", f"{shown:.2f} s", verdict(shown, 0.15)),
        row("for comparison: Python that only loads numpy, same run", "", f"{start:.2f} s", ""),
    ]


def passes(scores):
    """Return the row of a repeated pass over all pairs in blocks of packages, as a plan makes it."""

    def one_pass():
        for start in range(0, PACKAGES, BLOCK):
            scores.block(start, start + BLOCK)

    one_pass()
    taken, _ = cpu_seconds(one_pass, repeats=3)
    each = 1e9 * taken / (PEOPLE * PACKAGES)
    return row(f"a repeated pass in blocks of {BLOCK} packages", "6 ns a pair", f"{each:.1f} ns", verdict(each, 6))


def pandas_seconds():
    """Return the CPU seconds of the pandas baseline for a million pairs, after a check that its integers are ours."""
    scores = score(generate(candidates=1_000, packages=1_000, seed=2).pool)
    tables = tables_of(scores)
    taken, (pairs, _, _) = cpu_seconds(lambda: joined(*tables, K), repeats=2)
    block = scores.block(0, 1_000)
    assert len(pairs) == np.count_nonzero(block >= 0)
    assert (block[pairs["package"], pairs["person"]] == pairs["total"]).all()
    return taken


def growth(taken):
    """Return the table of sizes: scoring should be linear in pairs, memory in people, packages and edges."""
    lines = [row("people x packages", "M pairs", "asked anew s", "known s", "known, ns a pair", "MB in use after it")]
    lines.append("|---|---|---|---|---|---|")
    for (people, packages), first, again, added in taken:
        pairs = people * packages
        size = f"{people:,} x {packages:,}"
        seconds = f"{first:.2f}", f"{again:.2f}", f"{1e9 * again / pairs:.1f}"
        lines.append(row(size, f"{pairs / 1e6:.1f}", *seconds, f"{added:.0f}"))
    return lines


def growth_picture(taken):
    """Draw seconds against pairs and memory against people."""
    import altair as alt

    rows = [
        {
            "pairs": people * packages / 1e6,
            "people": people,
            "seconds": round(seconds, 3),
            "MB": round(added),
            "what": name,
        }
        for (people, packages), first, again, added in taken
        for name, seconds in (("asked anew", first), ("answers known", again))
    ]
    base = alt.Chart(alt.Data(values=rows)).properties(width=320, height=220)
    key = alt.Shape("what:N", title=None, legend=alt.Legend(orient="top"))
    dash = alt.StrokeDash("what:N", title=None, legend=None)
    seconds = base.mark_line(color=DARK).encode(
        x=alt.X("pairs:Q", title="million pairs"), y=alt.Y("seconds:Q", title="CPU seconds"), strokeDash=dash
    )
    dots = base.mark_point(color=DARK, filled=True, size=60).encode(x="pairs:Q", y="seconds:Q", shape=key)
    memory = base.mark_line(color=DARK, point=True).encode(
        x=alt.X("people:Q", title="people (a quarter as many packages)"), y=alt.Y("MB:Q", title="MB in use after it")
    )
    told = "; ".join(
        f"{people:,} x {packages:,}: {first:.2f} s asked anew, {again:.2f} s known, {added:.0f} MB"
        for (people, packages), first, again, added in taken
    )
    chart = alt.hconcat(alt.layer(seconds, dots), memory)
    return Picture(chart=chart, title="Scoring: seconds against pairs, memory against people", description=f"{told}.")


def national():
    """Return the rows of 250,000 people, in a process of its own."""
    people = 250_000
    seconds, before, peak = alone(NATIONAL.format(people=people, packages=PACKAGES))
    added = peak - before
    return [
        row("250,000 x 5,000, all asked anew", "8 s", f"{seconds:.1f} s", verdict(seconds, 8)),
        row("the same, ns a pair", "", f"{1e9 * seconds / people / PACKAGES:.1f} ns", ""),
        row("the same, memory above the pool", "600 MB", f"{added:.0f} MB", verdict(added, 600)),
    ]


def page(rows, taken, picture):
    heading = f"{PEOPLE:,} people x {PACKAGES:,} packages, best {K} of every package and person, exact with ties:"
    shown = f"![{picture.title}. {picture.description}]({PLOT.name})"
    lines = ["# Scoring: figures beside goals", "", INTRODUCTION, "", BASELINE, "", f"Machine: {conditions()}.", ""]
    lines += [heading, "", "| work | goal | found | |", "|---|---|---|---|", *rows, ""]
    lines += ["Growth: four sizes, each in the same process.", "", *growth(taken), "", shown, ""]
    return "\n".join(lines)


def test_bench_scoring_of_a_large_pool(tmp_path):
    taken, scores = [], None
    for size in SIZES:
        del scores
        gc.collect()
        scores, *figures = measured(*size)
        taken.append((size, *figures))
    _, first, again, _ = taken[-1]
    peak = peak_megabytes()
    rest = [passes(scores), *lists(scores), *answers(scores.pool, tmp_path)]
    matrix = np.ones((PEOPLE, PACKAGES), dtype=np.float32)
    copy, _ = cpu_seconds(lambda: np.copy(matrix))
    pandas = pandas_seconds() * PEOPLE * PACKAGES / 1e6
    rows = [
        row("all asked anew", "1.5 s, then 0.6 s", f"{first:.2f} s = {first / copy:.1f} copies", verdict(first, 1.5)),
        row("answers known", "0.6 s", f"{again:.2f} s = {again / copy:.1f} copies", verdict(again, 0.6)),
        row("a fresh copy of 400 MB, same run", "0.12 s when quiet", f"{copy:.2f} s", ""),
        row("pandas, same answers, to asked anew", "500 times", f"{pandas:.0f} s = {pandas / first:.0f} times", ""),
        row("the same, to answers known", "500 times", f"{pandas / again:.0f} times", ""),
        *rest,
        row("peak memory so far, generator and pool included", "450 MB", f"{peak:.0f} MB", verdict(peak, 450)),
        *national(),
    ]
    picture = growth_picture(taken)
    picture.write(PLOT)
    text = page(rows, taken, picture)
    FIGURES.write_text(text, encoding="utf-8")
    sys.stdout.write("\n" + text)
