"""Reading a pool: files to checked sheets to a Pool, with a ledger in which no record is lost."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from matching.domain.ledger import Ledger, Problem
from matching.domain.pool import Pool
from matching.errors import InputRefused
from matching.intake.assembly import assembled
from matching.intake.columns import SHEETS
from matching.intake.parsed import ParsedSheet, parse
from matching.intake.prepared import is_prepared, read_prepared
from matching.intake.progress import Watch, unwatched
from matching.intake.relations import check_relations, doubtful_days, expired
from matching.intake.source import Source
from matching.intake.sources import open_source
from matching.text import Sentence, say


@dataclass(frozen=True, kw_only=True)
class RefusedRow:
    """One refused record as it came in, without columns that must not exist, and why it was refused.

    `cells` are (header, text) in the order of the sheet; texts that must not be kept are empty.
    """

    sheet_key: str
    sheet: str
    row: int
    cells: tuple[tuple[str, str], ...]
    reasons: tuple[Problem, ...]


@dataclass(frozen=True, kw_only=True)
class Intake:
    """What came in: the checked sheets, the ledger and the refused records."""

    sheets: Mapping[str, ParsedSheet]
    ledger: Ledger
    refused_rows: tuple[RefusedRow, ...]
    origin: str

    def pool(self, as_of: dt.date) -> Pool:
        """Return the pool of the accepted records. Raises InputRefused when there is nobody or no work in it."""
        _require_sheets(self.sheets)
        for key in ("candidates", "work_packages"):
            if not self.sheets[key].accepted.any():
                raise InputRefused(say(f"intake.empty_{key}"), first_sentences(self.ledger.problems))
        return assembled(self.sheets, as_of=as_of, ledger=self.ledger_on(as_of), origin=self.origin)

    def ledger_on(self, as_of: dt.date) -> Ledger:
        """Return the ledger with what is only true on a day: agreements that have ended, doubtful dates."""
        agreements = self.sheets.get("agreements")
        ended = expired(agreements, as_of) if agreements is not None else []
        told = (*ended, *doubtful_days(self.sheets, as_of))
        return replace(self.ledger, problems=(*self.ledger.problems, *told)) if told else self.ledger


def read_pool(
    path: str | Path, *, as_of: dt.date, needs: str | Path | None = None, progress: Watch | None = None
) -> Pool:
    """Read candidates and work packages from a workbook, a folder of delimited files or a prepared pool.

    `as_of` is the day the pool speaks of. `needs` is a separate file or folder with the sheet of needs. The ledger is
    in `pool.ledger`; `progress` hears how far the reading is. Raises InputRefused when the file cannot be read or no
    candidate or package is left.
    """
    if is_prepared(path):
        if needs is not None:
            raise InputRefused(say("intake.prepared.only_workbook", file=Path(path).name))
        return read_prepared(path, as_of=as_of)
    return read_intake(path, needs=needs, progress=progress).pool(as_of)


def read_intake(path: str | Path, *, needs: str | Path | None = None, progress: Watch | None = None) -> Intake:
    """Read and check files without making a pool; `progress` hears how far it is.

    Raises InputRefused when a file cannot be read at all.
    """
    watch = progress or unwatched
    source = open_source(Path(path), watch)
    if needs is not None:
        source = _with_needs(source, open_source(Path(needs), watch))
    ordered = [key for key in SHEETS if key in source.sheets]
    sheets = {key: parse(source.sheets[key], SHEETS[key], watch) for key in ordered}
    check_relations(sheets)
    refused = tuple(row for key, parsed in sheets.items() for row in _refused_rows(key, parsed))
    return Intake(sheets=sheets, ledger=_ledger(sheets, source.notes), refused_rows=refused, origin=Path(path).name)


def _with_needs(source: Source, separate: Source) -> Source:
    """Return the source with the needs of a separate file."""
    if "needs" not in separate.sheets:
        raise InputRefused(say("intake.no_needs_sheet"))
    if "needs" in source.sheets and len(source.sheets["needs"]):
        raise InputRefused(
            say("intake.sheet_twice", sheet=SHEETS["needs"].term, names=("needs", source.sheets["needs"].name))
        )
    return Source(sheets={**source.sheets, "needs": separate.sheets["needs"]}, notes=source.notes + separate.notes)


def _require_sheets(sheets: Mapping[str, ParsedSheet]) -> None:
    missing = tuple(found.term for found in SHEETS.values() if found.required and found.key not in sheets)
    if missing:
        raise InputRefused(say("intake.missing_sheets", sheets=missing))


def _ledger(sheets: Mapping[str, ParsedSheet], notes: Iterable[Problem]) -> Ledger:
    """Return the balance of every sheet and all problems in order of place."""
    problems = list(notes)
    for parsed in sheets.values():
        problems.extend(sorted(parsed.problems, key=lambda problem: (problem.row or 0, problem.column or "")))
    dropped = [(parsed.raw.name, header, count) for parsed in sheets.values() for header, count in parsed.dropped]
    counts = tuple(parsed.count for parsed in sheets.values())
    return Ledger(counts=counts, problems=tuple(problems), dropped_columns=tuple(dropped))


def _refused_rows(key: str, parsed: ParsedSheet) -> Iterable[RefusedRow]:
    """Return the refused records of a sheet with their reasons."""
    by_row: dict[int | None, list[Problem]] = {}
    for problem in parsed.problems:
        if problem.refuses:
            by_row.setdefault(problem.row, []).append(problem)
    kept = [place for place, header in enumerate(parsed.raw.header) if header not in dict(parsed.dropped)]
    for record in np.flatnonzero(~parsed.accepted & ~parsed.blank):
        row = int(parsed.raw.rows[record])
        texts = parsed.raw.texts(int(record))
        cells = tuple((parsed.raw.header[place], _writable(texts[place])) for place in kept)
        reasons = (*by_row.get(None, ()), *by_row.get(row, ()))
        yield RefusedRow(sheet_key=key, sheet=parsed.raw.name, row=row, cells=cells, reasons=reasons)


def _writable(text: str) -> str:
    """Return a text that may be written back: nothing like a BSN or a way to reach a person."""
    from matching.intake.sensitive import screened

    reading = screened(text, of_person=False)
    return "" if reading.refusal else text


def first_sentences(problems: Iterable[Problem], most: int = 20) -> tuple[Sentence, ...]:
    """Return the first problems that refuse, each as a sentence with its place: causes before their consequences.

    The example rows of the template are one sentence, the last.
    """
    every = list(problems)
    refusing = [located(problem) for problem in sorted(every, key=is_consequence) if problem.refuses]
    more = (say("intake.and_more", count=len(refusing) - most),) if len(refusing) > most else ()
    examples = sum(problem.sentence.key == EXAMPLE_ROW for problem in every)
    return (*refusing[:most], *more, *((say("intake.example_rows", count=examples),) if examples else ()))


EXAMPLE_ROW = "intake.example_row"


def is_consequence(problem: Problem) -> bool:
    """Return whether a record was refused only because the record that it refers to was refused itself."""
    return problem.sentence.key == "intake.reference_refused"


def refers_to(problem: Problem) -> tuple[str, int]:
    """Return the key of the sheet and the row that a consequence refers to."""
    target = problem.sentence.value("sheet")
    assert isinstance(target, Sentence)
    return target.key.removeprefix("intake.of_"), int(str(problem.sentence.value("row")))


def located(problem: Problem) -> Sentence:
    """Return a problem as one sentence that begins with its place."""
    if problem.row is None:
        return say("intake.at_sheet", sheet=problem.sheet, sentence=problem.sentence)
    if problem.column is None:
        return say("intake.at_row", sheet=problem.sheet, row=str(problem.row), sentence=problem.sentence)
    return say(
        "intake.at_cell", sheet=problem.sheet, row=str(problem.row), column=problem.column, sentence=problem.sentence
    )
