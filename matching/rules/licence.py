"""Does she hold the driving licences that the work asks?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from matching.domain.columns import Classes
from matching.domain.judging import Mask, Outcome, Pair, Question, Reads, Rule, Sides, Verdicts
from matching.rules.asking import ask_candidate, ask_package, terms
from matching.rules.essential import ESSENTIAL_READS, unbending, way_out
from matching.rules.masks import holds, verdicts
from matching.text import Sentence, say

INCLUDES: Mapping[str, frozenset[str]] = {
    "A": frozenset({"AM"}),
    "B": frozenset({"AM"}),
    "BE": frozenset({"AM", "B"}),
    "C": frozenset({"AM", "B"}),
    "D": frozenset({"AM", "B"}),
}
"""What a licence also allows in the Netherlands; a lorry or bus licence is only given to who holds B."""


@dataclass(frozen=True, kw_only=True)
class Licence(Rule):
    """Licences that she holds fit; one that she is known not to hold must be judged.

    It excludes only with a written reason of the employer, when the licence is known not to be obtained on the job
    and no task can be taken out or swapped. Unknown licences fit, with a question.
    """

    key = "licence"
    can_conflict = True
    reads = Reads(candidate=("driving_licence",), package=("licence_asked", *ESSENTIAL_READS))

    def judge(self, sides: Sides) -> Verdicts:
        """Return the outcome of every pair of classes."""
        people = sides.candidate.columns["driving_licence"]
        work = list(zip(sides.package.values("licence_asked"), sides.package.values("skills_trainable"), strict=True))
        lacks = [[_missing(own, asked) for asked, _ in work] for own in people.values]
        hard = [
            [bool(trainable is not None and row[place] - trainable) for place, (_, trainable) in enumerate(work)]
            for row in lacks
        ]
        shape = len(people.values), len(work)
        lacking = np.array([[bool(missing) for missing in row] for row in lacks], dtype=bool).reshape(shape)
        asks = sides.package.each("licence_asked", lambda asked: bool(asked), bool)
        return verdicts(
            sides,
            to_judge=lacking[people.codes],
            conflict=np.array(hard, dtype=bool).reshape(shape)[people.codes] & unbending(sides.package),
            unknown=(~sides.candidate.known("driving_licence")[:, None] & asks) | ~sides.package.known("licence_asked"),
        )

    def may_exclude(self, packages: Classes) -> Mask:
        """Return the packages that ask something which cannot bend."""
        return unbending(packages) & holds(packages, "licence_asked", bool)

    def reason(self, pair: Pair, outcome: Outcome) -> Sentence:
        """Return which licences are asked and which she holds."""
        asked, own = pair.package.licence_asked, pair.candidate.driving_licence
        if not asked:
            return say("rules.licence.not_said" if asked is None else "rules.licence.none")
        values = {
            "asked": terms("driving_licence", asked),
            "own": None if own is None else terms("driving_licence", own),
        }
        missing = _missing(own, asked)
        if missing:
            return say(f"rules.licence.{'conflict' if outcome is Outcome.CONFLICT else 'lacking'}",
                       because=pair.package.essential_reason, condition=way_out(pair, missing), **values)  # fmt: skip
        return say("rules.licence.unknown" if own is None else "rules.licence.fits", **values)

    def questions(self, pair: Pair) -> tuple[Question, ...]:
        """Return what to ask about her licence, or whether the work can do without."""
        asked, own = pair.package.licence_asked, pair.candidate.driving_licence
        if asked is None:
            return (ask_package("licence_asked", "licence.ask_package"),)
        if asked and own is None:
            return (ask_candidate("driving_licence", "licence.ask", licences=terms("driving_licence", asked)),)
        open_ended = [key for key in _missing(own, asked) if pair.package.skills_trainable is None]
        if not open_ended:
            return ()
        return (ask_package("licence_asked", "licence.ask_needed", licences=terms("driving_licence", open_ended)),)

    def remedy(self, pair: Pair) -> Sentence | None:
        """Return that the work without driving would do."""
        missing = _missing(pair.candidate.driving_licence, pair.package.licence_asked)
        return say("rules.licence.remedy", licences=terms("driving_licence", missing)) if missing else None


def _missing(own: frozenset[str] | None, asked: frozenset[str] | None) -> frozenset[str]:
    """Return the licences asked that she is known not to hold; none while hers are unknown."""
    if own is None or not asked:
        return frozenset()
    return asked - own.union(*(INCLUDES.get(key, frozenset()) for key in own))
