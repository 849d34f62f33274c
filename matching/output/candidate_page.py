"""A page for the candidate herself: which work, why, which of her data were used and from whom, and what may change.

Plain words, no points, no bands, nobody else. She may see everything that is about her.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from matching.domain.demand import demands
from matching.domain.judging import Outcome, Question
from matching.domain.vocabulary import vocabulary
from matching.intake.columns import SHEETS
from matching.output.advice_report import column
from matching.output.fit_cells import listed
from matching.output.personal import column_name, to_her, value_of
from matching.output.roles import Role, RoleRefused, sees_needs
from matching.output.sheet import Report, Sheet, Stamp
from matching.scoring.explanation import arrangement_in_words
from matching.text import Language, Sentence, say

if TYPE_CHECKING:
    from matching.advice.why import WhyNot
    from matching.domain.candidate import Candidate, Need
    from matching.domain.work_package import WorkPackage

OFFICE_RULES = frozenset({"package_ready", "presentable", "register", "support_conditions", "screening"})
"""What an officer or employer has to see to, and says nothing to her."""

NOT_ASKED_OF_HER = frozenset({"postcode4", "register_checked_on", "available_checked_until", "skills_absent"})
"""Columns that an office keeps; that they are empty says nothing to her."""

MOST_QUESTIONS = 5
"""Questions on the page; more would be an interrogation."""


def candidate_page(found: WhyNot, *, stamp: Stamp, role: Role, language: Language) -> Report:
    """Return the page of one pair for the candidate; it holds her needs, so only her own officer makes it.

    Raises RoleRefused for every other role.
    """
    if not sees_needs(role):
        raise RoleRefused(say("advice.candidate.officer_only"))
    fit = found.fit
    lead = (
        _about_work(fit.package),
        say(f"advice.candidate.outcome_{fit.outcome.name.lower()}"),
        *((_old(fit.candidate),) if fit.stale else ()),
        say("advice.candidate.rights"),
    )
    return Report(
        title=say("advice.candidate.title", candidate=fit.candidate_id).text(language),
        sheets=(_story(found, language), _used(found, language)),
        stamp=replace(stamp, role="candidate"),
        language=language,
        lead=tuple(sentence.text(language) for sentence in lead),
    )


def _about_work(work: WorkPackage) -> Sentence:
    """Return which work it is, with the employer where the title does not name it already."""
    title, employer = work.title, work.employer
    if employer is None or (title and employer.casefold() in title.casefold()):
        return say("advice.candidate.lead_named", title=title)
    return say("advice.candidate.lead", title=title, employer=employer)


def _old(candidate: Candidate) -> Sentence:
    """Return that what is known of her is old, or of no known day."""
    if candidate.profile_date is None:
        return say("advice.candidate.undated")
    return say("advice.candidate.old", profile_date=candidate.profile_date)


def _story(found: WhyNot, language: Language) -> Sheet:
    fit = found.fit
    judged = [item.reason for item in found.failed if item.outcome is Outcome.TO_JUDGE and _hers(item.key)]
    named = [arrangement_in_words(needed) for needed in fit.arrangements if needed.named_by_candidate]
    blocks: tuple[tuple[str, Sequence[Sentence]], ...] = (
        ("fits", fit.strengths or (say("advice.candidate.little_known"),)),
        ("not_now", [finding.reason for finding in fit.conflicts]),
        ("open", judged),
        ("questions", [asked.sentence for asked in _asked(found)]),
        ("arrange", named),
        ("change", [change.steps for change in found.changes]),
    )
    rows = tuple(
        (say(f"advice.candidate.{key}").text(language), listed([to_her(one) for one in sentences], language))
        for key, sentences in blocks
        if sentences
    )
    columns = (column("about", 30, language), column("text", 90, language, kind="long"))
    return Sheet(key="story", heading=say("advice.sheet.story").text(language), columns=columns, rows=rows)


def _hers(rule: str) -> bool:
    return rule not in OFFICE_RULES


def _asked(found: WhyNot) -> list[Question]:
    """Return the first questions that are for her; the register is looked up by an officer."""
    asked = [one for one in found.fit.questions if one.about == "candidate" and one.field != "register_status"]
    return asked[:MOST_QUESTIONS]


def _used(found: WhyNot, language: Language) -> Sheet:
    """Return every column of hers that a rule or criterion read, with its value, from whom and of when."""
    fit, columns = found.fit, {one.key: one for one in SHEETS["candidates"].columns}
    asked = [weighted.criterion.reads.candidate for weighted in fit.yardstick.counted]
    asked += [rule.reads.candidate for rule in fit.yardstick.rules]
    names = [name for name in columns if any(name in reads for reads in asked)]
    source = fit.candidate.profile_source or fit.candidate.source_organisation
    known = [name for name in names if getattr(fit.candidate, name) is not None]
    unknown = [column_name(columns[name], language) for name in names if name not in {*known, *NOT_ASKED_OF_HER}]
    rows = [
        (column_name(columns[name], language), value_of(fit.candidate, columns[name], language), source)
        for name in known
    ]
    rows += [(say("advice.candidate.need").text(language), text, source) for text in _needs(fit.candidate, language)]
    if unknown:
        rows.append((say("advice.candidate.unknown").text(language), "; ".join(unknown), None))
    dated = tuple((*row, fit.candidate.profile_date if row[2] else None) for row in rows)
    heads = (
        column("about", 30, language),
        column("value", 50, language, kind="long"),
        column("from_whom", 24, language),
        column("date", 12, language, kind="date"),
    )
    note = say("advice.candidate.used").text(language)
    return Sheet(key="used", heading=say("advice.sheet.used").text(language), columns=heads, rows=dated, notes=(note,))


def _limit(need: Need, language: Language) -> str:
    """Return a demand with what goes well, as the catalogue words it."""
    demand = demands()[need.demand or ""]
    level = None if need.level is None else demand.levels[need.level].label(language)
    return ": ".join(part for part in (demand.label(language), level) if part)


def _needs(candidate: Candidate, language: Language) -> list[str]:
    """Return what helps her, in her own catalogue's words, one text a need."""
    arrangement = vocabulary("arrangement")
    words = []
    for need in candidate.needs or ():
        named = [arrangement.label(key, language) for key in need.arrangements]
        words.append(" / ".join([_limit(need, language), *named] if need.demand else named))
    return words
