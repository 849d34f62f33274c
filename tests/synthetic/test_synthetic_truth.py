"""The hidden truth: readable for evaluation alone, without any effect of group, with an effect of access to work."""

from __future__ import annotations

import ast
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import matching
from matching.synthetic.assumptions import assumed, assumptions, assumptions_table
from matching.synthetic.dice import Dice
from matching.synthetic.files import read_truth, write_truth
from matching.synthetic.gaps import Gaps
from matching.synthetic.truth import REASONS, Truth
from matching.synthetic.world import World, profile

PACKAGE = Path(matching.__file__).parent
DOCUMENT = PACKAGE.parent / "docs" / "synthetic-data.md"
MAY_READ_THE_TRUTH = ("synthetic", "evaluation")
MAY_WRITE_WORLDS = {
    "cli": {
        "matching.synthetic.files.holds_a_world",
        "matching.synthetic.files.made_up_pool",
        "matching.synthetic.files.synthesise",
        "matching.synthetic.world.Progress",
    }
}


def imports_of(path: Path) -> set[str]:
    tree, found = ast.parse(path.read_text("utf-8")), set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        if isinstance(node, ast.ImportFrom):
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return {name for name in found if name.startswith("matching.synthetic")}


def test_nothing_that_scores_or_plans_can_reach_the_truth() -> None:
    for path in PACKAGE.rglob("*.py"):
        layer = path.relative_to(PACKAGE).parts[0]
        if layer not in MAY_READ_THE_TRUTH:
            assert imports_of(path) <= MAY_WRITE_WORLDS.get(layer, set()), path


def test_traits_that_no_file_shows_leave_no_trace_in_any_column(world: World) -> None:
    people = world.truth.people
    other = replace(people, drive=-people.drive, control=3 - people.control, young=~people.young)
    columns = profile(Gaps(other, Dice(1)), world.pool.as_of)
    for name in world.pool.candidates.names:
        if name != "agreements":
            ours = world.pool.candidates.column(name)
            assert all(columns[name][row] == ours[row] for row in range(300)), name


@pytest.mark.parametrize("group", ["young", "practical", "silent", "blank"])
def test_belonging_to_a_group_changes_no_chance(world: World, group: str) -> None:
    people = world.truth.people
    other = replace(world.truth, people=replace(people, **{group: ~getattr(people, group)}))
    assert np.array_equal(chances(other), chances(world.truth))


@pytest.mark.parametrize("group", ["source", "supplier", "control"])
def test_where_somebody_is_known_changes_no_chance(world: World, group: str) -> None:
    people = world.truth.people
    other = replace(world.truth, people=replace(people, **{group: np.zeros_like(getattr(people, group))}))
    assert np.array_equal(chances(other), chances(world.truth))


def chances(truth: Truth) -> np.ndarray:
    return truth.chances(range(300), range(20))


def test_an_arrangement_that_is_ready_in_time_raises_the_chance_and_lowers_none(world: World) -> None:
    later = replace(world.truth, weeks_to_start=world.truth.weeks_to_start + 30)
    gain = chances(later).astype(int) - chances(world.truth)
    assert gain.min() >= 0
    assert (gain > 0).mean() > 0.01
    assert not np.any(later.odds(range(300), range(20))["late"])


def test_wanted_work_lasts_longer_than_unwanted_work(world: World) -> None:
    wish = world.truth.odds(range(300), range(100))["wish"]
    found = world.truth.chances(range(300), range(100))
    assert found[wish > 500].mean() > 1.5 * found[wish < -500].mean()


@settings(max_examples=25, deadline=None)
@given(candidate=st.integers(0, 299), package=st.integers(0, 99))
def test_the_reasons_of_a_pair_add_up_to_its_chance(world: World, candidate: int, package: int) -> None:
    why = world.truth.why(candidate, package)
    expected = 1000 / (1 + np.exp(-np.clip(sum(why.values()), -6000, 6000) / 1000))
    assert tuple(why) == REASONS
    assert int(world.truth.chances([candidate], [package])[0, 0]) == pytest.approx(expected, abs=0.51)


def test_one_pair_has_the_same_chance_alone_as_in_a_block(world: World) -> None:
    block = world.truth.chances(range(300), range(100))
    assert world.truth.chances([7], [42])[0, 0] == block[7, 42]


def test_outcomes_follow_the_chances(world: World) -> None:
    rows, columns = range(300), range(100)
    lasts, expected = world.truth.lasts(rows, columns), world.truth.chances(rows, columns) / 1000
    assert lasts.mean() == pytest.approx(expected.mean(), abs=0.01)
    assert np.array_equal(lasts, world.truth.lasts(rows, columns))


def test_the_profile_shows_the_abilities_only_in_part(world: World) -> None:
    needs = world.pool.candidates.column("needs")
    shown = sum(len(needs[row] or ()) for row in range(300))
    assert 0.2 < shown / world.truth.people.reduced.sum() < 0.7


def test_the_truth_folder_makes_the_same_world_again(world: World, tmp_path: Path) -> None:
    write_truth(world, tmp_path)
    again = read_truth(tmp_path)
    assert again.pool.fingerprint == world.pool.fingerprint
    assert np.array_equal(chances(again.truth), chances(world.truth))


def test_every_assumption_names_its_source_and_the_page_shows_them_all() -> None:
    assert all(found.source and found.note for found in assumptions().values())
    assert {f"lasting.{name}" for name in REASONS} <= set(assumptions())
    assert assumed("lasting.group") == 0
    assert assumptions_table() in DOCUMENT.read_text("utf-8")
