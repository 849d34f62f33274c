"""Is this the work that she wants to do, or wants to learn?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching.criteria.asking import ask_candidate, ask_package
from matching.criteria.tables import (
    Flags,
    Keys,
    Members,
    known_of,
    named,
    narrowed,
    once,
    ranged,
    spread_points,
)
from matching.domain.columns import Classes, Codes
from matching.domain.judging import (
    FULL_POINTS,
    NEUTRAL_POINTS,
    NO_PREFERENCE_POINTS,
    Criterion,
    Ordering,
    Pair,
    Points,
    PointTable,
    Question,
    Reads,
    Sides,
)
from matching.text import Sentence, say

Shares = tuple[tuple[str, int], ...]


@dataclass(frozen=True, kw_only=True)
class WishWork(Criterion):
    """The share of the hours in work that the candidate wishes for; wanting to learn a part of it comes next.

    A share s of the hours (thousandths) gives 500 + s/2. Wanting to learn one of the kinds of work gives
    `learn_points`, only other wishes `other_wish_points`, no preference `no_preference_points`; the best of these
    counts. Unknown wishes or kinds of work stand at 500. Wishes weigh most for work that lasts (expert judgement).
    """

    key = "wish_work"
    reads = Reads(candidate=("wished_work_kinds", "wants_to_learn"), package=("work_kind_shares",))
    learn_points: int = 800
    other_wish_points: int = 300
    no_preference_points: int = NO_PREFERENCE_POINTS

    def points(self, sides: Sides) -> Points:
        """Return the points of every pair of classes."""
        people, work = _people(sides.candidate, None), _work(sides.package)
        neutral, learns = self._ordering(people, work)
        known = people.wish_known[:, None] & work.known[None, :]
        settled = known | people.indifferent[:, None]
        may_learn = people.may_learn[:, None] & ~(people.learning_known[:, None] & work.known[None, :])
        low = np.where(settled | learns, neutral, np.int16(0))
        high = np.where(may_learn, np.maximum(neutral, np.int16(self.learn_points)), neutral)
        high = np.where(settled, high, np.int16(FULL_POINTS))
        return spread_points(ranged(low=low, neutral=neutral, high=high), people.codes, work.codes)

    def ordering(self, sides: Sides) -> Ordering:
        """Return only the points that order."""
        people, work = _people(sides.candidate, None), _work(sides.package)
        points, _ = self._ordering(people, work)
        return Ordering(points=points, candidate=people.codes, package=work.codes)

    def _ordering(self, people: People, work: Work) -> tuple[PointTable, Flags]:
        """Return the points that order and where the work holds something she wants to learn, shape (people, work)."""
        wished = people.wished.holding(work.kinds.place).T.astype(np.float32) @ work.hours
        points = wished.astype(np.int16)
        np.add(
            points >> 1, np.where(points > 0, np.int16(NEUTRAL_POINTS), np.int16(self.other_wish_points)), out=points
        )
        points[~people.wish_known] = NEUTRAL_POINTS
        points[:, ~work.known] = NEUTRAL_POINTS
        points[people.indifferent] = self.no_preference_points
        wanted = people.learning.holding(work.kinds.place).T.astype(np.float32) @ (work.hours > 0).astype(np.float32)
        learns = wanted > 0
        np.maximum(points, learns * np.int16(self.learn_points), out=points)
        return points, learns

    def reason(self, pair: Pair) -> Sentence:
        """Return which wished work this is, or what is not known about the wishes or the work."""
        shares, wishes = pair.package.work_kind_shares, pair.candidate.wished_work_kinds
        if shares is None:
            return say("criteria.wish_work.work_unknown")
        kinds = dict(shares)
        matched = [kind for kind, _ in wishes or () if kind in kinds]
        learned = [kind for kind in pair.candidate.wants_to_learn or () if kind in kinds]
        if matched:
            return _matched(kinds, matched)
        if learned:
            return say("criteria.wish_work.learn", kinds=named("work_kind", learned))
        if wishes is None:
            return say("criteria.wish_work.wish_unknown", work=named("work_kind", kinds))
        if not wishes:
            return say("criteria.wish_work.no_preference")
        other = named("work_kind", [kind for kind, _ in wishes])
        return say("criteria.wish_work.other", wishes=other, work=named("work_kind", kinds))

    def questions(self, pair: Pair) -> tuple[Question, ...]:
        """Return what to ask about wishes, learning and the kinds of work, when an answer can matter."""
        if not self.points(pair.sides(self.reads)).unknown[0, 0]:
            return ()
        found = []
        if pair.candidate.wished_work_kinds is None:
            found.append(ask_candidate("wished_work_kinds", "wish_work.ask_wish"))
        if pair.candidate.wants_to_learn is None:
            found.append(ask_candidate("wants_to_learn", "wish_work.ask_learn"))
        if pair.package.work_kind_shares is None:
            found.append(ask_package("work_kinds", "wish_work.ask_work"))
        return tuple(found)


def _matched(kinds: Mapping[str, int], matched: list[str]) -> Sentence:
    percent = 100 * sum(kinds[kind] for kind in matched) // sum(kinds.values())
    key = "criteria.wish_work.match_all" if percent == 100 else "criteria.wish_work.match"
    return say(key, kinds=named("work_kind", matched), percent=percent)


class People(NamedTuple):
    """The distinct candidates: what they wish and want to learn, by kind of work; each mark of shape (people,)."""

    codes: Codes
    wished: Members
    learning: Members
    wish_known: Flags
    learning_known: Flags
    indifferent: Flags
    may_learn: Flags


@once
def _people(side: Classes, _: None) -> People:
    """Return the distinct candidates of a side."""
    people = narrowed(side, WishWork.reads.candidate)
    wishes, learning = people.values("wished_work_kinds"), people.values("wants_to_learn")
    return People(
        codes=people.codes,
        wished=Members.of([[kind for kind, _ in wish or ()] for wish in wishes]),
        learning=Members.of(learning),
        wish_known=known_of(wishes),
        learning_known=known_of(learning),
        indifferent=np.array([wish == () for wish in wishes], dtype=bool),
        may_learn=np.array([wish is None or bool(wish) for wish in learning], dtype=bool),
    )


class Work(NamedTuple):
    """The distinct packages: the thousandths of their hours in each kind of work, 1000 in all, shape (kinds, work)."""

    codes: Codes
    kinds: Keys
    hours: NDArray[np.float32]
    known: Flags


def _work(side: Classes) -> Work:
    """Return the distinct packages of a side."""
    work = narrowed(side, WishWork.reads.package)
    shares = work.values("work_kind_shares")
    kinds = Keys.of([kind for kind, _ in found or ()] for found in shares)
    hours = np.zeros((len(kinds), len(shares)), dtype=np.float32)
    for number, found in enumerate(shares):
        for kind, part in _whole(found or ()):
            hours[kinds.place[kind], number] = part
    return Work(work.codes, kinds, hours, known_of(shares))


def _whole(shares: Shares) -> Iterator[tuple[str, int]]:
    """Yield the shares made to add up to 1000 exactly, so that all of the wished work is all of the hours."""
    total, upto = sum(part for _, part in shares), 0
    for kind, part in shares:
        before = FULL_POINTS * upto // total
        upto += part
        yield kind, FULL_POINTS * upto // total - before
