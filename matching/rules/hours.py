"""Do the hours meet?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matching.domain.columns import Classes
from matching.domain.judging import Mask, Outcome, Pair, Question, Reads, Rule, Sides, Verdicts
from matching.domain.work_package import WorkPackage
from matching.rules.asking import ask_candidate, ask_package, between
from matching.rules.masks import Ends, holds, is_false, none_carveable, some_carveable, verdicts
from matching.text import Sentence, say


@dataclass(frozen=True, kw_only=True)
class Hours(Rule):
    """Overlapping ranges of weekly hours fit; a gap is judged with its condition named.

    It excludes only when everything that could close the gap is known to be impossible: the package is not
    negotiable and, when the candidate has fewer hours, there is no build-up, she cannot grow and no task may be
    taken out. A range with an unknown end fits with a question unless its known end already leaves a gap.
    """

    key = "hours"
    can_conflict = True
    reads = Reads(
        candidate=("hours_min", "hours_max", "can_grow_hours"),
        package=("hours_min", "hours_max", "hours_negotiable", "build_up_possible", "tasks"),
    )

    def judge(self, sides: Sides) -> Verdicts:
        """Return the outcome of every pair of classes."""
        people, work = sides.candidate, sides.package
        own = people.numbers("hours_min")[:, None], people.numbers("hours_max")[:, None]
        asked = work.numbers("hours_min"), work.numbers("hours_max")
        too_few, too_many = own[1] < asked[0], own[0] > asked[1]
        fixed = is_false(work, "hours_negotiable")
        no_way_up = is_false(work, "build_up_possible") & holds(work, "tasks", none_carveable)
        short = too_few & fixed & no_way_up & is_false(people, "can_grow_hours")[:, None]
        return verdicts(
            sides,
            to_judge=too_few | too_many,
            conflict=short | (too_many & fixed),
            unknown=~(too_few | too_many) & ~_surely_meet(own, asked),
        )

    def may_exclude(self, packages: Classes) -> Mask:
        """Return the packages whose hours are known to be fixed."""
        return is_false(packages, "hours_negotiable")

    def reason(self, pair: Pair, outcome: Outcome) -> Sentence:
        """Return both ranges, and the condition under which a gap closes."""
        candidate, package = pair.candidate, pair.package
        own, asked = between(candidate.hours_min, candidate.hours_max), between(package.hours_min, package.hours_max)
        if outcome is Outcome.FITS:
            meets = not self.judge(pair.sides(self.reads)).unknown[0, 0]
            return say("rules.hours.fits" if meets else "rules.hours.unknown", own=own, asked=asked)
        if outcome is Outcome.CONFLICT:
            return say("rules.hours.conflict", own=own, asked=asked)
        return say("rules.hours.gap", own=own, asked=asked, condition=_condition(pair))

    def questions(self, pair: Pair) -> tuple[Question, ...]:
        """Return what to ask about unknown hours, or whether a gap can close."""
        candidate, package = pair.candidate, pair.package
        if _few(pair):
            ask = (ask_package("hours_negotiable", "hours.ask_fewer", hours=candidate.hours_max),)
            grow = (ask_candidate("can_grow_hours", "hours.ask_grow", hours=package.hours_min),)
            return (ask if package.hours_negotiable is None else ()) + (
                grow if candidate.can_grow_hours is None else ()
            )
        if _many(pair) and package.hours_negotiable is not None:
            return ()
        if _many(pair):
            return (ask_package("hours_negotiable", "hours.ask_more", hours=candidate.hours_min),)
        own_open = candidate.hours_min is None or candidate.hours_max is None
        own = (ask_candidate("hours_max" if candidate.hours_max is None else "hours_min", "hours.ask_own"),)
        open_ends = package.hours_min is None or package.hours_max is None
        asked = (ask_package("hours_max" if package.hours_max is None else "hours_min", "hours.ask_package"),)
        return (own if own_open else ()) + (asked if open_ends else ())

    def remedy(self, pair: Pair) -> Sentence | None:
        """Return the hours that would close the gap."""
        if _few(pair):
            return say("rules.hours.remedy_fewer", hours=pair.candidate.hours_max)
        return say("rules.hours.remedy_more", hours=pair.candidate.hours_min) if _many(pair) else None


def _surely_meet(own: tuple[Ends, Ends], asked: tuple[Ends, Ends]) -> Mask:
    """Return where the ranges overlap whatever the unknown ends are: a known end lies within the other range."""
    return _within(own[0], asked) | _within(own[1], asked) | _within(asked[0], own) | _within(asked[1], own)


def _within(point: Ends, ends: tuple[Ends, Ends]) -> Mask:
    return np.asarray((point >= ends[0]) & (point <= ends[1]), dtype=bool)


def _few(pair: Pair) -> bool:
    own, asked = pair.candidate.hours_max, pair.package.hours_min
    return own is not None and asked is not None and own < asked


def _many(pair: Pair) -> bool:
    own, asked = pair.candidate.hours_min, pair.package.hours_max
    return own is not None and asked is not None and own > asked


def _condition(pair: Pair) -> Sentence:
    """Return the first known way to close the gap, or what has to be asked."""
    if pair.package.hours_negotiable:
        return say("rules.hours.if_negotiable")
    if _few(pair) and pair.package.build_up_possible:
        return say("rules.hours.if_build_up")
    if _few(pair) and pair.candidate.can_grow_hours:
        return say("rules.hours.if_growth")
    if _few(pair) and some_carveable(pair.package.tasks):
        return say("rules.hours.if_carved", tasks=_carveable(pair.package))
    return say("rules.hours.if_asked")


def _carveable(package: WorkPackage) -> tuple[str, ...]:
    return tuple(task.name for task in package.tasks or () if task.carveable)
