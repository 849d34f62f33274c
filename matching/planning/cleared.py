"""Scores without the pairs that a person must judge first, for a plan of pairs that nothing stands in the way of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from types import SimpleNamespace

import numpy as np
import numpy.typing as npt

from matching.domain.pool import Pool
from matching.planning.draft import Draft
from matching.planning.problem import Int64Array
from matching.planning.scored import Scored, ScoredEdges, ScoredFit
from matching.text import Sentence, say

__all__ = ["ClearedScores", "OnlyCleared", "cleared"]


_BLOCK = 256
"""Packages that are counted at once."""


@dataclass(frozen=True, slots=True)
class OnlyCleared:
    """Only pairs of which nothing is left to judge: they fit, or a person answered the signals (agreement cleared).

    What is pinned or accepted stays. Off unless somebody asks for it, because it leaves out people who wait for an
    answer of others; the plan then says for which arrangements that is.
    """

    def sentence(self) -> Sentence:
        """Return the limit in words."""
        return say("planning.limit.only_cleared")

    def put(self, draft: Draft) -> None:
        """Note it; the pairs are left out where the scores are read."""
        draft.only_cleared = True


@dataclass(frozen=True, eq=False)
class ClearedScores:
    """The scores of a pool in which a pair that still has to be judged counts as not possible.

    `draft` knows what is pinned, accepted or of an earlier plan; pinned and accepted pairs keep their points.
    """

    scores: Scored
    draft: Draft

    @property
    def pool(self) -> Pool:
        """Return the pool that was scored."""
        return self.scores.pool

    def block(self, start: int, stop: int) -> npt.NDArray[np.int32]:
        """Return totals of these package rows for everybody, -1 also where something is left to judge."""
        totals = self.scores.block(start, stop).copy()
        waiting = np.unpackbits(self._waits[start:stop], axis=1, count=totals.shape[1]).view(np.bool_)
        totals[waiting] = -1
        return totals

    @cached_property
    def _waits(self) -> npt.NDArray[np.uint8]:
        """Return for each package which people wait for a judgement, eight in a byte; every pair is asked once."""
        found = [np.zeros((0, (len(self.pool.candidates) + 7) // 8), np.uint8)]
        for start in range(0, len(self.draft.places), _BLOCK):
            possible = self.scores.block(start, start + _BLOCK) >= 0
            row, who = np.nonzero(possible)
            waiting = self.waiting(who.astype(np.int64), row.astype(np.int64) + start)
            marks = np.zeros(possible.shape, np.bool_)
            marks[row[waiting], who[waiting]] = True
            self.draft.awaiting += np.bincount(who[waiting], minlength=len(self.draft.awaiting))
            self.draft.able[who[~waiting]] = True
            found.append(np.packbits(marks, axis=1))
        return np.concatenate(found)

    def edges(self, best: int | None = None) -> ScoredEdges:
        """Return the pairs with nothing left to judge; the best are chosen among all pairs, so there may be fewer."""
        found = self.scores.edges(best) if best is not None else self.scores.edges()
        who, what = found.candidate.astype(np.int64), found.package.astype(np.int64)
        kept = ~self.waiting(who, what)
        return SimpleNamespace(candidate=who[kept], package=what[kept], total=found.total[kept])

    def tally(self) -> None:
        """Tell the draft how many pairs of each person wait, and who has one that does not; reads every pair once."""
        _ = self._waits

    def fits(self, pairs: Iterable[tuple[str, str]]) -> Sequence[ScoredFit]:
        """Return the fits of pairs."""
        return self.scores.fits(pairs)

    def to_judge(self, candidates: Int64Array, packages: Int64Array) -> npt.NDArray[np.bool_]:
        """Return for pairs of rows whether a person must judge something first (or a rule excludes)."""
        return self.scores.to_judge(candidates, packages)

    def waiting(self, candidate: Int64Array, package: Int64Array) -> npt.NDArray[np.bool_]:
        """Return which of these pairs of rows a person must judge before this plan may have them."""
        judged = np.asarray(self.scores.to_judge(candidate, package), np.bool_)
        at = np.flatnonzero(judged)
        codes = candidate[at] * np.int64(max(len(self.draft.places), 1)) + package[at]
        judged[at[np.isin(codes, self._answered)]] = False
        return judged

    @cached_property
    def _answered(self) -> Int64Array:
        """Return the codes of pairs that are cleared, pinned or accepted."""
        width = max(len(self.draft.places), 1)
        found = {c * width + p for c, p in (*self.draft.pins, *self.draft.accepted)}
        people = self.pool.candidates.positions
        employers = self.pool.packages.column("employer")
        for one in self.pool.agreements:
            if one.kind in ("cleared", "accepted") and one.holds_on(self.pool.as_of) and one.candidate_id in people:
                row = people[one.candidate_id]
                if one.work_package_id is not None:
                    packages = [self.pool.packages.positions.get(one.work_package_id, -1)]
                else:
                    packages = [p for p in range(width) if one.employer in (None, employers[p])]
                found |= {row * width + p for p in packages if p >= 0}
        return np.array(sorted(found), np.int64)


def cleared(scores: Scored, draft: Draft) -> ClearedScores:
    """Return the scores without the pairs that wait, counted in the draft."""
    found = ClearedScores(scores, draft)
    found.tally()
    return found
