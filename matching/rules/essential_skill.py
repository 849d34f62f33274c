"""Does she have the skills that the work cannot do without?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching.domain.columns import Classes
from matching.domain.judging import Mask, Outcome, Pair, Question, Reads, Rule, Sides, Verdicts
from matching.rules.asking import ask_candidate, ask_package, terms
from matching.rules.essential import ESSENTIAL_READS, unbending, way_out
from matching.rules.masks import all_keys, any_shared, holds, memberships, verdicts
from matching.text import Sentence, say


@dataclass(frozen=True, kw_only=True)
class EssentialSkill(Rule):
    """Essential skills that she has fit; one that she is known not to have must be judged.

    It excludes only with a written reason of the employer, when the skill is known not to be trainable and no task
    can be taken out or swapped. A skill that nobody mentions is unknown: fits, with a question. Welcome skills never
    count here.
    """

    key = "essential_skill"
    can_conflict = True
    reads = Reads(candidate=("skills", "skills_absent"), package=("skills_essential", *ESSENTIAL_READS))

    def judge(self, sides: Sides) -> Verdicts:
        """Return the outcome of every pair of classes."""
        keys = all_keys(sides.package, "skills_essential")
        asked = memberships(sides.package, "skills_essential", keys)
        has = memberships(sides.candidate, "skills", keys)
        lacks = memberships(sides.candidate, "skills_absent", keys) * (1 - has)
        return verdicts(
            sides,
            to_judge=any_shared(lacks, asked),
            conflict=self.excludes(sides),
            unknown=any_shared(1 - has - lacks, asked) | ~sides.package.known("skills_essential"),
        )

    def excludes(self, sides: Sides) -> Mask:
        """Return where she is known to lack a skill that cannot be learned, at a package that cannot bend."""
        keys = all_keys(sides.package, "skills_essential")
        lacks = memberships(sides.candidate, "skills_absent", keys) * (1 - memberships(sides.candidate, "skills", keys))
        never_learned = memberships(sides.package, "skills_essential", keys) * self._not_trainable(sides, keys)
        return any_shared(lacks, never_learned * unbending(sides.package)[:, None])

    def _not_trainable(self, sides: Sides, keys: list[str]) -> NDArray[np.float32]:
        known = sides.package.known("skills_trainable")[:, None]
        missing: NDArray[np.float32] = known * (1 - memberships(sides.package, "skills_trainable", keys))
        return missing

    def may_exclude(self, packages: Classes) -> Mask:
        """Return the packages that ask something which cannot bend."""
        return unbending(packages) & holds(packages, "skills_essential", bool)

    def reason(self, pair: Pair, outcome: Outcome) -> Sentence:
        """Return which essential skills she has, lacks, or of which nothing is known."""
        asked = pair.package.skills_essential
        if asked is None:
            return say("rules.essential_skill.not_said")
        lacking, unknown = _lacking(pair), _unknown(pair)
        if lacking:
            return say(f"rules.essential_skill.{'conflict' if outcome is Outcome.CONFLICT else 'lacking'}",
                       skills=terms("skill", lacking), because=pair.package.essential_reason,
                       condition=way_out(pair, lacking))  # fmt: skip
        if unknown:
            return say("rules.essential_skill.unknown", skills=terms("skill", unknown))
        return say(
            "rules.essential_skill.fits" if asked else "rules.essential_skill.none", skills=terms("skill", asked)
        )

    def questions(self, pair: Pair) -> tuple[Question, ...]:
        """Return what to ask about skills of which nothing is known, and whether a missing one can be learned."""
        if pair.package.skills_essential is None:
            return (ask_package("skills_essential", "essential_skill.ask_package"),)
        unknown, lacking = _unknown(pair), _lacking(pair)
        found = [ask_candidate("skills", "essential_skill.ask", skills=terms("skill", unknown))] if unknown else []
        open_ended = [key for key in lacking if pair.package.skills_trainable is None]
        if open_ended:
            found.append(
                ask_package("skills_trainable", "essential_skill.ask_trainable", skills=terms("skill", open_ended))
            )
        return tuple(found)

    def remedy(self, pair: Pair) -> Sentence | None:
        """Return that training, swapping or welcome instead of essential would do."""
        lacking = _lacking(pair)
        return say("rules.essential_skill.remedy", skills=terms("skill", lacking)) if lacking else None


def _lacking(pair: Pair) -> list[str]:
    absent = (pair.candidate.skills_absent or frozenset()) - (pair.candidate.skills or frozenset())
    return sorted((pair.package.skills_essential or frozenset()) & absent)


def _unknown(pair: Pair) -> list[str]:
    known = (pair.candidate.skills or frozenset()) | (pair.candidate.skills_absent or frozenset())
    return sorted((pair.package.skills_essential or frozenset()) - known)
