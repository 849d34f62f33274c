"""Needs against demands for all pairs at once: distinct need rows against packages, spread over each person's rows.

People share few distinct need rows, so every question is answered once for each row and package and spread over the
people by bit sets. The answers equal those of `bridging.match_demands` for every single pair.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from matching.domain.arrangement import arrangements
from matching.domain.columns import Classes
from matching.domain.demand import demands
from matching.domain.judging import FULL_POINTS, Mask, PointTable, Sides
from matching.domain.need_rows import Bridge, NeedRow, need_rows
from matching.domain.work_package import Offer, Task

DEMAND_CANDIDATE_READS = ("needs",)
DEMAND_PACKAGE_READS = ("tasks", "task_hours", "place_demands", "offer_states")

NOT_ASKED = -1
NO_MATCH = np.int8(-1)
PACKAGES_AT_ONCE = 256
STATES = ("present", "arrangeable", "unknown", "not_possible")
"""Best first: the state of a set of alternatives is that of its best."""

BRIDGES = np.array([Bridge.PRESENT, Bridge.ARRANGEABLE, Bridge.UNKNOWN_OFFER, Bridge.NOT_POSSIBLE], dtype=np.int8)

RowTable = NDArray[np.int8]


@dataclass(frozen=True, kw_only=True)
class Doable:
    """Hours of the package in thousandths, shape (candidate classes, package classes), int16 0..1000.

    `blocked`: a confirmed need speaks, and everything that would help is recorded as not possible. `certain`: all
    demands of the task go well or are bridged by a named arrangement that is present or can be arranged.
    `unknown` marks pairs where a need, an offer or the tasks are unknown. blocked + certain <= 1000.
    """

    blocked: PointTable
    certain: PointTable
    unknown: Mask


@dataclass(frozen=True, kw_only=True)
class BridgeTable:
    """Every distinct need row against every package class.

    `rows` are the distinct rows; `starts` and `members` list the rows of each candidate class (those of class i are
    members[starts[i]:starts[i + 1]]). A slot is one task; `asked` int8 (slots, demands + 1, packages) is the level it
    asks, the place included, -1 where it asks nothing; the last demand is "any demand above the lowest level".
    `shares` int16 (slots, packages) are its thousandths of the hours, 1000 in all. `bridge` int8 (rows, packages) is
    how the row is met there if it speaks; `weeks` int16 how long what she names takes, 0 when it is there.
    """

    rows: tuple[NeedRow, ...]
    starts: NDArray[np.int64]
    members: NDArray[np.int64]
    asked: NDArray[np.int8]
    shares: NDArray[np.int16]
    bridge: RowTable
    weeks: NDArray[np.int16]
    tasks_unknown: Mask

    @cached_property
    def speaks(self) -> Mask:
        """Whether each row speaks of any slot of each package, shape (rows, packages)."""
        spoken = [self._speaks_of(slot, slice(None)) for slot in range(len(self.asked))]
        return np.array(np.logical_or.reduce(spoken), dtype=bool)

    def _speaks_of(self, slot: int, packages: slice) -> Mask:
        """Whether each row speaks of one slot: the slot asks more than the level of the row, or the row always does."""
        asked: NDArray[np.int8] = self.asked[slot, :, packages][self._demand_of_row]
        return np.array(asked > self._level_of_row[:, None], dtype=bool)

    @cached_property
    def _demand_of_row(self) -> NDArray[np.intp]:
        order = demand_places()
        return np.array([len(order) if row.demand is None else order[row.demand] for row in self.rows], dtype=np.intp)

    @cached_property
    def _level_of_row(self) -> NDArray[np.int8]:
        return np.array([NOT_ASKED - 1 if row.whole_package else row.level for row in self.rows], dtype=np.int8)

    def to_judge(self) -> Mask:
        """Return the pairs with something to judge, shape (candidate classes, package classes)."""
        return self._spread(self.speaks & (self.bridge >= Bridge.SUGGESTED))

    def unknown(self) -> Mask:
        """Return the pairs with an unknown need, offer or task list."""
        open_question = (self.bridge == Bridge.UNKNOWN_OFFER) | (self.bridge == Bridge.UNKNOWN_NEED)
        return self._spread(self.speaks & open_question) | self.tasks_unknown[None, :]

    def blocked(self) -> PointTable:
        """Return the thousandths of the hours that are certainly not doable; cheap where little is impossible."""
        confirmed = np.array([row.confirmed for row in self.rows], dtype=bool)
        return self._share((self.bridge == np.int8(Bridge.NOT_POSSIBLE)) & confirmed[:, None])

    def certain(self) -> PointTable:
        """Return the thousandths of the hours that are certainly doable."""
        unsure = self._share(self.bridge > Bridge.ARRANGEABLE)
        return np.where(self.tasks_unknown[None, :], 0, FULL_POINTS - unsure).astype(np.int16)

    def preparation_weeks(self) -> NDArray[np.int16]:
        """Return the weeks until everything that she names is there, shape (candidate classes, package classes)."""
        weeks = np.where(self.speaks, self.weeks, 0).astype(np.int16)
        found = np.zeros((len(self.starts) - 1, weeks.shape[1]), dtype=np.int16)
        some = np.flatnonzero(np.diff(self.starts))
        if len(some):
            found[some] = np.maximum.reduceat(weeks[self.members], self.starts[some], axis=0)
        return found

    def _share(self, flags: Mask) -> PointTable:
        """Return the thousandths of hours of the slots for which a flagged row speaks, a few packages at a time."""
        found = np.zeros((len(self.starts) - 1, flags.shape[1]), dtype=np.int16)
        if not flags.any():
            return found
        for start in range(0, flags.shape[1], PACKAGES_AT_ONCE):
            part = slice(start, start + PACKAGES_AT_ONCE)
            for slot in range(len(self.asked)):
                spoken = self._spread(flags[:, part] & self._speaks_of(slot, part))
                found[:, part] += spoken * self.shares[slot, part]
        return found

    def _spread(self, flags: Mask) -> Mask:
        """Return for each candidate class and package whether any row of the class is flagged there."""
        found = np.zeros((len(self.starts) - 1, flags.shape[1]), dtype=bool)
        used: Mask = np.logical_or.reduce(flags, axis=1)
        of_member: Mask = used[self.members]
        counts = np.concatenate(([0], np.cumsum(of_member)))[self.starts]
        some = np.flatnonzero(np.diff(counts))
        if len(some):
            packed = np.packbits(flags, axis=1)
            either = np.bitwise_or.reduceat(packed[self.members[of_member]], counts[some], axis=0)
            found[some] = np.unpackbits(either, axis=1, count=flags.shape[1]).view(bool)
        return found


def bridge_table(sides: Sides) -> BridgeTable:
    """Return the comparison of all needs with all demands; sides hold DEMAND_CANDIDATE_READS and _PACKAGE_READS."""
    place: dict[NeedRow, int] = {}
    column = sides.candidate.columns["needs"]
    of_value = [[place.setdefault(row, len(place)) for row in need_rows(value)] for value in column.values]
    lists = [of_value[code] for code in column.codes]
    asked, shares = asked_by_slot(sides.package)
    bridge, weeks = _bridges(tuple(place), sides)
    return BridgeTable(
        rows=tuple(place),
        starts=np.cumsum([0, *map(len, lists)], dtype=np.int64),
        members=np.array([row for found in lists for row in found], dtype=np.int64),
        asked=asked,
        shares=shares,
        bridge=bridge,
        weeks=weeks,
        tasks_unknown=~sides.package.known("tasks"),
    )


def not_doable_hours(sides: Sides) -> Doable:
    """Return which hours are certainly not doable and certainly doable, for all pairs of classes."""
    table = bridge_table(sides)
    return Doable(blocked=table.blocked(), certain=table.certain(), unknown=table.unknown())


def asked_by_slot(work: Classes) -> tuple[NDArray[np.int8], NDArray[np.int16]]:
    """Return the levels that each slot asks and its share of the hours (see BridgeTable); no tasks: one slot."""
    packages = list(zip(*(work.values(name) for name in ("tasks", "task_hours", "place_demands")), strict=True))
    slots = max((len(tasks or ()) for tasks, _, _ in packages), default=1) or 1
    asked = np.full((slots, len(demands()) + 1, len(packages)), NOT_ASKED, dtype=np.int8)
    hours = np.zeros((slots, len(packages)), dtype=np.int64)
    for number, (tasks, lengths, place) in enumerate(packages):
        for slot, (task_demands, length) in enumerate(_slots(tasks, lengths)):
            hours[slot, number] = round(1000 * length)
            _ask(asked[slot, :, number], (*task_demands, *place))
    return asked, _shares(hours)


def _shares(hours: NDArray[np.int64]) -> NDArray[np.int16]:
    """Return each slot's thousandths of the hours of its package; they add up to 1000 exactly."""
    upto = np.cumsum(hours, axis=0)
    upto[:, upto[-1] == 0] = 1
    reached = FULL_POINTS * upto // upto[-1]
    shares: NDArray[np.int16] = np.diff(reached, axis=0, prepend=0).astype(np.int16)
    return shares


