"""The parts of a plan: a proposal, a person without one, a shortfall, a goal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from matching.text import Sentence

__all__ = ["Held", "Proposal", "Shortfall", "StageResult", "Unplaced"]

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
