"""Limits: what always holds in a plan, each a small object with a sentence."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal, Protocol

import numpy as np

from matching.domain.agreement import Agreement, HeldElsewhere
from matching.planning.bilingual import Words
from matching.planning.draft import Draft, RowDraft
from matching.text import Sentence, say

__all__ = [
    "Accepted",
    "AtMost",
    "Excluding",
    "HourBudget",
    "Limit",
    "OnePlacePerPerson",
    "Pinned",
    "PlacedSomewhere",
    "Places",
    "Reserved",
    "SamePerson",
    "Vetoed",
    "limits_of_agreements",
]


class Limit(Protocol):
    """Anything that says what it asks and puts it in a draft."""

    def sentence(self) -> Sentence:
        """Return the limit in words."""
        ...

    def put(self, draft: Draft) -> None:
        """Add the limit to a draft. Raises UnknownName for an id that does not exist."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class OnePlacePerPerson:
    """Everybody gets at most `places` places (one unless you say otherwise)."""

    places: int = 1

    def sentence(self) -> Sentence:
        """Return the limit in words."""
        return say("planning.limit.one_place", places=self.places)

    def put(self, draft: Draft) -> None:
        """Set the ceiling of everybody."""
        draft.most = np.minimum(draft.room, self.places)


@dataclass(frozen=True, slots=True)
class Places:
    """A package has this many places in the plan, instead of the number in the pool."""

    package: str
    places: int

    def sentence(self) -> Sentence:
        """Return the limit in words."""
        return say("planning.demand.places", package=self.package, places=self.places)

    def put(self, draft: Draft) -> None:
        """Set the places of the package."""
        draft.places[draft.package(self.package)] = self.places


@dataclass(frozen=True, slots=True)
class Pinned:
    """A candidate goes to this package. The reason is asked, because a pin moves others."""

    candidate: str
    package: str
    because: str | None = None

    def sentence(self) -> Sentence:
        """Return the limit in words."""
        key = "planning.limit.pinned_because" if self.because else "planning.demand.pin"
        return say(key, candidate=self.candidate, package=self.package, because=(self.because or "").rstrip(". "))

    def put(self, draft: Draft) -> None:
        """Fix the pair."""
        draft.pin(draft.candidate(self.candidate), draft.package(self.package), self.sentence())


@dataclass(frozen=True, slots=True)
class Accepted:
    """An accepted placement: it never moves, and its place is there even when the package has fewer."""

    candidate: str
    package: str

    def sentence(self) -> Sentence:
        """Return the limit in words."""
        return say("planning.limit.accepted", candidate=self.candidate, package=self.package)

    def put(self, draft: Draft) -> None:
        """Fix the pair for good."""
        draft.pin(draft.candidate(self.candidate), draft.package(self.package), self.sentence(), accepted=True)


@dataclass(frozen=True, slots=True)
class PlacedSomewhere:
    """A candidate gets a place, with one employer or with anyone."""

    candidate: str
    employer: str | None = None
    because: str | None = None

    def sentence(self) -> Sentence:
        """Return the limit in words."""
        key = "planning.limit.placed_with" if self.employer else "planning.demand.person"
        return say(key, candidate=self.candidate, employer=self.employer or "")

    def put(self, draft: Draft) -> None:
        """Ask for a place: a floor for the person, or a hard row over the employer's packages."""
        row = draft.candidate(self.candidate)
        if self.employer is None:
            draft.least[int(draft.person[row])] = self.sentence()
            return
        theirs = set(draft.packages_of(self.employer))
        draft.rows.append(RowDraft(sentence=self.sentence(), weigh=draft.counted(row, theirs), low=1))


@dataclass(frozen=True, slots=True)
class Vetoed:
    """A candidate does not go to a package, to an employer, or (with neither) anywhere; `until` a date or for now."""

    candidate: str
    package: str | None = None
    employer: str | None = None
    because: str | None = None
    until: dt.date | None = None

    def sentence(self) -> Sentence:
        """Return the limit in words, with its last day when it has one."""
        where = self.package or self.employer
        kind = "forbidden" if self.package else "vetoed_employer" if self.employer else "vetoed_everywhere"
        said = {"candidate": self.candidate, "package": self.package, "employer": self.employer}
        if self.until is not None:
            kept = say("planning.limit.somewhere", where=where) if where else say("planning.limit.anywhere")
            return say("planning.limit.vetoed_until", candidate=self.candidate, where=kept, until=self.until)
        key = f"planning.{'demand' if self.package else 'limit'}.{kind}"
        return say(key, **{name: value for name, value in said.items() if value is not None})

    def put(self, draft: Draft) -> None:
        """Forbid the pairs, unless the veto has ended on the day of the pool."""
        if self.until is not None and self.until < draft.pool.as_of:
            return
        packages = [draft.package(self.package)] if self.package else draft.packages_of(self.employer)
        draft.bar(draft.candidate(self.candidate), packages, self.sentence())


