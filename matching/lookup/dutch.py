"""Dutch titles taken apart: what a word does in a title, the parts of a compound, and the stem of a part.

Two kinds of sameness are kept apart. A *stem* joins the inflections of one word (dossier, dossiers); only stems decide
that a text stands in the list. A *root* also joins derivations (inkoper, inkoop, inkopen), which mean different things
(directeur is not directie), so roots order the candidates and decide nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType
from typing import Literal

from matching.domain.vocabulary import rows
from matching.lookup.normal import folded, words

Role = Literal["content", "head", "neutral", "level", "filler", "negation"]
"""What a word does: what the work is about, what the person is there, nothing, the grade, glue, or "not"."""

SHORTEST_PART = 4
"""Shorter pieces are never split off: "in" and "er" stand in half of all words."""
LINKS = ("", "s", "en", "e", "n")
"""Letters between the parts of a Dutch compound: beleid-s-medewerker, dier-en-arts."""
DOUBLED = re.compile(r"(.)\1")
ENDINGS = (
    *(
        "isering",
        "atrice",
        "ateur",
        "ator",
        "iele",
        "esse",
        "isch",
        "icus",
        "euse",
        "iel",
        "ief",
        "iev",
        "ien",
        "iek",
        "eur",
        "iat",
    ),
    *("ster", "der", "ing", "ie", "er", "or", "ar"),
)
"""Endings that make one word out of another, longest first, written without doubled letters."""
SHORTEST_ROOT = 4


@cache
def roles() -> Mapping[str, Role]:
    """Return the words with a role of their own; every other word is content."""
    return MappingProxyType({folded(row["word"]): _role(row["role"]) for row in rows("title_words")})


def _role(text: str) -> Role:
    known: Mapping[str, Role] = {role: role for role in ("head", "neutral", "level", "filler", "negation")}
    return known[text]


@cache
def _stemmer() -> Callable[[str], str]:
    import Stemmer

    stemmed: Callable[[str], str] = Stemmer.Stemmer("dutch").stemWord
    return stemmed


def stem(word: str) -> str:
    """Return a word without its inflection, doubled letters written once: "dossiers" and "dossier" are one.

    >>> stem("beleidsstukken") == stem("beleidsstuk")
    True
    """
    return DOUBLED.sub(r"\1", _stemmer()(word)) if word.isalpha() else word


def root(word: str) -> str:
    """Return a word without inflection and derivation: inkoper and inkoop share one, schrijver and schrijven too.

    >>> root("beveiliger") == root("beveiliging"), root("administrateur") == root("administratie")
    (True, True)
    """
    bare = DOUBLED.sub(r"\1", stem(word))
    for ending in ENDINGS:
        if bare.endswith(ending) and len(bare) - len(ending) >= SHORTEST_ROOT:
            bare = bare[: -len(ending)]
            break
    return {"v": "f", "z": "s"}.get(bare[-1:], bare[-1:]).join((bare[:-1], "")) if bare else bare


@dataclass(frozen=True, kw_only=True, slots=True)
class Title:
    """One title or skill, taken apart.

    `spelled` are the words that say what it is (content and heads; neutral words alone when there is nothing else), in
    order, `stems` and `roots` the same words without their endings; `heads` are the roots that only say what the person
    is there.
    """

    spelled: tuple[str, ...]
    stems: tuple[str, ...]
    roots: tuple[str, ...]
    heads: frozenset[str]
    negated: bool

    @property
    def letters(self) -> str:
        """The telling words as one run of letters."""
        return "".join(self.spelled)


@dataclass(frozen=True)
class Splitter:
    """Takes titles apart with a closed list of words: those of a catalogue and the heads of the language.

    A compound is cut where both sides are known words or inflections of them (factuur-verwerker, from "facturen
    verwerken"), else before a known head ("kozijn-monteur"). Words with a role of their own are never cut.
    """

    known: frozenset[str]
    roots: frozenset[str] = field(repr=False)
    _cut: dict[str, tuple[str, ...]] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def of(cls, texts: Iterable[str]) -> Splitter:
        """Return a splitter that knows the words of these texts."""
        seen = {word for text in texts for word in words(text) if len(word) >= SHORTEST_PART}
        known = seen | {word for word, role in roles().items() if role in ("head", "neutral")}
        return cls(frozenset(known), frozenset(root(word) for word in known))

    def parts(self, word: str) -> tuple[str, ...]:
        """Return the parts of a compound; the word itself when it is none."""
        if word not in self._cut:
            self._cut[word] = (word,) if word in roles() else self._split(word)
        return self._cut[word]

    def knows(self, word: str) -> bool:
        """Tell whether a word is in the list, or shares its root with one that is."""
        return word in self.known or (len(word) > SHORTEST_PART and root(word) in self.roots)

    def _split(self, word: str) -> tuple[str, ...]:
        cuts = [(word[:at], word[at:]) for at in range(SHORTEST_PART, len(word) - SHORTEST_PART + 1)]
        for first, last in cuts:
            if (before := self._unlinked(first)) and self.knows(last):
                return (*self.parts(before), *self.parts(last))
        for first, last in cuts:
            if roles().get(last) in ("head", "neutral"):
                return (first.removesuffix("s"), last)
        return (word,)

    def _unlinked(self, first: str) -> str | None:
        """Return the first part of a compound without the letters that link it; None when it is no known word."""
        bare = [part for link in LINKS if len(part := first.removesuffix(link)) >= SHORTEST_PART]
        known = (part for part in bare if part in self.known)
        return next(known, None) or next((part for part in bare if self.knows(part)), None)

    def read(self, text: str) -> Title:
        """Return a title or skill, taken apart."""
        plain = words(text)
        pieces = [part for word in plain for part in self.parts(word)]
        role = {piece: roles().get(piece, "content") for piece in pieces}
        telling = [piece for piece in pieces if role[piece] in ("content", "head")]
        telling = telling or [piece for piece in pieces if role[piece] in ("neutral", "level")] or pieces
        return Title(
            spelled=tuple(telling),
            stems=tuple(stem(piece) for piece in telling),
            roots=tuple(root(piece) for piece in telling),
            heads=frozenset(root(piece) for piece in telling if role[piece] == "head"),
            negated=any(role[piece] == "negation" for piece in pieces),
        )
