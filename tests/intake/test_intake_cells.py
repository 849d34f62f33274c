"""What a text in a cell means: read right, refused with a reason, or unknown; never guessed."""

from __future__ import annotations

import datetime as dt

import pytest

from matching.intake.columns import SHEETS
from matching.intake.raw import as_text, columns_of

UNKNOWN_WORDS = ["", "  ", "onbekend", "Unknown", "?", "??", "NNB", "n.v.t.", "nvt"]


def read(column, text, sheet="candidates"):
    return SHEETS[sheet].by_key[column].read(text)


# Every cell value of the trials with damaged tables: what common readers made of it, and what it must be here.
READ_RIGHT = [
    ("hours_max", "24,5", 24.5),
    ("hours_max", "24.5", 24.5),
    ("hours_max", "32u", 32.0),
    ("hours_max", "32 uur per week", 32.0),
    ("max_travel_minutes", "1 uur", 60),
    ("candidate_id", "00123", "00123"),
    ("candidate_id", "1E5", "1E5"),
    ("postcode4", "0123", None),
    ("source_organisation", "NA", "NA"),
    ("source_organisation", "Null", "Null"),
    ("source_organisation", "None", "None"),
    ("source_organisation", "nan", "nan"),
    ("source_organisation", "n/a", None),
    ("profile_date", "03-04-1990", dt.date(1990, 4, 3)),
    ("profile_date", "13-04-1990", dt.date(1990, 4, 13)),
    ("profile_date", "2026-04-13", dt.date(2026, 4, 13)),
    ("profile_date", "1 maart 2027", dt.date(2027, 3, 1)),
    ("source_organisation", "José €", "José €"),
    ("travel_modes", "AUTO", frozenset({"car"})),
    ("travel_modes", "scooter; MOTOR", frozenset({"moped", "car"})),
    ("travel_modes", "ov, fiets", frozenset({"public_transport", "bicycle"})),
    ("days_available", "ma;di;wo", frozenset({"mon", "tue", "wed"})),
    ("education", "mbo-2", "mbo_2"),
    ("education", "MBO 2", "mbo_2"),
    ("education", "HBO", "bachelor"),
    ("wished_scale_min", "8", 8),
    ("wished_scale_min", "schaal 8", 8),
    ("skills", "geen", frozenset()),
    ("driving_licence", "Geen", frozenset()),
    ("available", "per direct", "now"),
    ("available", "01-02-2027", dt.date(2027, 2, 1)),
    ("never", "groen en buitenwerk; werkgever: Defensie", frozenset({"work_kind:green", "employer:Defensie"})),
    ("wished_work_kinds", "groen en buitenwerk; archief = 3", (("archive", 3), ("green", 1))),
    ("languages", "Nederlands = goed; en=2", (("nl", 3), ("en", 2))),
]
REFUSED = [
    ("hours_max", "12.34.56", "not_a_number"),
    ("hours_max", "1.234,5", "not_a_number"),
    ("hours_max", "1e5", "not_a_number"),
    ("hours_max", "16-24", "not_a_number"),
    ("hours_max", "-4", "out_of_range"),
    ("hours_max", "NaN", "not_a_number"),
    ("hours_max", "inf", "not_a_number"),
    ("max_travel_minutes", "12,5", "not_whole"),
    ("profile_date", "01.02.2020", "not_a_date"),
    ("profile_date", "03/04/2026", "not_a_date"),
    ("profile_date", "03-04-90", "not_a_date"),
    ("profile_date", "45992", "not_a_date"),
    ("profile_date", "31-02-2026", "no_such_date"),
    ("profile_date", "01-01-0001", "date_out_of_range"),
    ("candidate_id", "", "required"),
    ("candidate_id", "n.v.t.", "required"),
    ("candidate_id", "=1+1", "bad_identifier"),
    ("candidate_id", "K 1", "bad_identifier"),
    ("candidate_id", "123456782", "bsn"),
    ("motivation", "mijn nummer is 1234.56.782", "bsn"),
    ("motivation", "bel 06-12345678", "contact_in_text"),
    ("motivation", "mail a.b@voorbeeld.nl", "contact_in_text"),
    ("motivation", "een\x00nul", "control_character"),
    ("motivation", "x" * 2001, "too_long"),
    ("wished_scale_min", "S19", "bad_scale_nearest"),
    ("register_status", "misschien", "not_yes_no"),
    ("travel_modes", "autoo", "not_in_list_nearest"),
    ("travel_modes", "raket", "not_in_list"),
    ("languages", "Nederlands", "number_missing"),
    ("experience", "archief = 3; archief = 4", "twice_in_list"),
    ("available", "ooit", "not_available_word"),
]
KEPT_WITH_A_REMARK = [
    ("hours_max", "7,6", 7.5, "rounded"),
    ("postcode4", "2511 AB", "2511", "postcode_cut"),
    ("education", "mbo", None, "ambiguous"),
    ("municipality", "Bergen", None, "ambiguous"),
    ("municipality", "Xyzzyx", None, "no_municipality"),
    ("skills", "heftruckrijden; toveren", frozenset({"forklift_driving"}), "skill_left_out"),
    ("motivation", "heeft autisme", None, "medical_removed"),
]


