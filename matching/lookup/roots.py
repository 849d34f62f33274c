"""What the words of a catalogue weigh, and which of them name the same entries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from matching.lookup.dutch import Title

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

HEAD_WEIGHT = 0.7
"""What the person is there (adviseur, monteur) weighs less than what the work is about."""
RELATED_LEAST = 0.25
RELATED_TIMES = 2
"""Weaker or rarer ties between words are chance."""


@dataclass(frozen=True, eq=False)
class Roots:
    """The roots of all labels of a catalogue, with the position of the entry that each label belongs to."""

    titles: tuple[Title, ...]
    owners: NDArray[np.int32]

    @cached_property
    def position(self) -> dict[str, int]:
        """The column of every root, in alphabetical order."""
        return {root: at for at, root in enumerate(sorted({root for title in self.titles for root in title.roots}))}

    @cached_property
    def weight(self) -> NDArray[np.float32]:
        """The weight of every root: rare ones tell more, heads tell less."""
        often = np.asarray((self._label_counts > 0).sum(axis=0)).ravel()
        weight = np.log((1 + len(self.titles)) / (1 + often)) + 1
        heads = {root for title in self.titles for root in title.heads}
        weight[[self.position[root] for root in heads]] *= HEAD_WEIGHT
        return weight.astype(np.float32)

    @cached_property
    def by_label(self) -> csr_matrix:
        """Roots x labels, weighted, each label of length 1."""
        return self._unit(self._label_counts).T.tocsr()

    @cached_property
    def by_entry(self) -> csr_matrix:
        """Roots x entries, weighted, each entry of length 1."""
        return self._unit(self._entry_counts).T.tocsr()

    @cached_property
    def related(self) -> csr_matrix:
        """How far two roots name the same entries without standing in one label: roots x roots, 0 to 1."""
        from scipy.sparse import diags

        entries, labels = self._entry_counts, (self._label_counts > 0).astype(np.float32)
        together = (entries.T @ entries - labels.T @ labels).tocsr()
        together = (together - diags(together.diagonal())).tocsr()
        together.data[together.data < RELATED_TIMES] = 0
        scale = diags(1 / np.sqrt(np.maximum(np.asarray(entries.sum(axis=0)).ravel(), 1)))
        ties = (scale @ together @ scale).tocsr()
        ties.data = np.where(ties.data < RELATED_LEAST, 0, np.sqrt(ties.data))
        ties.eliminate_zeros()
        return ties.astype(np.float32)

    def widened(self, titles: Sequence[Title]) -> csr_matrix:
        """Return texts x roots with the related roots added, weighted, each text of length 1."""
        counts = self._counts(titles)
        return self._unit(counts + counts @ self.related)

    def covered(self, title: Title, entries: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return which share of the text each entry covers, 0 to 1; a root counts once, by itself or a related one."""
        distinct = tuple(dict.fromkeys(title.roots))
        known = [self.position[root] for root in distinct if root in self.position]
        held = self._entry_counts[entries].toarray()
        found: NDArray[np.float32] = np.zeros(len(entries), dtype=np.float32)
        for root in known:
            row = slice(self.related.indptr[root], self.related.indptr[root + 1])
            related = (held[:, self.related.indices[row]] * self.related.data[row]).max(axis=1, initial=0)
            found += self.weight[root] * np.maximum(held[:, root], related)
        every = float(self.weight[known].sum() + (len(distinct) - len(known)) * self.weight.max(initial=1))
        return found / np.float32(max(every, 1e-9))

    @cached_property
    def _label_counts(self) -> csr_matrix:
        return self._counts(self.titles)

    @cached_property
    def _entry_counts(self) -> csr_matrix:
        """Return, per entry, which roots its labels hold (1 or 0)."""
        from scipy.sparse import csr_matrix

        shape = (int(self.owners.max()) + 1, len(self.titles))
        ones = np.ones(len(self.titles), dtype=np.float32)
        held = csr_matrix((ones, (self.owners, np.arange(len(self.titles)))), shape=shape) @ self._label_counts
        return (held > 0).astype(np.float32)

    def _counts(self, titles: Sequence[Title]) -> csr_matrix:
        from scipy.sparse import csr_matrix

        at = [(row, self.position[r]) for row, title in enumerate(titles) for r in title.roots if r in self.position]
        rows, columns = np.array(at, dtype=np.int64).reshape(-1, 2).T
        shape = (len(titles), len(self.position))
        return csr_matrix((np.ones(len(at), dtype=np.float32), (rows, columns)), shape=shape)

    def _unit(self, counts: csr_matrix) -> csr_matrix:
        from sklearn.preprocessing import normalize

        return normalize(counts.multiply(self.weight[None, :]).tocsr())
