"""What is set aside or does nothing is said once, with what to do about it."""

from __future__ import annotations

import datetime as dt

import pytest
from intake_files import AS_OF, CANDIDATES, PACKAGES, folder

from matching.errors import InputRefused
from matching.intake import check, read_intake, read_pool
from matching.intake.columns import SHEETS
from matching.intake.pseudonym import open_key
from matching.intake.sonar import import_sonar
from matching.text import LANGUAGES

AGREEMENTS = "kandidaat;werkgever;soort;reden;tot\n"


def keys(problems):
    return [(problem.sentence.key.removeprefix("intake."), problem.row) for problem in problems]


def test_the_example_row_is_no_person_and_is_counted_as_blank(tmp_path):
    intake = read_intake(folder(tmp_path, kandidaten=CANDIDATES + "K-VOORBEELD;Delft;99;x\n;;;\n"))
    count = intake.sheets["candidates"].count
    assert (count.read, count.accepted, count.refused, count.blank) == (4, 2, 0, 2)
    assert keys(intake.ledger.problems) == [("example_row", 4)]
    assert [person.candidate_id for person in intake.pool(AS_OF).candidates.rows()] == ["K-1", "K-2"]
    assert intake.refused_rows == ()


def test_what_refers_to_the_example_row_refers_to_nothing(tmp_path):
    source = folder(
        tmp_path, werkpakketten=PACKAGES + "WP-VOORBEELD;x;8\n", taken="werkpakket;taak\nWP-VOORBEELD;x\nWP-2;x\n"
    )
    found = read_intake(source).ledger.problems
    assert keys(found) == [("example_row", 3), ("example_row", 2), ("reference_missing", 3)]


def test_a_file_with_only_example_rows_is_no_pool_and_says_why(tmp_path):
    with pytest.raises(InputRefused) as refused:
        read_pool(folder(tmp_path, kandidaten="kandidaat\nK-VOORBEELD\n"), as_of=AS_OF)
    assert "Voorbeeldrijen van het invulbestand: 1." in refused.value.text("nl")


@pytest.mark.parametrize(("days", "told"), [(0, 0), (1, 1)])
def test_an_agreement_that_has_ended_is_named_from_the_day_after(tmp_path, days, told):
    source = folder(tmp_path, afspraken=AGREEMENTS + "K-1;;veto;x;01-11-2026\nK-2;;veto;x;\n")
    day = dt.date(2026, 11, 1) + dt.timedelta(days)
    report = check(source, as_of=day)
    assert [key for key, _ in keys(report.ledger.problems)] == ["expired_agreement"] * told
    assert report.exit_code == 0
    assert len(read_pool(source, as_of=day).ledger.problems) == told
    assert not told or "K-1 gold tot en met 01-11-2026" in str(report)


@pytest.mark.parametrize(
    ("employer", "key"),
    [("Ministerie X", None), ("Ministerie Y", "strange_employer_nearest"), ("Qwrtpsdfg", "strange_employer")],
)
def test_an_agreement_about_an_employer_that_no_package_has_is_named(tmp_path, employer, key):
    packages = "werkpakket;werkgever\nWP-1;Ministerie X\nWP 2;Qwrtpsdfg\n"
    source = folder(tmp_path, werkpakketten=packages, afspraken=AGREEMENTS + f"K-1;{employer};veto;x;\n")
    found = [(problem.sentence.key, problem.column) for problem in read_intake(source).ledger.problems[1:]]
    assert found == ([] if key is None else [(f"intake.{key}", "werkgever")])


@pytest.mark.parametrize("language", LANGUAGES)
def test_scales_in_the_wrong_order_are_said_as_scales(tmp_path, language):
    source = folder(tmp_path, werkpakketten="werkpakket;schaal minimaal;schaal maximaal\nWP-1;S12;S8\n")
    (problem,) = read_intake(source).ledger.problems
    assert "(S12)" in problem.sentence.text(language) and "(S8)" in problem.sentence.text(language)


@pytest.mark.parametrize(("text", "good"), [("K_1.a-b", True), ("K" * 100, True), ("K" * 101, False), ("_K", False)])
def test_the_rule_for_codes_is_said_as_it_is(text, good):
    reading = SHEETS["candidates"].by_key["candidate_id"].read(text)
    assert (reading.value == text) is good
    assert good or all(word in reading.refusal.text() for word in ("liggend streepje", "100"))


@pytest.mark.parametrize(
    ("extra", "exit_code", "absent"),
    [
        ({"werkpakketten": "werkpakket;titel\n"}, 0, ()),
        ({"werkpakketten": "werkpakket;titel\n", "kandidaten": "kandidaat\n"}, 1, ()),
        ({"werkpakketten": "werkpakket;uren maximaal\nWP-1;x\n"}, 1, ()),
    ],
)
def test_only_what_is_refused_absent_or_empty_throughout_is_exit_1(tmp_path, extra, exit_code, absent):
    report = check(folder(tmp_path, **extra), as_of=AS_OF)
    assert (report.usable, report.exit_code, report.absent_sheets) == (False, exit_code, absent)


def test_only_files_that_look_like_tables_are_named_in_a_folder(tmp_path):
    source = folder(tmp_path, kandidten="x\n")
    for name in ("README.md", "plan.pdf", ".verborgen.csv"):
        (source / name).write_text("x")
    (source / "truth").mkdir()
    (source / "oud.csv").mkdir()
    (source / "profielen.json").write_text("{}")
    notes = [note.sheet for note in read_intake(source).ledger.problems]
    assert notes == ["kandidten.csv", "profielen.json"]


def test_postcodes_of_an_export_are_mentioned_once_with_their_number(tmp_path):
    rows = "".join(f"{number};2511 AB\n" for number in range(12))
    (tmp_path / "s.csv").write_text(f"ID_WZ;Postcode\n{rows}")
    key = open_key(tmp_path / "veilig" / "sleutel.key", apart_from=[tmp_path / "s.csv"])
    found = import_sonar(tmp_path / "s.csv", key).ledger.problems
    told = [problem.sentence.text() for problem in found if "postcode" in problem.sentence.key]
    assert told == ["Bij 12 rijen zijn de letters van de postcode weggelaten; alleen de cijfers tellen."]


def test_an_agreement_about_the_example_package_is_about_nothing(tmp_path):
    agreements = "kandidaat;werkpakket;soort;reden\nK-1;WP-VOORBEELD;veto;x\n"
    source = folder(tmp_path, werkpakketten=PACKAGES + "WP-VOORBEELD;x;8\n", afspraken=agreements)
    assert keys(read_intake(source).ledger.problems) == [("example_row", 3), ("reference_missing", 2)]
