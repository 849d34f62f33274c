"""Who looks for work: a candidate and what she needs, brings and wants."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from matching.domain.agreement import Agreement
from matching.domain.choices import Availability, GuidanceLevel, ProvisionBy


@dataclass(frozen=True, kw_only=True, slots=True)
class Need:
    """What lets this person do good work: a demand at a level that is possible, arrangements, or both.

    `demand` is a key of the demand catalogue and `level` the highest level that goes well (0 asks least).
    `arrangements` are alternatives: one of them suffices. Several needs of one person are all needed.
    `confirmed_on` is the day the candidate confirmed it; None means not confirmed.
    """

    demand: str | None = None
    level: int | None = None
    arrangements: tuple[str, ...] = ()
    confirmed_on: dt.date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Candidate:
    """A person under a pseudonym. None is unknown everywhere; an empty collection is "known: none".

    Hours are per week and multiples of a quarter. Travel is in minutes one way. Lists hold vocabulary keys.
    `never` holds the candidate's own vetoes as "work_kind:KEY", "employer:NAME" or "work_package:ID".
    `wished_work_kinds` is ordered by weight; empty means "no preference", which is a known answer.
    `needs` is None when nobody has asked yet. `motivation` is shown to people and never scored.
    """

    candidate_id: str
    source_organisation: str | None = None
    source_kind: str | None = None
    register_status: bool | None = None
    register_checked_on: dt.date | None = None
    available: Availability | None = None
    available_checked_until: dt.date | None = None
    municipality: str | None = None
    postcode4: str | None = None
    max_travel_minutes: int | None = None
    travel_modes: frozenset[str] | None = None
    travels_alone: bool | None = None
    hours_min: float | None = None
    hours_max: float | None = None
    can_grow_hours: bool | None = None
    days_available: frozenset[str] | None = None
    education: str | None = None
    education_completed: bool | None = None
    fields_of_study: frozenset[str] | None = None
    working_level: str | None = None
    working_level_confirmed: bool | None = None
    wished_scale_min: int | None = None
    wished_scale_max: int | None = None
    skills: frozenset[str] | None = None
    skills_absent: frozenset[str] | None = None
    experience: tuple[tuple[str, float], ...] | None = None
    work_kinds_mastered: frozenset[str] | None = None
    wants_to_learn: frozenset[str] | None = None
    development_wishes: frozenset[str] | None = None
    languages: tuple[tuple[str, int], ...] | None = None
    driving_licence: frozenset[str] | None = None
    wished_work_kinds: tuple[tuple[str, int], ...] | None = None
    wished_setting: frozenset[str] | None = None
    never: frozenset[str] | None = None
    not_together_with: frozenset[str] | None = None
    guidance_hours: float | None = None
    guidance_level: GuidanceLevel | None = None
    secondment_from: dt.date | None = None
    consent_to_present: bool | None = None
    provision_by: ProvisionBy | None = None
    last_contact_on: dt.date | None = None
    contact_route: str | None = None
    motivation: str | None = None
    profile_date: dt.date | None = None
    profile_source: str | None = None
    needs: tuple[Need, ...] | None = None
    agreements: tuple[Agreement, ...] = ()
