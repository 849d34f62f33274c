"""Is the level of the work hers: by diploma, by doing, or as confirmed?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching.criteria.asking import ask_candidate, ask_package
from matching.criteria.tables import (
    Flags,
    Keys,
    known_of,
    named,
    named_shares,
    narrowed,
    once,
    ranged,
    spread_points,
    with_answer,
)
from matching.domain.columns import Classes, Codes
from matching.domain.education import asks_no_education, level_range, spoken_level, step_of, steps_of_scales
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
from matching.domain.work_package import WorkPackage
from matching.text import Sentence, say

Steps = NDArray[np.int64]
Lift = tuple[tuple[str, int], ...]
HIGHEST_STEP = 8
UNKNOWN, OPEN, UNSETTLED = HIGHEST_STEP + 1, HIGHEST_STEP + 2, HIGHEST_STEP + 3
CODES = UNSETTLED + 1
"""A level is coded by its step; then come: no proof, any level may still come to light, and no proof at all known."""
CERTAIN, LIKELY, POSSIBLE = 0, 1, 2


@dataclass(frozen=True, kw_only=True)
class LevelFit(Criterion):
    """The best of three proofs of level: the diploma, the diploma with years in this work, a confirmed working level.

    Inside the asked range 1000; one step above `one_above_points`; two above or one below `off_points`; further 0.
    Years in a kind of work of the package lift the diploma by one step, many years by two (expert judgement). Both
    over- and under-asking shorten placements. Without a stated level the scales only indicate one, so they order but
    settle nothing. Where one proof is known it orders; where none is, the points stand at 500.
    """

    key = "level"
    reads = Reads(
        candidate=("education", "working_level", "working_level_confirmed", "experience"),
        package=("level_min", "scale_min", "scale_max", "work_kind_shares"),
    )
    one_above_points: int = 800
    off_points: int = NEUTRAL_POINTS
    one_step_years: int = 2
    two_steps_years: int = 5

    def points(self, sides: Sides) -> Points:
        """Return the points of every pair of classes."""
        people, work = _people(sides.candidate, (self.one_step_years, self.two_steps_years)), _work(sides.package)
        low, neutral, high = (self._points(people, work, case) for case in (CERTAIN, LIKELY, POSSIBLE))
        return spread_points(ranged(low=low, neutral=neutral, high=high), people.codes, work.codes)

    def ordering(self, sides: Sides) -> Ordering:
        """Return only the points that order."""
        people, work = _people(sides.candidate, (self.one_step_years, self.two_steps_years)), _work(sides.package)
        points = self._points(people, work, LIKELY)
        return Ordering(points=points, candidate=people.codes, package=work.codes)

    def _points(self, people: People, work: Classes, case: int) -> PointTable:
        """Return the points of the best proof, where unknowns turn out badly, as is likely, or well; (people, work)."""
        by_diploma, by_working = self._proofs_table(_asked(work, case), case)
        unsettled = {CERTAIN: 0, LIKELY: NEUTRAL_POINTS, POSSIBLE: FULL_POINTS}[case]
        indicated = _indicated(work) if case == LIKELY else known_of(work.values("level_min"))
        working = people.working_possible if case == POSSIBLE else people.working
        table = np.empty((work.size, len(working)), dtype=np.int16)
        for number, kinds in enumerate(work.values("kinds")):
            if not indicated[number]:
                table[number] = unsettled
                continue
            lift = people.lifts(kinds, possible=case == POSSIBLE)
            by_diploma[number].take(people.diploma + lift, out=table[number])
            np.maximum(table[number], by_working[number].take(working), out=table[number])
        return table.T

    def _proofs_table(self, asked: Asked, case: int) -> tuple[PointTable, PointTable]:
        """Return the points of each diploma with each lift, and of each working level, at each package.

        Shapes (work, 3 x CODES) and (work, CODES): codes are steps, then UNKNOWN, OPEN and UNSETTLED.
        """
        steps = np.arange(HIGHEST_STEP + 3, dtype=np.int64)
        at = self._at(steps[None, :], asked.least[:, None], asked.most[:, None])
        base = np.zeros((len(asked.least), CODES), dtype=np.int16)
        parts = []
        for lift in range(3):
            np.maximum(base[:, :UNKNOWN], at[:, lift : lift + UNKNOWN], out=base[:, :UNKNOWN])
            parts.append(base.copy())
        working = parts[0].copy()
        working[:, UNSETTLED] = NEUTRAL_POINTS if case == LIKELY else 0
        if case == POSSIBLE:
            working[:, OPEN] = FULL_POINTS
            for part in parts:
                part[:, UNKNOWN] = FULL_POINTS
        return np.concatenate(parts, axis=1), working

    def _at(self, step: Steps, least: Steps, most: Steps) -> PointTable:
        """Return the points of a step where the asked steps run from least to most."""
        above, below = step - most, least - step
        points = np.where((above <= 0) & (below <= 0), FULL_POINTS, 0)
        points = np.where(above == 1, self.one_above_points, points)
        return np.where((above == 2) | (below == 1), self.off_points, points).astype(np.int16)

    def reason(self, pair: Pair) -> Sentence:
        """Return the best proof of level beside what is asked."""
        package = pair.package
        asked = _in_words(package)
        steps = level_range(package.level_min, package.scale_min, package.scale_max)
        if asked is None or steps is None:
            return say("criteria.level.asked_unknown")
        proofs = self._proofs(pair)
        if not proofs:
            return say("criteria.level.own_unknown", asked=asked)
        least, most = steps
        step, proof = max(proofs, key=lambda found: self._single(found[0], steps))
        key = "fits" if least <= step <= most else "above" if step > most else "below"
        return say(f"criteria.level.{key}", proof=proof, asked=asked)

    def _single(self, step: int, steps: tuple[int, int]) -> int:
        return int(self._at(np.array(step), np.array(steps[0]), np.array(steps[1])))

    def _proofs(self, pair: Pair) -> list[tuple[int, Sentence]]:
        """Return every known proof of level: the step and what it is in words."""
        candidate, found = pair.candidate, []
        diploma, working = step_of(candidate.education), step_of(candidate.working_level)
        if diploma is not None and candidate.education is not None:
            term = spoken_level(candidate.education)
            found.append((diploma, say("criteria.level.diploma", level=term)))
            lift = dict(_lift(candidate.experience, (self.one_step_years, self.two_steps_years)) or ())
            kinds = [kind for kind, _ in pair.package.work_kind_shares or () if kind in lift]
            for kind in kinds:
                words = say("criteria.level.experience", level=term, kind=named("work_kind", [kind]))
                found += [(diploma + steps, words) for steps in range(1, lift[kind] + 1)]
        if working is not None and candidate.working_level is not None and candidate.working_level_confirmed:
            words = say("criteria.level.working", level=spoken_level(candidate.working_level))
            found.append((working, words))
        return found

    def questions(self, pair: Pair) -> tuple[Question, ...]:
        """Return what to ask about level on either side, when an answer can matter."""
        if not self.points(pair.sides(self.reads)).unknown[0, 0]:
            return ()
        candidate, asked = pair.candidate, []
        if candidate.education is None:
            asked.append(ask_candidate("education", "level.ask_education"))
        if candidate.working_level is None and candidate.working_level_confirmed is not False:
            asked.append(ask_candidate("working_level", "level.ask_working"))
        elif candidate.working_level_confirmed is None:
            asked.append(ask_candidate("working_level_confirmed", "level.ask_confirmed"))
        if candidate.experience is None:
            asked.append(ask_candidate("experience", "level.ask_experience"))
        if pair.package.level_min is None:
            asked.append(ask_package("level_min", "level.ask_asked"))
        elif pair.package.scale_max is None:
            asked.append(ask_package("scale_max", "level.ask_scale"))
        if pair.package.work_kind_shares is None and candidate.experience:
            asked.append(ask_package("work_kinds", "wish_work.ask_work"))
        return tuple(asked)


class Asked(NamedTuple):
    """The steps that packages ask: least and most, each of shape (work,)."""

    least: Steps
    most: Steps


@dataclass(frozen=True)
class People:
    """The distinct candidates: codes of diploma and working level, shape (people,), and what years lift.

    `working` counts a working level only when it is confirmed, `working_possible` also when it may be. `years` int8
    has a row for each kind of work and a last row of zeros.
    """

    codes: Codes
    diploma: Steps
    working: Steps
    working_possible: Steps
    kinds: Keys
    years: NDArray[np.int8]
    experience_known: Flags

    def lifts(self, kinds: frozenset[str] | None, *, possible: bool) -> Steps:
        """Return for each person how much years in these kinds of work lift, as a shift of the diploma's code."""
        rows = [self.kinds.place.get(kind, -1) for kind in kinds or ()]
        lift = self.years[rows].max(axis=0, initial=0)
        if possible:
            lift = np.where(self.experience_known, lift if kinds is not None else self.years.max(axis=0), 2)
        return np.asarray(CODES * lift.astype(np.int64))


