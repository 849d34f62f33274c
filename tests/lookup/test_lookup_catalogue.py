"""Titles and skills meet the entries that name them, and never the ones they only resemble."""

import doctest

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from matching.errors import InputRefused
from matching.lookup import dutch, skill
from matching.lookup.catalogue import Catalogue
from matching.lookup.dutch import Splitter, root, stem
from matching.lookup.normal import words
from matching.lookup.skill import find_skills, skill_catalogue
from matching.lookup.title import find_titles

TITLES = Catalogue.of(
    [
        ("1", "schoonmaakmedewerker"),
        ("1", "interieurverzorger"),
        ("2", "beleidsadviseur"),
        ("3", "medewerker documentaire informatievoorziening"),
        ("4", "heftruckchauffeur"),
        ("5", "rijbewijs B"),
        ("6", "coördinator"),
        ("7", "coördinator"),
        ("8", "C++-programmeur"),
        ("9", "C#-programmeur"),
        ("10", "Javascript"),
        ("11", "directeur"),
        ("12", "kozijnmonteur"),
    ]
)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("schoonmaakmedewerker", "1"),
        ("Medewerker schoonmaak", "1"),
        ("SCHOONMAAKMEDEWERKSTER (m/v)", "1"),
        ("senior beleidsadviseur", "2"),
        ("beleidsadviseurs", "2"),
        ("medewerker informatievoorziening (documentaire)", "3"),
        ("chauffeur heftruck", "4"),
        ("heftruckchaufeur", "4"),
        ("programmeur C++", "8"),
        ("programmeur c#", "9"),
        ("JavaScript", "10"),
        ("monteur kozijnen", "12"),
    ],
)
def test_the_same_words_in_another_form_are_found(text, key):
    found = TITLES.find([text])[0]
    assert (found.status, found.key) == ("found", key)
    assert found.label


@pytest.mark.parametrize(
    "text", ["medewerker", "Java", "directie", "C-programmeur", "documentaire", "adviseur", "xqzw", "", "🙂", "100 %"]
)
def test_what_only_resembles_an_entry_is_unknown(text):
    found = TITLES.find([text])[0]
    assert (found.status, found.label, found.key) == ("unknown", "", None)


@pytest.mark.parametrize(
    "text", ["geen rijbewijs B", "zonder rijbewijs B", "niet rijbewijs B", "Geen heftruckchauffeur"]
)
def test_a_negated_text_never_meets_its_positive(text):
    found = TITLES.find([text])[0]
    assert (found.status, found.keys) == ("unknown", ())


def test_a_negated_entry_is_found_by_a_negated_text_alone():
    catalogue = Catalogue.of([("yes", "rijbewijs"), ("no", "geen rijbewijs")])
    assert [found.key for found in catalogue.find(["rijbewijs", "geen rijbewijs", "zonder rijbewijs"])] == [
        "yes",
        "no",
        "no",
    ]


def test_a_label_of_several_entries_is_a_question_with_all_of_them():
    found = TITLES.find(["Coordinator"])[0]
    assert (found.status, found.keys, found.score) == ("ambiguous", ("6", "7"), 100.0)


def test_an_unknown_text_still_offers_the_best_candidates_first():
    found = TITLES.find(["beleidsmedewerker"])[0]
    assert (found.status, found.keys[0]) == ("unknown", "2")


def test_the_first_label_of_an_entry_is_the_one_shown():
    assert TITLES.find(["interieurverzorger"])[0].label == "schoonmaakmedewerker"


def test_words_that_name_the_same_entries_elsewhere_count_for_each_other():
    catalogue = Catalogue.of(
        (f"{place} {role}", f"{word} {role} {place}")
        for place in ("oost", "west", "noord")
        for role in ("planner", "monteur")
        for word in ("gevel", "buitenmuur")
        if (place, role, word) != ("noord", "monteur", "buitenmuur")
    )
    assert catalogue.find(["monteur buitenmuur noord"])[0].keys[0] == "noord monteur"


@given(st.permutations(TITLES.labels))
def test_the_order_of_the_rows_changes_no_answer(labels):
    texts = ["beleidsmedewerker", "schoonmaak", "coordinator", "monteur"]
    answers = [(found.status, found.keys, found.score) for found in Catalogue.of(labels).find(texts)]
    assert answers == [(found.status, found.keys, found.score) for found in TITLES.find(texts)]


@given(st.lists(st.sampled_from(["schoonmaak", "beleid", "coordinator", "", "heftruk chauffeur"]), max_size=5))
def test_a_batch_gives_each_text_the_answer_it_gets_alone(texts):
    assert TITLES.find(texts) == tuple(TITLES.find([text])[0] for text in texts)


@given(st.text(max_size=30))
@example("geen")
@example("de")
@example("C")
def test_any_text_gets_an_answer_with_keys_that_exist(text):
    found = TITLES.find([text])[0]
    assert set(found.keys) <= set(TITLES.ids)
    assert 0 <= found.score <= 100


def test_rows_of_a_file_become_a_catalogue_and_empty_ones_are_left_out():
    rows = [
        {"id": "a", "label": "kok", "alternative_labels": "chef-kok;keukenhulp"},
        {"id": "", "label": "bakker"},
        {"id": "b", "label": " "},
        {"id": "c", "label": "???"},
    ]
    assert Catalogue.from_rows(rows).labels == (("a", "kok"), ("a", "chef-kok"), ("a", "keukenhulp"))


def test_an_empty_catalogue_is_refused_with_what_to_do():
    with pytest.raises(InputRefused, match="id en een label"):
        Catalogue.from_rows([{"id": "", "label": ""}])


@pytest.mark.parametrize(
    ("word", "other"),
    [("inkoper", "inkoop"), ("planner", "planning"), ("redacteur", "redactie"), ("installateur", "installatie")],
)
def test_derivations_share_a_root(word, other):
    assert root(word) == root(other)


def test_directeur_and_directie_share_a_root_and_no_stem():
    assert root("directeur") == root("directie")
    assert stem("directeur") != stem("directie")


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("beleidsmedewerker", ("beleid", "medewerker")),
        ("factuurverwerker", ("factuur", "verwerker")),
        ("kozijnmonteur", ("kozijn", "monteur")),
        ("begeleider", ("begeleider",)),
        ("xylofoon", ("xylofoon",)),
    ],
)
def test_compounds_are_cut_where_the_list_knows_the_parts(word, parts):
    assert Splitter.of(["beleid", "facturen verwerken"]).parts(word) == parts


def test_signs_that_carry_meaning_stay():
    assert words("C#, C++ en .NET") == ("c#", "c++", "en", ".net")


def test_every_skill_of_the_package_is_found_by_each_of_its_labels():
    labels = skill_catalogue().labels
    answers = skill_catalogue().find(label for _, label in labels)
    missed = [(key, found) for (key, _), found in zip(labels, answers, strict=True) if found.key != key]
    assert missed == []


def test_no_skill_of_the_package_is_met_by_its_negation():
    answers = find_skills([f"geen {label}" for _, label in skill_catalogue().labels])
    assert {(found.status, found.keys) for found in answers} == {("unknown", ())}


def test_titles_without_a_catalogue_offer_kinds_of_work():
    assert find_titles(["archiefmedewerker"])[0].keys[0] == "archive"


def test_the_examples_in_the_documentation_run():
    assert doctest.testmod(dutch).failed + doctest.testmod(skill).failed == 0
