"""What to ask first: availability of an old profile, then what a person must judge, then what moves most points."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from matching.domain.candidate import Candidate
from matching.domain.judging import Question
from matching.text import say

NEVER_LAPSES = ("available", "never")
"""What holds on an old profile and is asked again all the same."""


def stale_questions(candidate: Candidate, *, stale: bool) -> tuple[Question, ...]:
    """Return what to ask again because the profile is old: availability and her own veto, where they are known."""
    if not stale:
        return ()
    known = [field for field in NEVER_LAPSES if getattr(candidate, field) is not None]
    dated = "dated" if candidate.profile_date else "undated"
    return tuple(
        Question(
            about="candidate",
            field=field,
            sentence=say(f"scoring.ask.{field}_{dated}", profile_date=candidate.profile_date)
            if candidate.profile_date
            else say(f"scoring.ask.{field}_{dated}"),
        )
        for field in known
    )


def ask_order(
    gathered: Sequence[tuple[bool, Question]], movement: Callable[[Question], int], *, stale: bool
) -> tuple[Question, ...]:
    """Return the questions best first, one for each field of each side.

    `gathered` holds for each question whether a rule left the pair to judge for it; `movement` says how far an answer
    could move the total.
    """
    first: dict[tuple[str, str], tuple[bool, Question]] = {}
    for judged, question in gathered:
        field = (question.about, question.field)
        if field not in first:
            first[field] = (judged, question)
        elif judged and not first[field][0]:
            first[field] = (True, first[field][1])
    order = sorted(
        first.values(),
        key=lambda item: (not (stale and item[1].field in NEVER_LAPSES), not item[0], -movement(item[1])),
    )
    return tuple(question for _, question in order)
