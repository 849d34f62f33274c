"""Is there as much guidance as she needs?"""

from __future__ import annotations

from dataclasses import dataclass

from matching.domain.judging import Outcome, Pair, Question, Reads, Rule, Sides, Verdicts
from matching.rules.asking import ask_candidate, ask_package
from matching.rules.masks import verdicts
from matching.text import Sentence, say


@dataclass(frozen=True, kw_only=True)
class Guidance(Rule):
    """Hours of guidance a week that are offered cover those that she needs; a shortfall must be judged.

    It never excludes and never costs points: somebody else may deliver the hours. Unknown fits, with a question.
    """

    key = "guidance"
    reads = Reads(candidate=("guidance_hours",), package=("guidance_hours",))

    def judge(self, sides: Sides) -> Verdicts:
        """Return the outcome of every pair of classes."""
        needed, offered = sides.candidate.numbers("guidance_hours")[:, None], sides.package.numbers("guidance_hours")
        return verdicts(
            sides, to_judge=needed > offered, unknown=~((needed <= offered) | (needed > offered) | (needed == 0))
        )

    def reason(self, pair: Pair, outcome: Outcome) -> Sentence:
        """Return the hours on both sides, and the shortfall."""
        needed, offered = pair.candidate.guidance_hours, pair.package.guidance_hours
        if needed == 0:
            return say("rules.guidance.none")
        if needed is None or offered is None:
            return say("rules.guidance.unknown", needed=needed, offered=offered)
        key = "short" if outcome is Outcome.TO_JUDGE else "fits"
        return say(f"rules.guidance.{key}", needed=needed, offered=offered, short=needed - offered)

    def questions(self, pair: Pair) -> tuple[Question, ...]:
        """Return what to ask about the hours, or who delivers the rest."""
        needed, offered = pair.candidate.guidance_hours, pair.package.guidance_hours
        if needed is None:
            return (ask_candidate("guidance_hours", "guidance.ask_needed"),)
        if needed == 0 or (offered is not None and needed <= offered):
            return ()
        if offered is None:
            return (ask_package("guidance_hours", "guidance.ask_offered", needed=needed),)
        return (ask_package("guidance_hours", "guidance.ask_who", short=needed - offered),)

    def remedy(self, pair: Pair) -> Sentence | None:
        """Return the hours that somebody else would have to deliver."""
        needed, offered = pair.candidate.guidance_hours, pair.package.guidance_hours
        short = 0 if needed is None or offered is None else max(0, needed - offered)
        return say("rules.guidance.remedy", short=short) if short else None
