"""The seam on the command line: own scores in, exact placements out, the file as its input was."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from matching.cli.main import run


def written(folder: Path, name: str, text: str) -> str:
    (folder / name).write_bytes(text.encode())
    return str(folder / name)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_output_keeps_the_delimiter_and_every_id(delimiter: str, tmp_path: Path) -> None:
    rows = (("candidate_id", "package_id", "score"), ("007", "=A", "10"), ("007", "B", "5"), ("8", "=A", "9"))
    pairs = written(tmp_path, "pairs.csv", "\ufeff" + "".join(delimiter.join(row) + "\r\n" for row in rows))
    assert run(["place", pairs, "--out", str(tmp_path / "out.csv")]) == 0
    lines = [
        delimiter.join(row)
        for row in (("candidate_id", "work_package_id", "score"), ("007", "B", "5"), ("8", "=A", "9"))
    ]
    assert (tmp_path / "out.csv").read_bytes() == "".join(f"{line}\n" for line in lines).encode()


def test_json_tells_how_good_it_provably_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pairs = written(tmp_path, "pairs.csv", "candidate_id,work_package_id,score\na,x,10\na,y,5\nb,x,9\n")
    assert run(["place", pairs, "--out", str(tmp_path / "out.csv"), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert list(found) == ["status", "total_score", "placed", "bound", "placed_bound", "gap", "seconds"]
    assert found["status"] == "optimal" and found["placed"] == 2 and found["total_score"] == 14 == found["bound"]


def test_the_sum_alone_may_place_fewer(tmp_path: Path) -> None:
    pairs = written(tmp_path, "pairs.csv", "candidate_id,work_package_id,score\na,x,10\nb,x,9\nb,y,-3\n")
    assert run(["place", pairs, "--objective", "score", "--out", str(tmp_path / "out.csv")]) == 0
    assert (tmp_path / "out.csv").read_text().splitlines()[1:] == ["a,x,10"]


def test_everyone_must_be_placed_or_the_conflict_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pairs = written(tmp_path, "pairs.csv", "candidate_id,work_package_id,score\na,x,10\nb,x,9\n")
    assert run(["place", pairs, "--place-all", "--out", str(tmp_path / "out.csv")]) == 1
    shown = capsys.readouterr().err
    assert shown.startswith("Fout: ") and "x" in shown and not (tmp_path / "out.csv").exists()


REFUSED = [
    ("candidate_id,work_package_id,score\na,x,1.5\n", "1.5"),
    ("candidate_id,work_package_id,score\na,x,1\na,x,2\n", "a"),
    ("candidate_id,score\na,1\n", "work_package_id"),
    ("candidate_id,work_package_id,score\na,x\n", "regel 2"),
    ("", "leeg"),
]


@pytest.mark.parametrize(("text", "named"), REFUSED)
def test_a_refused_table_names_what_is_wrong(
    text: str, named: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out.csv"
    assert run(["place", written(tmp_path, "pairs.csv", text), "--out", str(out)]) == 1
    shown = capsys.readouterr().err
    assert shown.startswith("Fout: ") and named in shown and not out.exists()


def test_packages_candidates_and_exclusive_are_honoured(tmp_path: Path) -> None:
    pairs = written(tmp_path, "pairs.csv", "candidate_id,work_package_id,score\na,x,3\na,y,2\nb,x,2\n")
    packages = written(tmp_path, "packages.csv", "work_package_id;seats\nx;2\n")
    people = written(tmp_path, "people.csv", "candidate_id,max_places\na,2\n")
    exclusive = written(tmp_path, "exclusive.csv", "work_package_a,work_package_b\nx,y\n")
    more = ["--packages", packages, "--candidates", people, "--exclusive", exclusive]
    assert run(["place", pairs, *more, "--out", str(tmp_path / "out.csv")]) == 0
    assert (tmp_path / "out.csv").read_text().splitlines()[1:] == ["a,x,3", "b,x,2"]