@once
def _people(side: Classes, years: tuple[int, int]) -> People:
    """Return the distinct candidates of a side."""
    lifted = with_answer(side, "experience", "lift", lambda experience: _lift(experience, years))
    people = narrowed(lifted, ("education", "working_level", "working_level_confirmed", "lift"))
    diploma = people.each("education", _code, np.int64)
    level, confirmed = people.values("working_level"), people.values("working_level_confirmed")
    working = np.array([_code(step if sure else None) for step, sure in zip(level, confirmed, strict=True)])
    lifts = people.values("lift")
    kinds = Keys.of([kind for kind, _ in lift or ()] for lift in lifts)
    table = np.zeros((len(kinds) + 1, len(lifts)), dtype=np.int8)
    for number, lift in enumerate(lifts):
        for kind, steps in lift or ():
            table[kinds.place[kind], number] = steps
    return People(
        codes=people.codes,
        diploma=diploma,
        working=np.where((diploma == UNKNOWN) & (working == UNKNOWN), UNSETTLED, working).astype(np.int64),
        working_possible=np.array([_possible(*pair) for pair in zip(level, confirmed, strict=True)], dtype=np.int64),
        kinds=kinds,
        years=table,
        experience_known=known_of(lifts),
    )


def _lift(experience: tuple[tuple[str, float], ...] | None, years: tuple[int, int]) -> Lift | None:
    """Return each kind of work with the steps that the years in it lift the diploma, or None for unknown."""
    if experience is None:
        return None
    steps: dict[str, int] = {}
    for kind, span in experience:
        step = (span >= years[0]) + (span >= years[1])
        if step > steps.get(kind, 0):
            steps[kind] = step
    return tuple(sorted(steps.items()))


