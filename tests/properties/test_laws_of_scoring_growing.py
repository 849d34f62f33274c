"""The laws of what may and may not raise or lower a score: adding, asking, offering, and knowing."""

from __future__ import annotations

import dataclasses
import datetime as dt
import random

import numpy as np
import pytest
from crowds import FEW, MANY, Judged, crowds, hold, pool_of, with_people, with_work
from hypothesis import strategies as st

from matching.domain.candidate import Candidate, Need
from matching.domain.education import education_levels
from matching.domain.vocabulary import vocabulary
from matching.domain.work_package import Offer, Task, WorkPackage
from tests.strategies import ARRANGEMENTS, DAYS, DEMANDS, KINDS, PLACES, SKILLS

SIZES = [pytest.param(FEW, id="few"), pytest.param(MANY, id="many", marks=pytest.mark.soak)]
ONE = dataclasses.replace(FEW, examples=1)
SOME = dataclasses.replace(MANY, pairs=2_000, examples=2)
EACH = [pytest.param(ONE, id="few"), pytest.param(SOME, id="many", marks=pytest.mark.soak)]
"""For the law of more, checked for each of nine kinds of more: 18,000 pairs together."""

PART = dataclasses.replace(MANY, pairs=1_000, examples=1)
PARTS = [pytest.param(ONE, id="few"), pytest.param(PART, id="many", marks=pytest.mark.soak)]
"""For a law that is checked for every one of nineteen fields: 19,000 pairs together."""

CHANCE = st.integers(0, 2**32).map(random.Random)


def never_worse(before, after, *, low_too=None):
    """Nothing got worse: no total, no low end (of those people), no exclusion."""
    compared = np.ones(len(before.total), dtype=bool) if low_too is None else np.array(low_too)
    assert (after.total >= before.total).all()
    assert (after.low >= before.low)[compared].all()
    assert (before.excluded | ~after.excluded).all()


def more_skill(person, chance):
    free = sorted(set(SKILLS) - (person.skills_absent or frozenset()))
    if person.skills is None or not free:
        return person
    return dataclasses.replace(person, skills=person.skills | {chance.choice(free)})


def more_language(person, chance):
    if person.languages is None:
        return person
    levels = dict(person.languages)
    named = chance.choice(["nl", "en", "de"])
    levels[named] = min(5, levels.get(named, 0) + 1)
    return dataclasses.replace(person, languages=tuple(levels.items()))


def more_licences(person, chance):
    own = person.driving_licence
    return dataclasses.replace(person, driving_licence=own if own is None else own | {chance.choice(["B", "AM", "C"])})


def more_experience(person, chance):
    if person.experience is None:
        return person
    years = dict(person.experience)
    kind = chance.choice(KINDS)
    years[kind] = years.get(kind, 0.0) + 2.0
    return dataclasses.replace(person, experience=tuple(years.items()))


def more_mastered(person, chance):
    own = person.work_kinds_mastered
    return dataclasses.replace(person, work_kinds_mastered=own if own is None else own | {chance.choice(KINDS)})


def more_hours(person, chance):
    return dataclasses.replace(person, hours_max=person.hours_max and person.hours_max + chance.choice([0.25, 4, 12]))


def more_days(person, chance):
    own = person.days_available
    return dataclasses.replace(person, days_available=own if own is None else own | {chance.choice(DAYS)})


def more_travel(person, chance):
    own = person.max_travel_minutes
    return dataclasses.replace(person, max_travel_minutes=own and own + chance.choice([1, 30, 120]))


def earlier(person, chance):
    if not isinstance(person.available, dt.date):
        return person
    return dataclasses.replace(person, available=person.available - dt.timedelta(days=chance.choice([1, 20, 400])))


MORE = [
    *(more_skill, more_language, more_licences, more_experience, more_mastered),
    *(more_hours, more_days, more_travel, earlier),
]


@pytest.mark.parametrize("size", EACH)
@pytest.mark.parametrize("more", MORE)
def test_more_of_something_never_lowers(more, size):
    """The low end of hours is compared only where the own minimum is known: a higher maximum leaves room for a higher
    unknown minimum, and the low end keeps that bad case (docs/decisions/0503)."""

    def law(pool, chance):
        people = pool.candidates.rows()
        compared = [more is not more_hours or person.hours_min is not None for person in people]
        grown = with_people(pool, [more(person, chance) for person in people])
        never_worse(Judged.of(pool), Judged.of(grown), low_too=compared)
        return len(people) * len(pool.packages)

    hold(law, size, pool=crowds(size), chance=CHANCE)


@pytest.mark.parametrize("most", [33.0, 36.0, 40.0])
def test_up_to_more_hours_without_a_stated_minimum_never_lowers(most):
    """Found at random: "up to 32" met 24 to 32 hours for certain, "up to 36" did not."""
    work = [WorkPackage(work_package_id="WP-1", hours_min=24.0, hours_max=32.0)]
    before = Judged.of(pool_of([Candidate(candidate_id="K-1", hours_max=32.0)], work))
    after = Judged.of(pool_of([Candidate(candidate_id="K-1", hours_max=most)], work))
    assert after.total[0, 0] == before.total[0, 0]
    hours = next(part for part in after.fits[0].parts if part.key == "hours")
    assert (hours.points, hours.low, hours.unknown) == (1000, 100, True)
    assert any(question.field == "hours_min" for question in after.fits[0].questions)


@pytest.mark.parametrize("size", SIZES)
def test_an_arrangement_that_becomes_present_never_lowers(size):
    def law(pool, chance):
        work = [provided(package, chance) for package in pool.packages.rows()]
        never_worse(Judged.of(pool), Judged.of(with_work(pool, work)))
        return len(pool.candidates) * len(work)

    hold(law, size, pool=crowds(size), chance=CHANCE)


