"""The placement proposal as a workbook: proposals to decide on, and everything that stands behind them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from matching.output.account import account_sheet
from matching.output.fit_cells import COLUMNS, Said, columns, fit_cells, row
from matching.output.plan_todo import arrange_sheet, ask_sheet
from matching.output.plan_unplaced import unfilled_sheet, unplaced_sheet
from matching.output.roles import Role, check_list
from matching.output.sheet import Cell, Column, Report, Sheet, Stamp
from matching.output.shortlist_report import decision_columns, lines_sheet
from matching.output.stamps import stamp_of_plan
from matching.text import Language, say

if TYPE_CHECKING:
    from matching.domain.pool import Pool
    from matching.planning.plan import Plan, Proposal
    from matching.scoring.fit import Fit
    from matching.scoring.scores import Scores

SHORTLIST_SIZE = 3
"""Lines of each shortlist in the workbook: enough to propose somebody else; `matching shortlist` gives longer ones."""

PROPOSAL = (
    "work_package",
    "work",
    "title",
    "employer",
    "municipality",
    "hours_asked",
    "candidate",
    "via",
    "source",
    "contact_route",
    "last_contact",
    "hours_possible",
    "band",
    "outcome",
    "points",
    "why",
    "discuss",
    "conditions",
    "ask",
    "arrange",
    "earliest_start",
)


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


def plan_report(view: PlanView) -> Report:
    """Return the proposal, shortlists, who is not placed, open places, what to ask, what to arrange, the account."""
    role, language, plan = view.role, view.language, view.plan
    check_list(role)
    lists = view.scores.shortlists(SHORTLIST_SIZE)
    sheets = (
        proposal_sheet(view),
        lines_sheet(lists, role=role, language=language, key="shortlists"),
        unplaced_sheet(view),
        unfilled_sheet(view),
        ask_sheet(view),
        arrange_sheet(view),
        account_sheet(view),
    )
    lead = (plan.summary().text(language), *(shortfall.sentence.text(language) for shortfall in plan.shortfalls))
    title = say("output.title.plan").text(language)
    return Report(title=title, sheets=sheets, stamp=view.stamp, language=language, lead=lead, record=plan.to_json())


def proposal_sheet(view: PlanView) -> Sheet:
    """Return one row a proposal, with an empty decision and reason to choose from a list."""
    language = view.language
    fixed = Column(key="held", width=12)
    chosen = (*columns(*PROPOSAL), fixed, *decision_columns(language))
    rows = tuple(row(_cells(view, proposal, fit), chosen) for proposal, fit in view.proposals)
    notes = (view.plan.summary().text(language), say("output.proposal_note").text(language))
    return Sheet(key="proposal", columns=chosen, rows=rows, notes=notes)


def _cells(view: PlanView, proposal: Proposal, fit: Fit) -> dict[str, Cell]:
    nothing: Said = frozenset()
    cells = fit_cells(fit, view.role, view.language, nothing)
    word = "provisional" if proposal.provisional else "clear"
    held = say(f"output.held.{proposal.held}").text(view.language)
    return cells | {"outcome": say(f"output.proposed.{word}").text(view.language), "held": held}


__all__ = ["COLUMNS", "PlanView", "plan_report", "proposal_sheet"]
