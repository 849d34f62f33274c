"""A file of travel times replaces the estimate; every line is used or refused with a sentence."""

from __future__ import annotations

from dataclasses import replace

import pytest

from matching.advice.travelling import coverage, trips_of
from matching.domain.pool import Pool
from matching.errors import InputRefused
from matching.intake.travel_matrix import read_travel_matrix
from matching.scoring.scorecard import score
from tests.strategies import AS_OF


def file_of(tmp_path, *lines):
    path = tmp_path / "reistijden.csv"
    path.write_text("\n".join(["van;naar;minuten;vervoer", *lines]), encoding="utf-8")
    return path


def test_a_trip_from_the_file_replaces_the_estimate(tmp_path, known_candidate, archive_package):
    found = read_travel_matrix(file_of(tmp_path, "Delft;Den Haag;25;fiets", "Delft;Den Haag;40;openbaar vervoer"))
    pool = replace(Pool.of([known_candidate], [archive_package], as_of=AS_OF), travel=found.times)
    trip = trips_of(pool, "K-1")[0]
    assert (found.accepted, found.refused) == (2, ())
    assert (trip.minutes, trip.estimate) == (25, False)
    assert coverage(pool) == (1, 1)
    assert "schatting" not in str(score(pool).fit("K-1", "WP-1").parts[5].reason)


def test_postcodes_are_read_as_postcodes(tmp_path):
    found = read_travel_matrix(file_of(tmp_path, "2611;2511;18;fiets"))
    assert dict(found.times.matrix) == {("2611", "2511", "bicycle"): 18}
    assert found.times.uses_postcodes


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("Delft;Nergenshuizen;25;fiets", "Nergenshuizen"),
        ("Delft;Bergen;25;fiets", "Rij 2"),
        ("Delft;Den Haag;-5;fiets", "-5"),
        ("Delft;Den Haag;veel;fiets", "veel"),
        ("Delft;Den Haag;25;raket", "raket"),
        (";Den Haag;25;fiets", "Rij 2"),
        ("Delft;261;25;fiets", "261"),
    ],
)
def test_a_line_that_cannot_be_read_is_refused_with_its_row(tmp_path, line, word):
    found = read_travel_matrix(file_of(tmp_path, line, "Delft;Den Haag;30;fiets"))
    assert (found.read, found.accepted, len(found.refused)) == (2, 1, 1)
    assert word in str(found.refused[0]) and "Rij 2" in str(found.refused[0])


def test_two_lines_for_one_trip_are_both_refused(tmp_path):
    found = read_travel_matrix(file_of(tmp_path, "Delft;Den Haag;25;fiets", "Delft;'s-Gravenhage;30;fiets"))
    assert (found.accepted, len(found.refused)) == (0, 2)


def test_a_file_without_the_columns_is_refused(tmp_path):
    path = tmp_path / "iets.csv"
    path.write_text("a;b\n1;2\n", encoding="utf-8")
    with pytest.raises(InputRefused):
        read_travel_matrix(path)
