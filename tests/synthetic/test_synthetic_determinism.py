"""The same seed gives the same world: on every machine, in any process, and inside a bigger world."""

from __future__ import annotations

import datetime as dt
import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import numpy as np

from matching.intake import read_pool
from matching.synthetic import dice as dice_module
from matching.synthetic.dice import Dice
from matching.synthetic.files import synthesise, write_world
from matching.synthetic.world import World, generate

PINNED = "00e8000d4cd02e4b"
"""Of 300 x 100, seed 1, 1 November 2026. A change of generator or vocabularies changes it: make the files again."""
SHIPPED = Path(__file__).parents[2] / "data" / "synthetic"
AGAIN = "from matching.synthetic.world import generate; print(generate(300, 100, 1).pool.fingerprint)"


def test_the_world_of_seed_one_is_pinned(world: World) -> None:
    assert world.pool.fingerprint == PINNED


def test_another_hash_seed_locale_and_time_zone_give_the_same_world() -> None:
    here = {"PYTHONHASHSEED": "77", "LC_ALL": "C", "TZ": "Asia/Tokyo", "PYTHONPATH": os.pathsep.join(sys.path)}
    found = subprocess.run([sys.executable, "-c", AGAIN], capture_output=True, text=True, env=here, check=True)
    assert found.stdout.strip() == PINNED


def test_another_seed_gives_another_world(world: World) -> None:
    assert generate(300, 100, 2).pool.fingerprint != world.pool.fingerprint


def test_a_bigger_world_begins_with_the_same_people_and_packages(world: World) -> None:
    bigger = generate(500, 130, 1).pool
    for name in world.pool.candidates.names:
        if name != "agreements":
            ours, theirs = world.pool.candidates.column(name), bigger.candidates.column(name)
            assert all(ours[row] == theirs[row] for row in range(300)), name
    assert bigger.packages.rows()[:100] == world.pool.packages.rows()


def test_the_committed_files_are_what_the_generator_makes(tmp_path: Path) -> None:
    synthesise(300, 100, 1, tmp_path, as_of=dt.date(2026, 11, 1))
    made = {path.relative_to(tmp_path): path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    kept = {path.relative_to(SHIPPED): path.read_bytes() for path in SHIPPED.rglob("*") if path.is_file()}
    assert made == kept


def test_reading_the_committed_files_gives_the_same_pool(world: World) -> None:
    pool = read_pool(SHIPPED, as_of=world.pool.as_of)
    assert pool.fingerprint == PINNED
    assert pool.ledger
    assert pool.ledger.balances
    assert pool.ledger.refused == 0


def test_english_files_give_the_same_pool(world: World, tmp_path: Path) -> None:
    write_world(world, tmp_path, language="en")
    assert read_pool(tmp_path, as_of=world.pool.as_of).fingerprint == PINNED


def test_every_draw_has_a_name_of_its_own() -> None:
    folder = Path(dice_module.__file__).parent
    names = [
        name
        for path in folder.glob("*.py")
        for name in re.findall(
            r'dice\.(?:below|hit|pick|pick_by|steps|order|raw)\(f?"([^"]+)"', path.read_text("utf-8")
        )
    ]
    repeated = {name for name, times in Counter(names).items() if times > 1}
    assert len(names) > 60
    assert not repeated


def test_the_same_name_gives_the_same_chance_and_a_longer_draw_begins_alike() -> None:
    assert np.array_equal(Dice(5).raw("a", 100)[:10], Dice(5).raw("a", 10))
    assert not np.array_equal(Dice(5).raw("a", 10), Dice(5).raw("b", 10))


def test_the_raw_chance_is_pinned() -> None:
    assert Dice(1).raw("person.place", 3).tolist() == [517057013, 1747414589, 1612864322]
