"""Policies: the limits and wishes of a plan as a reviewable TOML file.

    name = "standard"
    version = "0.1"
    status = "who has reviewed this"

    [steering]                    # everything here is off unless it is switched on
    targets = false
    suppliers = false
    jobs = false                  # count jobs of 25.5 hours instead of people
    call_off_rule = ""            # the words of the framework's own rule; without them no steering by supplier

    [[limits.at_most]]            # the key of a limit, as often as needed
    most = 5
    per = "employer"
    because = "why"               # or, for both readers: because = { nl = "waarom", en = "why" }

    [[wishes.guidance_hours]]     # the key of a wish
    price = 1
    because = { nl = "waarom", en = "why" }

Unknown keys are errors with the nearest known key; nothing is evaluated. Who stands where (pins, vetoes, reservations)
belongs to the agreements of a pool, not to a policy.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields
from pathlib import Path
from typing import get_type_hints

from matching.errors import ConfigurationRefused, UnknownName
from matching.planning.bilingual import Bilingual, Words, words_of
from matching.planning.cleared import OnlyCleared
from matching.planning.divided import DividedHours
from matching.planning.exposure import Exposure
from matching.planning.limits import AtMost, Excluding, HourBudget, Limit, OnePlacePerPerson, Places
from matching.planning.steering import SupplierSpread, TargetShares, steering_kind
from matching.planning.teams import CoachHours, NotTogether, TeamSize
from matching.planning.wishes import AtLeast, CountJobs, GuidanceHours, Share, Wish
from matching.scoring.scorecard import models_folder
from matching.scoring.settings import Table, known_keys, table_of, text_of
from matching.text import Sentence, say

__all__ = ["LIMITS", "WISHES", "Policy", "load_policy", "policies"]

Asked = Limit | Wish

LIMITS: Mapping[str, type[Asked]] = {
    "at_most": AtMost,
    "divided_hours": DividedHours,
    "excluding": Excluding,
    "exposure": Exposure,
    "hour_budget": HourBudget,
    "not_together": NotTogether,
    "one_place": OnePlacePerPerson,
    "only_cleared": OnlyCleared,
    "places": Places,
    "team_size": TeamSize,
}
"""What a policy may limit, by key."""

WISHES: Mapping[str, type[Asked]] = {
    "at_least": AtLeast,
    "coach_hours": CoachHours,
    "count_jobs": CountJobs,
    "guidance_hours": GuidanceHours,
    "share": Share,
    "supplier_spread": SupplierSpread,
    "target_shares": TargetShares,
}
"""What a policy may wish, by key."""

_KEYS = ("name", "version", "status", "because", "steering", "limits", "wishes")
_STEERING = {"targets": bool, "suppliers": bool, "jobs": bool, "call_off_rule": str}
_MOST = 10**6


@dataclass(frozen=True, kw_only=True)
class Policy:
    """Limits and wishes with a name; `because` gives the reason of the whole, `reasons` one for each of them.

    `call_off_rule` are the words of the framework's own rule, empty when nothing steers by supplier.
    """

    name: str
    version: str
    status: Words
    because: Words
    asked: tuple[Asked, ...] = ()
    reasons: tuple[Words, ...] = ()
    call_off_rule: str = ""

    def sentence(self) -> Sentence:
        """Return which policy this is, in words."""
        return say("planning.policy.used", name=self.name, version=self.version, status=self.status)

    @property
    def quoted(self) -> tuple[Sentence, ...]:
        """Return the call-off rule in words when something steers by supplier without quoting it itself."""
        steers = any(steering_kind(item) == "suppliers" and not isinstance(item, SupplierSpread) for item in self.asked)
        return (say("planning.policy.call_off", rule=self.call_off_rule),) if steers and self.call_off_rule else ()

    def sentences(self) -> tuple[Sentence, ...]:
        """Return the policy and each of its limits and wishes with the reason, in words."""
        return (self.sentence(), *(_reasoned(*each) for each in zip(self.asked, self.reasons, strict=True)))


def _reasoned(asked: Asked, because: Words) -> Sentence:
    """Return what is asked with its reason, which stands there once also when the sentence gives it itself."""
    said, reason = asked.sentence(), because if isinstance(because, str) else because.nl
    return said if reason.rstrip(". ") in said.text("nl") else say("planning.policy.asked", asked=said, because=because)


def load_policy(name: str | Path) -> Policy:
    """Return a policy by name, or from the path of a TOML file.

    Raises UnknownName with the nearest name or key, and ConfigurationRefused for what cannot be used.
    """
    if isinstance(name, Path) or str(name).endswith(".toml"):
        return _read(Path(name))
    named = policies()
    if name not in named:
        raise UnknownName(say("planning.policy.word"), name, named)
    return _read(named[name])


def policies() -> Mapping[str, Path]:
    """Return the shipped policies by name, alphabetical."""
    return {path.stem: path for path in sorted((models_folder() / "policies").glob("*.toml"))}


def _read(path: Path) -> Policy:
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as problem:
        raise ConfigurationRefused(say("scoring.refused.file", path=path.name, problem=str(problem))) from None
    return _policy(table, path.name)


def _policy(table: Table, place: str) -> Policy:
    known_keys(table, _KEYS, place)
    steering = _steering(table, place)
    limits = _asked(table, "limits", LIMITS, place=place, steering=steering)
    found = [*limits, *_asked(table, "wishes", WISHES, place=place, steering=steering)]
    for item, _ in found:
        kind = steering_kind(item)
        if kind and not steering.get(kind):
            raise ConfigurationRefused(say(f"planning.policy.{kind}_off", place=place, asked=item.sentence()))
    return Policy(
        name=text_of(table, "name", place),
        version=text_of(table, "version", place),
        status=words_of(table, "status", place),
        because=words_of(table, "because", place),
        asked=tuple(item for item, _ in found),
        reasons=tuple(reason for _, reason in found),
        call_off_rule=str(steering.get("call_off_rule", "")).strip(),
    )


def _steering(table: Table, place: str) -> Table:
    if "steering" not in table:
        return {}
    found, where = table_of(table, "steering", place), f"{place} [steering]"
    known_keys(found, _STEERING, where)
    for key, value in found.items():
        _checked(_STEERING[key], key, value, where)
    if found.get("suppliers") and not str(found.get("call_off_rule", "")).strip():
        raise ConfigurationRefused(say("planning.policy.no_call_off_rule", place=place))
    return found


def _asked(
    table: Table, side: str, kinds: Mapping[str, type[Asked]], *, place: str, steering: Table
) -> list[tuple[Asked, Words]]:
    """Return each limit or wish of one side with its reason."""
    if side not in table:
        return []
    named, found = table_of(table, side, place), []
    known_keys(named, kinds, f"{place} [{side}]", kind="planning.policy.name_" + side)
    for key, kind in kinds.items():
        tables = named.get(key, [])
        for settings in tables if isinstance(tables, list) else [tables]:
            where = f"{place} [{side}.{key}]"
            if not isinstance(settings, Mapping):
                raise _refused(key, settings, where, "table")
            found.append(_built(kind, settings, where, steering))
    return found


def _built(kind: type[Asked], table: Table, place: str, steering: Table) -> tuple[Asked, Words]:
    """Return the limit or wish that a table describes, with its reason."""
    because = words_of(table, "because", place)
    own = {field.name: field for field in fields(kind)}  # type: ignore[arg-type]
    settings: dict[str, object] = {name: value for name, value in table.items() if name != "because"}
    settings |= {"because": because} if "because" in own else {}
    known_keys(settings, [name for name in own if name != "call_off_rule"], place)
    if kind is SupplierSpread:
        settings = {**settings, "call_off_rule": str(steering.get("call_off_rule", ""))}
    wanted = get_type_hints(kind)
    for name, value in settings.items():
        _checked(wanted[name], name, value, place)
    for name, field in own.items():
        if field.default is MISSING and name not in settings:
            raise ConfigurationRefused(say("scoring.refused.missing", place=place, named=name))
    return kind(**settings), because


def _checked(wanted: object, key: str, value: object, place: str) -> None:
    """Raise ConfigurationRefused unless the value suits the type of the setting."""
    if wanted is bool:
        suits, allowed = isinstance(value, bool), "truth"
    elif wanted == Words:
        suits, allowed = isinstance(value, str | Bilingual), "text"
    elif wanted in (int, int | None):
        suits, allowed = isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= _MOST, "whole"
    else:
        suits, allowed = isinstance(value, str), "text"
    if not suits:
        raise _refused(key, value, place, allowed)


def _refused(key: str, found: object, place: str, wanted: str) -> ConfigurationRefused:
    allowed = say(f"scoring.allowed.{wanted}")
    return ConfigurationRefused(
        say("scoring.refused.setting", place=place, named=key, found=str(found), allowed=allowed)
    )
