"""Does the level meet: by diploma, by experience, or by a confirmed working level?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching.domain.columns import Classes
from matching.domain.education import asks_no_education, level_range, spoken_level, step_of
from matching.domain.judging import Mask, Outcome, Pair, Question, Reads, Rule, Sides, Verdicts
from matching.domain.work_package import WorkPackage
from matching.rules.asking import ask_candidate, ask_package, scales
from matching.rules.masks import Ends, all_keys, any_shared, is_false, is_true, memberships, verdicts
from matching.text import Sentence, say

EVIDENCE = ("education", "education_completed", "working_level", "working_level_confirmed", "experience")


@dataclass(frozen=True, kw_only=True)
class Level(Rule):
    """A diploma, experience in the kind of work, or a confirmed working level within the range fits.

    One step below, above, or too low on what is known while something is unknown must be judged. It excludes when
    diploma, experience and working level are all known, the best is two steps or more below the stated minimum, and
    the package says that its level is not negotiable. `experience_years` in the kind of work count as its level
    (expert judgement). A diploma that is not completed proves nothing yet.
    """

    key = "level"
    can_conflict = True
    reads = Reads(
        candidate=EVIDENCE,
        package=("level_min", "level_negotiable", "scale_min", "scale_max", "work_kinds"),
    )
    experience_years: float = 3.0

    def judge(self, sides: Sides) -> Verdicts:
        """Return the outcome of every pair of classes."""
        people, work = sides.candidate, sides.package
        low, high = _asked(work)
        diploma, working = _steps(people)
        confirmed = is_true(people, "working_level_confirmed")[:, None]
        proven = np.fmax(diploma, np.where(confirmed, working, np.nan))
        experienced = self._experienced(sides)
        inside = _within(diploma, low, high) | (_within(working, low, high) & confirmed) | experienced
        below, above = (proven < low) & ~inside, (proven > high) & ~inside
        claimed = ~confirmed & (working >= low) & ~inside
        far = (np.fmax(_step_of(people, "education"), working) <= low - 2) & ~inside
        both = people.known("education") & people.known("working_level") & people.known("experience")
        all_known = both[:, None] & work.known("work_kinds")
        nothing = np.isnan(proven) & ~inside
        return verdicts(
            sides,
            to_judge=below | above,
            conflict=far & all_known & self.may_exclude(work),
            unknown=nothing | np.isnan(low) | (below & (claimed | ~all_known)),
        )

    def may_exclude(self, packages: Classes) -> Mask:
        """Return the packages with a stated level that is known to be fixed."""
        return is_false(packages, "level_negotiable") & packages.known("level_min")

    def _experienced(self, sides: Sides) -> Mask:
        """Return where years in one of the kinds of work reach `experience_years`."""
        kinds = all_keys(sides.package, "work_kinds")
        column = sides.candidate.columns["experience"]
        years = np.array([self._mastered(value, kinds) for value in column.values], dtype=np.float32)
        known = years.reshape(len(column.values), len(kinds))[column.codes]
        return any_shared(known, memberships(sides.package, "work_kinds", kinds))

    def _mastered(self, experience: Iterable[tuple[str, float]] | None, kinds: list[str]) -> list[bool]:
        enough = {kind for kind, years in experience or () if years >= self.experience_years}
        return [kind in enough for kind in kinds]

    def reason(self, pair: Pair, outcome: Outcome) -> Sentence:
        """Return her levels, what the work asks, and how far apart they are."""
        verdict = self.judge(pair.sides(self.reads))
        values = {"own": _own(pair), "asked": _asked_words(pair.package)}
        if outcome is Outcome.FITS:
            if verdict.unknown[0, 0]:
                return say("rules.level.unknown", **values)
            return say("rules.level.experience" if self._by_experience(pair) else "rules.level.fits", **values)
        if outcome is Outcome.CONFLICT:
            return say("rules.level.conflict", **values)
        return say(f"rules.level.{self._distance(pair)}", **values)

    def _by_experience(self, pair: Pair) -> bool:
        """Whether only experience reaches the level."""
        sides = pair.sides(self.reads)
        low, high = _asked(sides.package)
        diploma, working = _steps(sides.candidate)
        confirmed = pair.candidate.working_level_confirmed is True
        inside = _within(diploma, low, high) | (_within(working, low, high) & confirmed)
        return bool(self._experienced(sides)[0, 0]) and not inside[0, 0]

    def _distance(self, pair: Pair) -> str:
        sides = pair.sides(self.reads)
        low, high = _asked(sides.package)
        diploma, working = _steps(sides.candidate)
        best = np.fmax(diploma, working if pair.candidate.working_level_confirmed else np.nan)[0, 0]
        return "above" if best > high[0] else "one_below" if best >= low[0] - 1 else "below"

    def questions(self, pair: Pair) -> tuple[Question, ...]:
        """Return what to ask about level, and whether the level of the package can bend."""
        candidate, package = pair.candidate, pair.package
        verdict = self.judge(pair.sides(self.reads))
        outcome = Outcome(int(verdict.outcome[0, 0]))
        if outcome is Outcome.FITS and not verdict.unknown[0, 0]:
            return ()
        if outcome is not Outcome.FITS and self._distance(pair) == "above":
            return (ask_candidate("working_level", "level.ask_above", asked=_asked_words(package)),)
        unknown = {
            "education": candidate.education is None,
            "working_level": candidate.working_level is None,
            "working_level_confirmed": candidate.working_level is not None and not candidate.working_level_confirmed,
            "experience": candidate.experience is None,
        }
        asked = [ask_candidate(field, f"level.ask_{field}") for field, is_unknown in unknown.items() if is_unknown]
        if np.isnan(_asked(pair.sides(self.reads).package)[0][0]):
            asked.append(ask_package("level_min", "level.ask_package"))
        elif outcome is not Outcome.FITS and package.level_negotiable is None:
            asked.append(ask_package("level_negotiable", "level.ask_negotiable"))
        if package.work_kinds is None:
            asked.append(ask_package("work_kinds", "level.ask_work_kinds"))
        return tuple(asked)

    def remedy(self, pair: Pair) -> Sentence | None:
        """Return the level from which she would fit."""
        verdict = self.judge(pair.sides(self.reads))
        if verdict.outcome[0, 0] == Outcome.FITS or self._distance(pair) == "above":
            return None
        return say("rules.level.remedy", own=_own(pair))


def _steps(people: Classes) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the steps of diploma and working level as column vectors; unknown is nan, a running diploma too."""
    running = is_false(people, "education_completed")[:, None]
    return np.where(running, np.nan, _step_of(people, "education")), _step_of(people, "working_level")


