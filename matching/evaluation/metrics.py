"""Figures about lists: who is reachable, how alike two lists are, and how much hangs on unknowns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching.advice.questions import tallied
from matching.scoring.scores import Scores


@dataclass(frozen=True, kw_only=True)
class Reachability:
    """How many people stand on at least one list: of any length, and among the first `size`."""

    people: int
    on_any_list: int
    on_a_short_list: int
    size: int


def reachability(scores: Scores, size: int = 10) -> Reachability:
    """Return how many people are on a list at all, and among the first `size` of some package."""
    best = scores.best(size)
    return Reachability(
        people=len(scores.pool.candidates),
        on_any_list=int(np.count_nonzero(best.packages[:, 0] >= 0)),
        on_a_short_list=len(np.unique(best.candidates[best.candidates >= 0])),
        size=size,
    )


def overlap_at(one: Sequence[str], other: Sequence[str], k: int) -> float:
    """Return the share of the first k of one list that are among the first k of the other, 0..1; k counts at most.

    Two empty lists are alike.
    """
    first, second = set(one[:k]), set(other[:k])
    return len(first & second) / max(len(first), len(second)) if first or second else 1.0


def hanging_on_unknowns(scores: Scores, size: int = 10) -> float:
    """Return the share 0..1 of the list places that one missing answer could take away."""
    counted = tallied(scores, size=size, about="candidate")[1]
    return sum(loose for loose, _ in counted) / max(1, sum(places for _, places in counted))


def top_rows(totals: NDArray[np.int32], k: int) -> list[list[int]]:
    """Return the rows of the k highest totals of each package, from totals (packages, people); -1 is left out."""
    order = np.argsort(-totals, axis=1, kind="stable")[:, :k]
    return [[int(row) for row in line if totals[at, row] >= 0] for at, line in enumerate(order)]


def interval(values: Iterable[float]) -> tuple[float, float, float]:
    """Return the mean of independent runs with the 95 % interval (Student's t)."""
    from scipy.stats import t

    found = np.array(list(values), dtype=np.float64)
    mean = float(found.mean())
    if len(found) < 2:
        return mean, mean, mean
    half = float(t.ppf(0.975, len(found) - 1)) * float(found.std(ddof=1)) / len(found) ** 0.5
    return mean, mean - half, mean + half
