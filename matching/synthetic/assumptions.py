"""Every number behind the synthetic world that somebody could question, with its source."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, kw_only=True, slots=True)
class Assumption:
    """One number, or a pair (for people never interviewed, for people spoken to); shares are per mille."""

    key: str
    value: tuple[int, ...]
    source: str
    note: str


@cache
def assumptions() -> Mapping[str, Assumption]:
    """Return all assumptions by key ("missing.education"), in the order of the table."""
    text = files("matching.synthetic").joinpath("tables", "assumptions.toml").read_text(encoding="utf-8")
    return {
        f"{family}.{name}": Assumption(
            key=f"{family}.{name}",
            value=tuple(found["value"]) if isinstance(found["value"], list) else (found["value"],),
            source=found["source"],
            note=found["note"],
        )
        for family, members in tomllib.loads(text).items()
        for name, found in members.items()
    }


def assumed(key: str) -> int:
    """Return the number of an assumption that is a single number."""
    (value,) = assumptions()[key].value
    return value


def assumed_pair(key: str) -> tuple[int, int]:
    """Return the numbers (never interviewed, spoken to) of an assumption that is a pair."""
    silent, spoken = assumptions()[key].value
    return silent, spoken


def assumptions_table() -> str:
    """Return all assumptions as a Markdown table, as docs/synthetic-data.md holds it."""
    lines = ["| key | value | meaning | source |", "|---|---|---|---|"]
    for found in assumptions().values():
        value = " / ".join(map(str, found.value))
        lines.append(f"| `{found.key}` | {value} | {found.note} | {found.source} |")
    return "\n".join(lines)
