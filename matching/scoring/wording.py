"""What a rule found, in words: also when the profile is too old for it to exclude."""

from __future__ import annotations

from collections.abc import Sequence

from matching.domain.candidate import Candidate
from matching.domain.judging import Outcome, Pair, Question, Rule
from matching.scoring.parts import Finding
from matching.text import Sentence, say, together
from matching.text.catalogue import has


def finding_of(rule: Rule, pair: Pair, outcome: Outcome, *, unknown: bool) -> Finding:
    """Return what a rule found about a pair, with its reason and the smallest change that would mend it.

    A conflict that is only to judge, because the profile is old, says what is known and that it has to be asked.
    """
    remedy = rule.remedy(pair) if outcome else None
    reason = _from_old_profile(rule, pair) if _lowered(rule, pair, outcome) else rule.reason(pair, outcome)
    return Finding(key=rule.key, outcome=outcome, unknown=unknown, reason=reason, remedy=remedy)


def questions_of(rule: Rule, pair: Pair, outcome: Outcome) -> tuple[Question, ...]:
    """Return what a rule asks; a conflict from an old profile that leaves no question is itself asked again."""
    asked = rule.questions(pair)
    if asked or not rule.reads.candidate or not _lowered(rule, pair, outcome):
        return asked
    named, day = _name(rule), pair.candidate.profile_date
    sentence = (
        say("scoring.ask.again_undated", named=named)
        if day is None
        else say("scoring.ask.again_dated", named=named, profile_date=day)
    )
    return (Question(about="candidate", field=rule.reads.candidate[0], sentence=sentence),)


def _name(rule: Rule) -> Sentence | str:
    named = f"rules.name.{rule.key}"
    return say(named) if has(named) else rule.key


def stale_words(candidate: Candidate) -> Sentence:
    """Return that the profile is old or has no date, and has to be asked about."""
    if candidate.profile_date is None:
        return say("scoring.explain.undated")
    return say("scoring.explain.stale", profile_date=candidate.profile_date)


def with_remedies(findings: Sequence[Finding]) -> tuple[Sentence, ...]:
    """Return the reason of each finding, followed by what would mend it where something would."""
    return tuple(together([found.reason, found.remedy]) if found.remedy else found.reason for found in findings)


def _lowered(rule: Rule, pair: Pair, outcome: Outcome) -> bool:
    """Return whether this is a conflict that the age of the profile makes something to judge."""
    if outcome is not Outcome.TO_JUDGE or not (rule.can_conflict and rule.needs_fresh_profile):
        return False
    return bool(rule.judge(pair.sides(rule.reads)).outcome[0, 0] == Outcome.CONFLICT)


def _from_old_profile(rule: Rule, pair: Pair) -> Sentence:
    reason, day = rule.reason(pair, Outcome.CONFLICT), pair.candidate.profile_date
    if day is None:
        return say("scoring.finding.stale_undated", reason=reason)
    return say("scoring.finding.stale_dated", reason=reason, profile_date=day)
