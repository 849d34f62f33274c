"""Is the pay scale what she is looking for?"""

from __future__ import annotations

from dataclasses import dataclass

from matching.domain.judging import Outcome, Pair, Question, Reads, Rule, Sides, Verdicts
from matching.rules.asking import ask_candidate, scales
from matching.rules.masks import verdicts
from matching.text import Sentence, say


@dataclass(frozen=True, kw_only=True)
class WishedScale(Rule):
    """Salary scales (1..18) that overlap fit; scales outside her wish must be judged. Unknown fits.

    It never excludes: the candidate decides, and can say so with a veto of her own.
    """

    key = "wished_scale"
    reads = Reads(candidate=("wished_scale_min", "wished_scale_max"), package=("scale_min", "scale_max"))

    def judge(self, sides: Sides) -> Verdicts:
        """Return the outcome of every pair of classes."""
        low = sides.candidate.numbers("wished_scale_min")[:, None]
        high = sides.candidate.numbers("wished_scale_max")[:, None]
        offered_low, offered_high = sides.package.numbers("scale_min"), sides.package.numbers("scale_max")
        return verdicts(sides, to_judge=(low > offered_high) | (high < offered_low))

    def reason(self, pair: Pair, outcome: Outcome) -> Sentence:
        """Return both ranges of scales."""
        candidate, package = pair.candidate, pair.package
        own, asked = (candidate.wished_scale_min, candidate.wished_scale_max), (package.scale_min, package.scale_max)
        values = {"own": scales(*own), "asked": scales(*asked)}
        if outcome is Outcome.TO_JUDGE:
            return say(f"rules.wished_scale.{'below' if _below(pair) else 'above'}", **values)
        known = any(end is not None for end in own) and any(end is not None for end in asked)
        return say(f"rules.wished_scale.{'fits' if known else 'unknown'}", **values)

    def questions(self, pair: Pair) -> tuple[Question, ...]:
        """Return whether she would also want this scale, when it lies outside her wish."""
        if self.judge(pair.sides(self.reads)).outcome[0, 0] == Outcome.FITS:
            return ()
        offered = scales(pair.package.scale_min, pair.package.scale_max)
        return (ask_candidate("wished_scale_min", "wished_scale.ask", asked=offered),)

    def remedy(self, pair: Pair) -> Sentence | None:
        """Return the scale from which the work would meet her wish."""
        low = pair.candidate.wished_scale_min
        return say("rules.wished_scale.remedy", scale=low) if _below(pair) else None


def _below(pair: Pair) -> bool:
    low, offered = pair.candidate.wished_scale_min, pair.package.scale_max
    return low is not None and offered is not None and low > offered
