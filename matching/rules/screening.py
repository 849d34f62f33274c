"""Is there time for the screening that the package asks?"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np

from matching.domain.bridging import SCREENING_WEEKS, screening_weeks
from matching.domain.judging import Outcome, Pair, Question, Reads, Rule, Sides, Verdicts
from matching.rules.asking import ask_package, term
from matching.rules.masks import day_numbers, holds, verdicts
from matching.text import Sentence, say


@dataclass(frozen=True, kw_only=True)
class Screening(Rule):
    """No screening, or a start after its weeks, fits; a start too early for it must be judged.

    It reads the package only and nothing about a person is stored. It never excludes. Unknown screening, or an unknown
    start, fits with a question. Weeks that the package does not give are expert judgement.
    """

    key = "screening"
    reads = Reads(package=("screening", "screening_weeks", "start_date"))

    def judge(self, sides: Sides) -> Verdicts:
        """Return the outcome of every pair of classes."""
        work = sides.package
        usual = work.each("screening", lambda kind: SCREENING_WEEKS.get(kind, 0), np.float64)
        asks = holds(work, "screening", lambda kind: kind not in (None, "none"))
        given = work.numbers("screening_weeks")
        ready = sides.as_of.toordinal() + 7 * np.where(np.isnan(given), usual, given)
        start = day_numbers(work, "start_date")
        unknown = ~work.known("screening") | (asks & np.isnan(start))
        return verdicts(sides, to_judge=asks & (ready > start), unknown=unknown)

    def reason(self, pair: Pair, outcome: Outcome) -> Sentence:
        """Return the screening, its weeks and the start."""
        kind = pair.package.screening
        if kind is None or kind == "none":
            return say("rules.screening.none" if kind else "rules.screening.unknown")
        weeks, start = screening_weeks(pair.package), pair.package.start_date
        values = {"screening": term("screening", kind), "weeks": weeks, "start": start, "ready": _ready(pair)}
        if start is None:
            return say("rules.screening.no_start", **values)
        return say(f"rules.screening.{'late' if outcome is Outcome.TO_JUDGE else 'fits'}", **values)

    def questions(self, pair: Pair) -> tuple[Question, ...]:
        """Return what to ask about the screening or the start."""
        package = pair.package
        if package.screening is None:
            return (ask_package("screening", "screening.ask"),)
        if package.screening == "none":
            return ()
        if package.start_date is None:
            return (ask_package("start_date", "screening.ask_start"),)
        late = _ready(pair) > package.start_date
        return (ask_package("start_movable", "screening.ask_later", ready=_ready(pair)),) if late else ()

    def remedy(self, pair: Pair) -> Sentence | None:
        """Return the start date by which the screening is done."""
        start = pair.package.start_date
        late = start is not None and screening_weeks(pair.package) and _ready(pair) > start
        return say("rules.screening.remedy", ready=_ready(pair)) if late else None


def _ready(pair: Pair) -> dt.date:
    return pair.as_of + dt.timedelta(weeks=screening_weeks(pair.package))
