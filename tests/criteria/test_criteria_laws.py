"""Laws that every criterion keeps, on random people and packages."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from criteria_pools import AS_OF, DEMANDS, KINDS, SKILLS, TRAVEL, forget, packages, people
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matching.criteria import CRITERIA
from matching.domain.arrangement import arrangements
from matching.domain.judging import Pair, Sides
from matching.domain.pool import Pool
from matching.domain.vocabulary import vocabulary
from matching.domain.work_package import Offer

FEW = settings(max_examples=20, deadline=None)
LONG = settings(max_examples=10_000, deadline=None, suppress_health_check=list(HealthCheck))
KEYS = tuple(CRITERIA)
SCORED = st.sampled_from(KEYS)


def answer(key, candidate, package, travel):
    """Low, neutral and high of one pair, checked to be in order, whole, in range, and marked where they differ."""
    criterion = CRITERIA[key]()
    pair = Pair(candidate=candidate, package=package, as_of=AS_OF, travel=travel)
    found = criterion.points(pair.sides(criterion.reads))
    low, neutral, high = (int(part[0, 0]) for part in (found.low, found.neutral, found.high))
    assert 0 <= low <= neutral <= high <= 1000
    assert found.neutral.dtype == found.low.dtype == found.high.dtype == np.int16
    assert bool(found.unknown[0, 0]) == (low < high)
    return low, neutral, high


@st.composite
def forgotten(draw):
    """A criterion, travel times, and a pair of which much is known and the same pair of which less is known."""
    key, candidate, package = draw(SCORED), draw(people()), draw(packages())
    reads = CRITERIA[key].reads
    columns = [("candidate", name) for name in reads.candidate] + [("package", name) for name in reads.package]
    less = draw(st.lists(st.sampled_from(columns), unique=True))
    kept = draw(st.lists(st.sampled_from(less), unique=True)) if less else []
    both = []
    for gone in ([column for column in less if column not in kept], less):
        own = [name for side, name in gone if side == "candidate"]
        both.append((forget(candidate, own), forget(package, [name for side, name in gone if side == "package"])))
    return key, draw(TRAVEL), both[0], both[1]


def check_narrowing(found):
    key, travel, more, less = found
    known, open_ = answer(key, *more, travel), answer(key, *less, travel)
    assert open_[0] <= known[0] <= known[2] <= open_[2]


@FEW
@given(forgotten())
def test_knowing_more_only_narrows_the_range(found):
    check_narrowing(found)


@pytest.mark.soak
@LONG
@given(forgotten())
def test_knowing_more_only_narrows_the_range_on_many(found):
    check_narrowing(found)


@pytest.mark.parametrize("key", KEYS)
@FEW
@given(people(), packages(), TRAVEL)
def test_each_read_column_when_forgotten_only_widens_the_range(key, candidate, package, travel):
    reads = CRITERIA[key].reads
    known = answer(key, candidate, package, travel)
    for name in reads.candidate:
        low, _, high = answer(key, forget(candidate, [name]), package, travel)
        assert low <= known[0] <= known[2] <= high, name
    for name in reads.package:
        low, _, high = answer(key, candidate, forget(package, [name]), travel)
        assert low <= known[0] <= known[2] <= high, name


@FEW
@given(people(), packages(), st.sampled_from(SKILLS), TRAVEL)
def test_not_listing_a_skill_only_widens_the_range(candidate, package, skill, travel):
    less = replace(candidate, skills=candidate.skills - {skill}, skills_absent=candidate.skills_absent - {skill})
    known, open_ = answer("skills", candidate, package, travel), answer("skills", less, package, travel)
    assert open_[0] <= known[0] <= known[2] <= open_[2]


@FEW
@given(people(), packages(), st.sampled_from(SKILLS), TRAVEL)
def test_an_added_skill_never_lowers(candidate, package, skill, travel):
    more = replace(candidate, skills=candidate.skills | {skill}, skills_absent=candidate.skills_absent - {skill})
    pairs = zip(answer("skills", candidate, package, travel), answer("skills", more, package, travel), strict=True)
    assert all(before <= after for before, after in pairs)


@FEW
@given(people(), packages(), st.sampled_from(KINDS), st.sampled_from(["skills", "level"]), TRAVEL)
def test_added_experience_never_lowers(candidate, package, kind, key, travel):
    more = replace(candidate, experience=(*candidate.experience, (kind, 8.0)))
    pairs = zip(answer(key, candidate, package, travel), answer(key, more, package, travel), strict=True)
    assert all(before <= after for before, after in pairs)


@FEW
@given(people(), packages(), st.integers(1, 80), TRAVEL)
def test_more_possible_hours_never_lower_and_never_raise_a_fit(candidate, package, quarters, travel):
    more = replace(candidate, hours_max=candidate.hours_max + quarters / 4)
    before, after = answer("hours", candidate, package, travel), answer("hours", more, package, travel)
    assert before[1] <= after[1]
    assert after[1] == before[1] or before[1] < 1000


@FEW
@given(people(), packages(), st.sampled_from(KINDS), TRAVEL)
def test_wanting_to_learn_more_never_lowers_the_wish(candidate, package, kind, travel):
    more = replace(candidate, wants_to_learn=candidate.wants_to_learn | {kind})
    pairs = zip(
        answer("wish_work", candidate, package, travel), answer("wish_work", more, package, travel), strict=True
    )
    assert all(before <= after for before, after in pairs)


@FEW
@given(people(), packages(), st.sampled_from(tuple(vocabulary("development"))), TRAVEL)
def test_offering_more_development_never_lowers(candidate, package, offer, travel):
    more = replace(package, development=package.development | {offer})
    pairs = zip(
        answer("development", candidate, package, travel), answer("development", candidate, more, travel), strict=True
    )
    assert all(before <= after for before, after in pairs)


@FEW
@given(people(), packages(), st.sampled_from(tuple(arrangements())[:6]), TRAVEL)
def test_a_provided_arrangement_never_lowers(candidate, package, key, travel):
    kept = tuple(offer for offer in package.offers if offer.arrangement != key)
    more = replace(package, offers=(*kept, Offer(arrangement=key, state="present")))
    pairs = zip(
        answer("doable_hours", candidate, package, travel), answer("doable_hours", candidate, more, travel), strict=True
    )
    assert all(before <= after for before, after in pairs)


@FEW
@given(people(), packages(), st.sampled_from(DEMANDS), st.integers(0, 2), TRAVEL)
def test_a_demand_added_to_a_task_never_raises(candidate, package, demand, level, travel):
    first, *rest = package.tasks
    harder = replace(package, tasks=(replace(first, demands=(*first.demands, (demand, level))), *rest))
    for key in KEYS:
        pairs = zip(answer(key, candidate, package, travel), answer(key, candidate, harder, travel), strict=True)
        assert all(before >= after for before, after in pairs), key


@FEW
@given(people(), packages(), st.sampled_from(SKILLS), st.sampled_from(["skills_essential", "skills_welcome"]), TRAVEL)
def test_asking_one_more_skill_never_raises(candidate, package, skill, name, travel):
    harder = replace(package, **{name: getattr(package, name) | {skill}})
    pairs = zip(answer("skills", candidate, package, travel), answer("skills", candidate, harder, travel), strict=True)
    assert all(before >= after for before, after in pairs)


@FEW
@given(people(), packages(), TRAVEL)
def test_an_arrangement_that_is_offered_costs_nothing(candidate, package, travel):
    offered = tuple(Offer(arrangement=key, state="arrangeable", weeks=12) for key in arrangements())
    assert answer("doable_hours", candidate, replace(package, offers=offered), travel)[1] == 1000


def pool_of(candidates, works, travel):
    numbered = [replace(one, candidate_id=f"K-{row}") for row, one in enumerate(candidates)]
    work = [replace(one, work_package_id=f"WP-{row}") for row, one in enumerate(works)]
    return Pool.of(numbered, work, as_of=AS_OF, travel=travel)


@st.composite
def pools(draw):
    """People and packages, each known in part."""

    def holes(key):
        return st.lists(st.sampled_from([*key, "work_package_id", "candidate_id"]), max_size=6).map(
            lambda names: [name for name in names if name in key]
        )

    own = sorted({name for kind in CRITERIA.values() for name in kind.reads.candidate})
    asked = sorted({name for kind in CRITERIA.values() for name in kind.reads.package})
    crowd = [forget(draw(people()), draw(holes(own))) for _ in range(draw(st.integers(1, 4)))]
    works = [forget(draw(packages()), draw(holes(asked))) for _ in range(draw(st.integers(1, 3)))]
    return crowd, works, draw(TRAVEL)


def tables(key, pool, block=1):
    """The three tables of a pool, asked for `block` package classes at a time, spread over its rows."""
    criterion = CRITERIA[key]()
    left, right = pool.candidates.classes(criterion.reads.candidate), pool.packages.classes(criterion.reads.package)
    found = []
    for start in range(0, right.size, block):
        sides = Sides(candidate=left, package=right.part(start, start + block), as_of=AS_OF, travel=pool.travel)
        points = criterion.points(sides)
        assert np.array_equal(criterion.neutral(sides), points.neutral)
        found.append(np.stack([points.low, points.neutral, points.high]))
    return np.concatenate(found, axis=2)[:, left.codes][:, :, right.codes]


@pytest.mark.parametrize("key", KEYS)
@settings(max_examples=8, deadline=None)
@given(pools())
def test_a_pool_gives_the_points_of_its_single_pairs(key, found):
    crowd, works, travel = found
    whole = tables(key, pool_of(crowd, works, travel), block=8)
    assert np.array_equal(whole, tables(key, pool_of(crowd, works, travel), block=1))
    for row, candidate in enumerate(crowd):
        for column, package in enumerate(works):
            assert tuple(whole[:, row, column]) == answer(key, candidate, package, travel)


@pytest.mark.parametrize("key", KEYS)
@settings(max_examples=8, deadline=None)
@given(pools())
def test_the_order_of_rows_changes_nothing(key, found):
    crowd, works, travel = found
    forward = tables(key, pool_of(crowd, works, travel))
    backward = tables(key, pool_of(crowd[::-1], works[::-1], travel))
    assert np.array_equal(forward, backward[:, ::-1, ::-1])


def test_no_criterion_reads_what_must_never_count():
    read = {name for kind in CRITERIA.values() for name in (*kind.reads.candidate, *kind.reads.package)}
    never = {
        "candidate_id",
        "work_package_id",
        "title",
        "employer",
        "source_organisation",
        "source_kind",
        "register_status",
        "consent_to_present",
        "guidance_hours",
        "guidance_level",
        "provision_by",
        "profile_date",
        "motivation",
        "supplier",
        "contact_route",
        "last_contact_on",
        "social_return",
        "travels_alone",
        "agreements",
    }
    assert not read & never
