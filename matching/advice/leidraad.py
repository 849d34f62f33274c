"""The professional frame for an explanation: five paired rows, worker profile beside work profile.

The frame is that of the guide for job coaches of the AKC (Leidraad Jobcoach): skills and demands; learning and
guidance; social context; identity and culture; wishes and tasks. Rows three and four are prompts for a conversation
and never scored: how somebody is does not belong in a score.
"""

from __future__ import annotations

from dataclasses import dataclass

from matching.domain.judging import Outcome
from matching.scoring.fit import Finding, Fit, Part
from matching.text import Sentence, say

CRITERIA = {
    1: ("skills", "level", "doable_hours"),
    2: ("development",),
    5: ("wish_work", "wish_setting", "hours", "travel", "start"),
}
RULES = {
    1: ("level", "essential_skill", "language", "licence", "demands", "programme_entry"),
    2: ("guidance", "arrangement_time", "support_conditions", "team_place", "package_ready"),
    5: ("own_veto", "available", "hours", "days", "travel", "wished_scale", "register", "presentable", "screening"),
}
ABOUT = {"hours": "hours", "travel": "travel", "level": "level", "available": "start", "demands": "doable_hours"}
"""Rules that speak of the same as a criterion: where a rule found something, its sentence stands for both."""

PROMPTS = {3: ("home", "colleagues"), 4: ("comfortable", "manners")}
"""Questions to talk about, by row; no answer is stored or scored."""


@dataclass(frozen=True, kw_only=True)
class PairedRow:
    """One row: its name on both sides, what counts in it, what a person must judge, and what to talk about."""

    number: int
    parts: tuple[Part, ...]
    findings: tuple[Finding, ...]
    prompts: tuple[Sentence, ...]

    @property
    def heading(self) -> Sentence:
        """The two sides of the row."""
        return say(f"advice.frame.row{self.number}")

    @property
    def scored(self) -> bool:
        """Whether anything in this row counts for points."""
        return bool(self.parts)

    @property
    def lines(self) -> tuple[Sentence, ...]:
        """What fits, what to judge and what to talk about, in that order."""
        told = {ABOUT[found.key] for found in self.findings if found.key in ABOUT}
        counted = (part for part in self.parts if part.key not in told)
        reasons = [part.reason for part in sorted(counted, key=lambda part: -part.points)]
        return (*reasons, *map(found_words, self.findings), *self.prompts)


def found_words(found: Finding) -> Sentence:
    """Return what a rule found: that it excludes now, or that a person must judge it."""
    key = "advice.why.rule_conflict" if found.outcome is Outcome.CONFLICT else "advice.frame.judge"
    return say(key, reason=found.reason)


def paired_rows(fit: Fit) -> tuple[PairedRow, ...]:
    """Return the five rows of one pair; every counted criterion stands in exactly one of them."""
    return tuple(_row(fit, number) for number in range(1, 6))


def _row(fit: Fit, number: int) -> PairedRow:
    signals = [found for found in fit.findings if found.outcome is not Outcome.FITS]
    return PairedRow(
        number=number,
        parts=tuple(part for part in fit.parts if part.key in CRITERIA.get(number, ())),
        findings=tuple(found for found in signals if found.key in RULES.get(number, ())),
        prompts=tuple(say(f"advice.prompt.{name}") for name in PROMPTS.get(number, ())),
    )
