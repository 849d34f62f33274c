"""`matching plan` from the folder to the files: what changed and why, what pins cost, and who waits."""

from __future__ import annotations

import csv
import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from matching.cli.main import run

DAY = ("--date", "2026-11-01", "--seconds", "10")


def planned(pool: Path, out: Path, *more: str) -> dict[str, Any]:
    """Plan a folder and return the record of the plan."""
    assert run(["plan", str(pool), *DAY, "--out", str(out), *more]) == 0
    record: dict[str, Any] = json.loads(out.read_text(encoding="utf-8"))["record"]
    return record


def points(record: dict[str, Any]) -> dict[tuple[str, str], int]:
    return {(p["candidate_id"], p["work_package_id"]): p["points"] for p in record["proposals"]}


def changed_travel(pool: Path, folder: Path, candidate: str, minutes: str) -> Path:
    """Return a copy of a pool in which one candidate travels at most so many minutes."""
    copied = Path(shutil.copytree(pool, folder / "later"))
    path = copied / "kandidaten.csv"
    rows = list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines(), delimiter=";"))
    at = rows[0].index("reistijd maximaal (minuten)")
    row = next(row for row in rows if row[0] == candidate)
    row[at] = minutes
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, delimiter=";").writerows(rows)
    return copied


@pytest.fixture(scope="module")
def first(small_world: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Any], Path]:
    """The plan of today and the file it stands in."""
    out = tmp_path_factory.mktemp("plan") / "first.json"
    return planned(small_world, out), out


def moved(first: tuple[dict[str, Any], Path], pool: Path, folder: Path) -> tuple[dict[str, Any], str]:
    """Return the plan after the best new proposal's candidate hardly travels any more, and who that is."""
    free = [p for p in first[0]["proposals"] if p["held"] == "new"]
    who = max(free, key=lambda p: (p["points"], p["candidate_id"]))["candidate_id"]
    later = changed_travel(pool, folder, who, "1")
    return planned(later, folder / "second.json", "--previous", str(first[1])), who


def test_after_one_candidate_changes_the_rest_keeps_its_points_and_the_plan_says_what_changed(
    first: tuple[dict[str, Any], Path], small_world: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    second, who = moved(first, small_world, tmp_path)
    before, after = points(first[0]), points(second)
    assert all(after[pair] == before[pair] for pair in before.keys() & after.keys() if pair[0] != who)
    shown = " ".join(capsys.readouterr().out.split())
    said = re.search(r"(\d+) van (\d+) voorstel\w* gewijzigd(\. Voor )?", shown)
    gone = len(before.keys() - after.keys())
    assert said and (int(said[1]), int(said[2])) == (gone, len(before))
    assert bool(said[3]) == (before.keys() != after.keys())
    people = {candidate for candidate, _ in before.keys() ^ after.keys()}
    assert all(f"{candidate}: eerder" in shown for candidate in people)


def test_what_changed_stands_in_the_workbook_too(
    first: tuple[dict[str, Any], Path], small_world: Path, tmp_path: Path
) -> None:
    later = changed_travel(small_world, tmp_path, first[0]["proposals"][0]["candidate_id"], "5")
    planned(later, tmp_path / "out.json", "--previous", str(first[1]), "--out", str(tmp_path / "out.txt"))
    told = " ".join((tmp_path / "out.txt").read_text(encoding="utf-8").split())
    assert re.search(r"\d+ van \d+ voorstel\w* gewijzigd", told)


def test_a_change_budget_of_nothing_leaves_other_people_where_they_were(
    first: tuple[dict[str, Any], Path], small_world: Path, tmp_path: Path
) -> None:
    kept = planned(small_world, tmp_path / "kept.json", "--previous", str(first[1]), "--change-budget", "0")
    assert points(kept) == points(first[0]) and kept["changes"] == []


def test_pins_of_the_pool_say_what_they_cost(
    first: tuple[dict[str, Any], Path], small_world: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    taken = next(u for u in first[0]["unplaced"] if u["reason"]["say"].startswith("planning.unplaced.taken"))
    other, target = taken["candidate_id"], dict(taken["reason"]["with"])["package"]
    pool = Path(shutil.copytree(small_world, tmp_path / "pinned"))
    path = pool / "afspraken.csv"
    kept = path.read_text(encoding="utf-8-sig") if path.exists() else "kandidaat;werkpakket;soort afspraak;reden\r\n"
    cells = {"kandidaat": other, "werkpakket": target, "soort afspraak": "vastgezet", "reden": "toegezegd"}
    line = ";".join(cells.get(name, "") for name in kept.splitlines()[0].split(";"))
    path.write_text(f"{kept}{line}\r\n", encoding="utf-8-sig")
    record = planned(pool, tmp_path / "pinned.json", "--pin-costs")
    costs = {(c["candidate_id"], c["work_package_id"]): c for c in record["pin_costs"]}
    assert costs[other, target]["moved"] and costs[other, target]["proven"]
    assert f"{other} vastzetten bij {target}" in " ".join(capsys.readouterr().out.split())


def test_only_cleared_proposes_nothing_provisional_and_says_who_waits(
    small_world: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    record = planned(small_world, tmp_path / "cleared.json", "--only-cleared")
    assert not any(p["provisional"] and p["held"] == "new" for p in record["proposals"])
    assert "met mogelijk werk wacht" in " ".join(capsys.readouterr().out.split())


def test_counting_jobs_stands_in_the_status_of_the_file(small_world: Path, tmp_path: Path) -> None:
    record = planned(small_world, tmp_path / "jobs.json", "--count", "jobs")
    about = json.loads((tmp_path / "jobs.json").read_text(encoding="utf-8"))["about"]
    assert record["stages"][0]["name"] == "hours" and "voorrang aan wie meer uren" in about["status"]
