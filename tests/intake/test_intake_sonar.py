"""The Sonar export: what tells who it is never comes in, consent is honoured, the rest is read like any file."""

from __future__ import annotations

import csv
import datetime as dt

import pytest
from intake_files import AS_OF, folder, workbook

from matching.errors import InputRefused
from matching.intake import read_pool
from matching.intake.pseudonym import open_key
from matching.intake.sonar import import_sonar, sonar_sheet

PERSONAL = {
    "BSN": "123456782",
    "Geslacht": "canary-v",
    "Telefoonnummer": "0612345678",
    "Volledige Naam": "canary-naam",
    "Leeftijd": "33",
    "E-mailadres": "canary@voorbeeld.nl",
    "Straatnaam": "canary-straat",
    "Huisnummer": "7",
    "Huisnummer Toevoeging": "canary-a",
    "Medewerker Naam": "canary-medewerker",
}
ROW = {
    "Datum melding": "01-01-2026",
    "1e uitk dag (niet WW)": "canary-uitkering",
    "ID_WZ": "WZ-1",
    "Beschikbare uren/wk": "24,5",
    "Opleidingsniveau": "MBO 2",
    "Beroepssector": "x",
    "Bemiddelingsberoep": "Archief",
    "Mondeling Nederlands": "Goed",
    "Schriftelijk Nederlands": "Matig",
    "Rijbewijs": "B",
    "Inschrijfdatum": "01-10-2026",
    "Vervoer": "scooter; AUTO",
    "Gemeente": "NNB",
    "Postcode": "2511 AB",
    "Plaats": "Den Haag",
    "Banenafspraak": "Ja",
    "Klantprofiel": "canary-profiel",
    "Arbeidsmarktregio": "Haaglanden",
    "Cases (aantal)": "1",
    "Sonar": "s",
    "Organisatie Naam": "WSP Haaglanden",
    "GSD Kantoor": "kantoor-3",
    "Participatieladder": "canary-ladder",
    "Aantal": "1",
    "Toestemming": "ja",
}


def export(tmp_path, *changes):
    rows = [PERSONAL | ROW | change for change in changes or ({},)]
    cells = [list(rows[0]), *(list(row.values()) for row in rows)]
    return workbook(tmp_path / "export.xlsx", Dashboard=cells)


def imported(tmp_path, *changes):
    return import_sonar(export(tmp_path, *changes), open_key(tmp_path / "keys" / "a.key"))


def test_hours_education_licence_transport_and_place_are_mapped(tmp_path):
    (person,) = imported(tmp_path).candidates
    assert (person.hours_max, person.education, person.municipality) == (24.5, "mbo_2", "s-gravenhage")
    assert (person.travel_modes, person.driving_licence) == (frozenset({"moped", "car"}), frozenset({"B"}))
    assert (person.languages, person.wished_work_kinds) == ((("nl", 3),), (("archive", 1),))
    assert (person.register_status, person.consent_to_present, person.postcode4) == (True, True, "2511")
    assert (person.profile_date, person.source_kind) == (dt.date(2026, 10, 1), "wsp")


def test_nothing_that_tells_who_it_is_comes_in(tmp_path):
    found = imported(tmp_path)
    assert {header for _, header, _ in found.ledger.dropped_columns} == set(PERSONAL)
    shown = f"{found}{found.tables()}{[problem.sentence.text() for problem in found.ledger.problems]}"
    assert "canary" not in shown
    assert "123456782" not in shown
    assert "WZ-1" not in shown


def test_without_consent_nothing_of_the_row_is_kept_and_unknown_consent_stays_unknown(tmp_path):
    changes = [{}, {"ID_WZ": "WZ-2", "Toestemming": "nee", "Vervoer": "canary"}, {"ID_WZ": "WZ-3", "Toestemming": "??"}]
    found = imported(tmp_path, *changes)
    assert [person.consent_to_present for person in found.candidates] == [True, None]
    assert list(found.codes) == ["WZ-1", "WZ-3"]
    assert (found.ledger.counts[0].refused, found.ledger.balances) == (1, True)
    assert [p.sentence.key for p in found.ledger.problems if p.row == 3] == ["intake.sonar.no_consent"]


@pytest.mark.parametrize(
    ("text", "value"), [("nee", frozenset()), ("ja", None), ("NNB", None), ("B; C", frozenset("BC"))]
)
def test_a_licence_yes_without_saying_which_is_a_question(tmp_path, text, value):
    assert imported(tmp_path, {"Rijbewijs": text}).candidates[0].driving_licence == value


def test_the_same_person_gets_the_same_code_in_the_next_export(tmp_path):
    first, second = imported(tmp_path), imported(tmp_path, {"Beschikbare uren/wk": "8"})
    assert first.candidates[0].candidate_id == second.candidates[0].candidate_id


def test_columns_that_are_not_needed_are_listed_with_their_count(tmp_path):
    found = imported(tmp_path)
    assert ("Participatieladder", 1) in found.not_carried
    assert not [problem for problem in found.ledger.problems if "unknown_column" in problem.sentence.key]


def test_the_imported_rows_read_back_as_a_pool(tmp_path):
    found = imported(tmp_path)
    rows = found.tables()["candidates"]
    source = folder(tmp_path / "pool")
    with (source / "kandidaten.csv").open("w", newline="") as file:
        writer = csv.DictWriter(file, rows[0], delimiter=";")
        writer.writeheader()
        writer.writerows(rows)
    assert tuple(read_pool(source, as_of=AS_OF).candidates.rows()) == found.candidates


def test_a_file_without_the_id_column_is_refused(tmp_path):
    with pytest.raises(InputRefused, match="ID_WZ"):
        import_sonar(workbook(tmp_path / "p.xlsx"), open_key(tmp_path / "keys" / "a.key"))


def test_every_example_of_the_export_reads_without_a_remark():
    for column in sonar_sheet().columns:
        reading = column.read(column.example)
        assert (reading.refusal, reading.warning) == (None, None), column.key
