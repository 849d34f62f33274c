"""Pools hold entities as columns of distinct values and give them back unchanged."""

from __future__ import annotations

import dataclasses
import datetime as dt
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parents[1]))
from strategies import pools

from matching.domain.agreement import Agreement
from matching.domain.candidate import Candidate
from matching.domain.canonical import canonical, canonical_texts
from matching.domain.columns import Column, combined
from matching.domain.judging import Pair
from matching.domain.pool import Pool
from matching.domain.travel import TRAVEL_CANDIDATE_READS, TRAVEL_PACKAGE_READS, TravelTimes
from matching.domain.work_package import Task
from matching.errors import UnknownName

AS_OF = dt.date(2026, 11, 1)


def pool_of(candidates, packages, **more):
    return Pool.of(candidates, packages, as_of=AS_OF, **more)


def test_a_pool_gives_back_the_entities_it_was_made_of(known_candidate, archive_package):
    pool = pool_of([known_candidate, Candidate(candidate_id="K-2")], [archive_package])
    assert pool.candidate("K-1") == known_candidate
    assert pool.package("WP-1") == archive_package
    assert pool.candidate("K-2").education is None


def test_an_unknown_id_is_answered_with_the_nearest(known_candidate, archive_package):
    with pytest.raises(UnknownName, match="Bedoelde u K-1"):
        pool_of([known_candidate], [archive_package]).candidate("K-l")


def test_people_with_equal_values_form_one_class(known_candidate, archive_package):
    people = [dataclasses.replace(known_candidate, candidate_id=f"K-{n}", hours_max=20.0 + n % 2) for n in range(6)]
    classes = pool_of(people, [archive_package]).candidates.classes(["hours_min", "hours_max"])
    assert classes.size == 2
    assert classes.numbers("hours_max")[classes.codes].tolist() == [20.0, 21.0] * 3


def test_row_order_does_not_change_the_fingerprint(known_candidate, archive_package):
    other = dataclasses.replace(known_candidate, candidate_id="K-2", wished_setting=frozenset({"fixed", "calm"}))
    forward, backward = (
        pool_of(people, [archive_package]) for people in ([known_candidate, other], [other, known_candidate])
    )
    assert forward.fingerprint == backward.fingerprint
    assert forward.fingerprint != pool_of([known_candidate], [archive_package]).fingerprint


def test_agreements_hang_on_their_candidate(known_candidate, archive_package):
    veto = Agreement(kind="veto", candidate_id="K-1", work_package_id="WP-1", reason="te ver")
    pool = pool_of([known_candidate], [archive_package], agreements=[veto])
    assert pool.candidate("K-1").agreements == (veto,)


def test_a_profile_without_a_date_or_older_than_half_a_year_is_stale(known_candidate, archive_package):
    dates = [None, dt.date(2026, 4, 1), dt.date(2026, 9, 1)]
    people = [dataclasses.replace(known_candidate, candidate_id=f"K-{n}", profile_date=d) for n, d in enumerate(dates)]
    assert pool_of(people, [archive_package]).stale.tolist() == [True, True, False]


def trips(candidate, package, travel):
    pair = Pair(candidate=candidate, package=package, as_of=AS_OF, travel=travel)
    sides_of = pair.sides(type("R", (), {"candidate": TRAVEL_CANDIDATE_READS, "package": TRAVEL_PACKAGE_READS}))
    return travel.trips(sides_of.candidate, sides_of.package)


def test_minutes_are_an_estimate_by_the_fastest_own_mode(known_candidate, archive_package):
    found = trips(known_candidate, archive_package, TravelTimes())
    assert found.estimate.tolist() == [[True]]
    assert 30 <= found.minutes[0, 0] <= 45
    assert found.fastest[0, 0] <= found.minutes[0, 0] <= found.slowest[0, 0]


def test_a_matrix_replaces_the_estimate(known_candidate, archive_package):
    found = trips(known_candidate, archive_package, TravelTimes({("delft", "s-gravenhage", "bicycle"): 12}))
    assert found.minutes.tolist() == [[12.0]]
    assert found.estimate.tolist() == [[False]]


def test_an_unknown_place_or_mode_gives_unknown_minutes(known_candidate, archive_package):
    nowhere = dataclasses.replace(known_candidate, municipality=None)
    anyhow = dataclasses.replace(known_candidate, travel_modes=None)
    assert np.isnan(trips(nowhere, archive_package, TravelTimes()).minutes[0, 0])
    assert np.isnan(trips(anyhow, archive_package, TravelTimes()).minutes[0, 0])
    assert not np.isnan(trips(anyhow, archive_package, TravelTimes()).fastest[0, 0])


def test_a_narrowed_pool_drops_agreements_about_other_work_and_reserves_who_has_a_place_there(
    known_candidate, archive_package, as_of
):
    other = dataclasses.replace(archive_package, work_package_id="WP-2", programme="riha")
    veto = Agreement(kind="veto", candidate_id="K-1", work_package_id="WP-1", reason="x")
    accepted = Agreement(kind="accepted", candidate_id="K-1", work_package_id="WP-1")
    pool = Pool.of([known_candidate], [archive_package, other], as_of=as_of, agreements=(veto, accepted))
    narrowed = pool.select(programme="riha")
    assert [(one.kind, one.work_package_id) for one in narrowed.agreements] == [("reserve", None)]


@settings(max_examples=20, deadline=None)
@given(pool=pools())
def test_texts_written_column_by_column_are_the_texts_of_each_value(pool):
    for table in (pool.candidates, pool.packages):
        values = [*table.rows(), (), frozenset({"b", "a"}), (1, True, 1.0, None, (AS_OF,)), Task(name="a % b")]
        assert canonical_texts(values) == list(map(canonical, values))


@settings(max_examples=40, deadline=None)
@given(data=st.data(), rows=st.integers(0, 40))
def test_classes_are_the_distinct_combinations_in_order_with_their_first_rows(data, rows):
    sizes = data.draw(st.lists(st.sampled_from([1, 2, 3, 500]), max_size=3))
    cells = [data.draw(st.lists(st.integers(0, size - 1), min_size=rows, max_size=rows)) for size in sizes]
    columns = {
        str(n): Column(np.array(codes, dtype=np.int32), tuple(range(size)))
        for n, (codes, size) in enumerate(zip(cells, sizes, strict=True))
    }
    found = combined(columns, rows)
    combinations = list(zip(*cells, strict=True)) if cells else [()] * rows
    distinct = sorted(set(combinations))
    assert found.size == len(distinct)
    assert [distinct[code] for code in found.codes] == combinations
    for n in range(len(cells)):
        assert found.columns[str(n)].codes.tolist() == [combination[n] for combination in distinct]


@settings(max_examples=20, deadline=None)
@given(pool=pools())
def test_a_column_of_a_property_holds_what_each_entity_says(pool):
    twice = pool.packages.take(np.repeat(np.arange(len(pool.packages)), 3))
    for name in ("scorecard_key", "days_on_site", "task_hours", "work_kind_shares", "place_demands", "offer_states"):
        column = twice.column(name)
        assert [column[row] for row in range(len(twice))] == [getattr(entity, name) for entity in twice.rows()], name
