"""Is the candidate free when the work starts?"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np

from matching.domain.judging import Outcome, Pair, Question, Reads, Rule, Sides, Verdicts
from matching.rules.asking import ask_candidate, ask_package
from matching.rules.masks import day_numbers, holds, is_false, verdicts
from matching.text import Sentence, say


@dataclass(frozen=True, kw_only=True)
class Available(Rule):
    """Free on or before the start fits; free later must be judged; not free in the whole period excludes.

    An answer that is past its expiry date is asked again and never lapses silently. `wait_weeks` is how long a start
    may reasonably wait (expert judgement). Unknown availability or start fits, with a question.
    """

    key = "available"
    can_conflict = True
    reads = Reads(
        candidate=("available", "available_checked_until"), package=("start_date", "end_date", "start_movable")
    )
    wait_weeks: int = 13

    def judge(self, sides: Sides) -> Verdicts:
        """Return the outcome of every pair of classes."""
        people, work = sides.candidate, sides.package
        free, expiry = (
            day_numbers(people, "available")[:, None],
            day_numbers(people, "available_checked_until")[:, None],
        )
        start, end = day_numbers(work, "start_date"), day_numbers(work, "end_date")
        today = sides.as_of.toordinal()
        known = people.known("available")[:, None] & ~(expiry < today)
        never = holds(people, "available", lambda value: value == "no")[:, None] & known
        still = np.isnan(expiry) | (expiry >= start)
        late = known & (free > np.where(np.isnan(start), today, start))
        beyond = known & (free > end) & is_false(work, "start_movable")
        return verdicts(
            sides,
            to_judge=late & ~np.isnan(start),
            conflict=(never & still) | beyond,
            unknown=~known | (late & np.isnan(start)) | (never & ~still),
        )

    def reason(self, pair: Pair, outcome: Outcome) -> Sentence:
        """Return when she is free and when the work starts."""
        free, start = pair.candidate.available, pair.package.start_date
        if outcome is Outcome.CONFLICT:
            return say(f"rules.available.{'not_free' if free == 'no' else 'after_end'}", free=_day(free), start=start,
                       end=pair.package.end_date)  # fmt: skip
        if outcome is Outcome.TO_JUDGE:
            return say(f"rules.available.{self._when_late(pair)}", free=_day(free), start=start, weeks=self.wait_weeks)
        if free is None or _expired(pair) or free == "no":
            return say("rules.available.unknown", start=start)
        if free == "now":
            return say("rules.available.now", start=start)
        return say("rules.available.in_time" if start else "rules.available.no_start", free=free, start=start)

    def _when_late(self, pair: Pair) -> str:
        if pair.package.start_movable:
            return "later_movable"
        free, start = pair.candidate.available, pair.package.start_date
        soon = isinstance(free, dt.date) and start is not None and (free - start).days <= 7 * self.wait_weeks
        return "later_soon" if soon else "later_long"

    def questions(self, pair: Pair) -> tuple[Question, ...]:
        """Return what to ask about her free date, and whether the start can move."""
        free, start = pair.candidate.available, pair.package.start_date
        if free is None or _expired(pair) or free == "no":
            return (ask_candidate("available", "available.ask"),)
        if not isinstance(free, dt.date) or (start is not None and free <= start):
            return ()
        if start is None:
            return (ask_package("start_date", "available.ask_start", free=free),)
        return (ask_package("start_movable", "available.ask_movable", free=free, start=start),)

    def remedy(self, pair: Pair) -> Sentence | None:
        """Return the start date that would fit her."""
        free, start = pair.candidate.available, pair.package.start_date
        if self.judge(pair.sides(self.reads)).outcome[0, 0] == Outcome.FITS:
            return None
        if free == "no":
            return say("rules.available.remedy_free")
        later = isinstance(free, dt.date) and start is not None and free > start
        return say("rules.available.remedy_start", free=free) if later else None


def _expired(pair: Pair) -> bool:
    until = pair.candidate.available_checked_until
    return until is not None and until < pair.as_of


def _day(free: object) -> object:
    return free if isinstance(free, dt.date) else None
