"""Acceptance examples with the shipped scorecards, rules and criteria."""

from __future__ import annotations

import dataclasses

from matching.domain.judging import Outcome
from matching.domain.pool import Pool
from matching.scoring.scorecard import score


def scores_of(people, packages, as_of):
    return score(Pool.of(people, packages, as_of=as_of))


def test_an_empty_education_keeps_her_on_the_list_below_or_equal_with_a_question(
    known_candidate, archive_package, as_of
):
    silent = dataclasses.replace(
        known_candidate, candidate_id="K-2", education=None, education_completed=None, working_level=None
    )
    found = scores_of([known_candidate, silent], [archive_package], as_of).shortlist("WP-1")
    fits = {line.fit.candidate_id: line.fit for line in found.lines}
    assert fits["K-2"].total <= fits["K-1"].total
    assert fits["K-2"].outcome is not Outcome.CONFLICT
    assert {"education", "working_level"} & {question.field for question in fits["K-2"].questions}


def test_sixteen_hours_for_twenty_that_cannot_bend_is_near_and_not_listed(known_candidate, archive_package, as_of):
    few = dataclasses.replace(known_candidate, hours_min=12.0, hours_max=16.0, can_grow_hours=False)
    fixed = tuple(dataclasses.replace(task, carveable=False) for task in archive_package.tasks)
    package = dataclasses.replace(archive_package, tasks=fixed)
    found = scores_of([few], [package], as_of).shortlist("WP-1")
    assert found.lines == ()
    assert [fit.candidate_id for fit in found.nearly] == ["K-1"]
    assert "16 uur" in str(found)


def test_sixteen_hours_for_a_package_that_can_bend_is_listed_with_the_condition(
    known_candidate, archive_package, as_of
):
    few = dataclasses.replace(known_candidate, hours_min=12.0, hours_max=16.0, can_grow_hours=False)
    package = dataclasses.replace(archive_package, hours_negotiable=True)
    found = scores_of([few], [package], as_of).shortlist("WP-1")
    assert [line.fit.outcome for line in found.lines] == [Outcome.TO_JUDGE]
    assert any("uren" in str(condition).lower() for condition in found.lines[0].fit.conditions)


def test_each_package_is_scored_by_its_programme_else_its_method(known_candidate, archive_package, as_of):
    kinds = [("individual", None), ("individual", "riha"), ("collective", None), ("supplier", None)]
    packages = [
        dataclasses.replace(archive_package, work_package_id=f"WP-{n}", method=method, programme=programme)
        for n, (method, programme) in enumerate(kinds)
    ]
    scores = scores_of([known_candidate], packages, as_of)
    names = [scores.scorecard_of(package.work_package_id).name for package in packages]
    assert names == ["individual", "riha", "binnenwerk", "supplier"]
    assert scores.block(0, 4).shape == (4, 1)