def _code(education: str | None) -> int:
    step = step_of(education)
    return UNKNOWN if step is None else step


def _possible(level: str | None, confirmed: bool | None) -> int:
    """Return the code of the working level that may turn out to be confirmed."""
    if confirmed is False:
        return UNKNOWN
    return OPEN if level is None else _code(level)


def _work(side: Classes) -> Classes:
    """Return the distinct packages, of their work only the kinds."""
    kinds = with_answer(side, "work_kind_shares", "kinds", lambda found: found and named_shares(found))
    return narrowed(kinds, ("level_min", "scale_min", "scale_max", "kinds"))


def _asked(work: Classes, case: int) -> Asked:
    """Return the asked steps; without a highest scale the upper end is least, likely or highest."""
    ranges = [
        _range(level, low, high, case)
        for level, low, high in zip(
            work.values("level_min"), work.values("scale_min"), work.values("scale_max"), strict=True
        )
    ]
    least, most = np.array(ranges, dtype=np.int64).reshape(len(ranges), 2).T
    return Asked(least, most)


def _range(level: str | None, scale_min: int | None, scale_max: int | None, case: int) -> tuple[int, int]:
    least, most = level_range(level, scale_min, scale_max) or (0, HIGHEST_STEP)
    if level is None or scale_max is not None or case == LIKELY:
        return least, most
    if case == POSSIBLE:
        return least, HIGHEST_STEP
    scales = steps_of_scales(scale_min, None)
    return least, max(least, scales[1]) if scales else least


def _indicated(work: Classes) -> NDArray[np.bool_]:
    """Return for each package whether its level is stated or indicated by a scale."""
    return work.known("level_min") | work.known("scale_min") | work.known("scale_max")


def _in_words(package: WorkPackage) -> Sentence | None:
    """Return the asked level in words: as stated, or as its scale indicates; None when neither is known."""
    if package.level_min is not None:
        if asks_no_education(package.level_min):
            return say("criteria.level.asked_none")
        return say("criteria.level.asked", level=spoken_level(package.level_min))
    scales = sorted({scale for scale in (package.scale_min, package.scale_max) if scale is not None})
    if len(scales) > 1:
        return say("criteria.level.asked_scales", low=f"S{scales[0]}", high=f"S{scales[-1]}")
    return say("criteria.level.asked_scale", scale=f"S{scales[0]}") if scales else None
