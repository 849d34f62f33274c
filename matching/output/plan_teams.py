"""The teams of a plan, on a sheet and on the screen: size, leader, hours of guidance, and what would complete them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich import box
from rich.console import RenderableType
from rich.text import Text

from matching.domain.vocabulary import vocabulary
from matching.output.fit_cells import listed, place_name
from matching.output.folding import FoldingTable
from matching.output.harmless import printable
from matching.output.roles import Role, sees_needs
from matching.output.sheet import Cell, Column, Kind, Sheet
from matching.planning.team_report import CoachLine, Guidance, TeamLine, TeamReport, teams_of
from matching.text import Language, Sentence, say

if TYPE_CHECKING:
    from matching.output.plan_view import PlanView

__all__ = ["team_lines", "team_sheet"]

FEWEST = 5
"""Hours of guidance of fewer people than this are shown only to who may read what a person needs."""

MOST_TEAMS = 8

_COLUMNS: tuple[tuple[str, int, Kind], ...] = (
    ("standing", 11, "text"),
    ("members", 7, "whole"),
    ("proposed", 12, "whole"),
    ("total", 8, "whole"),
    ("target", 9, "text"),
    ("leader", 13, "text"),
    ("coach", 13, "text"),
    ("guidance", 14, "decimal"),
    ("coach_hours", 14, "decimal"),
    ("kinds", 34, "long"),
    ("look_at", 70, "long"),
)


def team_sheet(view: PlanView) -> tuple[Sheet, ...]:
    """Return a sheet with one row for each team, those to look at first; none for a pool without teams."""
    report, language = teams_of(view.plan, view.pool), view.language
    if not report.teams:
        return ()
    own = tuple(
        Column(key=key, width=width, kind=kind, heading=_heading(key, language)) for key, width, kind in _COLUMNS
    )
    first = Column(key="work_package", width=12, heading=_heading("team", language))
    shared = (Column(key="employer", width=26), Column(key="municipality", width=18))
    rows = tuple(_row(line, report, view.role, language) for line in _ordered(report))
    sizes = report.teams[0].sizes
    notes = [say("teams.note", least=sizes.least, most=sizes.most).text(language)]
    notes += [] if sees_needs(view.role) else [say("teams.note_guidance", fewest=FEWEST).text(language)]
    notes += [line.text(language) for line in _coaches(report, view.role)]
    heading = say("teams.sheet").text(language)
    return (Sheet(key="teams", heading=heading, columns=(first, *shared, *own), rows=rows, notes=tuple(notes)),)


def _heading(key: str, language: Language) -> str:
    return say(f"teams.column.{key}").text(language)


def _ordered(report: TeamReport) -> list[TeamLine]:
    """Return the teams with something to look at first, each part by id."""
    return sorted(report.teams, key=lambda line: (line.state == "whole", line.package))


def _row(line: TeamLine, report: TeamReport, role: Role, language: Language) -> tuple[Cell, ...]:
    coach = next((each for each in report.coaches if each.coach == line.coach), None)
    kinds = [say("teams.kind", kind=vocabulary("work_kind")[kind], people=people) for kind, people in line.kinds]
    return (
        line.package,
        line.employer,
        place_name(line.municipality),
        say(f"teams.standing.{line.standing}").text(language),
        line.members,
        line.proposed,
        line.total,
        f"{line.sizes.least}-{line.sizes.most}",
        line.leader,
        line.coach,
        line.guidance.asked if _may_see(line.guidance, role) else None,
        coach.guidance.offered if coach else None,
        listed(kinds, language),
        listed(line.remarks(), language),
    )


def _may_see(guidance: Guidance, role: Role) -> bool:
    """Return whether the hours are of so many people that they tell of nobody, or the role may read needs."""
    return sees_needs(role) or guidance.people - guidance.unknown >= FEWEST


def _coaches(report: TeamReport, role: Role) -> list[Sentence]:
    crowded = (say("teams.coach_teams", coach=c.coach, count=len(c.teams), most=c.most_teams) for c in _crowded(report))
    return [*(coach.sentence() for coach in report.coaches if _may_see(coach.guidance, role)), *crowded]


def _crowded(report: TeamReport) -> list[CoachLine]:
    return [coach for coach in report.coaches if coach.too_many]


def team_lines(view: PlanView) -> list[RenderableType]:
    """Return a table of the first teams and below it what to look at; nothing for a pool without teams."""
    report, language = teams_of(view.plan, view.pool), view.language
    if not report.teams:
        return []
    lines = _ordered(report)
    first, more = lines[:MOST_TEAMS], len(lines) - MOST_TEAMS
    told = [sentence for line in first for sentence in line.remarks()] + _coaches(report, view.role)
    told += [say("teams.more", count=more)] if more > 0 else []
    heading = Text(say("teams.heading").text(language), style="bold")
    return [heading, _table(first, language), *(Text(f"- {printable(line.text(language))}") for line in told)]


def _table(lines: list[TeamLine], language: Language) -> FoldingTable:
    table = FoldingTable(box=box.HORIZONTALS, padding=(0, 2, 0, 0), pad_edge=False)
    keys = ("team", "standing", "members", "proposed", "total", "leader", "coach")
    for key in keys:
        right = key in ("members", "proposed", "total")
        table.add_column(_heading(key, language), justify="right" if right else "left", overflow="fold")
    unknown = say("words.unknown").text(language)
    for line in lines:
        members = unknown if line.members is None else str(line.members)
        standing = say(f"teams.standing.{line.standing}").text(language)
        cells = (line.package, standing, members, str(line.proposed), str(line.total), line.leader, line.coach)
        table.add_row(*(Text(printable(cell or unknown)) for cell in cells))
    return table
