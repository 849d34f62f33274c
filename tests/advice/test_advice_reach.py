"""A missing diploma takes nobody off every list: through the library and through the command line."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest

from matching.cli.main import run
from matching.domain.columns import Column
from matching.scoring.scorecard import score
from matching.synthetic.world import generate
from tests.pool_folder import written_to_folder
from tests.strategies import AS_OF

MISSING = 0.42
"""The share of candidates whose education is taken away."""

SEEDS = [1, *(pytest.param(seed, marks=pytest.mark.soak) for seed in range(2, 6))]


def without_education(pool, seed):
    """Return the pool in which exactly 42 % of the candidates have no education, by lot."""
    people, rng = pool.candidates, np.random.default_rng(seed)
    gone = np.zeros(len(people), dtype=bool)
    gone[rng.permutation(len(people))[: round(MISSING * len(people))]] = True
    for name in ("education", "education_completed"):
        column = people.column(name)
        people = people.replaced(name, Column.of(None if gone[row] else column[row] for row in range(len(gone))))
    return replace(pool, candidates=people), {people.ids[row] for row in np.flatnonzero(gone)}


def possible_work(scores):
    """Return for each candidate with how many packages nothing excludes her."""
    return (scores.block(0, len(scores.pool.packages)) >= 0).sum(axis=0)


@pytest.mark.parametrize("seed", SEEDS)
def test_nobody_disappears_from_all_lists_when_education_is_missing(seed):
    full = generate(300, 100, seed=seed).pool
    thin, gone = without_education(full, seed)
    before, after = score(full), score(thin)
    assert len(gone) == 126 and thin.candidates.column("education").unknown.sum() >= 126
    assert (possible_work(after) >= possible_work(before)).all()
    found = after.reach()
    assert found.for_missing_data == () and set(found.unreached) <= set(before.reach().unreached)
    assert not gone & set(found.unreached) - set(before.reach().unreached)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_command_names_nobody_for_want_of_a_diploma(seed, tmp_path, capsys):
    pool, _ = without_education(generate(300, 100, seed=seed).pool, seed)
    out = tmp_path / "reach.json"
    folder = written_to_folder(pool, tmp_path / "pool")
    asked = ["--date", AS_OF.isoformat(), "--role", "liaison", "--out", str(out)]
    assert run(["reach", str(folder), *asked]) in (0, 1)
    said = capsys.readouterr().out
    expected = score(pool).reach()
    assert f"{len(expected.unreached)} van 300 kandidaten" in said and "ontbrekende gegevens: 0." in said
    named = {row["who"] for row in json.loads(out.read_text(encoding="utf-8"))["reach"]}
    assert named == set(expected.unreached)