@dataclass(frozen=True, slots=True)
class Reserved:
    """A candidate is in no proposal until a date; with a package or employer, in no other proposal than theirs."""

    candidate: str
    until: dt.date | None = None
    package: str | None = None
    employer: str | None = None
    held_elsewhere: Literal["accepted", "pin"] | None = None

    def sentence(self) -> Sentence:
        """Return the limit in words; `held_elsewhere` says that a place outside this plan is the reason."""
        if self.held_elsewhere is not None:
            key = f"planning.limit.{self.held_elsewhere}_elsewhere"
            ends = {} if self.until is None else {"until": self.until}
            return say(f"{key}_until" if ends else key, candidate=self.candidate, **ends)
        kept_for = self.package or self.employer
        key = "planning.limit.reserved_for" if kept_for else "planning.limit.reserved"
        last = say("planning.limit.last_day", until=self.until) if self.until else say("planning.limit.for_now")
        return say(key, candidate=self.candidate, until=last, **({"kept_for": kept_for} if kept_for else {}))

    def put(self, draft: Draft) -> None:
        """Forbid the pairs, unless the reservation has ended on the day of the pool."""
        if self.until is not None and self.until < draft.pool.as_of:
            return
        row, everything = draft.candidate(self.candidate), set(draft.packages_of(None))
        kept = {draft.package(self.package)} if self.package else set()
        kept |= set(draft.packages_of(self.employer)) if self.employer else set()
        if not kept:
            draft.resting[row] = self.sentence()
        draft.bar(row, sorted(everything - kept), self.sentence())


@dataclass(frozen=True, slots=True)
class SamePerson:
    """Two ids, of two sources, are one person and count once."""

    candidate: str
    other: str

    def sentence(self) -> Sentence:
        """Return the limit in words."""
        return say("planning.limit.same_person", candidate=self.candidate, other=self.other)

    def put(self, draft: Draft) -> None:
        """Join the two."""
        draft.same(draft.candidate(self.candidate), draft.candidate(self.other))


@dataclass(frozen=True, slots=True)
class Excluding:
    """Nobody gets both packages (matters when people may have more than one place)."""

    package: str
    other: str

    def sentence(self) -> Sentence:
        """Return the limit in words."""
        return say("planning.demand.exclusive", package=self.package, other=self.other)

    def put(self, draft: Draft) -> None:
        """Note the pair of packages."""
        draft.exclusive.append((draft.package(self.package), draft.package(self.other)))


@dataclass(frozen=True, slots=True)
class HourBudget:
    """A divisible package with whole hours a week to divide; a person takes the hours that he or she can work.

    Hours of a person are the most he or she wants, no more than the package's own most, rounded up; unknown counts
    as `usual_hours`.
    """

    package: str
    hours: int
    usual_hours: int = 24

    def sentence(self) -> Sentence:
        """Return the limit in words."""
        return say("planning.demand.budget", package=self.package, hours=self.hours)

    def put(self, draft: Draft) -> None:
        """Give the package its budget."""
        row = draft.package(self.package)
        draft.budgets[row], draft.usual_hours[row] = self.hours, self.usual_hours


@dataclass(frozen=True, slots=True, kw_only=True)
class AtMost:
    """No group gets more than `most` places; hard, so it asks for its ground in words.

    `per` is one of the groups of `draft`; `group` limits it to one of them, None means each.
    """

    most: int
    per: str
    because: Words
    group: str | None = None

    def sentence(self) -> Sentence:
        """Return the limit in words."""
        per = say(f"planning.per.{self.per}")
        because = self.because.rstrip(". ")
        if self.group is None:
            return say("planning.limit.at_most", most=self.most, per=per, because=because)
        return say("planning.limit.at_most_group", most=self.most, group=self.group, because=because)

    def put(self, draft: Draft) -> None:
        """Add a row per group."""
        for label, weigh in draft.groups(self.per):
            if self.group in (None, label):
                about = say("planning.limit.at_most_group", most=self.most, group=label, because=self.because)
                draft.rows.append(RowDraft(sentence=about, weigh=weigh, high=self.most))


def limits_of_agreements(agreements: tuple[Agreement, ...], day: dt.date) -> list[Limit]:
    """Return what the agreements that hold on this day ask of a plan; accepted placements come first."""
    found: list[Limit] = []
    for agreement in sorted((a for a in agreements if a.holds_on(day)), key=lambda a: a.kind != "accepted"):
        limit = _limit_of(agreement)
        if limit is not None:
            found.append(limit)
    return found


def _limit_of(agreement: Agreement) -> Limit | None:
    who, package, employer = agreement.candidate_id, agreement.work_package_id, agreement.employer
    match agreement.kind:
        case "accepted" if package is not None:
            return Accepted(who, package)
        case "pin" if package is not None:
            return Pinned(who, package, agreement.reason)
        case "pin":
            return PlacedSomewhere(who, employer, agreement.reason)
        case "veto":
            return Vetoed(who, package, employer, agreement.reason, agreement.until)
        case "reserve":
            held = agreement.held if isinstance(agreement, HeldElsewhere) else None
            return Reserved(who, agreement.until, package, employer, held)
        case "same_person" if agreement.other_candidate_id is not None:
            return SamePerson(who, agreement.other_candidate_id)
        case _:
            return None
