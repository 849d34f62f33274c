"""The dashboard export of Sonar becomes candidates: who has consented, without anything that tells who it is."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, ClassVar

import numpy as np

from matching.domain.candidate import Candidate
from matching.domain.ledger import Ledger, Problem
from matching.intake.cell import Kind, Reading, refused, short
from matching.intake.columns import column_of
from matching.intake.imported import Imported
from matching.intake.parsed import ParsedSheet, parse
from matching.intake.pseudonym import PseudonymKey
from matching.intake.relations import refuse_repeated
from matching.intake.sensitive import looks_like_bsn
from matching.intake.sheet import Sheet
from matching.intake.sources import open_one
from matching.intake.vocabulary_cells import Keys
from matching.intake.words import NO, YES, folded, forms, normal, table
from matching.text import Language, say

SOURCE = "sonar"

LANGUAGE_LEVELS = {"matig": 1, "slecht": 1, "een beetje": 1, "redelijk": 2, "voldoende": 2, "goed": 3, "uitstekend": 4}
"""Words for spoken Dutch and our levels (expert judgement; the export gives no definition)."""


@dataclass(frozen=True)
class SourceId(Kind):
    """An id of another system: any short text that is no citizen number."""

    key: ClassVar[str] = "identifier"

    def read(self, text: str) -> Reading:
        """Return the id as it stands."""
        if looks_like_bsn(text):
            return refused("bsn")
        return Reading(text) if len(text) <= 200 else refused("too_long", length=len(text), allowed=200)


@dataclass(frozen=True)
class SpokenDutch(Kind):
    """How well somebody speaks Dutch, in a word of Sonar."""

    key: ClassVar[str] = "choice"

    def read(self, text: str) -> Reading:
        """Return (("nl", level),); "geen" and unknown words give unknown with a warning."""
        level = LANGUAGE_LEVELS.get(folded(text))
        if level is None:
            return Reading(warning=say("intake.sonar.language", value=short(text)))
        return Reading((("nl", level),))

    def write(self, value: Any, language: Language) -> str:
        """Return the first word for the level."""
        return next(word for word, level in LANGUAGE_LEVELS.items() if level == value[0][1])


@dataclass(frozen=True)
class LicenceOrNo(Keys):
    """Driving licences, or yes and no: no is a known none, yes does not say which one."""

    name: str = "driving_licence"

    def read(self, text: str) -> Reading:
        """Return a frozenset of licences."""
        if folded(text) in NO:
            return Reading(frozenset())
        return Reading(warning=say("intake.sonar.licence")) if folded(text) in YES else super().read(text)


KINDS = {"source_id": SourceId(), "sonar_language": SpokenDutch(), "sonar_licence": LicenceOrNo()}


@cache
def sonar_sheet() -> Sheet:
    """Return the export as a sheet, so that it is read and checked like any other."""
    columns = tuple(column_of(row, KINDS) for row in table("sonar_columns"))
    return Sheet("sonar", "Sonar", "Sonar", columns, required=True, identity=("source_id",))


def import_sonar(path: str | Path, key: PseudonymKey) -> Imported:
    """Read a dashboard export (.xlsx, .ods, .csv).

    A row without consent ("Toestemming" is nee) is refused and nothing of it is kept; unknown consent is kept as
    unknown. Columns that tell who it is are dropped and counted. Raises InputRefused when the file cannot be read.
    """
    parsed = parse(open_one(Path(path), sonar_sheet()), sonar_sheet())
    refuse_repeated(parsed)
    _refuse_without_consent(parsed)
    left_out = _left_out(parsed)
    rows = [int(row) for row in parsed.standing]
    codes = {parsed.value("source_id", row): key.code(SOURCE, parsed.value("source_id", row)) for row in rows}
    people = tuple(_candidate(parsed, row, codes[parsed.value("source_id", row)]) for row in rows)
    dropped = tuple((parsed.raw.name, header, count) for header, count in parsed.dropped)
    known = {normal(row["header"]) for row in table("sonar_left_out")}
    problems = tuple(
        problem for problem in parsed.problems if problem.row is not None or normal(problem.column or "") not in known
    )
    ledger = Ledger(counts=(parsed.count,), problems=_told_once(problems), dropped_columns=dropped)
    return Imported(source=SOURCE, ledger=ledger, candidates=people, codes=codes, not_carried=left_out)


def _told_once(problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """Return the problems, with one remark for all postcodes of which only the digits are kept."""
    cut = [problem for problem in problems if problem.sentence.key == "intake.postcode_cut"]
    if len(cut) < 2:
        return problems
    sentence = say("intake.sonar.postcodes_cut", count=len(cut))
    once = replace(cut[0], sentence=sentence, row=None, value=None)
    return (once, *(problem for problem in problems if problem not in cut))


def _refuse_without_consent(parsed: ParsedSheet) -> None:
    """Refuse rows without consent; not even a remark about another cell of such a row stays."""
    column = parsed.columns.get("consent")
    rows = [] if column is None else [row for row in range(len(parsed.raw)) if column[row] is False]
    numbers = {int(parsed.raw.rows[row]) for row in rows}
    parsed.problems = [problem for problem in parsed.problems if problem.row not in numbers]
    for row in rows:
        parsed.refuse(row, say("intake.sonar.no_consent"))


def _left_out(parsed: ParsedSheet) -> tuple[tuple[str, int], ...]:
    """Return the columns that are left out on purpose, with the number of filled cells."""
    known = {normal(row["header"]) for row in table("sonar_left_out")}
    found = zip(parsed.raw.header, parsed.raw.columns, strict=True)
    return tuple((header, int(np.sum(column.filled))) for header, column in found if normal(header) in known)


def _candidate(parsed: ParsedSheet, row: int, code: str) -> Candidate:
    """Return one row as a candidate; the town stands in for an unknown municipality."""
    names = {field.name for field in dataclasses.fields(Candidate)} & set(sonar_sheet().by_key)
    values = {name: parsed.value(name, row) for name in names}
    values["municipality"] = values["municipality"] or parsed.value("town", row)
    occupation = parsed.value("occupation", row)
    kinds = forms("work_kind").get(normal(occupation), ()) if occupation else ()
    return Candidate(
        candidate_id=code,
        source_kind="wsp",
        languages=parsed.value("spoken", row),
        consent_to_present=parsed.value("consent", row),
        wished_work_kinds=((kinds[0], 1),) if len(kinds) == 1 else None,
        motivation=say("intake.sonar.occupation", occupation=occupation).text() if occupation else None,
        profile_source=SOURCE,
        **values,
    )
