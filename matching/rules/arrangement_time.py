"""Will everything that she needs be there when the work starts?"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np

from matching.domain.bridging import (
    DEMAND_CANDIDATE_READS,
    DEMAND_PACKAGE_READS,
    bridge_table,
    needed_arrangements,
    preparation_weeks,
)
from matching.domain.judging import Outcome, Pair, Question, Reads, Rule, Sides, Verdicts
from matching.rules.asking import ask_candidate, ask_package, term
from matching.rules.masks import day_numbers, verdicts
from matching.text import Sentence, say


@dataclass(frozen=True, kw_only=True)
class ArrangementTime(Rule):
    """The day on which every arrangement that she names is there, counted from today, is on or before the start.

    A later day is a warning with the new date, never an exclusion. Weeks that the package does not give come from
    the catalogue. Unknown needs, or an unknown start while something has to be arranged, fit with a question.
    """

    key = "arrangement_time"
    reads = Reads(candidate=DEMAND_CANDIDATE_READS, package=(*DEMAND_PACKAGE_READS, "start_date"))

    def judge(self, sides: Sides) -> Verdicts:
        """Return the outcome of every pair of classes."""
        weeks = bridge_table(sides).preparation_weeks()
        start = day_numbers(sides.package, "start_date")
        ready = sides.as_of.toordinal() + 7 * weeks.astype(np.int64)
        unknown = ~sides.candidate.known("needs")[:, None] | (np.isnan(start) & (weeks > 0))
        return verdicts(sides, to_judge=(ready > start) & (weeks > 0), unknown=unknown)

    def reason(self, pair: Pair, outcome: Outcome) -> Sentence:
        """Return when everything is there, and what takes longest."""
        if pair.candidate.needs is None:
            return say("rules.arrangement_time.unknown")
        weeks = preparation_weeks(pair.candidate, pair.package)
        if weeks == 0:
            return say("rules.arrangement_time.nothing")
        values = {
            "ready": _ready(pair),
            "start": pair.package.start_date,
            "weeks": weeks,
            "longest": _longest(pair, weeks),
        }
        if pair.package.start_date is None:
            return say("rules.arrangement_time.unknown_start", **values)
        return say(f"rules.arrangement_time.{'late' if outcome is Outcome.TO_JUDGE else 'fits'}", **values)

    def questions(self, pair: Pair) -> tuple[Question, ...]:
        """Return what to ask about needs, start, or a later start."""
        if pair.candidate.needs is None:
            return (ask_candidate("needs", "arrangement_time.ask_needs"),)
        weeks, start = preparation_weeks(pair.candidate, pair.package), pair.package.start_date
        if weeks and start is None:
            return (ask_package("start_date", "arrangement_time.ask_start", ready=_ready(pair)),)
        if not weeks or start is None or _ready(pair) <= start:
            return ()
        return (ask_package("start_movable", "arrangement_time.ask_later", ready=_ready(pair)),)

    def remedy(self, pair: Pair) -> Sentence | None:
        """Return the start date by which everything is there."""
        start = pair.package.start_date
        late = start is not None and preparation_weeks(pair.candidate, pair.package) and _ready(pair) > start
        return say("rules.arrangement_time.remedy", ready=_ready(pair)) if late else None


def _ready(pair: Pair) -> dt.date:
    return pair.as_of + dt.timedelta(weeks=preparation_weeks(pair.candidate, pair.package))


def _longest(pair: Pair, weeks: int) -> tuple[object, ...]:
    """Return what takes longest."""
    needed = needed_arrangements(pair.candidate, pair.package)
    longest = (item.arrangement for item in needed if item.named_by_candidate and item.weeks == weeks)
    return tuple(term("arrangement", key) for key in longest)
