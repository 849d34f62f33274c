"""Blueprints of work packages as the Rijk carves them: title, tasks with their weight, scale, setting, skills."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from matching.domain.choices import Screening
from matching.synthetic.sheets import listed, sheet, weighted

LOWER_SCALE = 5
"""The highest of the scales for which there are few packages."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Blueprint:
    """One kind of package; `methods` are slots (individual, riha, collective, supplier, other_employer)."""

    key: str
    title: str
    methods: tuple[str, ...]
    scale_min: int
    scale_max: int
    tasks: Mapping[str, int]
    setting: tuple[str, ...]
    skills: tuple[str, ...]
    fields: tuple[str, ...]
    home_days: int
    screening: Screening

    def weight(self, slot: str) -> int:
        """Return how often this blueprint is drawn for a slot: low scales of the Rijk itself are scarce."""
        if slot not in self.methods:
            return 0
        return 2 if slot == "individual" and self.scale_max <= LOWER_SCALE else 3


@cache
def blueprints() -> tuple[Blueprint, ...]:
    """Return all blueprints, in the order of the table (expert judgement, not reviewed by practitioners)."""
    return tuple(_blueprint(row) for row in sheet("blueprints"))


def _blueprint(row: Mapping[str, str]) -> Blueprint:
    screenings: dict[str, Screening] = {"none": "none", "vog": "vog", "security": "security"}
    return Blueprint(
        key=row["key"],
        title=row["title"],
        methods=listed(row["methods"]),
        scale_min=int(row["scale_min"]),
        scale_max=int(row["scale_max"]),
        tasks=weighted(row["tasks"]),
        setting=listed(row["setting"]),
        skills=listed(row["skills"]),
        fields=listed(row["fields"]),
        home_days=int(row["home_days"]),
        screening=screenings[row["screening"]],
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Host:
    """Who offers the work and where: `phrase` is how a sentence names the employer ("de Belastingdienst")."""

    name: str
    phrase: str
    municipality: str


@cache
def slots() -> tuple[str, ...]:
    """Return the slots of fifty packages in the proportions of the four methods, RIHA inside individual.

    Counted in places this comes near the Rijk's plan of 2000, 1500 and 1500 jobs.
    """
    return tuple(row["slot"] for row in sheet("methods") for _ in range(int(row["count"])))
