"""What a plan asks of people: whom to ask what, and what to arrange before somebody starts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matching.domain.vocabulary import vocabulary
from matching.output.fit_cells import MOST_QUESTIONS, place_name, via
from matching.output.roles import sees_arrangements, shown_question
from matching.output.sheet import Cell, Column, Sheet
from matching.text import Sentence, say

if TYPE_CHECKING:
    from matching.domain.bridging import NeededArrangement
    from matching.domain.judging import Question
    from matching.output.plan_view import PlanView
    from matching.scoring.fit import Fit


def ask_sheet(view: PlanView) -> Sheet:
    """Return the best open questions of the proposals, together for each person or package, the best first."""
    chosen = (
        Column(key="about", width=12),
        Column(key="id", width=12),
        Column(key="via", width=24, kind="long"),
        Column(key="question", width=70, kind="long"),
        Column(key="for_pairs", width=40, kind="long"),
        Column(key="answer", width=40, kind="choice"),
    )
    found: dict[tuple[str, str], dict[str, list[str]]] = {}
    people: dict[tuple[str, str], Fit] = {}
    for _, fit in view.proposals:
        for question in [*_best(fit, "candidate"), *_best(fit, "package")]:
            who = fit.candidate_id if question.about == "candidate" else fit.work_package_id
            other = fit.work_package_id if question.about == "candidate" else fit.candidate_id
            sentence = shown_question(view.role, question.field, question.sentence, fit.candidate).text(view.language)
            pairs = found.setdefault((question.about, who), {}).setdefault(sentence, [])
            people.setdefault((question.about, who), fit)
            if other not in pairs:
                pairs.append(other)
    rows: list[tuple[Cell, ...]] = []
    for (about, who), questions in sorted(found.items()):
        route = _route(view, about, people[about, who])
        word = say(f"output.about.{about}").text(view.language)
        rows += [(word, who, route, text, ", ".join(pairs), None) for text, pairs in questions.items()]
    return Sheet(key="ask", columns=chosen, rows=tuple(rows), notes=(say("output.ask_note").text(view.language),))


def _best(fit: Fit, about: str) -> list[Question]:
    return [question for question in fit.questions if question.about == about][:MOST_QUESTIONS]


def _route(view: PlanView, about: str, fit: Fit) -> str | None:
    return via(fit.candidate, view.role, view.language) if about == "candidate" else fit.package.employer


def arrange_sheet(view: PlanView) -> Sheet:
    """Return everything to arrange for the proposals: what, how long, by whom, when work could start, in time or not.

    People whose arrangements this role may not see are counted in a note and left out.
    """
    chosen = (
        Column(key="work_package", width=11),
        Column(key="candidate", width=11),
        Column(key="municipality", width=18),
        Column(key="what", width=38, kind="long"),
        Column(key="state", width=32, kind="long"),
        Column(key="weeks", width=8, kind="whole"),
        Column(key="provider", width=16),
        Column(key="earliest_start", width=12, kind="date"),
        Column(key="start", width=12, kind="date"),
        Column(key="too_late", width=22, kind="long"),
    )
    rows, hidden = [], 0
    for _, fit in view.proposals:
        if fit.arrangements and not sees_arrangements(view.role, fit.candidate):
            hidden += 1
            continue
        rows += [_arrangement(fit, needed, view) for needed in fit.arrangements]
    notes = [say("output.arrange_note").text(view.language)]
    if hidden:
        notes.append(say("output.arrange_hidden", count=hidden).text(view.language))
    return Sheet(key="arrange", columns=chosen, rows=tuple(rows), notes=tuple(notes))


def _arrangement(fit: Fit, needed: NeededArrangement, view: PlanView) -> tuple[Cell, ...]:
    language = view.language
    state = "suggested" if not needed.named_by_candidate else needed.state
    provider = (
        vocabulary("provider").label(needed.provider, language)
        if needed.provider
        else say("words.unknown").text(language)
    )
    timing = _in_time(fit)
    return (
        fit.work_package_id,
        fit.candidate_id,
        place_name(fit.package.municipality),
        vocabulary("arrangement").label(needed.arrangement, language),
        say(f"output.state.{state}").text(language),
        needed.weeks,
        provider,
        fit.earliest_start if fit.candidate.available else None,
        fit.package.start_date,
        timing.text(language) if timing else None,
    )


def _in_time(fit: Fit) -> Sentence | None:
    """Return whether she can start in time with everything there; None when one of the days is unknown.

    When nobody asked yet from when she is free, it says whether the arrangements can be there in time.
    """
    ready, start = fit.earliest_start, fit.package.start_date
    if ready is None or start is None:
        return None
    if fit.candidate.available is None and ready <= start:
        return say("output.in_time_when_free")
    return say("output.in_time") if ready <= start else say("output.later", days=(ready - start).days)
