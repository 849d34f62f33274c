"""The synthetic world: a pool as files would show it, and beside it the truth that no score may read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from matching.domain.candidate import Candidate
from matching.domain.columns import Column, Table
from matching.domain.pool import Pool
from matching.domain.work_package import WorkPackage
from matching.synthetic.agreements import Known, agreements
from matching.synthetic.coding import always
from matching.synthetic.dice import Dice, Whole
from matching.synthetic.gaps import Gaps
from matching.synthetic.needs import needs
from matching.synthetic.people import people
from matching.synthetic.possible import without_impossible
from matching.synthetic.presence import availability, deployability, identities, origin, record
from matching.synthetic.talents import abilities, schooling, wishes
from matching.synthetic.truth import Truth
from matching.synthetic.work import work
from matching.text import Sentence, say

Progress = Callable[[Sentence], None]
"""Hears what is being made; sentences for a person."""

STEP = 500
"""Packages between two messages of progress."""


@dataclass(frozen=True, kw_only=True)
class World:
    """A synthetic national pool with its hidden truth.

    `pool` is all that an engine may see. `truth` knows the traits behind it; row numbers of the truth are the row
    numbers of the pool's tables. Same seed, size and day give the same world on every machine.
    """

    pool: Pool
    truth: Truth
    seed: int


def generate(
    candidates: int = 300,
    packages: int = 100,
    seed: int = 1,
    as_of: dt.date = dt.date(2026, 11, 1),
    *,
    progress: Progress | None = None,
) -> World:
    """Make a world of `candidates` people and `packages` work packages as of a day.

    Candidates are made as columns: 250,000 take about ten seconds and well under 2 GB. The first rows of a bigger
    world are those of a smaller one with the same seed; only agreements depend on the size.
    """
    tell = progress or _silent
    dice = Dice(seed)
    tell(say("synthetic.progress.candidates", count=candidates))
    crowd = people(dice, candidates)
    columns = profile(Gaps(crowd, dice), as_of)
    tell(say("synthetic.progress.packages", count=packages))
    made = work(dice, packages, as_of, lambda done: _every(STEP, done, packages, tell))
    table = Table(Candidate, columns, "candidate_id")
    pool = Pool(
        candidates=table,
        packages=Table.of(WorkPackage, made.packages, "work_package_id"),
        as_of=as_of,
        guides=made.guides,
        origin=str(say("synthetic.origin", seed=seed)),
    )
    tell(say("synthetic.progress.agreements"))
    known = Known(
        people=crowd,
        ids=table.ids,
        never=columns["never"],
        available=columns["available"],
        packages=made.packages,
        as_of=as_of,
    )
    agreed = pool.agreed(without_impossible(pool, agreements(known, dice))) if candidates and packages else pool
    truth = Truth(seed=seed, people=crowd, work=made, weeks_to_start=_weeks_to_start(made.packages, as_of))
    return World(pool=agreed, truth=truth, seed=seed)


def profile(gaps: Gaps, as_of: dt.date) -> Mapping[str, Column]:
    """Return every column of the candidates, as a file would show these people with these gaps."""
    crowd, dice = gaps.people, gaps.dice
    return {
        "candidate_id": identities(len(crowd)),
        **origin(crowd, gaps),
        **availability(crowd, gaps, dice, as_of),
        **deployability(crowd, gaps, dice),
        **schooling(crowd, gaps, dice),
        **abilities(crowd, gaps, dice),
        **wishes(crowd, gaps, dice),
        **needs(crowd, gaps, dice, as_of),
        **record(crowd, gaps, dice, as_of),
        "agreements": always((), len(crowd)),
    }


def _silent(_: Sentence) -> None:
    return None


def _every(step: int, done: int, total: int, tell: Progress) -> None:
    if done % step == 0:
        tell(say("synthetic.progress.packages_done", done=done, total=total))


def _weeks_to_start(packages: tuple[WorkPackage, ...], as_of: dt.date) -> Whole:
    """Return the weeks from the day of the world to each start; half a year where no start is given."""
    return np.array(
        [26 if found.start_date is None else (found.start_date - as_of).days // 7 for found in packages], dtype=np.int64
    )
