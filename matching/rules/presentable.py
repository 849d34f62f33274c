"""Has she agreed to be presented?"""

from __future__ import annotations

from dataclasses import dataclass

from matching.domain.judging import Outcome, Pair, Question, Reads, Rule, Sides, Verdicts
from matching.rules.asking import ask_candidate
from matching.rules.masks import is_true, verdicts
from matching.text import Sentence, say


@dataclass(frozen=True, kw_only=True)
class Presentable(Rule):
    """Consent to be presented fits; no or unknown consent must be judged: call her first.

    It never excludes from a list; the employer's sheet stays blocked until she agrees.
    """

    key = "presentable"
    reads = Reads(candidate=("consent_to_present",))

    def judge(self, sides: Sides) -> Verdicts:
        """Return the outcome of every pair of classes."""
        people = sides.candidate
        agreed = is_true(people, "consent_to_present")[:, None]
        return verdicts(sides, to_judge=~agreed, unknown=~people.known("consent_to_present")[:, None])

    def reason(self, pair: Pair, outcome: Outcome) -> Sentence:
        """Return whether she has agreed."""
        consent = pair.candidate.consent_to_present
        return say(f"rules.presentable.{'unknown' if consent is None else 'fits' if consent else 'refused'}")

    def questions(self, pair: Pair) -> tuple[Question, ...]:
        """Return the question for her consent to this package."""
        if pair.candidate.consent_to_present:
            return ()
        return (ask_candidate("consent_to_present", "presentable.ask"),)

    def remedy(self, pair: Pair) -> Sentence | None:
        """Return that her consent is all it takes."""
        return None if pair.candidate.consent_to_present else say("rules.presentable.remedy")
