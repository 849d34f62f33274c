"""What a candidate needs against what the work asks: demand by demand, with the arrangement that bridges it.

This page looks at one pair; `bridging_table` gives the same answers for all pairs at once.
Lead times: an offer's own weeks replace the catalogue's; several arrangements run in parallel, so the longest counts.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from matching.domain.arrangement import arrangements
from matching.domain.bridging_table import (
    DEMAND_CANDIDATE_READS,
    DEMAND_PACKAGE_READS,
    Doable,
    bridge_table,
    not_doable_hours,
)
from matching.domain.candidate import Candidate, Need
from matching.domain.choices import OfferState
from matching.domain.need_rows import NOBODY_ASKED, Bridge, NeedRow, need_rows
from matching.domain.vocabulary import vocabulary
from matching.domain.work_package import Offer, WorkPackage
from matching.text import Sentence, say

__all__ = [
    "DEMAND_CANDIDATE_READS",
    "DEMAND_PACKAGE_READS",
    "SCREENING_WEEKS",
    "Bridge",
    "DemandMatch",
    "Doable",
    "NeededArrangement",
    "bridge_table",
    "earliest_start",
    "match_demands",
    "needed_arrangements",
    "not_doable_hours",
    "preparation_weeks",
    "screening_weeks",
]

SCREENING_WEEKS: Mapping[str, int] = {"none": 0, "vog": 4, "security": 8}
"""Weeks to allow for a screening when the package does not say (expert judgement)."""

BRIDGE_OF_STATE: Mapping[OfferState, Bridge] = {
    "present": Bridge.PRESENT,
    "arrangeable": Bridge.ARRANGEABLE,
    "unknown": Bridge.UNKNOWN_OFFER,
    "not_possible": Bridge.NOT_POSSIBLE,
}


@dataclass(frozen=True, kw_only=True, slots=True)
class DemandMatch:
    """One demand of a task or of the place (`task` None), and how it is met for one candidate.

    `demand`, `asked` and `possible` are None for an arrangement that is needed for the whole package. `possible` None
    with a demand means that no limit is known. `arrangement` is what bridges it, or the first that may; `weeks` until
    it is there (0 when present, None when not possible or nothing is named); `provider` sees to it, None unknown.
    `confirmed_on` is the day on which the candidate confirmed the need.
    """

    demand: str | None
    asked: int | None
    possible: int | None
    task: str | None
    bridge: Bridge
    arrangement: str | None = None
    weeks: int | None = None
    provider: str | None = None
    confirmed_on: dt.date | None = None
    named_by_candidate: bool = False
    carveable: bool | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class NeededArrangement:
    """One arrangement that this candidate needs for this package: a planning item, never a cost.

    `state` is the package's word on it. `task` is None when the place, the whole package or several tasks need it.
    `named_by_candidate` False means that only the catalogue suggests it: ask first.
    """

    arrangement: str
    state: OfferState
    weeks: int | None
    provider: str | None
    task: str | None
    named_by_candidate: bool

    @property
    def sentence(self) -> Sentence:
        """The arrangement as a line for whoever plans it: state, weeks, provider, and whether it is a suggestion."""
        provider = None if self.provider is None else vocabulary("provider")[self.provider]
        name = vocabulary("arrangement")[self.arrangement]
        line = say(f"bridging.arrangement.{self.state}", arrangement=name, weeks=self.weeks, provider=provider)
        return line if self.named_by_candidate else say("bridging.suggestion", line=line)


WHOLE_PACKAGE = DemandMatch(demand=None, asked=None, possible=None, task=None, bridge=Bridge.OWN)
"""What an arrangement meets that is needed whatever the tasks ask."""


def match_demands(needs: tuple[Need, ...] | None, package: WorkPackage) -> tuple[DemandMatch, ...]:
    """Return how every demand of the package is met: tasks first, then the place, then what the whole package needs.

    One match for each demand that goes well; otherwise one for each need row that speaks of it (all must be met).
    """
    rows, offers = need_rows(needs), {offer.arrangement: offer for offer in package.offer_states}
    found = [match for asked in _asked(package) for match in _matches(rows, offers, asked)]
    return (*found, *(_bridged(row, offers, WHOLE_PACKAGE) for row in rows if row.whole_package))


def _asked(package: WorkPackage) -> Iterator[DemandMatch]:
    """Yield every demand of the tasks and of the place, as if it went well."""
    for task in package.tasks or ():
        for demand, level in task.demands:
            yield DemandMatch(
                demand=demand, asked=level, possible=None, task=task.name, bridge=Bridge.OWN, carveable=task.carveable
            )
    for demand, level in package.place_demands:
        yield DemandMatch(demand=demand, asked=level, possible=None, task=None, bridge=Bridge.OWN)


def _matches(rows: Iterable[NeedRow], offers: Mapping[str, Offer], asked: DemandMatch) -> list[DemandMatch]:
    """Return the matches of one demand: one for each row that speaks of it, else one that goes well."""
    concerned = [row for row in rows if row.demand == asked.demand or row is NOBODY_ASKED]
    speaking = [row for row in concerned if (asked.asked or 0) > row.level]
    if speaking:
        return [_bridged(row, offers, asked) for row in speaking]
    return [replace(asked, possible=min((row.possible for row in concerned if row.possible is not None), default=None))]


def _bridged(row: NeedRow, offers: Mapping[str, Offer], match: DemandMatch) -> DemandMatch:
    """Return the match with the bridge of this row: the best of its alternatives."""
    match = replace(match, possible=row.possible, confirmed_on=row.confirmed_on)
    if row.unknown:
        return replace(match, bridge=Bridge.UNKNOWN_NEED)
    if not row.alternatives:
        return replace(match, bridge=Bridge.NONE_KNOWN)
    best = min((_offer(key, offers) for key in row.alternatives), key=_preference)
    bridge = BRIDGE_OF_STATE[best.state]
    if not row.named and bridge is not Bridge.NOT_POSSIBLE:
        bridge = Bridge.SUGGESTED
    return replace(
        match,
        bridge=bridge,
        arrangement=best.arrangement,
        weeks=_weeks(best),
        provider=best.provider,
        named_by_candidate=bool(row.named),
    )


def _offer(key: str, offers: Mapping[str, Offer]) -> Offer:
    return offers.get(key) or Offer(arrangement=key)


def _preference(offer: Offer) -> tuple[int, int]:
    return BRIDGE_OF_STATE[offer.state], _weeks(offer) or 0


def _weeks(offer: Offer) -> int | None:
    if offer.state == "not_possible":
        return None
    if offer.state == "present":
        return 0
    return arrangements()[offer.arrangement].default_weeks if offer.weeks is None else offer.weeks


def needed_arrangements(candidate: Candidate, package: WorkPackage) -> tuple[NeededArrangement, ...]:
    """Return what has to be arranged for this pair, each arrangement once, those she names first."""
    found: dict[str, NeededArrangement] = {}
    states = {offer.arrangement: offer.state for offer in package.offer_states}
    matches = [match for match in match_demands(candidate.needs, package) if match.arrangement is not None]
    for match in sorted(matches, key=lambda match: not match.named_by_candidate):
        key = match.arrangement or ""
        before = found.get(key)
        if before is not None:
            found[key] = before if before.task == match.task else replace(before, task=None)
            continue
        found[key] = NeededArrangement(
            arrangement=key,
            state=states.get(key, "unknown"),
            weeks=match.weeks,
            provider=match.provider or _usual_provider(key, candidate),
            task=match.task,
            named_by_candidate=match.named_by_candidate,
        )
    return tuple(found.values())


def _usual_provider(arrangement: str, candidate: Candidate) -> str | None:
    """Return who usually sees to it: the employer, else the provider of this candidate when one is known."""
    usual = arrangements()[arrangement].usual_providers
    if len(usual) == 1 or usual[0] == "employer":
        return usual[0]
    return candidate.provision_by if candidate.provision_by in usual else None


def preparation_weeks(candidate: Candidate, package: WorkPackage) -> int:
    """Return the weeks until everything is there that she names; 0 when nothing has to be arranged.

    A suggestion of the catalogue is a question first, and what is not possible here is to be judged: neither counts.
    """
    needed = needed_arrangements(candidate, package)
    return max((item.weeks for item in needed if item.named_by_candidate and item.weeks is not None), default=0)


def screening_weeks(package: WorkPackage) -> int:
    """Return the weeks to allow for the screening; 0 for none, and while it is unknown whether there is one."""
    if package.screening is None or package.screening == "none":
        return 0
    return SCREENING_WEEKS[package.screening] if package.screening_weeks is None else package.screening_weeks


def earliest_start(candidate: Candidate, package: WorkPackage, as_of: dt.date) -> dt.date | None:
    """Return the earliest realistic start: arrangements, screening and her own free date, all in parallel.

    None when she is known not to be free, or when something that she names is recorded as not possible here.
    """
    needed = needed_arrangements(candidate, package)
    impossible = any(item.named_by_candidate and item.state == "not_possible" for item in needed)
    if impossible or candidate.available == "no":
        return None
    weeks = max(preparation_weeks(candidate, package), screening_weeks(package))
    free = candidate.available if isinstance(candidate.available, dt.date) else as_of
    return max(as_of + dt.timedelta(weeks=weeks), free)
