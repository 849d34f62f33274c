"""Law 13 through the command line: row order and the settings of the computer change no byte of what is written."""

import os
import subprocess
import sys
from itertools import product
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from matching.cli.main import run
from matching.planning.place import place

ENVIRONMENTS = [
    {"PYTHONHASHSEED": seed, "LC_ALL": locale, "TZ": zone, "OMP_NUM_THREADS": threads}
    for seed, locale, zone, threads in product(
        ("0", "1", "777"), ("C", "tr_TR.UTF-8"), ("UTC", "Pacific/Apia"), ("1", "2")
    )
]


def tied(seed):
    """Return pairs, packages and people with many equal scores, some with hours and several places."""
    draw = np.random.default_rng(seed)
    who, what = np.nonzero(draw.random((14, 7)) < 0.6)
    pairs = pd.DataFrame({"candidate_id": [f"k{n}" for n in who], "work_package_id": [f"p{n}" for n in what]})
    pairs["score"], pairs["hours"] = draw.integers(0, 4, len(pairs)), draw.choice([16, 24, 32], len(pairs))
    packages = pd.DataFrame({"work_package_id": [f"p{n}" for n in range(7)], "places": draw.integers(1, 4, 7)})
    if seed % 2:
        packages["hours_budget"] = draw.integers(24, 80, 7)
    people = pd.DataFrame({"candidate_id": [f"k{n}" for n in range(14)], "max_places": draw.integers(1, 3, 14)})
    return pairs, packages, people


def turned(table, seed):
    return table.sample(frac=1, random_state=seed)


def plans(seed, orders):
    pairs, packages, people = tied(seed)
    tables = ((turned(t, n) for t in (pairs, packages, people)) for n in range(orders))
    return {place(*each, seed=1).rows for each in tables}


@pytest.mark.parametrize("seed", range(4))
def test_law_13_the_order_of_all_rows_changes_no_placement(seed):
    assert len(plans(seed, 6)) == 1


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(20))
def test_law_13_100_orders_of_all_rows_of_20_questions_give_one_placement_each(seed):
    assert len(plans(seed, 100)) == 1


def written(folder, seed, order):
    """Write the tables in some order and return the arguments of `matching place`."""
    names = ("pairs", "packages", "people")
    for name, table in zip(names, tied(seed), strict=True):
        turned(table, order).to_csv(folder / f"{name}.csv", index=False)
    pairs, packages, people = (str(folder / f"{name}.csv") for name in names)
    return ["place", pairs, "--packages", packages, "--candidates", people, "--out", str(folder / "out.csv")]


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(20))
def test_law_13_orders_through_the_command_line_give_one_file(seed, tmp_path):
    files = set()
    for order in range(5):
        assert run(written(tmp_path, seed, order)) == 0
        files.add((tmp_path / "out.csv").read_bytes())
    assert len(files) == 1


def in_environments(arguments, out, folder, environments):
    """Return what each environment, each in a folder of its own, writes."""
    found = set()
    for number, environment in enumerate(environments):
        here = folder / f"cwd{number}"
        here.mkdir()
        command = [sys.executable, "-c", "from matching.cli.main import main; main()", *arguments]
        subprocess.run(command, env={**os.environ, **environment}, cwd=here, check=True, capture_output=True)
        found.add(out.read_bytes())
        out.unlink()
    return found


def test_law_13_two_environments_write_one_placement(tmp_path):
    arguments = written(tmp_path, 3, 0)
    assert len(in_environments(arguments, tmp_path / "out.csv", tmp_path, ENVIRONMENTS[::23])) == 1


@pytest.mark.soak
@pytest.mark.parametrize("seed", [2, 3])
def test_law_13_24_environments_write_one_placement(seed, tmp_path):
    arguments = written(tmp_path, seed, 0)
    assert len(ENVIRONMENTS) == 24
    assert len(in_environments(arguments, tmp_path / "out.csv", tmp_path, ENVIRONMENTS)) == 1


@pytest.mark.soak
def test_law_13_24_environments_write_one_plan(tmp_path):
    out, pool = tmp_path / "plan.csv", str(Path("data/synthetic").resolve())
    arguments = ["plan", pool, "--programme", "riha", "--date", "2026-11-01", "--out", str(out)]
    assert len(in_environments(arguments, out, tmp_path, ENVIRONMENTS)) == 1
