"""The placement proposal as a workbook: proposals to decide on, and everything that stands behind them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matching.output.account import account_sheet
from matching.output.fit_cells import columns, fit_cells, row
from matching.output.plan_teams import team_sheet
from matching.output.plan_todo import arrange_sheet, ask_sheet
from matching.output.plan_unplaced import unfilled_sheet, unplaced_sheet
from matching.output.plan_view import PlanView
from matching.output.roles import check_list
from matching.output.sheet import Cell, Column, Report, Sheet
from matching.output.shortlist_report import decision_columns, lines_sheet
from matching.planning.unmet import unmet
from matching.text import say

if TYPE_CHECKING:
    from matching.planning.proposal import Proposal
    from matching.scoring.fit import Fit

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
    "range",
    "why",
    "discuss",
    "conditions",
    "ask",
    "arrange",
    "earliest_start",
)


def plan_report(view: PlanView) -> Report:
    """Return the proposal, shortlists, who is not placed, open places, teams, what to ask or arrange, the account."""
    role, language, plan = view.role, view.language, view.plan
    check_list(role)
    lists = view.scores.shortlists(SHORTLIST_SIZE)
    sheets = (
        proposal_sheet(view),
        lines_sheet(lists, role=role, language=language, key="shortlists"),
        unplaced_sheet(view),
        unfilled_sheet(view),
        *team_sheet(view),
        ask_sheet(view),
        arrange_sheet(view),
        account_sheet(view),
    )
    lead = (plan.summary().text(language), *(sentence.text(language) for sentence in unmet(plan.shortfalls)))
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
    cells = fit_cells(fit, view.role, view.language)
    word = "provisional" if proposal.provisional else "clear"
    held = say(f"output.held.{proposal.held}").text(view.language)
    return cells | {"outcome": say(f"output.proposed.{word}").text(view.language), "held": held}
