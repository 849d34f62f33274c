"""Is the level of the work hers: by diploma, by doing, or as confirmed?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching.criteria.asking import ask_candidate, ask_package
from matching.criteria.tables import (
    Keys,
    known_of,
    middle,
    named,
    named_shares,
    narrowed,
    ranged,
    spread,
    spread_points,
    strongest,
    with_answer,
)
from matching.domain.columns import Classes
from matching.domain.education import level_range, step_of, steps_of_scales
from matching.domain.judging import (
    FULL_POINTS,
    NEUTRAL_POINTS,
    Criterion,
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
HIGHEST_STEP = 8
UNKNOWN_STEP = -9
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
        people, work = self._people(sides.candidate), _work(sides.package)
        stated = known_of(work.values("level_min"))[None, :]
        low = np.where(stated, self._reached(people, work, CERTAIN), 0)
        high = np.where(stated, self._reached(people, work, POSSIBLE), FULL_POINTS)
        found = ranged(low=low, high=high, neutral=self._ordering(people, work, low, high))
        return spread_points(found, people.codes, work.codes)

    def neutral(self, sides: Sides) -> PointTable:
        """Return only the points that order."""
        people, work = self._people(sides.candidate), _work(sides.package)
        if _settled(people).all() and _indicated(work).all():
            return spread(self._reached(people, work, LIKELY), people.codes, work.codes)
        return self.points(sides).neutral

    def _ordering(self, people: Classes, work: Classes, low: PointTable, high: PointTable) -> PointTable:
        """Return the points of the proofs that are known, and the middle where there is none."""
        known = _settled(people)[:, None] & _indicated(work)[None, :]
        return np.where(known, self._reached(people, work, LIKELY), middle(low, high))

    def _people(self, side: Classes) -> Classes:
        """Return the distinct candidates, years of experience as the steps that they lift."""
        lifted = with_answer(side, "experience", "lift", self._lift)
        return narrowed(lifted, ("education", "working_level", "working_level_confirmed", "lift"))

    def _lift(self, experience: tuple[tuple[str, float], ...] | None) -> tuple[tuple[str, int], ...] | None:
        """Return each kind of work with the steps that the years in it lift the diploma, or None for unknown."""
        if experience is None:
            return None
        years = {kind: max(span for other, span in experience if other == kind) for kind, _ in experience}
        steps = {kind: (span >= self.one_step_years) + (span >= self.two_steps_years) for kind, span in years.items()}
        return tuple(sorted((kind, step) for kind, step in steps.items() if step))

    def _at(self, step: Steps, asked: Asked) -> PointTable:
        """Return the points of a step (people, 1) at the asked range (work,); an unknown step gives 0."""
        above, below = step - asked.most[None, :], asked.least[None, :] - step
        points = np.where((above <= 0) & (below <= 0), FULL_POINTS, 0)
        points = np.where(above == 1, self.one_above_points, points)
        return np.where((above == 2) | (below == 1), self.off_points, points).astype(np.int16)

    def _reached(self, people: Classes, work: Classes, case: int) -> PointTable:
        """Return the points of the best proof, where unknowns turn out badly, as is likely, or well."""
        asked = _asked(work, case)
        diploma = people.each("education", _step, np.int64)[:, None]
        lift = _lifts(people, work, possible=case == POSSIBLE)
        best = self._at(diploma, asked)
        for steps in (1, 2):
            np.maximum(best, self._at(diploma + steps, asked), out=best, where=lift >= steps)
        np.maximum(best, self._at(_working(people, possible=case == POSSIBLE)[:, None], asked), out=best)
        if case == POSSIBLE:
            anything = (diploma[:, 0] == UNKNOWN_STEP) | _open_working(people)
            best[anything] = FULL_POINTS
        return best

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
        asked = Asked(np.array(steps[:1]), np.array(steps[1:]))
        return int(self._at(np.array([[step]]), asked)[0, 0])

    def _proofs(self, pair: Pair) -> list[tuple[int, Sentence]]:
        """Return every known proof of level: the step and what it is in words."""
        candidate, found = pair.candidate, []
        diploma, working = step_of(candidate.education), step_of(candidate.working_level)
        if diploma is not None and candidate.education is not None:
            term = named("education", [candidate.education])
            found.append((diploma, say("criteria.level.diploma", level=term)))
            lift = dict(self._lift(candidate.experience) or ())
            kinds = [kind for kind, _ in pair.package.work_kind_shares or () if kind in lift]
            for kind in kinds:
                words = say("criteria.level.experience", level=term, kind=named("work_kind", [kind]))
                found += [(diploma + steps, words) for steps in range(1, lift[kind] + 1)]
        if working is not None and candidate.working_level is not None and candidate.working_level_confirmed:
            term = named("education", [candidate.working_level])
            found.append((working, say("criteria.level.working", level=term)))
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


def _step(education: str | None) -> int:
    step = step_of(education)
    return UNKNOWN_STEP if step is None else step


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


def _settled(people: Classes) -> NDArray[np.bool_]:
    """Return for each candidate whether one proof of level is known."""
    confirmed: NDArray[np.bool_] = _working(people, possible=False) != UNKNOWN_STEP
    return people.known("education") | confirmed


def _working(people: Classes, *, possible: bool) -> Steps:
    """Return the working level as a step where it is (or may be) confirmed, shape (people,)."""
    steps = people.each("working_level", _step, np.int64)
    counted = (True, None) if possible else (True,)
    confirmed = people.each("working_level_confirmed", lambda answer: answer in counted, bool)
    return np.where(confirmed, steps, UNKNOWN_STEP)


def _open_working(people: Classes) -> NDArray[np.bool_]:
    """Return where any working level may still turn out to be confirmed."""
    denied = people.each("working_level_confirmed", lambda answer: answer is False, bool)
    unsaid: NDArray[np.bool_] = ~people.known("working_level") & ~denied
    return unsaid


def _lifts(people: Classes, work: Classes, *, possible: bool) -> NDArray[np.int8]:
    """Return the steps that experience lifts, certainly or possibly, shape (people, work)."""
    experience, wanted = people.values("lift"), work.values("kinds")
    kinds = Keys.of(wanted)
    rows = np.zeros((len(kinds), len(experience)), dtype=np.int8)
    for number, lift in enumerate(experience):
        for kind, steps in lift or ():
            if kind in kinds.place:
                rows[kinds.place[kind], number] = steps
    table = strongest(rows, [kinds.rows_of(found or ()) for found in wanted]).T
    if possible:
        most = np.array([2 if lift is None else max((step for _, step in lift), default=0) for lift in experience])
        unknown = ~known_of(experience)[:, None] | ~known_of(wanted)[None, :]
        table = np.where(unknown, most.astype(np.int8)[:, None], table)
    return table


def _in_words(package: WorkPackage) -> Sentence | None:
    """Return the asked level in words: as stated, or as its scale indicates; None when neither is known."""
    if package.level_min is not None:
        return say("criteria.level.asked", level=named("education", [package.level_min]))
    scales = sorted({scale for scale in (package.scale_min, package.scale_max) if scale is not None})
    return say("criteria.level.asked_scale", scales=tuple(f"S{scale}" for scale in scales)) if scales else None
