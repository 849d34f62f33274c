"""A tiny pool with points of our own, so that a test of the plan can say what everybody is worth."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from types import SimpleNamespace

import numpy as np

from matching.domain.agreement import Agreement
from matching.domain.candidate import Candidate
from matching.domain.judging import Outcome
from matching.domain.pool import Pool
from matching.domain.work_package import WorkPackage

AS_OF = dt.date(2026, 11, 1)


@dataclass(frozen=True, eq=False)
class OwnScores:
    """Scores from a matrix [packages, candidates], -1 for a conflict; `judge` are pairs that a person must judge."""

    pool: Pool
    totals: np.ndarray
    judge: frozenset[tuple[str, str]] = frozenset()

    def block(self, start, stop):
        return self.totals[start:stop].astype(np.int32)

    def edges(self, best=None):
        keep = self.totals >= 0
        if best is not None:
            keep &= _best(self.totals, best, axis=1) | _best(self.totals, best, axis=0)
        package, candidate = np.nonzero(keep)
        return SimpleNamespace(package=package, candidate=candidate, total=self.totals[package, candidate])

    def to_judge(self, candidates, packages):
        people, work = self.pool.candidates.ids, self.pool.packages.ids
        return np.array([(people[c], work[p]) in self.judge for c, p in zip(candidates, packages, strict=True)], bool)

    def fits(self, pairs):
        return [SimpleNamespace(band="possible", outcome=self._outcome(pair)) for pair in pairs]

    def _outcome(self, pair):
        return Outcome.TO_JUDGE if tuple(pair) in self.judge else Outcome.FITS


def _best(totals, best, axis):
    order = np.argsort(np.argsort(-totals, axis=axis, kind="stable"), axis=axis, kind="stable")
    return order < best


def own_scores(totals, *, places=1, agreements=(), judge=(), employers=None, people=None, packages=None):
    """Return scores of candidates K0, K1, ... and packages W0, W1, ... from rows of packages, in whole points."""
    totals = np.array(totals)
    work, count = totals.shape
    people = [Candidate(candidate_id=f"K{n}", **(people or {})) for n in range(count)]
    of = employers or [f"E{n}" for n in range(work)]
    seats = [places] * work if isinstance(places, int) else places
    each = packages or [{}] * work
    packages = [WorkPackage(work_package_id=f"W{n}", employer=of[n], places=seats[n], **each[n]) for n in range(work)]
    pool = Pool.of(people, packages, as_of=AS_OF, agreements=agreements)
    scaled = np.where(totals < 0, -1, totals * 1000)
    return OwnScores(pool, scaled, frozenset(judge))


def agreed(kind, candidate, package=None, **more):
    """Return an agreement."""
    return Agreement(kind=kind, candidate_id=candidate, work_package_id=package, **more)
