"""One pair on paper: how the points add up, every rule, the questions, and what to arrange; or an introduction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matching.domain.vocabulary import vocabulary
from matching.output.fit_cells import (
    fit_cells,
    listed,
    questions,
    shown_finding,
)
from matching.output.names import rule_name
from matching.output.roles import ARRANGEMENT_KEYS, NEEDS_KEYS, Role, check_person, shown_reason
from matching.output.sheet import Cell, Column, Report, Sheet, Stamp
from matching.output.shortlist_report import work_words
from matching.scoring.explanation import arrangement_in_words, band_label
from matching.text import Language, Sentence, say, shown

if TYPE_CHECKING:
    from matching.scoring.fit import Fit

SUMMARY = (
    "candidate",
    "source",
    "contact_route",
    "work_package",
    "title",
    "employer",
    "municipality",
    "band",
    "outcome",
    "why",
    "conditions",
    "remedy",
    "ask",
    "arrange",
    "earliest_start",
    "profile",
    "motivation",
)
"""What an officer reads first about a pair, talents before conditions."""

TALENTS = frozenset({"wish_work", "wish_setting", "skills", "development"})
"""The criteria whose reasons an employer may read."""


def fit_report(fit: Fit, *, stamp: Stamp, role: Role, language: Language) -> Report:
    """Return the explanation of one pair for this role; for an employer the introduction of one candidate."""
    check_person(role, fit.candidate)
    if role is Role.EMPLOYER:
        return introduction(fit, stamp=stamp, language=language)
    title = say("output.title.fit", candidate=fit.candidate_id, package=fit.work_package_id).text(language)
    sheets = (summary_sheet(fit, role, language), parts_sheet(fit, role, language), findings_sheet(fit, role, language))
    return Report(title=title, sheets=sheets, stamp=stamp, language=language, lead=(verdict(fit, language),))


def verdict(fit: Fit, language: Language) -> str:
    """Return band, outcome, points and range in words."""
    return say(
        f"output.verdict.{int(fit.outcome)}",
        band=band_label(fit),
        points=fit.points,
        low=fit.low // 1000,
        high=fit.high // 1000,
    ).text(language)


def summary_sheet(fit: Fit, role: Role, language: Language) -> Sheet:
    """Return what an officer reads first: strengths, conditions, questions, arrangements."""
    cells = fit_cells(fit, role, language) | {"ask": listed(questions(fit, role), language)}
    rows = tuple(
        (say(f"output.column.{key}").text(language), shown(cells[key], language))
        for key in SUMMARY
        if cells.get(key) is not None
    )
    return Sheet(
        key="fit", columns=(Column(key="name", width=24), Column(key="value", width=90, kind="long")), rows=rows
    )


def parts_sheet(fit: Fit, role: Role, language: Language) -> Sheet:
    """Return each criterion with weight, points and reason; the last row is the sum."""
    chosen = (
        Column(key="criterion", width=24),
        Column(key="adds", width=9, kind="whole"),
        Column(key="weight", width=10, kind="whole"),
        Column(key="because_fit", width=60, kind="long"),
        Column(key="known", width=12),
    )
    rows: list[tuple[Cell, ...]] = [
        (
            part.label.text(language),
            adds,
            part.weight,
            shown_reason(role, part.key, part.reason).text(language),
            _known(part.unknown, part.key, role, language),
        )
        for part, adds in sorted(fit.shown_parts, key=lambda shown: -shown[0].weight)
        if part.weight
    ]
    total: tuple[Cell, ...] = (say("output.picture.total").text(language), fit.points, 1000, None, None)
    return Sheet(key="points", columns=chosen, rows=(*rows, total), notes=(say("output.adds_up").text(language),))


def _known(unknown: bool, key: str, role: Role, language: Language) -> str | None:
    if role is not Role.LIAISON and key in NEEDS_KEYS:
        return None
    return say("output.ask_this").text(language) if unknown else say("words.yes").text(language)


def findings_sheet(fit: Fit, role: Role, language: Language) -> Sheet:
    """Return every rule with its outcome, its reason and what would change it; the ones that matter first."""
    chosen = (
        Column(key="rule", width=24),
        Column(key="outcome", width=16),
        Column(key="because_rule", width=60, kind="long"),
        Column(key="remedy", width=40, kind="long"),
    )
    rows = []
    for found in sorted(fit.findings, key=lambda found: (-int(found.outcome), not found.unknown)):
        hidden = role is not Role.LIAISON and found.key in NEEDS_KEYS | ARRANGEMENT_KEYS
        remedy = None if hidden or not found.remedy else found.remedy.text(language)
        asked = found.unknown and not found.outcome and not hidden
        word = say("output.ask_this" if asked else f"output.outcome.{int(found.outcome)}").text(language)
        reason = shown_finding(found, fit, role).text(language)
        rows.append((rule_name(found.key, language), word, reason, remedy))
    return Sheet(key="findings", columns=chosen, rows=tuple(rows))


def introduction(fit: Fit, *, stamp: Stamp, language: Language) -> Report:
    """Return the sheet for an employer: a whitelist of talents, wishes, hours and what to arrange; no points.

    To arrange is what the candidate named herself; what only the catalogue suggests is a question to her. A day to
    start is named only when she told from when she is free.
    """
    person, role = fit.candidate, Role.EMPLOYER
    arranged = tuple(_to_employer(arrangement_in_words(item)) for item in fit.arrangements if item.named_by_candidate)
    found = {
        "candidate": person.candidate_id,
        "why": listed(_talents(fit), language),
        "wishes": _labels("work_kind", [key for key, _ in person.wished_work_kinds or ()], language),
        "experience": _labels("work_kind", [key for key, _ in person.experience or ()], language),
        "skills": _labels("skill", sorted(person.skills or ()), language),
        "learn": _labels("work_kind", sorted(person.wants_to_learn or ()), language),
        "hours_possible": fit_cells(fit, role, language)["hours_possible"],
        "arrange": listed(arranged, language),
        "earliest_start": shown(fit.earliest_start, language) if fit.earliest_start and person.available else None,
    }
    rows = tuple((say(f"output.column.{key}").text(language), value) for key, value in found.items() if value)
    sheet = Sheet(
        key="introduction",
        columns=(Column(key="name", width=24), Column(key="value", width=90, kind="long")),
        rows=rows,
    )
    title = say("output.title.introduction", candidate=person.candidate_id).text(language)
    brings = any(found[key] for key in ("why", "wishes", "experience", "skills", "learn"))
    note = say("output.introduction_note" if brings else "output.introduction_little", work=work_words(fit.package))
    return Report(title=title, sheets=(sheet,), stamp=stamp, language=language, lead=(note.text(language),))


def _to_employer(told: Sentence) -> Sentence:
    """Return what has to be arranged as it is said to the employer herself: "ask the employer" becomes a question."""
    word = told.key.removeprefix("scoring.arrangement.unknown_")
    return told if word == told.key else Sentence(f"output.introduction_ask_{word}", told.values)


def _talents(fit: Fit) -> tuple[Sentence, ...]:
    return tuple(part.reason for part in fit.parts if part.key in TALENTS and part.reason in fit.strengths)


def _labels(name: str, keys: list[str], language: Language) -> str | None:
    words = vocabulary(name)
    return ", ".join(words.label(key, language) for key in keys) or None
