"""Tables of a scorecard file turned into criteria and rules; every key and every value is checked."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, Field, fields, replace
from typing import Any, TypeVar

from matching.criteria import CRITERIA
from matching.domain.judging import Criterion, Rule
from matching.errors import ConfigurationRefused, UnknownName
from matching.rules import RULES
from matching.scoring.yardstick import Bands, Weighted
from matching.text import say

Table = Mapping[str, object]
Judging = TypeVar("Judging", Criterion, Rule)


def criteria_of(table: Table, place: str) -> tuple[Weighted, ...]:
    """Return the weighted criteria of a table, in the order of the catalogue of criteria."""
    known_keys(table, CRITERIA, place, kind="scoring.name.criterion")
    return tuple(_weighted(table_of(table, key, place), key, f"{place} [{key}]") for key in CRITERIA if key in table)


def rules_of(table: Table, place: str) -> tuple[Rule, ...]:
    """Return the rules that a table names, in the order of the catalogue of rules."""
    known_keys(table, RULES, place, kind="scoring.name.rule")
    return tuple(built(RULES[key], table_of(table, key, place), f"{place} [{key}]") for key in RULES if key in table)


def bands_of(table: Table, place: str) -> Bands:
    """Return the bands of a table; thresholds that it does not name keep their default."""
    known_keys(table, Bands.__slots__, place)
    for key, value in table.items():
        if not isinstance(value, int):
            raise _refused(key, value, place, "whole")
    return replace(Bands(), **{key: value for key, value in table.items() if isinstance(value, int)})


def _weighted(table: Table, key: str, place: str) -> Weighted:
    kind = CRITERIA[key]
    settings = {name: value for name, value in table.items() if name not in ("weight", "because")}
    known_keys(table, ("weight", "because", *(setting.name for setting in fields(kind))), place)
    weight = table.get("weight")
    if isinstance(weight, bool) or not isinstance(weight, int):
        raise ConfigurationRefused(say("scoring.refused.number", named=f"{key}.weight", found=str(weight), most=1000))
    return Weighted(criterion=built(kind, settings, place), weight=weight, because=text_of(table, "because", place))


def built(kind: type[Judging], table: Table, place: str) -> Judging:
    """Return a criterion or rule with the settings of a table."""
    try:
        return kind(**checked_settings(kind, table, place))
    except ValueError as problem:
        raise ConfigurationRefused(say("scoring.refused.file", path=place, problem=str(problem))) from None


def checked_settings(kind: type[Criterion] | type[Rule], table: Table, place: str) -> dict[str, Any]:
    """Return checked settings: each key is a field of `kind` and each value suits the field's default.

    Numbers are finite and not negative; lists become tuples. Raises UnknownName or ConfigurationRefused.
    """
    settings = {setting.name: setting for setting in fields(kind)}
    known_keys(table, settings, place)
    return {key: _suits(settings[key], value, place) for key, value in table.items()}


def known_keys(table: Table, allowed: Iterable[str], place: str, *, kind: str = "scoring.name.key") -> None:
    """Raise UnknownName with the nearest key for the first key that does not exist."""
    allowed = tuple(allowed)
    for key in table:
        if key not in allowed:
            raise UnknownName(say(kind, place=place), key, allowed)


def table_of(table: Table, key: str, place: str) -> Table:
    """Return a table inside a table. Raises ConfigurationRefused when it is missing or something else."""
    found = _present(table, key, place)
    if not isinstance(found, Mapping):
        raise _refused(key, found, place, "table")
    return found


def text_of(table: Table, key: str, place: str) -> str:
    """Return a text that is not empty. Raises ConfigurationRefused when it is missing or something else."""
    found = _present(table, key, place)
    if not isinstance(found, str) or not found.strip():
        raise _refused(key, found, place, "text")
    return found


def _present(table: Table, key: str, place: str) -> object:
    if key not in table:
        raise ConfigurationRefused(say("scoring.refused.missing", place=place, named=key))
    return table[key]


def _suits(setting: Field[Any], value: object, place: str) -> object:
    default = setting.default_factory() if setting.default_factory is not MISSING else setting.default
    if isinstance(default, bool):
        wanted, suits = "truth", isinstance(value, bool)
    elif isinstance(default, int):
        wanted, suits = "whole", isinstance(value, int) and not isinstance(value, bool) and value >= 0
    elif isinstance(default, float):
        wanted, suits = "number", _is_amount(value)
    elif isinstance(default, tuple | frozenset):
        wanted, suits = "list", isinstance(value, list)
        value = type(default)(value) if isinstance(value, list) else value
    else:
        wanted, suits = "text", isinstance(value, str)
    if not suits:
        raise _refused(setting.name, value, place, wanted)
    return value


def _is_amount(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value) and value >= 0


def _refused(key: str, found: object, place: str, wanted: str) -> ConfigurationRefused:
    allowed = say(f"scoring.allowed.{wanted}")
    return ConfigurationRefused(
        say("scoring.refused.setting", place=place, named=key, found=str(found), allowed=allowed)
    )
