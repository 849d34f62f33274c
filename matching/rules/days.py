"""Are there enough days on which she can and the work is?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matching.domain.judging import Outcome, Pair, Question, Reads, Rule, Sides, Verdicts
from matching.rules.asking import ask_candidate, ask_package, terms
from matching.rules.masks import verdicts
from matching.text import Sentence, say

ENOUGH, OPEN, TOO_FEW = 0, 1, 2

Asked = tuple[frozenset[str] | None, int | None]
"""The days that the work is on, and how many days a week."""


@dataclass(frozen=True, kw_only=True)
class Days(Rule):
    """Enough common days fit; too few must be judged.

    Other days are an adaptation, so this never excludes. `full_week` is the number of own days with which any
    division of days works (expert judgement). Unknown days on either side: fits, with a question.
    """

    key = "days"
    reads = Reads(candidate=("days_available",), package=("days_required", "days_per_week"))
    full_week: int = 5

    def judge(self, sides: Sides) -> Verdicts:
        """Return the outcome of every pair of classes."""
        asked = list(zip(sides.package.values("days_required"), sides.package.values("days_per_week"), strict=True))
        own = sides.candidate.columns["days_available"]
        table = np.array([[self._answer(days, work) for work in asked] for days in own.values], dtype=np.int8)
        found = table.reshape(len(own.values), len(asked))[own.codes]
        return verdicts(sides, to_judge=found == TOO_FEW, unknown=found == OPEN)

    def _answer(self, own: frozenset[str] | None, asked: Asked) -> int:
        required, count = asked
        if own is None:
            return OPEN
        if required is None and len(own) >= (count or 0):
            return OPEN if len(own) < self.full_week else ENOUGH
        return TOO_FEW if self.missing_days(own, asked) else ENOUGH

    def missing_days(self, own: frozenset[str] | None, asked: Asked) -> int:
        """Return how many days short she is; 0 when her days are unknown."""
        required, count = asked
        if own is None:
            return 0
        if required is None:
            return max(0, (self.full_week if count is None or len(own) >= count else count) - len(own))
        needed = len(required) if count is None else min(count, len(required))
        return max(needed - len(own & required), (count or 0) - len(own), 0)

    def reason(self, pair: Pair, outcome: Outcome) -> Sentence:
        """Return her days and those of the work."""
        own, (required, count) = pair.candidate.days_available, _asked(pair)
        values = {"own": None if own is None else terms("weekday", own), "count": count}
        asked = None if required is None else terms("weekday", required)
        if own is None:
            return say("rules.days.unknown", asked=asked)
        if self._answer(own, (required, count)) == OPEN:
            return say("rules.days.package_unknown", asked=asked, **values)
        if outcome is Outcome.FITS:
            return say("rules.days.fits", asked=asked, **values)
        return say("rules.days.too_few", asked=asked, **values)

    def questions(self, pair: Pair) -> tuple[Question, ...]:
        """Return what to ask about her days, the days of the work, or other days."""
        own, asked = pair.candidate.days_available, _asked(pair)
        if not own:
            return (ask_candidate("days_available", "days.ask_own"),)
        if self._answer(own, asked) == ENOUGH:
            return ()
        return (ask_package("days_required", "days.ask_package" if asked[0] is None else "days.ask_other",
                            own=terms("weekday", own)),)  # fmt: skip

    def remedy(self, pair: Pair) -> Sentence | None:
        """Return the days on which the work would have to be."""
        own = pair.candidate.days_available
        too_few = self._answer(own, _asked(pair)) == TOO_FEW
        return say("rules.days.remedy", own=terms("weekday", own), count=len(own)) if own and too_few else None


def _asked(pair: Pair) -> Asked:
    return pair.package.days_required, pair.package.days_per_week
