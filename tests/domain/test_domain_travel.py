"""An estimated trip is believable at every distance."""

from __future__ import annotations

import numpy as np
import pytest

from matching.domain.distance import distances_km
from matching.domain.travel import travel_modes

KNOWN = [
    ("utrecht", "s-gravenhage", "car", 50, 80),
    ("utrecht", "s-gravenhage", "public_transport", 65, 95),
    ("zoetermeer", "s-gravenhage", "car", 20, 35),
    ("zoetermeer", "s-gravenhage", "public_transport", 35, 55),
    ("delft", "s-gravenhage", "bicycle", 30, 60),
    ("groningen", "s-gravenhage", "car", 150, 200),
    ("groningen", "s-gravenhage", "public_transport", 165, 215),
    ("utrecht", "utrecht", "bicycle", 10, 20),
]
"""Two places, a mode, and what a traveller would find a sensible estimate in minutes, from door to door."""


@pytest.mark.parametrize(("origin", "destination", "mode", "least", "most"), KNOWN)
def test_well_known_trips_take_about_what_a_traveller_expects(origin, destination, mode, least, most):
    minutes = float(travel_modes()[mode].minutes(distances_km([origin], [destination]))[0, 0])
    assert least <= minutes <= most


@pytest.mark.parametrize("mode", sorted(travel_modes()))
def test_a_longer_trip_never_takes_less_time_and_a_far_kilometre_never_more_than_a_near_one(mode):
    minutes = travel_modes()[mode].minutes(np.arange(3, 250, 5, dtype=np.float32)).astype(int)
    steps = np.diff(minutes)
    assert (steps >= 0).all() and steps[0] >= steps[-1] - 1


def test_the_unknown_distance_stays_unknown():
    assert np.isnan(travel_modes()["car"].minutes(np.array([np.nan], dtype=np.float32))).all()
