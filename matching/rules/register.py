"""Is she in the register (doelgroepregister), so that the place counts?"""

from __future__ import annotations

from dataclasses import dataclass

from matching.domain.judging import Outcome, Pair, Question, Reads, Rule, Sides, Verdicts
from matching.rules.asking import ask_candidate
from matching.rules.masks import is_false, is_true, verdicts
from matching.text import Sentence, say


@dataclass(frozen=True, kw_only=True)
class Register(Rule):
    """In the register, checked: fits. Not in it must be judged: she may work here, but the place does not count.

    For social return the target group is wider, per contract. It never excludes. Unknown, or never checked, fits with
    a question; until it is known the place counts as no job.
    """

    key = "register"
    reads = Reads(candidate=("register_status", "register_checked_on"), package=("social_return",))

    def judge(self, sides: Sides) -> Verdicts:
        """Return the outcome of every pair of classes."""
        people = sides.candidate
        checked = is_true(people, "register_status") & people.known("register_checked_on")
        absent = is_false(people, "register_status")[:, None]
        return verdicts(sides, to_judge=absent, unknown=~(checked[:, None] | absent))

    def reason(self, pair: Pair, outcome: Outcome) -> Sentence:
        """Return her status, when it was checked, and whether the place counts."""
        candidate = pair.candidate
        if outcome is Outcome.TO_JUDGE:
            return say("rules.register.social_return" if pair.package.social_return else "rules.register.absent")
        if candidate.register_status is None:
            return say("rules.register.unknown")
        key = "fits" if candidate.register_checked_on else "not_checked"
        return say(f"rules.register.{key}", checked=candidate.register_checked_on)

    def questions(self, pair: Pair) -> tuple[Question, ...]:
        """Return what to look up or ask about the register."""
        candidate = pair.candidate
        if candidate.register_status is False:
            return (ask_candidate("register_status", "register.ask_route"),)
        if candidate.register_status is None or candidate.register_checked_on is None:
            return (ask_candidate("register_status", "register.ask"),)
        return ()

    def remedy(self, pair: Pair) -> Sentence | None:
        """Return that an application would make the place count."""
        return say("rules.register.remedy") if pair.candidate.register_status is False else None
