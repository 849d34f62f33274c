"""Why a proposal differs from the one in an earlier plan: only what the earlier record and this question show."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from matching.planning.layout import Layout
from matching.planning.proposal import Proposal, Unplaced
from matching.planning.reasons import options, shown_points
from matching.planning.scored import ALL_PAIRS
from matching.text import Sentence, say

__all__ = ["Cause", "Compared", "Record", "asked_otherwise", "chained", "choice", "direct_cause"]

Cause = tuple[str, Mapping[str, object]]
"""The last part of a key under planning.changed, with the values of its sentence."""

_MOST_ASKED = 4
_KEPT_OUT = ("planning.limit.", "planning.exposure.", "planning.unplaced.no_pair", "planning.unplaced.all_forbidden")
_KEEP = ("planning.wish.keep", "planning.wish.keep_budget")


class Record(Protocol):
    """What a comparison reads of a plan."""

    @property
    def proposals(self) -> tuple[Proposal, ...]:
        """Return the proposals."""
        ...

    @property
    def unplaced(self) -> tuple[Unplaced, ...]:
        """Return who has no proposal, and why."""
        ...

    @property
    def asked(self) -> tuple[Sentence, ...]:
        """Return everything asked, in words."""
        ...

    @property
    def as_of(self) -> dt.date | None:
        """Return the day the plan speaks of; None in a record that does not say."""
        ...

    @property
    def status(self) -> str:
        """Return what is proven: optimal, within_gap or feasible."""
        ...

    @property
    def layout(self) -> Layout | None:
        """Return the question of the plan; None for one read from a file."""
        ...


@dataclass(frozen=True, eq=False)
class Compared:
    """Two plans side by side: the earlier record and the present plan."""

    before: Record
    after: Record

    @cached_property
    def points_before(self) -> dict[tuple[str, str], int]:
        """Return the points of each earlier proposal."""
        return {(p.candidate_id, p.work_package_id): p.points for p in self.before.proposals}

    @cached_property
    def taken_before(self) -> Counter[str]:
        """Return how many earlier proposals each package had."""
        return Counter(p.work_package_id for p in self.before.proposals)

    @cached_property
    def reasons_before(self) -> dict[str, Sentence]:
        """Return why people had no proposal earlier."""
        return {one.candidate_id: one.reason for one in self.before.unplaced}

    @cached_property
    def people_before(self) -> set[str]:
        """Return everybody the earlier plan spoke of."""
        return {*self.reasons_before, *(p.candidate_id for p in self.before.proposals)}


def asked_otherwise(plans: Compared) -> tuple[Sentence, ...]:
    """Return what the present question asks and the earlier one did not, the reverse, and another day."""
    before, after = (_asked(plan) for plan in (plans.before, plans.after))
    days = plans.before.as_of, plans.after.as_of
    day = (
        (say("planning.changed.day", before=days[0], after=days[1]),) if None not in days and len({*days}) == 2 else ()
    )
    came = _listed("now_asked", [after[text] for text in after if text not in before])
    return (*day, *came, *_listed("no_longer_asked", [before[text] for text in before if text not in after]))


def _asked(plan: Record) -> dict[str, Sentence]:
    return {sentence.text("nl"): sentence for sentence in plan.asked if sentence.key not in _KEEP}


def _listed(key: str, sentences: list[Sentence]) -> tuple[Sentence, ...]:
    shown = tuple(say(f"planning.changed.{key}", asked=sentence) for sentence in sentences[:_MOST_ASKED])
    more = len(sentences) - _MOST_ASKED
    return (*shown, say(f"planning.changed.{key}_more", count=more)) if more > 0 else shown


def direct_cause(plans: Compared, name: str, gone: Collection[str], came: Collection[str]) -> Cause | None:
    """Return what about this person or these packages is shown to be different, or None when nothing is."""
    layout = plans.after.layout
    if layout is None:
        return None
    if name not in layout.draft.pool.candidates.positions:
        return "person_gone", {}
    row, work = layout.draft.candidate(name), layout.draft.pool.packages.positions
    for package in sorted(came):
        pinned = layout.draft.pins.get((row, work[package]))
        if pinned is not None:
            return "agreed", {"agreed": pinned}
    for package in sorted(gone):
        found = _lost(plans, layout, row, package)
        if found is not None:
            return found
    return None if gone else _entered(plans, name)


def _lost(plans: Compared, layout: Layout, row: int, package: str) -> Cause | None:
    """Return what is different about a pair that the earlier plan had."""
    draft, name = layout.draft, layout.draft.pool.candidates.ids[row]
    if package not in draft.pool.packages.positions:
        return "package_gone", {"gone": package}
    place = draft.package(package)
    if (row, place) in draft.barred:
        return "agreed", {"agreed": draft.barred[row, place]}
    if row in draft.resting:
        return "resting", {"resting": draft.resting[row]}
    points = dict(options(layout, row)).get(package)
    if points is None:
        looked_at = (row, place) in draft.previous or len(draft.pool.candidates) * len(draft.places) <= ALL_PAIRS
        return ("pair_gone", {"gone": package}) if looked_at else None
    if int(draft.places[place]) < plans.taken_before[package]:
        return "fewer_places", {
            "gone": package,
            "places": int(draft.places[place]),
            "taken": plans.taken_before[package],
        }
    earlier = plans.points_before[name, package]
    if points != earlier:
        return "score", {"gone": package, "points": shown_points(points), "earlier_points": shown_points(earlier)}
    return None


def _entered(plans: Compared, name: str) -> Cause | None:
    """Return what kept somebody out of the earlier plan and no longer does."""
    if name not in plans.people_before:
        return "newcomer", {}
    reason = plans.reasons_before.get(name)
    if reason is not None and reason.key.startswith(_KEPT_OUT):
        return "freed", {"earlier_reason": reason}
    return None


def chained(others: Collection[str]) -> Cause:
    """Return the cause of a change that hangs together with a shown cause at these other people."""
    return "chain", {"others": tuple(sorted(others)[:_MOST_ASKED])}


def choice(plans: Compared, *, otherwise: bool) -> Cause:
    """Return the cause when nothing about the people or packages was found: the question, the whole plan, or unknown.

    That the whole plan is higher is only said when it is proven best and had the wish to keep the earlier one.
    """
    layout = plans.after.layout
    higher = layout is not None and bool(layout.draft.previous) and plans.after.status == "optimal"
    if otherwise:
        return "asked_otherwise" if higher else "asked_otherwise_unchecked", {}
    return "whole_plan" if higher else "unchecked", {}
