"""An export of Sonar or VUM becomes files that check accepts; who somebody is stays beside the key."""

from __future__ import annotations

import csv
import io
import json
import stat
from pathlib import Path

import pytest
from openpyxl import Workbook

import matching
from matching.cli.main import run

HEADINGS = [
    "Datum melding",
    "1e uitk dag (niet WW)",
    "BSN",
    "ID_WZ",
    "Beschikbare uren/wk",
    "Opleidingsniveau",
    "Beroepssector",
    "Bemiddelingsberoep",
    "Mondeling Nederlands",
    "Schriftelijk Nederlands",
    "Rijbewijs",
    "Inschrijfdatum",
    "Geslacht",
    "Telefoonnummer",
    "Volledige Naam",
    "Leeftijd",
    "E-mailadres",
    "Vervoer",
    "Gemeente",
    "Postcode",
    "Plaats",
    "Straatnaam",
    "Huisnummer",
    "Huisnummer Toevoeging",
    "Banenafspraak",
    "Klantprofiel",
    "Arbeidsmarktregio",
    "Cases (aantal)",
    "Sonar",
    "Medewerker Naam",
    "Organisatie Naam",
    "GSD Kantoor",
    "Participatieladder",
    "Aantal",
    "Toestemming",
]
PERSON = {
    "BSN": "123456782",
    "Beschikbare uren/wk": 24,
    "Opleidingsniveau": "HBO",
    "Vervoer": "AUTO",
    "Gemeente": "Den Haag",
    "Volledige Naam": "Planted-Name",
    "E-mailadres": "planted@voorbeeld.nl",
    "Straatnaam": "Planted-Street",
    "Geslacht": "planted-v",
    "Banenafspraak": "ja",
    "Toestemming": "ja",
}
SECRETS = ("123456782", "planted", "wz-")


def export(path: Path, *people: dict[str, object]) -> str:
    book = Workbook()
    tab = book.active
    assert tab is not None
    tab.append(HEADINGS)
    for person in people:
        tab.append([(PERSON | person).get(heading) for heading in HEADINGS])
    book.save(path)
    return str(path)


def imported(where: Path, name: str, *people: dict[str, object]) -> int:
    source = export(where / f"{name}.xlsx", *people)
    return run(["import", "sonar", source, "--key", str(where / "keys/a.key"), "--out", str(where / name)])


def codes(folder: Path) -> list[str]:
    text = (folder / "kandidaten.csv").read_text(encoding="utf-8-sig")
    return [row["kandidaat"] for row in csv.DictReader(io.StringIO(text), delimiter=";")]


def test_the_export_has_the_35_columns_of_sonar() -> None:
    assert len(set(HEADINGS)) == 35


def test_a_sonar_export_becomes_a_folder_that_check_accepts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert imported(tmp_path, "pool", {"ID_WZ": "WZ-1"}, {"ID_WZ": "WZ-2"}) == 0
    assert "kolom BSN hoort hier niet en is niet gelezen (2 cellen)" in capsys.readouterr().out
    assert run(["check", str(tmp_path / "pool"), "--json"]) == 0
    counts = json.loads(capsys.readouterr().out)["counts"]
    assert [(count["read"], count["accepted"]) for count in counts] == [(2, 2), (0, 0)]


def test_work_filled_in_beside_an_import_makes_a_pool(tmp_path: Path) -> None:
    imported(tmp_path, "pool", {"ID_WZ": "WZ-1", "Organisatie Naam": "@WSP"})
    (tmp_path / "pool" / "werkpakketten.csv").write_text("werkpakket;titel\nWP-1;Archief\n", encoding="utf-8")
    (person,) = matching.read_pool(tmp_path / "pool").candidates.rows()
    assert (person.hours_max, person.municipality, person.consent_to_present) == (24.0, "s-gravenhage", True)
    assert person.source_organisation == "@WSP"


