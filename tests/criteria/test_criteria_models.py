"""The shipped scorecards: weights that add up, a reason beside each, settings that exist, and a card."""

from __future__ import annotations

import tomllib
from dataclasses import fields
from pathlib import Path

import pytest

from matching.criteria import CRITERIA

MODELS = Path(__file__).resolve().parents[2] / "models"
NAMES = ("individual", "riha", "binnenwerk", "supplier", "other_employer")
NEVER = ("gevalideerd", "bewezen effect", "validated")


def scorecard(name):
    return tomllib.loads((MODELS / f"{name}.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", NAMES)
def test_weights_are_whole_and_add_up_to_a_thousand(name):
    weights = {key: table["weight"] for key, table in scorecard(name)["criteria"].items()}
    assert set(weights) == set(CRITERIA)
    assert all(isinstance(weight, int) for weight in weights.values())
    assert sum(weights.values()) == 1000


@pytest.mark.parametrize("name", NAMES)
def test_every_weight_has_a_reason_in_both_languages(name):
    source = (MODELS / f"{name}.toml").read_text(encoding="utf-8").splitlines()
    card = (MODELS / f"{name}.md").read_text(encoding="utf-8")
    reasons = [number for number, line in enumerate(source) if line.startswith("because = ")]
    assert len(reasons) == len(CRITERIA)
    assert all(source[number + 1].startswith("# ") and source[number + 1][2:] in card for number in reasons)


@pytest.mark.parametrize("name", NAMES)
def test_every_setting_stands_in_the_file_and_exists(name):
    for key, table in scorecard(name)["criteria"].items():
        assert set(table) - {"weight", "because"} == {setting.name for setting in fields(CRITERIA[key])}, key
        CRITERIA[key](**{setting: table[setting] for setting in table if setting not in ("weight", "because")})


@pytest.mark.parametrize("name", NAMES)
def test_the_card_says_what_it_is_not_for_and_claims_nothing(name):
    card = (MODELS / f"{name}.md").read_text(encoding="utf-8")
    assert all(title in card for title in ("must not be used for", "weights come from", "untested"))
    assert all(f"(`{key}`) | {table['weight']} |" in card for key, table in scorecard(name)["criteria"].items())
    assert "practitioners" in scorecard(name)["status"]
    assert not any(word in card.lower() for word in NEVER)


def test_needing_more_or_being_registered_weighs_in_no_scorecard():
    assert {key for name in NAMES for key in scorecard(name)["criteria"]} == set(CRITERIA)
    assert scorecard("binnenwerk")["criteria"]["level"]["weight"] == 0
