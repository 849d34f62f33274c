"""What could change on the side of a candidate: only she, an officer or a supplier can do it, and nothing is raised.

Her own limits (hours, travel, needs) are never counted as something to change.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace

from matching.domain.candidate import Candidate
from matching.domain.education import HIGHER_EDUCATION_STEP, spoken_level, step_of
from matching.domain.work_package import WorkPackage
from matching.text import Sentence, say


@dataclass(frozen=True, kw_only=True, slots=True)
class PersonStep:
    """One change on the side of the candidate."""

    size = 20

    @property
    def sentence(self) -> Sentence:
        """The change in words."""
        raise TypeError(f"{type(self).__name__} says nothing")

    def apply(self, candidate: Candidate) -> Candidate:
        """Return the candidate after the change."""
        raise TypeError(f"{type(self).__name__} changes nothing")


@dataclass(frozen=True, kw_only=True, slots=True)
class TakeBackVeto(PersonStep):
    """She herself takes back that she does not want this work."""

    words: frozenset[str]

    @property
    def sentence(self) -> Sentence:
        """That only she can do so."""
        return say("advice.person.take_back_veto")

    def apply(self, candidate: Candidate) -> Candidate:
        """Return her without these vetoes."""
        return replace(candidate, never=(candidate.never or frozenset()) - self.words)


@dataclass(frozen=True, kw_only=True, slots=True)
class EndOfficersVeto(PersonStep):
    """The officer who made a veto on this work ends it."""

    work_package_id: str
    employer: str | None

    @property
    def sentence(self) -> Sentence:
        """That the officer can do so."""
        return say("advice.person.end_veto")

    def apply(self, candidate: Candidate) -> Candidate:
        """Return her without an officer's veto on this package."""
        kept = tuple(
            item
            for item in candidate.agreements
            if item.kind != "veto" or not item.covers(work_package_id=self.work_package_id, employer=self.employer)
        )
        return replace(candidate, agreements=kept)


@dataclass(frozen=True, kw_only=True, slots=True)
class FreeBy(PersonStep):
    """She is free by a day."""

    day: dt.date

    @property
    def sentence(self) -> Sentence:
        """By which day."""
        return say("advice.person.free_by", day=self.day)

    def apply(self, candidate: Candidate) -> Candidate:
        """Return her as free from that day on."""
        return replace(candidate, available=self.day, available_checked_until=None)


@dataclass(frozen=True, kw_only=True, slots=True)
class LevelConfirmed(PersonStep):
    """Somebody who knows her work confirms that she works at a level."""

    level: str

    @property
    def sentence(self) -> Sentence:
        """Which level."""
        return say("advice.person.level_confirmed", level=spoken_level(self.level))

    def apply(self, candidate: Candidate) -> Candidate:
        """Return her with this working level, confirmed."""
        return replace(candidate, working_level=self.level, working_level_confirmed=True)


def person_steps(candidate: Candidate, package: WorkPackage, as_of: dt.date) -> Iterator[PersonStep]:
    """Yield what could change on her side for this package."""
    kinds = (package.work_kinds or frozenset()) | {task.work_kind for task in package.tasks or () if task.work_kind}
    spoken = {f"work_kind:{kind}" for kind in kinds}
    spoken |= {f"work_package:{package.work_package_id}", f"employer:{package.employer}"}
    words = frozenset(spoken & (candidate.never or frozenset()))
    if words:
        yield TakeBackVeto(words=words)
    identity, employer = package.work_package_id, package.employer
    vetoes = [item for item in candidate.agreements if item.kind == "veto"]
    if any(item.covers(work_package_id=identity, employer=employer) for item in vetoes):
        yield EndOfficersVeto(work_package_id=identity, employer=employer)
    start = package.start_date or as_of
    if candidate.available == "no" or (isinstance(candidate.available, dt.date) and candidate.available > start):
        yield FreeBy(day=start)
    wanted = _level_wanted(package)
    if wanted is not None and _may_prove(candidate, wanted):
        yield LevelConfirmed(level=wanted)


def _may_prove(candidate: Candidate, wanted: str) -> bool:
    """Return whether a level may reasonably still be shown (expert judgement).

    A step above what is confirmed, or at most two above her diploma or unconfirmed level (mbo-4 to hbo is two: the
    associate degree lies between); where nothing is known it may.
    """
    asked = step_of(wanted) or 0
    confirmed = step_of(candidate.working_level) if candidate.working_level_confirmed else None
    if asked == 0:
        return False
    if confirmed is not None:
        return asked == confirmed + 1
    known = [step for step in map(step_of, (candidate.working_level, candidate.education)) if step is not None]
    return not known or asked <= max(known) + 2


def _level_wanted(package: WorkPackage) -> str | None:
    if package.programme == "riha" and (step_of(package.level_min) or 0) < HIGHER_EDUCATION_STEP:
        return "bachelor"
    return package.level_min
