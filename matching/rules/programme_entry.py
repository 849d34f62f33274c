"""May this candidate and this package go together in RIHA?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from matching.domain.candidate import Candidate
from matching.domain.columns import Classes
from matching.domain.education import HIGHER_EDUCATION_STEP, spoken_level, step_of
from matching.domain.judging import Mask, Outcome, Pair, Question, Reads, Rule, Sides, Verdicts
from matching.domain.work_package import WorkPackage
from matching.rules.asking import ask_candidate, ask_package, scales
from matching.rules.masks import Ends, day_numbers, holds, is_false, is_true, verdicts
from matching.text import Sentence, say, together

ORDER = ("scale_outside", "no_level", "scale_partly", "diploma", "level", "period", "secondment")
"""What can be wrong, hardest first."""


@dataclass(frozen=True, kw_only=True)
class ProgrammeEntry(Rule):
    """RIHA: completed hbo or wo, or a level confirmed by the supplier; scales 8..12; half a year; free to be seconded.

    A diploma that is running or not known to be completed, an open or short period, scales partly outside, or a later
    secondment must be judged. It excludes when the package is wholly outside scales 8..12, or when neither hbo/wo nor
    a confirmed level is known to be absent: she belongs with the individual placements. Unknown fits, with a
    question. Packages outside RIHA always fit. Source of scales and period: the RIHA programme.
    """

    key = "programme_entry"
    can_conflict = True
    reads = Reads(
        candidate=("education", "education_completed", "working_level", "working_level_confirmed", "secondment_from"),
        package=("programme", "scale_min", "scale_max", "start_date", "end_date", "lasting_prospect"),
    )
    lowest_scale: int = 8
    highest_scale: int = 12
    shortest_weeks: int = 26

    def judge(self, sides: Sides) -> Verdicts:
        """Return the outcome of every pair of classes."""
        found = self._findings(sides)
        here = self.may_exclude(sides.package)
        return verdicts(
            sides,
            to_judge=here
            & (found["scale_partly"] | found["diploma"] | found["level"] | found["period"] | found["secondment"]),
            conflict=here & (found["scale_outside"] | found["no_level"]),
            unknown=here & found["unknown"],
        )

    def may_exclude(self, packages: Classes) -> Mask:
        """Return the packages of the programme."""
        return holds(packages, "programme", lambda programme: programme == "riha")

    def _findings(self, sides: Sides) -> Mapping[str, Mask]:
        """Return each thing that can be wrong, as a mask that broadcasts to the sides."""
        return MappingProxyType({**self._of_package(sides), **self._of_level(sides), **self._of_period(sides),
                                 "unknown": self._unknown(sides)})  # fmt: skip

    def _of_package(self, sides: Sides) -> Mapping[str, Mask]:
        low, high = sides.package.numbers("scale_min"), sides.package.numbers("scale_max")
        outside = (high < self.lowest_scale) | (low > self.highest_scale)
        low, high = _scales(sides)
        partly = ((low < self.lowest_scale) | (high > self.highest_scale)) & ~outside
        return {"scale_outside": outside, "scale_partly": partly}

    def _of_level(self, sides: Sides) -> Mapping[str, Mask]:
        people = sides.candidate
        diploma, working = (people.each(name, _step, np.float64)[:, None] for name in ("education", "working_level"))
        confirmed = is_true(people, "working_level_confirmed")[:, None] & (working >= HIGHER_EDUCATION_STEP)
        denied = (working < HIGHER_EDUCATION_STEP) | is_false(people, "working_level_confirmed")[:, None]
        higher = (diploma >= HIGHER_EDUCATION_STEP) & ~confirmed
        lower = (diploma < HIGHER_EDUCATION_STEP) & ~confirmed
        completed = is_true(people, "education_completed")[:, None]
        return {"diploma": higher & ~completed, "no_level": lower & denied, "level": lower & ~denied}

    def _of_period(self, sides: Sides) -> Mapping[str, Mask]:
        work = sides.package
        start, end = day_numbers(work, "start_date"), day_numbers(work, "end_date")
        open_end = np.isnan(end) & ~is_true(work, "lasting_prospect")
        later = day_numbers(sides.candidate, "secondment_from")[:, None] > start
        return {"period": open_end | (end - start < 7 * self.shortest_weeks), "secondment": later}

    def _unknown(self, sides: Sides) -> Mask:
        people, work = sides.candidate, sides.package
        low, high = _scales(sides)
        confirmed = is_true(people, "working_level_confirmed") & people.known("working_level")
        level = ~people.known("education") & ~confirmed
        running = people.known("education") & ~people.known("education_completed") & ~confirmed
        own = level | running | ~people.known("secondment_from")
        return own[:, None] | np.isnan(low) | np.isnan(high) | ~work.known("start_date")

    def reason(self, pair: Pair, outcome: Outcome) -> Sentence:
        """Return the hardest thing that is wrong, with values of both sides; or that she may enter."""
        package = pair.package
        if package.programme != "riha":
            return say("rules.programme_entry.elsewhere")
        found = self._findings(pair.sides(self.reads))
        wrong = next((name for name in ORDER if found[name].any()), None)
        key = wrong or ("unknown" if found["unknown"].any() else "fits")
        return say(
            f"rules.programme_entry.{key}",
            level=_level(pair.candidate),
            scales=scales(package.scale_min, package.scale_max),
            low=self.lowest_scale,
            high=self.highest_scale,
            weeks=self.shortest_weeks,
            free=pair.candidate.secondment_from,
            start=package.start_date,
        )

    def questions(self, pair: Pair) -> tuple[Question, ...]:
        """Return what to ask about diploma, level, secondment, scales and period."""
        if pair.package.programme != "riha":
            return ()
        found = self._findings(pair.sides(self.reads))
        return (*_about_candidate(pair.candidate, found), *_about_package(pair.package, found))

    def remedy(self, pair: Pair) -> Sentence | None:
        """Return the smallest change that opens the programme, or where she can go instead."""
        verdict = self.judge(pair.sides(self.reads))
        if verdict.outcome[0, 0] == Outcome.FITS:
            return None
        found = self._findings(pair.sides(self.reads))
        if (found["no_level"].any() or found["level"].any()) and not _near_higher(pair.candidate):
            return say("rules.programme_entry.individual")
        wrong = [name for name in ORDER if found[name].any()]
        values = {"low": self.lowest_scale, "high": self.highest_scale, "weeks": self.shortest_weeks}
        free = pair.candidate.secondment_from
        changes = tuple(say(f"rules.programme_entry.remedy_{name}", free=free, **values) for name in wrong)
        needed = say("rules.programme_entry.remedy", changes=changes)
        elsewhere = verdict.outcome[0, 0] == Outcome.CONFLICT
        return together([say("rules.programme_entry.individual"), needed]) if elsewhere else needed


def _near_higher(candidate: Candidate) -> bool:
    """Return whether a known level is the one before higher education, mbo-4 or havo, or above (expert judgement).

    On the ladder only the associate degree lies between. Unknown may be near.
    """
    levels = (candidate.education, candidate.working_level)
    known = [step for step in map(step_of, levels) if step is not None]
    return not known or max(known) >= HIGHER_EDUCATION_STEP - 2


def _scales(sides: Sides) -> tuple[Ends, Ends]:
    """Return the scales of each package; one that is unknown is taken equal to the other."""
    low, high = sides.package.numbers("scale_min"), sides.package.numbers("scale_max")
    return np.where(np.isnan(low), high, low), np.where(np.isnan(high), low, high)


def _step(key: object) -> float:
    step = step_of(key) if isinstance(key, str) else None
    return np.nan if step is None else step


def _level(candidate: Candidate) -> object:
    key = candidate.education or candidate.working_level
    return None if key is None else spoken_level(key)


def _about_candidate(candidate: Candidate, found: Mapping[str, Mask]) -> list[Question]:
    asked = []
    if candidate.education is None and not (candidate.working_level and candidate.working_level_confirmed):
        asked.append(ask_candidate("education", "level.ask_education"))
    if found["diploma"].any():
        asked.append(ask_candidate("education_completed", "programme_entry.ask_completed", level=_level(candidate)))
    if found["level"].any():
        asked.append(ask_candidate("working_level_confirmed", "programme_entry.ask_level"))
    if candidate.secondment_from is None or found["secondment"].any():
        asked.append(ask_candidate("secondment_from", "programme_entry.ask_secondment"))
    return asked


def _about_package(package: WorkPackage, found: Mapping[str, Mask]) -> list[Question]:
    asked = []
    if (package.scale_min is None and package.scale_max is None) or found["scale_partly"].any():
        asked.append(ask_package("scale_min", "programme_entry.ask_scale"))
    if package.start_date is None:
        asked.append(ask_package("start_date", "programme_entry.ask_start"))
    if found["period"].any():
        asked.append(ask_package("end_date", "programme_entry.ask_period"))
    return asked
