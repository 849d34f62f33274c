"""One slip of the pen in a long word, repaired with the words of a closed list."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from matching.lookup.dutch import Splitter, roles
from matching.lookup.normal import words

LONG_WORD = 7
"""A repair of a shorter word decides nothing."""
SHORTEST_REPAIR = 4
"""Words from this length on are repaired to order candidates for a person."""


@dataclass(frozen=True)
class Spelling:
    """Repairs words that a list does not know; a word that the list knows, or can be cut into such words, is right."""

    splitter: Splitter
    _near: dict[str, tuple[str, ...]] = field(default_factory=dict, repr=False, compare=False)

    def repaired(self, text: str, shortest: int = LONG_WORD) -> tuple[str, ...]:
        """Return the texts that this one may be a slip of, or the text itself when nothing needs a repair.

        Exactly one word is repaired, of at least `shortest` letters; a text with two such words is left as it is.
        """
        plain = words(text)
        strange = [at for at, word in enumerate(plain) if len(word) >= shortest and self._strange(word)]
        if len(strange) != 1 or not (repairs := self.nearest(plain[strange[0]])):
            return (text,)
        before, after = plain[: strange[0]], plain[strange[0] + 1 :]
        return tuple(" ".join((*before, repair, *after)) for repair in repairs)

    def nearest(self, word: str) -> tuple[str, ...]:
        """Return the known words one slip away: a letter more, less, other, or two swapped; the first letter stays."""
        if word not in self._near:
            self._near[word] = self._one_slip_away(word)
        return self._near[word]

    def _strange(self, word: str) -> bool:
        familiar = word in roles() or all(part in self.splitter.known for part in self.splitter.parts(word))
        return word.isalpha() and not familiar

    def _one_slip_away(self, word: str) -> tuple[str, ...]:
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        found = process.extract(word, self._known_words, scorer=OSA.distance, score_cutoff=1, limit=None)
        return tuple(sorted(near for near, _, _ in found if near[0] == word[0]))

    @cached_property
    def _known_words(self) -> tuple[str, ...]:
        known = self.splitter.known
        return tuple(sorted(word for word in known if word.isalpha()))
