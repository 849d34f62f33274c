"""The generator agrees on nothing that a rule excludes."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

import matching
from matching.domain.agreement import Agreement
from matching.domain.candidate import Candidate
from matching.domain.judging import Outcome
from matching.domain.pool import Pool
from matching.domain.work_package import WorkPackage
from matching.synthetic.possible import without_impossible
from matching.synthetic.world import generate


@pytest.mark.parametrize(("kind", "kept"), [("pin", 0), ("accepted", 0), ("cleared", 1), ("veto", 1)])
def test_a_pin_or_accepted_place_that_a_rule_excludes_is_left_out(
    kind: str, kept: int, known_candidate: Candidate, archive_package: WorkPackage, as_of: dt.date
) -> None:
    own_veto = replace(known_candidate, never=frozenset({f"employer:{archive_package.employer}"}))
    pool = Pool.of([own_veto], [archive_package], as_of=as_of)
    ids = own_veto.candidate_id, archive_package.work_package_id
    agreed = Agreement(kind=kind, candidate_id=ids[0], work_package_id=ids[1])  # type: ignore[arg-type]
    assert matching.score(pool).fit(*ids).outcome is Outcome.CONFLICT
    assert len(without_impossible(pool, [agreed])) == kept


def test_a_pin_that_can_be_kept_stays(known_candidate: Candidate, archive_package: WorkPackage, as_of: dt.date) -> None:
    pool = Pool.of([known_candidate], [archive_package], as_of=as_of)
    ids = known_candidate.candidate_id, archive_package.work_package_id
    agreed = Agreement(kind="pin", candidate_id=ids[0], work_package_id=ids[1])
    assert without_impossible(pool, [agreed]) == (agreed,)


def test_every_pin_of_a_world_can_be_kept() -> None:
    pool = generate(1500, 400, 3).pool
    held = [(a.candidate_id, a.work_package_id) for a in pool.agreements if a.kind in ("pin", "accepted")]
    fits = matching.score(pool).fits([(c, p) for c, p in held if p is not None])
    assert len(fits) > 10 and not any(fit.outcome is Outcome.CONFLICT for fit in fits)
