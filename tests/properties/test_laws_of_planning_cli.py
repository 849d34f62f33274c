"""Law 14 through the command line: the same input gives the same plan, and an earlier plan is kept within bounds."""

import datetime as dt
import json
import re
from itertools import combinations

import pytest

import matching
from matching.cli.main import run
from matching.domain.judging import Outcome

NAMES = ["candidate_id", "work_package_id"]


def plan(tmp_path, name, *more):
    """Write a plan of the shipped pool and return its pairs."""
    out = tmp_path / f"{name}.json"
    day = ("--date", "2026-11-01", "--programme", "riha", "--out", str(out))
    assert run(["plan", "data/synthetic", *day, *more]) == 0
    found = json.loads(out.read_text(encoding="utf-8"))
    record = found.get("record", found)
    return {tuple(item[name] for name in NAMES) for item in record["proposals"]}, out


@pytest.fixture
def moved(tmp_path):
    """Return the plan of today, and a file of an earlier plan in which two people had each other's place."""
    pairs, out = plan(tmp_path, "first")
    text = out.read_text(encoding="utf-8")
    found = json.loads(text)
    free = [tuple(p[n] for n in NAMES) for p in found.get("record", found)["proposals"] if p["held"] == "new"]
    turned = (({(a, q), (b, p)}, p, q) for (a, p), (b, q) in combinations(sorted(free), 2))
    scores = matching.score(matching.read_pool("data/synthetic", as_of=dt.date(2026, 11, 1)))
    possible = (each for each in turned if all(fit.outcome is not Outcome.CONFLICT for fit in scores.fits(each[0])))
    swapped, one, two = next(possible)
    earlier = tmp_path / "earlier.json"
    earlier.write_text(re.sub(f"{one}|{two}", lambda hit: two if hit[0] == one else one, text), encoding="utf-8")
    return pairs, earlier, swapped


def test_law_14_the_same_input_and_an_earlier_plan_of_it_give_the_same_plan(tmp_path, capsys):
    first, out = plan(tmp_path, "first")
    again, _ = plan(tmp_path, "again", "--previous", str(out))
    assert again == first and f"0 van {len(first)} voorstellen gewijzigd" in capsys.readouterr().out


def test_law_14_a_budget_of_no_changes_keeps_what_can_still_be(tmp_path, moved):
    _, earlier, swapped = moved
    kept, _ = plan(tmp_path, "kept", "--previous", str(earlier), "--change-budget", "0")
    assert swapped <= kept


def test_law_14_a_high_threshold_keeps_and_no_threshold_changes_and_says_why(tmp_path, moved, capsys):
    first, earlier, swapped = moved
    free, _ = plan(tmp_path, "free", "--previous", str(earlier))
    said = capsys.readouterr().out
    assert free == first and f"2 van {len(first)} voorstellen gewijzigd" in said
    assert all(f"{candidate}: eerder" in said for candidate, _ in swapped)
    kept, _ = plan(tmp_path, "kept", "--previous", str(earlier), "--change-threshold", "1000")
    assert swapped <= kept
