"""One table of exit codes: 0 done, 1 the input or the question has a problem, 2 wrong use; always with a sentence."""

from __future__ import annotations

import os
from importlib import import_module
from pathlib import Path

import pytest

from matching.cli.main import run
from matching.cli.options import Option
from matching.cli.parser import VERBS

WRONG = {
    "whole": ("-1", "1.5", "abc", "1e3", "99999999999999999999", ""),
    "seconds": ("0", "-1", "abc", "1e9", ""),
    "day": ("31-02-2026", "gisteren", "0001-01-01", "9999-12-31", "2026-11-01T10:00", ""),
    "choice": ("foo", ""),
    "file": ("a" * 300, "a\0b", ""),
    "text": ("",),
}
"""By kind of option: words that are never a value of it."""
NO_SOURCE = ("nergens.xlsx", "map", "leeg.xlsx", "troep.bin", "kapot.xlsx", "dood", "een.csv")
"""Files that cannot be read as people and work."""
READS = ("check", "shortlist", "ask", "reach", "plan", "export", "carve", "travel", "explain")
NEEDS = {
    "export": ("--out", "uit.json"),
    "carve": ("--package", "WP-1"),
    "travel": ("--candidate", "K-1"),
    "explain": ("--candidate", "K-1", "--package", "WP-1"),
}


def options_of(verb: str) -> tuple[Option, ...]:
    options: tuple[Option, ...] = import_module(f"matching.cli.{VERBS[verb]}").VERB.options
    return options


def wrong_lines() -> list[tuple[str, ...]]:
    """Return a line for every option by name of every verb, with every word that is no value of it."""
    return [
        (verb, *(filling(other) for other in options_of(verb) if other.is_argument), option.name, word)
        for verb in VERBS
        for option in options_of(verb)
        if not option.is_argument and option.kind != "flag"
        for word in WRONG[option.kind]
    ]


def filling(option: Option) -> str:
    return option.choices[0] if option.choices else "x"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "map").mkdir()
    (tmp_path / "leeg.xlsx").touch()
    (tmp_path / "troep.bin").write_bytes(bytes(range(200)))
    (tmp_path / "kapot.xlsx").write_bytes(b"PK\x03\x04" + bytes(100))
    (tmp_path / "een.csv").write_text("a\n1\n")
    (tmp_path / "dood").symlink_to(tmp_path / "weg")
    pool = tmp_path / "pool"
    pool.mkdir()
    (pool / "kandidaten.csv").write_text("kandidaat;gemeente\nK-1;Utrecht\nK-2;Delft\n", encoding="utf-8")
    (pool / "werkpakketten.csv").write_text("werkpakket;titel;werkgever\nWP-1;Archief;Ministerie\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("line", wrong_lines(), ids=lambda line: " ".join(line)[:60].replace("\0", "0"))
def test_a_word_that_is_no_value_of_an_option_is_wrong_use(
    line: tuple[str, ...], desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(line) == 2
    told = capsys.readouterr().err
    assert told.startswith("Fout: ") and "Traceback" not in told


@pytest.mark.parametrize("source", NO_SOURCE)
@pytest.mark.parametrize("verb", READS)
def test_a_source_that_cannot_be_read_is_a_problem_of_the_input(
    verb: str, source: str, desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kind = ("vum",) if verb == "export" else ()
    assert run([verb, *kind, source, *NEEDS.get(verb, ())]) == 1
    told = capsys.readouterr().err
    assert told.startswith("Fout: ") and len(told) < 500 and "kenmerk" not in told


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("check pool --out uit.svg", 'Bestandstype ".svg"'),
        ("check pool --out map", 'Bestandstype "map"'),
        ("check pool --refused uit.csv", "Toegestaan: .xlsx."),
        ("reach pool --out uit.png", 'Bestandstype ".png"'),
        ("template leeg.csv", "Toegestaan: .xlsx, .ods."),
        ("lookup municipality Delft --out uit.zip", "Toegestaan: .csv, .txt."),
        ("place een.csv --out uit", "Toegestaan: .csv, .txt."),
        ("synth --out wereld.ods", "hier hoort een map"),
        ("demo --out uit.xlsx", "hier hoort een map"),
        ("synth --candidates 2000000 --out wereld", "hoogstens 1.000.000"),
        ("plan pool --programme foo", "Toegestaan: riha."),
        ("plan pool --policy foo", 'Beleid "foo" bestaat niet'),
        ("shortlist pool --package WP-9", "Toegestaan: WP-1."),
        ("shortlist pool --candidate K-9", "Toegestaan: K-1, K-2."),
        ("shortlist pool --scorecard foo", "Toegestaan: binnenwerk"),
    ],
)
def test_what_does_not_exist_is_wrong_use_and_the_allowed_names_are_told(
    line: str, sentence: str, desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = sorted(desk.iterdir())
    assert run(line.split()) == 2
    assert sentence in capsys.readouterr().err and sorted(desk.iterdir()) == before


@pytest.mark.parametrize("target", ["een.csv/uit.csv", "/proc/uit.csv"])
def test_a_place_that_takes_no_files_is_a_sentence(target: str, desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["reach", "pool", "--out", target]) == 1
    assert f"{target} kan niet worden geschreven" in capsys.readouterr().err


def test_refused_rows_that_cannot_be_written_are_a_sentence(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", "pool", "--refused", "een.csv/uit.xlsx"]) == 1
    assert "een.csv/uit.xlsx kan niet worden geschreven" in capsys.readouterr().err


def test_a_made_up_world_is_a_workbook_where_one_is_asked_for(desk: Path) -> None:
    line = ["synth", "--candidates", "5", "--packages", "3", "--out", "wereld.xlsx"]
    assert run(line) == 0 and (desk / "wereld.xlsx").is_file()
    assert run(["check", "wereld.xlsx", "--date", "2026-11-01"]) == 0
    assert run(line) == 1


def test_a_link_stays_a_link_and_what_it_points_to_is_written(desk: Path) -> None:
    (desk / "link.csv").symlink_to(desk / "doel.csv")
    assert run(["lookup", "municipality", "Delft", "--out", "link.csv"]) == 0
    assert (desk / "link.csv").is_symlink() and "delft" in (desk / "doel.csv").read_text(encoding="utf-8")


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="no terminals that are files")
def test_a_device_is_written_to_and_never_replaced(desk: Path) -> None:
    reading, writing = os.openpty()
    device = Path(os.ttyname(writing))
    assert run(["lookup", "municipality", "Delft", "--out", str(device)]) == 0
    assert device.is_char_device() and b"query;status" in os.read(reading, 100)
