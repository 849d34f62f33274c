"""Is this the work that she wants to do, or wants to learn?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from matching.criteria.asking import ask_candidate, ask_package
from matching.criteria.tables import Keys, known_of, middle, named, narrowed, ranged, spread, spread_points
from matching.domain.columns import Classes
from matching.domain.judging import (
    FULL_POINTS,
    NEUTRAL_POINTS,
    NO_PREFERENCE_POINTS,
    Criterion,
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
        people, work = _distinct(sides)
        low, neutral, high = self._table(people, work)
        return spread_points(ranged(low=low, neutral=neutral, high=high), people.codes, work.codes)

    def neutral(self, sides: Sides) -> PointTable:
        """Return only the points that order."""
        people, work = _distinct(sides)
        return spread(self._table(people, work)[1], people.codes, work.codes)

    def _table(self, people: Classes, work: Classes) -> tuple[PointTable, PointTable, PointTable]:
        """Return low, neutral and high of the distinct values, shape (candidates, packages)."""
        wishes, learning = people.values("wished_work_kinds"), people.values("wants_to_learn")
        shares = work.values("work_kind_shares")
        kinds = Keys.of(found and [kind for kind, _ in found] for found in shares)
        learns = kinds.met(learning, [found and [kind for kind, _ in found] for found in shares])
        settled = self._wished(wishes, shares, kinds)
        best = np.where(learns, np.maximum(settled, np.int16(self.learn_points)), settled)
        known_work = known_of(shares)[None, :]
        known = known_of(wishes)[:, None] & known_work
        may_learn = np.array([wish is None or bool(wish) for wish in learning], dtype=bool)[:, None]
        may_learn = may_learn & ~(known_of(learning)[:, None] & known_work)
        high = np.where(may_learn, np.maximum(best, np.int16(self.learn_points)), best)
        indifferent = np.array([wish == () for wish in wishes], dtype=bool)[:, None]
        low = np.where(known | learns | indifferent, best, np.int16(0))
        high = np.where(known | indifferent, high, np.int16(FULL_POINTS))
        return low, np.where(known | indifferent, best, middle(low, high)), high

    def _wished(self, wishes: list[Shares | None], shares: list[Shares | None], kinds: Keys) -> PointTable:
        """Return the points for wishes alone, as if nothing were wanted to learn."""
        hours = np.zeros((len(kinds), len(shares)), dtype=np.float32)
        for number, found in enumerate(shares):
            for kind, part in found or ():
                hours[kinds.place[kind], number] = part
        wished = kinds.among([[kind for kind, _ in wish or ()] for wish in wishes])
        met = (wished.T.astype(np.float32) @ hours).astype(np.int32)
        total = np.maximum(hours.sum(axis=0).astype(np.int32), 1)
        points = np.where(met > 0, NEUTRAL_POINTS + (FULL_POINTS * met // total[None, :]) // 2, self.other_wish_points)
        indifferent = np.array([wish == () for wish in wishes], dtype=bool)[:, None]
        return np.where(indifferent, self.no_preference_points, points).astype(np.int16)

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


def _distinct(sides: Sides) -> tuple[Classes, Classes]:
    reads = WishWork.reads
    return narrowed(sides.candidate, reads.candidate), narrowed(sides.package, reads.package)
