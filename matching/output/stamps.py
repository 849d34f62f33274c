"""Reading from a result where it came from."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from matching.domain.pool import Pool, canonical
from matching.output.roles import Role
from matching.output.sheet import Stamp
from matching.scoring.yardstick import TOTAL_PER_POINT

if TYPE_CHECKING:
    from matching.planning.plan import Plan
    from matching.scoring.fit import Fit
    from matching.scoring.scores import Scores
    from matching.scoring.shortlist import Shortlist
    from matching.scoring.yardstick import Yardstick

SYNTHETIC_MARKS = ("synthetic", "synthetisch", "verzonnen")
"""A pool whose origin or sources carry one of these words was made up and says so on every output."""


def stamp_of_fits(fits: Sequence[Fit], *, role: Role, pool: Pool | None = None) -> Stamp:
    """Return the stamp of explained pairs; without their pool the fingerprint is of the pairs themselves."""
    return Stamp(
        as_of=fits[0].pair.as_of,
        fingerprint=_fingerprint(fits, pool),
        scorecards=named(fit.yardstick for fit in fits),
        role=role.value,
        synthetic=is_synthetic(pool, [fit.candidate.profile_source for fit in fits]),
    )


def stamp_of_lists(lists: Sequence[Shortlist], *, role: Role, pool: Pool | None = None) -> Stamp:
    """Return the stamp of shortlists, with the seed of their lot."""
    fits = [line.fit for shortlist in lists for line in shortlist.lines]
    return Stamp(
        as_of=lists[0].as_of,
        fingerprint=_fingerprint(fits, pool),
        scorecards=named(card for shortlist in lists for card in shortlist.scorecards),
        role=role.value,
        seed=lists[0].seed,
        synthetic=is_synthetic(pool, [fit.candidate.profile_source for fit in fits]),
    )


def stamp_of_plan(plan: Plan, scores: Scores, *, role: Role) -> Stamp:
    """Return the stamp of a plan: status, gap and bound as proven, points out of 1000."""
    return Stamp(
        as_of=scores.pool.as_of,
        fingerprint=scores.pool.fingerprint,
        scorecards=named(scores.scorecards),
        role=role.value,
        seed=plan.seed,
        status=plan.summary(),
        gap=None if plan.gap is None else f"{100 * plan.gap:.2f} %".replace(".", ","),
        bound=None if plan.bound is None else str(plan.bound // TOTAL_PER_POINT),
        synthetic=is_synthetic(scores.pool),
    )


def named(scorecards: Iterable[Yardstick]) -> tuple[str, ...]:
    """Return "name version" of scorecards, each once, in alphabetical order."""
    return tuple(sorted({f"{card.name} {card.version}" for card in scorecards}))


def is_synthetic(pool: Pool | None, sources: Iterable[str | None] = ()) -> bool:
    """Return whether the data were made up: the origin of the pool or the source of a profile says so."""
    words = [pool.origin if pool else "", *(source or "" for source in sources)]
    if pool is not None:
        words += [str(value) for value in pool.candidates.column("profile_source").values if value]
    return any(mark in word.casefold() for word in words for mark in SYNTHETIC_MARKS)


def _fingerprint(fits: Sequence[Fit], pool: Pool | None) -> str:
    if pool is not None:
        return pool.fingerprint
    digest = hashlib.sha256()
    for text in sorted(canonical((fit.candidate, fit.package)) for fit in fits):
        digest.update(text.encode())
    return digest.hexdigest()[:16]
