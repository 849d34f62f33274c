"""How near the best and worst that a question names are to what real answers do: measured, run by `make bench`."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from matching.advice.questions import ask_first
from matching.advice.rescoring import group_of
from matching.advice.swings import asked_as
from matching.intake.reading import read_pool
from matching.scoring.scorecard import score

pytestmark = pytest.mark.bench
SHIPPED = Path(__file__).parents[2] / "data" / "synthetic"


def tried(scores, one):
    """Return how much every answer that somebody else in the pool gave adds, in points; None when no column is empty.

    A question may cover several columns; an answer fills them together, as they stand with somebody who knows all.
    """
    people, person = scores.pool.candidates, scores.pool.candidate(one.identity)
    open_ = [name for name in people.names if asked_as(name) == one.field and getattr(person, name) is None]
    rows = [tuple(people.column(name)[row] for name in open_) for row in range(len(people))]
    values = sorted({row for row in rows if None not in row}, key=repr)
    if not open_ or not values:
        return None
    answered = [person, *(replace(person, **dict(zip(open_, value, strict=True))) for value in values)]
    encoding = group_of(scores, one.example[1]).encoding
    work = encoding.work.only([scores.pool.package(one.example[1])])
    stale = np.zeros(len(answered), dtype=bool)
    small = replace(encoding, people=encoding.people.only(answered), stale=stale, work=work)
    totals = small.points(np.arange(1))[0]
    return (totals[1:] - totals[0]) / 1000


def test_how_near_the_best_and_worst_are_to_real_answers():
    scores = score(read_pool(SHIPPED, as_of=dt.date(2026, 11, 1)))
    counts = {"best": np.zeros(3, dtype=int), "worst": np.zeros(3, dtype=int)}
    for questions in ask_first(scores).questions.values():
        found = tried(scores, questions[0])
        if found is not None:
            for name, said, real in (
                ("best", questions[0].best, max(0.0, found.max())),
                ("worst", questions[0].worst, max(0.0, -found.min())),
            ):
                counts[name] += [abs(said - real) <= 1.5, said > real + 1.5, said < real - 1.5]
    for name, (near, more, less) in counts.items():
        print(f"\n{name}: within a point {near}, said more {more}, said less {less}")  # noqa: T201
    assert counts["best"].sum() >= 200
