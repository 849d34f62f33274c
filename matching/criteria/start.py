"""Is she free when the work starts?"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np

from matching.criteria.asking import ask_candidate, ask_package
from matching.criteria.tables import narrowed, ranged, spread_points
from matching.domain.choices import Availability
from matching.domain.judging import FULL_POINTS, Criterion, Pair, Points, Question, Reads, Sides
from matching.text import Sentence, say


@dataclass(frozen=True, kw_only=True)
class StartDate(Criterion):
    """The candidate's own free date against the start: in time or in the same month, within three months, later.

    A start that has passed counts as today. Weeks to arrange something are not in it: arranging is not a delay of
    the person. Known not to be free counts as later; whether that may be is for the rule on availability.
    """

    key = "start"
    reads = Reads(candidate=("available",), package=("start_date",))
    soon_months: int = 3
    soon_points: int = 700
    later_points: int = 400

    def points(self, sides: Sides) -> Points:
        """Return the points of every pair of classes."""
        people, work = narrowed(sides.candidate, self.reads.candidate), narrowed(sides.package, self.reads.package)
        free, start = people.values("available"), work.values("start_date")
        bounds = [[self._bounds(one, other, sides.as_of) for other in start] for one in free]
        table = np.array(bounds, dtype=np.int16).reshape(len(free), len(start), 2)
        return spread_points(ranged(low=table[:, :, 0], high=table[:, :, 1]), people.codes, work.codes)

    def _bounds(self, free: Availability | None, start: dt.date | None, as_of: dt.date) -> tuple[int, int]:
        """Return the fewest and the most points that are possible."""
        if free is None:
            return 0, FULL_POINTS
        day = _free_on(free, as_of)
        if day is None:
            return self.later_points, self.later_points
        if start is None:
            return self._known(day, as_of), FULL_POINTS
        known = self._known(day, max(start, as_of))
        return known, known

    def _known(self, free: dt.date, start: dt.date) -> int:
        months = _months(start, free)
        if free <= start or months == 0:
            return FULL_POINTS
        return self.soon_points if months <= self.soon_months else self.later_points

    def reason(self, pair: Pair) -> Sentence:
        """Return both dates and which comes first."""
        free, start = pair.candidate.available, pair.package.start_date
        if free is None:
            return say("criteria.start.free_unknown", start=start)
        day = _free_on(free, pair.as_of)
        if day is None:
            return say("criteria.start.not_free", start=start)
        if start is None:
            return say(f"criteria.start.{'now_' if free == 'now' else ''}start_unknown", free=day)
        points = self._known(day, max(start, pair.as_of))
        key = "in_time" if points == FULL_POINTS else "soon" if points == self.soon_points else "later"
        return say(f"criteria.start.{'now' if free == 'now' else key}", free=day, start=start)

    def questions(self, pair: Pair) -> tuple[Question, ...]:
        """Return what to ask about either date, where it can matter."""
        if pair.candidate.available is None:
            return (ask_candidate("available", "start.ask_free"),)
        day = _free_on(pair.candidate.available, pair.as_of)
        if pair.package.start_date is None and day is not None and self._known(day, pair.as_of) < FULL_POINTS:
            return (ask_package("start_date", "start.ask_start"),)
        return ()


def _free_on(free: Availability, as_of: dt.date) -> dt.date | None:
    """Return the first free day, or None when she is known not to be free."""
    if isinstance(free, dt.date):
        return max(free, as_of)
    return as_of if free == "now" else None


def _months(start: dt.date, free: dt.date) -> int:
    """Return how many calendar months the free date lies after the start."""
    return 12 * (free.year - start.year) + free.month - start.month
