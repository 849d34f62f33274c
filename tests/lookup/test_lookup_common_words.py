"""Words that officers really write are found; words that only look like them, and rubbish, stay unknown."""

from __future__ import annotations

import pytest

from matching.domain.vocabulary import rows, vocabulary
from matching.lookup.skill import find_skills
from matching.lookup.title import find_titles


@pytest.mark.parametrize(
    ("text", "key"), [("exel", "excel_basic"), ("Excell", "excel_basic"), ("schoonmaker", "interior_cleaning")]
)
def test_a_skill_as_it_is_often_written_is_found(text, key):
    assert find_skills([text])[0].key == key


@pytest.mark.parametrize(
    ("text", "key"),
    [("Schoonmaker m/v", "cleaning"), ("senior jurist", "legal"), ("kok", "catering"), ("Archivaris", "archive")],
)
def test_a_common_title_is_found_without_a_list(text, key):
    assert find_titles([text])[0].key == key


RUBBISH = ("qwerty", "axel", "xel", "lexel", "hotel", "bakker", "kapper", "chirurg", "piloot", "docent", "medewerker")


@pytest.mark.parametrize("text", RUBBISH)
@pytest.mark.parametrize("find", [find_skills, find_titles])
def test_other_words_and_rubbish_are_never_guessed(find, text):
    (found,) = find([text])
    assert (found.status, found.key) == ("unknown", None)


def test_every_common_title_belongs_to_a_kind_of_work_and_is_found():
    titles = {row["title_nl"]: row["work_kind"] for row in rows("kind_titles")}
    assert set(titles.values()) <= set(vocabulary("work_kind"))
    assert {found.query: found.key for found in find_titles(titles)} == titles
