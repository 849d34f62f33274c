"""A pool after somebody acted on advice: one package, candidate or new package differs, nothing else."""

from __future__ import annotations

from dataclasses import replace

from matching.domain.candidate import Candidate
from matching.domain.columns import Column, Table
from matching.domain.pool import Pool
from matching.domain.work_package import WorkPackage
from matching.scoring.scores import Scores


def with_package(pool: Pool, package: WorkPackage) -> Pool:
    """Return the pool in which this package takes the place of the one with its id. Raises UnknownName."""
    rows = pool.packages.rows()
    rows[pool.packages.position(package.work_package_id)] = package
    return replace(pool, packages=Table.of(WorkPackage, rows, "work_package_id"))


def with_new_package(pool: Pool, package: WorkPackage) -> Pool:
    """Return the pool with one package more."""
    rows = [*pool.packages.rows(), package]
    return replace(pool, packages=Table.of(WorkPackage, rows, "work_package_id"))


def with_candidate(pool: Pool, candidate: Candidate) -> Pool:
    """Return the pool in which this candidate takes the place of the one with her id. Raises UnknownName."""
    row, people = pool.candidates.position(candidate.candidate_id), pool.candidates
    for name in people.names:
        value, column = getattr(candidate, name), people.column(name)
        if column[row] != value:
            codes = column.codes.copy()
            codes[row] = len(column.values)
            people = people.replaced(name, Column(codes, (*column.values, value)))
    return replace(pool, candidates=people)


def scored_again(scores: Scores, pool: Pool) -> Scores:
    """Return the scores of a changed pool by the same scorecards and seed."""
    return Scores(pool, scores.yardsticks, scores.seed)
