"""A tiny pool with planted words, so that a test can see what a role sees."""

from __future__ import annotations

import dataclasses as dc
import datetime as dt

import pytest

from matching.domain.candidate import Candidate, Need
from matching.domain.pool import Pool
from matching.domain.work_package import Offer, WorkPackage
from matching.scoring.scorecard import score
from matching.scoring.scores import Scores


@pytest.fixture(scope="session")
def planted_pool(known_candidate: Candidate, archive_package: WorkPackage, as_of: dt.date) -> Pool:
    """Three people for one noisy package: one who agreed to be presented, one not asked, one nobody knows."""
    noisy = dc.replace(archive_package.tasks[0], demands=(("noise", 2),))  # type: ignore[index]
    offer = Offer(arrangement="quiet_place", state="arrangeable", weeks=3, provider="employer")
    package = dc.replace(archive_package, tasks=(noisy, archive_package.tasks[1]), offers=(offer,))  # type: ignore[index]
    need = Need(demand="noise", level=1, arrangements=("quiet_place",), confirmed_on=dt.date(2026, 9, 1))
    planted = dc.replace(known_candidate, needs=(need,), motivation="EIGENWOORDEN", contact_route="ROUTE-7")
    people = [
        dc.replace(planted, candidate_id="K-agreed"),
        dc.replace(planted, candidate_id="K-unasked", consent_to_present=None),
        Candidate(candidate_id="K-nothing", municipality="gouda"),
    ]
    return Pool.of(people, [package], as_of=as_of)


@pytest.fixture(scope="session")
def planted_scores(planted_pool: Pool) -> Scores:
    return score(planted_pool, seed=1)
