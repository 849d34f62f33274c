"""The gaps and proportions of the synthetic pool are those that it promises."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from matching.domain.pool import Pool
from matching.domain.region import municipalities, region_of
from matching.synthetic.sheets import inhabitants
from matching.synthetic.world import World

TARGETS = {"education": 0.42, "wished_work_kinds": 0.38}


def unknown(pool: Pool, *names: str) -> NDArray[np.bool_]:
    return np.logical_and.reduce([pool.candidates.column(name).unknown for name in names])


def share(pool: Pool, name: str, value: object) -> float:
    column = pool.candidates.column(name)
    return float(np.mean(np.array([found == value for found in column.values])[column.codes]))


@pytest.mark.parametrize(("name", "target"), TARGETS.items())
def test_missing_rates_are_those_of_the_national_pool(nation: World, name: str, target: float) -> None:
    assert unknown(nation.pool, name).mean() == pytest.approx(target, abs=0.015)


def test_deployability_is_wholly_unknown_for_a_quarter(nation: World) -> None:
    gone = unknown(nation.pool, "hours_max", "days_available", "max_travel_minutes")
    assert gone.mean() == pytest.approx(0.25, abs=0.02)


def test_eight_in_a_hundred_are_known_to_be_available_now(nation: World) -> None:
    assert share(nation.pool, "available", "now") == pytest.approx(0.08, abs=0.01)


def test_gaps_hang_together_because_of_who_was_never_interviewed(nation: World) -> None:
    education, wishes = unknown(nation.pool, "education"), unknown(nation.pool, "wished_work_kinds")
    silent = nation.truth.people.silent
    assert np.corrcoef(education, wishes)[0, 1] > 0.35
    assert education[silent].mean() > 0.85
    assert education[silent].sum() > 0.6 * education.sum()
    among_spoken = np.corrcoef(education[~silent], wishes[~silent])[0, 1]
    assert abs(among_spoken) < 0.03


def test_the_never_interviewed_are_mostly_young_or_from_practical_education(nation: World) -> None:
    people = nation.truth.people
    assert people.silent[people.young & people.practical].mean() > 0.6
    assert people.silent[~people.young & ~people.practical].mean() < 0.25


def test_some_candidates_have_nothing_but_id_and_municipality(nation: World) -> None:
    pool = nation.pool
    bare = [name for name in pool.candidates.names if name not in ("candidate_id", "municipality", "agreements")]
    nothing = unknown(pool, *bare)
    assert 0.02 < nothing.mean() < 0.06
    assert not unknown(pool, "municipality").any()


def test_candidates_live_where_people_live(nation: World) -> None:
    expected: dict[str, float] = {}
    for key, number in zip(municipalities(), inhabitants(), strict=True):
        expected[region_of(key).code] = expected.get(region_of(key).code, 0) + number / inhabitants().sum()
    column = nation.pool.candidates.column("municipality")
    regions = np.array([region_of(key).code for key in column.values])[column.codes]
    national = nation.truth.people.source != 1
    for code, part in expected.items():
        assert np.mean(regions[national] == code) == pytest.approx(part, abs=0.007), code


def test_the_population_adds_up_to_the_netherlands() -> None:
    assert inhabitants().sum() == pytest.approx(18_050, abs=100)


def test_higher_educated_people_are_scarce_except_with_suppliers(nation: World) -> None:
    people = nation.truth.people
    high = people.step >= 6
    assert high.mean() < 0.08
    assert high[people.source == 1].mean() > 4 * high[people.source != 1].mean()


def test_work_is_scarce_on_both_sides(world: World) -> None:
    packages = world.pool.packages.rows()
    high = sum(package.places for package in packages if (package.scale_min or 0) >= 8)
    low = sum(package.places for package in packages if (package.scale_max or 18) <= 5)
    able = int((world.truth.people.step >= 6).sum())
    assert high > able
    assert low < len(world.pool.candidates) - able


def test_all_methods_have_their_share_of_places_and_riha_is_inside_individual(world: World) -> None:
    places = {"individual": 0, "collective": 0, "supplier": 0, "other_employer": 0}
    for package in world.pool.packages.rows():
        places[package.method] += package.places
        assert package.programme != "riha" or (package.method == "individual" and (package.scale_min or 0) >= 8)
    shares = {method: number / sum(places.values()) for method, number in places.items()}
    assert 0.30 < shares["individual"] < 0.50
    assert 0.15 < shares["collective"] < 0.40
    assert 0.25 < shares["supplier"] + shares["other_employer"] < 0.45


def test_eight_suppliers_serve_the_whole_country(nation: World) -> None:
    people = nation.truth.people
    for supplier in range(8):
        places = people.place[people.supplier == supplier]
        assert len({tuple(municipalities().values())[place].province for place in places}) >= 10
