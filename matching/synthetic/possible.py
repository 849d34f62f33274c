"""Agreements that can be kept: nobody pins or accepts a pair that a known, confirmed conflict excludes."""

from __future__ import annotations

from collections.abc import Sequence

from matching.domain.agreement import Agreement
from matching.domain.judging import Outcome
from matching.domain.pool import Pool
from matching.scoring.scorecard import score

__all__ = ["without_impossible"]

HELD = ("pin", "accepted")


def without_impossible(pool: Pool, agreed: Sequence[Agreement]) -> tuple[Agreement, ...]:
    """Return the agreements without the pins and accepted places that a rule excludes; the other kinds all stay.

    Only the people and packages of those agreements are scored, so a big world costs no more than its agreements.
    """
    held = [(one.candidate_id, one.work_package_id) for one in agreed if one.kind in HELD and one.work_package_id]
    if not held:
        return tuple(agreed)
    people, work = ({pair[side] for pair in held} for side in (0, 1))
    fits = score(pool.select(candidates=people, packages=work)).fits(held)
    barred = {(fit.candidate_id, fit.work_package_id) for fit in fits if fit.outcome is Outcome.CONFLICT}
    return tuple(one for one in agreed if one.kind not in HELD or (one.candidate_id, one.work_package_id) not in barred)
