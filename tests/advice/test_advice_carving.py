"""What carving promises is true: the promised people are there when the change is made, and nobody else."""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from near_worlds import KINDS_OF_STEPS, near_world

from matching.advice.applied import scored_again, with_new_package, with_package
from matching.advice.carving import carve
from matching.advice.carving_all import carve_all, plan_now
from matching.advice.creation import create
from matching.advice.variants import MOST_DEPTH
from matching.cli.main import run
from matching.domain.pool import Pool
from matching.domain.work_package import Task
from matching.errors import ConfigurationRefused
from matching.scoring.scorecard import score
from matching.synthetic.world import generate
from tests.strategies import AS_OF


def fitting(scores, package_id, at_least="possible"):
    """Return who fits and whether something is left to judge, from every single pair: the long way round."""
    bands = {"strong": {"strong"}, "possible": {"strong", "possible"}}[at_least]
    fits = scores.fits([(candidate, package_id) for candidate in scores.pool.candidates.ids])
    return {fit.candidate_id: fit.outcome for fit in fits if fit.outcome < 2 and fit.band in bands}


def promised_is_true(scores, package_id, line, at_least="possible", now=None):
    """Whether the pool after the change holds exactly the promised people more, and exactly the lost ones less."""
    now = fitting(scores, package_id, at_least) if now is None else now
    changed = with_package(scores.pool, line.variant.apply(scores.pool.package(package_id)))
    after = fitting(scored_again(scores, changed), package_id, at_least)
    freed = {one for one in now.keys() & after.keys() if now[one] == 1 and after[one] == 0}
    gained, gone = after.keys() - now.keys(), now.keys() - after.keys()
    return (gained, gone, freed) == (set(line.newly), set(line.lost), set(line.freed))


@pytest.fixture(scope="module")
def scores():
    return score(generate(60, 20, seed=5).pool)


def true_in_a_random_world(seed):
    """Whether every promise holds in a small world of its own, with and without what is fixed, one or two steps."""
    found = score(generate(10 + seed % 7, 2, seed=seed).pool)
    package_id, at_least = found.pool.packages.ids[0], ("possible", "strong")[seed % 2]
    lines = carve(found, package_id, at_least=at_least, depth=1 + seed % 2, reconsider=seed % 3 == 0).lines[:4]
    return all(promised_is_true(found, package_id, line, at_least) for line in lines)


@pytest.mark.parametrize("seed", range(8))
def test_every_variant_brings_exactly_whom_it_promises(seed):
    assert true_in_a_random_world(seed)


