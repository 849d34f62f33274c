"""Why somebody has this place, or none: read from the pairs of the plan, in sentences."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from matching.planning.layout import Layout
from matching.planning.proposal import Proposal
from matching.text import Sentence, say, together

__all__ = ["Holders", "holders_of", "options", "placed_because", "shown_points", "unplaced_because"]


_MOST_REASONS = 3

Holders = dict[str, list[tuple[int, str]]]
"""For each package the points and ids of those proposed there."""


def shown_points(points: int) -> int:
    """Return points as people see them everywhere: whole points out of 1000, the fraction left out."""
    return max(0, points) // 1000


def options(layout: Layout, candidate: int) -> list[tuple[str, int]]:
    """Return the packages a candidate row could get with their points, best first, equals by id."""
    mine = layout.of_candidate(candidate)
    ids, barred = layout.draft.pool.packages.ids, layout.draft.barred
    found = [
        (ids[layout.what[n]], int(layout.points[n])) for n in mine if (candidate, int(layout.what[n])) not in barred
    ]
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
    holders = holders_of(proposals)
    return (*held, *(_taken(package, points, holders, "planning.why.better") for package, points in better))


def holders_of(proposals: Iterable[Proposal]) -> Holders:
    """Return for each package who is proposed there, lowest points first."""
    found: Holders = {}
    for proposal in proposals:
        found.setdefault(proposal.work_package_id, []).append((proposal.points, proposal.candidate_id))
    return {package: sorted(held) for package, held in found.items()}


def unplaced_because(
    layout: Layout, candidate: int, placed: Collection[str], holders: Holders, *, best_must_be_judged: bool = False
) -> Sentence:
    """Return why a candidate row is in no proposal; `placed` are the ids that are, `holders` see `holders_of`.

    With `best_must_be_judged` the best package is possible with reservation only, and the sentence says so.
    """
    draft = layout.draft
    name = draft.pool.candidates.ids[candidate]
    if candidate in draft.resting:
        return draft.resting[candidate]
    same = draft.ids_of_person(candidate)
    others = [i for i in same if i != name and i in placed]
    if others:
        return say("planning.unplaced.same_person", candidate=name, other=others[0])
    count, best = (int(column[candidate]) for column in layout.best_option)
    held = _held_back(layout, candidate)
    if not count:
        return _without_options(layout, candidate, held)
    package, points = draft.pool.packages.ids[int(layout.what[best])], int(layout.points[best])
    key = "planning.unplaced.taken_to_judge" if best_must_be_judged else "planning.unplaced.taken"
    taken = _taken(package, points, holders, key, candidate=name, count=count)
    return say(f"{key}_held", reason=taken, held=together(held)) if held else taken


def _held_back(layout: Layout, candidate: int) -> tuple[Sentence, ...]:
    """Return the vetoes and reservations that rule out a possible package for a candidate row, each once."""
    barred = layout.draft.barred
    found = (barred.get((candidate, int(layout.what[n]))) for n in layout.of_candidate(candidate))
    return tuple(dict.fromkeys(sentence for sentence in found if sentence is not None))[:_MOST_REASONS]


def _without_options(layout: Layout, candidate: int, held: tuple[Sentence, ...]) -> Sentence:
    """Return why there is no package at all: an agreement, a signal that waits for a person, or no possible pair."""
    name, waiting = layout.draft.pool.candidates.ids[candidate], int(layout.draft.awaiting[candidate])
    if held:
        return say("planning.unplaced.all_forbidden", candidate=name, because=together(held))
    if waiting:
        return say("planning.unplaced.waiting", candidate=name, count=waiting)
    agreed = layout.barred_because.get(candidate, ())[:_MOST_REASONS]
    if agreed:
        return say("planning.unplaced.no_pair_held", candidate=name, held=together(agreed))
    return say("planning.unplaced.no_pair", candidate=name)


def _taken(package: str, points: int, everybody: Holders, key: str, **more: object) -> Sentence:
    """Return who has the places of a package, or that none is taken and another limit decides."""
    holders = everybody.get(package, [])
    values = {"package": package, "points": shown_points(points), **more}
    if not holders:
        return say(f"{key}_by_limit", **values)
    return say(key, holders=tuple(i for _, i in holders), lowest=shown_points(holders[0][0]), **values)
