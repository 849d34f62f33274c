"""Asking the engine's first question brings the true best nearer than a random question or the emptiest column."""

from __future__ import annotations

from pathlib import Path

import pytest

from matching.evaluation.ask_first_page import (
    PUBLISHED_CANDIDATES,
    PUBLISHED_PACKAGES,
    PUBLISHED_SEEDS,
    ask_first_page,
)
from matching.evaluation.asking import answered, gains, questions, trial
from matching.evaluation.metrics import hanging_on_unknowns, interval, overlap_at, reachability
from matching.scoring.scorecard import score
from matching.synthetic.world import generate

PAGE = Path(__file__).parents[2] / "docs" / "ask-first.md"


@pytest.fixture(scope="module")
def trials():
    return [trial(seed, candidates=120, packages=40) for seed in (1, 2, 3)]


def test_the_first_question_beats_a_random_one_and_the_emptiest_column(trials):
    found = {gain.against: gain.mean for gain in gains(trials)}
    assert found["random"] > 0 and found["emptiest"] > 0


def test_the_first_question_brings_the_lists_nearer_to_the_fully_known_ones(trials):
    assert all(gain.mean > 0 for gain in gains(trials, like_full=True))
    assert all(one.like_full["everything"] == 1.0 for one in trials)


def test_only_what_was_asked_is_answered():
    world = generate(40, 10, seed=3)
    asked = questions("engine", world, score(world.pool))
    after, before = answered(world, asked).candidates, world.pool.candidates
    for row, identity in enumerate(before.ids):
        if asked.get(identity) != "wished_work_kinds":
            assert after.column("wished_work_kinds")[row] == before.column("wished_work_kinds")[row]
    assert {"wished_work_kinds"} <= set(asked.values())


def test_an_interval_holds_its_mean_and_narrows_with_more_worlds():
    mean, low, high = interval([1.0, 2.0, 3.0])
    assert low < mean == 2.0 < high
    assert interval([1.0, 2.0, 3.0] * 4)[2] < high
    assert interval([0.5]) == (0.5, 0.5, 0.5)


@pytest.mark.parametrize(
    ("one", "other", "k", "share"),
    [("abc", "abd", 3, 2 / 3), ("abc", "xab", 2, 0.5), ("", "", 5, 1.0), ("a", "", 5, 0)],
)
def test_overlap_counts_the_first_k(one, other, k, share):
    assert overlap_at(list(one), list(other), k) == pytest.approx(share)


def test_reach_and_unknowns_are_counted():
    scores = score(generate(60, 20, seed=2).pool)
    found = reachability(scores, size=5)
    assert found.on_any_list == found.people - len(scores.reach().unreached)
    assert found.on_a_short_list <= found.on_any_list
    assert 0 < hanging_on_unknowns(scores, size=5) <= 1


def test_the_page_says_that_its_figures_are_synthetic():
    text = PAGE.read_text(encoding="utf-8")
    assert "Synthetic data" in text and "nothing about an effect" in text


@pytest.mark.soak
def test_the_published_page_is_what_twenty_worlds_give():
    trials = [trial(seed, candidates=PUBLISHED_CANDIDATES, packages=PUBLISHED_PACKAGES) for seed in PUBLISHED_SEEDS]
    assert all(gain.low > 0 for gain in gains(trials))
    assert PAGE.read_text(encoding="utf-8") == ask_first_page(trials)
