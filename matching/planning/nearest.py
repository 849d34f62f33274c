"""When demands cannot all hold: which ones clash, in words, and the questions whose plan comes nearest."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from matching.planning.conflict import Demand, separate_conflicts
from matching.planning.layout import Layout
from matching.planning.problem import Int64Array, Problem, SideRow, Stage
from matching.text import Sentence, say

__all__ = ["conflict_of", "dropped", "loosened"]

_ROW_PRICE = 10**9
"""What a unit outside a hard row costs when even the rows clash among themselves: more than any pair is worth."""


def conflict_of(layout: Layout) -> tuple[Sentence, tuple[Sentence, ...]]:
    """Return in words that demands cannot all hold, and each demand of each separate conflict.

    That letting go of one is enough is only said when it was shown.
    """
    found, enough = separate_conflicts(layout.problem)
    several, one = ("several", "one") if enough else ("several_perhaps_more", "one_perhaps_more")
    said = say(
        f"planning.impossible.{several if len(found) > 1 else one}", count=sum(map(len, found)), conflicts=len(found)
    )
    if len(found) < 2:
        return said, tuple(sentence for conflict in found for sentence in _told(layout, conflict))
    return said, tuple(
        say("planning.impossible.numbered", number=str(number), demand=sentence)
        for number, conflict in enumerate(found, start=1)
        for sentence in _told(layout, conflict)
    )


def _told(layout: Layout, conflict: tuple[Demand, ...]) -> tuple[Sentence, ...]:
    """Return a conflict in words, with what bars each person who must get a place from packages not named as full.

    A forbidden pair that nobody pinned is no edge of the problem, so no search over demands can name it.
    """
    people = {demand.index for demand in conflict if demand.kind == "person"}
    rows = [row for row in layout.draft.least if int(layout.seats.person_of[row]) in people]
    full = {int(layout.seats.package_order[d.index]) for d in conflict if d.kind == "places"}
    pairs = ((row, int(layout.what[n])) for row in rows for n in layout.of_candidate(row))
    held = (layout.draft.barred.get(pair) for pair in pairs if pair[1] not in full)
    short = (s for demand in conflict if demand.kind == "row" for s in _too_few(layout, demand.index))
    said = (*(_in_words(layout, demand) for demand in conflict), *short, *(s for s in held if s is not None))
    return tuple(dict.fromkeys(said))


def _too_few(layout: Layout, number: int) -> Iterator[Sentence]:
    """Yield how many people fit a team that cannot be opened, and how many are missing."""
    row = layout.problem.rows[number]
    allowed = np.setdiff1d(row.edges, layout.problem.forbidden)
    if row.or_nothing and row.low is not None and len(allowed) < row.low:
        team = {"package": dict(layout.sentences[number].values)["package"], "least": row.low}
        yield say("teams.too_few", count=len(allowed), missing=row.low - len(allowed), **team)


def _in_words(layout: Layout, demand: Demand) -> Sentence:
    draft, at = layout.draft, demand.index
    people, work = draft.pool.candidates.ids, draft.pool.packages.ids
    match demand.kind:
        case "pin":
            return draft.pins[int(layout.candidate[at]), int(layout.package[at])]
        case "forbidden":
            return draft.barred[int(layout.candidate[at]), int(layout.package[at])]
        case "row":
            return layout.sentences[at]
        case "person" | "max_places":
            row = int(np.flatnonzero(layout.seats.person_of == at)[0])
            if demand.kind == "person":
                return next(s for c, s in draft.least.items() if int(layout.seats.person_of[c]) == at)
            return say("planning.demand.max_places", candidate=people[row], places=int(layout.problem.max_places[at]))
        case "places":
            name = work[int(layout.seats.package_order[at])]
            return say("planning.demand.places", package=name, places=int(layout.problem.places[at]))
        case "budget":
            name = work[int(layout.seats.package_order[at])]
            return say("planning.demand.budget", package=name, hours=int(layout.problem.budgets[at]))
        case "exclusive":
            pair = [work[int(layout.seats.package_order[p])] for p in layout.problem.exclusive[at]]
            return say("planning.demand.exclusive", package=pair[0], other=pair[1])


def loosened(layout: Layout) -> Iterator[Problem]:
    """Yield questions that keep ever less: first pins and demands for people become the first goal, then rows too."""
    problem = layout.problem
    wanted = np.zeros(len(problem.edges), np.int64)
    wanted[problem.pins] = 1
    wanted[problem.least_places[problem.edges.candidate] > 0] = 1
    first = Stage(name="demands", weights=wanted)
    kept = np.flatnonzero(layout.fixed_for_good)
    softer = replace(
        problem,
        pins=np.intersect1d(problem.pins, kept),
        least_places=np.zeros_like(problem.least_places),
        stages=(first, *problem.stages),
    )
    yield softer
    rows = tuple(_priced(r, kept) for r in problem.rows)
    yield replace(softer, rows=rows)
    yield replace(softer, rows=rows, exclusive=np.zeros((0, 2), np.int32), max_places=_room(problem))


def _priced(row: SideRow, kept: Int64Array) -> SideRow:
    """Return a hard row at a high price; that of a team without accepted people stays as it is: nobody goes there."""
    if row.price is not None or (row.or_nothing and not len(np.intersect1d(row.edges, kept))):
        return row
    return replace(row, price=_ROW_PRICE, or_nothing=False, seldom=False)


def _room(problem: Problem) -> Int64Array:
    """Return ceilings that leave room for what was accepted twice."""
    pinned = np.bincount(problem.edges.candidate[problem.pins], minlength=problem.candidates)
    return np.maximum(problem.max_places, pinned).astype(np.int64)


def dropped(layout: Layout, chosen: Int64Array) -> list[Sentence]:
    """Return the pins and demands for people that a plan leaves out, in words."""
    taken, draft = set(chosen.tolist()), layout.draft
    pins = [e for e in layout.problem.pins.tolist() if e not in taken]
    found = [draft.pins[int(layout.candidate[e]), int(layout.package[e])] for e in pins]
    placed = {int(layout.edges.candidate[e]) for e in taken}
    return found + [s for c, s in draft.least.items() if int(layout.seats.person_of[c]) not in placed]
