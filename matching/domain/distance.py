"""Straight-line distances between municipalities: an estimate to order by, never a travel time.

A straight line can mislead badly (Assen-Emmen is 33.5 km in a straight line and 153 km by rail), so whatever is made
of it is called an estimate, and a matrix of travel times may replace it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

from matching.domain.region import municipalities, municipality

EARTH_RADIUS_KM = 6371.0088
"""The mean radius of the earth (IUGG)."""


def great_circle_km(
    from_latitude: ArrayLike, from_longitude: ArrayLike, to_latitude: ArrayLike, to_longitude: ArrayLike
) -> NDArray[np.float64]:
    """Return the great-circle distance in kilometres (haversine); degrees in, arrays broadcast, NaN stays NaN."""
    phi_from, phi_to = np.radians(from_latitude), np.radians(to_latitude)
    half_phi = (phi_to - phi_from) / 2
    half_lambda = (np.radians(to_longitude) - np.radians(from_longitude)) / 2
    chord = np.sin(half_phi) ** 2 + np.cos(phi_from) * np.cos(phi_to) * np.sin(half_lambda) ** 2
    distance: NDArray[np.float64] = 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.clip(chord, 0.0, 1.0)))
    return distance


@cache
def distance_matrix_km() -> NDArray[np.float32]:
    """Return all distances, 342 x 342, rows and columns in the order of `municipalities()`; read-only, diagonal 0."""
    latitude = np.array([m.latitude for m in municipalities().values()])
    longitude = np.array([m.longitude for m in municipalities().values()])
    matrix = great_circle_km(latitude[:, None], longitude[:, None], latitude, longitude).astype(np.float32)
    matrix.setflags(write=False)
    return matrix


@cache
def _positions() -> dict[str | None, int]:
    return {key: position for position, key in enumerate(municipalities())}


def municipality_positions(keys: Sequence[str | None]) -> NDArray[np.int32]:
    """Return the place of every key in `municipalities()`; -1 where the municipality is unknown (None or no key)."""
    positions = _positions()
    return np.fromiter((positions.get(key, -1) for key in keys), dtype=np.int32, count=len(keys))


def distances_km(from_keys: Sequence[str | None], to_keys: Sequence[str | None]) -> NDArray[np.float32]:
    """Return the table of distances from every one of the first keys to every one of the second.

    Shape (len(from_keys), len(to_keys)), kilometres; NaN where either municipality is unknown.
    """
    start, end = municipality_positions(from_keys), municipality_positions(to_keys)
    table = distance_matrix_km()[np.ix_(start, end)]
    table[start < 0, :] = np.nan
    table[:, end < 0] = np.nan
    return table


def distance_km(from_key: str, to_key: str) -> float:
    """Return the straight-line distance in kilometres. Raises UnknownName for a key that does not exist.

    >>> round(distance_km("s-gravenhage", "rotterdam"))
    22
    """
    start, end = municipality(from_key), municipality(to_key)
    return float(great_circle_km(start.latitude, start.longitude, end.latitude, end.longitude))
