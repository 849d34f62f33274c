"""Teams: a new one has 10 to 15 people or none, a running one is never closed, and some people stay apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from matching.domain.pool import Pool
from matching.errors import ConfigurationRefused
from matching.planning.apart import apart_pairs
from matching.planning.draft import Draft, RowDraft
from matching.planning.measure import Weighing
from matching.planning.problem import Int64Array
from matching.text import Sentence, say

__all__ = ["CoachHours", "NotTogether", "Standing", "Team", "TeamSize", "team_limits", "teams_in"]

POINTS = 1000
"""Inside the engine a point of the thousand that people see counts a thousand."""

Standing = Literal["running", "new", "unclear"]
"""running: has members; new: has none, or room for a whole team; unclear: the pool does not say (see `teams_in`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    """A collective package as a team: its row in the pool, the `members` at work now (None: unknown), its standing."""

    package: int
    members: int | None
    standing: Standing


def teams_in(pool: Pool, least: int = 10) -> tuple[Team, ...]:
    """Return every collective package as a team, in the order of the pool.

    With members it is running. Without, or with unknown members (they count as none) and at least `least` places, it is
    new. Unknown members and fewer places than that is unclear: it may be a running team that looks for a few people,
    so no size is asked of it.
    """
    work = pool.packages
    method, members, places = (work.column(name) for name in ("method", "team_members", "places"))
    rows = [row for row in range(len(work)) if method[row] == "collective"]
    return tuple(
        Team(package=row, members=members[row], standing=_standing(members[row], int(places[row] or 0), least))
        for row in rows
    )


def _standing(members: int | None, places: int, least: int) -> Standing:
    if members:
        return "running"
    return "new" if members == 0 or places >= least else "unclear"


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamSize:
    """A new team gets `least` to `most` people, or nobody; a running team is never closed and never above `most`.

    Members now and proposals count together; unknown members count as none. On for the teams of a pool unless a policy
    or limit has its own sizes. A running team below `least` is no fault of the plan: the report says who completes it.
    A team whose accepted people cannot be brought to `least` is kept like a running one. Source: teams of 10 to 15 in
    the seed. Raises ConfigurationRefused when `least` is not from 1 to `most`.
    """

    least: int = 10
    most: int = 15

    def __post_init__(self) -> None:
        """Refuse sizes that no team has."""
        if not 1 <= self.least <= self.most:
            raise ConfigurationRefused(say("teams.size_refused", least=self.least, most=self.most))

    def sentence(self) -> Sentence:
        """Return the limit in words."""
        return say("teams.size", least=self.least, most=self.most)

    def put(self, draft: Draft) -> None:
        """Cap the places of every team, and add a row that may be empty for every new one."""
        for team in teams_in(draft.pool, self.least):
            package = team.package
            room = max(self.most - (team.members or 0), 0)
            draft.places[package] = min(int(draft.places[package]), room)
            if team.standing == "new":
                accepted = sum(place == package for _, place in draft.accepted)
                about = {"package": draft.pool.packages.ids[package], "least": self.least, "most": self.most}
                row = RowDraft(
                    sentence=say("teams.size_of", **about),
                    weigh=Weighing(package=_only(package, len(draft.places))),
                    low=self.least,
                    high=max(self.most, accepted),
                    or_nothing=True,
                    seldom=True,
                )
                draft.rows.append(row)


@dataclass(frozen=True, slots=True, kw_only=True)
class NotTogether:
    """Who wrote that she does not want to be in a team with somebody is not put in one team with that person.

    It is her own wish, so it holds in both directions; two people whom a person pinned to one team stay there. Who is
    in the team already has no code in the pool, so that part is asked at the call.
    """

    def sentence(self) -> Sentence:
        """Return the limit in words."""
        return say("teams.not_together")

    def put(self, draft: Draft) -> None:
        """Note the pairs of people and the packages where they would meet."""
        draft.apart = apart_pairs(draft)
        draft.shared = [team.package for team in teams_in(draft.pool)]


@dataclass(frozen=True, slots=True, kw_only=True)
class CoachHours:
    """The guidance that the teams of one job coach need fits in the coach's week; an hour short costs `price` points.

    Hours come from the table of guides and count in tenths; an unknown need or unknown hours ask nothing. A wish: as a
    limit it would lean to people who need least.
    """

    price: int = 1

    def sentence(self) -> Sentence:
        """Return the wish in words."""
        return say("teams.coach_hours", price=self.price)

    def put(self, draft: Draft) -> None:
        """Add a row for each coach whose hours are known."""
        needed = draft.pool.candidates.column("guidance_hours")
        need = np.array([round(10 * (value or 0)) for value in needed.values], np.int64)[needed.codes]
        coach = draft.pool.packages.column("job_coach")
        for guide in draft.pool.guides:
            theirs = [team.package for team in teams_in(draft.pool) if coach[team.package] == guide.guide_id]
            if guide.role == "coach" and guide.hours_a_week is not None and theirs:
                about = say("teams.coach_hours_of", coach=guide.guide_id, hours=guide.hours_a_week)
                weigh = Weighing(person=need, package=_only(theirs, len(draft.places)))
                high, price = int(10 * guide.hours_a_week), self.price * POINTS // 10
                draft.rows.append(RowDraft(sentence=about, weigh=weigh, high=high, price=price))


def _only(packages: int | list[int], work: int) -> Int64Array:
    found = np.zeros(work, np.int64)
    found[packages] = 1
    return found


def team_limits(pool: Pool, asked: tuple[object, ...]) -> tuple[TeamSize | NotTogether, ...]:
    """Return what holds for the teams of a pool when nobody asked it: their size, and who does not want to be together.

    Empty without teams, and for what is asked already.
    """
    teams = teams_in(pool)
    sized = any(team.standing != "unclear" for team in teams) and not any(isinstance(a, TeamSize) for a in asked)
    apart = bool(teams) and any(pool.candidates.column("not_together_with").values)
    apart = apart and not any(isinstance(a, NotTogether) for a in asked)
    return (*((TeamSize(),) if sized else ()), *((NotTogether(),) if apart else ()))
