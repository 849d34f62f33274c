"""The arrangement catalogue: what can be arranged so that the work suits the person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from matching.domain.vocabulary import rows, vocabulary
from matching.text import Language


@dataclass(frozen=True, kw_only=True, slots=True)
class Arrangement:
    """One arrangement: kind, who usually provides it, default weeks to arrange, and what it may bridge.

    `suggests` maps a demand to the level it may come down to with this arrangement. That is a suggestion to ask
    about: what the candidate names overrules it. Weeks are 1..12 (UWV norm 8; the others expert judgement).
    """

    key: str
    kind: str
    usual_providers: tuple[str, ...]
    default_weeks: int
    suggests: Mapping[str, int]
    bridges_travel: bool
    note_nl: str

    def label(self, language: Language = "nl") -> str:
        """Return the name of the arrangement."""
        return vocabulary("arrangement").label(self.key, language)


@cache
def arrangements() -> Mapping[str, Arrangement]:
    """Return the catalogue by key, in the order of the table."""
    return {row["key"]: _arrangement(row) for row in rows("arrangements")}


def _arrangement(row: Mapping[str, str]) -> Arrangement:
    parts = [part.split("=") for part in row["brings_demand_down_to"].split(";") if part]
    return Arrangement(
        key=row["key"],
        kind=row["kind"],
        usual_providers=tuple(row["usual_provider"].split(";")),
        default_weeks=int(row["default_lead_weeks"]),
        suggests={demand: int(level) for demand, level in parts},
        bridges_travel=row["bridges_travel"] == "yes",
        note_nl=row["note_nl"],
    )


@cache
def suggested_for(demand: str, needed: int, possible: int) -> tuple[str, ...]:
    """Return arrangements that may bring a demand of level `needed` down to a level that is possible."""
    if possible >= needed:
        return ()
    return tuple(key for key, found in arrangements().items() if found.suggests.get(demand, needed) <= possible)
