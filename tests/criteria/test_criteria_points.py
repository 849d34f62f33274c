"""Each criterion gives the points of its table, and its sentences, in both languages."""

from __future__ import annotations

import dataclasses

import pytest
from criteria_cases import CASES, answer, changed

from matching.criteria import CRITERIA
from matching.text import LANGUAGES, say

EVERY = [
    pytest.param(key, one, id=f"{key}-{number}-{one.kind}")
    for key, found in CASES.items()
    for number, one in enumerate(found)
]
WITHOUT_PREFERENCE = {"wish_work", "wish_setting", "development"}
WITHOUT_DEMAND = {"skills", "doable_hours"}


@pytest.mark.parametrize(("key", "one"), EVERY)
def test_a_criterion_gives_the_points_of_its_table(key, one, known_candidate, archive_package):
    assert answer(key, changed(one, known_candidate, archive_package)) == one.points


@pytest.mark.parametrize(("key", "one"), EVERY)
def test_a_criterion_says_why_in_both_languages(key, one, known_candidate, archive_package):
    reason = CRITERIA[key]().reason(changed(one, known_candidate, archive_package))
    texts = [reason.text(language) for language in LANGUAGES]
    assert all(text.strip() and "{" not in text and "None" not in text for text in texts)
    assert texts[0] != texts[1]


@pytest.mark.parametrize(("key", "one"), EVERY)
def test_a_criterion_asks_exactly_when_something_that_matters_is_unknown(key, one, known_candidate, archive_package):
    pair = changed(one, known_candidate, archive_package)
    questions = CRITERIA[key]().questions(pair)
    assert bool(questions) == (one.points[0] < one.points[2])
    for question in questions:
        side = pair.candidate if question.about == "candidate" else pair.package
        assert question.field in {column.name for column in dataclasses.fields(side)}
        assert all(question.sentence.text(language).endswith("?") for language in LANGUAGES)


@pytest.mark.parametrize("key", CRITERIA)
def test_every_criterion_has_each_kind_of_case(key):
    wanted = {"fits", "does not fit", "unknown"}
    wanted |= {"no preference"} if key in WITHOUT_PREFERENCE else set()
    wanted |= {"nothing asked"} if key in WITHOUT_DEMAND else set()
    assert {one.kind for one in CASES[key]} == wanted


@pytest.mark.parametrize("key", CRITERIA)
def test_every_criterion_has_a_name_and_documented_settings(key):
    kind = CRITERIA[key]
    assert kind.key == key
    assert all(say(f"criteria.{key}.name").text(language) for language in LANGUAGES)
    assert all(setting.default is not dataclasses.MISSING for setting in dataclasses.fields(kind))


def test_a_value_that_fits_scores_at_least_neutral_and_one_that_does_not_at_most():
    for key, found in CASES.items():
        neutral = 1000 if key == "doable_hours" else 500
        for one in found:
            if one.kind == "fits":
                assert one.points[1] >= min(neutral, 500), (key, one)
            if one.kind == "does not fit" and key not in ("travel", "skills"):
                assert one.points[1] <= neutral, (key, one)
