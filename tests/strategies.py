"""Random candidates and work packages over all fields, each sometimes unknown, with few words so that they meet."""

from __future__ import annotations

import dataclasses
import datetime as dt

from hypothesis import strategies as st

from matching.domain.agreement import Agreement
from matching.domain.candidate import Candidate, Need
from matching.domain.pool import Pool
from matching.domain.travel import TravelTimes
from matching.domain.work_package import Location, Offer, Task, WorkPackage

AS_OF = dt.date(2026, 11, 1)
KINDS = ("archive", "digitising", "catering")
SKILLS = ("order_picking", "packing", "forklift_driving")
FIELDS = ("recht", "ict")
DEMANDS = (("noise", 3), ("telephone", 3), ("pace", 3))
ARRANGEMENTS = ("quiet_place", "own_pace", "written_contact", "transport")
EMPLOYERS = ("Ministerie A", "Organisatie B")
PLACES = ("delft", "s-gravenhage", "utrecht", "groningen")
LEVELS = ("practical", "mbo_2", "mbo_4", "bachelor")
SETTINGS = ("in_team", "calm", "lively", "indoors", "fixed")
DAYS = ("mon", "tue", "wed", "thu", "fri")
DEVELOPMENT = ("training", "hours_growth", "lasting_contract")
MATRIX = TravelTimes({("delft", "s-gravenhage", "bicycle"): 30, ("utrecht", "s-gravenhage", "car"): 200})
DATES = [dt.date(2026, 10, 1), dt.date(2026, 12, 1), dt.date(2027, 3, 1), dt.date(2028, 1, 1)]
PROFILE_DATES = [dt.date(2026, 10, 1), dt.date(2026, 9, 1), dt.date(2026, 1, 1)]


def one(*values):
    return st.sampled_from(values)


def some(values, most=3):
    return st.frozensets(st.sampled_from(values), max_size=most)


def rated(values, amounts, most=2):
    pairs = st.tuples(st.sampled_from(values), st.sampled_from(amounts))
    return st.lists(pairs, max_size=most, unique_by=lambda pair: pair[0]).map(tuple)


def maybe(strategy):
    return st.one_of(st.none(), strategy)


truth = st.booleans()
hours = one(8.0, 12.0, 16.0, 24.0, 32.0, 36.0)
demand = st.one_of([st.tuples(st.just(key), st.integers(0, levels)) for key, levels in DEMANDS])
demands = st.lists(demand, max_size=2, unique_by=lambda pair: pair[0]).map(tuple)

NEEDS = st.lists(
    st.builds(
        lambda asked, arrangements, confirmed: Need(
            demand=asked[0] if asked else None,
            level=asked[1] if asked else None,
            arrangements=arrangements if asked else arrangements or ("own_pace",),
            confirmed_on=confirmed,
        ),
        maybe(demand),
        st.lists(one(*ARRANGEMENTS), max_size=2, unique=True).map(tuple),
        one(None, dt.date(2026, 9, 1)),
    ),
    max_size=2,
).map(tuple)

CANDIDATE_FIELDS = {
    "source_organisation": one("WSP Haaglanden", "Leverancier C"),
    "source_kind": one("wsp", "supplier", "binnenwerk"),
    "register_status": truth,
    "register_checked_on": one(*PROFILE_DATES),
    "available": one("now", "no", *DATES),
    "municipality": one(*PLACES),
    "max_travel_minutes": one(20, 45, 60, 90),
    "travel_modes": some(("bicycle", "car", "public_transport")),
    "travels_alone": truth,
    "can_grow_hours": truth,
    "days_available": some(DAYS, 5),
    "education": one(*LEVELS),
    "education_completed": truth,
    "fields_of_study": some(FIELDS),
    "working_level": one(*LEVELS),
    "working_level_confirmed": truth,
    "experience": rated(KINDS, (0.5, 2.0, 6.0)),
    "work_kinds_mastered": some(KINDS),
    "wants_to_learn": some(KINDS),
    "development_wishes": some(DEVELOPMENT),
    "languages": rated(("nl", "en"), (1, 2, 4)),
    "driving_licence": some(("B", "AM")),
    "wished_work_kinds": rated(KINDS, (1, 3)),
    "wished_setting": some(SETTINGS),
    "never": some((*(f"work_kind:{kind}" for kind in KINDS), "employer:Ministerie A", "work_package:WP-1"), 1),
    "not_together_with": some(("K-0", "K-1"), 1),
    "guidance_hours": one(0.5, 2.0, 6.0),
    "guidance_level": one("light", "middle", "intensive"),
    "secondment_from": one(*DATES),
    "consent_to_present": truth,
    "provision_by": one("uwv", "municipality"),
    "needs": NEEDS,
}
"""A strategy for each field of a candidate that a rule or criterion may read; ends of ranges are drawn apart."""

TASKS = st.lists(
    st.builds(
        Task,
        name=one("Ordenen", "Scannen", "Bellen"),
        work_kind=maybe(one(*KINDS)),
        hours=maybe(one(4.0, 8.0, 16.0)),
        carveable=maybe(truth),
        demands=demands,
    ),
    max_size=3,
    unique_by=lambda task: task.name,
).map(tuple)

OFFERS = st.lists(
    st.builds(
        Offer,
        arrangement=one(*ARRANGEMENTS),
        state=one("present", "arrangeable", "not_possible", "unknown"),
        weeks=maybe(st.integers(1, 12)),
        provider=maybe(one("employer", "uwv")),
    ),
    max_size=3,
    unique_by=lambda offer: offer.arrangement,
).map(tuple)

