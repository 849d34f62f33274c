"""A scorecard file is checked key by key; what is wrong is named with the nearest word."""

from __future__ import annotations

import math

import pytest

from matching.errors import ConfigurationRefused, UnknownName
from matching.scoring.scorecard import load_scorecard, scorecard_of, scorecards
from matching.scoring.yardstick import Bands

NAMES = ("binnenwerk", "individual", "other_employer", "riha", "supplier")


def table(**changes):
    """A small correct scorecard: hours 600 and start 400."""
    because = "een proef"
    criteria = {"hours": {"weight": 600, "because": because}, "start": {"weight": 400, "because": because}}
    return {"name": "proef", "version": "1", "criteria": criteria, "rules": {"own_veto": {}}} | changes


def changed(key, **settings):
    base = table()
    return base | {"criteria": base["criteria"] | {key: base["criteria"].get(key, {}) | settings}}


def test_every_method_has_a_shipped_scorecard_that_adds_up():
    assert tuple(scorecards()) == NAMES
    for name in NAMES:
        card = load_scorecard(name)
        assert card.name == name
        assert sum(weighted.weight for weighted in card.criteria) == 1000
        assert all(weighted.because for weighted in card.criteria)


def test_a_correct_table_becomes_a_scorecard():
    card = scorecard_of(table(), "proef.toml")
    assert [(weighted.key, weighted.weight) for weighted in card.criteria] == [("hours", 600), ("start", 400)]
    assert [rule.key for rule in card.rules] == ["own_veto"]


@pytest.mark.parametrize("weight", [-1, 1001, math.nan, math.inf, 600.0, True, "600", None])
def test_a_weight_that_is_no_whole_number_from_0_is_refused_with_its_key(weight):
    with pytest.raises(ConfigurationRefused, match="hours"):
        scorecard_of(changed("hours", weight=weight), "proef.toml")


def test_weights_that_do_not_add_up_to_1000_are_refused():
    with pytest.raises(ConfigurationRefused, match="tellen op tot 999"):
        scorecard_of(changed("hours", weight=599), "proef.toml")


@pytest.mark.parametrize(
    ("wrong", "nearest"),
    [
        (table(criterium={}), "criteria"),
        (changed("hour"), "hours"),
        (changed("hours", negotiated_point=1), "negotiated_points"),
        (table(rules={"own_vetos": {}}), "own_veto"),
        (table(bands={"strong_point": 1}), "strong_points"),
    ],
)
def test_an_unknown_key_is_answered_with_the_nearest(wrong, nearest):
    with pytest.raises(UnknownName, match=f"Bedoelde u {nearest}"):
        scorecard_of(wrong, "proef.toml")


@pytest.mark.parametrize("value", [-5, math.nan, "veel", 1.5, True])
def test_a_setting_that_does_not_suit_is_refused_with_its_key(value):
    with pytest.raises(ConfigurationRefused, match="negotiated_points"):
        scorecard_of(changed("hours", negotiated_points=value), "proef.toml")


def test_a_weight_without_a_reason_is_refused():
    base = table()
    base["criteria"]["hours"] = {"weight": 600}
    with pytest.raises(ConfigurationRefused, match="because"):
        scorecard_of(base, "proef.toml")


def test_a_scorecard_that_does_not_exist_is_answered_with_the_nearest():
    with pytest.raises(UnknownName, match="Bedoelde u riha"):
        load_scorecard("rihaa")


def test_a_broken_file_is_refused_by_name(tmp_path):
    path = tmp_path / "kapot.toml"
    path.write_text("name = ", encoding="utf-8")
    with pytest.raises(ConfigurationRefused, match=r"kapot\.toml"):
        load_scorecard(path)


def test_bands_name_the_neutral_total_and_ask_enough_known():
    bands = Bands()
    assert bands.band(700_000, 300) == "strong"
    assert bands.band(700_000, 301) == "possible"
    assert bands.band(549_999, 0) == "worth_a_talk"


def test_a_possible_threshold_above_strong_is_refused():
    with pytest.raises(ConfigurationRefused, match="mogelijk"):
        Bands(strong_points=500, possible_points=600)
