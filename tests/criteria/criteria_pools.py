"""Random tiny people and packages that are known in every respect, and how to forget a part of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from hypothesis import strategies as st

from matching.domain.arrangement import arrangements
from matching.domain.candidate import Candidate, Need
from matching.domain.education import education_levels
from matching.domain.travel import TravelTimes, travel_modes
from matching.domain.vocabulary import vocabulary
from matching.domain.work_package import Location, Offer, Task, WorkPackage

AS_OF = dt.date(2026, 11, 1)
KINDS = ("archive", "digitising", "catering", "cleaning")
SKILLS = ("interior_cleaning", "stock_keeping", "food_hygiene", "esco:1")
PLACES = ("delft", "s-gravenhage", "utrecht", "groningen")
FIELDS = ("recht", "ict")
DEMANDS = ("noise", "telephone", "pace")
TRAVEL = st.sampled_from([TravelTimes(), TravelTimes({("delft", "s-gravenhage", "bicycle"): 30})])

levels = st.sampled_from(tuple(education_levels()))
quarters = st.integers(4, 160).map(lambda number: number / 4)
days = st.dates(dt.date(2026, 6, 1), dt.date(2027, 12, 31))


def some(values, **limits):
    return st.frozensets(st.sampled_from(tuple(values)), **limits)


def pairs_of(values, amounts, most=3):
    return st.lists(
        st.tuples(st.sampled_from(tuple(values)), amounts), max_size=most, unique_by=lambda pair: pair[0]
    ).map(tuple)


needs = st.lists(
    st.builds(
        Need,
        demand=st.one_of(st.none(), st.sampled_from(DEMANDS)),
        level=st.integers(0, 2),
        arrangements=st.lists(st.sampled_from(tuple(arrangements())[:6]), max_size=2, unique=True).map(tuple),
        confirmed_on=st.sampled_from([None, dt.date(2026, 10, 1)]),
    ),
    max_size=3,
).map(tuple)


@st.composite
def people(draw):
    hours = sorted([draw(quarters), draw(quarters)])
    listed = draw(st.dictionaries(st.sampled_from(SKILLS), st.booleans()))
    return Candidate(
        candidate_id=draw(st.from_regex(r"K-[0-9]{3}", fullmatch=True)),
        wished_work_kinds=draw(pairs_of(KINDS, st.integers(1, 3))),
        wants_to_learn=draw(some(KINDS)),
        wished_setting=draw(some(vocabulary("setting"))),
        skills=frozenset(skill for skill, present in listed.items() if present),
        skills_absent=frozenset(skill for skill, present in listed.items() if not present),
        experience=draw(pairs_of(KINDS, st.sampled_from([0.5, 2.0, 6.0]))),
        work_kinds_mastered=draw(some(KINDS)),
        fields_of_study=draw(some(FIELDS)),
        education=draw(levels),
        working_level=draw(levels),
        working_level_confirmed=draw(st.booleans()),
        hours_min=hours[0],
        hours_max=hours[1],
        can_grow_hours=draw(st.booleans()),
        municipality=draw(st.sampled_from(PLACES)),
        max_travel_minutes=draw(st.integers(0, 180)),
        travel_modes=draw(some(travel_modes())),
        development_wishes=draw(some(vocabulary("development"))),
        available=draw(st.one_of(st.sampled_from(["now", "no"]), days)),
        needs=draw(needs),
    )


task = st.builds(
    Task,
    name=st.just("taak"),
    work_kind=st.sampled_from(KINDS),
    hours=quarters,
    carveable=st.booleans(),
    demands=pairs_of(DEMANDS, st.integers(0, 2)),
)


@st.composite
def packages(draw):
    hours, scales = (
        sorted([draw(quarters), draw(quarters)]),
        sorted([draw(st.integers(1, 18)), draw(st.integers(1, 18))]),
    )
    offers = draw(pairs_of(tuple(arrangements())[:6], st.sampled_from(["present", "arrangeable", "not_possible"]), 6))
    return WorkPackage(
        work_package_id=draw(st.from_regex(r"WP-[0-9]{3}", fullmatch=True)),
        municipality=draw(st.sampled_from(PLACES)),
        location=Location(location_id="L", place_demands=draw(pairs_of(DEMANDS, st.integers(0, 2), 1))),
        days_at_home=draw(st.integers(0, 5)),
        days_per_week=draw(st.integers(1, 7)),
        hours_min=hours[0],
        hours_max=hours[1],
        hours_negotiable=draw(st.booleans()),
        build_up_possible=draw(st.booleans()),
        scale_min=scales[0],
        scale_max=scales[1],
        level_min=draw(levels),
        start_date=draw(days),
        lasting_prospect=draw(st.booleans()),
        setting=draw(some(vocabulary("setting"))),
        development=draw(some(vocabulary("development"))),
        fields_asked=draw(some(FIELDS)),
        skills_essential=draw(some(SKILLS)),
        skills_welcome=draw(some(SKILLS)),
        skills_trainable=draw(some(SKILLS)),
        tasks=tuple(draw(st.lists(task, min_size=1, max_size=3))),
        offers=tuple(Offer(arrangement=key, state=state) for key, state in offers),
    )


FORGETTING = {
    "work_kind_shares": {"tasks": None, "work_kinds": None},
    "task_hours": {"tasks": None},
    "days_on_site": {"days_at_home": None},
    "offer_states": {"offers": ()},
    "place_demands": {},
    "agreements": {},
}
"""What to change where a read column is derived, or where its emptiness has another meaning."""


def forget(entity, names):
    """Return the entity with these read columns unknown."""
    changes: dict[str, object] = {}
    for name in names:
        changes |= FORGETTING.get(name, {name: None})
    return replace(entity, **changes)
