"""Is the place the kind of place that she wishes for?"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from matching.criteria.asking import ask_candidate, ask_package
from matching.criteria.tables import Keys, known_of, named, narrowed, ranged, share, spread_points
from matching.domain.judging import (
    FULL_POINTS,
    NO_PREFERENCE_POINTS,
    Criterion,
    Pair,
    Points,
    Question,
    Reads,
    Sides,
)
from matching.domain.vocabulary import vocabulary
from matching.text import Sentence, say, together

OPPOSITES = {
    "in_team": "alone",
    "on_site": "at_home",
    "lively": "calm",
    "indoors": "outdoors",
    "fixed": "varied",
}
OPPOSITE_OF = OPPOSITES | {second: first for first, second in OPPOSITES.items()}


@dataclass(frozen=True, kw_only=True)
class WishSetting(Criterion):
    """The share of the stated wishes about the setting that the work meets.

    A wish is met when the package names it, not met when the package names only its opposite, and unknown when it
    names neither; an unknown wish counts half. No wishes is a known answer (`no_preference_points`). A setting is
    a wish, never a limitation; surroundings make people stay (expert judgement).
    """

    key = "wish_setting"
    reads = Reads(candidate=("wished_setting",), package=("setting",))
    no_preference_points: int = NO_PREFERENCE_POINTS

    def points(self, sides: Sides) -> Points:
        """Return the points of every pair of classes."""
        people, work = narrowed(sides.candidate, self.reads.candidate), narrowed(sides.package, self.reads.package)
        wishes, settings = people.values("wished_setting"), work.values("setting")
        keys = Keys({key: number for number, key in enumerate(vocabulary("setting"))})
        wished = keys.among(wishes).T.astype(np.int64)
        offered = keys.among(settings)
        denied = keys.among([setting and _denied(setting) for setting in settings])
        met, asked = wished @ offered, wished.sum(axis=1)[:, None]
        possible = asked - wished @ denied
        low, high = share(met, asked), share(possible, asked)
        neutral = share(met + possible, 2 * asked)
        unknown = ~known_of(wishes)[:, None]
        content = ~unknown & (asked == 0)
        low = np.where(content, self.no_preference_points, np.where(unknown, 0, low))
        high = np.where(content, self.no_preference_points, np.where(unknown, FULL_POINTS, high))
        neutral = np.where(content, self.no_preference_points, np.where(unknown, FULL_POINTS // 2, neutral))
        return spread_points(ranged(low=low, neutral=neutral, high=high), people.codes, work.codes)

    def reason(self, pair: Pair) -> Sentence:
        """Return which wishes are met, not met or not known, met ones first."""
        wishes, setting = pair.candidate.wished_setting, pair.package.setting
        if wishes is None:
            key = "wish_unknown" if setting else "both_unknown"
            return say(f"criteria.wish_setting.{key}", setting=named("setting", setting or ()))
        if not wishes:
            return say("criteria.wish_setting.no_preference")
        met, denied = wishes & (setting or frozenset()), wishes & _denied(setting or ())
        unknown = wishes - met - denied
        first = say(f"criteria.wish_setting.{'all' if met == wishes else 'some'}", met=named("setting", met))
        differs = say("criteria.wish_setting.unmet", unmet=named("setting", denied))
        open_ = say("criteria.wish_setting.unknown", unknown=named("setting", unknown))
        told = ((met, first), (denied, differs), (unknown, open_))
        return together(sentence for found, sentence in told if found)

    def questions(self, pair: Pair) -> tuple[Question, ...]:
        """Return what to ask about the wishes or the place."""
        wishes, setting = pair.candidate.wished_setting, pair.package.setting or frozenset()
        if wishes is None:
            return (ask_candidate("wished_setting", "wish_setting.ask_wish"),)
        unknown = wishes - setting - _denied(setting)
        if not unknown:
            return ()
        return (ask_package("setting", "wish_setting.ask_place", settings=named("setting", unknown)),)


def _denied(setting: Collection[str]) -> frozenset[str]:
    """Return the settings of which only the opposite is named."""
    opposite = {OPPOSITE_OF[key] for key in setting if key in OPPOSITE_OF}
    return frozenset(opposite - set(setting))
