"""Numbers and reasons of one pair: the numbers are there, the sentences are made when somebody looks."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

from matching.domain.bridging import NeededArrangement, earliest_start, needed_arrangements
from matching.domain.candidate import Candidate
from matching.domain.judging import NEUTRAL_POINTS, NO_PREFERENCE_POINTS, Outcome, Pair, Question
from matching.domain.work_package import WorkPackage
from matching.scoring.asking import ask_order, stale_questions
from matching.scoring.parts import Finding, Part, whole_points
from matching.scoring.wording import finding_of, questions_of
from matching.scoring.yardstick import TOTAL_PER_POINT, Band, Yardstick
from matching.text import Sentence

WISHES = ("wish_work", "wish_setting", "development")
"""Criteria of what the person wants: named first (wishes matter most for lasting work)."""

STRENGTHS = 3

NO_STRENGTH = frozenset(f"criteria.travel.{name}" for name in ("above", "modes_unknown", "maximum_unknown"))
"""Reasons that never say why a pair fits, however many points are left: a trip above the own limit, on one day only."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PartNumbers:
    """The numbers of one criterion for one pair; points 0..1000, low <= points <= high."""

    points: int
    low: int
    high: int
    unknown: bool
    open: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class RuleAnswer:
    """The outcome of one rule for one pair, and whether it leaves a question."""

    outcome: Outcome
    unknown: bool


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """One candidate with one work package under one yardstick.

    `total`, `low` and `high` are 0..1,000,000: the neutral total that orders (what a rule found costs no points), and
    what it becomes if every unknown turned out badly or well. `unknown_share` is 0..1000. `numbers` stand in the order
    of the counted criteria, `answers` in the order of the rules. `stale`: the profile is older than half a year, so
    its range is as wide as if nothing were known, and it cannot exclude.
    """

    candidate: Candidate
    package: WorkPackage
    pair: Pair
    yardstick: Yardstick
    total: int
    low: int
    high: int
    unknown_share: int
    outcome: Outcome
    stale: bool
    numbers: tuple[PartNumbers, ...]
    answers: tuple[RuleAnswer, ...]

    @property
    def candidate_id(self) -> str:
        """The id of the candidate."""
        return self.candidate.candidate_id

    @property
    def work_package_id(self) -> str:
        """The id of the work package."""
        return self.package.work_package_id

    @property
    def points(self) -> int:
        """The total as points 0..1000."""
        return self.total // TOTAL_PER_POINT

    @property
    def band(self) -> Band:
        """The band: strong, possible or worth a talk."""
        return self.yardstick.bands.band(self.total, self.unknown_share)

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """What each criterion gives, with its reason; the totals add up to `total`."""
        return tuple(
            Part(
                key=weighted.key,
                weight=weighted.weight,
                points=found.points,
                low=found.low,
                high=found.high,
                unknown=found.unknown,
                open=found.open,
                reason=weighted.criterion.reason(self.pair),
            )
            for weighted, found in zip(self.yardstick.counted, self.numbers, strict=True)
        )

    @property
    def shown_parts(self) -> tuple[tuple[Part, int], ...]:
        """Each part with the whole points to show for it; these add up exactly to `points`."""
        return tuple(zip(self.parts, whole_points([part.total for part in self.parts]), strict=True))

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """What each rule found, all of them, with the smallest change that would mend it."""
        return self._found(frozenset(Outcome))

    def _found(self, outcomes: frozenset[Outcome]) -> tuple[Finding, ...]:
        """Return what the rules found that have one of these outcomes; no other sentence is made."""
        answers = zip(self.yardstick.rules, self.answers, strict=True)
        return tuple(
            finding_of(rule, self.pair, answer.outcome, unknown=answer.unknown)
            for rule, answer in answers
            if answer.outcome in outcomes
        )

    @cached_property
    def strengths(self) -> tuple[Sentence, ...]:
        """At most three reasons why they fit, wishes first; never what is unknown, not asked, or still to judge."""
        judged = {rule.key for rule, answer in zip(self.yardstick.rules, self.answers, strict=True) if answer.outcome}
        known = [part for part in self.parts if part.open and not part.unknown and part.key not in judged]
        fitting = [part for part in known if part.points > NO_PREFERENCE_POINTS and part.reason.key not in NO_STRENGTH]
        fitting.sort(key=lambda part: (part.key not in WISHES, part.weight * (NEUTRAL_POINTS - part.points)))
        return tuple(part.reason for part in fitting[:STRENGTHS])

    @cached_property
    def conditions(self) -> tuple[Sentence, ...]:
        """What a person must answer before this pair can be accepted."""
        return tuple(found.reason for found in self._found(frozenset({Outcome.TO_JUDGE})))

    @cached_property
    def conflicts(self) -> tuple[Finding, ...]:
        """What excludes this pair; empty when nothing does."""
        return self._found(frozenset({Outcome.CONFLICT}))

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """What to ask, one question for each field, the one that could change most first."""
        gathered = [
            (answer.outcome is Outcome.TO_JUDGE, question)
            for rule, answer in zip(self.yardstick.rules, self.answers, strict=True)
            for question in questions_of(rule, self.pair, answer.outcome)
        ]
        asking = [weighted.criterion for weighted in self.yardstick.counted]
        gathered += [(False, question) for criterion in asking for question in criterion.questions(self.pair)]
        gathered += [(False, question) for question in stale_questions(self.candidate, stale=self.stale)]
        return ask_order(gathered, self._movement, stale=self.stale)

    def _movement(self, question: Question) -> int:
        """Return how far the answer could move the total: the ranges of the criteria that read the field."""
        return sum(
            weighted.weight * (found.high - found.low)
            for weighted, found in zip(self.yardstick.counted, self.numbers, strict=True)
            if question.field in getattr(weighted.criterion.reads, question.about)
        )

    @cached_property
    def arrangements(self) -> tuple[NeededArrangement, ...]:
        """What has to be arranged, with weeks and provider; it costs no points."""
        return needed_arrangements(self.candidate, self.package)

    @cached_property
    def earliest_start(self) -> dt.date | None:
        """The earliest realistic start; None when she is not free or something named is not possible here."""
        return earliest_start(self.candidate, self.package, self.pair.as_of)
