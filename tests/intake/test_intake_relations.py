"""Between rows and sheets: ids are unique, references exist, ends are in order, and nothing is lost on the way."""

from __future__ import annotations

import csv
import dataclasses
import io

import pytest
from intake_files import AS_OF, folder

from matching.domain.agreement import Agreement
from matching.domain.pool import Pool
from matching.intake import SHEETS, check, read_intake, read_pool, tables_of


def found(tmp_path, **texts):
    """Return the keys and rows of all refusals."""
    intake = read_intake(folder(tmp_path, **texts))
    assert intake.ledger.balances
    refusing = [problem for problem in intake.ledger.problems if problem.refuses]
    return [(problem.sheet.removesuffix(".csv"), problem.row, problem.sentence.key[7:]) for problem in refusing]


PACKAGES = "werkpakket;locatie;uren minimaal;uren maximaal;startdatum;einddatum\n"


@pytest.mark.parametrize(
    ("texts", "refusals"),
    [
        (
            {"kandidaten": "kandidaat\nK-1\nK-2\nK-1\n"},
            [("kandidaten", 2, "repeated"), ("kandidaten", 4, "repeated")],
        ),
        ({"kandidaten": "kandidaat;kandidaat\nK-1;K-2\n"}, [("kandidaten", None, "duplicate_header")]),
        ({"kandidaten": "gemeente;uren\nDelft;8\n"}, [("kandidaten", None, "missing_columns")]),
        ({"kandidaten": "kandidaat;uren van;uren tot\nK-1;24;16\n"}, [("kandidaten", 2, "ends_crossed")]),
        ({"werkpakketten": PACKAGES + "W-1;;;;01-02-2027;01-01-2027\n"}, [("werkpakketten", 2, "ends_crossed")]),
        ({"werkpakketten": PACKAGES + "W-1;L-9;;;;\n"}, [("werkpakketten", 2, "reference_missing")]),
        (
            {"werkpakketten": PACKAGES + "W-1;L-1;;;;\n", "locaties": "locatie;gemeente\nL 1;Delft\n"},
            [("locaties", 2, "bad_identifier"), ("werkpakketten", 2, "reference_missing")],
        ),
        ({"taken": "werkpakket;taak\nWP-9;x\n"}, [("taken", 2, "reference_missing")]),
        (
            {"taken": "werkpakket;taak\nWP-1;x\nWP-1;x\n"},
            [("taken", 2, "repeated_row"), ("taken", 3, "repeated_row")],
        ),
        ({"aanbod": "werkpakket;voorziening\nWP-9;rustige werkplek\n"}, [("aanbod", 2, "reference_missing")]),
        ({"behoeften": "kandidaat;taakeis\nK-9;lezen\n"}, [("behoeften", 2, "reference_missing")]),
        ({"behoeften": "kandidaat;taakeis\nK-1;\n"}, [("behoeften", 2, "empty_need")]),
        ({"behoeften": "kandidaat;taakeis;niveau\nK-1;lezen;9\n"}, [("behoeften", 2, "not_in_list")]),
        (
            {"behoeften": "kandidaat;taakeis;niveau;voorziening\nK-1;;1;buddy\n"},
            [("behoeften", 2, "level_without_demand")],
        ),
        (
            {"behoeften": "kandidaat;taakeis\nK-1;geen\nK-1;lezen\n"},
            [("behoeften", 2, "nothing_beside_something")],
        ),
        ({"afspraken": "kandidaat;soort\nK-1;veto\nK-9;veto\n"}, [("afspraken", 3, "reference_missing")]),
        ({"afspraken": "kandidaat;soort\nK-1;vastgezet\n"}, [("afspraken", 2, "agreement_without_package")]),
        ({"afspraken": "kandidaat;soort\nK-1;zelfde persoon\n"}, [("afspraken", 2, "agreement_without_other")]),
        (
            {"kandidaten": "kandidaat;uren\nK-1;x\nK-2;8\n", "behoeften": "kandidaat;taakeis\nK-1;lezen\n"},
            [("kandidaten", 2, "not_a_number"), ("behoeften", 2, "reference_refused")],
        ),
    ],
)
def test_what_contradicts_itself_or_points_at_nothing_is_refused_with_its_row(tmp_path, texts, refusals):
    assert found(tmp_path, **texts) == refusals


