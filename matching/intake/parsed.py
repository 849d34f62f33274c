"""A sheet of texts becomes a sheet of values: each distinct text is read once, each problem keeps its place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.domain.columns import Column
from matching.domain.ledger import Problem, SheetCount
from matching.errors import nearest
from matching.intake.cell import short
from matching.intake.progress import Progress, Watch, unwatched
from matching.intake.raw import RawSheet, Texts
from matching.intake.sensitive import forbidden_column
from matching.intake.sheet import Sheet, SheetColumn
from matching.intake.words import normal
from matching.text import LANGUAGES, Sentence, say

OWN_HEADERS = frozenset(
    normal(say(f"intake.refused.{name}").text(language))
    for name in ("reason_header", "row_header")
    for language in LANGUAGES
)
"""Columns that we add to refused rows; nobody needs to remove them before the rows are read again."""

SECRET = frozenset({"intake.bsn", "intake.contact_in_text", "intake.medical_removed"})
"""Findings whose value is never shown or written back."""


@dataclass(kw_only=True, eq=False)
class ParsedSheet:
    """The values of one sheet while it is being checked: `refuse` takes a record out, and nothing puts it back.

    `accepted` marks the records that still stand; `places` gives for each field the number of its column; `examples`
    holds the example rows of the template, which count as blank.
    """

    sheet: Sheet
    raw: RawSheet
    accepted: NDArray[np.bool_]
    columns: Mapping[str, Column]
    places: Mapping[str, int]
    problems: list[Problem] = field(default_factory=list)
    dropped: tuple[tuple[str, int], ...] = ()
    examples: set[int] = field(default_factory=set)

    def refuse(self, record: int, sentence: Sentence, key: str | None = None) -> None:
        """Refuse one record, with the field that is to blame."""
        self.accepted[record] = False
        self._note(record, sentence, key, refuses=True)

    def warn(self, record: int, sentence: Sentence, key: str | None = None) -> None:
        """Name something about a record that stays."""
        self._note(record, sentence, key, refuses=False)

    def set_aside(self, record: int, sentence: Sentence, key: str) -> None:
        """Leave out the example row of the template, whatever else is wrong with it: it counts as blank."""
        row = int(self.raw.rows[record])
        self.problems[:] = [problem for problem in self.problems if problem.row != row]
        self.accepted[record] = False
        self.examples.add(record)
        self.warn(record, sentence, key)

    @property
    def blank(self) -> NDArray[np.bool_]:
        """One boolean a record: it is empty, or the example row of the template."""
        found = self.raw.blank.copy()
        found[list(self.examples)] = True
        return found

    @property
    def judged(self) -> NDArray[np.bool_]:
        """One boolean a record: it could be read, so what contradicts itself is told whether or not it still stands."""
        found = _readable(self)
        found[list(self.examples)] = False
        return found

    def faulty(self, *keys: str) -> set[int]:
        """Return the records in which one of these fields was refused, so that its value is not known."""
        headers = {self.raw.header[self.places[key]] for key in keys if key in self.places}
        rows = {problem.row for problem in self.problems if problem.refuses and problem.column in headers}
        return {record for record, row in enumerate(self.raw.rows) if int(row) in rows} if rows else set()

    def _note(self, record: int, sentence: Sentence, key: str | None, *, refuses: bool) -> None:
        place = self.places.get(key or "")
        self.problems.append(problem_at(self.raw, record, sentence, place=place, refuses=refuses))

    def value(self, key: str, record: int) -> Any:
        """Return the value of a field; the blank value where the sheet lacks the column."""
        column = self.columns.get(key)
        return self.sheet.by_key[key].blank if column is None else column[record]

    @property
    def standing(self) -> NDArray[np.intp]:
        """The records that still stand."""
        return np.flatnonzero(self.accepted)

    @property
    def count(self) -> SheetCount:
        """The balance of the sheet."""
        blank, accepted = int(self.blank.sum()), int(self.accepted.sum())
        read = len(self.raw)
        refused = int((~self.accepted & ~self.blank).sum())
        return SheetCount(sheet=self.raw.name, read=read, accepted=accepted, refused=refused, blank=blank)


def problem_at(
    raw: RawSheet, record: int, sentence: Sentence, *, place: int | None = None, refuses: bool = True
) -> Problem:
    """Return a problem with its sheet, row, header and text; secret texts are left out."""
    text = None if place is None or sentence.key in SECRET else short(raw.columns[place][record])
    return Problem(
        sheet=raw.name,
        sentence=sentence,
        row=int(raw.rows[record]),
        column=None if place is None else raw.header[place],
        value=text,
        refuses=refuses,
    )


def parse(raw: RawSheet, sheet: Sheet, watch: Watch = unwatched) -> ParsedSheet:
    """Return the values of a sheet and every problem found in it, cell by cell."""
    places, problems, dropped = _placed(raw, sheet)
    parsed = ParsedSheet(
        sheet=sheet, raw=raw, accepted=~raw.blank, columns={}, places=places, problems=problems, dropped=dropped
    )
    _refuse_faults(parsed)
    readable = _readable(parsed)
    columns = {}
    for done, (key, place) in enumerate(places.items(), start=1):
        columns[key] = _parse_column(parsed, sheet.by_key[key], raw.columns[place], readable)
        watch(Progress(step="checking", done=done, total=len(places), sheet=raw.name))
    parsed.columns = columns
    _refuse_overhang(parsed)
    return parsed


def _placed(raw: RawSheet, sheet: Sheet) -> tuple[dict[str, int], list[Problem], tuple[tuple[str, int], ...]]:
    """Return the column number of each field, what is wrong with the headers, and the columns dropped."""
    places: dict[str, int] = {}
    problems = [Problem(sheet=raw.name, sentence=note, refuses=False) for note in raw.notes]
    dropped: list[tuple[str, int]] = []
    twice: set[str] = set()
    for place, header in enumerate(raw.header):
        column = sheet.by_header.get(normal(header))
        if column is not None and column.key in places:
            twice.add(column.key)
        elif column is not None:
            places[column.key] = place
        elif forbidden_column(header):
            dropped.append((header, int(raw.columns[place].filled.sum())))
        elif header and normal(header) not in OWN_HEADERS:
            problems.append(_unknown_column(raw, sheet, header))
    for key in twice:
        fault = say("intake.duplicate_header", header=raw.header[places.pop(key)])
        problems.append(Problem(sheet=raw.name, sentence=fault, column=sheet.by_key[key].nl))
    missing = [found for found in sheet.columns if found.required and found.key not in {*places, *twice}]
    if missing and any(raw.header):
        fault = say("intake.missing_columns", columns=tuple(found.term for found in missing))
        problems.append(Problem(sheet=raw.name, sentence=fault))
    return places, problems, tuple(dropped)


def _unknown_column(raw: RawSheet, sheet: Sheet, header: str) -> Problem:
    """Return the warning about a column that the table lacks, with the nearest that it has."""
    close = nearest(normal(header), sheet.by_header)
    key = "unknown_column_nearest" if close else "unknown_column"
    near = {"nearest": sheet.by_header[close].term} if close else {}
    return Problem(
        sheet=raw.name, sentence=say(f"intake.{key}", header=short(header), **near), column=short(header), refuses=False
    )


def _refuse_faults(parsed: ParsedSheet) -> None:
    """Refuse every record that could not be read, and all records when a header rules the sheet out."""
    for record, fault in parsed.raw.row_faults.items():
        parsed.refuse(record, fault)
    for (record, place), fault in parsed.raw.cell_faults.items():
        parsed.accepted[record] = False
        known = place if place < len(parsed.raw.header) else None
        parsed.problems.append(problem_at(parsed.raw, record, fault, place=known))
    if any(problem.refuses and problem.row is None for problem in parsed.problems):
        parsed.accepted[:] = False


def _parse_column(parsed: ParsedSheet, column: SheetColumn, texts: Texts, readable: NDArray[np.bool_]) -> Column:
    """Return the values of a column; each distinct text is read once, each record with a problem is named."""
    readings = column.read_all(texts.values)
    for refuses in (True, False):
        sentences = [reading.refusal if refuses else reading.warning for reading in readings]
        hit = np.array([sentence is not None for sentence in sentences], dtype=bool)
        for record in np.flatnonzero(hit[texts.codes] & readable) if hit.any() else ():
            sentence = sentences[texts.codes[record]]
            assert sentence is not None
            (parsed.refuse if refuses else parsed.warn)(int(record), sentence, column.key)
    place: dict[Any, int] = {}
    new = np.array([place.setdefault(reading.value, len(place)) for reading in readings], dtype=np.int32)
    return Column(new[texts.codes] if len(new) else texts.codes, tuple(place))


def _readable(parsed: ParsedSheet) -> NDArray[np.bool_]:
    """One boolean a record: its cells stand under the right headers, so that their meaning can be judged."""
    fatal = any(problem.refuses and problem.row is None for problem in parsed.problems)
    readable = np.zeros(len(parsed.raw), dtype=bool) if fatal else ~parsed.raw.blank
    readable[list(parsed.raw.row_faults)] = False
    return readable


def _refuse_overhang(parsed: ParsedSheet) -> None:
    """Refuse records with something under no header: the row may have shifted."""
    if not any(parsed.raw.header):
        return
    for place, header in enumerate(parsed.raw.header):
        if header == "":
            for record in np.flatnonzero(parsed.raw.columns[place].filled):
                parsed.refuse(int(record), say("intake.under_no_header", column=letters(place)))


def letters(place: int) -> str:
    """Return the letters of a spreadsheet column, counted from 0.

    >>> letters(0), letters(27)
    ('A', 'AB')
    """
    text = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        text = chr(65 + rest) + text
    return text
