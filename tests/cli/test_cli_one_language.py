"""No output shows a key of the code, and a Dutch output no English word of a vocabulary."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from matching.cli.main import run
from matching.domain.vocabulary import vocabulary
from matching.text import LANGUAGES, Language

DAY = ("--date", "2026-11-01")
VERBS = (
    ("check",),
    ("shortlist", "--package", "WP-0001", "--role", "liaison"),
    ("shortlist", "--candidate", "K-00001", "--role", "liaison"),
    ("explain", "--candidate", "K-00001", "--package", "WP-0001", "--role", "liaison"),
    ("explain", "--candidate", "K-00002", "--package", "WP-0003", "--for", "officer"),
    ("travel", "--candidate", "K-00001"),
    ("reach",),
    ("ask", "--role", "liaison"),
)
SHOWN = ("work_kind", "setting", "development", "placement_method", "education", "arrangement")
OTHER: dict[Language, Language] = {"nl": "en", "en": "nl"}


def foreign(language: Language) -> set[str]:
    """Return the labels of vocabularies in the other language, of two words or more, that mean nothing in this one."""
    terms = [term for name in SHOWN for term in vocabulary(name).values()]
    own = {term.label(language).casefold() for term in terms}
    return {label for term in terms if " " in (label := term.label(OTHER[language]).casefold()) and label not in own}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("verb", VERBS, ids=" ".join)
def test_an_output_is_in_one_language_and_shows_no_keys(
    verb: tuple[str, ...],
    language: Language,
    small_world: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("COLUMNS", "400")
    out = tmp_path / "uit.txt"
    assert run([verb[0], str(small_world), *verb[1:], *DAY, "--lang", language, "--out", str(out)]) == 0
    written = " ".join(out.read_text(encoding="utf-8").split())
    text = f"{capsys.readouterr().out} {written}".replace(str(tmp_path), "").casefold()
    assert re.findall(r"\b[a-z]+_[a-z_]+\b", text) == []
    assert [label for label in foreign(language) if label in text] == []
