"""Every way of writing a municipality is found, two meanings are a question, and rubbish stays unknown."""

import doctest
import random
import string

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from municipality_spellings import AMBIGUOUS, FOUND, UNKNOWN, rows

from matching.domain.region import municipalities
from matching.domain.vocabulary import rows as table_rows
from matching.lookup import municipality as lookup
from matching.lookup.municipality import find_municipalities, find_municipality
from matching.lookup.normal import compact

OFFICIAL = [(entry.name, key) for key, entry in municipalities().items()]

VARIANTS = {
    "as it is": str,
    "capitals": str.upper,
    "small letters": str.lower,
    "with Gemeente": lambda name: f"Gemeente {name}",
    "with (gemeente)": lambda name: f"{name} (gemeente)",
    "with gem.": lambda name: f"gem. {name}",
    "hyphens as spaces": lambda name: name.replace("-", " "),
    "spaces as hyphens": lambda name: name.replace(" ", "-"),
    "no apostrophe": lambda name: name.replace("'", ""),
    "typographic apostrophe": lambda name: name.replace("'", "’"),
    "no accents": lambda name: name.replace("ú", "u").replace("â", "a"),
    "no points": lambda name: name.replace(".", ""),
    "extra spaces": lambda name: f"  {name.replace(' ', '  ')} ",
    "ij as y": lambda name: name.replace("ij", "y").replace("IJ", "Y"),
    "with country": lambda name: f"{name}, Nederland",
}


@pytest.mark.parametrize(("text", "keys"), rows(FOUND))
def test_a_known_spelling_is_found_with_its_label_and_region(text, keys):
    found = find_municipality(text)
    assert (found.status, found.keys) == ("found", keys)
    assert (found.label, found.region) == (municipalities()[keys[0]].name, municipalities()[keys[0]].region_code)


@pytest.mark.parametrize(("text", "keys"), rows(AMBIGUOUS))
def test_a_name_with_two_meanings_is_a_question_with_all_its_meanings(text, keys):
    found = find_municipality(text)
    assert (found.status, tuple(sorted(found.keys))) == ("ambiguous", keys)
    assert (found.label, found.region, found.key) == ("", None, None)


@pytest.mark.parametrize("text", ["", " ", *UNKNOWN.strip().splitlines()])
def test_what_is_no_municipality_is_unknown_and_names_none(text):
    found = find_municipality(text)
    assert (found.status, found.label, found.region) == ("unknown", "", None)


def test_the_tables_of_spellings_hold_more_than_two_hundred_texts():
    texts = [*rows(FOUND), *rows(AMBIGUOUS), *UNKNOWN.strip().splitlines()]
    assert len(texts) > 200


@pytest.mark.parametrize("variant", VARIANTS)
def test_every_official_name_is_found_in_every_variant(variant):
    texts = [VARIANTS[variant](name) for name, _ in OFFICIAL]
    assert [found.key for found in find_municipalities(texts)] == [key for _, key in OFFICIAL]


def test_a_name_without_its_suffix_is_found_unless_two_places_share_it():
    bare = {name.partition(" (")[0]: key for name, key in OFFICIAL if " (" in name}
    missed = {name for name, key in bare.items() if find_municipality(name).key != key}
    assert missed == {"Bergen"}


def test_every_name_with_its_own_province_is_found():
    texts = [f"{entry.name.partition(' (')[0]} ({entry.province})" for entry in municipalities().values()]
    assert [found.key for found in find_municipalities(texts)] == list(municipalities())


def test_rubbish_is_not_offered_as_a_place():
    assert all(find_municipality(text).keys == () for text in ("xyzzy", "test", "?", "thuiswerken", "onbekend"))


def test_a_name_that_is_nearly_right_but_too_short_to_repair_offers_what_it_may_be():
    found = find_municipality("Asssen")
    assert find_municipality("Asen").status == "unknown"
    assert "assen" in found.keys


def test_each_text_gets_its_own_answer_in_order_also_when_it_is_repeated():
    found = find_municipalities(["Delft", "Bergen", "Delft"])
    assert [answer.query for answer in found] == ["Delft", "Bergen", "Delft"]
    assert found[0] == found[2]


@given(st.text(max_size=40))
@example("\x00")
@example("((((")
@example("'")
def test_any_text_gets_an_answer_with_keys_that_exist(text):
    found = find_municipality(text)
    assert set(found.keys) <= set(municipalities())
    assert (found.status == "found") == (found.label != "") == (found.region is not None)


def test_random_letters_are_unknown():
    lot = random.Random(20)
    texts = ["".join(lot.choices(string.ascii_lowercase, k=lot.randint(5, 14))) for _ in range(500)]
    assert {found.status for found in find_municipalities(texts)} == {"unknown"}


@given(st.sampled_from(OFFICIAL), st.integers(0, 30))
@settings(max_examples=200)
def test_a_dropped_letter_gives_the_right_place_or_a_question_or_nothing(official, at):
    name, key = official
    slipped = name[: at % len(name)] + name[at % len(name) + 1 :]
    found = find_municipality(slipped)
    assert found.key in {key, None} or compact(slipped) in lookup._names()


def test_every_alias_and_former_name_points_to_a_municipality_that_exists():
    named = [*table_rows("municipality_aliases"), *table_rows("municipality_former")]
    assert all(row["municipality"] in municipalities() or row.get("kind") == "elsewhere" for row in named)
    assert {row["confidence"] for row in table_rows("municipality_former")} == {"certain", "likely"}


def test_every_former_name_leads_to_its_successors_or_is_a_question():
    for row in table_rows("municipality_former"):
        found = find_municipality(row["name"])
        assert found.status in ("found", "ambiguous"), row
        assert row["municipality"] in found.keys, row


def test_the_examples_in_the_documentation_run():
    from matching.lookup import normal

    assert doctest.testmod(lookup).failed + doctest.testmod(normal).failed == 0


@pytest.mark.soak
def test_a_hundred_thousand_random_texts_name_hardly_any_place():
    lot = random.Random(7)
    texts = ["".join(lot.choices(string.ascii_lowercase, k=lot.randint(5, 14))) for _ in range(100_000)]
    named = [found.query for found in find_municipalities(texts) if found.status != "unknown"]
    assert len(named) <= 20, named
