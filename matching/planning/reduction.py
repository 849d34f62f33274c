"""The same question without the limits that cannot bind, so that more problems are seen to be a network."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from matching.planning.problem import NO_BUDGET, Int64Array, Problem, SideRow

__all__ = ["narrowed", "shut", "simplified"]


def simplified(problem: Problem) -> Problem:
    """Return a problem with exactly the same plans: edges keep their positions, idle limits are gone.

    A pair with more hours than its budget is forbidden; a budget that the dearest allowed filling cannot reach is
    dropped; one with equal hours for everybody becomes places; exclusive pairs go when nobody could get both.
    """
    forbidden = np.union1d(problem.forbidden, _too_long(problem)).astype(np.int64)
    places, budgets = _places_and_budgets(replace(problem, forbidden=forbidden))
    return replace(
        problem, forbidden=forbidden, places=places, budgets=budgets, exclusive=_binding_pairs(problem, forbidden)
    )


def shut(problem: Problem) -> Problem:
    """Return a problem with exactly the same plans: who could only fill a row in part is forbidden there.

    A row that may be empty and that all allowed pairs and places together cannot bring to its floor stays empty; one
    with a pin cannot be empty. Of two people who do not go together, one who is pinned leaves the other no place there.
    """
    gone, rows = [problem.forbidden], tuple(_begun(problem, row) for row in problem.rows)
    for row in (row for row in rows if row.or_nothing):
        allowed = ~np.isin(row.edges, problem.forbidden)
        most = int(row.weights[allowed].sum())
        if int(row.weights.max(initial=0)) == 1:
            most = min(most, int(problem.places[np.unique(problem.edges.package[row.edges])].sum()))
        if most < (row.low or 0):
            gone.append(row.edges[row.weights > 0])
    gone += [other for row in rows for other in _beside_pin(problem, row)]
    return replace(problem, forbidden=np.concatenate(gone), rows=rows)


def _beside_pin(problem: Problem, row: SideRow) -> list[Int64Array]:
    """Return, for a row that lets one of two edges be chosen and has a pin, the other edge."""
    if (
        row.price is not None
        or row.or_nothing
        or row.high != 1
        or len(row.edges) != 2
        or bool((row.weights != 1).any())
    ):
        return []
    pinned = np.isin(row.edges, problem.pins)
    return [row.edges[~pinned]] if int(pinned.sum()) == 1 else []


def _begun(problem: Problem, row: SideRow) -> SideRow:
    pinned = row.or_nothing and bool(np.isin(row.edges[row.weights > 0], problem.pins).any())
    return replace(row, or_nothing=False) if pinned else row


def narrowed(problem: Problem, keep: np.typing.NDArray[np.bool_]) -> tuple[Problem, Int64Array]:
    """Return the problem over only these edges (pins always stay), and the position each of them had."""
    stays = keep.copy()
    stays[problem.forbidden] = False
    stays[problem.pins] = True
    positions = np.flatnonzero(stays).astype(np.int64)
    place = np.full(len(problem.edges), -1, np.int64)
    place[positions] = np.arange(len(positions))
    part = replace(
        problem,
        edges=problem.edges.only(positions),
        hours=problem.hours[positions],
        pins=place[problem.pins],
        forbidden=place[np.intersect1d(problem.forbidden, positions)],
        rows=tuple(_narrow_row(row, place) for row in problem.rows),
        stages=tuple(replace(stage, weights=stage.weights[positions]) for stage in problem.stages),
    )
    return part, positions


def _narrow_row(row: SideRow, place: Int64Array) -> SideRow:
    there = place[row.edges] >= 0
    return replace(row, edges=place[row.edges[there]], weights=row.weights[there])


def _too_long(problem: Problem) -> Int64Array:
    budgets = problem.budgets[problem.edges.package]
    return np.flatnonzero((budgets != NO_BUDGET) & (problem.hours > budgets)).astype(np.int64)


def _places_and_budgets(problem: Problem) -> tuple[Int64Array, Int64Array]:
    places, budgets = problem.places.copy(), problem.budgets.copy()
    usable = np.ones(len(problem.edges), np.bool_)
    usable[problem.forbidden] = False
    for package in np.flatnonzero(budgets != NO_BUDGET).tolist():
        hours = np.sort(problem.hours[usable & (problem.edges.package == package)])[::-1]
        if int(hours[: places[package]].sum()) <= budgets[package]:
            budgets[package] = NO_BUDGET
        elif len(hours) and hours[0] == hours[-1]:
            places[package] = min(int(places[package]), int(budgets[package] // hours[0]))
            budgets[package] = NO_BUDGET
    return places, budgets


def _binding_pairs(problem: Problem, forbidden: Int64Array) -> np.typing.NDArray[np.int32]:
    usable = np.ones(len(problem.edges), np.bool_)
    usable[forbidden] = False
    may_have_two = usable & (problem.max_places[problem.edges.candidate] > 1)
    people: dict[int, set[int]] = {}
    for edge in np.flatnonzero(may_have_two).tolist() if len(problem.exclusive) else ():
        people.setdefault(int(problem.edges.package[edge]), set()).add(int(problem.edges.candidate[edge]))
    pairs = {(min(a, b), max(a, b)) for a, b in problem.exclusive.tolist() if a != b}
    binding = sorted((a, b) for a, b in pairs if people.get(a, set()) & people.get(b, set()))
    return np.array(binding, np.int32).reshape(-1, 2)
