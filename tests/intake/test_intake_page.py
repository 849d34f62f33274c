"""The page of columns is made from the table and lies in the docs as it was made."""

from __future__ import annotations

from pathlib import Path

from matching.intake import SHEETS
from matching.intake.page import columns_page

DOCS = Path(__file__).parents[2] / "docs" / "uitleg"


def test_the_page_in_the_docs_is_the_page_that_the_table_makes():
    assert (DOCS / "kolommen.md").read_text(encoding="utf-8") == columns_page()


def test_the_page_names_every_column_once_in_both_languages():
    for language in ("nl", "en"):
        rows = [line for line in columns_page(language).splitlines() if line.startswith("|")]
        assert len(rows) == sum(len(sheet.columns) + 2 for sheet in SHEETS.values())


def test_the_officers_page_names_only_sheets_and_verbs_that_exist():
    text = (DOCS / "invullen.md").read_text(encoding="utf-8")
    for sheet in ("kandidaten", "werkpakketten", "behoeften", "taken", "aanbod"):
        assert f"**{sheet}**" in text
    assert "matching template" in text
    assert "matching check" in text
