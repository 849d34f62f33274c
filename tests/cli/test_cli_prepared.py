"""From the command line: a workbook is put ready once, and every verb takes the result as its pool."""

from __future__ import annotations

from pathlib import Path

import pytest

from matching.cli.main import run

DAY = ("--date", "2026-11-01")


@pytest.fixture
def prepared(small_world: Path, tmp_path: Path) -> Path:
    path = tmp_path / "poule.pool"
    assert run(["check", str(small_world), "--prepared", str(path), *DAY]) == 0
    return path


@pytest.mark.parametrize(
    "words",
    [["shortlist", "--package", "WP-0001"], ["ask"], ["explain", "--candidate", "K-00001", "--package", "WP-0001"]],
)
def test_a_verb_says_the_same_of_a_prepared_pool(
    words: list[str], prepared: Path, small_world: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = []
    for pool in (small_world, prepared):
        code = run([words[0], str(pool), *words[1:], *DAY])
        said.append((code, capsys.readouterr().out))
    assert said[0] == said[1] and said[0][0] == 0 and said[0][1]


def test_a_check_of_a_prepared_pool_says_what_it_is(prepared: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", str(prepared), *DAY]) == 0
    assert "Deze pool is klaargezet voor 01-11-2026" in capsys.readouterr().out


def test_a_prepared_pool_keeps_the_exit_code_of_refused_rows(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "kandidaten.csv").write_text("kandidaat;uren maximaal\nK-1;24\nK-2;veertig\n", encoding="utf-8")
    (tmp_path / "werkpakketten.csv").write_text("werkpakket;titel\nWP-1;Archief\n", encoding="utf-8")
    path = tmp_path / "x.pool"
    assert run(["check", str(tmp_path), "--prepared", str(path)]) == 1
    assert run(["check", str(path)]) == 1 and run(["shortlist", str(path), "--package", "WP-1"]) == 1
    assert "1 rij" in capsys.readouterr().out
    assert run(["check", str(path), "--refused", str(tmp_path / "herstel.xlsx")]) == 1
    assert "klaargezette pool" in capsys.readouterr().err and not (tmp_path / "herstel.xlsx").exists()


def test_another_ending_and_nobody_to_prepare_are_sentences(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "kandidaten.csv").write_text("kandidaat\nK-1\n", encoding="utf-8")
    assert run(["check", str(tmp_path), "--prepared", str(tmp_path / "x.pool")]) == 1
    assert "nog geen kandidaten of werkpakketten" in capsys.readouterr().err
    (tmp_path / "werkpakketten.csv").write_text("werkpakket\nWP-1\n", encoding="utf-8")
    assert run(["check", str(tmp_path), "--prepared", str(tmp_path / "x.zip")]) == 1
    assert "eindigt op .pool" in capsys.readouterr().err and not list(tmp_path.glob("x.*"))
