"""Many random pairs from one example: a few people and packages drawn field by field, then mixed field by field."""

from __future__ import annotations

import dataclasses
import random
from dataclasses import dataclass

import numpy as np
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from matching.domain.pool import Pool
from matching.domain.travel import TravelTimes
from matching.scoring.scorecard import score
from tests.strategies import AS_OF, MATRIX, agreements_of, candidates, one, packages

EASY = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much, HealthCheck.large_base_example]
DRAWN = 5
"""People and packages that are drawn for each example; the rest are mixtures of their fields."""

HALF = 0.5

TOGETHER = (
    {"hours_min", "hours_max"},
    {"skills", "skills_absent"},
    {"wished_scale_min", "wished_scale_max"},
    {"scale_min", "scale_max"},
    {"method", "programme", "places"},
)
"""Fields that a mixture takes from the same person or package, because they say one thing together."""


@dataclass(frozen=True, kw_only=True)
class Size:
    """How many pairs an example holds and how many pairs a law must have seen in the end."""

    people: int
    work: int
    pairs: int
    examples: int


FEW = Size(people=6, work=5, pairs=0, examples=2)
MANY = Size(people=40, work=25, pairs=10_000, examples=11)


def mixed(drawn, count, key, chance):
    """Return the drawn ones and mixtures of them, `count` in all, with new ids."""
    names = [field.name for field in dataclasses.fields(drawn[0]) if field.init and field.name != key]
    made = list(drawn[:count])
    while len(made) < count:
        values = {name: getattr(chance.choice(drawn), name) for name in names}
        for group in TOGETHER:
            one_of_them = chance.choice(drawn)
            values |= {name: getattr(one_of_them, name) for name in group & set(names)}
        made.append(dataclasses.replace(drawn[0], **values))
    letter = "K" if key == "candidate_id" else "WP"
    return [dataclasses.replace(entity, **{key: f"{letter}-{number}"}) for number, entity in enumerate(made)]


@st.composite
def crowds(draw, size, known=False):
    """A pool of `size`, with agreements and at times a matrix of travel times."""
    chance = random.Random(draw(st.integers(0, 2**32)))
    some = [draw(candidates(known=known)) for _ in range(min(DRAWN, size.people))]
    work = [draw(packages(known=known)) for _ in range(min(DRAWN, size.work))]
    people = mixed(some, size.people, "candidate_id", chance)
    travel = draw(one(TravelTimes(), MATRIX))
    agreed = [item for _ in range(DRAWN) for item in draw(agreements_of)]
    agreements = handed_out(agreed, people, chance)
    return pool_of(people, mixed(work, size.work, "work_package_id", chance), agreements, travel)


def handed_out(drawn, people, chance):
    """Return for about half of the people one of the drawn agreements, in her name; none when none was drawn."""
    lucky = [person for person in people if chance.random() < HALF] if drawn else []
    return tuple(dataclasses.replace(chance.choice(drawn), candidate_id=person.candidate_id) for person in lucky)


def pool_of(people, work, agreements=(), travel=MATRIX):
    """Return the pool of these people and packages."""
    return Pool.of(people, work, as_of=AS_OF, agreements=agreements, travel=travel)


def with_people(pool, people):
    """Return the pool with these people instead, agreements and travel times as they were."""
    return pool_of(people, pool.packages.rows(), pool.agreements, pool.travel)


def with_work(pool, work):
    """Return the pool with these packages instead."""
    return pool_of(pool.candidates.rows(), work, pool.agreements, pool.travel)


@dataclass(frozen=True, eq=False)
class Judged:
    """What every single fit of a pool says; arrays of shape (people, packages)."""

    fits: list
    total: np.ndarray
    low: np.ndarray
    high: np.ndarray
    outcome: np.ndarray
    share: np.ndarray

    @classmethod
    def of(cls, pool):
        """Ask for every single fit of the pool."""
        shape = len(pool.candidates), len(pool.packages)
        asked = [(person, package) for person in pool.candidates.ids for package in pool.packages.ids]
        fits = score(pool).fits(asked)
        names = ("total", "low", "high", "outcome", "unknown_share")
        return cls(fits, *(np.array([int(getattr(fit, name)) for fit in fits]).reshape(shape) for name in names))

    @property
    def excluded(self):
        """Where a rule excludes."""
        return self.outcome == 2

    @property
    def bands(self):
        """The bands, in the shape of the pairs."""
        return np.array([fit.band for fit in self.fits]).reshape(self.total.shape)

    def equals(self, other):
        """Whether all numbers, outcomes and bands are the same."""
        names = ("total", "low", "high", "outcome", "share", "bands")
        return all(np.array_equal(getattr(self, name), getattr(other, name)) for name in names)


def hold(law, size, **strategies):
    """Check a law on random examples; `law` returns how many pairs it saw, and they must be enough."""
    seen = 0

    def counted(**drawn):
        nonlocal seen
        seen += law(**drawn)

    asked = settings(
        max_examples=size.examples,
        deadline=None,
        suppress_health_check=EASY,
        phases=[Phase.explicit, Phase.generate],
    )
    asked(given(**strategies)(counted))()
    assert seen >= size.pairs, seen
