"""Municipalities, regions and the distances between them."""

import doctest
from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.domain import distance, region
from matching.domain.distance import distance_km, distance_matrix_km, distances_km, municipality_positions
from matching.domain.region import municipalities, municipality, region_of, regions
from matching.errors import UnknownName

KEYS = list(municipalities())


def test_there_are_342_municipalities_in_35_regions_and_no_region_is_empty():
    per_region = Counter(m.region_code for m in municipalities().values())
    assert (len(municipalities()), len(regions())) == (342, 35)
    assert set(per_region) == set(regions())


def test_haaglanden_has_five_municipalities_and_zoetermeer_is_not_one_of_them():
    haaglanden = {key for key, m in municipalities().items() if m.region_code == "AM21"}
    assert haaglanden == {"s-gravenhage", "delft", "midden-delfland", "rijswijk-zh", "westland"}
    assert region_of("zoetermeer").code == "AM34"


def test_every_centre_lies_in_its_own_region():
    assert all(municipality(r.centre).region_code == code for code, r in regions().items())


def test_no_municipality_lies_far_from_the_middle_of_its_region():
    for code in regions():
        members = [key for key, m in municipalities().items() if m.region_code == code]
        middle = np.median([[municipality(k).latitude, municipality(k).longitude] for k in members], axis=0)
        far = distance.great_circle_km(
            [municipality(k).latitude for k in members], [municipality(k).longitude for k in members], *middle
        )
        assert far.max() < 65, (code, members[int(far.argmax())], far.max())


def test_an_unknown_key_is_refused_with_the_nearest_key():
    with pytest.raises(UnknownName) as refusal:
        municipality("s-gravenhagen")
    assert refusal.value.nearest == "s-gravenhage"


def test_the_tiles_are_distinct_and_keep_north_above_south_and_west_left_of_east():
    tiles = {(r.tile_row, r.tile_column) for r in regions().values()}
    centres = [municipality(r.centre) for r in regions().values()]
    north = np.corrcoef([r.tile_row for r in regions().values()], [-m.latitude for m in centres])[0, 1]
    east = np.corrcoef([r.tile_column for r in regions().values()], [m.longitude for m in centres])[0, 1]
    assert len(tiles) == 35
    assert min(north, east) > 0.85


@pytest.mark.parametrize(
    ("to_key", "kilometres"),
    [
        ("delft", 8.7),
        ("zoetermeer", 13.4),
        ("leiden", 16.0),
        ("rotterdam", 21.2),
        ("gouda", 28.8),
        ("amsterdam", 52.1),
        ("utrecht", 56.3),
        ("apeldoorn", 114.9),
        ("zwolle", 131.3),
        ("bergen-op-zoom", 65.6),
    ],
)
def test_distances_from_den_haag_are_within_a_kilometre_of_the_known_ones(to_key, kilometres):
    assert distance_km("s-gravenhage", to_key) == pytest.approx(kilometres, abs=1.0)


def test_the_matrix_is_symmetric_read_only_and_zero_on_the_diagonal_alone():
    matrix = distance_matrix_km()
    assert matrix.dtype == np.float32
    assert np.array_equal(matrix, matrix.T)
    assert not matrix.flags.writeable
    assert np.array_equal(matrix == 0, np.eye(342, dtype=bool))


@given(st.lists(st.sampled_from([*KEYS, None, "nergens"]), max_size=6), st.lists(st.sampled_from(KEYS), max_size=6))
def test_a_table_of_distances_equals_the_pairs_and_is_unknown_where_a_key_is(from_keys, to_keys):
    table = distances_km(from_keys, to_keys)
    assert table.shape == (len(from_keys), len(to_keys))
    for row, start in zip(table, from_keys, strict=True):
        if start in municipalities():
            assert row == pytest.approx([distance_km(start, end) for end in to_keys], abs=0.01)
        else:
            assert np.isnan(row).all()


def test_an_unknown_municipality_has_no_position():
    assert municipality_positions([KEYS[0], None, "nergens", KEYS[-1]]).tolist() == [0, -1, -1, 341]


def test_the_examples_in_the_documentation_run():
    assert doctest.testmod(region).failed + doctest.testmod(distance).failed == 0
