"""Can she get there within her own maximum?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from matching.domain.candidate import Candidate
from matching.domain.judging import Mask, Outcome, Pair, Question, Reads, Rule, Sides, Verdicts
from matching.domain.travel import TRAVEL_CANDIDATE_READS, TRAVEL_PACKAGE_READS
from matching.domain.work_package import Offer
from matching.rules.asking import ask_candidate, ask_package
from matching.rules.masks import holds, is_false, verdicts
from matching.text import Sentence, duration, say

WAYS_OUT = ("transport", "home_working")
"""Arrangements that bridge a trip; a trip only excludes when both are recorded as not possible."""

FAR_MINUTES = 120
"""Beyond this, and beyond twice the own maximum, only other work or working from home helps: said so in words."""


@dataclass(frozen=True, kw_only=True)
class Travel(Rule):
    """Minutes one way against the candidate's own maximum, on days on site only.

    Above the maximum must be judged, and so must a trip that she does not make alone without transport. It excludes
    only on a travel time from a matrix, never on an estimate, with at least one day on site and neither transport
    nor working from home possible. Unknown place, modes or maximum fits, with a question; no maximum is ever raised.
    """

    key = "travel"
    can_conflict = True
    reads = Reads(
        candidate=(*TRAVEL_CANDIDATE_READS, "max_travel_minutes", "travels_alone"),
        package=(*TRAVEL_PACKAGE_READS, "days_on_site", "offer_states"),
    )

    def judge(self, sides: Sides) -> Verdicts:
        """Return the outcome of every pair of classes."""
        people, work = sides.candidate, sides.package
        trips = sides.travel.trips(people, work)
        most = people.numbers("max_travel_minutes")[:, None]
        comes = ~holds(work, "days_on_site", lambda days: days == 0)
        comes_surely = holds(work, "days_on_site", lambda days: days is not None and days > 0)
        no_way_out = holds(work, "offer_states", _no_way_out)
        above = np.asarray(trips.minutes > most) & comes
        open_end = ~(trips.minutes <= most) & ~(trips.slowest <= most) & ~above & comes
        return verdicts(
            sides,
            to_judge=above | (_needs_company(sides) & comes),
            conflict=above & ~trips.estimate & comes_surely & no_way_out,
            unknown=open_end | (~people.known("travels_alone")[:, None] & comes),
        )

    def reason(self, pair: Pair, outcome: Outcome) -> Sentence:
        """Return the minutes, whether they are an estimate, and her own maximum."""
        minutes, estimate = _trip(pair)
        most = pair.candidate.max_travel_minutes
        days, source = pair.package.days_on_site, _source(estimate)
        values = {"minutes": duration(minutes), "most": duration(most), "source": source, "days": days}
        if pair.package.days_on_site == 0:
            return say("rules.travel.at_home")
        if outcome is Outcome.CONFLICT:
            return say("rules.travel.conflict", **values)
        if minutes is not None and most is not None and minutes > most:
            return say(f"rules.travel.{'far' if minutes > max(FAR_MINUTES, 2 * most) else 'above'}", **values)
        if outcome is Outcome.TO_JUDGE:
            return say(f"rules.travel.{'company_unknown' if minutes is None else 'company'}", **values)
        return say("rules.travel.unknown" if minutes is None or most is None else "rules.travel.fits", **values)

    def questions(self, pair: Pair) -> tuple[Question, ...]:
        """Return what to ask about her trip, and what the employer can do about it."""
        if pair.package.days_on_site == 0:
            return ()
        candidate, (minutes, _) = pair.candidate, _trip(pair)
        unknown = {
            "municipality": candidate.municipality is None and candidate.postcode4 is None,
            "travel_modes": candidate.travel_modes is None,
            "max_travel_minutes": candidate.max_travel_minutes is None,
            "travels_alone": candidate.travels_alone is None,
        }
        asked = [ask_candidate(field, f"travel.ask_{field}") for field, is_unknown in unknown.items() if is_unknown]
        if pair.package.municipality is None and pair.package.postcode4 is None:
            asked.append(ask_package("municipality", "travel.ask_place"))
        if minutes is not None and candidate.max_travel_minutes is not None and minutes > candidate.max_travel_minutes:
            asked.append(ask_package("offers", "travel.ask_way_out"))
        if _in_company(candidate):
            asked.append(ask_candidate("travels_alone", "travel.ask_company"))
        return tuple(asked)

    def remedy(self, pair: Pair) -> Sentence | None:
        """Return what would bring the trip within reach: working from home, or transport."""
        minutes, _ = _trip(pair)
        most = pair.candidate.max_travel_minutes
        if pair.package.days_on_site == 0:
            return None
        if minutes is not None and most is not None and minutes > most:
            key = "remedy_both" if _in_company(pair.candidate) else "remedy"
            return say(f"rules.travel.{key}", most=duration(most))
        return say("rules.travel.remedy_company") if _in_company(pair.candidate) else None


def _needs_company(sides: Sides) -> Mask:
    """Return who does not travel alone and has no transport of her own that takes her there."""
    taxi = holds(sides.candidate, "travel_modes", lambda modes: "taxi" in (modes or ()))
    return (is_false(sides.candidate, "travels_alone") & ~taxi)[:, None]


def _in_company(candidate: Candidate) -> bool:
    return candidate.travels_alone is False and "taxi" not in (candidate.travel_modes or ())


def _no_way_out(offers: object) -> bool:
    closed = {offer.arrangement for offer in _offers(offers) if offer.state == "not_possible"}
    return closed.issuperset(WAYS_OUT)


def _offers(offers: object) -> Iterable[Offer]:
    return offers if isinstance(offers, tuple) else ()


def _trip(pair: Pair) -> tuple[int | None, bool]:
    """Return the minutes of this pair and whether they are an estimate."""
    sides = pair.sides(Travel.reads)
    trips = pair.travel.trips(sides.candidate, sides.package)
    minutes = trips.minutes[0, 0]
    return None if np.isnan(minutes) else int(minutes), bool(trips.estimate[0, 0])


def _source(estimate: bool) -> Sentence:
    return say("rules.travel.estimate" if estimate else "rules.travel.measured")
