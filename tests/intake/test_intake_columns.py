"""The one table of columns: every field has a column, every example reads, every value comes back."""

from __future__ import annotations

import dataclasses

import pytest

from matching.domain.agreement import Agreement, Decision, Placement
from matching.domain.candidate import Candidate, Need
from matching.domain.vocabulary import names, vocabulary
from matching.domain.work_package import Guide, Location, Offer, Task, WorkPackage
from matching.errors import UnknownName
from matching.intake.columns import SHEETS, cells_of, sheet, sheet_named
from matching.intake.words import forms, normal, table

ENTITIES = {
    "candidates": (Candidate, {"needs", "agreements"}),
    "needs": (Need, {"candidate_id"}),
    "locations": (Location, set()),
    "work_packages": (WorkPackage, {"tasks", "offers"}),
    "tasks": (Task, {"work_package_id"}),
    "offers": (Offer, {"work_package_id"}),
    "guides": (Guide, set()),
    "agreements": (Agreement, set()),
    "decisions": (Decision, set()),
    "placements": (Placement, set()),
}
COLUMNS = [
    pytest.param(found, column, id=f"{found.key}-{column.key}") for found in SHEETS.values() for column in found.columns
]


@pytest.mark.parametrize("key", SHEETS)
def test_every_field_of_an_entity_has_a_column(key):
    entity, elsewhere = ENTITIES[key]
    fields = {field.name for field in dataclasses.fields(entity)}
    assert fields ^ set(sheet(key).by_key) == elsewhere


@pytest.mark.parametrize(("found", "column"), COLUMNS)
def test_every_example_reads_without_a_remark_and_comes_back_in_both_languages(found, column):
    value = column.read(column.example)
    assert value.refusal is None or not column.example
    assert value.warning is None
    for language in ("nl", "en"):
        assert column.read(column.write(value.value, language)).value == value.value or not column.example


@pytest.mark.parametrize(("found", "column"), COLUMNS)
def test_every_column_explains_itself_in_both_languages(found, column):
    for language in ("nl", "en"):
        assert len(found.help(column).text(language)) > 5
        assert len(column.kind.rule.text(language)) > 5


@pytest.mark.parametrize("found", SHEETS.values(), ids=SHEETS)
def test_no_header_means_two_columns(found):
    headers = [header for column in found.columns for header in column.headers]
    assert len(headers) == len(set(headers))


def test_sheets_are_found_by_dutch_and_english_names_in_any_case():
    assert sheet_named("Werkpakketten") is sheet_named("work_packages") is SHEETS["work_packages"]
    assert sheet_named("iets anders") is None
    with pytest.raises(UnknownName, match="Bedoelde u candidates"):
        sheet("candidate")


def test_every_synonym_speaks_of_a_word_that_exists():
    for row in table("synonyms"):
        assert row["vocabulary"] in names()
        assert all(key in vocabulary(row["vocabulary"]) for key in row["keys"].split(";")), row


@pytest.mark.parametrize("name", names())
def test_every_label_reads_as_its_own_key_alone(name):
    for key, term in vocabulary(name).items():
        for word in (key, term.nl, term.en):
            assert forms(name)[normal(word)] == (key,)


def test_no_label_holds_a_sign_that_separates_lists():
    for name in names():
        for term in vocabulary(name).values():
            assert not set(";=|\n") & set(term.nl + term.en), term


def test_an_unknown_value_gives_an_empty_cell_and_a_known_none_a_word():
    cells = cells_of("candidates", Candidate(candidate_id="K-1", skills=frozenset()))
    assert (cells["kandidaat"], cells["vaardigheden"], cells["talen"]) == ("K-1", "geen", "")
    assert cells_of("needs", Need(demand="reading", level=1), owner="K-1")["kandidaat"] == "K-1"
