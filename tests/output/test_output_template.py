"""The template is what the reader reads: drop-downs hold accepted words, examples are accepted, nothing is live."""

from __future__ import annotations

import zipfile

import pytest

from matching.errors import InputRefused
from matching.intake import SHEETS, read_intake
from matching.intake.parsed import parse
from matching.output.template import explanation_rows, word_lists, write_template


def book(path):
    from openpyxl import load_workbook

    return load_workbook(path)


@pytest.mark.parametrize("ending", ["xlsx", "ods"])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_examples_of_a_template_are_right_and_count_for_nothing(tmp_path, ending, language):
    write_template(tmp_path / f"t.{ending}", language)
    intake = read_intake(tmp_path / f"t.{ending}")
    assert [parse(sheet.raw, sheet.sheet).problems for sheet in intake.sheets.values()] == [[]] * len(SHEETS)
    counts = [(count.read, count.accepted, count.refused, count.blank) for count in intake.ledger.counts]
    assert counts == [(1, 0, 0, 1)] * len(SHEETS)
    assert [problem.sentence.key for problem in intake.ledger.problems] == ["intake.example_row"] * len(SHEETS)


def test_both_languages_and_both_formats_hold_the_same_example(tmp_path):
    prints = set()
    for name, language in (("a.xlsx", "nl"), ("b.xlsx", "en"), ("c.ods", "nl"), ("d.ods", "en")):
        write_template(tmp_path / name, language)
        sheets = read_intake(tmp_path / name).sheets.values()
        again = [parse(sheet.raw, sheet.sheet) for sheet in sheets]
        prints.add(tuple((key, sheet.value(key, 0)) for sheet in again for key in sheet.columns))
    assert len(prints) == 1


@pytest.mark.parametrize("name", ["t.xlsx", "t.ods"])
def test_without_an_example_every_sheet_is_empty(tmp_path, name):
    write_template(tmp_path / name, example=False)
    assert {count.read for count in read_intake(tmp_path / name).ledger.counts} == {0}


def test_the_open_document_has_a_rule_for_every_column(tmp_path):
    write_template(tmp_path / "t.ods")
    with zipfile.ZipFile(tmp_path / "t.ods") as package:
        text = package.read("content.xml").decode()
    assert text.count("<table:content-validation ") == sum(len(sheet.columns) for sheet in SHEETS.values())
    assert 'cell-content-is-in-list("S1";"S2";' in text


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_word_of_every_drop_down_is_accepted(language):
    for sheet in SHEETS.values():
        for column in sheet.columns:
            for word in column.kind.choices(language):
                reading = column.read(word)
                assert reading.refusal is None and reading.warning is None, (sheet.key, column.key, word)


def test_drop_downs_point_at_the_hidden_list_and_every_column_has_help(tmp_path):
    write_template(tmp_path / "t.xlsx")
    found = book(tmp_path / "t.xlsx")
    assert found["lijsten"].sheet_state == "hidden"
    for sheet in SHEETS.values():
        rules = found[sheet.nl].data_validations.dataValidation
        assert len(rules) == len(sheet.columns)
        assert all(rule.prompt and len(rule.prompt) <= 255 and len(rule.promptTitle) <= 32 for rule in rules)
        lists = sum(rule.type == "list" for rule in rules)
        assert lists == sum(bool(column.kind.choices("nl")) for column in sheet.columns)
        assert found[sheet.nl].freeze_panes == "B2"


def test_a_drop_down_names_exactly_the_words_of_its_column(tmp_path):
    write_template(tmp_path / "t.xlsx")
    found = book(tmp_path / "t.xlsx")
    place = [column.key for column in SHEETS["candidates"].columns].index("education")
    rule = found["kandidaten"].data_validations.dataValidation[place]
    cells = found["lijsten"][rule.formula1.split("!")[1].replace("$", "")]
    assert tuple(row[0].value for row in cells) == SHEETS["candidates"].by_key["education"].kind.choices("nl")


def test_no_cell_of_the_template_is_live(tmp_path):
    write_template(tmp_path / "t.xlsx")
    cells = [cell for tab in book(tmp_path / "t.xlsx") for row in tab.iter_rows() for cell in row]
    assert not [cell.coordinate for cell in cells if cell.data_type == "f"]


def test_the_explanation_names_every_column_and_every_list(tmp_path):
    assert len(list(explanation_rows("nl"))) == sum(len(sheet.columns) for sheet in SHEETS.values())
    assert "taakeis" in word_lists("nl")
    with pytest.raises(InputRefused, match=r"\.xlsx of \.ods"):
        write_template(tmp_path / "t.pdf")
