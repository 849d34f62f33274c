"""Two synthetic worlds that the tests share: the committed size, and one big enough to measure shares."""

from __future__ import annotations

import pytest

from matching.synthetic.world import World, generate


@pytest.fixture(scope="session")
def world() -> World:
    """The world of the committed files."""
    return generate(300, 100, 1)


@pytest.fixture(scope="session")
def nation() -> World:
    """Enough people to measure shares within a percentage point."""
    return generate(20_000, 100, 1)