def test_nothing_that_tells_who_it_is_is_written_or_shown(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    imported(tmp_path, "pool", {"ID_WZ": "WZ-1"}, {"ID_WZ": "123456782"}, {"ID_WZ": "WZ-3", "Toestemming": "nee"})
    shown = capsys.readouterr()
    written = [file.read_text(encoding="utf-8") for file in (tmp_path / "pool").iterdir()]
    told = "".join([shown.out, shown.err, *written]).casefold()
    assert [secret for secret in SECRETS if secret in told] == [] and len(codes(tmp_path / "pool")) == 1
    assert "123456782" not in (tmp_path / "keys" / "a-lijst.csv").read_text(encoding="utf-8")


def test_the_same_person_has_the_same_code_in_the_next_export(tmp_path: Path) -> None:
    assert imported(tmp_path, "first", {"ID_WZ": "WZ-1"}) == 0
    assert imported(tmp_path, "second", {"ID_WZ": "WZ-2"}, {"ID_WZ": "WZ-1", "Vervoer": "fiets"}) == 0
    assert codes(tmp_path / "first") == codes(tmp_path / "second")[1:]


def test_nothing_is_written_when_nobody_consents(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert imported(tmp_path, "pool", {"ID_WZ": "WZ-1", "Toestemming": "nee"}) == 1
    assert "niemand en niets overgenomen" in capsys.readouterr().err
    assert not (tmp_path / "pool").exists() and not (tmp_path / "keys" / "a-lijst.csv").exists()


def test_files_that_somebody_may_have_added_to_are_not_replaced(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    imported(tmp_path, "pool", {"ID_WZ": "WZ-1"})
    before = (tmp_path / "pool" / "kandidaten.csv").read_bytes()
    assert imported(tmp_path, "pool", {"ID_WZ": "WZ-2"}) == 1
    assert "bestaat al" in capsys.readouterr().err
    assert (tmp_path / "pool" / "kandidaten.csv").read_bytes() == before


def test_a_key_beside_the_output_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = export(tmp_path / "e.xlsx", {"ID_WZ": "WZ-1"})
    arguments = ["import", "sonar", source, "--key", str(tmp_path / "a.key"), "--out", str(tmp_path / "pool")]
    assert run([*arguments, "--lang", "en"]) == 1
    assert "of its own that you do not share" in capsys.readouterr().err
    assert not (tmp_path / "a.key").exists() and not (tmp_path / "pool").exists()


PROFILES = [
    {
        "idWerkzoekende": "WZ-7",
        "werktijden": {"aantalWerkurenPerWeekMaximaal": 24},
        "emailadres": [{"emailadres": "planted@voorbeeld.nl"}],
        "sector": [{"codeSbi": 84}],
    },
    {"idVacature": "V-1", "naamVacature": "Archief op orde", "werktijden": {"aantalWerkurenPerWeekMaximaal": "24"}},
]


def test_a_vum_file_becomes_a_workbook_that_check_accepts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "vum.json").write_text(json.dumps(PROFILES), encoding="utf-8")
    out = str(tmp_path / "pool.xlsx")
    more = ["--key", str(tmp_path / "keys" / "a.key"), "--out", out, "--date", "2026-11-01", "--lang", "en"]
    assert run(["import", "vum", str(tmp_path / "vum.json"), *more]) == 0
    shown = capsys.readouterr().out
    assert "column emailadres does not belong here" in shown and "sector (1)" in shown and "planted" not in shown
    assert run(["check", out, "--json"]) == 0
    assert {count["sheet"]: count["accepted"] for count in json.loads(capsys.readouterr().out)["counts"]} == {
        "candidates": 1,
        "work packages": 1,
    }


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """An officer's folder with two people imported."""
    imported(tmp_path, "pool", {"ID_WZ": "WZ-1"}, {"ID_WZ": "WZ-2"})
    capsys.readouterr()
    return tmp_path


def test_codes_are_revealed_on_the_screen_and_nothing_is_written(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = sorted(desk.rglob("*"))
    assert run(["reveal", codes(desk / "pool")[1], "--key", str(desk / "keys" / "a.key")]) == 0
    shown = capsys.readouterr().out
    assert "WZ-2" in shown and "WZ-1" not in shown and sorted(desk.rglob("*")) == before


def test_a_list_is_revealed_in_its_order_beside_the_key(desk: Path) -> None:
    names = desk / "keys" / "namen.csv"
    arguments = [str(desk / "pool" / "kandidaten.csv"), "--key", str(desk / "keys" / "a.key"), "--out", str(names)]
    assert run(["reveal", *arguments]) == 0
    assert [line.split(";")[2] for line in names.read_text(encoding="utf-8-sig").splitlines()[1:]] == ["WZ-1", "WZ-2"]
    assert stat.S_IMODE(names.stat().st_mode) == 0o600


@pytest.mark.parametrize("place", ["pool/namen.csv", "namen.csv", "keys/a.key", "keys/a-lijst.csv", "keys/namen.xlsx"])
def test_who_somebody_is_is_never_written_elsewhere(place: str, desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = {path: path.read_bytes() for path in desk.rglob("*") if path.is_file()}
    arguments = [codes(desk / "pool")[0], "--key", str(desk / "keys" / "a.key"), "--out", str(desk / place)]
    assert run(["reveal", *arguments]) == 1
    assert "in de map van de sleutel" in capsys.readouterr().err
    assert {path: path.read_bytes() for path in desk.rglob("*") if path.is_file()} == before


def test_a_code_of_another_key_stays_unknown(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["reveal", "K-onbekend", "--key", str(desk / "keys" / "a.key")]) == 1
    assert "K-onbekend" in capsys.readouterr().err
    assert run(["reveal", "K-onbekend", "--key", str(desk / "keys" / "b.key"), "--lang", "en"]) == 1
    assert "does not exist" in capsys.readouterr().err and not (desk / "keys" / "b.key").exists()
