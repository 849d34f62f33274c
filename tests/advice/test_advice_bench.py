"""How long advice takes: measured, printed with its goal, run by `make bench`."""

from __future__ import annotations

import time

import pytest

from matching.advice.carving_all import carve_all
from matching.advice.questions import ask_first
from matching.scoring.scorecard import score
from matching.synthetic.world import generate

pytestmark = pytest.mark.bench


@pytest.fixture(scope="module")
def pool():
    return generate(2000, 600, seed=3).pool


def measured(work):
    wall, begun = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - wall, time.process_time() - begun


def test_every_change_of_six_hundred_packages_takes_under_thirty_seconds(pool):
    heard = []
    wall, spent = measured(lambda: carve_all(score(pool), progress=lambda done, total: heard.append(done)))
    print(f"\ncarve --all 2,000 x 600: {spent:.1f} s of CPU, {wall:.1f} s by the clock; goal 30 s")  # noqa: T201
    assert len(heard) > 2 and spent < 30


@pytest.mark.parametrize("about", ["candidate", "package"])
def test_asking_first_takes_some_seconds(pool, about):
    wall, spent = measured(lambda: ask_first(score(pool), about=about))
    print(f"\nask 2,000 x 600, {about}: {spent:.1f} s of CPU, {wall:.1f} s by the clock; goal 15 s")  # noqa: T201
    assert spent < 15
