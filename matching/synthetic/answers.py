"""What people would answer if somebody asked: the profile without gaps, for evaluation alone.

"Ask first" is worth something if the answer to the first question brings the true best matches nearer. To measure
that, one must be able to fill a field with the true answer. These are the answers: the same people, spoken to today.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from matching.domain.arrangement import arrangements
from matching.domain.candidate import Candidate
from matching.domain.columns import Table
from matching.domain.pool import Pool
from matching.domain.task_kind import task_kinds
from matching.domain.work_package import Offer, Task, WorkPackage
from matching.synthetic.dice import Dice
from matching.synthetic.gaps import Gaps
from matching.synthetic.work import TrueWork
from matching.synthetic.world import World, profile


def answers(world: World) -> Table[Candidate]:
    """Return the candidates as they would be known after a full conversation today; rows as in the pool.

    What the pool knows stays as it is (agreements too), except for needs, which are complete and confirmed, and the
    dates of the profile. Everything unknown gets its true answer.
    """
    columns = profile(Gaps(world.truth.people, Dice(world.seed), asked=True), world.pool.as_of)
    full = Table(Candidate, columns, "candidate_id")
    return full.replaced("agreements", world.pool.candidates.column("agreements"))


def asked(world: World, field: str, candidates: list[str]) -> Pool:
    """Return the pool after these candidates answered one question: `field` holds the true answer for them."""
    pool, full = world.pool, answers(world).column(field)
    chosen = np.zeros(len(pool.candidates), dtype=bool)
    chosen[[pool.candidates.position(identity) for identity in candidates]] = True
    now = pool.candidates.column(field)
    cells = (full[row] if chosen[row] else now[row] for row in range(len(chosen)))
    return replace(pool, candidates=pool.candidates.replaced(field, type(now).of(cells)))


def true_packages(world: World) -> tuple[WorkPackage, ...]:
    """Return the packages with all tasks, place demands and offers as they truly are; rows as in the pool."""
    pairs = zip(world.truth.work.packages, world.truth.work.truths, strict=True)
    return tuple(_true_package(package, truth) for package, truth in pairs)


def _true_package(package: WorkPackage, truth: TrueWork) -> WorkPackage:
    building = truth.building
    place = package.location and replace(
        package.location, place_demands=building.place_demands, arrangements_present=building.present
    )
    tasks = tuple(
        Task(
            name=task_kinds()[task.kind].label("nl"),
            task_kind=task.kind,
            work_kind=task_kinds()[task.kind].work_kind,
            hours=task.hours,
            carveable=task.carveable,
            demands=task.demands,
        )
        for task in truth.tasks
    )
    return replace(package, location=place, tasks=tasks, offers=_true_offers(truth), hours_min=float(truth.hours))


def _true_offers(truth: TrueWork) -> tuple[Offer, ...]:
    weeks = zip(arrangements(), truth.weeks.tolist(), strict=True)
    return tuple(_true_offer(name, number) for name, number in weeks)


def _true_offer(name: str, weeks: int) -> Offer:
    if weeks <= 0:
        return Offer(arrangement=name, state="present" if weeks == 0 else "not_possible")
    return Offer(arrangement=name, state="arrangeable", weeks=weeks, provider=arrangements()[name].usual_providers[0])
