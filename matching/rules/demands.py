"""Does the work ask what goes well for her, or what an arrangement makes possible?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from matching.domain.bridging import (
    DEMAND_CANDIDATE_READS,
    DEMAND_PACKAGE_READS,
    Bridge,
    DemandMatch,
    bridge_table,
    match_demands,
)
from matching.domain.demand import demands
from matching.domain.judging import Outcome, Pair, Question, Reads, Rule, Sides, Verdicts
from matching.domain.vocabulary import Term
from matching.rules.asking import ask_candidate, ask_package, term
from matching.rules.masks import verdicts
from matching.text import Sentence, say, together


@dataclass(frozen=True, kw_only=True)
class Demands(Rule):
    """Every demand of tasks and place goes well, or an arrangement that she names bridges it: fits.

    A bridge that only the catalogue suggests, none at all, or one that is recorded as not possible must be judged:
    which adaptation was examined? It never excludes. Needs that nobody asked, an offer of which the package says
    nothing, or unknown tasks fit, with a question: an ordinary level is not assumed.
    """

    key = "demands"
    reads = Reads(candidate=DEMAND_CANDIDATE_READS, package=DEMAND_PACKAGE_READS)

    def judge(self, sides: Sides) -> Verdicts:
        """Return the outcome of every pair of classes."""
        table = bridge_table(sides)
        return verdicts(sides, to_judge=table.to_judge(), unknown=table.unknown())

    def reason(self, pair: Pair, outcome: Outcome) -> Sentence:
        """Return the demands to judge, else the arrangements that bridge, else what is unknown."""
        matches = match_demands(pair.candidate.needs, pair.package)
        if outcome is not Outcome.FITS:
            return _said(matches, lambda bridge: bridge.to_judge)
        if pair.package.tasks is None:
            return say("rules.demands.no_tasks")
        if any(match.bridge is Bridge.UNKNOWN_NEED for match in matches):
            return say("rules.demands.not_asked", demands=_open_demands(matches))
        bridged = [match for match in matches if match.bridge is not Bridge.OWN]
        if bridged:
            return say("rules.demands.bridged", matches=_said(bridged, lambda bridge: True))
        return say("rules.demands.fits" if matches else "rules.demands.none")

    def questions(self, pair: Pair) -> tuple[Question, ...]:
        """Return what to ask her about demands, and the employer about arrangements and tasks."""
        if pair.package.tasks is None:
            return (ask_package("tasks", "demands.ask_tasks"),)
        matches = match_demands(pair.candidate.needs, pair.package)
        open_demands = _open_demands(matches)
        found = [ask_candidate("needs", "demands.ask_needs", demands=open_demands[:MOST_NAMED])] if open_demands else []
        found += [_about_need(match) for match in matches if match.bridge in (Bridge.SUGGESTED, Bridge.NONE_KNOWN)]
        found += [_about_offer(match) for match in matches if match.bridge in ASK_PACKAGE]
        return tuple(dict.fromkeys(found))

    def remedy(self, pair: Pair) -> Sentence | None:
        """Return the smallest change: leave out a task that may be taken out, else arrange something."""
        hard = [match for match in match_demands(pair.candidate.needs, pair.package) if match.bridge.to_judge]
        if not hard:
            return None
        if all(match.carveable for match in hard):
            return say("rules.demands.remedy_carve", tasks=tuple(dict.fromkeys(match.task or "" for match in hard)))
        named = tuple(term("arrangement", key) for key in dict.fromkeys(match.arrangement for match in hard) if key)
        return say("rules.demands.remedy_arrange", arrangements=named) if named else say("rules.demands.remedy_examine")


MOST_NAMED = 4
"""How many demands one question names at most."""
ASK_PACKAGE = (Bridge.UNKNOWN_OFFER, Bridge.NOT_POSSIBLE)


def _said(matches: tuple[DemandMatch, ...] | list[DemandMatch], wanted: Callable[[Bridge], bool]) -> Sentence:
    return together(dict.fromkeys(_match_words(match) for match in matches if wanted(match.bridge)))


def _match_words(match: DemandMatch) -> Sentence:
    """Return one demand in words: where, how much is asked, how much goes well, and what bridges it."""
    arrangement = None if match.arrangement is None else term("arrangement", match.arrangement)
    if match.demand is None:
        return say(f"rules.demands.whole_{match.bridge.name.lower()}", arrangement=arrangement, weeks=match.weeks)
    return say(
        f"rules.demands.match_{match.bridge.name.lower()}",
        place=match.task or say("rules.demands.place_first"),
        demand=term("demand", match.demand),
        asked=_level(match.demand, match.asked),
        possible=_level(match.demand, match.possible),
        arrangement=arrangement,
        weeks=match.weeks,
    )


def _level(demand: str, level: int | None) -> Term | None:
    return None if level is None else demands()[demand].levels[level]


def _open_demands(matches: tuple[DemandMatch, ...]) -> tuple[object, ...]:
    keys = dict.fromkeys(match.demand for match in matches if match.bridge is Bridge.UNKNOWN_NEED and match.demand)
    return tuple(term("demand", key) for key in keys)


def _about_need(match: DemandMatch) -> Question:
    """Return whether the suggested arrangement would help her, or what would."""
    key = match.demand or ""
    if match.bridge is Bridge.SUGGESTED:
        return ask_candidate("needs", "demands.ask_suggested", demand=term("demand", key), task=_where(match),
                             arrangement=term("arrangement", match.arrangement or ""))  # fmt: skip
    return ask_candidate("needs", "demands.ask_helps", demand=term("demand", key), task=_where(match))


def _about_offer(match: DemandMatch) -> Question:
    key = "ask_examined" if match.bridge is Bridge.NOT_POSSIBLE else "ask_offer"
    return ask_package("offers", f"demands.{key}", arrangement=term("arrangement", match.arrangement or ""))


def _where(match: DemandMatch) -> object:
    return match.task or say("rules.demands.the_place")
