"""One pair as cells, for one role: every list, sheet and page that shows a pair takes its words from here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from matching.domain.judging import Outcome
from matching.domain.region import municipalities
from matching.output.roles import (
    ARRANGEMENT_KEYS,
    NEEDS_KEYS,
    Role,
    sees_arrangements,
    sees_contact_route,
    sees_motivation,
    sees_needs,
    shown_question,
    shown_reason,
)
from matching.output.sheet import Cell, Column
from matching.scoring.explanation import arrangement_in_words, band_label
from matching.scoring.wording import stale_words
from matching.text import Language, Sentence, say

if TYPE_CHECKING:
    from matching.domain.candidate import Candidate
    from matching.domain.work_package import WorkPackage
    from matching.scoring.fit import Fit
    from matching.scoring.parts import Finding


@dataclass(frozen=True, kw_only=True)
class Said:
    """What a list as a whole says once, so that its lines need not: keys of rules, and questions."""

    rules: frozenset[str] = frozenset()
    questions: tuple[Sentence, ...] = ()


NOTHING_SAID = Said()

MOST_IN_DISCUSSION = 2
"""Signals, and questions, in one cell of a list; the explanation of the pair and the sheet of questions hold more."""
MOST_QUESTIONS = 3
"""A conversation bears about three questions; the sheet "te vragen" has them all."""

COLUMNS = {
    column.key: column
    for column in (
        Column(key="place", width=4, kind="whole"),
        Column(key="tie", width=8),
        Column(key="work_package", width=10),
        Column(key="work", width=23, kind="long", use="paper"),
        Column(key="title", width=24, use="file"),
        Column(key="employer", width=22, use="file"),
        Column(key="municipality", width=15, use="file"),
        Column(key="hours_asked", width=9, use="file"),
        Column(key="candidate", width=10),
        Column(key="via", width=14, kind="long", use="paper"),
        Column(key="source", width=18, use="file"),
        Column(key="contact_route", width=14, use="file"),
        Column(key="last_contact", width=11, kind="date", use="file"),
        Column(key="band", width=9),
        Column(key="outcome", width=12),
        Column(key="points", width=8, kind="whole"),
        Column(key="range", width=11),
        Column(key="why", width=36, kind="long"),
        Column(key="discuss", width=38, kind="long", use="paper"),
        Column(key="conditions", width=38, kind="long", use="file"),
        Column(key="ask", width=38, kind="long", use="file"),
        Column(key="arrange", width=24, kind="long"),
        Column(key="earliest_start", width=11, kind="date"),
        Column(key="hours_possible", width=9, use="file"),
        Column(key="profile", width=16, use="file"),
        Column(key="motivation", width=30, kind="long", use="file"),
        Column(key="remedy", width=44, kind="long"),
    )
}
"""Every column about a pair, by key, in the usual order."""


def columns(*keys: str) -> tuple[Column, ...]:
    """Return columns by key, in the order asked."""
    return tuple(COLUMNS[key] for key in keys)


def fit_cells(fit: Fit, role: Role, language: Language, said: Said = NOTHING_SAID) -> dict[str, Cell]:
    """Return every cell about one pair that this role may see; what it may not see says so or stays empty.

    `said` is what the list as a whole already speaks of; a column for programs still holds every question. A day to
    start is shown only when it is known from when she is free.
    """
    work, person = fit.package, fit.candidate
    return {
        **package_cells(work),
        "work": work_lines(work, language),
        **candidate_cells(person, role, language),
        "band": band_label(fit).text(language),
        "outcome": outcome_words(fit, language),
        "points": fit.points,
        "range": f"{fit.low // 1000} - {fit.high // 1000}",
        "why": listed(strengths(fit, role), language),
        "conditions": listed(conditions(fit, role, said), language),
        "discuss": listed(discuss(fit, role, said), language),
        "ask": listed(questions(fit, role)[:MOST_QUESTIONS], language),
        "arrange": listed(arrangement_sentences(fit, role), language),
        "earliest_start": fit.earliest_start if person.available and sees_arrangements(role, person) else None,
        "profile": stale_words(person).text(language) if fit.stale else None,
        "remedy": listed(remedies(fit, role), language),
    }


def package_cells(work: WorkPackage) -> dict[str, Cell]:
    """Return the cells about a work package."""
    return {
        "work_package": work.work_package_id,
        "title": work.title,
        "employer": work.employer,
        "municipality": place_name(work.municipality),
        "hours_asked": span(work.hours_min, work.hours_max),
    }


def work_lines(work: WorkPackage, language: Language) -> str:
    """Return a work package in one cell: what, for whom, where, how many hours."""
    hours = span(work.hours_min, work.hours_max, language)
    shown = say("output.hours_a_week", hours=hours).text(language) if hours else None
    return "\n".join(part for part in (work.title, work.employer, place_name(work.municipality), shown) if part)


def candidate_cells(person: Candidate, role: Role, language: Language) -> dict[str, Cell]:
    """Return the cells about a candidate that this role may see."""
    return {
        "candidate": person.candidate_id,
        "via": via(person, role, language),
        "source": person.source_organisation,
        "contact_route": person.contact_route if sees_contact_route(role) else None,
        "last_contact": person.last_contact_on if sees_contact_route(role) else None,
        "hours_possible": span(person.hours_min, person.hours_max, language) or say("words.unknown").text(language),
        "motivation": person.motivation if sees_motivation(role) else None,
    }


def via(person: Candidate, role: Role, language: Language) -> str | None:
    """Return through whom a person is reached, in one cell."""
    route = person.contact_route if sees_contact_route(role) else None
    called = say("output.call_through", route=route).text(language) if route else None
    return "\n".join(part for part in (person.source_organisation, called) if part) or None


def discuss(fit: Fit, role: Role, said: Said = NOTHING_SAID) -> tuple[Sentence, ...]:
    """Return what to judge, then what to ask, each saying in words which of the two it is."""
    signals, asked = conditions(fit, role, said), questions(fit, role, said)[:MOST_IN_DISCUSSION]
    judged = [say("output.judge_first", sentence=sentence) for sentence in signals[:MOST_IN_DISCUSSION]]
    if len(signals) > MOST_IN_DISCUSSION:
        judged.append(say("output.judge_more", count=len(signals) - MOST_IN_DISCUSSION))
    to_her = (item if item.key == "output.ask_employer" else say("output.ask_first", sentence=item) for item in asked)
    return (*judged, *to_her)


def strengths(fit: Fit, role: Role) -> tuple[Sentence, ...]:
    """Return the best matching points, talents and wishes first; never a need that this role may not read."""
    hidden = [part.reason for part in fit.parts if part.key in NEEDS_KEYS and not sees_needs(role)]
    return distinct(reason for reason in fit.strengths if reason not in hidden)


def conditions(fit: Fit, role: Role, said: Said = NOTHING_SAID) -> tuple[Sentence, ...]:
    """Return what a person has to judge before this can be accepted, but for the rules already said."""
    signals = (found for found in fit.findings if found.outcome is Outcome.TO_JUDGE and found.key not in said.rules)
    return distinct(shown_finding(found, fit, role) for found in signals)


def about_package_only(fit: Fit) -> frozenset[str]:
    """Return the keys of the rules that read nothing of the candidate: what they say holds for everybody."""
    return frozenset(rule.key for rule in fit.yardstick.rules if not rule.reads.candidate)


def package_conditions(fit: Fit) -> tuple[Sentence, ...]:
    """Return what has to be judged about the work package, whoever comes."""
    keys = about_package_only(fit)
    found = (item for item in fit.findings if item.outcome is Outcome.TO_JUDGE and item.key in keys)
    return distinct(item.reason for item in found)


def conflicts(fit: Fit, role: Role) -> tuple[Sentence, ...]:
    """Return every rule that says this cannot be."""
    return distinct(
        shown_finding(finding, fit, role) for finding in fit.findings if finding.outcome is Outcome.CONFLICT
    )


def remedies(fit: Fit, role: Role) -> tuple[Sentence, ...]:
    """Return what would have to change, rule by rule."""
    found = (
        shown_reason(role, item.key, item.remedy)
        for item in fit.findings
        if item.remedy and item.outcome is Outcome.CONFLICT
    )
    return distinct(found)


def questions(fit: Fit, role: Role, said: Said = NOTHING_SAID) -> tuple[Sentence, ...]:
    """Return what to ask, the question that matters most first, but for what was already asked; and whom."""
    asked = [(item.about, shown_question(role, item.field, item.sentence, fit.candidate)) for item in fit.questions]
    left = [(about, sentence) for about, sentence in asked if sentence not in said.questions]
    return distinct(
        say("output.ask_employer", sentence=sentence) if about == "package" else sentence for about, sentence in left
    )


def questions_to_all(fits: Sequence[Fit], about: str, role: Role) -> tuple[Sentence, ...]:
    """Return the questions about one side that are the same for whoever stands on the list, most asked first.

    A question that is worded for one person only (another sentence about the same field) stays on her line.
    """
    found = [(item.field, fit, item) for fit in fits for item in fit.questions if item.about == about]
    asked = [(field, shown_question(role, field, item.sentence, fit.candidate)) for field, fit, item in found]
    once = [sentence for _, sentence in asked]
    shared = [
        (field, sentence)
        for field, sentence in asked
        if once.count(sentence) > 1 and all(other == sentence for name, other in asked if name == field)
    ]
    return tuple(sorted(distinct(sentence for _, sentence in shared), key=lambda one: -once.count(one)))


def shown_finding(finding: Finding, fit: Fit, role: Role) -> Sentence:
    """Return what a rule found in words that this role may read."""
    if finding.key in ARRANGEMENT_KEYS and not sees_arrangements(role, fit.candidate):
        return say("output.arrangement_not_shown")
    return shown_reason(role, finding.key, finding.reason)


def arrangement_sentences(fit: Fit, role: Role) -> tuple[Sentence, ...]:
    """Return what has to be arranged with state, weeks and provider, or that this role may not see it."""
    if not fit.arrangements:
        return ()
    if not sees_arrangements(role, fit.candidate):
        return (say("output.arrangement_not_shown"),)
    return tuple(arrangement_in_words(item) for item in fit.arrangements)


def outcome_words(fit: Fit, language: Language) -> str:
    """Return the outcome in words: fits, to judge (onder voorbehoud), or not now."""
    return say(f"output.outcome.{int(fit.outcome)}").text(language)


def distinct(sentences: Iterable[Sentence]) -> tuple[Sentence, ...]:
    """Return sentences in their order, each once; sentences may hold lists and are compared, not hashed."""
    found: list[Sentence] = []
    for sentence in sentences:
        if sentence not in found:
            found.append(sentence)
    return tuple(found)


def listed(sentences: Sequence[Sentence], language: Language) -> str | None:
    """Return sentences as one cell, a line each with a bullet when there are several; None when there are none."""
    lines = [sentence.text(language) for sentence in sentences]
    return "\n".join(f"• {line}" for line in lines) if len(lines) > 1 else lines[0] if lines else None


def span(low: float | None, high: float | None, language: Language = "nl") -> str | None:
    """Return a range of hours as text: "16 - 24", "minstens 16", "hooguit 24"; None when nothing is known."""
    if low is None or high is None:
        known = say("rules.range.at_most", high=high) if low is None else say("rules.range.at_least", low=low)
        return None if low is None and high is None else known.text(language)
    ends = [f"{end:g}".replace(".", ",") for end in (low, high)]
    return " - ".join(dict.fromkeys(ends)) or None


def place_name(key: str | None) -> str | None:
    """Return the official name of a municipality."""
    found = municipalities().get(key or "")
    return found.name if found else key


def row(cells: dict[str, Cell], chosen: Iterable[Column]) -> tuple[Cell, ...]:
    """Return the cells in the order of the columns; a column without a cell is empty."""
    return tuple(cells.get(column.key) for column in chosen)
