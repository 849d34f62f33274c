"""A closed list of titles or skills (id, label; many labels per id) that texts are looked up in.

A text is `found` when it has the words of one entry: the same up to case, accents, order, inflection, compounding
("medewerker schoonmaak" is "schoonmaakmedewerker"), words that say nothing (medewerker, senior, m/v) and one slip
of the pen in a long word. When several entries have those words it is `ambiguous`. Else it is `unknown`, and the
entries that come nearest are offered to a person. "Geen rijbewijs" never meets "rijbewijs".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from matching.errors import InputRefused
from matching.lookup.dutch import Splitter, Title
from matching.lookup.found import Found
from matching.lookup.index import Candidate, NearIndex
from matching.lookup.normal import words
from matching.lookup.spelling import SHORTEST_REPAIR, Spelling
from matching.text import say

MOST_CANDIDATES = 5
SAME_WORDS = 97.0
"""The score of a text with the same words in another form; the same text scores 100."""
MISSPELT = 92.0


@dataclass(frozen=True)
class Catalogue:
    """A closed list: entries by id, each with one or more labels; the first label of an id is the one shown.

    `labels` holds (id, label) in any order; the order changes no answer but which label is shown.
    """

    labels: tuple[tuple[str, str], ...] = field(repr=False)

    @classmethod
    def from_rows(cls, rows: Iterable[Mapping[str, str]]) -> Catalogue:
        """Return a catalogue from table rows with the columns id and label, and optionally alternative_labels (";").

        Rows without an id or label are skipped. Raises InputRefused when nothing is left.
        """
        pairs = [(row.get("id", "").strip(), label.strip()) for row in rows for label in _labels(row)]
        return cls.of(pair for pair in pairs if all(pair))

    @classmethod
    def of(cls, labels: Iterable[tuple[str, str]]) -> Catalogue:
        """Return a catalogue from (id, label) pairs; equal pairs and labels without a word are left out.

        Raises InputRefused when nothing is left.
        """
        distinct = tuple(dict.fromkeys((key, label) for key, label in labels if words(label)))
        if not distinct:
            raise InputRefused(say("lookup.empty_catalogue"))
        return cls(distinct)

    def __len__(self) -> int:
        return len(self.ids)

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """The ids in alphabetical order."""
        return tuple(sorted(self.shown))

    @cached_property
    def shown(self) -> Mapping[str, str]:
        """The label to show for every id: the first one listed."""
        return dict(reversed(self.labels))

    def find(self, texts: Iterable[str]) -> tuple[Found, ...]:
        """Return the answer to every text, in order; each distinct text is compared once.

        Only a text without the words of any entry is compared with the whole index.
        """
        asked = tuple(texts)
        distinct = tuple(dict.fromkeys(asked))
        answers = {text: self._same_words(text) for text in distinct}
        strange = [text for text, answer in answers.items() if answer is None]
        likely = (self._spelling.repaired(text, SHORTEST_REPAIR)[0] for text in strange)
        compared = self._index.near([self._splitter.read(text) for text in likely]) if strange else ()
        near = dict(zip(strange, compared, strict=True))
        return tuple(answers[text] or _unknown(text, self.ids, near[text]) for text in asked)

    @cached_property
    def _sorted(self) -> tuple[tuple[str, str], ...]:
        return tuple(sorted(self.labels))

    @cached_property
    def _splitter(self) -> Splitter:
        return Splitter.of(label for _, label in self.labels)

    @cached_property
    def _spelling(self) -> Spelling:
        return Spelling(self._splitter)

    @cached_property
    def _titles(self) -> tuple[Title, ...]:
        return tuple(self._splitter.read(label) for _, label in self._sorted)

    @cached_property
    def _index(self) -> NearIndex:
        position = {key: at for at, key in enumerate(self.ids)}
        return NearIndex(self._titles, np.array([position[key] for key, _ in self._sorted], dtype=np.int32))

    @cached_property
    def _by_text(self) -> Mapping[tuple[str, ...], tuple[str, ...]]:
        return _grouped((words(label), key) for key, label in self._sorted)

    @cached_property
    def _by_stems(self) -> Mapping[tuple[str, ...], tuple[str, ...]]:
        return _grouped((_same(title), key) for title, (key, _) in zip(self._titles, self._sorted, strict=True))

    def _same_words(self, text: str) -> Found | None:
        """Return the answer when entries have the words of the text, in any form or with one slip; else None."""
        if keys := self._by_text.get(words(text), ()):
            return _decided(text, keys, 100.0, self.shown)
        if keys := self._with_words(text):
            return _decided(text, keys, SAME_WORDS, self.shown)
        mended = dict.fromkeys(key for repair in self._spelling.repaired(text) for key in self._with_words(repair))
        return _decided(text, tuple(mended), MISSPELT, self.shown) if mended else None

    def _with_words(self, text: str) -> tuple[str, ...]:
        """Return the entries of which a label has the same words in any form; none for a text without words."""
        return self._by_stems.get(_same(self._splitter.read(text)), ()) if words(text) else ()


def _decided(text: str, keys: tuple[str, ...], score: float, shown: Mapping[str, str]) -> Found:
    if len(keys) > 1:
        return Found(query=text, status="ambiguous", keys=keys, score=score)
    return Found(query=text, status="found", keys=keys, label=shown[keys[0]], score=score)


def _unknown(text: str, ids: Sequence[str], near: Sequence[Candidate]) -> Found:
    keys = tuple(ids[candidate.entry] for candidate in near[:MOST_CANDIDATES])
    return Found(query=text, status="unknown", keys=keys, score=near[0].score if near else 0.0)


def _labels(row: Mapping[str, str]) -> list[str]:
    return [row.get("label") or "", *(row.get("alternative_labels") or "").split(";")]


def _same(title: Title) -> tuple[str, ...]:
    """Return what two texts share when they have the same words and the same polarity."""
    return ("not" if title.negated else "", *sorted(title.stems))


def _grouped(pairs: Iterable[tuple[tuple[str, ...], str]]) -> Mapping[tuple[str, ...], tuple[str, ...]]:
    groups: dict[tuple[str, ...], dict[str, None]] = {}
    for form, key in pairs:
        groups.setdefault(form, {})[key] = None
    return {form: tuple(keys) for form, keys in groups.items()}
