"""Plans as JSON and back: sentences stay keys with their values, so a plan can be read in either language later."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import fields, is_dataclass
from typing import Any

from matching.errors import InputRefused
from matching.planning.bilingual import Bilingual
from matching.planning.proposal import PinCost, Proposal, Shortfall, StageResult, Unplaced
from matching.text import Sentence, say

__all__ = ["fields_of_text", "text_of_fields"]

_PARTS = {"proposals": Proposal, "unplaced": Unplaced, "shortfalls": Shortfall, "stages": StageResult}
_LATER_PARTS = {"pin_costs": PinCost}
_SENTENCES = ("asked", "steering", "notes", "changes")
_VERSION = 1


def text_of_fields(found: dict[str, object]) -> str:
    """Return the fields of a plan as JSON with sorted keys; equal plans give equal texts."""
    return json.dumps({"version": _VERSION, **{k: _plain(v) for k, v in found.items()}}, sort_keys=True, indent=1)


def fields_of_text(text: str) -> dict[str, Any]:
    """Return the fields of a plan from its JSON. Raises InputRefused when it is no plan of this version."""
    try:
        found = json.loads(text)
        version = found.pop("version")
        if version != _VERSION:
            raise InputRefused(say("planning.record.version", found=str(version), allowed=str(_VERSION)))
        found |= {name: found.get(name, ()) for name in _LATER_PARTS}
        for name, part in {**_PARTS, **_LATER_PARTS}.items():
            found[name] = tuple(part(**{k: _back(v) for k, v in item.items()}) for item in found[name])
        for name in _SENTENCES:
            found[name] = tuple(_back(item) for item in found.get(name, ()))
        found["as_of"] = _back(found.get("as_of"))
    except (ValueError, KeyError, TypeError, AttributeError):
        raise InputRefused(say("planning.record.unreadable")) from None
    result: dict[str, Any] = found
    return result


def _plain(value: object) -> object:
    if isinstance(value, Sentence):
        return {"say": value.key, "with": [[name, _plain(item)] for name, item in value.values]}
    if isinstance(value, tuple | list | frozenset):
        return [_plain(item) for item in value]
    if isinstance(value, dt.date):
        return {"date": value.isoformat()}
    if is_dataclass(value):
        return {f.name: _plain(getattr(value, f.name)) for f in fields(value)}
    return value


def _back(value: object) -> object:
    if isinstance(value, list):
        return tuple(_back(item) for item in value)
    if isinstance(value, dict) and "say" in value:
        return say(value["say"], **{name: _back(item) for name, item in value["with"]})
    if isinstance(value, dict) and value.keys() == {"nl", "en"}:
        return Bilingual(**value)
    if isinstance(value, dict) and "date" in value:
        return dt.date.fromisoformat(value["date"])
    return value
