"""What the plan needs to know of the scores, and nothing more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Protocol, runtime_checkable

import numpy as np
import numpy.typing as npt

from matching.domain.judging import Outcome
from matching.domain.pool import Pool

__all__ = [
    "ALL_PAIRS",
    "Block",
    "Scored",
    "ScoredEdges",
    "ScoredFit",
    "Triple",
    "all_edges",
    "best_edges",
    "blocks",
    "package_block",
]

ALL_PAIRS = 2_000_000
"""Up to this many pairs a plan looks at all of them at once; beyond, at the best and then at what prices point to."""

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

    def to_judge(self, candidates: npt.NDArray[np.int64], packages: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
        """Return for pairs of rows whether a person must judge something first (or a rule excludes)."""
        ...


class ScoredTile(Protocol):
    """The totals of some package rows for a run of people."""

    @property
    def rows(self) -> npt.NDArray[np.intp]:
        """Return the package rows."""
        ...

    @property
    def run(self) -> slice:
        """Return the candidate rows."""
        ...

    @property
    def people(self) -> npt.NDArray[np.int32]:
        """Return the totals, shape (rows, people of the run), -1 where a known conflict excludes."""
        ...


@runtime_checkable
class Tiled(Protocol):
    """Scores that can be walked through in blocks of one memory."""

    def tiles(self) -> Iterator[ScoredTile]:
        """Yield all pairs in blocks, each pair once; a block is gone when the next one comes."""
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


Block = tuple[npt.NDArray[np.int64], int, npt.NDArray[np.int32]]
"""Package rows, the first candidate row, and totals of shape (those rows, candidates from there on)."""

_BLOCK = 256
"""Packages per block where the scores do not cut blocks themselves: 20,000 candidates give 20 MB."""


def blocks(scores: Scored) -> Iterator[Block]:
    """Yield all pairs of a pool in blocks, each pair once; use a block before taking the next."""
    if isinstance(scores, Tiled):
        for tile in scores.tiles():
            yield tile.rows.astype(np.int64), int(tile.run.start), tile.people
        return
    work = len(scores.pool.packages)
    for start in range(0, work, _BLOCK):
        stop = min(start + _BLOCK, work)
        yield np.arange(start, stop, dtype=np.int64), 0, scores.block(start, stop)


def package_block(scores: Scored, package: int) -> Block:
    """Return the block of one package row for everybody."""
    return np.array([package], np.int64), 0, scores.block(package, package + 1)