@pytest.mark.parametrize(("column", "text", "value"), READ_RIGHT)
def test_a_text_reads_as_what_an_officer_meant(column, text, value):
    reading = read(column, text)
    if value is None and column == "postcode4":
        assert reading.refusal.key == "intake.bad_postcode"
    else:
        assert (reading.value, reading.refusal, reading.warning) == (value, None, None)


@pytest.mark.parametrize(("column", "text", "key"), REFUSED)
def test_a_text_that_is_wrong_or_reads_two_ways_is_refused_in_words(column, text, key):
    reading = read(column, text)
    assert reading.refusal.key == f"intake.{key}"
    assert reading.value is None
    for language in ("nl", "en"):
        assert len(reading.refusal.text(language)) > 10


@pytest.mark.parametrize(("column", "text", "value", "key"), KEPT_WITH_A_REMARK)
def test_a_doubtful_text_keeps_its_row_and_says_so(column, text, value, key):
    reading = read(column, text)
    assert (reading.value, reading.refusal) == (value, None)
    assert reading.warning.key == f"intake.{key}"


@pytest.mark.parametrize("text", UNKNOWN_WORDS)
@pytest.mark.parametrize("column", [c.key for c in SHEETS["candidates"].columns if not c.required])
def test_every_word_for_unknown_is_unknown_in_every_column(column, text):
    assert read(column, text) == read(column, "")
    assert read(column, text).value is None


def test_a_medical_word_in_a_title_is_named_but_the_title_stays():
    reading = read("title", "Beleid psychiatrie", sheet="work_packages")
    assert reading.value == "Beleid psychiatrie"
    assert reading.warning.key == "intake.medical_named"


def test_a_status_that_has_a_word_of_its_own_for_unknown_keeps_it():
    assert read("status_1_month", "onbekend", sheet="placements").value == "unknown"
    assert read("status_1_month", "", sheet="placements").value is None


def test_an_empty_cell_takes_the_meaning_that_the_table_gives_it():
    assert read("method", "", sheet="work_packages").value == "individual"
    assert read("places", "", sheet="work_packages").value == 1
    assert read("demands", "", sheet="tasks").value == ()


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (7.0, "7"),
        (24.5, "24.5"),
        (0.1 + 0.2, "0.3"),
        (True, "ja"),
        (None, ""),
        ("  x ", "x"),
        (dt.date(2026, 1, 2), "2026-01-02"),
        (dt.datetime(2026, 1, 2), "2026-01-02"),
        (dt.datetime(2026, 1, 2, 9, 30), "2026-01-02T09:30:00"),
    ],
)
def test_a_cell_of_a_workbook_becomes_the_text_that_a_person_would_type(cell, text):
    assert as_text(cell) == text


def test_true_and_one_in_one_column_stay_two_texts():
    (texts,) = columns_of([[True], [1.0], [1], ["1"]])
    assert [texts[row] for row in range(4)] == ["ja", "1", "1", "1"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("heftruck rijden", {"forklift_driving"}),
        ("Excel; archiveren", {"excel_basic", "filing"}),
        ("geen heftruck", None),
        ("C++", {"c_plus_plus"}),
    ],
)
def test_a_skill_is_known_in_the_spellings_of_the_look_up_and_a_denial_is_no_skill(text, value):
    assert read("skills", text).value == (frozenset(value) if value else None)


def test_a_skill_that_is_left_out_is_named_with_what_may_have_been_meant():
    warning = read("skills", "word en excel; toveren").warning
    assert warning.text() == (
        'Niet herkend en niet meegenomen: "word en excel" (misschien bedoelde u: Word, Excel), "toveren". '
        "Kies een vaardigheid uit de lijst."
    )
