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
from matching.lookup.roots import Roots

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix
    from sklearn.feature_extraction.text import TfidfVectorizer

BATCH = 128
"""Texts compared at once; bounds the memory at BATCH x labels floats."""
BLOCK_LABELS = 24
BLOCK_ENTRIES = 12
LABEL_ROOTS, LABEL_LETTERS, LABEL_SPELLING, COVERED = 0.35, 0.10, 0.15, 0.40
"""Shares of the score: the best label (roots, letters, spelling), and what the entry covers. They add up to 1."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One entry that comes near a text: its position, its best label's position, and the score from 0 to 100."""

    entry: int
    label: int
    score: float


@dataclass(frozen=True, eq=False)
class NearIndex:
    """All labels of a catalogue, taken apart, with the position of the entry that each label belongs to."""

    titles: tuple[Title, ...]
    owners: NDArray[np.int32]

    @cached_property
    def _roots(self) -> Roots:
        return Roots(self.titles, self.owners)

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

    def near(self, titles: Sequence[Title]) -> Iterator[list[Candidate]]:
        """Yield, for every text, the entries that come near it, best first; ties in the order of the entries."""
        for start in range(0, len(titles), BATCH):
            yield from self._batch(titles[start : start + BATCH])

    def _batch(self, titles: Sequence[Title]) -> Iterator[list[Candidate]]:
        wider = self._roots.widened(titles)
        by_roots = (wider @ self._roots.by_label).toarray()
        by_letters = (self._letters.transform(_spelled(titles)) @ self._label_letters).toarray()
        by_label = LABEL_ROOTS * by_roots + LABEL_LETTERS * by_letters
        for title, labels, entries in zip(titles, by_label, (wider @ self._roots.by_entry).toarray(), strict=True):
            yield self._ranked(title, labels, entries)

    def _ranked(self, title: Title, by_label: NDArray[np.float32], by_entry: NDArray[np.float32]) -> list[Candidate]:
        """Return the entries of one text's block with their scores; texts and labels of other polarity never meet."""
        comparable = by_label * (self._negated == title.negated)
        near = np.union1d(self.owners[_largest(comparable, BLOCK_LABELS)], _largest(by_entry, BLOCK_ENTRIES))
        order, starts = self._labels_of
        covered = np.zeros(len(starts), dtype=np.float32)
        covered[near] = self._roots.covered(title, near)
        block = np.concatenate([order[starts[entry] : starts[entry + 1]] for entry in near] or [order[:0]])
        block = block[self._negated[block] == title.negated]
        score = by_label[block] + COVERED * covered[self.owners[block]]
        score += LABEL_SPELLING * self._spelling(title, block)
        return self._best_labels(block, np.round(100 * score.astype(np.float64), 1))

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
        best: NDArray[np.float32] = alike.max(axis=0)
        return best / np.float32(100)

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


def _largest(values: NDArray[np.float32], count: int) -> NDArray[np.int64]:
    """Return the positions of the largest values above 0, at most `count` and all that equal the last of them."""
    if count < len(values):
        least = np.partition(values, len(values) - count)[len(values) - count]
        return np.flatnonzero((values >= least) & (values > 0))[: 4 * count]
    return np.flatnonzero(values > 0)
