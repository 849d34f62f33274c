"""People who do not want to be in one team: a row for each two of them at each package that both could get."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from matching.planning.draft import Draft
from matching.planning.problem import Int64Array, SideRow
from matching.text import Sentence, say

__all__ = ["apart_pairs", "apart_rows"]

Pair = tuple[int, int]


def apart_pairs(draft: Draft) -> list[Pair]:
    """Return the candidate rows of each two people of whom one does not want to be in a team with the other.

    The lower row comes first. Nobody is kept apart from herself, also not under another id; an unknown wish and a code
    that is not in the pool keep nobody apart.
    """
    column, at = draft.pool.candidates.column("not_together_with"), draft.pool.candidates.positions
    named = [[at[code] for code in sorted(value or ()) if code in at] for value in column.values]
    some = np.flatnonzero(np.array([bool(rows) for rows in named], np.bool_)[column.codes]).tolist()
    found = {(min(row, other), max(row, other)) for row in some for other in named[column.codes[row]]}
    return sorted((one, other) for one, other in found if draft.person[one] != draft.person[other])


def apart_rows(
    draft: Draft, candidate: Int64Array, package: Int64Array, pinned: Collection[Pair]
) -> tuple[tuple[SideRow, Sentence], ...]:
    """Return a row and its sentence for each two people and each shared package that both have a pair with.

    candidate, package [edges] are rows of the pool. Two people who are both pinned there were put together by a person.
    """
    if not draft.apart or not draft.shared:
        return ()
    of_person = _edges_of(draft, candidate, package)
    people, work = draft.pool.candidates.ids, draft.pool.packages.ids
    found: list[tuple[SideRow, Sentence]] = []
    for one, other in draft.apart:
        mine, theirs = (of_person.get(int(draft.person[row]), {}) for row in (one, other))
        for place in sorted(mine.keys() & theirs.keys()):
            both = (mine[place], theirs[place])
            if all((int(candidate[edge]), place) in pinned for edge in both):
                continue
            side = SideRow(key=0, edges=np.array(both), weights=np.ones(2, np.int64), high=1, seldom=True)
            said = say("teams.apart_at", candidate=people[one], other=people[other], package=work[place])
            found.append((side, said))
    return tuple(found)


def _edges_of(draft: Draft, candidate: Int64Array, package: Int64Array) -> dict[int, dict[int, int]]:
    """Return, for each person who is kept apart from somebody, the edge at each shared package."""
    wanted = draft.person[sorted({row for pair in draft.apart for row in pair})]
    mine = np.flatnonzero(np.isin(draft.person[candidate], wanted) & np.isin(package, draft.shared))
    found: dict[int, dict[int, int]] = {}
    for edge in mine.tolist():
        found.setdefault(int(draft.person[candidate[edge]]), {})[int(package[edge])] = edge
    return found
