"""A plan with the scores it was made from: what all its sheets and screens are made of."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from matching.output.roles import Role
from matching.output.sheet import Stamp
from matching.output.stamps import stamp_of_plan
from matching.text import Language

if TYPE_CHECKING:
    from matching.domain.pool import Pool
    from matching.planning.plan import Plan
    from matching.planning.proposal import Proposal
    from matching.scoring.fit import Fit
    from matching.scoring.scores import Scores


@dataclass(frozen=True)
class PlanView:
    """A plan with the scores it was made from, for one role and language; what all its sheets are made of."""

    plan: Plan
    scores: Scores
    role: Role
    language: Language

    @property
    def pool(self) -> Pool:
        """The pool that was planned."""
        return self.scores.pool

    @cached_property
    def proposals(self) -> tuple[tuple[Proposal, Fit], ...]:
        """Every proposal with its fit, by package and then candidate."""
        ordered = sorted(self.plan.proposals, key=lambda one: (one.work_package_id, one.candidate_id))
        pairs = [(one.candidate_id, one.work_package_id) for one in ordered]
        return tuple(zip(ordered, self.scores.fits(pairs) if pairs else [], strict=True))

    @cached_property
    def stamp(self) -> Stamp:
        """Where the plan came from."""
        return stamp_of_plan(self.plan, self.scores, role=self.role)