def _slots(tasks: Sequence[Task] | None, lengths: Sequence[float]) -> list[tuple[tuple[tuple[str, int], ...], float]]:
    if not tasks:
        return [((), 1.0)]
    return [(task.demands, length) for task, length in zip(tasks, lengths, strict=True)]


def _ask(levels: NDArray[np.int8], asked: Sequence[tuple[str, int]]) -> None:
    """Enter the highest level of each demand, and the highest of all as the last."""
    order = demand_places()
    for demand, level in asked:
        place = order[demand]
        levels[place] = max(levels[place], level)
        levels[-1] = max(levels[-1], level)


@cache
def demand_places() -> Mapping[str, int]:
    """Return the place of each demand in the table of what is asked."""
    return MappingProxyType(_order(demands()))


def _order(keys: Iterable[str]) -> Mapping[str, int]:
    return {key: number for number, key in enumerate(keys)}


def _bridges(rows: Sequence[NeedRow], sides: Sides) -> tuple[RowTable, NDArray[np.int16]]:
    """Return how each row is met at each package and the weeks of its named arrangement, shape (rows, packages)."""
    states, weeks = _offers(sides)
    order = _order(arrangements())
    bridge = np.empty((len(rows), states.shape[1]), dtype=np.int8)
    takes = np.zeros(bridge.shape, dtype=np.int16)
    for number, row in enumerate(rows):
        if row.unknown or not row.alternatives:
            bridge[number] = Bridge.UNKNOWN_NEED if row.unknown else Bridge.NONE_KNOWN
            continue
        chosen = [order[key] for key in row.alternatives]
        best = states[chosen].min(axis=0)
        bridge[number] = BRIDGES[best]
        if row.named:
            takes[number] = np.where(states[chosen] == best, weeks[chosen], np.iinfo(np.int16).max).min(axis=0)
        else:
            bridge[number, best != STATES.index("not_possible")] = Bridge.SUGGESTED
    return bridge, takes


def _offers(sides: Sides) -> tuple[NDArray[np.int8], NDArray[np.int16]]:
    """Return state (a place in STATES) and weeks of every arrangement at every package class."""
    column = sides.package.columns["offer_states"]
    default = np.array([found.default_weeks for found in arrangements().values()], dtype=np.int16)
    states = np.full((len(default), len(column.values)), STATES.index("unknown"), dtype=np.int8)
    weeks = np.repeat(default[:, None], len(column.values), axis=1)
    order = _order(arrangements())
    for number, offers in enumerate(column.values):
        for offer in offers:
            place = order[offer.arrangement]
            states[place, number] = STATES.index(offer.state)
            weeks[place, number] = _weeks(offer, default[place])
    return states[:, column.codes], weeks[:, column.codes]


def _weeks(offer: Offer, default: int) -> int:
    if offer.state in ("present", "not_possible"):
        return 0
    return default if offer.weeks is None else offer.weeks
