"""What would bring a team to its least size: who could come, at what cost, and which teams could go together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

import numpy as np

from matching.planning.layout import Layout
from matching.planning.plan import Plan
from matching.planning.proposal import Proposal
from matching.planning.teams import TeamSize
from matching.text import Sentence, say

__all__ = ["repairs_of"]

MOST_NAMED = 5
MOST_MERGES = 2


class Sized(Protocol):
    """What a repair reads of a team."""

    @property
    def package(self) -> str:
        """Return the package id."""
        ...

    @property
    def employer(self) -> str | None:
        """Return the employer."""
        ...

    @property
    def municipality(self) -> str | None:
        """Return the municipality."""
        ...

    @property
    def proposed(self) -> int:
        """Return the number of proposals."""
        ...

    @property
    def total(self) -> int:
        """Return members and proposals."""
        ...

    @property
    def state(self) -> str:
        """Return where the size stands."""
        ...

    @property
    def sizes(self) -> TeamSize:
        """Return the sizes asked."""
        ...

    @property
    def short(self) -> int:
        """Return how many people are missing."""
        ...


def repairs_of(plan: Plan, teams: Sequence[Sized]) -> dict[str, tuple[Sentence, ...]]:
    """Return for each team that is below its least size or not opened what would help, in words, by package id.

    Nothing here was planned again: a name is somebody with a possible pair, and a cost is the difference in points
    between two pairs, not of the whole plan.
    """
    found = {}
    for team in teams:
        if team.state == "below":
            found[team.package] = (*_complete(plan, team, teams), *_merges(plan, team, teams))
        elif team.state == "closed" and plan.layout is not None:
            found[team.package] = _unopened(plan, plan.layout, team)
    return found


def _fitting(layout: Layout, package: str) -> list[tuple[int, int]]:
    """Return points and candidate row of each pair with this package that no limit forbids, best first, then by id."""
    row, ids = layout.draft.package(package), layout.draft.pool.candidates.ids
    here = np.flatnonzero(layout.what == row)
    here = here[~layout.barred(layout.who[here], layout.what[here])]
    pairs = [(int(layout.points[n]), int(layout.who[n])) for n in here.tolist()]
    return sorted(pairs, key=lambda pair: (-pair[0], ids[pair[1]]))


def _free(plan: Plan, layout: Layout, package: str) -> list[str]:
    """Return who fits here and is in no proposal, under any id, best first."""
    rows = [row for _, row in _fitting(layout, package)]
    ids = layout.draft.pool.candidates.ids
    return [ids[row] for row in rows if not any(i in plan.by_candidate for i in layout.draft.ids_of_person(row))]


def _complete(plan: Plan, team: Sized, teams: Sequence[Sized]) -> Iterator[Sentence]:
    """Yield who could complete a team: people without a proposal, else people of another package and what it costs."""
    layout = plan.layout
    if layout is None:
        return
    left = int(layout.draft.places[layout.draft.package(team.package)]) - team.proposed
    if left < team.short:
        yield say("teams.repair.places", package=team.package, count=team.short - max(left, 0))
    free = _free(plan, layout, team.package)
    if free:
        more = max(len(free) - MOST_NAMED, 0)
        key = "teams.repair.free_more" if more else "teams.repair.free"
        yield say(key, package=team.package, names=tuple(free[:MOST_NAMED]), more=more)
    if len(free) < team.short:
        moves = list(_moves(plan, layout, team, teams))
        yield from moves[: min(team.short - len(free), MOST_NAMED)]
        if not free and not moves:
            yield say("teams.repair.nobody", package=team.package)


def _moves(plan: Plan, layout: Layout, team: Sized, teams: Sequence[Sized]) -> Iterator[Sentence]:
    """Yield who could come from another package that does not fall below its own least size by it, cheapest first."""
    tight = {other.package for other in teams if other.total <= other.sizes.least}
    ids, found = layout.draft.pool.candidates.ids, list[tuple[int, Proposal]]()
    for points, row in _fitting(layout, team.package):
        for proposal in plan.by_candidate.get(ids[row], ()):
            if proposal.held in ("new", "kept") and proposal.work_package_id not in {*tight, team.package}:
                found.append((proposal.points - points, proposal))
    for cost, proposal in sorted(found, key=lambda each: (each[0], each[1].candidate_id)):
        about = {"candidate": proposal.candidate_id, "other": proposal.work_package_id}
        yield say("teams.repair.move", package=team.package, difference=_difference(cost), **about)


def _difference(cost: int) -> Sentence:
    """Return a difference in points in words, as people see them, rounded towards what it costs."""
    points = -(-cost // 1000)
    return say("teams.repair.less" if points >= 0 else "teams.repair.more", points=abs(points))


def _merges(plan: Plan, team: Sized, teams: Sequence[Sized]) -> Iterator[Sentence]:
    """Yield the teams at the same place that together with this one are no more than the most, smallest loss first."""
    near = [
        other
        for other in teams
        if other.package != team.package
        and None not in (team.employer, team.municipality)
        and (other.employer, other.municipality) == (team.employer, team.municipality)
        and other.state != "closed"
        and 0 < other.total <= team.sizes.most - team.total
    ]
    for other in sorted(near, key=lambda other: (-other.total, other.package))[:MOST_MERGES]:
        yield say("teams.repair.merge", package=team.package, other=other.package, total=team.total + other.total)
        goes, stays = sorted((team, other), key=lambda each: (each.proposed, each.total, each.package))
        yield from _merge_cost(plan, goes, stays)


def _merge_cost(plan: Plan, goes: Sized, stays: Sized) -> Iterator[Sentence]:
    """Yield what it costs when the proposals of one team go to the other, and how many have no possible pair there."""
    layout = plan.layout
    moving = [p for p in plan.proposals if p.work_package_id == goes.package]
    if layout is None or not moving:
        return
    ids = layout.draft.pool.candidates.ids
    there = {ids[row]: points for points, row in _fitting(layout, stays.package)}
    fit = [p for p in moving if p.candidate_id in there]
    cost = sum(p.points - there[p.candidate_id] for p in fit)
    about = {"package": goes.package, "other": stays.package, "count": len(moving)}
    yield say("teams.repair.merge_cost", difference=_difference(cost), lacking=len(moving) - len(fit), **about)


def _unopened(plan: Plan, layout: Layout, team: Sized) -> tuple[Sentence, ...]:
    """Return how many people fit a team that is not opened, and how many of them have no proposal."""
    fitting = {int(layout.draft.person[row]) for _, row in _fitting(layout, team.package)}
    free = {int(layout.draft.person[layout.draft.candidate(name)]) for name in _free(plan, layout, team.package)}
    least, places = team.sizes.least, int(layout.draft.places[layout.draft.package(team.package)])
    about = {"package": team.package, "count": len(fitting), "free": len(free), "least": least}
    if places < least:
        return (say("teams.repair.few_places", package=team.package, places=places, least=least),)
    if len(fitting) < least:
        return (say("teams.repair.too_few", missing=least - len(fitting), **about),)
    return (say("teams.repair.elsewhere", **about),)
