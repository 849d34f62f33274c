"""Candidates and work packages as profiles of the VUM standard, as plain values; what it cannot carry is listed."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable

from matching.domain.candidate import Candidate
from matching.domain.education import education_levels
from matching.domain.vocabulary import Term
from matching.domain.work_package import WorkPackage
from matching.intake.columns import SHEETS
from matching.intake.vum_codes import code_for, tri_state
from matching.intake.words import table

STANDARD_VERSION = "0.8.x"
"""The version of the standard whose field names are used; a later one may differ."""

Profile = dict[str, object]


def export_job_seekers(people: Iterable[Candidate]) -> list[Profile]:
    """Return job-seeker profiles; `idWerkzoekende` is the pseudonym, and nothing tells who it is."""
    return [_without_empty(_job_seeker(person)) for person in people]


def export_vacancies(packages: Iterable[WorkPackage]) -> list[Profile]:
    """Return vacancy profiles. Tasks, arrangements, guidance and places have no field in the standard."""
    return [_without_empty(_vacancy(package)) for package in packages]


def not_carried(entity: Candidate | WorkPackage) -> tuple[str, ...]:
    """Return the known fields of an entity that the standard cannot hold, or only more coarsely."""
    kind = "candidates" if isinstance(entity, Candidate) else "work_packages"
    carried = {row["field"] for row in table("vum_carried") if row["sheet"] == kind and row["exact"] == "yes"}
    defaults = {field.name: field.default for field in dataclasses.fields(entity)}
    return tuple(
        name
        for name, default in defaults.items()
        if name not in carried and getattr(entity, name) not in (None, default)
    )


def terms_not_carried(entities: Iterable[Candidate | WorkPackage]) -> tuple[Term, ...]:
    """Return what the standard cannot hold of any of them, as the headers and sheets that a person fills in."""
    found: dict[str, Term] = {}
    for entity in entities:
        own = SHEETS["candidates" if isinstance(entity, Candidate) else "work_packages"].by_key
        for name in not_carried(entity):
            found[name] = own[name].term if name in own else SHEETS[name].term
    return tuple(found[name] for name in sorted(found))


def _job_seeker(person: Candidate) -> Profile:
    flexible: Profile = {}
    if person.available is not None and not isinstance(person.available, str):
        flexible["datumAanvangBeschikbaarVoorWerk"] = person.available.isoformat()
    if person.available_checked_until is not None:
        flexible["datumEindeBeschikbaarVoorWerk"] = person.available_checked_until.isoformat()
    guided = None if person.guidance_hours is None else person.guidance_hours > 0
    adapted = None if person.needs is None else bool(person.needs)
    return {
        "idWerkzoekende": person.candidate_id,
        "indicatieLdrRegistratie": _register(person.register_status),
        "persoonlijkePresentatie": person.motivation,
        "eisAanWerk": {
            "indicatieAanpassingWerkomgeving": tri_state(adapted),
            "indicatieBegeleiding": tri_state(guided),
            "indicatieWerkvariatie": 0,
        },
        "vervoermiddel": [
            {"codeVervoermiddel": _number(code_for("travel_mode", mode)), "indicatieBeschikbaarVoorWoonWerkverkeer": 1}
            for mode in sorted(person.travel_modes or ())
            if code_for("travel_mode", mode)
        ],
        "mobiliteit": {"maximaleReistijd": person.max_travel_minutes},
        "flexibiliteit": flexible,
        "werktijden": _times(person.hours_min, person.hours_max),
        "arbeidsmarktkwalificatie": {
            "codeWerkEnDenkniveauWerkzoekende": _level(person.working_level),
            "opleiding": _education(person),
            "taalbeheersing": _languages(person.languages),
            "rijbewijs": _licences(person.driving_licence),
            "vakvaardigheid": _skills(person.skills),
        },
        "bemiddelingsberoep": [
            {"naamBeroepOngecodeerd": _work_kind(kind)} for kind, _ in person.wished_work_kinds or ()
        ],
    }


def _vacancy(package: WorkPackage) -> Profile:
    return {
        "idVacature": package.work_package_id,
        "naamVacature": package.title[:120] if package.title else None,
        "codeWerkEnDenkniveauMinimaal": str(_level(package.level_min)) if package.level_min else None,
        "indicatieLdrRegistratie": 1,
        "werkgever": {"handelsnaamOrganisatie": package.employer},
        "werktijden": _times(package.hours_min, package.hours_max),
        "arbeidsVoorwaarden": {
            "datumAanvangWerkzaamheden": package.start_date.isoformat() if package.start_date else None,
            "datumEindeWerkzaamheden": package.end_date.isoformat() if package.end_date else None,
        },
        "beroep": [{"naamBeroepOngecodeerd": _work_kind(kind)} for kind in sorted(package.work_kinds or ())],
        "taalbeheersing": _languages(package.languages_asked),
        "rijbewijs": _licences(package.licence_asked),
        "vakvaardigheid": _skills((package.skills_essential or frozenset()) | (package.skills_welcome or frozenset())),
    }


def _register(status: bool | None) -> int | None:
    return None if status is None else tri_state(status)


def _number(code: str | None) -> int | None:
    return None if code is None else int(code)


def _level(education: str | None) -> int:
    """Return the coarse level 1..6 of an education; 7 says "not known yet"."""
    codes = education_levels()[education].vum_level if education else ""
    return int(codes.split(";")[-1]) if codes else 7


def _education(person: Candidate) -> list[Profile]:
    if person.education is None:
        return []
    code = education_levels()[person.education].vum_education.split(";")[-1]
    return [
        {
            "codeNiveauOpleiding": int(code),
            "indicatieDiploma": tri_state(person.education_completed),
            "opleidingsnaam": {"naamOpleidingOngecodeerd": _education_label(person.education)},
        }
    ]


def _education_label(key: str) -> str:
    from matching.domain.vocabulary import vocabulary

    return vocabulary("education").label(key)


def _work_kind(key: str) -> str:
    from matching.domain.vocabulary import vocabulary

    return vocabulary("work_kind").label(key)


def _languages(languages: tuple[tuple[str, int], ...] | None) -> list[Profile]:
    """Return languages with the spoken level; our 1 ("a little") has no code and becomes 2."""
    return [
        {"codeTaal": code_for("language", language), "codeNiveauTaalbeheersingMondeling": max(2, level)}
        for language, level in languages or ()
    ]


def _licences(licences: frozenset[str] | None) -> list[Profile]:
    return [{"codeSoortRijbewijs": licence} for licence in sorted(licences or ())]


def _skills(skills: frozenset[str] | None) -> list[Profile]:
    from matching.domain.vocabulary import vocabulary

    return [{"omschrijving": vocabulary("skill").label(skill)[:120]} for skill in sorted(skills or ())]


def _times(low: float | None, high: float | None) -> Profile:
    """Return whole hours: the standard has no quarters, so the low end is rounded up and the high end down."""
    return {
        "aantalWerkurenPerWeekMinimaal": None if low is None else -int(-low // 1),
        "aantalWerkurenPerWeekMaximaal": None if high is None else int(high),
    }


def _without_empty(profile: Profile) -> Profile:
    """Return the profile without fields that hold nothing."""
    found: Profile = {}
    for name, value in profile.items():
        kept = _without_empty(value) if isinstance(value, dict) else value
        if kept not in (None, {}, []):
            found[name] = kept
    return found
