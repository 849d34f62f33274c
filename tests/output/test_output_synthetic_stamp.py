"""People who were made up are called made up, wherever their file was moved and whatever it is called."""

import dataclasses
import datetime as dt

import pytest

from matching import score
from matching.domain.pool import Pool
from matching.output.roles import Role
from matching.output.stamps import is_synthetic, stamp_of_lists
from matching.synthetic.world import generate


@pytest.fixture(scope="module")
def moved():
    """A synthetic pool as read from a file called poule.xlsx."""
    return dataclasses.replace(generate(60, 20, 3).pool, origin="poule.xlsx")


def test_a_synthetic_pool_says_so_under_any_file_name(moved):
    assert is_synthetic(moved)


def test_its_lists_carry_the_stamp(moved):
    shortlist = score(moved).shortlist(moved.packages.ids[0])
    assert stamp_of_lists([shortlist], role=Role.LIAISON, pool=moved).synthetic


def test_real_looking_profiles_get_no_such_stamp(known_candidate, archive_package):
    pool = Pool.of([known_candidate], [archive_package], as_of=dt.date(2026, 11, 1))
    assert not is_synthetic(dataclasses.replace(pool, origin="poule.xlsx"))
