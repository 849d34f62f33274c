"""The plan: proposals for everybody at once, what is proven about them, and what fell short."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, fields, replace
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from matching.errors import DemandImpossible, UnknownName
from matching.planning.comparison import Comparison, compared
from matching.planning.layout import Layout
from matching.planning.proposal import PinCost, Proposal, Shortfall, StageResult, Unplaced
from matching.planning.reasons import placed_because
from matching.planning.record import fields_of_text, text_of_fields
from matching.planning.unmet import unmet
from matching.text import Language, Sentence, say, together

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Plan", "PlanImpossible"]

_UNRECORDED = ("seconds", "layout")


@dataclass(frozen=True, kw_only=True)
class Plan:
    """A proposal for everybody at once; people decide.

    `status` is optimal (proven best), within_gap or feasible (found, nothing proven); `gap` the proven distance to the
    best as a share of `bound`, None when nothing is proven; `over_all_pairs` whether the proof holds for every pair of
    the pool, not only for those looked at. `bound` is on the points at the reported number of people placed.
    `notes` say what else a reader must know of it (a stopgap, whom it leaves out); they stand in the summary. `changes`
    say for each person what changed against an earlier plan, and why. `pin_costs` are there when they were asked for.
    `lot_settled`: among equally good plans the lot chose; else the order of the draw did, as blind, but another version
    may choose another one of them. `as_of` is the day the plan speaks of; None in an older record.
    """

    proposals: tuple[Proposal, ...]
    unplaced: tuple[Unplaced, ...]
    status: Literal["optimal", "within_gap", "feasible"]
    gap: float | None
    seconds: float
    seed: int
    over_all_pairs: bool
    stages: tuple[StageResult, ...]
    shortfalls: tuple[Shortfall, ...] = ()
    asked: tuple[Sentence, ...] = ()
    steering: tuple[Sentence, ...] = ()
    notes: tuple[Sentence, ...] = ()
    pin_costs: tuple[PinCost, ...] = ()
    changes: tuple[Sentence, ...] = ()
    lot_settled: bool = True
    as_of: dt.date | None = None
    layout: Layout | None = field(default=None, repr=False, compare=False)

    @property
    def placed(self) -> int:
        """Return the number of places given."""
        return len(self.proposals)

    @property
    def points(self) -> int:
        """Return the sum of the points."""
        return sum(p.points for p in self.proposals)

    @property
    def bound(self) -> int | None:
        """Return the proven ceiling on the goal `points` (prices of wishes included) at the reported number placed."""
        return next((stage.bound for stage in self.stages if stage.name == "points"), None)

    @cached_property
    def by_candidate(self) -> dict[str, tuple[Proposal, ...]]:
        """Return the proposals of each candidate."""
        found: dict[str, tuple[Proposal, ...]] = {}
        for proposal in self.proposals:
            found[proposal.candidate_id] = (*found.get(proposal.candidate_id, ()), proposal)
        return found

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Return (candidate id, package id) of every proposal, for `KeepPrevious`."""
        return tuple((p.candidate_id, p.work_package_id) for p in self.proposals)

    def summary(self) -> Sentence:
        """Return the outcome, never claiming more than is proven, what the plan steers by and what to know of it."""
        percent = None if self.gap is None else round(100 * self.gap, 2)
        everyone = len(self.by_candidate) + len(self.unplaced)
        key = f"planning.status.{self.status}" + ("" if self.over_all_pairs or self.status == "feasible" else "_listed")
        outcome = say(key, placed=self.placed, candidates=everyone, percent=percent)
        said = say("planning.policy.steers", outcome=outcome, steering=self.steering) if self.steering else outcome
        return together((said, *self.notes)) if self.notes else said

    def why(self, candidate_id: str) -> tuple[Sentence, ...]:
        """Return why this person has this place, or none. Raises UnknownName for an id that is not in the plan."""
        reasons = {u.candidate_id: u.reason for u in self.unplaced}
        if candidate_id in reasons:
            return (reasons[candidate_id],)
        if candidate_id not in self.by_candidate:
            raise UnknownName(say("vocabulary.candidate_id"), candidate_id, (*reasons, *self.by_candidate))
        return placed_because(self.by_candidate[candidate_id], self.proposals, self.layout)

    def beside(self, previous: Plan) -> Plan:
        """Return the plan with what changed against an earlier one: the number in its summary, and each change."""
        found = self.compare(previous)
        return replace(self, notes=(*self.notes, found.summary()), changes=found.lines)

    def compare(self, previous: Plan) -> Comparison:
        """Return what changed against an earlier plan, and why each change came."""
        return compared(previous, self)

    def to_frame(self) -> pd.DataFrame:
        """Return one row per proposal: candidate_id, work_package_id, points, band, provisional, held."""
        import pandas as pd

        names = ["candidate_id", "work_package_id", "points", "band", "provisional", "held"]
        return pd.DataFrame([[getattr(p, name) for name in names] for p in self.proposals], columns=names)

    def to_json(self) -> str:
        """Return the plan as JSON, without the seconds it took, so that equal plans are equal texts."""
        return text_of_fields({f.name: getattr(self, f.name) for f in fields(self) if f.name not in _UNRECORDED})

    @classmethod
    def from_json(cls, text: str) -> Plan:
        """Return the plan that `to_json` wrote. Raises InputRefused when it is none."""
        return cls(**fields_of_text(text), seconds=0.0)

    def text(self, language: Language = "nl") -> str:
        """Return the summary, the shortfalls, what pins cost, and how ties were settled when not by the lot."""
        lot = [] if self.lot_settled else [say("planning.status.lot_by_order")]
        costs = (cost.sentence() for cost in self.pin_costs)
        lines = [self.summary(), *unmet(self.shortfalls), *costs, *lot]
        return "\n".join(line.text(language) for line in lines)

    def __str__(self) -> str:
        return self.text()


class PlanImpossible(DemandImpossible):
    """Demands that cannot all hold, with the nearest plan that can: it drops as few demands as possible."""

    def __init__(self, sentence: Sentence, conflict: tuple[Sentence, ...], nearest: Plan | None) -> None:
        super().__init__(sentence, conflict)
        self.nearest = nearest
