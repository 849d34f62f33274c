"""Checking from the command line: the report for programs, and refused rows that come back repaired."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest
from openpyxl import load_workbook

from matching.cli.main import run
from matching.intake import check
from matching.text import LANGUAGES, Language


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """A pool in which one of three candidates has hours that do not exist."""
    people = "kandidaat;gemeente;uren maximaal;BSN\nK-1;Delft;24;1\nK-2;Delft;veertig;1\nK-3;Delft;32;1\n"
    (tmp_path / "pool").mkdir()
    (tmp_path / "pool" / "kandidaten.csv").write_text(people, encoding="utf-8")
    (tmp_path / "pool" / "werkpakketten.csv").write_text("werkpakket;titel\nWP-1;Archief\n", encoding="utf-8")
    return tmp_path / "pool"


@pytest.mark.parametrize("language", LANGUAGES)
def test_json_is_the_report_of_the_check(
    language: Language, broken: Path, as_of, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["check", str(broken), "--json", "--date", as_of.isoformat(), "--lang", language]) == 1
    found = json.loads(capsys.readouterr().out)
    assert found == check(broken, as_of=as_of).to_json(language)
    assert [(row["row"], row["column"], row["value"]) for row in found["problems"] if row["refuses"]] == [
        (3, "uren maximaal", "veertig")
    ]
    assert found["dropped_columns"] == [{"sheet": "kandidaten.csv", "column": "BSN", "cells": 3}]


def test_refused_rows_repaired_are_accepted(broken: Path, tmp_path: Path) -> None:
    repair = tmp_path / "herstel.xlsx"
    assert run(["check", str(broken), "--refused", str(repair)]) == 1
    book = load_workbook(repair)
    rows = {row[0].value: row for row in book["kandidaten"].iter_rows()}
    assert list(rows) == ["kandidaat", "K-2"] and "BSN" not in [cell.value for cell in rows["kandidaat"]]
    rows["K-2"][2].value = "36"
    work = book.create_sheet("werkpakketten")
    work.append(["werkpakket", "titel"])
    work.append(["WP-1", "Archief"])
    book.save(repair)
    assert run(["check", str(repair)]) == 0


def test_the_screen_names_the_row_and_what_is_still_missing(broken: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (broken / "werkpakketten.csv").unlink()
    assert run(["check", str(broken)]) == 1
    shown = capsys.readouterr()
    assert "rij 3" in shown.out and "veertig" in shown.out and "Het blad werkpakketten ontbreekt" in shown.err


@pytest.mark.parametrize("verb", ["check", "shortlist"])
def test_a_terminal_shows_how_far_the_reading_is_and_a_file_does_not(
    verb: str, broken: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    ours, theirs = os.openpty()
    with os.fdopen(theirs, "w") as terminal, monkeypatch.context() as patch:
        patch.setattr(sys, "stderr", terminal)
        patch.setenv("TERM", "xterm")
        assert run([verb, str(broken)]) == 1
        terminal.flush()
        assert "werkpakketten.csv: kolom 2 van 2" in os.read(ours, 100_000).decode()
    os.close(ours)
    run([verb, str(broken)])
    assert "kolom 2 van 2" not in capfd.readouterr().err


def test_a_cause_stands_above_one_line_that_counts_what_followed_from_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    needs = "K-1;lezen\nK-2;lezen\nK-2;staan\nK-2;lopen\n"
    (tmp_path / "kandidaten.csv").write_text("kandidaat;uren maximaal\nK-1;8\nK-2;veel\nK-3;veel\n", encoding="utf-8")
    (tmp_path / "behoeften.csv").write_text("kandidaat;taakeis\n" + needs, encoding="utf-8")
    work = "werkpakket;locatie\nWP-1;\nWP-2;L-1\n"
    (tmp_path / "werkpakketten.csv").write_text(work, encoding="utf-8")
    (tmp_path / "locaties.csv").write_text("locatie;eisen van de plek\nL-1;onzin = 9\n", encoding="utf-8")
    (tmp_path / "taken.csv").write_text("werkpakket;taak\nWP-2;Archief\nWP-9;Archief\n", encoding="utf-8")
    assert run(["check", str(tmp_path), "--refused", str(tmp_path / "uit.xlsx"), "--role", "liaison"]) == 1
    told = " ".join(capsys.readouterr().out.split())
    assert "zelf geweigerd" not in told
    assert 'veel" is geen getal' in told and "ook 3 rijen geweigerd" in told and "behoeften.csv (3)" in told
    assert "Zo ook in 1 andere rij." in told
    assert "ook 2 rijen geweigerd" in told and "werkpakketten.csv (1), taken.csv (1)" in told
    assert "WP-9 staat niet in het blad" in told


def test_a_sheet_with_headers_only_is_still_to_be_filled_in(broken: Path, as_of) -> None:
    (broken / "kandidaten.csv").write_text("kandidaat\nK-1\n", encoding="utf-8")
    (broken / "werkpakketten.csv").write_text("werkpakket\n", encoding="utf-8")
    assert run(["check", str(broken)]) == check(broken, as_of=as_of).exit_code == 0


MASKED = "niet over wat iemand nodig heeft"


@pytest.mark.parametrize(
    ("sheet", "text", "masked"),
    [
        ("kandidaten", "kandidaat;motivatie\nK-1;mijn nummer is 111222333\n", False),
        ("kandidaten", "kandidaat;begeleiding uren\nK-1;vraagtveel\n", True),
        ("behoeften", "kandidaat;taakeis\nK-1;vraagtveel\n", True),
        ("behoeften", "kandidaat;taakeis\nK-9;lezen\n", False),
        ("behoeften", "kandidaat;taakeis;bevestigd op\nK-1;lezen;32-13-2026\n", False),
        ("behoeften", "kandidaat;taakeis\nK-VOORBEELD;lezen\n", False),
    ],
)
@pytest.mark.parametrize("verb", ["check", "shortlist"])
def test_only_what_tells_a_need_is_kept_from_a_narrow_role_in_every_verb(
    verb: str, sheet: str, text: str, masked: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    others = {"kandidaten": "kandidaat\nK-1\n", "werkpakketten": "werkpakket;uren maximaal\nWP-1;x\n"}
    for name, words in (others | {sheet: text}).items():
        (tmp_path / f"{name}.csv").write_text(words, encoding="utf-8")
    run([verb, str(tmp_path)])
    told = " ".join("".join(capsys.readouterr()).split())
    assert (MASKED in told) == masked
    assert "vraagtveel" not in told and (f"{sheet}.csv, rij 2" in told or "Voorbeeldrijen" in told)


def test_everything_that_is_wrong_with_a_row_is_told_in_one_round(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    headers = "kandidaat;profieldatum;schaal vanaf;motivatie;nooit;uren minimaal;uren maximaal;niet samen met\n"
    row = "K-1;32-13-2026;S19;111222333;xxqq, yyqq;32;20;K-77\n"
    (tmp_path / "kandidaten.csv").write_text(headers + row + "K-2;01-01-2030;;;;;;K-1\n", encoding="utf-8")
    days = 'werkpakket;startdatum;vaste dagen;dagen per week\nWP-1;01-01-2020;"ma; di";1\n'
    (tmp_path / "werkpakketten.csv").write_text(days, encoding="utf-8")
    assert run(["check", str(tmp_path), "--date", "2026-11-01"]) == 1
    told = " ".join(capsys.readouterr().out.split())
    parts = ["BSN", "32-13-2026", "S19", '"xxqq', "(32)", "K-77"]
    parts += ["na de dag van deze controle", "al voorbij", "vaste dagen (2)"]
    assert [part for part in parts if part not in told] == []
    assert told.count("Niet in het blad kandidaten") == 1


def test_every_wrong_word_of_a_cell_is_named(broken: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (broken / "kandidaten.csv").write_text('kandidaat;ervaring\nK-1;"xxqq = 1; yyqq = 2"\nK-2;\n')
    assert run(["check", str(broken)]) == 1
    told = capsys.readouterr().out
    assert "xxqq" in told and "yyqq" in told


def test_nothing_is_called_workable_when_everybody_was_refused(
    broken: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (broken / "kandidaten.csv").write_text("kandidaat;uren maximaal\nK-1;x\n", encoding="utf-8")
    assert run(["check", str(broken)]) == 1
    told = capsys.readouterr().out
    assert "met de andere kan worden gewerkt" not in told and "zonder herstel" in told


def test_example_rows_are_one_line_of_a_refusal(broken: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (broken / "kandidaten.csv").write_text("kandidaat\nK-VOORBEELD\n", encoding="utf-8")
    (broken / "locaties.csv").write_text("locatie\nL-VOORBEELD\n", encoding="utf-8")
    assert run(["shortlist", str(broken)]) == 1
    told = capsys.readouterr().err
    assert told.casefold().count("voorbeeldrij") == 1 and "invulbestand: 2" in told