def test_the_sentence_says_place_value_what_is_allowed_and_the_nearest_word(tmp_path):
    source = folder(tmp_path, kandidaten="kandidaat;schaal vanaf;vervoer\nK-1;S19;autoo\n")
    text = str(check(source, as_of=AS_OF))
    assert 'kandidaten.csv, rij 2, kolom "schaal vanaf": "S19" bestaat niet. Toegestaan: S1 tot en met S18.' in text
    assert "Bedoelde u auto of motor?" in text


def test_an_unknown_column_is_named_with_the_nearest_and_never_used(tmp_path):
    intake = read_intake(folder(tmp_path, kandidaten="kandidaat;gemeentes\nK-1;Delft\n"))
    assert intake.ledger.problems[0].sentence.value("nearest").nl == "gemeente"
    assert intake.pool(AS_OF).candidate("K-1").municipality is None


def test_a_task_takes_its_work_kind_from_the_task_list_and_its_package(tmp_path):
    tasks = "werkpakket;taak;taaksoort;uren;taakeisen\nWP-1;Mappen;dossiers ordenen;8;lezen = 1\n"
    (task,) = read_pool(folder(tmp_path, taken=tasks), as_of=AS_OF).package("WP-1").tasks
    assert (task.work_kind, task.demands) == ("archive", (("reading", 1),))


def rows_as_text(rows):
    target = io.StringIO()
    writer = csv.DictWriter(target, rows[0], delimiter=";")
    writer.writeheader()
    writer.writerows(rows)
    return target.getvalue()


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_pool_written_as_cells_reads_back_as_the_same_pool(tmp_path, known_candidate, archive_package, language):
    veto = Agreement(kind="veto", candidate_id="K-1", work_package_id="WP-1", reason="te ver")
    bare = dataclasses.replace(known_candidate, candidate_id="K-2", needs=None, skills=None, never=None)
    pool = Pool.of([known_candidate, bare], [archive_package], as_of=AS_OF, agreements=[veto])
    tables = {SHEETS[key].title(language): rows for key, rows in tables_of(pool, language=language).items() if rows}
    names = {"kandidaten", "werkpakketten"} - set(tables)
    source = folder(tmp_path, **{name: rows_as_text(rows) for name, rows in tables.items()})
    for name in names:
        (source / f"{name}.csv").unlink()
    again = read_pool(source, as_of=AS_OF)
    assert again.ledger.refused == 0
    assert again.candidates.rows() == pool.candidates.rows()
    assert again.packages.rows() == pool.packages.rows()
    assert again.fingerprint == pool.fingerprint


def test_the_order_of_rows_and_columns_changes_nothing(tmp_path):
    one = folder(tmp_path / "a", kandidaten="kandidaat;gemeente;uren\nK-1;Delft;8\nK-2;Leiden;\n")
    two = folder(tmp_path / "b", kandidaten="UREN;Gemeente;Kandidaat\n;Leiden;K-2\n8;Delft;K-1\n")
    assert read_pool(one, as_of=AS_OF).fingerprint == read_pool(two, as_of=AS_OF).fingerprint


def test_an_english_reader_sees_english_headers(tmp_path):
    intake = read_intake(folder(tmp_path, kandidaten="gemeente;uren\nDelft;8\n"))
    assert "missing: candidate." in intake.ledger.problems[0].sentence.text("en")
    assert "ontbreken: kandidaat." in intake.ledger.problems[0].sentence.text("nl")
    assert len({problem.sentence for problem in intake.ledger.problems}) == 1


def test_a_code_that_stands_in_a_refused_row_too_is_named_at_the_row_that_stands(tmp_path):
    path = folder(tmp_path, kandidaten="kandidaat;uren minimaal\nK-1;veel\nK-1;16\nK-2;16\n")
    problems = read_intake(path).ledger.problems
    told = [(one.row, one.refuses) for one in problems if one.sentence.key == "intake.repeated_in_refused"]
    assert told == [(3, False)]
    assert any("geweigerd is: 2" in one.sentence.text("nl") for one in problems)
