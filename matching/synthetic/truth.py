"""The hidden truth of a synthetic world: who would last where, with what probability, and why.

It is kept apart from the pool: no column of the pool carries it, nothing that scores may import it, and it is written
to a file of its own. It exists to measure what a ranking on the visible part of the data can recover.

The probability that a pair still works together after a year is a sum of log-odds in thousandths (see
`assumptions.toml`, family "lasting"), turned into a chance per mille by one table. Everything is a whole number.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

import numpy as np
from numpy.typing import NDArray

from matching.domain.distance import distance_matrix_km, municipality_positions
from matching.domain.education import steps_of_scales
from matching.domain.task_kind import task_kinds
from matching.domain.work_package import WorkPackage
from matching.synthetic.assumptions import assumed
from matching.synthetic.dice import Whole
from matching.synthetic.people import People, work_kinds
from matching.synthetic.places import demand_position
from matching.synthetic.work import TrueWork, Work

MOST_ODDS = 6000
"""Log-odds beyond six are cut off: 0.2 % and 99.8 %."""
WEEKS_LATE = 13
"""An arrangement that comes this many weeks after the start counts as fully late."""
KM_PER_MINUTE = (2, 3)
"""A door-to-door journey covers two kilometres in three minutes on top of a quarter of an hour."""

Grid = NDArray[np.int64]


@dataclass(frozen=True, kw_only=True)
class Truth:
    """The traits behind one world and what follows from them; `seed` also decides the chance of each pair."""

    seed: int
    people: People
    work: Work
    weeks_to_start: Whole

    def odds(self, candidates: Sequence[int], packages: Sequence[int]) -> Mapping[str, Grid]:
        """Return the log-odds in thousandths, by reason, for rows of both sides; each (candidates, packages)."""
        people = np.asarray(candidates, dtype=np.int64)
        columns = [self._column(people, package) for package in packages]
        return {name: np.stack([column[name] for column in columns], axis=1) for name in REASONS}

    def chances(self, candidates: Sequence[int], packages: Sequence[int]) -> NDArray[np.int16]:
        """Return the probability per mille that each pair lasts a year, shape (candidates, packages)."""
        total = np.sum(list(self.odds(candidates, packages).values()), axis=0)
        found: NDArray[np.int16] = _per_mille()[np.clip(total, -MOST_ODDS, MOST_ODDS) + MOST_ODDS]
        return found

    def why(self, candidate: int, package: int) -> Mapping[str, int]:
        """Return the log-odds of one pair by reason, in thousandths; they add up to the total."""
        return {name: int(grid[0, 0]) for name, grid in self.odds([candidate], [package]).items()}

    def lasts(self, candidates: Sequence[int], packages: Sequence[int]) -> NDArray[np.bool_]:
        """Return one fixed outcome of every pair, drawn from its probability, shape (candidates, packages)."""
        draw = _pair_chance(self.seed + 1, np.asarray(candidates), np.asarray(packages), 1000)
        found: NDArray[np.bool_] = draw < self.chances(candidates, packages)
        return found

    def _column(self, rows: Whole, package: int) -> Mapping[str, Whole]:
        """Return the log-odds by reason of these candidates at one package, each shape (candidates,)."""
        truth, shown = self.work.truths[package], self.work.packages[package]
        mismatch, late = _fit(self.people, rows, truth, int(self.weeks_to_start[package]))
        return {
            "base": np.full(len(rows), assumed("lasting.base")),
            "wish": _wish(self.people, rows, truth),
            "skill": _skill(self.people, rows, truth),
            "level": assumed("lasting.level") * _level_gap(self.people.step[rows], shown),
            "mismatch": assumed("lasting.mismatch") * mismatch // 1000,
            "late": assumed("lasting.late") * late // 1000,
            "travel": assumed("lasting.travel") * _journey(self.people, rows, shown) // 1000,
            "hours": assumed("lasting.hours") * _too_long(self.people.hours[rows], truth.hours) // 1000,
            "guidance": assumed("lasting.guidance") * np.clip(self.people.guidance[rows] - truth.guidance, 0, 4) // 4,
            "place": np.full(len(rows), assumed("lasting.place") * truth.quality),
            "drive": assumed("lasting.drive") * self.people.drive[rows],
            "click": assumed("lasting.click") * (_pair_chance(self.seed, rows, np.array([package]), 7)[:, 0] - 3),
            "group": assumed("lasting.group") * self.people.young[rows],
        }


REASONS = (
    "base",
    "wish",
    "skill",
    "level",
    "mismatch",
    "late",
    "travel",
    "hours",
    "guidance",
    "place",
    "drive",
    "click",
    "group",
)
"""The reasons of `Truth.why`, in order; the names of the assumptions of the family "lasting"."""


@cache
def _per_mille() -> NDArray[np.int16]:
    """Return the chance per mille for log-odds -6000 .. 6000, in exact decimal arithmetic (the same everywhere)."""
    odds = (Decimal(number) / 1000 for number in range(-MOST_ODDS, MOST_ODDS + 1))
    return np.array([int(1000 / (1 + (-number).exp()) + Decimal("0.5")) for number in odds], dtype=np.int16)


def _pair_chance(seed: int, candidates: Whole, packages: Whole, top: int) -> Grid:
    """Return 0 .. top - 1 for each pair, from seed and row numbers alone (SplitMix64), shape (candidates, packages)."""
    mixed = candidates.astype(np.uint64)[:, None] * np.uint64(0x9E3779B97F4A7C15)
    mixed = mixed + packages.astype(np.uint64)[None, :] * np.uint64(0xD1B54A32D192ED03) + np.uint64(seed)
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        mixed = (mixed ^ (mixed >> np.uint64(shift))) * np.uint64(factor)
    drawn: Grid = ((mixed ^ (mixed >> np.uint64(31))) >> np.uint64(32)).astype(np.int64) * top >> 32
    return drawn


def _hours_by_kind(truth: TrueWork) -> Whole:
    """Return the share of the hours in each kind of work, in thousandths."""
    hours = np.zeros(len(work_kinds()), dtype=np.int64)
    for task in truth.tasks:
        hours[work_kinds().index(task_kinds()[task.kind].work_kind)] += int(2 * task.hours)
    shares: Whole = 1000 * hours // hours.sum()
    return shares


def _share(places: NDArray[np.int8], truth: TrueWork) -> Whole:
    """Return the share of hours in these kinds of work (two columns, -1 for none), in thousandths."""
    shares = np.append(_hours_by_kind(truth), 0)
    found: Whole = shares[places].sum(axis=1)
    return found


def _wish(people: People, rows: Whole, truth: TrueWork) -> Whole:
    """Return the effect of wanted work: from a full minus to a full plus; none for somebody without preference."""
    effect = assumed("lasting.wish") * (2 * _share(people.wishes[rows], truth) - 1000) // 1000
    found: Whole = np.where(people.open[rows], 0, effect)
    return found


def _skill(people: People, rows: Whole, truth: TrueWork) -> Whole:
    return assumed("lasting.skill") * _share(people.kinds[rows], truth) // 1000


def _level_gap(step: Whole, package: WorkPackage) -> Whole:
    low, high = steps_of_scales(package.scale_min, package.scale_max) or (0, 8)
    return np.maximum(0, np.maximum(low - step, step - high))


def _fit(people: People, rows: Whole, truth: TrueWork, start: int) -> tuple[Whole, Whole]:
    """Return the share of hours that ask too much with nothing that helps, and how late what helps comes; thousandths.

    A demand of the place counts for all hours. What is present in the building or at the package is never late.
    """
    hours, behind = [int(2 * task.hours) for task in truth.tasks], _behind(truth, start)
    place_bad, late = _demanded(people, rows, truth.building.place_demands, behind)
    bad = np.zeros(len(rows), dtype=np.int64)
    for length, task in zip(hours, truth.tasks, strict=True):
        task_bad, task_late = _demanded(people, rows, task.demands, behind)
        bad += length * (task_bad | place_bad)
        late = np.maximum(late, task_late)
    return 1000 * bad // sum(hours), late


def _behind(truth: TrueWork, start: int) -> Whole:
    """Return how late each arrangement comes in thousandths of fully late, -1 where it is not possible.

    One entry more than there are arrangements: the last stands for "nothing helps" (position -1).
    """
    weeks = np.append(truth.weeks.astype(np.int64), -1)
    ready = start - assumed("lasting.decision_weeks")
    return np.where(weeks < 0, -1, np.clip(weeks - ready, 0, WEEKS_LATE) * 1000 // WEEKS_LATE * (weeks > 0))


def _demanded(
    people: People, rows: Whole, demands: tuple[tuple[str, int], ...], behind: Whole
) -> tuple[NDArray[np.bool_], Whole]:
    """Return who cannot do it at all, and how late the arrangements come that make it possible (0 .. 1000)."""
    bad = np.zeros(len(rows), dtype=bool)
    late = np.zeros(len(rows), dtype=np.int64)
    for key, level in demands:
        column = demand_position(key)
        short = people.abilities[rows, column] < level
        helps = behind[people.bridges[rows, column]]
        bad |= short & (helps < 0)
        late = np.maximum(late, np.where(short, helps, 0))
    return bad, late


def _journey(people: People, rows: Whole, package: WorkPackage) -> Whole:
    """Return 0 up to half of the longest journey, 1000 at twice it, by whole minutes."""
    end = municipality_positions([package.municipality])[0]
    kilometres = np.rint(distance_matrix_km()[:, end]).astype(np.int64)[people.place[rows]]
    far, minutes = KM_PER_MINUTE
    total = 15 + kilometres * minutes // far
    longest = people.journey[rows]
    share: Whole = np.clip((2 * total - longest) * 1000 // (3 * longest), 0, 1000)
    return share


def _too_long(possible: Whole, asked: int) -> Whole:
    return np.clip(asked - possible, 0, 8) * 1000 // 8
