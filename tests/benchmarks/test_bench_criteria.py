"""How long each criterion takes for 20,000 people x 5,000 packages, in blocks, beside its goal.

The pool has clustered places and about 40 % missing values, so distinct values are as many as in real files: a few
hundred places, thousands of sets of skills, tens of settings. CPU seconds of this process; nothing is asserted about
time, because the machine is shared.
"""

from __future__ import annotations

import datetime as dt
import sys
import time

import numpy as np
import pytest

from matching.criteria import CRITERIA
from matching.domain.arrangement import arrangements, suggested_for
from matching.domain.candidate import Candidate, Need
from matching.domain.demand import demands
from matching.domain.education import education_levels
from matching.domain.judging import Sides
from matching.domain.pool import Pool
from matching.domain.region import municipalities
from matching.domain.travel import travel_modes
from matching.domain.vocabulary import vocabulary
from matching.domain.work_package import Offer, Task, WorkPackage

AS_OF = dt.date(2026, 11, 1)
PEOPLE, PACKAGES, BLOCK, MISSING = 20_000, 5_000, 500, 0.4
GOAL_SECONDS = 1.0
KINDS, SKILLS = tuple(vocabulary("work_kind")), tuple(vocabulary("skill"))


class Dice:
    """Draws from a seeded generator; a value is missing in four of ten cases."""

    def __init__(self, seed: int) -> None:
        self.random = np.random.default_rng(seed)

    def one(self, values):
        return values[int(len(values) * self.random.beta(0.7, 2.0))]

    def some(self, values, most):
        return frozenset(self.one(values) for _ in range(self.random.integers(0, most + 1)))

    def maybe(self, value):
        return None if self.random.random() < MISSING else value


def need(dice):
    """A need as people state it: a demand, the level that goes well, and mostly what helps."""
    demand, level = dice.one(tuple(demands())), dice.one((1, 0))
    helps = suggested_for(demand, level + 1, level)
    named = (dice.one(helps),) if helps and dice.random.random() > MISSING else ()
    return Need(demand=demand, level=level, arrangements=named, confirmed_on=dice.maybe(AS_OF))


def person(number, dice, places):
    least = float(dice.one((8, 12, 16, 20, 24, 32)))
    needs = tuple(need(dice) for _ in range(dice.random.integers(0, 4)))
    return Candidate(
        candidate_id=f"K-{number}",
        municipality=dice.one(places),
        max_travel_minutes=dice.maybe(dice.one((45, 60, 30, 90, 75))),
        travel_modes=dice.maybe(dice.some(tuple(travel_modes()), 3)),
        hours_min=dice.maybe(least),
        hours_max=dice.maybe(least + dice.one((0, 4, 8, 12))),
        can_grow_hours=dice.maybe(True),
        education=dice.maybe(dice.one(tuple(education_levels()))),
        working_level=dice.maybe(dice.one(tuple(education_levels()))),
        working_level_confirmed=dice.maybe(True),
        skills=dice.maybe(dice.some(SKILLS, 6)),
        experience=dice.maybe(tuple((kind, dice.one((0.5, 2.0, 6.0))) for kind in sorted(dice.some(KINDS, 3)))),
        work_kinds_mastered=dice.maybe(dice.some(KINDS, 2)),
        wants_to_learn=dice.maybe(dice.some(KINDS, 2)),
        wished_work_kinds=dice.maybe(tuple((kind, 1) for kind in sorted(dice.some(KINDS, 3)))),
        wished_setting=dice.maybe(dice.some(tuple(vocabulary("setting")), 3)),
        development_wishes=dice.maybe(dice.some(tuple(vocabulary("development")), 2)),
        available=dice.maybe(dice.one(("now", AS_OF + dt.timedelta(30 * int(dice.random.integers(1, 9)))))),
        needs=dice.maybe(needs),
    )


def package(number, dice, places):
    least, scale = float(dice.one((16, 20, 24, 32))), dice.one((3, 4, 5, 6, 8, 10))
    tasks = tuple(
        Task(
            name=f"taak {place}",
            work_kind=dice.one(KINDS),
            hours=float(dice.one((4, 8, 12))),
            carveable=dice.maybe(True),
            demands=tuple((key, 1) for key in sorted(dice.some(tuple(demands()), 4))),
        )
        for place in range(dice.random.integers(1, 5))
    )
    states = ("present", "present", "present", "arrangeable", "arrangeable", "not_possible")
    offers = tuple(
        Offer(arrangement=key, state=dice.one(states)) for key in sorted(dice.some(tuple(arrangements()), 4))
    )
    return WorkPackage(
        work_package_id=f"WP-{number}",
        municipality=dice.one(places),
        days_at_home=dice.one((0, 1, 2)),
        days_per_week=dice.one((3, 4, 5, 2)),
        hours_min=least,
        hours_max=least + dice.one((0, 4, 8)),
        hours_negotiable=dice.maybe(True),
        build_up_possible=dice.maybe(True),
        scale_min=scale,
        scale_max=scale + dice.one((0, 1)),
        level_min=dice.maybe(dice.one(tuple(education_levels()))),
        start_date=dice.maybe(AS_OF + dt.timedelta(30 * int(dice.random.integers(1, 9)))),
        lasting_prospect=dice.maybe(True),
        setting=dice.maybe(dice.some(tuple(vocabulary("setting")), 4)),
        development=dice.maybe(dice.some(tuple(vocabulary("development")), 3)),
        fields_asked=frozenset(),
        skills_essential=dice.maybe(dice.some(SKILLS, 4)),
        skills_welcome=dice.maybe(dice.some(SKILLS, 4)),
        skills_trainable=dice.maybe(dice.some(SKILLS, 2)),
        tasks=tasks,
        offers=offers,
    )


@pytest.fixture(scope="module")
def pool():
    """A pool of the size of the goal, made once."""
    dice = Dice(7)
    places = tuple(np.array(tuple(municipalities()))[dice.random.permutation(len(municipalities()))].tolist())
    crowd = [person(number, dice, places) for number in range(PEOPLE)]
    return Pool.of(crowd, [package(number, dice, places) for number in range(PACKAGES)], as_of=AS_OF)


@pytest.mark.bench
def test_criteria_score_twenty_thousand_people_by_five_thousand_packages(pool, capsys):
    total, lines = 0.0, []
    for key, kind in CRITERIA.items():
        criterion = kind()
        left = pool.candidates.classes(criterion.reads.candidate)
        right = pool.packages.classes(criterion.reads.package)
        began = time.process_time()
        for start in range(0, right.size, BLOCK):
            part = right.part(start, start + BLOCK)
            table = criterion.neutral(Sides(candidate=left, package=part, as_of=AS_OF, travel=pool.travel))
            assert table.shape == (left.size, part.size)
        spent = time.process_time() - began
        total += spent
        lines.append(f"{key:14} {left.size:6} x {right.size:5} classes {spent:6.2f} s CPU")
    with capsys.disabled():
        sys.stdout.write("\n".join(["", *lines, f"{'together':14} {total:.2f} s CPU, goal {GOAL_SECONDS:.2f} s", ""]))
