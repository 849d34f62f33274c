"""What must not come in is dropped, counted and never shown."""

from __future__ import annotations

import pytest
from intake_files import AS_OF, folder

from matching.intake import check, read_intake
from matching.intake.sensitive import forbidden_column, looks_like_bsn, medical_word

FORBIDDEN = (
    "BSN;Burgerservicenummer;Volledige naam;voornaam;achternaam;geboortedatum;leeftijd;geslacht;telefoonnummer;"
    "E-mailadres;straatnaam;diagnose;nationaliteit;loonwaarde"
)


@pytest.mark.parametrize("text", ["123456782", "code 1234.56.782", "12-345-6782", "111222333", "x123456782y"])
def test_a_number_that_passes_the_eleven_proof_is_seen(text):
    assert looks_like_bsn(text)


@pytest.mark.parametrize(
    "text", ["123456789", "2026-11-01", "06-1234", "1234567", "000000000", "K-2026-0001", "12345678201"]
)
def test_other_numbers_are_left_alone(text):
    assert not looks_like_bsn(text)


@pytest.mark.parametrize("text", ["heeft ADHD", "autistisch", "Diagnoses bekend", "na een burn-out", "epilepsie"])
def test_a_medical_word_is_found(text):
    assert medical_word(text)


@pytest.mark.parametrize(
    "text", ["rustige werkplek", "kan goed zelfstandig werken", "houdt van dieren", "Haagse archieven"]
)
def test_plain_words_about_work_are_not_medical(text):
    assert medical_word(text) is None


@pytest.mark.parametrize("header", FORBIDDEN.split(";"))
def test_a_column_that_must_not_exist_is_dropped_and_counted(tmp_path, header):
    assert forbidden_column(header)
    source = folder(tmp_path, kandidaten=f"kandidaat;{header}\nK-1;geheim-7\nK-2;\n")
    intake = read_intake(source)
    assert intake.ledger.dropped_columns == (("kandidaten.csv", header, 1),)
    assert "geheim-7" not in str(check(source, as_of=AS_OF).to_json())


def test_a_planted_number_or_address_never_shows_in_report_or_refused_rows(tmp_path):
    source = folder(tmp_path, kandidaten="kandidaat;motivatie\nK-1;bsn 123456782\nK-2;canary@voorbeeld.nl\n")
    report = check(source, as_of=AS_OF)
    assert [count.refused for count in report.ledger.counts] == [2, 0]
    shown = f"{report}{report.to_json()}{report.refused_rows}{report.to_frame().to_string()}"
    assert "123456782" not in shown
    assert "canary" not in shown
