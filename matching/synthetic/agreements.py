"""What people in the synthetic world already agreed: pins, vetoes, reservations, accepted, cleared, same person."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from matching.domain.agreement import Agreement
from matching.domain.choices import AgreementKind
from matching.domain.columns import Column
from matching.domain.distance import distance_matrix_km, municipality_positions
from matching.domain.education import steps_of_scales
from matching.domain.work_package import WorkPackage
from matching.synthetic.dice import Dice, Truths, Whole
from matching.synthetic.drafts import texts
from matching.synthetic.people import People, work_kinds
from matching.synthetic.presence import first_of_month
from matching.synthetic.rolls import Roll, Rolls

SHARES: dict[AgreementKind, int] = {"pin": 35, "accepted": 40, "cleared": 60, "veto": 70, "reserve": 40}
"""Packages (per mille) about which there is an agreement of each kind."""
SAME_PERSON = 5
"""People (per mille) who were put forward twice, by two organisations, under two ids."""
LOOKED_AT = 60
"""How many candidates somebody looked at before agreeing on one."""
TOO_MANY_HOURS = 12
"""Nobody agrees on work of so many hours fewer than somebody can work; of none fewer where hours are fixed."""
DESKS = ("WSP-AM21-1", "WSP-AM13-2", "P&O", "Binnenwerk", "RIHA")


@dataclass(frozen=True, kw_only=True)
class Known:
    """What an agreement is made from: people, their ids, vetoes and availability, the packages, and the day."""

    people: People
    ids: Sequence[str]
    never: Column
    available: Column
    packages: Sequence[WorkPackage]
    as_of: dt.date


def agreements(known: Known, dice: Dice) -> tuple[Agreement, ...]:
    """Return the agreements; a candidate is in one at most, so that no two contradict each other."""
    size = len(known.packages)
    rolls = Rolls(dice, "agreement", size)
    bounds = np.cumsum(list(SHARES.values()))
    kinds = dict(enumerate(SHARES))
    taken: set[int] = set()
    found: list[Agreement] = []
    for row in range(size):
        kind = kinds.get(int(np.searchsorted(bounds, rolls.row(row).below("kind", 1000), side="right")))
        person = _person(known, dice, row, taken) if kind else None
        if kind and person is not None:
            taken.add(person)
            found.append(_agreement(known, rolls.row(row), person=person, kind=kind))
    return (*found, *_same_people(known, dice, taken))


def _person(known: Known, dice: Dice, row: int, taken: set[int]) -> int | None:
    """Return the nearest suitable of some candidates drawn by lot, by what a person in the field would look at."""
    package = known.packages[row]
    looked = np.unique(dice.below(f"agreement.looked.{row}", LOOKED_AT, len(known.people)))
    free = np.array([person for person in looked.tolist() if person not in taken], dtype=np.int64)
    if not len(free):
        return None
    low, high = steps_of_scales(package.scale_min, package.scale_max) or (0, 8)
    step = known.people.step[free]
    hours = int(package.hours_min or package.hours_max or 0)
    end = municipality_positions([package.municipality])[0]
    cost = np.rint(distance_matrix_km()[:, end]).astype(np.int64)[known.people.place[free]]
    cost = cost + 300 * ((step < low) | (step > high)) + 200 * (known.people.hours[free] < hours)
    room = 0 if package.hours_negotiable is False else TOO_MANY_HOURS
    cost = cost + 300 * (known.people.hours[free] > int(package.hours_max or 40) + room)
    cost = cost + 1000 * (known.people.silent[free] | _not_free(known, free))
    cost = cost + 1000 * np.array([_vetoed(known, person, package) for person in free.tolist()])
    best = int(np.argmin(cost))
    return int(free[best]) if cost[best] < 300 else None


def _not_free(known: Known, people: Whole) -> Truths:
    return np.array([known.available[person] == "no" for person in people.tolist()], dtype=bool)


def _vetoed(known: Known, person: int, package: WorkPackage) -> bool:
    own = known.never[person] or frozenset()
    kinds = {f"work_kind:{kind}" for kind in package.work_kinds or work_kinds()}
    return bool(own & (kinds | {f"employer:{package.employer}"}))


def _agreement(known: Known, roll: Roll, *, person: int, kind: AgreementKind) -> Agreement:
    package = known.packages[roll.number]
    until = first_of_month(known.as_of, roll.one("until", (-1, 1, 3, 6, 9), (12, 20, 30, 25, 13)))
    by_employer = kind == "veto" and roll.hit("employer", 300)
    reason = roll.one(f"reason.{kind}", texts(kind))
    return Agreement(
        kind=kind,
        candidate_id=known.ids[person],
        work_package_id=None if by_employer or kind == "reserve" else package.work_package_id,
        employer=package.employer if by_employer else None,
        reason=None if kind == "veto" and roll.hit("reason.lacks", 200) else reason,
        by=roll.one("by", DESKS),
        until=until if kind in ("veto", "reserve") else None,
    )


def _same_people(known: Known, dice: Dice, taken: set[int]) -> list[Agreement]:
    """Return pairs of ids that stand for one person: from the same town, through two organisations."""
    size = len(known.people)
    hits = np.flatnonzero(dice.hit("agreement.same", size, SAME_PERSON))
    found: list[Agreement] = []
    for person in hits.tolist():
        alike = (known.people.place == known.people.place[person]) & (known.people.step == known.people.step[person])
        alike &= known.people.source != known.people.source[person]
        others = [other for other in np.flatnonzero(alike)[:20].tolist() if other not in taken]
        if person not in taken and others:
            taken.update((person, others[0]))
            found.append(
                Agreement(
                    kind="same_person",
                    candidate_id=known.ids[person],
                    other_candidate_id=known.ids[others[0]],
                    reason=texts("same_person")[0],
                    by=DESKS[0],
                )
            )
    return found
