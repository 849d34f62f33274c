"""The assignment: scores with limits and wishes, solved to one plan for everybody."""

from __future__ import annotations

from dataclasses import dataclass, replace

from matching.planning.cleared import cleared
from matching.planning.draft import Draft
from matching.planning.layout import Seats
from matching.planning.limits import Limit, Pinned, limits_of_agreements
from matching.planning.plan import Plan
from matching.planning.policy import Policy
from matching.planning.scored import Scored
from matching.planning.search import Search
from matching.planning.steering import steering_of
from matching.planning.teams import TeamSize, team_limits
from matching.planning.wishes import Wish
from matching.text import Sentence, say

__all__ = ["Assignment"]


@dataclass(frozen=True)
class Assignment:
    """One question to the planner: the scores, and what must hold or is wished.

    Pins, vetoes, reservations, accepted places and several ids of one person come from the pool's agreements that
    hold on its day, unless `with_agreements` is False. Places come from the packages, one place a person. The teams of
    a pool have their size (see `TeamSize`) unless a policy or limit gives another. `lifted` are agreed pins that this
    question leaves out, to see what they cost.

    `Assignment(scores).with_limits(Pinned("K-1", "WP-2")).with_wishes(AtLeast(2, per="employer")).solve(seconds=20)`
    """

    scores: Scored
    limits: tuple[Limit, ...] = ()
    wishes: tuple[Wish, ...] = ()
    with_agreements: bool = True
    policy: Policy | None = None
    lifted: tuple[tuple[str, str], ...] = ()

    def with_policy(self, policy: Policy) -> Assignment:
        """Return the assignment under this policy; its limits and wishes come beside those added here."""
        return replace(self, policy=policy)

    def with_limits(self, *limits: Limit) -> Assignment:
        """Return the assignment with these limits added."""
        return replace(self, limits=(*self.limits, *limits))

    def with_wishes(self, *wishes: Wish) -> Assignment:
        """Return the assignment with these wishes added."""
        return replace(self, wishes=(*self.wishes, *wishes))

    @property
    def asked(self) -> tuple[Sentence, ...]:
        """Return every limit and wish in words: those of the policy first, then of the agreements, then the rest."""
        own = tuple(item.sentence() for item in (*self._agreed(), *self.limits, *self.wishes, *self._of_teams))
        return (*self.policy.sentences(), *own) if self.policy else own

    @property
    def steering(self) -> tuple[Sentence, ...]:
        """Return in words what the plan steers by: targets or who delivers; empty unless somebody asked for it."""
        steered = steering_of((*self._by_policy, *self.limits, *self.wishes))
        return (*steered, *self.policy.quoted) if self.policy else steered

    @property
    def _by_policy(self) -> tuple[Limit | Wish, ...]:
        return self.policy.asked if self.policy else ()

    @property
    def _of_teams(self) -> tuple[Limit, ...]:
        return team_limits(self.scores.pool, (*self._by_policy, *self.limits))

    def _agreed(self) -> list[Limit]:
        pool = self.scores.pool
        found = limits_of_agreements(pool.agreements, pool.as_of) if self.with_agreements else []
        return [one for one in found if not any(_pins(one, *pair) for pair in self.lifted)]

    def draft(self) -> Draft:
        """Return the draft with all limits and wishes in it. Raises UnknownName for an id that does not exist."""
        draft = Draft(self.scores.pool)
        asked = (*self._agreed(), *self._by_policy, *self.limits, *self.wishes, *self._of_teams)
        for item in sorted(asked, key=lambda item: isinstance(item, TeamSize)):
            item.put(draft)
        for (candidate, package), _ in sorted(draft.pins.items()):
            if (candidate, package) not in draft.accepted and self._excluded(candidate, package):
                ids = draft.pool.candidates.ids[candidate], draft.pool.packages.ids[package]
                draft.bar(candidate, [package], say("planning.limit.excluded", candidate=ids[0], package=ids[1]))
        return draft

    def _excluded(self, candidate: int, package: int) -> bool:
        return int(self.scores.block(package, package + 1)[0, candidate]) < 0

    def solve(self, *, seconds: float = 20, seed: int = 0, isolated: bool = False) -> Plan:
        """Return the best plan found within `seconds`; ties go by a lot drawn from `seed`.

        Raises PlanImpossible (a DemandImpossible) with a smallest conflicting set and the nearest plan, UnknownName
        for an id that does not exist, SolverFailed when the solver died. When the time was up before there was a plan,
        a plain one comes back that says so. With `isolated` the solver runs in a child process that is killed two
        seconds after its time.
        """
        draft = self.draft()
        scores = cleared(self.scores, draft) if draft.only_cleared else self.scores
        return Search(
            scores=scores,
            seats=Seats(draft, seed),
            asked=(self.asked, self.steering),
            seconds=seconds,
            isolated=isolated,
        ).plan()

    def without(self, candidate: str, package: str) -> Assignment:
        """Return the assignment without the pins of this pair, in the pool's agreements and in the limits."""
        pinned = tuple(one for one in self.limits if not _pins(one, candidate, package))
        return replace(self, limits=pinned, lifted=(*self.lifted, (candidate, package)))


def _pins(limit: Limit, candidate: str, package: str) -> bool:
    return isinstance(limit, Pinned) and (limit.candidate, limit.package) == (candidate, package)
