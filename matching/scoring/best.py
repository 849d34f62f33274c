"""What comes out of all pairs: the best k of every package and of every candidate, or every possible pair."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Totals = NDArray[np.int32]
Places = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Best:
    """The best of every package and of every candidate, best first; -1 where there are fewer.

    `candidates` holds candidate rows, shape (packages, k), with `candidate_totals`; `packages` holds package rows,
    shape (candidates, k), with `package_totals`.
    """

    candidates: NDArray[np.int32]
    candidate_totals: Totals
    packages: NDArray[np.int32]
    package_totals: Totals

    def edges(self) -> Edges:
        """Return every pair that is among the best of its package or of its candidate, each once."""
        package = np.concatenate([_line_of(self.candidates), self.packages.ravel()]).astype(np.int64)
        candidate = np.concatenate([self.candidates.ravel(), _line_of(self.packages)]).astype(np.int64)
        total = np.concatenate([self.candidate_totals.ravel(), self.package_totals.ravel()])
        there = np.flatnonzero((package >= 0) & (candidate >= 0))
        _, once = np.unique(package[there] << 32 | candidate[there], return_index=True)
        return _sorted_edges(package[there][once], candidate[there][once], total[there][once].astype(np.int64))


def _line_of(table: NDArray[np.int32]) -> NDArray[np.int64]:
    return np.repeat(np.arange(len(table)), table.shape[1])


@dataclass(frozen=True, eq=False)
class Edges:
    """Pairs with their neutral totals, by package and then by candidate; each array has shape (pairs,)."""

    package: NDArray[np.int32]
    candidate: NDArray[np.int32]
    total: Totals

    def __len__(self) -> int:
        return len(self.total)


def edges_of_blocks(blocks: Iterable[tuple[NDArray[np.intp], int, Totals]]) -> Edges:
    """Return every possible pair of blocks of totals: package rows, the first person, and shape (rows, people)."""
    packages, candidates, totals = [], [], []
    for rows, first, block in blocks:
        at, person = np.nonzero(block >= 0)
        packages.append(rows[at])
        candidates.append(person + first)
        totals.append(block[at, person])
    return _sorted_edges(_joined(packages), _joined(candidates), _joined(totals))


def _joined(parts: list[NDArray[np.int64]] | list[NDArray[np.intp]] | list[Totals]) -> NDArray[np.int64]:
    return np.concatenate([*parts, np.zeros(0, dtype=np.int64)]).astype(np.int64)


def _sorted_edges(package: Places, candidate: Places, total: Places) -> Edges:
    order = np.lexsort((candidate, package))
    return Edges(*(part[order].astype(np.int32) for part in (package, candidate, total)))