def _step_of(people: Classes, name: str) -> Ends:
    return people.each(name, _step, np.float64)[:, None]


def _step(key: object) -> float:
    step = step_of(key) if isinstance(key, str) else None
    return np.nan if step is None else step


def _asked(work: Classes) -> tuple[Ends, Ends]:
    """Return the lowest and highest step that each package asks; nan where it asks none."""
    names = ("level_min", "scale_min", "scale_max")
    ranges = [level_range(*cells) or (np.nan, np.nan) for cells in zip(*map(work.values, names), strict=True)]
    table = np.array(ranges, dtype=np.float64).reshape(len(ranges), 2)
    return table[:, 0], table[:, 1]


def _within(step: Ends, low: Ends, high: Ends) -> Mask:
    return np.asarray((step >= low) & (step <= high), dtype=bool)


def _own(pair: Pair) -> object:
    """Return her levels in words: the diploma, and the working level when it differs."""
    candidate = pair.candidate
    known = dict.fromkeys(key for key in (candidate.education, candidate.working_level) if key is not None)
    return tuple(spoken_level(key) for key in known) or None


def _asked_words(package: WorkPackage) -> object:
    if package.level_min is not None:
        if asks_no_education(package.level_min):
            return say("rules.level.from_none")
        return say("rules.level.from", level=spoken_level(package.level_min))
    if package.scale_min is None and package.scale_max is None:
        return None
    return say("rules.level.scales", scales=scales(package.scale_min, package.scale_max))
