"""The parts of a plan: a proposal, a person without one, a shortfall, a goal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from matching.text import Sentence, say

__all__ = ["Held", "PinCost", "Proposal", "Shortfall", "StageResult", "Unplaced"]

Held = Literal["accepted", "pinned", "kept", "new"]
"""Why a proposal stands: accepted before, pinned, kept from an earlier plan, or new."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """One person for one package. `points` 0..1,000,000 (shown out of 1000); `band` is its key.

    `provisional` (onder voorbehoud): a person must answer the signals of this pair before it can be accepted.
    """

    candidate_id: str
    work_package_id: str
    points: int
    band: str
    provisional: bool
    held: Held = "new"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unplaced:
    """One person without a place in this plan, and why; nobody is turned down by it."""

    candidate_id: str
    reason: Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortfall:
    """A wish or demand that was not reached, by how many units; `price` is what one costs (None: it has no price)."""

    sentence: Sentence
    units: int
    price: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StageResult:
    """One goal: its value, and the proven ceiling given the goals before it (None: nothing proven)."""

    name: str
    value: int
    bound: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PinCost:
    """What one pin costs: how many places and points (0..1,000,000 a pair) the plan has less, and whom it moves.

    `moved` are the other people whose places differ. `proven` says whether both plans are proven best; else the figures
    are what was found.
    """

    candidate_id: str
    work_package_id: str
    places: int
    points: int
    moved: tuple[str, ...]
    proven: bool

    def sentence(self) -> Sentence:
        """Return the cost in words."""
        kind = "free" if not (self.places or self.points or self.moved) else ("moves" if self.moved else "alone")
        values = {"candidate": self.candidate_id, "package": self.work_package_id, "places": self.places}
        points = (abs(self.points) + 500) // 1000 * (1 if self.points >= 0 else -1)
        said = say(f"planning.pin_cost.{kind}", points=points, count=len(self.moved), moved=self.moved, **values)
        return said if self.proven else say("planning.pin_cost.unproven", sentence=said)
