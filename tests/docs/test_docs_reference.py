"""The generated pages and pictures tell what the code does now, and no page points to nothing."""

from __future__ import annotations

import html
import re
from pathlib import Path

import generated_docs
import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
EXPLANATION = ROOT / "docs" / "uitleg" / "README.md"
PAGES = generated_docs.pages()


@pytest.mark.parametrize("name", sorted(PAGES))
def test_a_reference_page_tells_what_the_code_does_now(name):
    stored = generated_docs.REFERENCE / name
    written = stored.read_text(encoding="utf-8") if stored.exists() else ""
    assert written.splitlines() == PAGES[name].splitlines(), f"docs/reference/{name} lags behind: run `make docs`"


def test_the_folder_of_reference_pages_holds_nothing_else():
    assert {path.name for path in generated_docs.REFERENCE.iterdir()} == set(PAGES)


def test_a_page_is_the_same_in_every_run():
    assert generated_docs.pages() == PAGES


def test_every_rule_is_shown_with_every_outcome_that_it_can_have():
    for key, kind in generated_docs.RULES.items():
        outcomes = {outcome.partition(",")[0] for outcome, _ in generated_docs.rule_sentences(key)}
        assert ("conflict" in outcomes) == kind.can_conflict, key
        assert "fits" in outcomes, key


@pytest.fixture(scope="module")
def drawn():
    return generated_docs.pictures()


def test_every_picture_of_the_explanation_tells_what_the_engine_says_now(drawn):
    for name, picture in drawn.items():
        stored = (generated_docs.PICTURES / name).read_text(encoding="utf-8")
        words = re.search(r"<title[^>]*>(.*?)</title><desc[^>]*>(.*?)</desc>", stored, flags=re.DOTALL)
        assert words, name
        assert [html.unescape(text) for text in words.groups()] == [picture.title, picture.description], (
            f"docs/uitleg/img/{name} lags behind: run `make docs`"
        )


def test_every_picture_is_shown_with_a_text_for_who_cannot_see_it(drawn):
    pages = [path.read_text(encoding="utf-8") for path in EXPLANATION.parent.glob("*.md")]
    shown = [found for page in pages for found in re.findall(r"!\[([^\]]*)\]\(img/([^)]+)\)", page)]
    assert {name for _, name in shown} == {path.name for path in generated_docs.PICTURES.iterdir()}
    assert set(drawn) == {path.name for path in generated_docs.PICTURES.glob("*.svg")}
    assert all(len(text.split()) >= 12 for text, _ in shown)


@pytest.mark.parametrize("path", sorted((ROOT / "docs").rglob("*.md")), ids=lambda path: path.stem)
def test_no_page_points_to_a_file_that_is_not_there(path):
    for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8")):
        if "://" not in target:
            assert (path.parent / target).exists(), f"{path.relative_to(ROOT)} points to {target}"
