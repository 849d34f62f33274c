"""Who may see what. Every output is made for one role, and the narrowest role that fits is the default.

| role | sees beside codes, bands, reasons and questions |
|---|---|
| liaison | everything that the engine shows: needs, arrangements, motivation, contact route |
| coordinator, planner | arrangements, only of people who may be presented; never needs |
| analyst | points of every part; arrangements as coordinators do; never needs, motivation or contact route |
| employer | a whitelist about one person who agreed: talents, wishes, hours, what to arrange; no points, no others |
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from matching.errors import MatchingError
from matching.text import Sentence, say

if TYPE_CHECKING:
    from matching.domain.candidate import Candidate

NEEDS_KEYS = frozenset({"demands", "doable_hours", "guidance"})
"""Rules and criteria whose reasons speak of what a person needs."""

NEEDS_FIELDS = frozenset({"needs", "guidance_hours", "guidance_level", "motivation"})
"""Columns of a candidate that speak of what she needs or wrote herself; questions about them say so too."""

OFFERS_FIELDS = frozenset({"offers", "offer_states"})
"""Columns of a package; a question about them names the arrangement of the person it was asked for."""

ARRANGEMENT_KEYS = frozenset({"arrangement_time"})
"""Rules whose reasons name what has to be arranged."""


class Role(StrEnum):
    """Who reads the output."""

    LIAISON = "liaison"
    COORDINATOR = "coordinator"
    PLANNER = "planner"
    ANALYST = "analyst"
    EMPLOYER = "employer"


class RoleRefused(MatchingError):
    """This role gets no such output, whoever it is about: ask for another one, or for another role."""

    exit_code = 2


class ConsentMissing(RoleRefused):
    """This role may see such output, but not about somebody who has not agreed to be presented."""

    exit_code = 1


def sees_needs(role: Role) -> bool:
    """Return whether the role may read what a person needs, in any wording."""
    return role is Role.LIAISON


def sees_motivation(role: Role) -> bool:
    """Return whether the role may read what the person wrote herself."""
    return role is Role.LIAISON


def sees_contact_route(role: Role) -> bool:
    """Return whether the role may see through which desk a person is reached."""
    return role in (Role.LIAISON, Role.COORDINATOR, Role.PLANNER)


def sees_points(role: Role) -> bool:
    """Return whether the role may see points and how they add up."""
    return role is not Role.EMPLOYER


def sees_arrangements(role: Role, candidate: Candidate) -> bool:
    """Return whether the role may see what has to be arranged for this person."""
    return role is Role.LIAISON or candidate.consent_to_present is True


def shown_reason(role: Role, key: str, reason: Sentence) -> Sentence:
    """Return the reason of a rule or criterion, or a sentence that names nothing where the role may not read it."""
    return say("output.reason_not_shown") if key in NEEDS_KEYS and not sees_needs(role) else reason


def shown_question(role: Role, field: str, question: Sentence, person: Candidate) -> Sentence:
    """Return the question, or one that names nothing where it speaks of what this person needs or has arranged."""
    if field in NEEDS_FIELDS and not sees_needs(role):
        return say("output.question_not_shown")
    if field in OFFERS_FIELDS and not sees_arrangements(role, person):
        return say("output.offer_not_shown")
    return question


def check_list(role: Role) -> None:
    """Raise RoleRefused for an employer: a list compares people, and an employer meets one person at a time."""
    if role is Role.EMPLOYER:
        raise RoleRefused(say("output.no_list_for_employer"))


def check_person(role: Role, candidate: Candidate) -> None:
    """Raise ConsentMissing when an employer asks about somebody who has not agreed to be presented."""
    if role is Role.EMPLOYER and candidate.consent_to_present is not True:
        raise ConsentMissing(say("output.no_consent", candidate=candidate.candidate_id))
