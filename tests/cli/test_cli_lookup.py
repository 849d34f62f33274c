"""Looking up from the command line: a table on the screen, or a file written as its input was."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from matching.cli.main import run


def test_a_place_is_found_under_any_name(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["lookup", "municipality", "Den Haag", "Bergen", "qqq", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert [row["status"] for row in found] == ["found", "ambiguous", "unknown"]
    assert found[0]["keys"] == "s-gravenhage" and found[0]["region"] == "AM21"


def test_nothing_to_look_up_is_wrong_use(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["lookup", "municipality"]) == 2
    assert "--file" in capsys.readouterr().err


def test_a_column_of_a_file_comes_back_in_its_own_format(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_bytes(b"nr,plaats\n1,Den Bosch\n2,=Delft\n")
    out = tmp_path / "out.csv"
    assert (
        run(["lookup", "municipality", "--file", str(tmp_path / "in.csv"), "--column", "plaats", "--out", str(out)])
        == 0
    )
    lines = out.read_text(encoding="utf-8").splitlines()
    assert lines[0] == "query,status,keys,label,region,score" and lines[1].startswith("Den Bosch,found,s-hertogenbosch")
    assert lines[2].startswith("'=Delft,")


def test_an_own_list_is_searched(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "list.csv").write_text("id;label\n7;archiefmedewerker\n8;tuinman\n", encoding="utf-8")
    assert run(["lookup", "title", "medewerker archief", "--catalogue", str(tmp_path / "list.csv"), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["keys"].split(";")[0] == "7"


def test_a_missing_column_names_the_nearest(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "in.csv").write_text("nr;plaats\n1;Delft\n", encoding="utf-8")
    assert run(["lookup", "municipality", "--file", str(tmp_path / "in.csv"), "--column", "plaatsen"]) == 1
    assert "Bedoelde u plaats?" in capsys.readouterr().err
