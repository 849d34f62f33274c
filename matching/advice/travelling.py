"""The trips of one candidate to all work, and how many pairs a file of travel times covers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matching.domain.pool import Pool
from matching.domain.travel import TRAVEL_CANDIDATE_READS, TRAVEL_PACKAGE_READS


@dataclass(frozen=True, kw_only=True, slots=True)
class Trip:
    """One trip one way: minutes by her fastest mode (None unknown), whether an estimate, and days on site."""

    work_package_id: str
    municipality: str | None
    minutes: int | None
    estimate: bool
    most: int | None
    days_on_site: int | None


def trips_of(pool: Pool, candidate_id: str) -> tuple[Trip, ...]:
    """Return the trips of a candidate, shortest first, unknown last. Raises UnknownName with the nearest id."""
    person = pool.select(candidates=[candidate_id])
    left, right = person.candidates.classes(TRAVEL_CANDIDATE_READS), pool.packages.classes(TRAVEL_PACKAGE_READS)
    found = pool.travel.trips(left, right)
    most = person.candidates[0].max_travel_minutes
    trips = []
    for row, identity in enumerate(pool.packages.ids):
        at = int(right.codes[row])
        minutes = float(found.minutes[0, at])
        trips.append(
            Trip(
                work_package_id=identity,
                municipality=pool.packages.column("municipality")[row],
                minutes=None if np.isnan(minutes) else int(minutes),
                estimate=bool(found.estimate[0, at]),
                most=most,
                days_on_site=pool.packages.column("days_on_site")[row],
            )
        )
    return tuple(sorted(trips, key=lambda trip: (trip.minutes is None, trip.minutes or 0, trip.work_package_id)))


def coverage(pool: Pool) -> tuple[int, int]:
    """Return for how many pairs the travel time is known from a file, and how many pairs there are."""
    left, right = pool.candidates.classes(TRAVEL_CANDIDATE_READS), pool.packages.classes(TRAVEL_PACKAGE_READS)
    found = pool.travel.trips(left, right)
    people = np.bincount(left.codes, minlength=left.size)
    work = np.bincount(right.codes, minlength=right.size)
    given = ~found.estimate & ~np.isnan(found.minutes)
    return int(people @ given.astype(np.int64) @ work), len(pool.candidates) * len(pool.packages)
