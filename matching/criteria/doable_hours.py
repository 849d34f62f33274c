"""Which part of the hours can she do, with what she names as helpful?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from matching.criteria.asking import ask_candidate, ask_package
from matching.criteria.tables import named, narrowed, once, ranged, spread_points
from matching.domain.bridging import (
    DEMAND_CANDIDATE_READS,
    DEMAND_PACKAGE_READS,
    Bridge,
    DemandMatch,
    match_demands,
    not_doable_hours,
)
from matching.domain.columns import Classes
from matching.domain.judging import FULL_POINTS, Criterion, Ordering, Pair, Points, Question, Reads, Sides
from matching.domain.lost_hours import ConfirmedNeeds
from matching.domain.vocabulary import Term
from matching.domain.work_package import Offer
from matching.text import Sentence, say


@dataclass(frozen=True, kw_only=True)
class DoableHours(Criterion):
    """The share of the hours in tasks that can be done: as it is, or with what the candidate names as helpful.

    Only a confirmed need for which everything that helps is recorded as not possible takes hours away. Needing an
    arrangement never costs points, whatever its number, kind or weeks, and neither does an unknown need or offer:
    those stand at full points, unlike in the other criteria, and only the low end of the range falls. That is a
    choice against indirect discrimination; its price is that a few first calls will find a mismatch. Of somebody whom
    nobody asked, nothing is certain: she may name something that she needs whatever the tasks are.
    """

    key = "doable_hours"
    reads = Reads(candidate=DEMAND_CANDIDATE_READS, package=DEMAND_PACKAGE_READS)

    def points(self, sides: Sides) -> Points:
        """Return the points of every pair of classes."""
        distinct = self._distinct(sides)
        hours = not_doable_hours(distinct)
        left = FULL_POINTS - hours.blocked
        asked = distinct.candidate.known("needs")[:, None]
        low = np.where(asked, np.minimum(hours.certain, left), 0)
        found = ranged(low=low, high=left, neutral=left)
        return spread_points(found, distinct.candidate.codes, distinct.package.codes)

    def ordering(self, sides: Sides) -> Ordering:
        """Return only the points that order: full, but where a confirmed need meets a recorded "not possible"."""
        needs = _confirmed(sides.candidate, None)
        work = narrowed(_refusing(sides.package), self.reads.package)
        points = np.int16(FULL_POINTS) - needs.lost_hours(work)
        return Ordering(points=points, candidate=needs.codes, package=work.codes)

    def _distinct(self, sides: Sides) -> Sides:
        return replace(
            sides,
            candidate=narrowed(sides.candidate, self.reads.candidate),
            package=narrowed(sides.package, self.reads.package),
        )

    def reason(self, pair: Pair) -> Sentence:
        """Return which part of the work can be done and with which arrangements; never what somebody cannot do."""
        if pair.package.tasks is None:
            return say("criteria.doable_hours.tasks_unknown")
        found, matches = self.points(pair.sides(self.reads)), match_demands(pair.candidate.needs, pair.package)
        if pair.candidate.needs is None and found.unknown[0, 0]:
            return say("criteria.doable_hours.needs_unknown")
        ready = _arrangements(matches, {Bridge.PRESENT, Bridge.ARRANGEABLE})
        if found.high[0, 0] < FULL_POINTS:
            percent = -(-int(found.high[0, 0]) // 10) if found.high[0, 0] else 0
            missing = _arrangements(matches, {Bridge.NOT_POSSIBLE})
            return say("criteria.doable_hours.part", percent=min(percent, 99), missing=missing)
        if found.unknown[0, 0]:
            doubtful = {Bridge.UNKNOWN_OFFER, Bridge.SUGGESTED, Bridge.NOT_POSSIBLE}
            percent = int(found.low[0, 0]) // 10
            ask = _arrangements(matches, doubtful)
            return say(f"criteria.doable_hours.{_open(percent, ask)}", percent=percent, ask=ask)
        return say("criteria.doable_hours.with" if ready else "criteria.doable_hours.all", arrangements=ready)

    def questions(self, pair: Pair) -> tuple[Question, ...]:
        """Return what to ask about tasks, needs and offers that are unknown."""
        asked = []
        if pair.package.tasks is None:
            asked.append(ask_package("tasks", "doable_hours.ask_tasks"))
        if not self.points(pair.sides(self.reads)).unknown[0, 0]:
            return ()
        if pair.candidate.needs is None:
            return (*asked, ask_candidate("needs", "doable_hours.ask_needs"))
        matches = match_demands(pair.candidate.needs, pair.package)
        offers = _arrangements(matches, {Bridge.UNKNOWN_OFFER})
        if offers:
            asked.append(ask_package("offers", "doable_hours.ask_offer", arrangements=offers))
        suggested = _arrangements(matches, {Bridge.SUGGESTED})
        if suggested:
            asked.append(ask_candidate("needs", "doable_hours.ask_helps", arrangements=suggested))
        if any(match.bridge is Bridge.NONE_KNOWN for match in matches):
            asked.append(ask_candidate("needs", "doable_hours.ask_needs"))
        return tuple(asked)


def _open(percent: int, ask: tuple[Term | str, ...]) -> str:
    """Return which sentence says how much is certain and what is still to find out."""
    return "open_nothing" if not ask else "open" if percent else "open_all"


@once
def _confirmed(side: Classes, _: None) -> ConfirmedNeeds:
    """Return the confirmed needs of a side."""
    return ConfirmedNeeds.of(side)


def _refusing(side: Classes) -> Classes:
    """Return the packages, of which those that refuse nothing read as one: they take no hours from anybody."""
    refusing = side.each("offer_states", _refused, bool)
    if refusing.all():
        return side
    first = int(np.argmin(refusing))
    rows = np.where(refusing, np.arange(side.size), first)
    return side.taken(rows)


def _refused(offers: tuple[Offer, ...]) -> bool:
    """Return whether any of these arrangements is recorded as not possible."""
    return any(offer.state == "not_possible" for offer in offers)


def _arrangements(matches: Iterable[DemandMatch], bridges: set[Bridge]) -> tuple[Term | str, ...]:
    """Return the arrangements that stand in matches of these kinds, each once."""
    keys = [match.arrangement for match in matches if match.bridge in bridges and match.arrangement is not None]
    return named("arrangement", keys)
