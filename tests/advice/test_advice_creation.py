"""New work out of tasks that carving leaves over: who is promised has no place, and truly fits when it is there."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from matching.advice.applied import scored_again, with_new_package
from matching.advice.carving_all import carve_all
from matching.advice.creation import create
from matching.advice.placing import plan_of
from matching.advice.variants import SMALLEST_HOURS
from matching.intake.reading import read_pool
from matching.scoring.scorecard import score
from matching.synthetic.world import generate
from tests.strategies import AS_OF

SHIPPED = Path(__file__).parents[2] / "data" / "synthetic"


def fits_from_every_single_pair(scores, package_id):
    """Return who fits a package, shape (people,): the long way round."""
    fits = scores.fits([(candidate, package_id) for candidate in scores.pool.candidates.ids])
    return np.array([fit.outcome < 2 and fit.band != "worth_a_talk" for fit in fits])


def check(scores, plan, proposal):
    """The promised people have no place, fit the package once it is there, and one of them can then be placed."""
    package, pool = proposal.package, scores.pool
    again = scored_again(scores, with_new_package(pool, package))
    fits = fits_from_every_single_pair(again, package.work_package_id)
    unplaced = plan.placing.unplaced
    assert set(proposal.people) == {pool.candidates.ids[row] for row in np.flatnonzero(fits & unplaced)}
    grown = np.vstack([plan.placing.fits, fits])
    planned = plan_of(grown, again.block(0, len(grown)), [*plan.placing.places.tolist(), 1])
    assert planned.placed == plan.placed + 1


def comes_from_its_sources(scores, proposal):
    """The tasks are carveable tasks of packages of one employer in one municipality, and no package is emptied."""
    package = proposal.package
    for source, task in zip(proposal.sources, package.tasks, strict=True):
        found = scores.pool.package(source)
        assert task in found.tasks and task.carveable
        assert (found.employer, found.municipality) == (package.employer, package.municipality)
        taken = [name for name, other in zip(package.tasks, proposal.sources, strict=True) if other == source]
        assert len(taken) < len(found.tasks)
    assert SMALLEST_HOURS <= package.hours_min == sum(task.hours for task in package.tasks)


def proposals_of(pool):
    """Check every proposal of a pool and return how many there are."""
    scores = score(pool)
    plan = carve_all(scores)
    made = create(scores, plan).proposals
    for proposal in made:
        check(scores, plan, proposal)
        comes_from_its_sources(scores, proposal)
    return len(made)


def test_the_shipped_pool_yields_new_work_for_people_without_a_place():
    assert proposals_of(read_pool(SHIPPED, as_of=AS_OF)) >= 1


@pytest.mark.soak
def test_new_work_is_true_in_fifty_pools():
    found = [proposals_of(generate(200, 80, seed=seed).pool) for seed in range(50)]
    print(sum(found), "proposals in", sum(map(bool, found)), "of 50 pools")  # noqa: T201
    assert sum(found) >= 30
