"""A long list holds one extra candidate in ten, drawn by the seed and recorded, and loses nobody."""

from __future__ import annotations

import pytest

from matching.advice.extra_line import opened
from matching.scoring.scorecard import score
from matching.synthetic.world import generate


@pytest.fixture(scope="module")
def scores():
    return score(generate(60, 4, seed=5).pool)


def test_nobody_gives_up_a_place_for_the_extra_line(scores):
    plain = scores.shortlist(scores.pool.packages.ids[0], size=20)
    found = opened(scores, plain)
    extra = {line.candidate_id for line in found.drawn}
    kept = [line.fit.candidate_id for line in found.shortlist.lines if line.fit.candidate_id not in extra]
    assert kept == [line.fit.candidate_id for line in plain.lines]
    assert len(extra) == 2
    places = [line.place for line in found.shortlist.lines]
    assert places[:20] == [line.place for line in plain.lines]
    assert all(place == at or found.shortlist.lines[at - 1].tied for at, place in enumerate(places, start=1))


def test_the_list_stays_in_order_and_says_who_stands_equal_with_its_last_line(scores):
    for package in scores.pool.packages.ids:
        plain, found = scores.shortlist(package, size=10), opened(scores, scores.shortlist(package, size=10)).shortlist
        points = [line.fit.total for line in found.lines]
        extra = found.lines[10:]
        assert len(extra) == 1 and max(points[10:]) <= max(points[:10])
        everybody = scores.shortlist(package, size=60)
        equal = {line.fit.candidate_id for line in everybody.lines[10 : 10 + plain.hidden_ties]}
        assert all((line.fit.candidate_id in equal) is line.tied for line in extra)
        assert found.hidden_ties == plain.hidden_ties - sum(line.tied for line in extra)


def test_only_people_whom_nothing_excludes_are_drawn(scores):
    for package in scores.pool.packages.ids:
        for line in opened(scores, scores.shortlist(package, size=10)).drawn:
            assert scores.fit(line.candidate_id, package).outcome < 2


def test_the_same_seed_draws_the_same_person_and_another_seed_may_not():
    pool = generate(60, 1, seed=5).pool
    lists = [score(pool, seed=seed) for seed in (0, 0, 1, 2, 3)]
    drawn = [opened(scores, scores.shortlist(pool.packages.ids[0], size=10)).drawn[0] for scores in lists]
    assert drawn[0] == drawn[1]
    assert len({line.candidate_id for line in drawn}) > 1


@pytest.mark.parametrize(("size", "on"), [(9, True), (20, False)])
def test_a_short_list_or_one_that_does_not_want_it_stays_as_it_is(scores, size, on):
    plain = scores.shortlist(scores.pool.packages.ids[0], size=size)
    assert opened(scores, plain, on=on).shortlist is plain
    assert "iemand anders" in str(opened(scores, plain, on=on).invitation)
