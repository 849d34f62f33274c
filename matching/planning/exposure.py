"""Exposure: how often a person, a package or an organisation is proposed, as a limit and as a report."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from matching.domain.pool import Pool
from matching.errors import ConfigurationRefused
from matching.planning.bilingual import Words
from matching.planning.draft import CANDIDATE_GROUPS, Draft, Measure, RowDraft, labels_of
from matching.planning.measure import Weighing
from matching.planning.problem import Int64Array
from matching.text import Sentence, say

__all__ = ["QUARTER_WEEKS", "SHOWN", "Exposure", "shown_before"]

SHOWN = ("presented", "trial_day", "accepted")
"""Decisions that show a candidate to an employer; a wish, a call or a refusal before that does not."""

QUARTER_WEEKS = 13
"""Exposure of suppliers is looked at over a quarter."""

_POINTS = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Exposure:
    """A person, a package or an organisation is proposed at most `most` times, or has at most `most_percent` of all.

    `per` is person, package, or a group of candidates or packages (framework_supplier, source, employer ...). With
    `weeks`, who was presented in the weeks before the day of the pool counts too (an unknown day counts). Hard, and
    then it can cost people a place, so it asks its ground; with a `price` in points it is a wish. A share is rounded up
    to whole proposals; it is not for persons. What was accepted stays and counts.

    Raises ConfigurationRefused unless exactly one of `most` and `most_percent` is given.
    """

    per: str
    because: Words
    most: int | None = None
    most_percent: int | None = None
    weeks: int = 0
    price: int | None = None

    def __post_init__(self) -> None:
        """Refuse two bounds, none, or a share of a person."""
        if (self.most is None) == (self.most_percent is None) or (self.per == "person" and self.most is None):
            raise ConfigurationRefused(say("planning.exposure.one_bound"))

    def sentence(self) -> Sentence:
        """Return the limit in words."""
        kind = "most" if self.most is not None else "percent"
        return say(
            f"planning.exposure.{kind}",
            per=say(f"planning.per.{self.per}"),
            most=self.most if self.most is not None else self.most_percent,
            weeks=say("planning.exposure.weeks", weeks=self.weeks) if self.weeks else say("planning.exposure.now"),
            hold=say("planning.exposure.hard" if self.price is None else "planning.exposure.wish", price=self.price),
            because=self.because.rstrip(". "),
        )

    def put(self, draft: Draft) -> None:
        """Lower the ceiling of persons, or add a row for each group that could exceed it."""
        shown = shown_before(draft.pool, weeks=self.weeks)
        if self.per == "person" and self.price is None:
            self._per_person(draft, shown)
            return
        labels = _groups(draft, self.per)
        earlier = _count(labels, shown)
        taken = _count(labels, sorted(draft.accepted))
        total = len(shown)
        for label, weigh in labels.measures:
            high = self._room(earlier[label], total)
            about = say("planning.exposure.group", group=label, earlier=earlier[label], sentence=self.sentence())
            if self.most_percent is not None:
                share, price = _above(weigh, self.most_percent), self._price(100)
                floor = 100 * taken[label] - self.most_percent * len(draft.accepted)
                draft.rows.append(RowDraft(sentence=about, weigh=share, high=max(high, floor), price=price))
            else:
                room = max(high, taken[label])
                draft.rows.append(RowDraft(sentence=about, weigh=weigh, high=room, price=self._price(1)))

    def _price(self, parts: int) -> int | None:
        return None if self.price is None else self.price * _POINTS // parts

    def _room(self, earlier: int, total: int) -> int:
        if self.most is not None:
            return max(self.most - earlier, 0)
        percent = self.most_percent or 0
        return 99 - 100 * earlier + percent * total

    def _per_person(self, draft: Draft, shown: Sequence[tuple[int, int]]) -> None:
        often = np.bincount(np.array([draft.person[c] for c, _ in shown], np.int64), minlength=len(draft.person))
        earlier, most = often[draft.person], self.most or 0
        draft.leave_room(np.maximum(most - earlier, 0))
        for row in np.flatnonzero(earlier >= most).tolist():
            values = {"candidate": draft.pool.candidates.ids[row], "earlier": int(earlier[row]), "most": most}
            draft.resting.setdefault(row, say("planning.exposure.resting", weeks=self.weeks, **values))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Groups:
    """The group of each row of one side, and the measure of each group."""

    of_candidates: bool
    of: Sequence[str | None]
    measures: Sequence[tuple[str, Measure]]


def _groups(draft: Draft, per: str) -> _Groups:
    if per == "person":
        ids = draft.pool.candidates.ids
        of: list[str | None] = [ids[first] for first in draft.person.tolist()]
        firsts = sorted(set(draft.person.tolist()))
        every = set(range(len(draft.places)))
        return _Groups(of_candidates=True, of=of, measures=[(ids[row], draft.counted(row, every)) for row in firsts])
    measures = draft.groups(per)
    return _Groups(of_candidates=per in CANDIDATE_GROUPS, of=labels_of(draft.pool, per), measures=measures)


def _count(groups: _Groups, pairs: Sequence[tuple[int, int]]) -> Counter[str]:
    named = (groups.of[c if groups.of_candidates else p] for c, p in pairs)
    return Counter(label for label in named if label is not None)


def _above(weigh: Measure, percent: int) -> Measure:
    if isinstance(weigh, Weighing):
        return weigh.shifted(100, -percent)

    def measure(candidate: Int64Array, package: Int64Array) -> Int64Array:
        return 100 * weigh(candidate, package) - percent

    return measure


def shown_before(pool: Pool, *, weeks: int) -> list[tuple[int, int]]:
    """Return the pairs of rows that were presented in the weeks before the day of the pool; none for 0 weeks."""
    people, work = pool.candidates.positions, pool.packages.positions
    begun = pool.as_of - dt.timedelta(weeks=weeks)
    recent = (d for d in pool.decisions if d.decision in SHOWN and (d.on is None or begun <= d.on <= pool.as_of))
    found = {(d.candidate_id, d.work_package_id) for d in recent} if weeks else set()
    return sorted((people[c], work[p]) for c, p in found if c in people and p in work)
