"""What the plan needs to know of the scores, and nothing more."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from matching.domain.judging import Outcome
from matching.domain.pool import Pool

__all__ = ["Scored", "ScoredEdges", "ScoredFit", "Triple", "all_edges", "best_edges"]


Whole = npt.NDArray[np.integer[Any]]
"""Whole numbers of any width."""


class ScoredEdges(Protocol):
    """Pairs with their neutral totals, three arrays of one length."""

    @property
    def candidate(self) -> Whole:
        """Return the row of each candidate in the pool."""
        ...

    @property
    def package(self) -> Whole:
        """Return the row of each package in the pool."""
        ...

    @property
    def total(self) -> Whole:
        """Return the points of each pair, 0..1,000,000."""
        ...


class ScoredFit(Protocol):
    """One pair with its points, band and outcome."""

    @property
    def total(self) -> int:
        """Return the neutral total."""
        ...

    @property
    def outcome(self) -> Outcome:
        """Return whether it fits, is to be judged, or conflicts."""
        ...

    @property
    def band(self) -> object:
        """Return the band; its text is its key."""
        ...


class Scored(Protocol):
    """Scores of a pool; `matching.score` makes them."""

    @property
    def pool(self) -> Pool:
        """Return the pool that was scored."""
        ...

    def block(self, start: int, stop: int) -> npt.NDArray[np.int32]:
        """Return totals of these package rows for everybody, -1 where a known conflict excludes."""
        ...

    def edges(self, best: int | None = None) -> ScoredEdges:
        """Return all possible pairs, or the best of every package and every candidate."""
        ...

    def fits(self, pairs: Iterable[tuple[str, str]]) -> Sequence[ScoredFit]:
        """Return the fit of each pair of candidate id and package id."""
        ...


Triple = tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.int64]]


def all_edges(scores: Scored) -> Triple:
    """Return candidate rows, package rows and points of every possible pair."""
    return _triple(scores.edges())


def best_edges(scores: Scored, best: int) -> Triple:
    """Return the same for the best of every package and every candidate."""
    return _triple(scores.edges(best=best))


def _triple(edges: ScoredEdges) -> Triple:
    return (edges.candidate.astype(np.int64), edges.package.astype(np.int64), edges.total.astype(np.int64))
