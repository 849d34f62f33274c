"""Variants are lawful, change something, and stand smallest first."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings

from matching.advice.steps import SwapTask, WithoutTask
from matching.advice.variants import SMALLEST_HOURS, Aims, variants
from matching.text import LANGUAGES
from tests.strategies import ARRANGEMENTS, packages

AIMS = Aims(arrangements=ARRANGEMENTS, hours=(16.0, 20.0))


def steps_of(package, **options):
    return [variant.steps[0] for variant in variants(package, AIMS, **options)]


@given(packages())
@settings(max_examples=60, deadline=None)
def test_no_variant_touches_what_is_fixed(package):
    fixed_tasks = {task.name for task in package.tasks or () if task.carveable is False}
    for variant in variants(package, AIMS, depth=2):
        changed = variant.apply(package)
        assert fixed_tasks <= {task.name for task in changed.tasks or ()}
        if package.hours_negotiable is False:
            assert (changed.hours_min, changed.hours_max) == (package.hours_min, package.hours_max)
        if package.level_negotiable is False:
            assert changed.level_min == package.level_min
        if package.start_movable is False:
            assert changed.start_date == package.start_date


@given(packages())
@settings(max_examples=60, deadline=None)
def test_a_variant_changes_the_package_and_leaves_one(package):
    for variant in variants(package, AIMS, depth=2):
        changed = variant.apply(package)
        assert changed != package
        assert changed.work_package_id == package.work_package_id
        assert changed.tasks or not package.tasks
        assert changed.hours_min is None or changed.hours_min >= min(SMALLEST_HOURS, package.hours_min)


@given(packages())
@settings(max_examples=40, deadline=None)
def test_variants_stand_smallest_first_and_say_what_they_are(package):
    found = variants(package, AIMS, depth=2)
    assert [variant.size for variant in found] == sorted(variant.size for variant in found)
    assert all(variant.sentence.text(language) for variant in found for language in LANGUAGES)


def test_a_carveable_task_takes_its_hours_along(archive_package):
    package = replace(archive_package, hours_negotiable=True)
    step = next(step for step in steps_of(package) if isinstance(step, WithoutTask))
    changed = step.apply(package)
    assert [task.name for task in changed.tasks] == ["Dossiers ordenen"]
    assert (changed.hours_min, changed.hours_max) == (12.0, 16.0)


def test_fixed_hours_stay_when_a_task_is_swapped(archive_package):
    kinds = [type(step) for step in steps_of(archive_package)]
    assert SwapTask in kinds and WithoutTask not in kinds
    changed = next(step for step in steps_of(archive_package) if isinstance(step, SwapTask)).apply(archive_package)
    assert changed.task_hours == (24.0,)


def test_the_kind_of_work_of_a_task_goes_with_it(archive_package):
    ordering, retrieval = archive_package.tasks
    calls = replace(retrieval, name="Bellen", work_kind="reception")
    package = replace(archive_package, tasks=(ordering, calls), work_kinds=frozenset({"archive", "reception"}))
    changed = next(step for step in steps_of(package) if isinstance(step, SwapTask)).apply(package)
    assert changed.work_kinds == {"archive"}


@pytest.mark.parametrize(("said", "standing"), [(True, "agreed"), (None, "to_ask")])
def test_what_nobody_said_has_to_be_asked(archive_package, said, standing):
    package = replace(archive_package, level_negotiable=said)
    found = {step.slot: step.standing for step in steps_of(package)}
    assert found["level"] == standing


def test_what_is_fixed_is_shown_only_for_reconsideration(archive_package):
    assert not {"level", "start", "hours_min"} & {step.slot for step in steps_of(archive_package)}
    open_again = list(variants(archive_package, AIMS, reconsider=True))
    assert {"level", "start", "hours_min"} <= {variant.steps[0].slot for variant in open_again}
    assert "volgens het werkpakket kan dit niet" in str(open_again[-1].sentence)


def test_a_riha_package_never_asks_less_than_hbo(archive_package):
    package = replace(archive_package, programme="riha", level_min="bachelor", level_negotiable=True)
    assert "level" not in {step.slot for step in steps_of(package)}
    assert "level" in {step.slot for step in steps_of(replace(package, programme=None))}
