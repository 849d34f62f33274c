"""How many people a plan can place when only fitting pairs count, and how many more after one package changes.

The base plan is a real plan of the planning layer. After a change of one package only the places that the change can
reach are searched again: an augmenting path exists exactly when a newly fitting person can be left without a place at
no loss, and the package can free a place at no loss.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from matching.planning.problem import Edges, Problem
from matching.planning.solve import solve

Mask = NDArray[np.bool_]
Totals = NDArray[np.int32]
PLAN_SECONDS = 20.0
NOBODY = -1


@dataclass(frozen=True, eq=False)
class Placing:
    """Fitting pairs, shape (packages, people), the places of each package, and where a best plan puts each person.

    `place_of` holds a package row for each person, -1 for nobody's place; as many as possible are placed.
    """

    fits: Mask
    places: NDArray[np.int64]
    place_of: NDArray[np.int64]

    @property
    def placed(self) -> int:
        """How many people the plan places."""
        return int(np.count_nonzero(self.place_of >= 0))

    @property
    def unplaced(self) -> Mask:
        """Who has no place, shape (people,)."""
        return np.asarray(self.place_of < 0)

    @cached_property
    def spare(self) -> Mask:
        """The packages that can free a place without anybody losing hers, shape (packages,)."""
        free = np.bincount(self.place_of[self.place_of >= 0], minlength=len(self.places)) < self.places
        while True:
            movable = self.fits[free].any(axis=0) & (self.place_of >= 0)
            grown = free.copy()
            grown[self.place_of[movable]] = True
            if np.array_equal(grown, free):
                return free
            free = grown

    @cached_property
    def waiting(self) -> Mask:
        """Who has no place, or could be left without one so that another is placed instead, shape (people,)."""
        waits: Mask = self.unplaced
        while True:
            wanted: Mask = np.asarray(self.fits[:, waits].any(axis=1))
            grown = waits | ((self.place_of >= 0) & wanted[self.place_of])
            if np.array_equal(grown, waits):
                return waits
            waits = grown

    def more(self, package: int, fits: Mask) -> int:
        """Return how many more people can be placed when these people (shape (people,)) fit the package instead."""
        new, left_out = fits & ~self.fits[package], (self.place_of == package) & ~fits
        if not left_out.any() and not (self.spare[package] and (new & self.waiting).any()):
            return 0
        changed = self.fits.copy()
        changed[package] = fits
        place_of = self.place_of.copy()
        place_of[left_out] = NOBODY
        _augment(changed, self.places, place_of)
        return int(np.count_nonzero(place_of >= 0)) - self.placed


def plan_of(fits: Mask, totals: Totals, places: Sequence[int]) -> Placing:
    """Return a plan that places as many people as possible on fitting pairs, then with most points."""
    package, person = np.nonzero(fits)
    room = np.array(places, dtype=np.int64)
    edges = Edges.ordered(person, package, totals[package, person])
    place_of = np.full(fits.shape[1], NOBODY, dtype=np.int64)
    if len(edges):
        problem = Problem(edges=edges, places=room, max_places=np.ones(fits.shape[1], dtype=np.int64))
        chosen = solve(problem, seconds=PLAN_SECONDS).chosen
        place_of[edges.candidate[chosen]] = edges.package[chosen]
    return Placing(fits, room, place_of)


def _augment(fits: Mask, places: NDArray[np.int64], place_of: NDArray[np.int64]) -> None:
    """Place more people, one path at a time, until nobody more can be placed; changes `place_of`."""
    while True:
        path = _path(fits, places, place_of)
        if not path:
            return
        for person, package in path:
            place_of[person] = package


def _path(fits: Mask, places: NDArray[np.int64], place_of: NDArray[np.int64]) -> list[tuple[int, int]]:
    """Return the moves that place one person more, last move first; empty when there are none."""
    free = np.bincount(place_of[place_of >= 0], minlength=len(places)) < places
    came_by = np.full(len(places), NOBODY, dtype=np.int64)
    people = np.flatnonzero(place_of < 0)
    while len(people):
        reached = (came_by < 0) & fits[:, people].any(axis=1)
        rows = np.flatnonzero(reached)
        came_by[rows] = people[fits[np.ix_(rows, people)].argmax(axis=1)]
        ends = np.flatnonzero(reached & free)
        if len(ends):
            return _moves(int(ends[0]), came_by, place_of)
        people = np.flatnonzero((place_of >= 0) & reached[place_of])
    return []


def _moves(end: int, came_by: NDArray[np.int64], place_of: NDArray[np.int64]) -> list[tuple[int, int]]:
    moves, package = [], end
    while package >= 0:
        person = int(came_by[package])
        moves.append((person, package))
        package = int(place_of[person])
    return moves