@pytest.mark.soak
def test_a_thousand_variants_bring_exactly_whom_they_promise(known_candidate, archive_package):
    """Half of the pools are made by the generator, half by changing a few fields of what fits."""
    tried, wrong, seed = Counter(), [], 0
    while tried["lines"] < 1000:
        near = near_world(known_candidate, archive_package, seed)
        for pool in (near, generate(40, 6, seed=500 + seed).pool):
            scores = score(pool)
            for number, package_id in enumerate(pool.packages.ids):
                at_least = ("possible", "strong")[number % 2]
                asked = {"depth": 1 + (seed + number // 2) % 2, "reconsider": (seed + number) % 3 == 0}
                lines = carve(scores, package_id, at_least=at_least, **asked).lines
                now = fitting(scores, package_id, at_least) if lines else None
                for line in random.Random(seed).sample(lines, min(len(lines), 5)):
                    tried["lines"] += 1
                    tried["together"] += len(line.variant.steps) > 1
                    tried.update({type(step).__name__ for step in line.variant.steps})
                    wrong += [] if promised_is_true(scores, package_id, line, at_least, now) else [(seed, package_id)]
        seed += 1
    print(tried)  # noqa: T201
    assert wrong == []
    assert set(tried) == {"lines", "together", *KINDS_OF_STEPS} and tried["together"] > 50


def test_variants_of_a_realistic_pool_are_true(scores):
    cases = [(package_id, line) for package_id in scores.pool.packages.ids for line in carve(scores, package_id).lines]
    assert len(cases) >= 60, "eight random worlds bring the rest of the sixty"
    for package_id, line in cases[:: len(cases) // 30]:
        assert promised_is_true(scores, package_id, line)


def test_who_is_freed_has_nothing_to_judge_any_more(scores):
    freed = 0
    for package_id in scores.pool.packages.ids[:12]:
        for line in carve(scores, package_id).lines:
            changed = scored_again(
                scores, with_package(scores.pool, line.variant.apply(scores.pool.package(package_id)))
            )
            for candidate in line.freed[:2]:
                assert scores.fit(candidate, package_id).outcome == 1
                assert changed.fit(candidate, package_id).outcome == 0
                freed += 1
    assert freed > 5


def test_a_package_that_nothing_helps_says_so(known_candidate, archive_package):
    package = replace(archive_package, tasks=(replace(archive_package.tasks[0], hours=24.0),))
    advice = carve(score(Pool.of([known_candidate], [package], as_of=AS_OF)), "WP-1")
    assert advice.lines == ()
    assert "Geen enkele toegestane verandering" in advice.text()


def test_the_plan_places_as_many_more_as_promised(scores):
    plan = carve_all(scores, at_least="strong")
    assert plan.changes and plan.changes[0].placed_more > 0
    for change in (*plan.changes[:4], plan.changes[-1]):
        changed = with_package(scores.pool, change.variant.apply(change.package))
        assert plan_now(scored_again(scores, changed), "strong").placed == plan.placed + change.placed_more


def test_a_plan_that_fills_every_place_is_measured_on_strong_pairs(scores):
    possible = plan_now(scores, "possible")
    full = possible.placed == min(possible.places.sum(), len(scores.pool.candidates))
    assert carve_all(scores).at_least == ("strong" if full else "possible")


def test_progress_is_told_until_all_is_done(scores):
    heard = []
    plan = carve_all(scores, progress=lambda done, total: heard.append((done, total)))
    assert heard[-1] == (plan.tried, plan.tried)


def test_new_work_names_people_without_a_place_who_truly_fit(archive_package, known_candidate):
    """Two packages of one employer each have a task that nobody of these people wants to do with the rest."""
    tasks = (
        Task(name="Dossiers ordenen", work_kind="archive", hours=8.0, carveable=True),
        Task(name="Koffie", work_kind="catering", hours=16.0, carveable=True),
    )
    work = [replace(archive_package, work_package_id=f"WP-{n}", tasks=tasks, work_kinds=None) for n in (1, 2)]
    far_off = {
        "municipality": "groningen",
        "available": dt.date(2027, 2, 1),
        "wished_setting": frozenset({"lively"}),
        "development_wishes": frozenset({"hours_growth"}),
        "wants_to_learn": frozenset(),
    }
    crowd = [
        replace(known_candidate, candidate_id=f"K-{n}", wished_work_kinds=((kind, 3),), **far_off)
        for n, kind in enumerate(["archive", "catering", "catering", "catering"])
    ]
    scores = score(Pool.of(crowd, work, as_of=AS_OF))
    plan = carve_all(scores, at_least="strong")
    made = create(scores, plan)
    assert made.proposals
    for proposal in made.proposals:
        again = scored_again(scores, with_new_package(scores.pool, proposal.package))
        placed = {f"K-{n}" for n in np.flatnonzero(plan.placing.place_of >= 0)}
        assert set(proposal.people) == fitting(again, proposal.package.work_package_id).keys() - placed


@pytest.mark.parametrize("depth", [-1, 0, 4, 99])
def test_a_depth_outside_one_to_three_is_refused_with_what_is_allowed(scores, depth):
    with pytest.raises(ConfigurationRefused, match=f"{depth}.*1 tot en met 3"):
        carve(scores, scores.pool.packages.ids[0], depth=depth)


def test_the_command_refuses_the_same_depths(capsys):
    assert run(["carve", "data/synthetic", "--package", "WP-0001", "--depth", str(MOST_DEPTH + 1)]) == 2
    assert f"{MOST_DEPTH}" in capsys.readouterr().err
