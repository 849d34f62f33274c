"""Nothing that a user has is replaced by accident, and what was asked for is never half read."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from matching.cli.main import run

PAIRS = "candidate_id,work_package_id,score\na,x,10\n"
CANDIDATES = "kandidaat;gemeente\nK-1;Utrecht\n"
PACKAGES = "werkpakket;titel;werkgever;werksoorten\nWP-1;Archief;Ministerie;\n"


@pytest.fixture
def pool(tmp_path: Path) -> Path:
    folder = tmp_path / "pool"
    folder.mkdir()
    (folder / "kandidaten.csv").write_text(CANDIDATES, encoding="utf-8")
    (folder / "werkpakketten.csv").write_text(PACKAGES, encoding="utf-8")
    return folder


def test_place_never_writes_over_its_own_scores(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pairs = tmp_path / "pairs.csv"
    pairs.write_text(PAIRS)
    assert run(["place", str(pairs), "--out", str(pairs)]) == 2
    assert pairs.read_text() == PAIRS and "is ook de invoer" in capsys.readouterr().err


def test_a_list_never_replaces_a_file_of_the_pool(pool: Path) -> None:
    assert run(["shortlist", str(pool), "--out", str(pool / "kandidaten.csv")]) == 2
    assert (pool / "kandidaten.csv").read_text(encoding="utf-8") == CANDIDATES


def test_a_lookup_never_replaces_the_file_it_reads(tmp_path: Path) -> None:
    places = tmp_path / "places.csv"
    places.write_text("plaats\nUtrecht\n")
    assert run(["lookup", "municipality", "--file", str(places), "--out", str(places)]) == 2
    assert places.read_text() == "plaats\nUtrecht\n"


def test_a_template_never_replaces_a_filled_workbook(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    filled = tmp_path / "filled.xlsx"
    filled.write_bytes(b"mine")
    assert run(["template", str(filled)]) == 1
    assert filled.read_bytes() == b"mine" and "bestaat al" in capsys.readouterr().err


def test_a_template_that_cannot_be_written_is_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("")
    assert run(["template", str(tmp_path / "file" / "leeg.xlsx")]) == 1
    assert "kan niet worden geschreven" in capsys.readouterr().err


def test_made_up_data_never_replace_a_pool_but_may_replace_made_up_data(pool: Path, tmp_path: Path) -> None:
    made = ["synth", "--candidates", "2", "--packages", "2", "--out"]
    assert run([*made, str(pool)]) == 1
    assert (pool / "kandidaten.csv").read_text(encoding="utf-8") == CANDIDATES
    assert run([*made, str(tmp_path / "new")]) == 0 == run([*made, str(tmp_path / "new")])


@pytest.mark.parametrize("ending", ["docx", "xls"])
def test_an_unknown_ending_is_refused_before_any_work(
    ending: str, pool: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["shortlist", str(pool), "--out", f"x.{ending}"]) == 2
    found = capsys.readouterr()
    assert found.out == "" and f'".{ending}"' in found.err


def test_text_is_never_written_under_the_name_of_a_workbook(tmp_path: Path) -> None:
    pairs = tmp_path / "pairs.csv"
    pairs.write_text(PAIRS)
    assert run(["place", str(pairs), "--out", str(tmp_path / "placed.xlsx")]) == 2
    assert not (tmp_path / "placed.xlsx").exists()


def test_an_option_given_twice_is_refused_and_out_may_repeat(pool: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["shortlist", str(pool), "--package", "WP-1", "--package", "WP-2"]) == 2
    assert "--package staat er twee keer" in capsys.readouterr().err
    outs = [word for name in ("a.txt", "b.txt") for word in ("--out", str(pool.parent / name))]
    assert run(["shortlist", str(pool), *outs]) == 0


@pytest.mark.parametrize("option", ["--package", "--candidate", "--out"])
def test_an_option_with_nothing_behind_it_never_means_everything(
    option: str, pool: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["shortlist", str(pool), option, ""]) == 2
    assert f"Achter {option} hoort een waarde" in capsys.readouterr().err


def test_a_pool_of_headers_only_is_not_called_in_order(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "kandidaten.csv").write_text("kandidaat;gemeente\n")
    assert run(["check", str(tmp_path)]) == 1
    found = capsys.readouterr()
    assert "niets te herstellen" not in found.out and "Het blad kandidaten" in found.err


def test_a_stream_with_few_letters_still_shows_the_list(pool: Path) -> None:
    command = [sys.executable, "-m", "matching.cli.main", "shortlist", str(pool)]
    done = subprocess.run(command, capture_output=True, env={"PYTHONIOENCODING": "ascii"}, check=False)
    assert done.returncode == 0 and b"K-1" in done.stdout
