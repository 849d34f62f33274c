"""The synthetic pool is a proper pool: known words only, nothing dangling, nothing that may not exist."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest

from matching.domain.agreement import Agreement
from matching.domain.arrangement import arrangements
from matching.domain.demand import demands
from matching.domain.region import municipalities
from matching.domain.task_kind import task_kinds
from matching.domain.vocabulary import vocabulary
from matching.synthetic.files import write_world
from matching.synthetic.tasks import shared_hours
from matching.synthetic.world import World, generate

OF_CANDIDATES = {
    "skills": "skill",
    "skills_absent": "skill",
    "work_kinds_mastered": "work_kind",
    "wants_to_learn": "work_kind",
    "wished_setting": "setting",
    "development_wishes": "development",
    "driving_licence": "driving_licence",
    "travel_modes": "travel_mode",
    "days_available": "weekday",
}
OF_PACKAGES = {
    "work_kinds": "work_kind",
    "setting": "setting",
    "development": "development",
    "skills_essential": "skill",
    "skills_welcome": "skill",
    "skills_trainable": "skill",
    "licence_asked": "driving_licence",
    "days_required": "weekday",
}
FORBIDDEN = re.compile(r"bsn|naam|name|birth|geboorte|gender|geslacht|diagnos|ziek|telefoon(nummer)?$|e-?mail|straat")


@pytest.mark.parametrize(("column", "name"), OF_CANDIDATES.items())
def test_every_key_of_a_candidate_is_a_word_of_its_vocabulary(nation: World, column: str, name: str) -> None:
    found = nation.pool.candidates.column(column).values
    keys = {key for value in found if value for key in value}
    assert keys
    assert keys <= set(vocabulary(name))


@pytest.mark.parametrize(("column", "name"), OF_PACKAGES.items())
def test_every_key_of_a_package_is_a_word_of_its_vocabulary(world: World, column: str, name: str) -> None:
    keys = {key for value in world.pool.packages.column(column).values if value for key in value}
    assert keys <= set(vocabulary(name))


@pytest.mark.parametrize("column", ["experience", "wished_work_kinds"])
def test_experience_and_wishes_are_kinds_of_work(nation: World, column: str) -> None:
    keys = {pair[0] for value in nation.pool.candidates.column(column).values if value for pair in value}
    assert keys <= set(vocabulary("work_kind"))


def test_every_need_names_a_demand_with_an_existing_level_or_an_arrangement(nation: World) -> None:
    needs = {need for value in nation.pool.candidates.column("needs").values for need in value or ()}
    for need in needs:
        assert need.demand or need.arrangements
        assert set(need.arrangements) <= set(arrangements())
        assert need.demand is None or 0 <= (need.level or 0) < len(demands()[need.demand].levels) - 1


def test_needs_have_alternatives_and_confirmations_and_some_people_need_nothing(nation: World) -> None:
    values = nation.pool.candidates.column("needs").values
    needs = [need for value in values for need in value or ()]
    assert () in values
    assert None in values
    assert any(len(need.arrangements) == 2 for need in needs)
    assert {need.confirmed_on is None for need in needs} == {True, False}


def test_tasks_offers_and_places_use_the_catalogues(world: World) -> None:
    for package in world.pool.packages.rows():
        assert package.municipality in municipalities()
        assert {task.task_kind for task in package.tasks or ()} <= set(task_kinds())
        asked = [pair for task in package.tasks or () for pair in task.demands] + list(package.place_demands)
        assert all(0 <= level < len(demands()[key].levels) for key, level in asked)
        assert len({offer.arrangement for offer in package.offers}) == len(package.offers)
        assert {offer.arrangement for offer in package.offers} <= set(arrangements())


def test_true_task_hours_add_up_and_shown_hours_are_those(world: World) -> None:
    pairs = zip(world.pool.packages.rows(), world.truth.work.truths, strict=True)
    for package, truth in pairs:
        assert sum(task.hours for task in truth.tasks) == package.hours_max
        shown = [task.hours for task in package.tasks or ()]
        assert all(hours in (None, task.hours) for hours, task in zip(shown, truth.tasks, strict=True))


@pytest.mark.parametrize(("hours", "weights"), [(24, [5, 3]), (12, [1, 1, 1]), (36, [7, 2, 2, 1])])
def test_hours_are_shared_out_in_halves_without_loss(hours: int, weights: list[int]) -> None:
    parts = shared_hours(hours, weights)
    assert sum(parts) == hours
    assert all(part > 0 and (2 * part).is_integer() for part in parts)


def test_dates_are_in_order_and_starts_lie_around_2027(world: World) -> None:
    for package in world.pool.packages.rows():
        assert package.start_date is None or package.start_date.year == 2027
        if package.start_date and package.end_date:
            assert (package.end_date - package.start_date).days > 150
    dates = [day for day in world.pool.candidates.column("profile_date").values if day]
    assert max(dates) < world.pool.as_of


def test_agreements_speak_of_people_and_packages_that_exist_and_do_not_contradict(world: World) -> None:
    pool, seen = world.pool, []
    for found in pool.agreements:
        seen += [identity for identity in (found.candidate_id, found.other_candidate_id) if identity]
        assert found.work_package_id is None or pool.package(found.work_package_id)
        assert found.kind in ("veto", "reserve", "same_person") or not vetoed(world, found)
    assert set(seen) <= set(pool.candidates.ids)
    assert len(seen) == len(set(seen))
    assert {found.kind for found in pool.agreements} >= {"pin", "veto", "reserve", "accepted", "cleared"}


def vetoed(world: World, agreement: Agreement) -> bool:
    person, package = world.pool.candidate(agreement.candidate_id), world.pool.package(agreement.work_package_id or "")
    words = {f"employer:{package.employer}", *(f"work_kind:{kind}" for kind in package.work_kinds or ())}
    return bool(words & (person.never or frozenset()))


def test_nobody_vetoes_work_that_she_wants_or_masters(nation: World) -> None:
    people, kinds = nation.truth.people, tuple(vocabulary("work_kind"))
    never = nation.pool.candidates.column("never")
    own = np.concatenate([people.wishes, people.kinds], axis=1)
    vetoes = [(row, never[row]) for row in range(len(people)) if never[row]]
    assert len(vetoes) > 500
    assert not [row for row, words in vetoes if words & {f"work_kind:{kinds[kind]}" for kind in own[row] if kind >= 0}]


def test_nobody_is_agreed_upon_who_was_never_spoken_to_or_is_not_free(nation: World) -> None:
    pool = nation.pool
    agreed = [found.candidate_id for found in pool.agreements if found.kind != "same_person"]
    rows = [pool.candidates.position(identity) for identity in agreed]
    assert not nation.truth.people.silent[rows].any()
    assert "no" not in {pool.candidates.column("available")[row] for row in rows}


def test_two_people_are_sometimes_one_person_through_two_organisations(nation: World) -> None:
    assert "same_person" in {found.kind for found in nation.pool.agreements}


def test_teams_have_guides_that_exist_and_new_teams_have_ten_to_fifteen_places(world: World) -> None:
    guides = {guide.guide_id for guide in world.pool.guides}
    teams = [package for package in world.pool.packages.rows() if package.method == "collective"]
    assert {guide.role for guide in world.pool.guides} == {"leader", "coach"}
    assert len({team.municipality for team in teams}) == 2
    for team in teams:
        assert {team.team_leader, team.job_coach} - {None} <= guides
        assert 10 <= team.places + (team.team_members or 0) <= 15
    assert any(team.team_members == 0 for team in teams)


def test_no_column_or_file_can_hold_what_may_not_exist(world: World, tmp_path: Path) -> None:
    write_world(world, tmp_path)
    for path in tmp_path.rglob("*.csv"):
        text = path.read_text("utf-8-sig")
        header = text.partition("\n")[0].split(";")
        assert not [name for name in header if FORBIDDEN.search(name)], path.name
        assert not re.search(r"(?<!\d)\d{9}(?!\d)", text), path.name


@pytest.mark.parametrize(("candidates", "packages"), [(0, 0), (1, 0), (0, 1), (1, 1), (3, 51)])
def test_a_world_of_any_size_can_be_made(candidates: int, packages: int) -> None:
    pool = generate(candidates, packages, 3).pool
    assert (len(pool.candidates), len(pool.packages)) == (candidates, packages)
