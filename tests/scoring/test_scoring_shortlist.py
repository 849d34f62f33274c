"""A shortlist orders by neutral total, shows near-ties as one group, and leaves nobody out for missing data."""

from __future__ import annotations

import numpy as np
import pytest

from matching.scoring.scorecard import score
from matching.scoring.shortlist import group_starts
from matching.synthetic.world import generate
from tests.scoring.tiny import person, random_scores, scores_of, work

CALM = frozenset({"calm"})


def test_a_list_goes_from_most_to_fewest_points():
    scores = random_scores(60, 3)
    points = [line.fit.points for line in scores.shortlist("WP-0001", size=60).lines]
    drops = np.diff(points)
    assert (drops <= 30).all()
    assert points[0] >= points[-1]


@pytest.mark.parametrize(
    ("totals", "size", "starts"),
    [
        ([900, 890, 880, 870, 860], 5, [0, 4, 5]),
        ([900, 869, 840, 838], 4, [0, 1, 3, 4]),
        ([900, 900, 900], 1, [0, 3]),
        ([], 3, [0]),
    ],
)
def test_a_near_tie_group_spans_at_most_thirty_points_from_its_top(totals, size, starts):
    assert group_starts(np.array(totals, dtype=np.int32), 30, size) == starts


def test_a_cut_through_a_near_tie_group_is_said():
    twins = [person(f"K-{n}", hours_max=24) for n in range(5)]
    cut = scores_of(twins, [work(hours_min=16)]).shortlist("WP-1", size=3)
    assert (cut.cut_through_tie, cut.hidden_ties) == (True, 2)
    assert all(line.tied for line in cut.lines)
    assert "2 anderen" in str(cut)


def test_all_of_a_near_tie_group_have_the_place_of_its_first_line():
    found = random_scores(300, 3).shortlist("WP-0001", size=40)
    totals, starts = [line.fit.total for line in found.lines], [line.place for line in found.lines]
    tops = {
        start: max(total for total, other in zip(totals, starts, strict=True) if other == start) for start in starts
    }
    assert len(set(starts)) > 2 and any(line.tied for line in found.lines)
    for at, line in enumerate(found.lines, start=1):
        assert line.place <= at and tops[line.place] - line.fit.total <= 30_000
        assert line.place == at or line.tied
    assert all(tops[high] - tops[low] > 30_000 for high, low in zip(sorted(tops), sorted(tops)[1:], strict=False))


def test_a_list_says_what_its_bands_mean_by_the_numbers_of_its_scorecard():
    found = random_scores(30, 3).shortlist("WP-0001")
    bands = found.scorecards[0].bands
    told = " ".join(str(found).split())
    assert f"Sterk: vanaf {bands.strong_points} punten en hoogstens {bands.unknown_share} van de 1000" in told
    assert f"Mogelijk: vanaf {bands.possible_points} punten" in told


def test_the_lot_gives_every_tied_person_a_turn():
    twins = [person(f"K-{n}", hours_max=24) for n in range(4)]
    firsts = [
        scores_of(twins, [work(hours_min=16)], seed=seed).shortlist("WP-1", size=1).lines[0].fit.candidate_id
        for seed in range(200)
    ]
    assert min(firsts.count(f"K-{n}") for n in range(4)) >= 30


def test_the_lot_does_not_look_at_row_order():
    twins = [person(f"K-{n}", hours_max=24) for n in range(9)]
    lists = [scores_of(people, [work(hours_min=16)]).shortlist("WP-1") for people in (twins, twins[::-1])]
    orders = [[line.fit.candidate_id for line in found.lines] for found in lists]
    assert orders[0] == orders[1]


def test_somebody_with_only_a_municipality_is_on_the_list_with_her_questions():
    people = [person(f"K-{n}", hours_max=16, wished_setting=CALM) for n in range(4)]
    unknown = person("K-9", municipality="delft", profile_date=None)
    found = scores_of([*people, unknown], [work(hours_min=24, setting=CALM)]).shortlist("WP-1")
    line = next(line for line in found.lines if line.fit.candidate_id == "K-9")
    assert {question.field for question in line.fit.questions} == {"hours_max", "wished_setting"}


def test_too_few_hours_with_a_package_that_cannot_bend_is_nearly_possible():
    few, fits = person("K-16", hours_max=16), person("K-24", hours_max=24)
    found = scores_of([few, fits], [work(hours_min=24, hours_negotiable=False)]).shortlist("WP-1")
    assert [line.fit.candidate_id for line in found.lines] == ["K-24"]
    assert [fit.candidate_id for fit in found.nearly] == ["K-16"]
    assert "als 16 uur zou kunnen" in str(found)


def test_too_few_hours_with_a_package_that_can_bend_is_listed_with_the_condition():
    found = scores_of([person("K-16", hours_max=16)], [work(hours_min=24, hours_negotiable=True)]).shortlist("WP-1")
    assert [line.fit.candidate_id for line in found.lines] == ["K-16"]
    assert "onder voorbehoud" in str(found)


def test_a_veto_without_remedy_is_not_nearly_possible():
    vetoed = person("K-1", hours_max=16, never=frozenset({"work_package:WP-1"}))
    found = scores_of([vetoed], [work(hours_min=24, hours_negotiable=False)]).shortlist("WP-1")
    assert (found.lines, found.nearly, found.excluded) == ((), (), 1)
    assert "Niemand is nu mogelijk" in str(found)


def test_a_candidate_gets_a_list_of_work():
    packages = [work("WP-1", title="Te veel", hours_min=32), work("WP-2", title="Past", hours_min=16)]
    found = scores_of([person(hours_max=24)], packages).shortlist("K-1")
    assert [line.fit.work_package_id for line in found.lines] == ["WP-2", "WP-1"]
    assert "Past" in str(found)


def test_a_list_prints_within_80_columns_without_percentages():
    text = str(random_scores(60, 3).shortlist("WP-0001"))
    assert max(map(len, text.splitlines())) <= 80
    assert "%" not in text


def test_a_list_as_a_table_has_one_row_a_line():
    found = random_scores(60, 3).shortlist("WP-0001", size=7)
    frame = found.to_frame()
    assert frame["place"].tolist() == [line.place for line in found.lines] and len(frame) == 7
    assert frame["points"].tolist() == [line.fit.points for line in found.lines]


def test_a_list_is_the_same_before_and_after_everything_was_asked():
    scores = random_scores(300, 20, seed=4)
    cold = str(scores.shortlist("WP-0007"))
    scores.best(5)
    assert scores.groups.groups[0].encoding.knows(7)
    assert str(scores.shortlist("WP-0007")) == cold


def test_after_a_list_the_totals_of_its_package_are_not_asked_again_and_are_the_same():
    pool = generate(candidates=300, packages=40, seed=3).pool
    asked, fresh = score(pool), score(pool)
    shown = asked.shortlist(pool.packages.ids[5])
    assert (asked.block(5, 6) == fresh.block(5, 6)).all() and (asked.block(4, 6) == fresh.block(4, 6)).all()
    assert shown.text() == fresh.shortlist(pool.packages.ids[5]).text()
