"""The story of one pair: what fits first, points that add up, then conditions, questions, arrangements and range."""

from __future__ import annotations

from collections.abc import Iterable

from matching.domain.arrangement import arrangements
from matching.domain.bridging import NeededArrangement
from matching.domain.judging import Outcome
from matching.domain.vocabulary import vocabulary
from matching.scoring.judgement import Judgement
from matching.scoring.layout import Section, page
from matching.scoring.parts import Part, scorecard_label
from matching.scoring.wording import stale_words, with_remedies
from matching.scoring.yardstick import TOTAL_PER_POINT, Yardstick
from matching.text import Language, Sentence, say


def explained(fit: Judgement, language: Language) -> str:
    """Return the whole story of a pair as text of at most 80 columns."""
    return page(headline(fit), _sections(fit), language)


def headline(fit: Judgement) -> tuple[Sentence, ...]:
    """Return who, which work, and the result in words with points and range."""
    title = fit.package.title or fit.work_package_id
    named = say("scoring.explain.pair", candidate=fit.candidate_id, package=fit.work_package_id, title=title)
    result = say(f"scoring.explain.{outcome_name(fit.outcome)}", band=band_label(fit), points=points_in_words(fit))
    return named, result, *([stale_words(fit.candidate)] if fit.stale else [])


def band_label(fit: Judgement) -> Sentence:
    """Return the band in words."""
    return say(f"scoring.band.{fit.band}")


def bands_in_words(scorecards: Iterable[Yardstick]) -> tuple[Sentence, ...]:
    """Return what the bands mean by the numbers of these scorecards: a sentence for each different set of numbers."""
    found = dict.fromkeys(card.bands for card in scorecards)
    return tuple(
        say(
            "scoring.bands_meaning",
            strong=bands.strong_points,
            share=bands.unknown_share,
            possible=bands.possible_points,
        )
        for bands in found
    )


def outcome_name(outcome: Outcome) -> str:
    """Return the key of an outcome in the catalogue."""
    return outcome.name.lower()


def points_in_words(fit: Judgement) -> Sentence:
    """Return the points with their range where there is one: 712 (540-880)."""
    low, high = fit.low // TOTAL_PER_POINT, fit.high // TOTAL_PER_POINT
    if low == high:
        return say("scoring.points.exact", points=fit.points)
    return say("scoring.points.ranged", points=fit.points, low=low, high=high)


def arrangement_in_words(needed: NeededArrangement) -> Sentence:
    """Return one arrangement with its state, weeks and provider."""
    label = say("scoring.arrangement.name", label=arrangements()[needed.arrangement])
    if needed.state in ("present", "not_possible"):
        return say(f"scoring.arrangement.{needed.state}", label=label)
    provider = None if needed.provider is None else vocabulary("provider").terms.get(needed.provider, needed.provider)
    key = "when" if needed.weeks is None else "week" if needed.weeks == 1 else "weeks"
    if not needed.named_by_candidate:
        return say("scoring.arrangement.suggested", label=label)
    values = {"weeks": needed.weeks} if needed.weeks is not None else {}
    return say(f"scoring.arrangement.{needed.state}_{key}", label=label, provider=provider, **values)


def _sections(fit: Judgement) -> tuple[Section, ...]:
    judged = with_remedies([found for found in fit.findings if found.outcome is Outcome.TO_JUDGE])
    arranged = tuple(arrangement_in_words(needed) for needed in fit.arrangements)
    return (
        Section(heading=say("scoring.explain.conflicts"), lines=with_remedies(fit.conflicts)),
        Section(heading=say("scoring.explain.strengths"), lines=fit.strengths),
        Section(heading=say("scoring.explain.parts"), lines=_sum(fit)),
        Section(heading=say("scoring.explain.conditions"), lines=judged),
        Section(heading=say("scoring.explain.questions"), lines=_asked(fit, "candidate")),
        Section(heading=say("scoring.explain.questions_package"), lines=_asked(fit, "package")),
        Section(heading=say("scoring.explain.arrangements"), lines=arranged + _start(fit)),
        Section(heading=say("scoring.explain.range"), lines=_range(fit)),
        Section(heading=say("scoring.explain.made_by"), lines=_made_by(fit)),
    )


def _sum(fit: Judgement) -> tuple[Sentence, ...]:
    """Return what each criterion adds, in whole points, and their sum: the points of the pair."""
    lines = [
        say("scoring.explain.part", label=part.label, weight=part.weight, adds=adds, reason=part.reason)
        for part, adds in fit.shown_parts
    ]
    return (*lines, say("scoring.explain.sum", total=sum(adds for _, adds in fit.shown_parts)))


def _asked(fit: Judgement, about: str) -> tuple[Sentence, ...]:
    return tuple(question.sentence for question in fit.questions if question.about == about)


def _start(fit: Judgement) -> tuple[Sentence, ...]:
    """Return when everything named can be ready, and whether that is in time; nothing when nothing is to arrange."""
    waits = [item for item in fit.arrangements if item.named_by_candidate and item.state not in ("present",)]
    ready, start = fit.earliest_start, fit.package.start_date
    if not waits or ready is None:
        return ()
    if start is None:
        return (say("scoring.explain.earliest_open", start=ready),)
    if ready <= start:
        return (say("scoring.explain.ready_in_time", start=start),)
    return (say("scoring.explain.earliest_start", start=ready),)


def _range(fit: Judgement) -> tuple[Sentence, ...]:
    unknown = [part for part in fit.parts if part.unknown]
    if not unknown and not fit.stale:
        return (say("scoring.explain.all_known"),)
    ends = say("scoring.explain.ends", low=fit.low // TOTAL_PER_POINT, high=fit.high // TOTAL_PER_POINT)
    old = (say("scoring.explain.profile_old"),) if fit.stale else ()
    parts = tuple(say("scoring.explain.unknown_part", label=part.label, change=_change(part)) for part in unknown)
    return (ends, *old, *((say("scoring.explain.unknown_parts", parts=parts),) if parts else ()))


def _change(part: Part) -> int:
    """Return how many of the 1000 points still depend on this part."""
    return part.weight * (part.high - part.low) // TOTAL_PER_POINT


def _made_by(fit: Judgement) -> tuple[Sentence, ...]:
    yardstick = fit.yardstick
    lines = [
        say(
            "scoring.explain.scorecard",
            name=scorecard_label(yardstick.name),
            version=yardstick.version,
            day=fit.pair.as_of,
        )
    ]
    return (*lines, say("scoring.explain.proposal"))
