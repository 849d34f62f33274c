"""Every sentence is right for one and for more, in Dutch and in English."""

from __future__ import annotations

import re
import string

import pytest

from matching.text import LANGUAGES, Language, say
from matching.text.catalogue import families, keys, template

NOUNS: dict[Language, dict[str, str]] = {
    "nl": {
        "rij": "rijen",
        "punt": "punten",
        "kandidaat": "kandidaten",
        "werkpakket": "werkpakketten",
        "week": "weken",
        "dag": "dagen",
        "plaats": "plaatsen",
        "plek": "plekken",
        "mens": "mensen",
        "baan": "banen",
        "vraag": "vragen",
        "voorstel": "voorstellen",
        "verandering": "veranderingen",
        "wijziging": "wijzigingen",
        "cel": "cellen",
        "veld": "velden",
        "teken": "tekens",
        "regel": "regels",
        "melding": "meldingen",
        "opmerking": "opmerkingen",
        "lijst": "lijsten",
        "seconde": "seconden",
        "ander": "anderen",
        "profiel": "profielen",
        "teamlid": "teamleden",
        "afspraak": "afspraken",
        "persoon": "personen",
        "maand": "maanden",
        "leverancier": "leveranciers",
    },
    "en": {
        "row": "rows",
        "point": "points",
        "candidate": "candidates",
        "package": "packages",
        "week": "weeks",
        "day": "days",
        "place": "places",
        "person": "people",
        "job": "jobs",
        "question": "questions",
        "proposal": "proposals",
        "change": "changes",
        "cell": "cells",
        "field": "fields",
        "line": "lines",
        "list": "lists",
        "second": "seconds",
        "other": "others",
        "profile": "profiles",
        "hour": "hours",
        "member": "members",
        "month": "months",
        "supplier": "suppliers",
    },
}
DESCRIBED = r"(?:(?!(?:of|van|the|de|per|a|en|and|bij|with|zonder) )[a-z-]+ )?"
"""At most one word that describes, between a count and its noun."""
FOR_ONE, FOR_MORE = ("_one", "_week", ".home_day", ".minute"), ("_weeks", ".home_days", ".minutes")
"""How the keys end of sentences between which the caller chooses by the count."""


def sentences() -> list[str]:
    return [key for family in families() for key in keys(family)]


def said(key: str, count: int, language: Language) -> str:
    """Return a sentence with a count in all its places."""
    fields = {name for _, name, _, _ in string.Formatter().parse(template(key, language)) if name}
    return say(key, **dict.fromkeys(fields, count)).text(language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("count", [1, 2])
def test_no_sentence_has_the_wrong_number(count: int, language: Language) -> None:
    wrong = NOUNS[language].values() if count == 1 else NOUNS[language].keys()
    pattern = re.compile(rf"(?<![\w.,=-]){count} {DESCRIBED}(?:{'|'.join(wrong)})\b(?!\()")
    texts = {key: said(key, count, language) for key in sentences() if _is_said(key, count)}
    assert {key: text for key, text in texts.items() if pattern.search(text)} == {}


def _is_said(key: str, count: int) -> bool:
    return not key.endswith(FOR_MORE if count == 1 else FOR_ONE)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_leaves_the_choice_to_the_reader(language: Language) -> None:
    left = re.compile(r"\w\((?:en|s|n|e)\)")
    assert [key for key in sentences() if left.search(template(key, language))] == []


def test_every_choice_has_two_forms_and_names_its_count() -> None:
    for key in sentences():
        for language in LANGUAGES:
            for _, name, forms, _ in string.Formatter().parse(template(key, language)):
                assert not forms or (name and forms.count("|") == 1 and all(forms.split("|"))), (key, language)


@pytest.mark.parametrize(
    ("count", "text"), [(1, "1 kandidaat zonder voorstel:"), (0, "0 kandidaten zonder voorstel:"), (12500, "12.500 k")]
)
def test_a_sentence_chooses_its_own_form(count: int, text: str) -> None:
    assert say("output.screen.plan.unplaced", count=count).text("nl").startswith(text)


def test_a_verb_follows_its_count() -> None:
    assert "2 of 3 profiles are" in say("output.check.stale", count=2, total=3).text("en")
    assert "1 van 3 profielen is ouder dan een half jaar of heeft" in say("output.check.stale", count=1, total=3).text()


@pytest.mark.parametrize(
    ("value", "nl", "en"),
    [(1000, "1000", "1000"), (9999, "9999", "9999"), (10000, "10.000", "10,000"), (-12500.5, "-12.500,5", "-12,500.5")],
)
def test_thousands_are_parted_from_ten_thousand_on(value: float, nl: str, en: str) -> None:
    assert (say("words.hours", hours=value).text("nl"), say("words.hours", hours=value).text("en")) == (
        f"{nl} uur",
        f"{en} hours",
    )
