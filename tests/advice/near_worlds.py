"""Small pools in which much nearly fits: people and work that suit each other, with a few fields changed at random."""

from __future__ import annotations

import dataclasses
import datetime as dt
import random

from matching.advice.person_steps import PersonStep
from matching.advice.steps import Step
from matching.domain.agreement import Agreement
from matching.domain.candidate import Need
from matching.domain.pool import Pool
from matching.domain.travel import TravelTimes
from matching.domain.work_package import Offer, Task

KINDS_OF_STEPS = frozenset(kind.__name__ for kind in Step.__subclasses__())
"""Every kind of change to the work, by name: a dataclass with slots leaves its first class behind."""

KINDS_OF_PERSON_STEPS = frozenset(kind.__name__ for kind in PersonStep.__subclasses__())
"""Every kind of change on the side of the candidate."""

AS_OF = dt.date(2026, 11, 1)
SHOWN = dt.date(2026, 10, 1)
FAR = TravelTimes({("utrecht", "s-gravenhage", mode): 95 for mode in ("bicycle", "public_transport", "car")})


def needs(demand, arrangement):
    return (Need(demand=demand, level=0, arrangements=(arrangement,), confirmed_on=SHOWN),)


PERSON = {
    "available": ["no", dt.date(2026, 12, 20), dt.date(2027, 1, 20), dt.date(2027, 4, 1), None],
    "municipality": ["utrecht", "groningen", None],
    "max_travel_minutes": [20, 45, None],
    "hours": [(8.0, 12.0), (12.0, 16.0), (28.0, 36.0), (None, 16.0), (None, None)],
    "can_grow_hours": [False, None],
    "days_available": [frozenset({"mon", "tue"}), None],
    "education": ["practical", "mbo_3", "bachelor", None],
    "working_level": ["practical", "mbo_4", None],
    "working_level_confirmed": [False, None],
    "experience": [(), None],
    "skills_absent": [frozenset({"forklift_driving", "order_picking"}), None],
    "languages": [(("nl", 1),), (("nl", 2), ("en", 3)), None],
    "wished_work_kinds": [(("catering", 3),), (("digitising", 2),), (), None],
    "wants_to_learn": [frozenset(), None],
    "wished_setting": [frozenset({"lively"}), frozenset({"outdoors", "calm"}), None],
    "development_wishes": [frozenset({"hours_growth"}), None],
    "never": [frozenset({"work_kind:archive"}), frozenset({"employer:Ministerie van BZK"})],
    "needs": [needs("noise", "quiet_place"), needs("telephone", "written_contact"), needs("pace", "own_pace"), None],
}
WORK = {
    "municipality": ["utrecht", "rotterdam", None],
    "days_at_home": [1, None],
    "days_per_week": [4, 5],
    "hours": [(24.0, 32.0), (28.0, 36.0), (12.0, 16.0), (16.0, None)],
    "hours_negotiable": [True, None],
    "build_up_possible": [True, None],
    "level_min": ["mbo_4", "associate_degree", "bachelor"],
    "level_negotiable": [True, None],
    "start_date": [dt.date(2026, 11, 15), dt.date(2027, 1, 5), None],
    "start_movable": [True, None],
    "skills_essential": [frozenset({"forklift_driving"}), frozenset({"order_picking", "packing"})],
    "languages_asked": [(("nl", 3),), (("en", 3),)],
    "licence_asked": [frozenset({"B"})],
    "skills_trainable": [None],
    "setting": [frozenset({"lively", "in_team"}), None],
    "fields_asked": [frozenset({"recht"})],
    "tasks": [
        (
            Task(name="Ordenen", work_kind="archive", hours=12.0, carveable=False),
            Task(name="Bellen", work_kind="catering", hours=8.0, carveable=carveable, demands=(("telephone", 3),)),
            Task(name="Sorteren", work_kind="digitising", hours=8.0, carveable=True, demands=(("noise", 3),)),
        )
        for carveable in (True, None)
    ],
    "offers": [
        tuple(Offer(arrangement=key, state=state) for key in ("quiet_place", "written_contact", "own_pace"))
        for state in ("not_possible", "unknown", "present")
    ],
}
OFTEN = {
    **dict.fromkeys(("hours_negotiable", "start_movable", "level_negotiable", "offers"), 0.5),
    **{
        "tasks": 0.6,
        "skills_essential": 0.3,
        "skills_trainable": 0.4,
        "skills_absent": 0.3,
        "needs": 0.3,
        "never": 0.05,
    },
}
"""How often a field of the work is changed; others one time in eight."""


def near_world(candidate, package, seed, people=16, work=4):
    """Return a pool of people like the candidate and work like the package, each changed in a few fields."""
    chance = random.Random(seed)
    crowd = [nearly(candidate, PERSON, chance, f"K-{n}", "candidate_id") for n in range(people)]
    carved = [nearly(package, WORK, chance, f"WP-{n}", "work_package_id") for n in range(work)]
    vetoes = [
        Agreement(kind="veto", candidate_id=f"K-{n}", work_package_id="WP-0", reason="te ver", by="bureau 1")
        for n in chance.sample(range(people), 2)
    ]
    return Pool.of(crowd, carved, as_of=AS_OF, agreements=vetoes, travel=chance.choice([FAR, TravelTimes()]))


def nearly(entity, table, chance, identity, key):
    """Return the entity with some fields changed; about three of a person's."""
    share = 0.17 if table is PERSON else 0.12
    found = {name: chance.choice(values) for name, values in table.items() if chance.random() < OFTEN.get(name, share)}
    low, high = found.pop("hours", (entity.hours_min, entity.hours_max))
    if "skills_essential" in found:
        found["essential_reason"] = "Zonder dit kan het werk niet."
    return dataclasses.replace(entity, **{key: identity}, hours_min=low, hours_max=high, **found)
