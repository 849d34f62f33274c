"""How long is the trip, measured by what she herself finds acceptable?"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching.criteria.asking import ask_candidate, ask_package
from matching.criteria.tables import middle, named, narrowed, ranged, spread_points, used
from matching.domain.columns import Classes, Codes, Column
from matching.domain.judging import (
    FULL_POINTS,
    NEUTRAL_POINTS,
    Criterion,
    Ordering,
    Pair,
    Points,
    PointTable,
    Question,
    Reads,
    Sides,
)
from matching.domain.region import municipalities
from matching.domain.travel import COMMON_MODES, TRAVEL_CANDIDATE_READS, TRAVEL_PACKAGE_READS, travel_modes
from matching.text import Sentence, duration, say

Minutes = NDArray[np.float32]
Loss = NDArray[np.int16]
PLACE = ("municipality", "postcode4")
MOST_DAYS = 7
GOOD, POOR, BEST, WORST = 0, 1, 2, 3
WEEK_DAYS = 5


@dataclass(frozen=True, kw_only=True)
class TravelBurden(Criterion):
    """Minutes one way as a share of the candidate's own maximum, weighed by the days on site.

    Up to `free_share_percent` of the maximum costs nothing, the maximum itself costs `maximum_loss`, linear between;
    just above it costs `above_loss`, twice the maximum or more costs everything. The loss is multiplied by on-site
    days / 5, and a trip above her maximum never scores better than an unknown trip. Measured by her own maximum because
    absolute minutes would punish those who cannot drive or cycle. Unknown modes are ordered by the common modes
    and range over all; who has no transport of her own may get it arranged, so that is ranged in the same way.
    """

    key = "travel"
    reads = Reads(
        candidate=(*TRAVEL_CANDIDATE_READS, "max_travel_minutes"), package=(*TRAVEL_PACKAGE_READS, "days_on_site")
    )
    free_share_percent: int = 50
    maximum_loss: int = 500
    above_loss: int = 700

    def points(self, sides: Sides) -> Points:
        """Return the points of every pair of classes."""
        trips = _trips(sides)
        least, most = _days(trips.work)
        low, high = self._after(self._loss(trips, WORST), most), self._after(self._loss(trips, BEST), least)
        likely = middle(self._after(self._loss(trips, POOR), most), self._after(self._loss(trips, GOOD), least))
        return spread_points(ranged(low=low, neutral=likely, high=high), trips.people.codes, trips.work.codes)

    def ordering(self, sides: Sides) -> Ordering:
        """Return only the points that order."""
        trips = _trips(sides)
        least, most = _days(trips.work)
        high = self._left(trips, GOOD, least)
        points = high if trips.known else middle(self._left(trips, POOR, most), high)
        return Ordering(points=points.T, candidate=trips.people.codes, package=trips.work.codes)

    def _left(self, trips: Trips, bound: int, days: Loss) -> PointTable:
        """Return what `_after` gives, looked up by own maximum and minutes, shape (work, people)."""
        maximum = used(trips.people.columns["max_travel_minutes"])
        longest = 2 * max(int(value) for value in (*maximum.values, 1) if value is not None) + 1
        table = self._priced(maximum.values, longest, bound)
        every = np.arange(int(days.max(initial=0)) + 1, dtype=np.int16)
        after = [self._after(table, np.full(longest + 2, day, dtype=np.int16)) for day in every]
        minutes = _whole_minutes(trips, bound, longest)
        row = maximum.codes.astype(np.intp) * (longest + 2)
        points = np.empty((trips.work.size, trips.people.size), dtype=np.int16)
        cell, before = row, -1
        for at in np.argsort(trips.sites, kind="stable").tolist():
            site = int(trips.sites[at])
            cell, before = (cell if site == before else row + minutes[site]), site
            after[int(days[at])].ravel().take(cell, out=points[at], mode="clip")
        return points

    def _priced(self, maxima: Sequence[float | None], longest: int, bound: int) -> Loss:
        """Return what five days cost for each maximum and 0..longest minutes, and last for an unknown trip."""
        trip = np.append(np.arange(longest + 1, dtype=np.float32), np.float32(np.nan))[None, :]
        most = np.array([np.nan if value is None else value for value in maxima], dtype=np.float64)[:, None]
        return self._cost(np.broadcast_to(trip, (len(most), longest + 2)), most, bound)

    def _loss(self, trips: Trips, bound: int) -> Loss:
        """Return what five days on site cost, shape (people, work); an unknown trip or maximum costs least or most."""
        modes = used(trips.people.columns["travel_modes"])
        fastest = np.stack([_minutes(trips.by_mode, own, bound) for own in modes.values or (None,)])
        minutes = fastest[modes.codes, trips.homes]
        maximum = trips.people.numbers("max_travel_minutes")[:, None]
        return self._cost(minutes, maximum, bound).take(trips.sites, axis=1)

    def _cost(self, minutes: Minutes, maximum: NDArray[np.float64], bound: int) -> Loss:
        """Return what five days of a trip cost at an own maximum, shapes that broadcast."""
        unknown = np.isnan(minutes) | np.isnan(maximum)
        trip = np.nan_to_num(minutes, nan=0.0).astype(np.int32)
        own_most = np.maximum(np.nan_to_num(maximum, nan=1.0).astype(np.int32), 1)
        free = self.free_share_percent
        paid = self.maximum_loss * np.maximum(100 * trip - free * own_most, 0)
        above = self.above_loss + (FULL_POINTS - self.above_loss) * (trip - own_most) // own_most
        loss = np.where(trip > own_most, np.minimum(above, FULL_POINTS), paid // (max(1, 100 - free) * own_most))
        loss = np.where(unknown, FULL_POINTS if bound in (POOR, WORST) else 0, loss)
        return np.asarray(loss, dtype=np.int16)

    def _after(self, loss: Loss, days: Loss) -> PointTable:
        """Return the points that are left after the loss of this many days on site."""
        points = FULL_POINTS - loss.astype(np.int32) * days[None, :] // WEEK_DAYS
        unknown_trip = np.maximum(NEUTRAL_POINTS, FULL_POINTS - FULL_POINTS * days.astype(np.int32) // WEEK_DAYS)
        capped = np.where(loss > self.maximum_loss, np.minimum(points, unknown_trip[None, :]), points)
        return np.maximum(capped, 0).astype(np.int16)

    def reason(self, pair: Pair) -> Sentence:
        """Return the minutes beside her own maximum and the days, or what is not known."""
        trips = _trips(pair.sides(self.reads))
        maximum, days = pair.candidate.max_travel_minutes, pair.package.days_on_site
        if days == 0:
            return say("criteria.travel.at_home")
        shortest = float(_minutes(trips.by_mode, pair.candidate.travel_modes, GOOD)[0, 0])
        longest = float(_minutes(trips.by_mode, pair.candidate.travel_modes, POOR)[0, 0])
        if np.isnan(shortest):
            return say(
                "criteria.travel.place_unknown", home=_place(pair.candidate.municipality), maximum=duration(maximum)
            )
        values = {"minutes": duration(shortest), "maximum": duration(maximum), "days": days, "source": trips.source}
        if shortest != longest:
            return say("criteria.travel.modes_unknown", **values, longest=duration(longest))
        by = named("travel_mode", _fastest(trips.by_mode, pair.candidate.travel_modes))
        if maximum is None:
            return say("criteria.travel.maximum_unknown", **values, mode=by)
        near = 100 * shortest <= self.free_share_percent * maximum
        key = "near" if near else "within" if shortest <= maximum else "above"
        return say(f"criteria.travel.{key}", **values, mode=by)

    def questions(self, pair: Pair) -> tuple[Question, ...]:
        """Return what to ask about the trip, when an answer can matter."""
        if not self.points(pair.sides(self.reads)).unknown[0, 0]:
            return ()
        candidate, asked = pair.candidate, []
        if candidate.municipality is None:
            asked.append(ask_candidate("municipality", "travel.ask_home"))
        if not candidate.travel_modes:
            asked.append(ask_candidate("travel_modes", "travel.ask_modes"))
        if candidate.max_travel_minutes is None:
            asked.append(ask_candidate("max_travel_minutes", "travel.ask_maximum"))
        if pair.package.municipality is None:
            asked.append(ask_package("municipality", "travel.ask_site"))
        if pair.package.days_on_site is None:
            asked.append(ask_package("days_at_home", "travel.ask_days"))
        return tuple(asked)


class Trips(NamedTuple):
    """Distinct people and packages with the minutes between their distinct places.

    `by_mode` has shape (modes, homes, sites) in the order of `travel_modes`; `homes` and `sites` give the place of
    each person and package. `known` tells that nothing that the trip depends on is unknown.
    """

    people: Classes
    work: Classes
    by_mode: Minutes
    homes: Codes
    sites: Codes
    known: bool
    source: Sentence


def _trips(sides: Sides) -> Trips:
    """Return the trips between distinct places, each asked once for every mode."""
    people = narrowed(sides.candidate, TravelBurden.reads.candidate)
    work = narrowed(sides.package, TravelBurden.reads.package)
    homes, sites = narrowed(people, PLACE), narrowed(work, PLACE)
    singles = tuple(frozenset({mode}) for mode in travel_modes())
    columns = homes.columns.items()
    repeated = {name: Column(np.tile(column.codes, len(singles)), column.values) for name, column in columns}
    modes = Column(np.repeat(np.arange(len(singles), dtype=np.int32), homes.size), singles)
    every = np.arange(len(singles) * homes.size, dtype=np.int32)
    found = sides.travel.trips(Classes(every, every.size, {**repeated, "travel_modes": modes}), sites)
    by_mode = found.minutes.reshape(len(singles), homes.size, sites.size)
    known = not np.isnan(by_mode).any() and all(used(people.columns["travel_modes"]).values)
    known = known and bool(people.known("max_travel_minutes").all() and work.known("days_on_site").all())
    source = say("criteria.travel.estimate" if found.estimate.all() else "criteria.travel.measured")
    return Trips(people, work, by_mode, homes.codes, sites.codes, known, source)


def _whole_minutes(trips: Trips, bound: int, longest: int) -> NDArray[np.int32]:
    """Return the minutes of each person to each site, at most `longest`; one more for unknown; shape (sites, people).

    A trip of twice the largest maximum costs everything, so that longer trips need not be told apart.
    """
    modes = used(trips.people.columns["travel_modes"])
    homes = trips.by_mode.shape[1]
    by_modes = np.stack([_minutes(trips.by_mode, own, bound) for own in modes.values]).reshape(
        -1, len(trips.by_mode[0, 0])
    )
    whole = np.minimum(np.nan_to_num(by_modes, nan=0.0), longest).astype(np.int32)
    whole[np.isnan(by_modes)] = longest + 1
    at = modes.codes.astype(np.intp) * homes + trips.homes
    return np.asarray(np.ascontiguousarray(whole.T).take(at, axis=1), dtype=np.int32)


def _minutes(by_mode: Minutes, own: frozenset[str] | None, bound: int) -> Minutes:
    """Return minutes by the fastest own mode; without own modes a bound over the common or over all modes."""
    if own:
        return np.asarray(np.fmin.reduce(by_mode[_layers(own)], axis=0))
    if bound == GOOD:
        return np.asarray(np.min(by_mode[_layers(COMMON_MODES)], axis=0))
    if bound == POOR:
        return np.asarray(np.max(by_mode[_layers(COMMON_MODES)], axis=0))
    return np.asarray(np.min(by_mode, axis=0) if bound == BEST else np.max(by_mode, axis=0))


def _layers(modes: Collection[str]) -> list[int]:
    return [layer for layer, mode in enumerate(travel_modes()) if mode in modes]


def _fastest(by_mode: Minutes, own: frozenset[str] | None) -> tuple[str, ...]:
    """Return the own mode that is fastest for a single pair, as a tuple of one key; empty without own modes."""
    minutes = {mode: float(by_mode[layer, 0, 0]) for layer, mode in enumerate(travel_modes()) if own and mode in own}
    return (min(minutes, key=lambda mode: minutes[mode]),) if minutes else ()


def _days(work: Classes) -> tuple[Loss, Loss]:
    """Return the fewest and most days on site of each package."""
    least = work.each("days_on_site", lambda days: 0 if days is None else days, np.int16)
    return least, work.each("days_on_site", lambda days: MOST_DAYS if days is None else days, np.int16)


def _place(key: str | None) -> object:
    """Return a municipality by its name; the key itself when it is no municipality, None when it is unknown."""
    return municipalities().get(key, key) if key is not None else None
