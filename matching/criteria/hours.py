"""Do the hours meet?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching.criteria.asking import ask_candidate, ask_package
from matching.criteria.tables import Flags, middle, narrowed, ranged, spread_points, with_answer
from matching.domain.columns import Classes
from matching.domain.judging import FULL_POINTS, NEUTRAL_POINTS, Criterion, Pair, Points, Question, Reads, Sides
from matching.domain.work_package import Task
from matching.text import Sentence, say

Hours = NDArray[np.float64]
CERTAIN, POSSIBLE = 0, 1


@dataclass(frozen=True, kw_only=True)
class HoursOverlap(Criterion):
    """Full points when the ranges of hours meet, `negotiated_points` when a gap can be talked about.

    A gap can be talked about when the package is negotiable; and, when the candidate has fewer hours, when hours
    can be built up, the candidate can grow, or a task can be taken out. Never more points for more hours: fewer
    hours is often what makes the work possible. An unknown end may lie anywhere that its known end allows; what orders
    takes an own minimum that nobody mentioned as no minimum, so that "up to 36 hours" never costs more than "up to 32".
    """

    key = "hours"
    reads = Reads(
        candidate=("hours_min", "hours_max", "can_grow_hours"),
        package=("hours_min", "hours_max", "hours_negotiable", "build_up_possible", "tasks"),
    )
    negotiated_points: int = NEUTRAL_POINTS
    fixed_gap_points: int = 100

    def points(self, sides: Sides) -> Points:
        """Return the points of every pair of classes."""
        people, work = narrowed(sides.candidate, self.reads.candidate), _work(sides.package)
        own, asked = _ends(people), _ends(work)
        enough = _reaches(own.latest, asked.earliest)
        room = _reaches(asked.latest, own.earliest, swapped=True)
        unsaid = _reaches(asked.latest, np.stack([own.earliest[CERTAIN]] * 2), swapped=True)
        more = _stated(work, "hours_negotiable")[:, None, :]
        talk = _stated(people, "can_grow_hours")[:, :, None] | more
        for name in ("build_up_possible", "carveable"):
            talk = talk | _stated(work, name)[:, None, :]
        short = [np.where(enough[case], FULL_POINTS, self._gap(talk[case])) for case in (CERTAIN, POSSIBLE)]
        low, high = (
            np.minimum(short[case], np.where(room[case], FULL_POINTS, self._gap(more[case])))
            for case in (CERTAIN, POSSIBLE)
        )
        likely = np.minimum(short[CERTAIN], np.where(unsaid[CERTAIN], FULL_POINTS, self._gap(more[CERTAIN])))
        return spread_points(ranged(low=low, neutral=middle(likely, high), high=high), people.codes, work.codes)

    def _gap(self, talk: Flags) -> NDArray[np.int64]:
        return np.where(talk, self.negotiated_points, self.fixed_gap_points)

    def reason(self, pair: Pair) -> Sentence:
        """Return both ranges and, for a gap, what makes it something to talk about."""
        found = self.points(pair.sides(self.reads))
        values = {
            "own": _range(pair.candidate.hours_min, pair.candidate.hours_max),
            "asked": _range(pair.package.hours_min, pair.package.hours_max),
        }
        if found.low[0, 0] == FULL_POINTS:
            return say("criteria.hours.overlap", **values)
        if found.high[0, 0] == FULL_POINTS:
            return say("criteria.hours.unknown", **values)
        ways = _ways(pair)
        if ways:
            return say("criteria.hours.negotiable", **values, ways=ways)
        return say("criteria.hours.gap_open" if found.unknown[0, 0] else "criteria.hours.gap", **values)

    def questions(self, pair: Pair) -> tuple[Question, ...]:
        """Return what to ask about hours on either side; nothing when the answer could not matter."""
        found = self.points(pair.sides(self.reads))
        if not found.unknown[0, 0]:
            return ()
        asked = _about_own(pair)
        asked += [
            ask_package(name, f"hours.ask_{name}")
            for name in ("hours_min", "hours_max")
            if getattr(pair.package, name) is None
        ]
        if found.high[0, 0] < FULL_POINTS and pair.package.hours_negotiable is None:
            asked.append(ask_package("hours_negotiable", "hours.ask_negotiable"))
        if found.high[0, 0] < FULL_POINTS and pair.candidate.can_grow_hours is None:
            asked.append(ask_candidate("can_grow_hours", "hours.ask_grow"))
        if not asked:
            asked.append(ask_package("hours_negotiable", "hours.ask_negotiable"))
        return tuple(asked)


def _about_own(pair: Pair) -> list[Question]:
    """Return one question about the own hours, whichever ends are unknown."""
    open_ends = [name for name in ("hours_max", "hours_min") if getattr(pair.candidate, name) is None]
    key = "hours.ask_own" if len(open_ends) > 1 else f"hours.ask_own_{''.join(open_ends)}"
    return [ask_candidate(open_ends[0], key)] if open_ends else []


def carveable(tasks: tuple[Task, ...] | None) -> bool | None:
    """Return whether a task can be taken out: yes when one can, unknown when nobody said so of some task."""
    if tasks is None:
        return None
    answers = {task.carveable for task in tasks}
    return True if True in answers else None if None in answers else False


def _work(side: Classes) -> Classes:
    """Return the distinct packages with, of their tasks, only whether one can be taken out."""
    names = (*HoursOverlap.reads.package[:4], "carveable")
    return narrowed(with_answer(side, "tasks", "carveable", carveable), names)


@dataclass(frozen=True)
class _Ends:
    """Both ends of a range of hours, each as its least and its most possible value, shape (2, size)."""

    earliest: Hours
    latest: Hours


def _ends(side: Classes) -> _Ends:
    """Return the ends; an unknown end lies anywhere between its known end and 0 or without limit."""
    least, most = side.numbers("hours_min"), side.numbers("hours_max")
    known = ~np.isnan(most)
    return _Ends(
        earliest=np.stack([np.nan_to_num(least, nan=0.0), np.where(np.isnan(least), _or(most, np.inf), least)]),
        latest=np.stack([np.where(known, most, _or(least, 0.0)), np.where(known, most, np.inf)]),
    )


def _or(hours: Hours, otherwise: float) -> Hours:
    return np.where(np.isnan(hours), otherwise, hours)


def _reaches(end: Hours, start: Hours, *, swapped: bool = False) -> Flags:
    """Return where the end of one range reaches the start of the other: certainly, possibly; (2, people, work)."""
    if swapped:
        return np.stack([end[0][None, :] >= start[1][:, None], end[1][None, :] >= start[0][:, None]])
    return np.stack([end[0][:, None] >= start[1][None, :], end[1][:, None] >= start[0][None, :]])


def _stated(side: Classes, name: str) -> Flags:
    """Return whether the answer is certainly yes and whether it is possibly yes, shape (2, size)."""
    values = side.values(name)
    return np.array([[value is True for value in values], [value is not False for value in values]], dtype=bool)


def _range(least: float | None, most: float | None) -> Sentence:
    """Return a range of hours in words."""
    if least is None and most is None:
        return say("criteria.hours.range_unknown")
    if most is None:
        return say("criteria.hours.range_from", least=least)
    if least is None:
        return say("criteria.hours.range_to", most=most)
    key = "range_one" if least == most else "range"
    return say(f"criteria.hours.{key}", least=least, most=most)


def _ways(pair: Pair) -> tuple[Sentence, ...]:
    """Return in words everything that makes the gap something to talk about."""
    package, candidate = pair.package, pair.candidate
    fewer = candidate.hours_max is not None and package.hours_min is not None
    fewer = fewer and (candidate.hours_max or 0) < (package.hours_min or 0)
    ways = {
        "negotiable_way": package.hours_negotiable,
        "build_up_way": fewer and package.build_up_possible,
        "grow_way": fewer and candidate.can_grow_hours,
        "carve_way": fewer and carveable(package.tasks),
    }
    return tuple(say(f"criteria.hours.{key}") for key, answer in ways.items() if answer)
