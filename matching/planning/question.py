"""The tables of the seam as one problem: ids in the order of the lot, so that row order can play no part."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from matching.planning.lot import draws, keys, order
from matching.planning.problem import NO_BUDGET, Edges, Int64Array, Problem, Stage, standard_stages
from matching.planning.seam import LARGEST, Table, refuse_all
from matching.text import say

__all__ = ["Question", "ask"]

_NAMED = 5
"""How many ids a note names."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Question:
    """A problem and the ids behind its indices; `lot` is the stage that settles ties."""

    problem: Problem
    candidate_ids: tuple[str, ...]
    package_ids: tuple[str, ...]
    lot: Stage


def ask(
    pairs: Table,
    packages: Table | None,
    candidates: Table | None,
    exclusive: Table | None,
    *,
    count_first: bool = True,
    place_all: bool = False,
    seed: int = 0,
) -> Question:
    """Return the question that the tables ask. Raises InputRefused with every problem of every table."""
    tables = [table for table in (pairs, packages, candidates, exclusive) if table is not None]
    refuse_all(tables)
    who, what = pairs.ids("candidate_id"), pairs.ids("work_package_id")
    listed, people = _ids(packages, "work_package_id"), _ids(candidates, "candidate_id")
    package_ids, candidate_ids = _drawn([*what, *listed], seed, "package"), _drawn([*who, *people], seed, "candidate")
    _note_unlisted({"packages": (packages, what, listed), "candidates": (candidates, who, people)})
    at_c, at_p = _positions(candidate_ids), _positions(package_ids)
    c, p = np.array([at_c[i] for i in who], np.int64), np.array([at_p[i] for i in what], np.int64)
    places, budgets = _of_packages(packages, listed, at_p)
    most = _of_candidates(candidates, people, at_c)
    score = np.array(pairs.whole("score", low=-LARGEST, default=None), np.int64)
    hours = _hours(pairs, what, at_p, budgets)
    kept = np.flatnonzero(_allowed(pairs))
    barred = _exclusive(exclusive, at_p)
    _refuse_doubles(pairs, who, what, c * max(len(at_p), 1) + p)
    refuse_all(tables)
    kept = kept[np.lexsort((p[kept], c[kept]))]
    edges = Edges.ordered(c[kept], p[kept], score[kept])
    problem = Problem(
        edges=edges,
        places=np.minimum(places, len(candidate_ids)),
        max_places=np.minimum(most, len(package_ids)),
        least_places=np.full(len(candidate_ids), int(place_all)),
        hours=np.array(hours, np.int64)[kept],
        budgets=budgets,
        exclusive=barred,
        stages=standard_stages(edges.points, count_first=count_first),
    )
    lot = _lot(edges, seed, at_c, at_p)
    return Question(problem=problem, candidate_ids=candidate_ids, package_ids=package_ids, lot=lot)


def _lot(edges: Edges, seed: int, candidates: dict[str, int], packages: dict[str, int]) -> Stage:
    of_candidate, of_package = keys(tuple(candidates), seed, "candidate"), keys(tuple(packages), seed, "package")
    return Stage(name="lot", weights=draws(of_candidate[edges.candidate], of_package[edges.package]))


def _ids(table: Table | None, column: str) -> list[str]:
    return table.ids(column) if table is not None else []


def _note_unlisted(tables: Mapping[str, tuple[Table | None, list[str], list[str]]]) -> None:
    """Note which ids of the pairs a table leaves out: they get the default, and a slip of the pen looks just so."""
    for name, (table, used, listed) in tables.items():
        absent = sorted(set(used) - set(listed)) if table is not None else []
        if table is not None and absent:
            about = {"table": say(f"planning.table.{name}"), "count": len(absent)}
            table.notes.append(say("planning.seam.unlisted", **about, ids=tuple(absent[:_NAMED])))


def _drawn(ids: Sequence[str], seed: int, side: str) -> tuple[str, ...]:
    distinct = list(dict.fromkeys(ids))
    return tuple(distinct[i] for i in order(distinct, seed, side).tolist())


def _positions(ids: Sequence[str]) -> dict[str, int]:
    return {name: place for place, name in enumerate(ids)}


def _of_packages(table: Table | None, ids: list[str], at: dict[str, int]) -> tuple[Int64Array, Int64Array]:
    """Return places and budgets per package; an unlisted package has one place and no budget."""
    places, budgets = np.ones(len(at), np.int64), np.full(len(at), NO_BUDGET, np.int64)
    if table is None:
        return places, budgets
    _refuse_repeats(table, ids, "work_package_id")
    rows = [at[i] for i in ids]
    places[rows] = table.whole("places", low=0, default=1)
    given = table.columns.get("hours_budget", ())
    known = [row for row, value in enumerate(given) if str(value).strip() not in ("", "nan", "None", "<NA>")]
    hours = table.whole("hours_budget", low=0, default=0)
    for row in known:
        budgets[rows[row]] = hours[row]
    return places, budgets


def _of_candidates(table: Table | None, ids: list[str], at: dict[str, int]) -> Int64Array:
    most = np.ones(len(at), np.int64)
    if table is not None:
        _refuse_repeats(table, ids, "candidate_id")
        most[[at[i] for i in ids]] = table.whole("max_places", low=0, default=1)
    return most


def _refuse_repeats(table: Table, ids: list[str], column: str) -> None:
    first: dict[str, int] = {}
    for row, name in enumerate(ids):
        if first.setdefault(name, row) != row:
            table.refuse("double_id", row, column=column, found=name, first=str(table.lines[first[name]]))


def _refuse_doubles(pairs: Table, who: list[str], what: list[str], codes: Int64Array) -> None:
    if len(np.unique(codes)) == len(codes):
        return
    first: dict[tuple[str, str], int] = {}
    for row, pair in enumerate(zip(who, what, strict=True)):
        if first.setdefault(pair, row) != row:
            pairs.refuse("double_pair", row, candidate=pair[0], package=pair[1], first=str(pairs.lines[first[pair]]))


def _hours(pairs: Table, what: list[str], at: dict[str, int], budgets: Int64Array) -> list[int]:
    """Return the hours per pair; a pair with a budgeted package must have them."""
    hours = pairs.whole("hours", low=0, default=-1)
    budgeted = {name for name, place in at.items() if budgets[place] != NO_BUDGET}
    for row, (name, value) in enumerate(zip(what, hours, strict=True)) if budgeted else ():
        if value < 0 and name in budgeted:
            pairs.refuse("hours_absent", row, package=name)
    return [max(value, 0) for value in hours]


def _allowed(pairs: Table) -> Int64Array:
    allowed = pairs.whole("allowed", low=0, default=1)
    for row, value in enumerate(allowed):
        if value > 1:
            pairs.refuse("not_allowed_value", row, found=str(value))
    return np.array(allowed, np.int64)


def _exclusive(table: Table | None, at: dict[str, int]) -> np.typing.NDArray[np.int32]:
    if table is None:
        return np.zeros((0, 2), np.int32)
    one, other = table.ids("work_package_a"), table.ids("work_package_b")
    found = []
    for row, pair in enumerate(zip(one, other, strict=True)):
        unknown = [name for name in pair if name not in at]
        for name in unknown:
            table.refuse("unknown_package", row, found=name)
        if pair[0] == pair[1]:
            table.refuse("excludes_itself", row, found=pair[0])
        elif not unknown:
            found.append((at[pair[0]], at[pair[1]]))
    return np.array(found, np.int32).reshape(-1, 2)
