"""Scores: blocks, the best both ways, edges and reach give the same integers as one pair at a time."""

from __future__ import annotations

import numpy as np
import pytest

from matching.domain.judging import Outcome
from matching.errors import ConfigurationRefused, UnknownName
from matching.scoring.lot import pair_draw
from tests.scoring.tiny import obvious, person, random_scores, scores_of, total_of, work


@pytest.mark.parametrize("seed", range(4))
def test_a_block_equals_one_pair_at_a_time(seed):
    scores = random_scores(seed=seed)
    people, packages = scores.pool.candidates.rows(), scores.pool.packages.rows()
    slow = [[total_of(scores, candidate, package) for candidate in people] for package in packages]
    assert scores.block(0, len(packages)).tolist() == slow
    assert scores.block(7, 9).tolist() == slow[7:9]


@pytest.mark.parametrize(("people", "packages", "k"), [(60, 30, 5), (300, 200, 7), (700, 90, 25), (3, 2, 10)])
def test_the_best_both_ways_are_exact_with_ties_by_the_lot(people, packages, k):
    scores = random_scores(people, packages, seed=3)
    totals, best = scores.block(0, packages), scores.best(k)
    lots = scores.lots
    draw = pair_draw(lots.candidates.keys[None, :], lots.packages.keys[:, None])
    assert_best(best.candidates, best.candidate_totals, totals, draw, k)
    assert_best(best.packages, best.package_totals, totals.T, draw.T, k)


def assert_best(found, found_totals, totals, draw, k):
    """Compare with sorting every line whole: total first, then the draw as far as it is packed."""
    for line, rows in enumerate(found):
        order = [at for at in np.lexsort((~draw[line], -totals[line])) if totals[line, at] >= 0][:k]
        assert rows[: len(order)].tolist() == order
        assert (rows[len(order) :] == -1).all()
        assert found_totals[line, : len(order)].tolist() == totals[line, order].tolist()


def test_the_best_do_not_change_with_row_order():
    scores = random_scores(80, 40, seed=5)
    people, packages = scores.pool.candidates.rows(), scores.pool.packages.rows()
    turned = scores_of(people[::-1], packages[::-1], seed=5)
    names = [
        [[one.pool.candidates.ids[row] for row in rows if row >= 0] for rows in one.best(6).candidates]
        for one in (scores, turned)
    ]
    assert names[0] == names[1][::-1]


def test_edges_hold_every_possible_pair_once():
    scores = random_scores(50, 20)
    totals, edges = scores.block(0, 20), scores.edges()
    assert (totals[edges.package, edges.candidate] == edges.total).all()
    assert len(edges) == np.count_nonzero(totals >= 0)


def test_best_edges_are_the_union_of_both_ways():
    scores = random_scores(50, 20)
    best, edges = scores.best(4), scores.edges(best=4)
    wanted = {(p, c) for p, row in enumerate(best.candidates.tolist()) for c in row if c >= 0}
    wanted |= {(p, c) for c, row in enumerate(best.packages.tolist()) for p in row if p >= 0}
    assert set(zip(edges.package.tolist(), edges.candidate.tolist(), strict=True)) == wanted
    assert len(edges) == len(wanted)


def test_what_must_be_judged_is_told_for_any_pairs():
    scores = random_scores(40, 90, seed=2)
    rng = np.random.default_rng(0)
    candidates, packages = rng.integers(0, 40, 300), rng.integers(0, 90, 300)
    slow = [
        obvious(scores, scores.pool.candidates[c], scores.pool.packages[p])["outcome"] is not Outcome.FITS
        for c, p in zip(candidates.tolist(), packages.tolist(), strict=True)
    ]
    assert scores.to_judge(candidates, packages).tolist() == slow


def test_nobody_is_unreached_because_something_is_unknown():
    vetoed = person("K-9", never=frozenset({"work_package:WP-1"}))
    reach = scores_of([person("K-1"), vetoed], [work()]).reach()
    assert reach.unreached == ("K-9",)
    assert reach.for_missing_data == ()
    assert [cause.rule for cause in reach.causes] == ["own_veto"]
    assert "door ontbrekende gegevens: 0" in str(reach)


def test_a_frame_of_all_pairs_agrees_with_the_block():
    scores = random_scores(12, 5)
    frame = scores.to_frame()
    possible = frame[frame["outcome"] != "conflict"]
    pool = scores.pool
    block = scores.block(0, 5)
    for row in possible.itertuples():
        assert (
            block[pool.packages.position(row.work_package_id), pool.candidates.position(row.candidate_id)] == row.total
        )
    assert len(possible) == np.count_nonzero(block >= 0)


def test_a_table_of_very_many_pairs_is_refused():
    with pytest.raises(ConfigurationRefused, match="hoogstens 250"):
        random_scores(600, 500).to_frame()


def test_an_unknown_id_names_the_nearest():
    with pytest.raises(UnknownName, match="Bedoelde u WP-0003"):
        random_scores().shortlist("WP-00003")


def test_a_list_of_size_zero_is_refused():
    with pytest.raises(ConfigurationRefused, match="vanaf 1"):
        random_scores().shortlist("WP-0001", size=0)
