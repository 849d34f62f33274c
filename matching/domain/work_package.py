"""The work: a carved work package, its tasks, its place and the arrangements on offer."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass

from matching.domain.choices import GuideRole, OfferState, PlacementMethod, Screening


@dataclass(frozen=True, kw_only=True, slots=True)
class Task:
    """One task of a package: hours a week, whether it may be taken out, and its demands with levels."""

    name: str
    task_kind: str | None = None
    work_kind: str | None = None
    hours: float | None = None
    carveable: bool | None = None
    demands: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Offer:
    """The state of one arrangement at this work: present, can be arranged in `weeks` by `provider`, not possible."""

    arrangement: str
    state: OfferState = "unknown"
    weeks: int | None = None
    provider: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Location:
    """A building whose access, sound and arrangements all its packages share."""

    location_id: str
    municipality: str | None = None
    place_demands: tuple[tuple[str, int], ...] = ()
    arrangements_present: frozenset[str] | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Guide:
    """A team leader or job coach of collective placements."""

    guide_id: str
    role: GuideRole
    employer: str | None = None
    municipality: str | None = None
    hours_a_week: float | None = None
    max_teams: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class WorkPackage:
    """A carved bundle of tasks at one employer. None is unknown; an empty collection is "known: none".

    Hours are per week; scales are 1..18; places is the number of people; `programme` is "riha" or None.
    Essential skills, languages and licences exclude only when `essential_reason` holds the employer's reason.
    Languages are (language, level 1..4). `end_date` None with `lasting_prospect` True means no end is planned.
    """

    work_package_id: str
    title: str | None = None
    employer: str | None = None
    method: PlacementMethod = "individual"
    programme: str | None = None
    municipality: str | None = None
    postcode4: str | None = None
    location: Location | None = None
    places: int = 1
    days_at_home: int | None = None
    days_per_week: int | None = None
    days_required: frozenset[str] | None = None
    hours_min: float | None = None
    hours_max: float | None = None
    hours_negotiable: bool | None = None
    build_up_possible: bool | None = None
    divisible: bool | None = None
    scale_min: int | None = None
    scale_max: int | None = None
    level_min: str | None = None
    level_negotiable: bool | None = None
    start_date: dt.date | None = None
    start_movable: bool | None = None
    end_date: dt.date | None = None
    lasting_prospect: bool | None = None
    work_kinds: frozenset[str] | None = None
    setting: frozenset[str] | None = None
    development: frozenset[str] | None = None
    fields_asked: frozenset[str] | None = None
    skills_essential: frozenset[str] | None = None
    skills_welcome: frozenset[str] | None = None
    skills_trainable: frozenset[str] | None = None
    essential_reason: str | None = None
    languages_asked: tuple[tuple[str, int], ...] | None = None
    licence_asked: frozenset[str] | None = None
    screening: Screening | None = None
    screening_weeks: int | None = None
    guide_named: bool | None = None
    guide_trained: bool | None = None
    guidance_hours: float | None = None
    team_leader: str | None = None
    job_coach: str | None = None
    team_members: int | None = None
    team_starters: int | None = None
    supplier: str | None = None
    contract: str | None = None
    social_return: bool | None = None
    no_displacement: bool | None = None
    tasks: tuple[Task, ...] | None = None
    offers: tuple[Offer, ...] = ()

    @property
    def scorecard_key(self) -> str:
        """The programme where there is one, else the method: what picks the scorecard."""
        return self.programme or self.method

    @property
    def days_on_site(self) -> int | None:
        """Working days at the place itself, 0..7; None when the days a week or the days at home are unknown."""
        days = self.days_per_week
        if days is None and self.days_required:
            days = len(self.days_required)
        if days is None and self.hours_max is not None:
            days = min(5, math.ceil(self.hours_max / 8))
        return None if days is None or self.days_at_home is None else max(0, days - self.days_at_home)

    @property
    def task_hours(self) -> tuple[float, ...]:
        """Hours of each task; unknown hours get an equal part of what the package leaves, at least a quarter hour."""
        tasks = self.tasks or ()
        known = sum(task.hours for task in tasks if task.hours is not None)
        missing = sum(task.hours is None for task in tasks)
        spare = max(0.25, ((self.hours_max or self.hours_min or 0) - known) / missing) if missing else 0.0
        return tuple(spare if task.hours is None else task.hours for task in tasks)

    @property
    def work_kind_shares(self) -> tuple[tuple[str, int], ...] | None:
        """Each work kind with its share of the hours in thousandths, rounded down; None when no kind is known."""
        hours: dict[str, float] = {}
        for task, length in zip(self.tasks or (), self.task_hours, strict=True):
            if task.work_kind:
                hours[task.work_kind] = hours.get(task.work_kind, 0.0) + length
        if not hours:
            hours = dict.fromkeys(sorted(self.work_kinds or ()), 1.0)
        total = sum(hours.values())
        return tuple(sorted((kind, int(1000 * part / total)) for kind, part in hours.items())) if total else None

    @property
    def place_demands(self) -> tuple[tuple[str, int], ...]:
        """Demands that the place itself makes on everybody who works there."""
        return self.location.place_demands if self.location else ()

    @property
    def offer_states(self) -> tuple[Offer, ...]:
        """The offers of the package, and as present those of its location that the package does not name."""
        named = {offer.arrangement for offer in self.offers}
        shared = (self.location.arrangements_present or frozenset()) if self.location else frozenset()
        return self.offers + tuple(Offer(arrangement=key, state="present") for key in sorted(shared - named))
