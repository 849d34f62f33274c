"""Does the work lead where she wants to go?"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching.criteria.asking import ask_candidate, ask_package
from matching.criteria.tables import (
    Keys,
    known_of,
    named,
    named_shares,
    narrowed,
    ranged,
    share,
    spread_points,
    with_answer,
)
from matching.domain.columns import Classes
from matching.domain.judging import (
    NEUTRAL_POINTS,
    NO_PREFERENCE_POINTS,
    Criterion,
    Ordering,
    Pair,
    Points,
    Question,
    Reads,
    Sides,
)
from matching.domain.vocabulary import vocabulary
from matching.text import Sentence, say, together

Counts = NDArray[np.int64]
LASTING = "lasting_contract"


@dataclass(frozen=True, kw_only=True)
class Development(Criterion):
    """The share of the wishes for development that the work meets.

    Each wish (training, growth in hours or scale, a lasting contract) is one, and wanting to learn certain kinds of
    work is one more, met when the package holds one of them. A wish of which it is unknown whether it is met counts
    half; wishes that nobody asked about only widen the range. No wishes at all gives `no_preference_points`.
    """

    key = "development"
    reads = Reads(
        candidate=("development_wishes", "wants_to_learn"),
        package=("development", "lasting_prospect", "work_kind_shares"),
    )
    no_preference_points: int = NO_PREFERENCE_POINTS

    def points(self, sides: Sides) -> Points:
        """Return the points of every pair of classes."""
        people, work = _sides(sides)
        met, possible, asked = self._wishes(people, work)
        more = self._unasked(people)
        low = np.where(asked + more > 0, share(met, asked + more), self.no_preference_points)
        high = np.where(asked + more > 0, share(possible + more, asked + more), self.no_preference_points)
        neutral = np.where(asked > 0, share(met + possible, 2 * asked), np.clip(NEUTRAL_POINTS, low, high))
        return spread_points(ranged(low=low, neutral=neutral, high=high), people.codes, work.codes)

    def ordering(self, sides: Sides) -> Ordering:
        """Return only the points that order."""
        people, work = _sides(sides)
        met, possible, asked = self._wishes(people, work)
        undecided = np.where(self._unasked(people) > 0, NEUTRAL_POINTS, self.no_preference_points)
        points = np.where(asked > 0, share(met + possible, 2 * asked), undecided).astype(np.int16)
        return Ordering(points=points, candidate=people.codes, package=work.codes)

    def _wishes(self, people: Classes, work: Classes) -> tuple[Counts, Counts, Counts]:
        """Return how many wishes are certainly met, possibly met, and known; (people, work), the last (people, 1)."""
        keys = Keys({key: number for number, key in enumerate(vocabulary("development"))})
        wishes, learning = people.values("development_wishes"), people.values("wants_to_learn")
        wished = keys.among(wishes).T.astype(np.float32)
        lasting = work.values("lasting_prospect")
        offers = [_offered(*found) for found in zip(work.values("development"), lasting, strict=True)]
        kinds = work.values("kinds")
        learns = Keys.of(kinds).met(learning, kinds).astype(np.int64)
        wants = np.array([bool(wish) for wish in learning], dtype=np.int64)[:, None]
        met = _shared(wished, keys, [offer.certain for offer in offers]) + learns
        may_learn = np.where(known_of(kinds)[None, :], learns, wants)
        possible = _shared(wished, keys, [offer.possible for offer in offers]) + may_learn
        return met, possible, wished.sum(axis=1).astype(np.int64)[:, None] + wants

    def _unasked(self, people: Classes) -> Counts:
        """Return how many wishes may still come to light, shape (people, 1)."""
        wishes = ~known_of(people.values("development_wishes"))
        learning = ~known_of(people.values("wants_to_learn"))
        return (len(vocabulary("development")) * wishes + learning.astype(np.int64))[:, None]

    def reason(self, pair: Pair) -> Sentence:
        """Return which wishes for development the work meets, met ones first."""
        wishes = pair.candidate.development_wishes
        learned = _learned(pair)
        if wishes is None and pair.candidate.wants_to_learn is None:
            return say("criteria.development.wish_unknown")
        if not wishes and not pair.candidate.wants_to_learn:
            open_wish = wishes is None or pair.candidate.wants_to_learn is None
            return say("criteria.development.wish_unknown" if open_wish else "criteria.development.no_preference")
        offer = _offered(pair.package.development, pair.package.lasting_prospect)
        wished = wishes or frozenset()
        met = (*named("development", wished & offer.certain), *_learning(learned))
        unknown = named("development", wished & (offer.possible - offer.certain))
        unmet = (*named("development", wished - offer.possible), *_learning(_not_learned(pair)))
        first = say(f"criteria.development.{'some' if unmet or unknown else 'met'}", met=met)
        lacking = say("criteria.development.unmet", unmet=unmet)
        told = ((met, first), (unmet, lacking), (unknown, say("criteria.development.unknown", unknown=unknown)))
        return together(sentence for found, sentence in told if found) if met or unmet or unknown else _work_open()

    def questions(self, pair: Pair) -> tuple[Question, ...]:
        """Return what to ask about the wishes or about what the work offers."""
        candidate, package = pair.candidate, pair.package
        asked = []
        if candidate.development_wishes is None:
            asked.append(ask_candidate("development_wishes", "development.ask_wish"))
        if candidate.wants_to_learn is None:
            asked.append(ask_candidate("wants_to_learn", "development.ask_learn"))
        offer = _offered(package.development, package.lasting_prospect)
        unknown = (candidate.development_wishes or frozenset()) & (offer.possible - offer.certain)
        if unknown:
            field = "development" if package.development is None else "lasting_prospect"
            asked.append(ask_package(field, "development.ask_offer", wishes=named("development", unknown)))
        if package.work_kind_shares is None and candidate.wants_to_learn:
            asked.append(ask_package("work_kinds", "wish_work.ask_work"))
        return tuple(asked)


def _sides(sides: Sides) -> tuple[Classes, Classes]:
    """Return the distinct people and packages, of their work only the kinds."""
    kinds = with_answer(sides.package, "work_kind_shares", "kinds", lambda found: found and named_shares(found))
    people = narrowed(sides.candidate, Development.reads.candidate)
    return people, narrowed(kinds, ("development", "lasting_prospect", "kinds"))


def _shared(wished: NDArray[np.float32], keys: Keys, offers: Sequence[frozenset[str]]) -> Counts:
    """Return how many of the wishes each offer holds, shape (people, work)."""
    return (wished @ keys.among(offers).astype(np.float32)).astype(np.int64)


class Offered(NamedTuple):
    """What the work certainly and possibly offers."""

    certain: frozenset[str]
    possible: frozenset[str]


def _offered(development: Collection[str] | None, lasting: bool | None) -> Offered:
    """Return the offer of a package: what it lists, and a lasting contract when that prospect is stated."""
    certain = frozenset(development or ()) | (frozenset({LASTING}) if lasting else frozenset())
    possible = certain if development is not None else frozenset(vocabulary("development"))
    return Offered(certain, possible | frozenset({LASTING}) if lasting is None else possible)


def _learned(pair: Pair) -> frozenset[str]:
    """Return the kinds of work in the package that the candidate wants to learn."""
    return named_shares(pair.package.work_kind_shares or ()) & (pair.candidate.wants_to_learn or frozenset())


def _not_learned(pair: Pair) -> frozenset[str]:
    """Return what the candidate wants to learn when the work is known to hold nothing of it."""
    if pair.package.work_kind_shares is None or _learned(pair):
        return frozenset()
    return pair.candidate.wants_to_learn or frozenset()


def _work_open() -> Sentence:
    return say("criteria.wish_work.work_unknown")


def _learning(kinds: frozenset[str]) -> tuple[Sentence, ...]:
    return (say("criteria.development.learning", kinds=named("work_kind", kinds)),) if kinds else ()
