"""Is there a place in the team, and somebody who leads and coaches it?"""

from __future__ import annotations

from dataclasses import dataclass

from matching.domain.judging import Outcome, Pair, Question, Reads, Rule, Sides, Verdicts
from matching.domain.work_package import WorkPackage
from matching.rules.asking import ask_candidate, ask_package
from matching.rules.masks import holds, verdicts
from matching.text import Sentence, say

LACKS = ("full", "starters", "nobody_leads", "nobody_coaches", "not_together")
"""What a person has to judge about a place in a team, hardest first."""


@dataclass(frozen=True, kw_only=True)
class TeamPlace(Rule):
    """Collective placements: an open place in a team with leader and coach fits.

    `places` counts the places to fill beside the members (decision 0803). A team of `most_members` (the seed: teams
    of 10 to 15), `most_starters` people who are in their first weeks already (expert judgement), no named leader or
    coach, or her wish not to work with somebody must be judged. It never excludes, and a running team below ten is
    never closed. Other placements always fit. Unknown members or starters fit, with a question.
    """

    key = "team_place"
    reads = Reads(
        candidate=("not_together_with",),
        package=("method", "places", "team_members", "team_starters", "team_leader", "job_coach"),
    )
    most_starters: int = 2
    most_members: int = 15

    def judge(self, sides: Sides) -> Verdicts:
        """Return the outcome of every pair of classes."""
        people, work = sides.candidate, sides.package
        team = holds(work, "method", lambda method: method == "collective")
        full = work.numbers("team_members") >= self.most_members
        starting = work.numbers("team_starters") >= self.most_starters
        unled = ~work.known("team_leader") | ~work.known("job_coach")
        apart = holds(people, "not_together_with", lambda others: bool(others))[:, None]
        unknown = ~work.known("team_members") | ~work.known("team_starters") | unled
        return verdicts(sides, to_judge=team & (full | starting | unled | apart), unknown=team & unknown)

    def reason(self, pair: Pair, outcome: Outcome) -> Sentence:
        """Return what has to be judged about the place, or that there is one."""
        package = pair.package
        if package.method != "collective":
            return say("rules.team_place.elsewhere")
        values = {"members": package.team_members, "places": package.places, "starters": package.team_starters}
        values["most"] = self.most_members
        lacks = self._lacks(pair)
        if lacks:
            return say(
                "rules.team_place.judge", points=tuple(say(f"rules.team_place.{name}", **values) for name in lacks)
            )
        known = package.team_members is not None and package.team_starters is not None
        return say(f"rules.team_place.{'fits' if known else 'unknown'}", **values)

    def _lacks(self, pair: Pair) -> list[str]:
        package = pair.package
        found = {
            "full": (package.team_members or 0) >= self.most_members,
            "starters": (package.team_starters or 0) >= self.most_starters,
            "nobody_leads": package.team_leader is None,
            "nobody_coaches": package.job_coach is None,
            "not_together": bool(pair.candidate.not_together_with),
        }
        return [name for name in LACKS if found[name]]

    def questions(self, pair: Pair) -> tuple[Question, ...]:
        """Return what to ask about the team."""
        if pair.package.method != "collective":
            return ()
        lacks = self._lacks(pair)
        asked = [ask_package(field, f"team_place.ask_{field}") for field in _open_fields(pair.package)]
        if "starters" in lacks:
            asked.append(ask_package("team_starters", "team_place.ask_later"))
        if "full" in lacks:
            asked.append(ask_package("places", "team_place.ask_places"))
        if "not_together" in lacks:
            asked.append(ask_candidate("not_together_with", "team_place.ask_together"))
        return tuple(asked)

    def remedy(self, pair: Pair) -> Sentence | None:
        """Return the smallest change in the team."""
        lacks = self._lacks(pair) if pair.package.method == "collective" else []
        if not lacks:
            return None
        return say("rules.team_place.remedy", changes=tuple(say(f"rules.team_place.remedy_{name}") for name in lacks))


def _open_fields(package: WorkPackage) -> list[str]:
    names = ("team_leader", "job_coach", "team_members", "team_starters")
    return [name for name in names if getattr(package, name) is None]
