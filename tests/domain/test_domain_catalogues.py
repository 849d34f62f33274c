"""The vocabulary tables agree with one another, every demand can be bridged, and no word is medical."""

from __future__ import annotations

import re

import pytest

from matching.domain.arrangement import arrangements, suggested_for
from matching.domain.choices import ProvisionBy
from matching.domain.demand import demands
from matching.domain.education import education_levels, steps_of_scales
from matching.domain.task_kind import task_kinds
from matching.domain.vocabulary import TABLES, names, rows, vocabulary
from matching.text import LANGUAGES
from matching.text.catalogue import keys, template

MEDICAL = re.compile(
    r"\b(?:ziek|handicap|beperking|stoornis|diagnos|syndroom|autis|adhd|dyslex|depress|burn-?out|psych|patiënt|patient"
    r"|therap|medic|medisch|dokter|kwaal|aandoening|chronisch|epilep|reuma|doof|blind(?! typ)|invalide|illness"
    r"|disease|disorder|disab|impair|deaf|wheelchair|rolstoel)",
    re.IGNORECASE,
)
"""Stems of medical words; sentences and labels speak of work, never of what somebody has."""
SPOKEN_FAMILIES = ("bridging", "criteria", "rules", "vocabulary", "words")


def labels(table):
    return [(row["key"], row["label_nl"], row["label_en"]) for row in rows(table)]


@pytest.mark.parametrize("table", [*TABLES.values()])
def test_keys_and_labels_are_unique_and_filled(table):
    for column in zip(*labels(table), strict=True):
        assert all(column)
        assert len(set(column)) == len(column)


@pytest.mark.parametrize("name", sorted(set(names()) - set(TABLES)))
def test_short_lists_have_unique_keys_and_labels_in_both_languages(name):
    of_list = [row for row in rows("terms") if row["vocabulary"] == name]
    assert len({row["key"] for row in of_list}) == len(of_list) == len(vocabulary(name))
    assert all(row["label_nl"] and row["label_en"] for row in of_list)


@pytest.mark.parametrize("key", demands())
def test_a_demand_has_two_to_four_levels_in_words_and_an_ordinary_one_among_them(key):
    demand = demands()[key]
    assert 2 <= len(demand.levels) <= 4
    assert all(level.nl and level.en for level in demand.levels)
    assert 0 <= demand.ordinary_level < len(demand.levels)
    assert demand.scope in ("task", "place", "both")
    assert demand.ask("nl").endswith("?") and demand.ask("en").endswith("?") and demand.ask("nl") != demand.ask("en")


@pytest.mark.parametrize("key", demands())
def test_every_demand_is_bridged_from_its_highest_level_to_less(key):
    highest = len(demands()[key].levels) - 1
    assert suggested_for(key, highest, highest - 1)


@pytest.mark.parametrize("key", arrangements())
def test_an_arrangement_bridges_demands_and_levels_that_exist(key):
    found = arrangements()[key]
    row = next(row for row in rows("arrangements") if row["key"] == key)
    assert set(found.suggests) == {name for name in row["bridges"].split(";") if name}
    assert all(level < len(demands()[demand].levels) - 1 for demand, level in found.suggests.items())
    assert found.suggests or found.bridges_travel
    assert found.kind in vocabulary("arrangement_kind")
    assert set(found.usual_providers) <= set(vocabulary("provider"))
    assert 1 <= found.default_weeks <= 12


@pytest.mark.parametrize("key", task_kinds())
def test_a_task_asks_demands_levels_and_scales_that_exist(key):
    task = task_kinds()[key]
    assert task.work_kind in vocabulary("work_kind")
    assert 1 <= task.scale_min <= task.scale_max <= 18
    asked = dict(task.demands)
    assert len(asked) == len(task.demands) > 0
    assert all(1 <= level < len(demands()[demand].levels) for demand, level in asked.items())


def test_every_kind_of_work_has_tasks_and_scales_that_hold_them():
    spans = {row["key"]: [int(row[f"usual_scale_{end}"][1:]) for end in ("min", "max")] for row in rows("work_kinds")}
    for kind, (low, high) in spans.items():
        tasks = [task for task in task_kinds().values() if task.work_kind == kind]
        assert tasks, kind
        assert all(low <= task.scale_min and task.scale_max <= high for task in tasks), kind


def test_skills_belong_to_kinds_of_work_that_exist():
    kinds = {kind for row in rows("skills") for kind in row["work_kinds"].split(";")}
    assert kinds <= set(vocabulary("work_kind"))


def test_the_ladder_and_the_scales_only_go_up():
    steps = [level.step for level in education_levels().values()]
    assert steps == sorted(steps)
    spans = [steps_of_scales(scale, scale) for scale in range(1, 19)]
    assert spans == sorted(spans)
    assert all(low <= high <= max(steps) for low, high in spans)


def test_who_arranges_is_a_provider_that_exists():
    assert set(ProvisionBy.__args__) == set(vocabulary("provision_by")) <= set(vocabulary("provider"))


@pytest.mark.parametrize("table", ["demands", "arrangements", "tasks", "work_kinds", "skills", "terms"])
def test_no_word_of_a_table_is_medical(table):
    texts = [cell for row in rows(table) for name, cell in row.items() if name.endswith(("_nl", "_en"))]
    assert [text for text in texts if MEDICAL.search(text)] == []


@pytest.mark.parametrize("family", SPOKEN_FAMILIES)
def test_no_sentence_about_a_pair_is_medical(family):
    texts = [template(key, language) for key in keys(family) for language in LANGUAGES]
    assert [text for text in texts if MEDICAL.search(text)] == []


@pytest.mark.parametrize("word", ["ziekte", "Autisme", "een beperking", "rolstoel", "mental illness", "burn-out"])
def test_the_list_of_medical_words_catches_what_must_not_be_there(word):
    assert MEDICAL.search(word)
