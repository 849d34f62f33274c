"""What a plan means for each team: people now and proposed, who leads, hours of guidance, kinds of work, repairs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from matching.domain.pool import Pool
from matching.domain.vocabulary import vocabulary
from matching.planning.plan import Plan
from matching.planning.team_repair import repairs_of
from matching.planning.teams import Standing, Team, TeamSize, teams_in
from matching.text import Language, Sentence, say

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["CoachLine", "Guidance", "State", "TeamLine", "TeamReport", "teams_of"]

COVERED_BY = 2
"""A kind of work is covered when so many people in the team wish or master it."""

State = Literal["whole", "below", "above", "closed", "unclear"]
"""whole: within the sizes; below, above: outside them; closed: a new team that the plan does not open; unclear: the
number of people there now is unknown and matters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Guidance:
    """Hours of guidance a week that `people` proposed people need; of `unknown` of them nobody asked yet.

    `offered` are the hours there are, None when nobody said. People who are in the team already are not counted: the
    pool does not know them.
    """

    asked: float
    people: int
    unknown: int
    offered: float | None

    @property
    def short(self) -> float:
        """Return the hours that are missing as far as known, 0 when the offer is unknown."""
        return 0.0 if self.offered is None else max(round(self.asked - self.offered, 2), 0.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamLine:
    """One team in a plan. `members` are the people there now (None: unknown, counted as none), `proposed` the new ones.

    `kinds` gives for each kind of work of the team how many proposed people wish or master it; `together` counts the
    pairs who did not want to be in one team and whom a person put there all the same. `repairs` say what would bring
    the team to its least size, or why it is not opened.
    """

    package: str
    employer: str | None
    municipality: str | None
    standing: Standing
    members: int | None
    proposed: int
    sizes: TeamSize
    leader: str | None
    coach: str | None
    guidance: Guidance
    kinds: tuple[tuple[str, int], ...] = ()
    together: int = 0
    repairs: tuple[Sentence, ...] = ()

    @property
    def total(self) -> int:
        """Return members and proposals together; unknown members count as none."""
        return (self.members or 0) + self.proposed

    @property
    def state(self) -> State:
        """Return where the size stands."""
        if self.standing == "new" and not self.proposed:
            return "closed"
        if self.members is None and self.total < self.sizes.least:
            return "unclear"
        return "below" if self.short else "above" if self.total > self.sizes.most else "whole"

    @property
    def short(self) -> int:
        """Return how many people are missing to the least size."""
        return max(self.sizes.least - self.total, 0)

    @property
    def thin(self) -> tuple[tuple[str, int], ...]:
        """Return the kinds of work that fewer than two proposed people wish or master."""
        return tuple((kind, people) for kind, people in self.kinds if people < COVERED_BY)

    def sentence(self) -> Sentence:
        """Return the size of the team in words."""
        size = {"least": self.sizes.least, "most": self.sizes.most, "total": self.total}
        return say("teams.line", package=self.package, members=self.members, proposed=self.proposed, **size)

    def remarks(self) -> tuple[Sentence, ...]:
        """Return what somebody should look at: the size, the leader and the coach, kinds of work, who is together."""
        return tuple(self._remarks())

    def _remarks(self) -> Iterator[Sentence]:
        if self.state in ("below", "closed", "above"):
            yield say(f"teams.state.{self.state}", package=self.package, short=self.short, most=self.sizes.most)
        yield from self.repairs
        if self.members is None and self.state != "closed":
            yield say("teams.members_unknown", package=self.package)
        if self.state != "closed":
            yield from (say(f"teams.no_{who}", package=self.package) for who in ("leader", "coach") if self._lacks(who))
            if self.standing != "running" and self.proposed and self.thin:
                yield say("teams.thin", package=self.package, kinds=tuple(_kind(*each) for each in self.thin))
        if self.together:
            yield say("teams.together", package=self.package, count=self.together)

    def _lacks(self, who: str) -> bool:
        return (self.leader if who == "leader" else self.coach) is None


def _kind(kind: str, people: int) -> Sentence:
    return say("teams.kind", kind=vocabulary("work_kind")[kind], people=people)


@dataclass(frozen=True, slots=True, kw_only=True)
class CoachLine:
    """One job coach: the teams that name this coach, how many teams the coach can have (None: unknown), the hours."""

    coach: str
    teams: tuple[str, ...]
    most_teams: int | None
    guidance: Guidance

    @property
    def too_many(self) -> int:
        """Return how many teams more than the coach can have."""
        return 0 if self.most_teams is None else max(len(self.teams) - self.most_teams, 0)

    def sentence(self) -> Sentence:
        """Return the hours of this coach in words, beside what the proposals ask."""
        hours = {"asked": self.guidance.asked, "offered": self.guidance.offered, "short": self.guidance.short}
        key = "teams.coach_short" if self.guidance.short else "teams.coach"
        return say(key, coach=self.coach, teams=self.teams, unknown=self.guidance.unknown, **hours)


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamReport:
    """Every team of a pool in a plan, and every coach of a team that has people."""

    teams: tuple[TeamLine, ...]
    coaches: tuple[CoachLine, ...]

    def sentences(self) -> tuple[Sentence, ...]:
        """Return every team with what to look at, then the coaches who have too many teams, in words.

        Hours of guidance speak of what people need, so whoever shows them decides for whom: see `CoachLine.sentence`.
        """
        lines = (s for team in self.teams for s in (team.sentence(), *team.remarks()))
        crowded = (coach for coach in self.coaches if coach.too_many)
        many = (say("teams.coach_teams", coach=c.coach, count=len(c.teams), most=c.most_teams) for c in crowded)
        return (*lines, *many)

    def text(self, language: Language = "nl") -> str:
        """Return the sentences, one a line."""
        return "\n".join(sentence.text(language) for sentence in self.sentences())

    def __str__(self) -> str:
        return self.text()

    def to_frame(self) -> pd.DataFrame:
        """Return one row per team: package, employer, standing, state, members, proposed, total, leader, coach."""
        import pandas as pd

        names = ["package", "employer", "standing", "state", "members", "proposed", "total", "leader", "coach"]
        return pd.DataFrame([[getattr(line, name) for name in names] for line in self.teams], columns=names)


def teams_of(plan: Plan, pool: Pool) -> TeamReport:
    """Return the report on the teams of a plan of this pool; it reads the plan and changes nothing.

    What would complete a team comes from the pairs that the plan looked at; a plan read from a file has none.
    """
    sizes = _sizes(plan.asked)
    people: dict[str, list[int]] = {}
    for proposal in plan.proposals:
        people.setdefault(proposal.work_package_id, []).append(pool.candidates.position(proposal.candidate_id))
    lines = [_line(pool, team, people.get(pool.packages.ids[team.package], []), sizes) for team in teams_in(pool)]
    repairs = repairs_of(plan, lines)
    told = (replace(line, repairs=repairs.get(line.package, ())) for line in lines)
    return TeamReport(teams=tuple(told), coaches=tuple(_coaches(pool, lines, people)))


def _sizes(asked: Iterable[Sentence]) -> TeamSize:
    """Return the sizes that a plan was asked to keep, also by a policy; the usual ones when none is said."""
    for sentence in asked:
        values = dict(sentence.values)
        if sentence.key == "teams.size":
            return TeamSize(least=int(str(values["least"])), most=int(str(values["most"])))
        inner = values.get("asked")
        if isinstance(inner, Sentence) and inner.key == "teams.size":
            return _sizes((inner,))
    return TeamSize()


def _line(pool: Pool, team: Team, people: list[int], sizes: TeamSize) -> TeamLine:
    work = pool.packages[team.package]
    return TeamLine(
        package=work.work_package_id,
        employer=work.employer,
        municipality=work.municipality,
        standing=team.standing,
        members=team.members,
        proposed=len(people),
        sizes=sizes,
        leader=work.team_leader,
        coach=work.job_coach,
        guidance=_guidance(pool, people, work.guidance_hours),
        kinds=tuple(_covered(pool, team.package, people)),
        together=_together(pool, people),
    )


def _guidance(pool: Pool, people: list[int], offered: float | None) -> Guidance:
    needed = pool.candidates.column("guidance_hours")
    known = [hours for row in people if (hours := needed[row]) is not None]
    return Guidance(asked=sum(known), people=len(people), unknown=len(people) - len(known), offered=offered)


def _covered(pool: Pool, package: int, people: list[int]) -> Iterator[tuple[str, int]]:
    """Yield each kind of work of a team with how many of these people wish or master it, alphabetical by key."""
    work = pool.packages[package]
    kinds = {*(work.work_kinds or ()), *(task.work_kind for task in work.tasks or () if task.work_kind)}
    wished, mastered = (pool.candidates.column(name) for name in ("wished_work_kinds", "work_kinds_mastered"))
    counted: Counter[str] = Counter()
    for row in people:
        counted.update({kind for kind, _ in wished[row] or ()} | set(mastered[row] or ()))
    for kind in sorted(kinds):
        yield kind, counted[kind]


def _together(pool: Pool, people: list[int]) -> int:
    """Return how many pairs of these people there are of whom one did not want to be in a team with the other."""
    wishes, ids = pool.candidates.column("not_together_with"), pool.candidates.ids
    here = {ids[row] for row in people}
    return len({frozenset((ids[row], other)) for row in people for other in (wishes[row] or ()) if other in here})


def _coaches(pool: Pool, lines: list[TeamLine], people: dict[str, list[int]]) -> Iterator[CoachLine]:
    """Yield every coach who has a team with people in it."""
    guides = {guide.guide_id: guide for guide in pool.guides if guide.role == "coach"}
    theirs: dict[str, list[TeamLine]] = {}
    for line in lines:
        if line.coach is not None and line.total:
            theirs.setdefault(line.coach, []).append(line)
    for coach, teams in sorted(theirs.items()):
        guide, rows = guides.get(coach), [row for line in teams for row in people.get(line.package, [])]
        yield CoachLine(
            coach=coach,
            teams=tuple(line.package for line in teams),
            most_teams=guide.max_teams if guide else None,
            guidance=_guidance(pool, rows, guide.hours_a_week if guide else None),
        )
