"""The numbers behind a catalogue: which labels come near a text, by shared roots, shared letters and shared entries.

Candidates are blocked with tf-idf (roots, and runs of 2 to 4 letters) and compared letter by letter only inside the
block. An entry is also one text made of all its labels, and words that name the same entries elsewhere in the
catalogue (reiniging, schoonmaak) count for each other: that finds synonyms that one label lacks.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from matching.lookup.dutch import Title

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix
    from sklearn.feature_extraction.text import TfidfVectorizer

BATCH = 128
"""Texts compared at once; bounds the memory at BATCH x labels floats."""
BLOCK_LABELS = 24
BLOCK_ENTRIES = 12
HEAD_WEIGHT = 0.7
"""What the person is there (adviseur, monteur) weighs less than what the work is about."""
RELATED_LEAST = 0.25
RELATED_TIMES = 2
"""Weaker or rarer ties between words are chance."""
LABEL_ROOTS, LABEL_LETTERS, LABEL_SPELLING, COVERED = 0.35, 0.10, 0.15, 0.40
"""Shares of the score: the best label (roots, letters, spelling), and what the entry covers. They add up to 1."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One entry that comes near a text: its position, its best label's position, and the score from 0 to 100."""

    entry: int
    label: int
    score: float


@dataclass(frozen=True)
class NearIndex:
    """All labels of a catalogue, taken apart, with the position of the entry that each label belongs to."""

    titles: tuple[Title, ...]
    owners: NDArray[np.int32]

    @cached_property
    def _root_position(self) -> dict[str, int]:
        return {root: at for at, root in enumerate(sorted({root for title in self.titles for root in title.roots}))}

    @cached_property
    def _labels_of(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return label positions sorted by entry, and where each entry begins in them."""
        order = np.argsort(self.owners, kind="stable")
        starts = np.searchsorted(self.owners[order], np.arange(int(self.owners.max()) + 2))
        return order, starts

    @cached_property
    def _letters(self) -> TfidfVectorizer:
        from sklearn.feature_extraction.text import TfidfVectorizer

        vectorizer = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4), sublinear_tf=True, dtype=np.float32)
        return vectorizer.fit(_spelled(self.titles))

    @cached_property
    def _label_letters(self) -> csr_matrix:
        return self._letters.transform(_spelled(self.titles)).T.tocsr()

    @cached_property
    def _root_weight(self) -> NDArray[np.float32]:
        """Return the weight of every root: rare ones tell more, heads tell less."""
        counts = self._counts(self.titles)
        often = np.asarray((counts > 0).sum(axis=0)).ravel()
        weight = np.log((1 + len(self.titles)) / (1 + often)) + 1
        heads = {root for title in self.titles for root in title.heads}
        weight[[self._root_position[root] for root in heads]] *= HEAD_WEIGHT
        return weight.astype(np.float32)

    @cached_property
    def _label_roots(self) -> csr_matrix:
        return _unit(self._weighted(self._counts(self.titles))).T.tocsr()

    @cached_property
    def _entry_counts(self) -> csr_matrix:
        """Return, per entry, which roots its labels hold (1 or 0)."""
        from scipy.sparse import csr_matrix

        shape = (int(self.owners.max()) + 1, len(self.titles))
        ones = np.ones(len(self.titles), dtype=np.float32)
        owned = csr_matrix((ones, (self.owners, np.arange(len(self.titles)))), shape=shape) @ self._counts(self.titles)
        return (owned > 0).astype(np.float32)

    @cached_property
    def _entry_roots(self) -> csr_matrix:
        return _unit(self._weighted(self._entry_counts)).T.tocsr()

    @cached_property
    def _related(self) -> csr_matrix:
        """Return how far two roots name the same entries without standing in one label: roots x roots, 0 to 1."""
        from scipy.sparse import diags

        entries, labels = self._entry_counts, (self._counts(self.titles) > 0).astype(np.float32)
        together = (entries.T @ entries - labels.T @ labels).tocsr()
        together.setdiag(0)
        together.data[together.data < RELATED_TIMES] = 0
        scale = diags(1 / np.sqrt(np.maximum(np.asarray(entries.sum(axis=0)).ravel(), 1)))
        ties = (scale @ together @ scale).tocsr()
        ties.data = np.where(ties.data < RELATED_LEAST, 0, np.sqrt(ties.data))
        ties.eliminate_zeros()
        return ties.astype(np.float32)

    def _counts(self, titles: Sequence[Title]) -> csr_matrix:
        from scipy.sparse import csr_matrix

        at = [
            (row, self._root_position[r]) for row, t in enumerate(titles) for r in t.roots if r in self._root_position
        ]
        rows, columns = np.array(at, dtype=np.int64).reshape(-1, 2).T
        shape = (len(titles), len(self._root_position))
        return csr_matrix((np.ones(len(at), dtype=np.float32), (rows, columns)), shape=shape)

    def _weighted(self, counts: csr_matrix) -> csr_matrix:
        return counts.multiply(self._root_weight[None, :]).tocsr()

    def near(self, titles: Sequence[Title]) -> Iterator[list[Candidate]]:
        """Yield, for every text, the entries that come near it, best first; ties in the order of the entries."""
        for start in range(0, len(titles), BATCH):
            yield from self._batch(titles[start : start + BATCH])

    def _batch(self, titles: Sequence[Title]) -> Iterator[list[Candidate]]:
        counts = self._counts(titles)
        wider = _unit(self._weighted(counts + counts @ self._related))
        by_roots = (wider @ self._label_roots).toarray()
        by_letters = (self._letters.transform(_spelled(titles)) @ self._label_letters).toarray()
        by_label = LABEL_ROOTS * by_roots + LABEL_LETTERS * by_letters
        for title, labels, entries in zip(titles, by_label, (wider @ self._entry_roots).toarray(), strict=True):
            yield self._ranked(title, labels, entries)

    def _ranked(self, title: Title, by_label: NDArray[np.float32], by_entry: NDArray[np.float32]) -> list[Candidate]:
        """Return the entries of one text's block with their scores; texts and labels of other polarity never meet."""
        comparable = by_label * (self._negated == title.negated)
        near = np.union1d(self.owners[_largest(comparable, BLOCK_LABELS)], _largest(by_entry, BLOCK_ENTRIES))
        order, starts = self._labels_of
        covered = np.zeros(len(starts), dtype=np.float32)
        covered[near] = self._covered(title, near)
        block = np.concatenate([order[starts[entry] : starts[entry + 1]] for entry in near] or [order[:0]])
        block = block[self._negated[block] == title.negated]
        score = by_label[block] + COVERED * covered[self.owners[block]]
        score += LABEL_SPELLING * self._spelling(title, block)
        return self._best_labels(block, np.round(100 * score.astype(np.float64), 1))

    def _covered(self, title: Title, entries: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return which share of the text each entry covers, 0 to 1; a root counts once, by itself or a related one."""
        at = [self._root_position[root] for root in dict.fromkeys(title.roots) if root in self._root_position]
        strange = sum(root not in self._root_position for root in dict.fromkeys(title.roots))
        held = self._entry_counts[entries].toarray()
        found, ties = np.zeros(len(entries), dtype=np.float32), self._related
        for root in at:
            row = slice(ties.indptr[root], ties.indptr[root + 1])
            related = (held[:, ties.indices[row]] * ties.data[row]).max(axis=1, initial=0)
            found += self._root_weight[root] * np.maximum(held[:, root], related)
        every = self._root_weight[at].sum() + strange * self._root_weight.max()
        return found / max(float(every), 1e-9)

    def _best_labels(self, block: NDArray[np.int64], score: NDArray[np.float64]) -> list[Candidate]:
        best: dict[int, Candidate] = {}
        for at in np.lexsort((block, -score)):
            entry, label = int(self.owners[block[at]]), int(block[at])
            best.setdefault(entry, Candidate(entry, label, float(score[at])))
        return sorted(best.values(), key=lambda candidate: (-candidate.score, candidate.entry))

    def _spelling(self, title: Title, block: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return how alike the text and each label of its block are letter by letter, 0 to 1.

        The better of two comparisons: the parts in alphabetical order, and the letters as they were written.
        """
        from rapidfuzz import fuzz, process

        ways = ((_in_order(title), self._sorted), (title.letters, self._letters_of))
        alike: NDArray[np.float32] = np.array(
            [
                process.cdist([text], [of[at] for at in block], scorer=fuzz.ratio, dtype=np.float32)[0]
                for text, of in ways
            ]
        )
        return alike.max(axis=0) / np.float32(100)

    @cached_property
    def _letters_of(self) -> tuple[str, ...]:
        return tuple(title.letters for title in self.titles)

    @cached_property
    def _negated(self) -> NDArray[np.bool_]:
        return np.array([title.negated for title in self.titles])

    @cached_property
    def _sorted(self) -> tuple[str, ...]:
        return tuple(_in_order(title) for title in self.titles)


def _spelled(titles: Sequence[Title]) -> list[str]:
    return [title.letters for title in titles]


def _in_order(title: Title) -> str:
    return " ".join(sorted(title.spelled))


def _unit(matrix: csr_matrix) -> csr_matrix:
    from sklearn.preprocessing import normalize

    return normalize(matrix)


def _largest(values: NDArray[np.float32], count: int) -> NDArray[np.int64]:
    """Return the positions of the largest values above 0, at most `count` and all that equal the last of them."""
    if count < len(values):
        least = np.partition(values, len(values) - count)[len(values) - count]
        return np.flatnonzero((values >= least) & (values > 0))[: 4 * count]
    return np.flatnonzero(values > 0)