PACKAGE_FIELDS = {
    "title": one("Archief op orde"),
    "employer": one(*EMPLOYERS),
    "municipality": one(*PLACES),
    "location": st.builds(
        Location, location_id=one("L-1"), place_demands=demands, arrangements_present=maybe(some(ARRANGEMENTS))
    ),
    "days_at_home": one(0, 2, 5),
    "days_per_week": one(2, 3, 5),
    "days_required": some(DAYS),
    "hours_negotiable": truth,
    "build_up_possible": truth,
    "level_min": one(*LEVELS),
    "level_negotiable": truth,
    "start_date": one(*DATES),
    "start_movable": truth,
    "end_date": one(dt.date(2027, 2, 1), dt.date(2028, 6, 1)),
    "lasting_prospect": truth,
    "work_kinds": some(KINDS),
    "setting": some(SETTINGS, 4),
    "development": some(DEVELOPMENT),
    "fields_asked": some(FIELDS),
    "skills_essential": some(SKILLS),
    "skills_welcome": some(SKILLS),
    "skills_trainable": some(SKILLS),
    "essential_reason": one("Zonder dit kan het werk niet."),
    "languages_asked": rated(("nl", "en"), (1, 2, 4)),
    "licence_asked": some(("B",)),
    "screening": one("none", "vog", "security"),
    "screening_weeks": one(2, 8),
    "guide_named": truth,
    "guide_trained": truth,
    "guidance_hours": one(0.5, 3.0),
    "team_leader": one("G-1"),
    "job_coach": one("G-2"),
    "team_members": one(8, 15),
    "team_starters": one(0, 3),
    "supplier": one("Leverancier C"),
    "social_return": truth,
    "no_displacement": truth,
    "tasks": TASKS,
}
"""A strategy for each field of a work package that a rule or criterion may read."""


@st.composite
def candidates(draw, identity="K-1", known=False):
    """A candidate; with `known` every field is known and the profile is fresh."""
    wrap = (lambda strategy: strategy) if known else maybe
    fields = {name: draw(wrap(strategy)) for name, strategy in CANDIDATE_FIELDS.items()}
    low, high = sorted([draw(hours), draw(hours)])
    scales = sorted([draw(st.integers(1, 12)), draw(st.integers(1, 12))])
    fields |= {"hours_min": draw(wrap(st.just(low))), "hours_max": draw(wrap(st.just(high)))}
    fields |= {"wished_scale_min": draw(wrap(st.just(scales[0]))), "wished_scale_max": draw(wrap(st.just(scales[1])))}
    listed = draw(st.dictionaries(one(*SKILLS), truth))
    fields["skills"] = draw(wrap(st.just(frozenset(key for key, has in listed.items() if has))))
    fields["skills_absent"] = draw(wrap(st.just(frozenset(key for key, has in listed.items() if not has))))
    fields["profile_date"] = PROFILE_DATES[0] if known else draw(one(*PROFILE_DATES, PROFILE_DATES[0], None))
    return Candidate(candidate_id=identity, **fields)


@st.composite
def packages(draw, identity="WP-1", known=False):
    """A work package of any method; with `known` every field is known."""
    wrap = (lambda strategy: strategy) if known else maybe
    fields = {name: draw(wrap(strategy)) for name, strategy in PACKAGE_FIELDS.items()}
    low, high = sorted([draw(hours), draw(hours)])
    scales = sorted([draw(st.integers(1, 12)), draw(st.integers(1, 12))])
    fields |= {"hours_min": draw(wrap(st.just(low))), "hours_max": draw(wrap(st.just(high)))}
    fields |= {"scale_min": draw(wrap(st.just(scales[0]))), "scale_max": draw(wrap(st.just(scales[1])))}
    method, programme = draw(
        one(
            ("individual", None),
            ("individual", "riha"),
            ("collective", None),
            ("supplier", None),
            ("other_employer", None),
        )
    )
    places = draw(st.integers(1, 3)) if method != "collective" else 12
    return WorkPackage(
        work_package_id=identity, method=method, programme=programme, places=places, offers=draw(OFFERS), **fields
    )


agreements_of = st.lists(
    st.builds(
        Agreement,
        kind=one("veto", "pin", "reserve"),
        candidate_id=st.just("K-1"),
        work_package_id=maybe(one("WP-1", "WP-2")),
        employer=maybe(one(*EMPLOYERS)),
        reason=maybe(one("te ver")),
        by=one("bureau 1"),
        until=maybe(one(dt.date(2026, 10, 1), dt.date(2027, 6, 1))),
    ),
    max_size=1,
).map(tuple)


@st.composite
def pools(draw, people=4, work=3, known=False):
    """A tiny pool with candidates K-0, K-1 ... and packages WP-0, WP-1 ..., agreements, at times a matrix."""
    crowd = [draw(candidates(f"K-{number}", known)) for number in range(draw(st.integers(1, people)))]
    carved = [draw(packages(f"WP-{number}", known)) for number in range(draw(st.integers(1, work)))]
    agreed = [item for item in draw(agreements_of) if item.candidate_id in {person.candidate_id for person in crowd}]
    travel = draw(one(TravelTimes(), MATRIX))
    return Pool.of(crowd, carved, as_of=AS_OF, agreements=agreed, travel=travel)


def without(entity, *names):
    """Return a candidate or package of which these fields are unknown."""
    return dataclasses.replace(entity, **dict.fromkeys(names))
