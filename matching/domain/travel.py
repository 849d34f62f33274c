"""Travel minutes one way: an estimate from distance and mode, or a matrix of real travel times."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

import numpy as np
from numpy.typing import NDArray

from matching.domain.columns import Classes, Column, combined
from matching.domain.distance import distances_km
from matching.domain.vocabulary import rows

SAME_PLACE_KM = 3.0
"""Distance within one municipality (expert judgement)."""

NEAR_KM = 10.0
"""Kilometres of road at the speed of built-up places, before the motorway or the train (expert judgement)."""

TRAVEL_CANDIDATE_READS = ("municipality", "postcode4", "travel_modes")
TRAVEL_PACKAGE_READS = ("municipality", "postcode4")

COMMON_MODES = ("bicycle", "car", "public_transport")
"""The modes that bound a trip when nobody has said how the candidate travels."""

Minutes = NDArray[np.float32]


@dataclass(frozen=True, kw_only=True, slots=True)
class TravelMode:
    """How fast a mode is: two speeds, detour over the straight line, and minutes of every trip (expert judgement).

    The first `NEAR_KM` of road go at `km_per_hour`, the rest at `far_km_per_hour`: one speed for every distance makes
    long trips by car or train far too long.
    """

    key: str
    km_per_hour: float
    far_km_per_hour: float
    detour_percent: float
    fixed_minutes: float

    def minutes(self, kilometres: Minutes) -> Minutes:
        """Return whole minutes one way for straight-line kilometres, same shape; nan stays nan."""
        road = np.maximum(kilometres, SAME_PLACE_KM) * (self.detour_percent / 100)
        near = np.minimum(road, NEAR_KM)
        hours = near / self.km_per_hour + (road - near) / self.far_km_per_hour
        return np.rint(self.fixed_minutes + 60 * hours).astype(np.float32)


@cache
def travel_modes() -> Mapping[str, TravelMode]:
    """Return the modes by key."""
    names = ("km_per_hour", "far_km_per_hour", "detour_percent", "fixed_minutes")
    return {
        row["key"]: TravelMode(key=row["key"], **{name: float(row[name]) for name in names})
        for row in rows("travel_modes")
    }


@dataclass(frozen=True, kw_only=True)
class Trips:
    """Minutes one way for pairs of classes, shape (candidate classes, package classes).

    `minutes` is by the fastest of the candidate's own modes; nan where a place or the modes are unknown.
    `fastest` and `slowest` bound it when only the modes are unknown; nan where a place is unknown.
    `estimate` is True where the minutes are estimated from distance, False where a matrix gave them.
    """

    minutes: Minutes
    fastest: Minutes
    slowest: Minutes
    estimate: NDArray[np.bool_]


@dataclass(frozen=True)
class TravelTimes:
    """Where minutes come from. Without a matrix everything is an estimate and says so ("schatting").

    `matrix` maps (from, to, mode) to minutes; from and to are postcode-4 or municipality keys.
    """

    matrix: Mapping[tuple[str, str, str], int] = field(default_factory=dict)

    @property
    def uses_postcodes(self) -> bool:
        """Whether the matrix speaks of postcodes, so that postcodes tell people apart."""
        return any(origin.isdigit() or destination.isdigit() for origin, destination, _ in self.matrix)

    def rows(self) -> tuple[tuple[str, str, str, int], ...]:
        """Return the matrix as sorted rows."""
        return tuple(sorted((*key, minutes) for key, minutes in self.matrix.items()))

    def trips(self, candidate: Classes, package: Classes) -> Trips:
        """Return the trips between all classes; both must hold the columns of TRAVEL_*_READS."""
        start, end = _places(candidate), _places(package)
        by_mode, given = self._between_places(start, end)
        chosen = candidate.columns["travel_modes"]
        fastest_own = [_own(by_mode, given, modes) for modes in chosen.values or (None,)]
        at = (chosen.codes[:, None], start.codes[:, None], end.codes[None, :])
        common = [tuple(travel_modes()).index(mode) for mode in COMMON_MODES]
        there = (start.codes[:, None], end.codes[None, :])
        return Trips(
            minutes=np.stack([minutes for minutes, _ in fastest_own])[at],
            fastest=by_mode[common].min(axis=0)[there],
            slowest=by_mode[common].max(axis=0)[there],
            estimate=np.stack([estimate for _, estimate in fastest_own])[at],
        )

    def _between_places(self, start: Classes, end: Classes) -> tuple[Minutes, NDArray[np.bool_]]:
        """Return minutes and "given by the matrix", shape (modes, start places, end places)."""
        kilometres = _kilometres(start.columns["municipality"], end.columns["municipality"])
        by_mode = np.stack([mode.minutes(kilometres) for mode in travel_modes().values()])
        given = np.zeros(by_mode.shape, dtype=bool)
        if self.matrix:
            for row, origins in enumerate(_keys(start)):
                for column, destinations in enumerate(_keys(end)):
                    for layer, mode in enumerate(travel_modes()):
                        found = self._found(origins, destinations, mode)
                        if found is not None:
                            by_mode[layer, row, column], given[layer, row, column] = found, True
        return by_mode, given

    def _found(self, origins: tuple[str, ...], destinations: tuple[str, ...], mode: str) -> int | None:
        for origin in origins:
            for destination in destinations:
                if (origin, destination, mode) in self.matrix:
                    return self.matrix[origin, destination, mode]
        return None


def _own(by_mode: Minutes, given: NDArray[np.bool_], modes: frozenset[str] | None) -> tuple[Minutes, NDArray[np.bool_]]:
    """Return the minutes by the fastest of these modes and whether they are an estimate; nan for unknown modes."""
    own = [layer for layer, mode in enumerate(travel_modes()) if modes and mode in modes]
    if not own:
        return np.full(by_mode.shape[1:], np.nan, dtype=np.float32), np.ones(by_mode.shape[1:], dtype=bool)
    best = np.argmin(np.where(np.isnan(by_mode[own]), np.inf, by_mode[own]), axis=0)[None]
    return np.take_along_axis(by_mode[own], best, axis=0)[0], ~np.take_along_axis(given[own], best, axis=0)[0]


def _places(side: Classes) -> Classes:
    return combined({name: side.columns[name] for name in TRAVEL_PACKAGE_READS}, side.size)


def _keys(side: Classes) -> list[tuple[str, ...]]:
    pairs = zip(side.values("postcode4"), side.values("municipality"), strict=True)
    return [tuple(key for key in pair if key is not None) for pair in pairs]


def _kilometres(origin: Column, destination: Column) -> Minutes:
    table = distances_km(origin.values, destination.values)
    return table[origin.codes[:, None], destination.codes[None, :]]