def provided(package, chance):
    """Return the package with one arrangement present, offered before or not."""
    key = chance.choice(ARRANGEMENTS)
    others = tuple(offer for offer in package.offers if offer.arrangement != key)
    return dataclasses.replace(package, offers=(*others, Offer(arrangement=key, state="present")))


@pytest.mark.parametrize("size", SIZES)
def test_a_demand_more_on_a_task_never_raises(size):
    def law(pool, chance):
        room = [with_room(package) for package in pool.packages.rows()]
        work = [harder(package, chance) for package in room]
        easy, hard = Judged.of(with_work(pool, room)), Judged.of(with_work(pool, work))
        assert (hard.total <= easy.total).all() and (hard.low <= easy.low).all()
        assert (hard.outcome >= easy.outcome).all()
        asked = sum(before != after for before, after in zip(room, work, strict=True))
        return len(pool.candidates) * asked

    hold(law, size, pool=crowds(size), chance=CHANCE)


def with_room(package):
    """Return the package with at least one task, each with at most one demand, so that one can be added."""
    tasks = package.tasks or (Task(name="Ordenen", hours=8.0),)
    return dataclasses.replace(package, tasks=tuple(dataclasses.replace(one, demands=one.demands[:1]) for one in tasks))


def harder(package, chance):
    """Return the package with a demand more on one of its tasks, where it has one that asks less."""
    if not package.tasks:
        return package
    at = chance.randrange(len(package.tasks))
    task = package.tasks[at]
    free = [key for key, _ in DEMANDS if key not in dict(task.demands)]
    if not free:
        return package
    asked = dataclasses.replace(task, demands=(*task.demands, (chance.choice(free), chance.randint(0, 3))))
    return dataclasses.replace(package, tasks=(*package.tasks[:at], asked, *package.tasks[at + 1 :]))


@pytest.mark.parametrize("size", SIZES)
def test_needing_an_arrangement_that_is_offered_costs_nothing(size):
    def law(pool, chance):
        offered = tuple(Offer(arrangement=key, state="present") for key in ARRANGEMENTS)
        work = [dataclasses.replace(package, offers=offered) for package in pool.packages.rows()]
        people = [dataclasses.replace(person, needs=needs(chance)) for person in pool.candidates.rows()]
        without = [dataclasses.replace(person, needs=()) for person in people]
        needing = Judged.of(pool_of(people, work, pool.agreements, pool.travel))
        free = Judged.of(pool_of(without, work, pool.agreements, pool.travel))
        assert (needing.total == free.total).all() and (needing.low == free.low).all()
        return len(people) * len(work)

    hold(law, size, pool=crowds(size), chance=CHANCE)


def needs(chance):
    """Return one or two needs, each with arrangements that would do."""
    rows = []
    for key, levels in chance.sample(DEMANDS, chance.randint(1, 2)):
        named = tuple(chance.sample(ARRANGEMENTS, chance.randint(1, 2)))
        rows.append(Need(demand=key, level=chance.randint(0, levels), arrangements=named, confirmed_on=None))
    return tuple(rows)


CHOICES = {
    "available": ["now", dt.date(2026, 10, 1), dt.date(2028, 1, 1), "no"],
    "municipality": [*PLACES],
    "max_travel_minutes": [5, 20, 60, 300],
    "travel_modes": [frozenset({"bicycle"}), frozenset({"car"}), frozenset({"bicycle", "car", "public_transport"})],
    "hours_min": [0.0, 8.0, 16.0, 36.0, 60.0],
    "hours_max": [1.0, 8.0, 16.0, 24.0, 32.0, 36.0],
    "can_grow_hours": [True, False],
    "education": list(education_levels()),
    "experience": [(), tuple((kind, 10.0) for kind in KINDS)],
    "work_kinds_mastered": [frozenset(), frozenset(KINDS)],
    "wants_to_learn": [frozenset(), frozenset(KINDS)],
    "development_wishes": [frozenset(), *(frozenset({key}) for key in vocabulary("development"))],
    "wished_work_kinds": [(), *(((kind, 1),) for kind in (*KINDS, "cleaning"))],
    "wished_setting": [frozenset(), *(frozenset({key}) for key in vocabulary("setting"))],
    "fields_of_study": [frozenset(), frozenset({"recht", "ict"})],
    "languages": [(), (("nl", 5), ("en", 5))],
    "driving_licence": [frozenset(), frozenset({"B"})],
    "skills": [frozenset(), frozenset(SKILLS)],
    "skills_absent": [frozenset(), frozenset(SKILLS)],
}
"""Values from good to bad of each field about a person; a good one and a bad one for every package are among them."""


@pytest.mark.parametrize("size", PARTS)
@pytest.mark.parametrize("field", CHOICES)
def test_not_knowing_never_beats_a_good_answer_and_never_stands_below_a_bad_one(field, size):
    """Skills and what is absent are read together; a skill in both lists counts as present."""

    def law(pool):
        people = [dataclasses.replace(person, **{field: None}) for person in pool.candidates.rows()]
        unknown = Judged.of(with_people(pool, people))
        answered = [
            with_people(pool, [dataclasses.replace(one, **{field: value}) for one in people])
            for value in CHOICES[field]
        ]
        totals = np.stack([Judged.of(found).total for found in answered])
        assert (unknown.total <= totals.max(axis=0)).all()
        assert (unknown.total >= totals.min(axis=0)).all()
        return len(people) * len(pool.packages)

    hold(law, size, pool=crowds(size))
