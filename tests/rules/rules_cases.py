"""What every rule must answer: one row for each kind of answer, as changes to a pair that fits in every respect."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from matching.domain.agreement import Agreement
from matching.domain.candidate import Need
from matching.domain.work_package import Location, Offer, Task

CONFIRMED = dt.date(2026, 10, 1)
PAST = dt.date(2026, 10, 1)


@dataclass(frozen=True, kw_only=True)
class Case:
    """Changes to the fitting pair, the outcome and unknown mark that they lead to, and words of the Dutch reason."""

    rule: str
    kind: str
    says: str
    candidate: dict = field(default_factory=dict)
    package: dict = field(default_factory=dict)
    unknown: bool | None = None
    travel: dict = field(default_factory=dict)


def task(*, carveable=False, **demands):
    return Task(
        name="Dossiers ordenen", work_kind="archive", hours=24.0, carveable=carveable, demands=tuple(demands.items())
    )


def veto(**more):
    return (Agreement(kind="veto", candidate_id="K-1", **more),)


def offers(**states):
    return tuple(Offer(arrangement=key, state=state) for key, state in states.items())


QUIET = (Need(demand="noise", level=1, arrangements=("quiet_place",), confirmed_on=CONFIRMED),)
NOISY = (task(noise=2),)
FIXED = {"skills_trainable": frozenset(), "essential_reason": "het hele team werkt ermee", "tasks": (task(),)}
SKILL = {"skills_essential": frozenset({"data_entry"})}
FAR = {"municipality": "groningen"}
MATRIX = {("groningen", "s-gravenhage", "public_transport"): 170, ("groningen", "s-gravenhage", "bicycle"): 700}
CLOSED = offers(transport="not_possible", home_working="not_possible")
RIHA = {"programme": "riha", "scale_min": 9, "scale_max": 10, "level_min": "bachelor"}
GRADUATE = {"education": "bachelor", "education_completed": True, "secondment_from": dt.date(2026, 11, 1)}
TEAM = {
    "method": "collective",
    "places": 12,
    "team_members": 8,
    "team_starters": 0,
    "team_leader": "G-1",
    "job_coach": "G-2",
}
LATE = dt.date(2026, 12, 20)


def rows(rule, *cases):
    return [
        Case(rule=rule, **dict(zip(("kind", "says", "candidate", "package"), case, strict=False))) for case in cases
    ]


CASES = [
    *rows(
        "own_veto",
        ("fits", "niets tegen vastgelegd"),
        ("unknown", "niets tegen vastgelegd", {"never": None}),
        ("conflict", "Archief en dossiers", {"never": frozenset({"work_kind:archive"})}),
        ("conflict", "Ministerie van BZK", {"never": frozenset({"employer:Ministerie van BZK"})}),
        ("conflict", "WP-1", {"never": frozenset({"work_package:WP-1"})}),
        (
            "conflict",
            "nog in gesprek elders",
            {"agreements": veto(work_package_id="WP-1", reason="nog in gesprek elders")},
        ),
        (
            "conflict",
            "vorige plaatsing",
            {"agreements": veto(employer="Ministerie van BZK", reason="vorige plaatsing")},
        ),
        ("to_judge", "zonder reden", {"agreements": veto(work_package_id="WP-1")}),
        ("to_judge", "01-10-2026", {"agreements": veto(work_package_id="WP-1", reason="rust", until=PAST)}),
        ("fits", "niets tegen", {"agreements": veto(work_package_id="WP-2", reason="rust")}),
        ("fits", "niets tegen", {"never": frozenset({"work_kind:cleaning"})}),
    ),
    *rows(
        "available",
        ("fits", "kan nu beginnen"),
        ("fits", "15-11-2026", {"available": dt.date(2026, 11, 15)}),
        ("unknown", "Niet bekend", {"available": None}),
        ("unknown", "niet meer actueel", {"available": "no", "available_checked_until": PAST}),
        ("unknown", "niet bekend", {"available": dt.date(2027, 1, 1)}, {"start_date": None}),
        ("to_judge", "Kan het werk wachten", {"available": dt.date(2027, 1, 1)}),
        ("to_judge", "de start mag schuiven", {"available": dt.date(2027, 1, 1)}, {"start_movable": True}),
        ("to_judge", "later instappen", {"available": dt.date(2027, 6, 1)}),
        ("to_judge", "later instappen", {"available": dt.date(2028, 6, 1)}, {"start_movable": None}),
        ("conflict", "pas vanaf 01-06-2028", {"available": dt.date(2028, 6, 1)}),
        ("conflict", "niet beschikbaar", {"available": "no"}),
    ),
    *rows(
        "hours",
        ("fits", "16 tot 28 uur"),
        ("unknown", "onbekend", {"hours_min": None, "hours_max": None}),
        ("unknown", "minstens 16", {"hours_max": None}, {"hours_min": 28.0, "hours_max": 36.0}),
        ("to_judge", "Over de uren valt te praten", {"hours_min": 8.0, "hours_max": 16.0}, {"hours_negotiable": True}),
        (
            "to_judge",
            "Opbouwen",
            {"hours_min": 8.0, "hours_max": 16.0, "can_grow_hours": False},
            {"build_up_possible": True},
        ),
        ("to_judge", "kan groeien", {"hours_min": 8.0, "hours_max": 16.0}),
        ("to_judge", "Dossiers ophalen", {"hours_min": 8.0, "hours_max": 16.0, "can_grow_hours": False}),
        ("to_judge", "ruimte", {"hours_max": 16.0, "can_grow_hours": None}, {"tasks": (task(),)}),
        ("conflict", "geen ruimte", {"hours_max": 16.0, "can_grow_hours": False}, {"tasks": (task(),)}),
        ("conflict", "32", {"hours_min": 32.0, "hours_max": 36.0}),
        ("to_judge", "32", {"hours_min": 32.0, "hours_max": 36.0}, {"hours_negotiable": None}),
    ),
    *rows(
        "days",
        ("fits", "maandag, dinsdag, woensdag"),
        ("unknown", "niet bekend", {"days_available": None}),
        ("to_judge", "te weinig", {"days_available": frozenset({"mon", "fri"})}),
        ("unknown", "niet vastgelegd", {}, {"days_required": None, "days_per_week": None}),
        ("to_judge", "te weinig", {}, {"days_required": None, "days_per_week": 5}),
        (
            "fits",
            "sluiten aan",
            {"days_available": frozenset({"mon", "tue", "wed", "thu", "fri"})},
            {"days_required": None},
        ),
    ),
    *rows(
        "travel",
        ("fits", "eigen grens 60 minuten"),
        ("unknown", "niet te beoordelen", {"municipality": None}),
        ("unknown", "niet te beoordelen", {"max_travel_minutes": None, **FAR}),
        ("to_judge", "schatting", FAR),
        ("to_judge", "schatting", FAR, {"offers": CLOSED}),
        ("to_judge", "begeleiding of vervoer", {"travels_alone": False}),
        ("fits", "eigen grens", {"travels_alone": False, "travel_modes": frozenset({"taxi"})}),
        ("fits", "volledig vanuit huis", FAR, {"days_at_home": 3}),
    ),
    Case(rule="travel", kind="to_judge", says="2 uur en 50 minuten", candidate=FAR, travel=MATRIX),
    Case(
        rule="travel",
        kind="conflict",
        says="2 uur en 50 minuten",
        candidate=FAR,
        package={"offers": CLOSED},
        travel=MATRIX,
    ),
    *rows(
        "level",
        ("fits", "mbo-2 of hoger"),
        ("fits", "door ervaring", {"education": "primary", "working_level": None}),
        ("fits", "sluit aan", {"education": None}),
        ("unknown", "niet volledig bekend", {"education": None, "working_level": None, "experience": None}),
        ("unknown", "niet volledig bekend", {}, {"level_min": None, "scale_min": None, "scale_max": None}),
        ("to_judge", "dicht bij elkaar", {"education": "mbo_1", "working_level": "mbo_1", "experience": ()}),
        ("to_judge", "hoger niveau", {"education": "master", "working_level": "master", "experience": ()}),
        ("to_judge", "meer dan wat bekend", {"education": "primary", "working_level": None, "experience": ()}),
        (
            "to_judge",
            "meer dan",
            {"education": "primary", "working_level": "primary", "experience": ()},
            {"level_negotiable": None},
        ),
        ("conflict", "het niveau ligt vast", {"education": "primary", "working_level": "primary", "experience": ()}),
    ),
    *rows(
        "wished_scale",
        ("fits", "gewenst 2 t/m 5, werk 3 t/m 4"),
        ("unknown", "onbekend", {"wished_scale_min": None, "wished_scale_max": None}),
        ("to_judge", "lager dan gewenst", {"wished_scale_min": 6, "wished_scale_max": 8}),
        ("to_judge", "hoger dan gewenst", {"wished_scale_min": 1, "wished_scale_max": 2}),
    ),
    *rows(
        "essential_skill",
        ("fits", "geen onmisbare"),
        ("fits", "brengt mee", {"skills": frozenset({"data_entry"})}, SKILL),
        ("unknown", "Nog niet bekend", {}, SKILL),
        ("unknown", "Niet vastgelegd", {}, {"skills_essential": None}),
        (
            "to_judge",
            "te leren",
            {"skills_absent": frozenset({"data_entry"})},
            SKILL | FIXED | {"skills_trainable": frozenset({"data_entry"})},
        ),
        ("to_judge", "zonder: Dossiers ophalen", {"skills_absent": frozenset({"data_entry"})}, SKILL),
        (
            "to_judge",
            "collega",
            {"skills_absent": frozenset({"data_entry"})},
            SKILL | FIXED | {"offers": offers(task_swap="present")},
        ),
        (
            "to_judge",
            "waarom",
            {"skills_absent": frozenset({"data_entry"})},
            SKILL | FIXED | {"essential_reason": None},
        ),
        ("conflict", "het hele team werkt ermee", {"skills_absent": frozenset({"data_entry"})}, SKILL | FIXED),
        (
            "fits",
            "geen onmisbare",
            {"skills_absent": frozenset({"data_entry"})},
            {"skills_welcome": frozenset({"data_entry"})},
        ),
    ),
    *rows(
        "language",
        ("fits", "geen bepaalde taal"),
        ("fits", "Nederlands", {}, {"languages_asked": (("nl", 3),)}),
        ("unknown", "Engels", {}, {"languages_asked": (("en", 2),)}),
        ("unknown", "Niet vastgelegd", {}, {"languages_asked": None}),
        (
            "to_judge",
            "kandidaat: eenvoudig; gevraagd: goed",
            {"languages": (("nl", 2),)},
            {"languages_asked": (("nl", 3),)},
        ),
        ("conflict", "onmisbaar", {"languages": (("nl", 2),)}, {"languages_asked": (("nl", 3),)} | FIXED),
    ),
    *rows(
        "licence",
        ("fits", "geen rijbewijs"),
        ("fits", "B (auto)", {"driving_licence": frozenset({"BE"})}, {"licence_asked": frozenset({"B"})}),
        ("unknown", "Nog niet bekend", {"driving_licence": None}, {"licence_asked": frozenset({"B"})}),
        ("to_judge", "heeft: geen", {}, {"licence_asked": frozenset({"B"})}),
        ("conflict", "onmisbaar", {}, {"licence_asked": frozenset({"B"})} | FIXED),
    ),
    *rows(
        "demands",
        ("fits", "geen bijzondere eisen"),
        ("fits", "gaat goed", {"needs": QUIET}, {"tasks": (task(noise=1),)}),
        ("fits", "te regelen", {"needs": QUIET}, {"tasks": NOISY, "offers": offers(quiet_place="arrangeable")}),
        ("unknown", "Vraag of dit kan: Rustige werkplek", {"needs": QUIET}, {"tasks": NOISY}),
        ("unknown", "Nog niet besproken", {"needs": None}, {"tasks": NOISY}),
        ("unknown", "nog niet beschreven", {}, {"tasks": None}),
        (
            "to_judge",
            "welke aanpassing is onderzocht",
            {"needs": QUIET},
            {"tasks": NOISY, "offers": offers(quiet_place="not_possible")},
        ),
        (
            "to_judge",
            "Misschien helpt",
            {"needs": (Need(demand="telephone", level=0),)},
            {"tasks": (task(telephone=2),)},
        ),
        (
            "to_judge",
            "kan hier niet",
            {"needs": (Need(arrangements=("job_coach",)),)},
            {"offers": offers(job_coach="not_possible")},
        ),
        (
            "to_judge",
            "De werkplek",
            {"needs": QUIET},
            {
                "location": Location(location_id="L", place_demands=(("noise", 3),)),
                "offers": offers(quiet_place="not_possible"),
            },
        ),
    ),
    *rows(
        "guidance",
        ("fits", "gewenst 1 uur, beschikbaar 3 uur"),
        ("fits", "niet nodig", {"guidance_hours": 0.0}, {"guidance_hours": None}),
        ("unknown", "onbekend", {"guidance_hours": None}),
        ("to_judge", "Wie levert 2 uur", {"guidance_hours": 5.0}),
    ),
    *rows(
        "arrangement_time",
        ("fits", "niets te worden geregeld"),
        ("fits", "15-11-2026", {"needs": QUIET}, {"tasks": NOISY}),
        ("unknown", "Nog niet bekend", {"needs": None}),
        ("to_judge", "27-12-2026", {"needs": (Need(arrangements=("job_coach",)),)}),
    ),
    *rows(
        "support_conditions",
        ("fits", "Lang genoeg"),
        ("unknown", "Nog niet bekend", {}, {"hours_max": None}),
        ("to_judge", "niet vergoed", {}, {"hours_max": 8.0}),
        ("to_judge", "niet vergoed", {}, {"end_date": dt.date(2027, 3, 1)}),
    ),
    *rows(
        "register",
        ("fits", "gecontroleerd op 01-10-2026"),
        ("unknown", "telt als 0 banen", {"register_status": None}),
        ("unknown", "nog niet gecontroleerd", {"register_checked_on": None}),
        ("to_judge", "telt niet mee", {"register_status": False}),
        ("to_judge", "social return", {"register_status": False}, {"social_return": True}),
    ),
    *rows(
        "presentable",
        ("fits", "mag worden voorgesteld"),
        ("to_judge", "Bel eerst", {"consent_to_present": False}),
        ("unknown", "niet bekend", {"consent_to_present": None}),
    ),
    *rows(
        "screening",
        ("fits", "geen screening"),
        ("fits", "klaar op 29-11-2026", {}, {"screening": "vog"}),
        ("unknown", "Niet bekend", {}, {"screening": None}),
        ("unknown", "nog niet bekend", {}, {"screening": "vog", "start_date": None}),
        ("to_judge", "27-12-2026", {}, {"screening": "security"}),
    ),
    *rows(
        "programme_entry",
        ("fits", "valt niet onder RIHA"),
        ("fits", "Past in RIHA", GRADUATE, RIHA),
        ("fits", "Past in RIHA", GRADUATE | {"education": "mbo_4", "working_level": "bachelor"}, RIHA),
        ("unknown", "nog niet alles", GRADUATE | {"education": None, "working_level": None}, RIHA),
        ("unknown", "nog niet alles", GRADUATE | {"secondment_from": None}, RIHA),
        ("to_judge", "niet bekend als afgerond", GRADUATE | {"education_completed": False}, RIHA),
        (
            "to_judge",
            "moet de leverancier",
            GRADUATE | {"education": "mbo_4", "working_level": None, "working_level_confirmed": None},
            RIHA,
        ),
        ("to_judge", "deels buiten", GRADUATE, RIHA | {"scale_min": 7}),
        ("to_judge", "nog open", GRADUATE, RIHA | {"end_date": None, "lasting_prospect": None}),
        ("to_judge", "20-12-2026", GRADUATE | {"secondment_from": LATE}, RIHA),
        ("conflict", "schaal 3 t/m 4", GRADUATE, RIHA | {"scale_min": 3, "scale_max": 4}),
        ("conflict", "Bij individuele plaatsing", {"secondment_from": CONFIRMED}, RIHA),
    ),
    *rows(
        "team_place",
        ("fits", "niet in een Binnenwerk-team"),
        ("fits", "12 plaatsen te vullen, nu 8", {}, TEAM),
        ("unknown", "onbekend", {}, TEAM | {"team_members": None}),
        ("to_judge", "net begonnen", {}, TEAM | {"team_starters": 2}),
        ("to_judge", "het team is vol", {}, TEAM | {"team_members": 15}),
        ("to_judge", "geen teamleider", {}, TEAM | {"team_leader": None}),
        ("to_judge", "liever niet samen", {"not_together_with": frozenset({"K-9"})}, TEAM),
    ),
    *rows(
        "package_ready",
        ("fits", "compleet"),
        ("unknown", "taken", {}, {"tasks": None}),
        ("to_judge", "verdrongen", {}, {"no_displacement": False}),
        ("to_judge", "begeleider", {}, {"guide_named": False}),
    ),
]
