"""The answers that people would give: everything known, and nothing that the pool says is contradicted."""

from __future__ import annotations

import numpy as np
import pytest

from matching.domain.task_kind import task_kinds
from matching.synthetic.answers import answers, asked, true_packages
from matching.synthetic.world import World

NEVER_FILLED = {"postcode4"}
NOT_FOR_ALL = {"secondment_from", "not_together_with", "available_checked_until"}
ANSWERED_TODAY = {"needs", "profile_date", "last_contact_on", "profile_source"}


def test_after_a_full_conversation_nothing_is_unknown(world: World) -> None:
    full = answers(world)
    open_fields = {name for name in full.names if full.column(name).unknown.any()}
    assert open_fields == NEVER_FILLED | NOT_FOR_ALL


def test_answers_keep_every_value_that_the_pool_knows(world: World) -> None:
    full, pool = answers(world), world.pool.candidates
    for name in sorted(set(pool.names) - ANSWERED_TODAY):
        ours, theirs = pool.column(name), full.column(name)
        known = np.flatnonzero(~ours.unknown)
        assert all(ours[row] == theirs[row] for row in known), name


def test_shown_demands_are_among_the_true_needs(world: World) -> None:
    full, pool = answers(world).column("needs"), world.pool.candidates.column("needs")
    for row in range(300):
        true = {(need.demand, need.level) for need in full[row]}
        assert {(need.demand, need.level) for need in pool[row] or () if need.demand} <= true


@pytest.mark.parametrize("field", ["education", "needs", "wished_work_kinds"])
def test_one_question_fills_one_field_of_one_candidate(world: World, field: str) -> None:
    silent = world.pool.candidates.column(field).unknown
    who = world.pool.candidates.ids[int(np.flatnonzero(silent)[0])]
    after = asked(world, field, [who])
    assert getattr(after.candidate(who), field) is not None
    assert after.candidates.column(field).unknown.sum() == silent.sum() - 1


def test_true_packages_add_what_the_files_left_out(world: World) -> None:
    for shown, true in zip(world.pool.packages.rows(), true_packages(world), strict=True):
        assert sum(task.hours or 0 for task in true.tasks or ()) == shown.hours_max
        assert {pair for task in shown.tasks or () for pair in task.demands} <= {
            pair for task in true.tasks or () for pair in task.demands
        }
        assert all(len(task.demands) == len(task_kinds()[task.task_kind or ""].demands) for task in true.tasks or ())
        states = {offer.arrangement: offer.state for offer in true.offers}
        assert all(offer.state in ("unknown", states[offer.arrangement]) for offer in shown.offers)
