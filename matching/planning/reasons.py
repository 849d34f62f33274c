"""Why somebody has this place, or none: read from the pairs of the plan, in sentences."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from matching.planning.layout import Layout
from matching.planning.proposal import Proposal
from matching.text import Sentence, say

__all__ = ["options", "placed_because", "shown_points", "unplaced_because"]


def shown_points(points: int) -> int:
    """Return points as people see them: out of 1000, rounded half up."""
    return (points + 500) // 1000


def options(layout: Layout, candidate: int) -> list[tuple[str, int]]:
    """Return the packages a candidate row could get with their points, best first, equals by id."""
    mine = np.flatnonzero((layout.who == candidate) & ~layout.barred(layout.who, layout.what))
    ids = layout.draft.pool.packages.ids
    found = [(ids[layout.what[n]], int(layout.points[n])) for n in mine.tolist()]
    return sorted(found, key=lambda option: (-option[1], option[0]))


def placed_because(
    mine: Sequence[Proposal], proposals: Iterable[Proposal], layout: Layout | None
) -> tuple[Sentence, ...]:
    """Return the place with its points, and each better package with what it gave and to whom it went."""
    held = [
        say(
            f"planning.why.{p.held}",
            candidate=p.candidate_id,
            package=p.work_package_id,
            points=shown_points(p.points),
        )
        for p in mine
    ]
    if layout is None:
        return tuple(held)
    most = max(p.points for p in mine)
    row = layout.draft.candidate(mine[0].candidate_id)
    better = [option for option in options(layout, row) if option[1] > most][:3]
    everybody = list(proposals)
    return (*held, *(_taken(package, points, everybody, "planning.why.better") for package, points in better))


def unplaced_because(layout: Layout, candidate: int, proposals: Sequence[Proposal]) -> Sentence:
    """Return why a candidate row is in no proposal."""
    draft = layout.draft
    name = draft.pool.candidates.ids[candidate]
    if candidate in draft.resting:
        return draft.resting[candidate]
    same = [draft.pool.candidates.ids[row] for row in np.flatnonzero(draft.person == draft.person[candidate]).tolist()]
    placed = {p.candidate_id for p in proposals}
    others = [i for i in same if i != name and i in placed]
    if others:
        return say("planning.unplaced.same_person", candidate=name, other=others[0])
    found = options(layout, candidate)
    if not found:
        blocked = bool((layout.who == candidate).any())
        return say("planning.unplaced.all_forbidden" if blocked else "planning.unplaced.no_pair", candidate=name)
    return _taken(*found[0], proposals, "planning.unplaced.taken", candidate=name, count=len(found))


def _taken(package: str, points: int, proposals: Iterable[Proposal], key: str, **more: object) -> Sentence:
    """Return who has the places of a package, or that none is taken and another limit decides."""
    holders = sorted((p.points, p.candidate_id) for p in proposals if p.work_package_id == package)
    values = {"package": package, "points": shown_points(points), **more}
    if not holders:
        return say(f"{key}_by_limit", **values)
    return say(key, holders=tuple(i for _, i in holders), lowest=shown_points(holders[0][0]), **values)
