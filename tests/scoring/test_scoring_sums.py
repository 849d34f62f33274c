"""Totals do not depend on how the work is cut up: runs of people, plans that are kept, lines that were forgotten."""

from __future__ import annotations

import numpy as np
import pytest

from matching.domain.judging import Outcome, Sides
from matching.domain.need_rows import confirmed_rows, need_rows
from matching.rules import RULES
from matching.scoring import group, layers, sums
from matching.scoring.scorecard import score
from matching.synthetic.world import generate
from tests.scoring.tiny import random_scores


@pytest.fixture
def short_runs(monkeypatch):
    for module in (sums, group):
        monkeypatch.setattr(module, "RUN", 128)


@pytest.fixture(scope="module")
def world():
    return generate(candidates=300, packages=60, seed=4).pool


def all_of(scores, k=7):
    best = scores.best(k)
    found = (best.candidates, best.candidate_totals, best.packages, best.package_totals)
    return [scores.block(0, len(scores.pool.packages)).tolist(), *(table.tolist() for table in found)]


def test_short_runs_give_the_same_totals_and_the_same_best(world, short_runs, monkeypatch):
    cut = all_of(score(world))
    monkeypatch.undo()
    assert cut == all_of(score(world))


def test_runs_that_share_one_memory_give_the_same(world, short_runs, monkeypatch):
    monkeypatch.setattr(sums, "SPREAD_BYTES", 0)
    cut = all_of(score(world))
    monkeypatch.undo()
    assert cut == all_of(score(world))


def test_layers_that_forget_in_between_give_the_same(world, short_runs, monkeypatch):
    monkeypatch.setattr(layers, "KEPT_CELLS", 100)
    monkeypatch.setattr(group, "TOGETHER", 7)
    monkeypatch.setattr(group, "ASKED_TOGETHER", 7)
    scores = score(world)
    cut = all_of(scores)
    assert any(layer.forgotten for layer in scores.groups.groups[0].encoding.layers)
    monkeypatch.undo()
    assert cut == all_of(score(world))


def test_a_second_pass_gives_what_the_first_gave():
    scores = random_scores(300, 40, seed=6)
    first = [scores.block(start, start + 9).tolist() for start in range(0, 40, 9)]
    assert [scores.block(start, start + 9).tolist() for start in range(0, 40, 9)] == first


def test_work_for_one_person_is_the_same_known_or_asked_anew(world):
    known = score(world)
    known.best(3)
    for identity in world.candidates.ids[:25]:
        lists = [scores.shortlist(identity) for scores in (known, score(world))]
        lines = [[(line.fit.work_package_id, line.fit.total) for line in found.lines] for found in lists]
        assert lines[0] == lines[1]
        assert lists[0].excluded == lists[1].excluded


@pytest.mark.parametrize("key", RULES)
def test_what_a_rule_excludes_is_where_it_finds_a_conflict(world, key):
    rule = RULES[key]()
    sides = Sides(
        candidate=world.candidates.classes(rule.reads.candidate),
        package=world.packages.classes(rule.reads.package),
        as_of=world.as_of,
        travel=world.travel,
    )
    assert np.array_equal(rule.excludes(sides), rule.judge(sides).outcome == Outcome.CONFLICT)


def test_confirmed_rows_are_those_of_the_needs_that_something_may_meet(world):
    for needs in world.candidates.column("needs").values:
        asked = [row for row in need_rows(needs) if row.confirmed and row.alternatives]
        assert set(confirmed_rows(needs)) == set(asked)
