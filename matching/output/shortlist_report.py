"""Shortlists as sheets: who (or which work) stands where and why, what to ask, what to arrange, who nearly fits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from matching.advice.extra_line import OpenList, record_of
from matching.domain.vocabulary import vocabulary
from matching.domain.work_package import WorkPackage
from matching.output.changes import shown_steps
from matching.output.fit_cells import (
    NOTHING_SAID,
    Said,
    about_package_only,
    columns,
    fit_cells,
    package_conditions,
    place_name,
    questions_to_all,
    row,
    span,
)
from matching.output.roles import Role, check_list
from matching.output.sheet import Column, Report, Sheet, Stamp
from matching.scoring.explanation import bands_in_words
from matching.scoring.shortlist import Shortlist, open_places_told, tie_points
from matching.text import Language, Sentence, say

if TYPE_CHECKING:
    from matching.advice.no_match import NoMatch
    from matching.domain.candidate import Candidate

Listed = Shortlist | OpenList
"""A list as the engine orders it, or as an officer gets it."""

PERSON_SIDE = ("candidate", "via", "source", "contact_route", "last_contact", "hours_possible", "profile", "motivation")
WORK_SIDE = ("work_package", "work", "title", "employer", "municipality", "hours_asked")
JUDGEMENT = (
    "band",
    "outcome",
    "points",
    "range",
    "why",
    "discuss",
    "conditions",
    "ask",
    "arrange",
    "earliest_start",
)


def shortlist_report(found: Sequence[Listed], *, stamp: Stamp, role: Role, language: Language) -> Report:
    """Return shortlists as a report: one sheet of lines and one of who nearly fits. Employers are refused.

    Who was drawn for an extra line stands in the record of the report and nowhere else.
    """
    check_list(role)
    given = [as_given(one) for one in found]
    lists = [one.shortlist for one in given]
    sheets = [lines_sheet(lists, role=role, language=language)]
    nearly = nearly_sheet(lists, role=role, language=language)
    title = (
        say("output.title.shortlist", about=about_words(lists[0].about))
        if len(lists) == 1
        else say("output.title.shortlists", count=len(lists))
    )
    return Report(
        title=title.text(language),
        sheets=(*sheets, nearly) if nearly.rows else tuple(sheets),
        stamp=stamp,
        language=language,
        lead=tuple(note.text(language) for one in given for note in list_notes(one, role)),
        record=record_of(given),
    )


def as_given(found: Listed) -> OpenList:
    """Return a list as an officer gets it; one without extra lines stays as it is."""
    return found if isinstance(found, OpenList) else OpenList(shortlist=found)


def lines_sheet(lists: Sequence[Shortlist], *, role: Role, language: Language, key: str = "shortlist") -> Sheet:
    """Return all lines of the lists as one sheet, list after list, with an empty decision for each."""
    chosen = _columns(lists, language)
    rows = []
    for shortlist in lists:
        said = said_once(shortlist, role)
        for at, line in enumerate(shortlist.lines):
            once = NOTHING_SAID if len(lists) > 1 and at == 0 else said
            cells = fit_cells(line.fit, role, language, once)
            tie = say("output.tied").text(language) if line.tied else None
            rows.append(row({**cells, "place": line.place, "tie": tie}, chosen))
    return Sheet(
        key=key if len(lists) == 1 else "shortlists",
        columns=chosen,
        rows=tuple(rows),
        notes=(reading_note(lists, language),),
    )


def nearly_sheet(lists: Sequence[Shortlist], *, role: Role, language: Language) -> Sheet:
    """Return who does not fit now, with what would have to change."""
    chosen = columns("work_package", "work", "title", "candidate", "via", "source", "points", "range", "why", "remedy")
    rows = tuple(row(fit_cells(fit, role, language), chosen) for shortlist in lists for fit in shortlist.nearly)
    return Sheet(key="nearly", columns=chosen, rows=rows, notes=(say("output.nearly_note").text(language),))


def _columns(lists: Sequence[Shortlist], language: Language) -> tuple[Column, ...]:
    sides = {shortlist.for_package for shortlist in lists}
    first: tuple[str, ...] = PERSON_SIDE if sides == {True} else WORK_SIDE
    if len(lists) > 1:
        first = (*WORK_SIDE, *PERSON_SIDE) if sides == {True} else ("candidate", *WORK_SIDE)
    shared = columns(*(("place", "tie") if len(lists) == 1 else (*first[:1], "place", "tie")))
    rest = columns(*(first if len(lists) == 1 else first[1:]), *JUDGEMENT)
    return (*shared, *rest, *decision_columns(language))


def decision_columns(language: Language) -> tuple[Column, ...]:
    """Return the two columns that a person fills in, each with the words of its closed list."""
    return tuple(
        Column(
            key=key, width=13, kind="choice", choices=tuple(term.label(language) for term in vocabulary(name).values())
        )
        for key, name in (("decision", "decision"), ("reason", "decision_reason"))
    )


def reading_note(lists: Iterable[Shortlist], language: Language) -> str:
    """Return how to read a list: its order, which lines stand equal, and what the bands mean by its scorecards."""
    cards = [card for shortlist in lists for card in shortlist.scorecards]
    bands = " ".join(sentence.text(language) for sentence in bands_in_words(cards))
    return say("output.reading_note", tie=tie_points(cards), bands=bands).text(language)


def list_notes(found: Listed, role: Role) -> Iterator[Sentence]:
    """Return what must be said of a list: no good match, what holds for all, a cut through equals, people left out."""
    given = as_given(found)
    shortlist = given.shortlist
    if not shortlist.lines:
        yield say("output.empty_list")
    if given.poor:
        yield from _poor(given.poor, role)
    said = said_once(shortlist, role)
    if said.rules:
        for sentence in package_conditions(shortlist.lines[0].fit):
            yield say("output.about_this_package", sentence=sentence)
    for sentence in said.questions:
        yield say(f"output.ask_once.{'package' if shortlist.for_package else 'candidate'}", sentence=sentence)
    if shortlist.cut_through_tie:
        yield say("output.cut_through_tie", hidden=shortlist.hidden_ties)
    if shortlist.excluded:
        side = "people" if shortlist.for_package else "work"
        yield say(f"output.excluded.{side}", count=shortlist.excluded)
    if shortlist.lines:
        yield open_places_told(given.own_lines, shortlist.possible, for_package=shortlist.for_package)
    if given.long:
        yield given.invitation


def _poor(poor: NoMatch, role: Role) -> Iterator[Sentence]:
    """Yield that there is no good match, what would have to change for who comes closest, and whom to ask."""
    yield say("advice.no_match.title")
    for found in poor.closest:
        named = {"candidate": found.fit.candidate_id}
        if found.changes:
            steps = shown_steps(found.changes[0], found.fit.candidate, role)
            yield say("advice.no_match.change", steps=steps, **named)
        else:
            yield say("advice.no_match.no_change", **named)
    yield poor.asking


def said_once(shortlist: Shortlist, role: Role) -> Said:
    """Return what a list says once, beside its lines: rules about the package alone, and questions for every line."""
    if not shortlist.lines:
        return NOTHING_SAID
    about = "package" if shortlist.for_package else "candidate"
    rules = about_package_only(shortlist.lines[0].fit) if shortlist.for_package else frozenset[str]()
    return Said(rules=rules, questions=questions_to_all([line.fit for line in shortlist.lines], about, role))


def about_words(about: Candidate | WorkPackage) -> Sentence:
    """Return who or what a list is about, as a sentence."""
    if isinstance(about, WorkPackage):
        return work_words(about)
    return say("output.about_candidate", candidate=about.candidate_id, source=about.source_organisation)


def work_words(work: WorkPackage) -> Sentence:
    """Return a work package in one line: id, title, employer, place and hours."""
    named = work.title and work.employer and work.employer.casefold() in work.title.casefold()
    parts = [work.title, None if named else work.employer, place_name(work.municipality)]
    hours = span(work.hours_min, work.hours_max)
    return say(
        "output.about_package",
        package=work.work_package_id,
        what=[part for part in parts if part],
        hours=hours,
    )
