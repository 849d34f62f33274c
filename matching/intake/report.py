"""What a check of files tells before anything is matched: the balance, every problem, how much is known, how old."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from matching.domain.columns import Column
from matching.domain.ledger import Ledger, Problem
from matching.domain.pool import Pool, is_stale
from matching.intake.columns import SHEETS
from matching.intake.progress import Watch
from matching.intake.reading import Intake, RefusedRow, located, read_intake
from matching.text import Language, Sentence, say

if TYPE_CHECKING:
    from pandas import DataFrame

NOT_COUNTED = frozenset({"candidate_id", "source_organisation", "motivation", "contact_route", "not_together_with"})
"""Fields of which an empty cell says nothing about how complete a profile is."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Completeness:
    """How much one source organisation told: `known` gives for each field the candidates of whom it is known.

    `stale` counts profiles older than half a year or without a date. `source` None: the organisation is unknown.
    """

    source: str | None
    candidates: int
    stale: int
    known: Mapping[str, int]

    @property
    def share(self) -> int:
        """The known part of all fields of all candidates, in thousandths."""
        asked = self.candidates * len(self.known)
        return 1000 * sum(self.known.values()) // asked if asked else 0


@dataclass(frozen=True, kw_only=True)
class CheckReport:
    """The result of `check`: nothing is changed and nothing is lost.

    `missing_sheets` are the required sheets without an accepted record; `absent_sheets` those of them that are not
    there at all.
    """

    origin: str
    as_of: dt.date
    ledger: Ledger
    completeness: tuple[Completeness, ...]
    refused_rows: tuple[RefusedRow, ...]
    missing_sheets: tuple[str, ...] = ()
    absent_sheets: tuple[str, ...] = ()

    @property
    def usable(self) -> bool:
        """Whether a pool can be made: every required sheet has an accepted record."""
        return not self.missing_sheets

    @property
    def exit_code(self) -> int:
        """0 when everything was accepted, 1 when something was refused, absent, or nothing was accepted at all.

        A required sheet that only has its headers is still to be filled in: that is no fault.
        """
        accepted = any(count.accepted for count in self.ledger.counts)
        return 1 if self.ledger.refused or self.absent_sheets or not accepted else 0

    def lines(self, language: Language = "nl") -> tuple[str, ...]:
        """Return the report as lines of text."""
        sentences: list[Sentence] = [say("intake.report.title", file=self.origin, day=self.as_of)]
        for count in self.ledger.counts:
            values = {name: str(getattr(count, name)) for name in ("read", "accepted", "refused", "blank")}
            sentences.append(say("intake.report.count", sheet=count.sheet, **values))
        for sheet, header, cells in self.ledger.dropped_columns:
            sentences.append(say("intake.report.dropped", sheet=sheet, header=header, cells=cells))
        sentences += [say("intake.report.missing", sheet=SHEETS[key].term) for key in self.missing_sheets]
        for part in self.completeness:
            sentences.append(
                say(
                    "intake.report.completeness",
                    source=part.source,
                    candidates=part.candidates,
                    percent=part.share // 10,
                    stale=part.stale,
                )
            )
        sentences += [located(problem) for problem in self.ledger.problems]
        return tuple(sentence.text(language) for sentence in sentences)

    def __str__(self) -> str:
        """Return the Dutch lines."""
        return "\n".join(self.lines())

    def to_frame(self, language: Language = "nl") -> DataFrame:
        """Return the problems as a table: sheet, row, column, value, refuses, code, text."""
        import pandas as pd

        names = ["sheet", "row", "column", "value", "refuses", "code", "text"]
        return pd.DataFrame([_problem_row(problem, language) for problem in self.ledger.problems], columns=names)

    def completeness_frame(self) -> DataFrame:
        """Return one row for each source organisation: candidates, stale profiles, known candidates per field."""
        import pandas as pd

        return pd.DataFrame(
            [
                {"source": part.source, "candidates": part.candidates, "stale": part.stale, **part.known}
                for part in self.completeness
            ]
        )

    def to_json(self, language: Language = "nl") -> dict[str, object]:
        """Return the report as plain values that JSON can hold."""
        return {
            "origin": self.origin,
            "as_of": self.as_of.isoformat(),
            "usable": self.usable,
            "counts": [
                {name: getattr(count, name) for name in ("sheet", "read", "accepted", "refused", "blank")}
                for count in self.ledger.counts
            ],
            "problems": [_problem_row(problem, language) for problem in self.ledger.problems],
            "dropped_columns": [
                {"sheet": sheet, "column": header, "cells": cells}
                for sheet, header, cells in self.ledger.dropped_columns
            ],
            "completeness": [
                {
                    "source": part.source,
                    "candidates": part.candidates,
                    "stale": part.stale,
                    "known_per_mille": part.share,
                    "known": dict(part.known),
                }
                for part in self.completeness
            ],
            "missing_sheets": list(self.missing_sheets),
        }


def check(
    path: str | Path, *, as_of: dt.date, needs: str | Path | None = None, progress: Watch | None = None
) -> CheckReport:
    """Read and check files and report, without making a pool; `progress` hears how far it is.

    Raises InputRefused when a file cannot be read.
    """
    return report_of(read_intake(path, needs=needs, progress=progress), as_of)


def report_of(intake: Intake, as_of: dt.date) -> CheckReport:
    """Return the report of what came in."""
    missing = tuple(
        key
        for key, found in SHEETS.items()
        if found.required and (key not in intake.sheets or not intake.sheets[key].accepted.any())
    )
    people = intake.sheets.get("candidates")
    columns = {key: column.take(people.standing) for key, column in people.columns.items()} if people else {}
    return CheckReport(
        origin=intake.origin,
        as_of=as_of,
        ledger=intake.ledger_on(as_of),
        completeness=_completeness(columns, as_of) if people is not None else (),
        refused_rows=intake.refused_rows,
        missing_sheets=missing,
        absent_sheets=tuple(key for key in missing if key not in intake.sheets),
    )


def report_of_pool(pool: Pool) -> CheckReport:
    """Return the report of a prepared pool: the balance of when it was prepared, and how much is known on its day."""
    columns = {name: pool.candidates.column(name) for name in pool.candidates.names}
    return CheckReport(
        origin=pool.origin,
        as_of=pool.as_of,
        ledger=pool.ledger or Ledger(),
        completeness=_completeness(columns, pool.as_of),
        refused_rows=(),
    )


def _completeness(columns: Mapping[str, Column], as_of: dt.date) -> tuple[Completeness, ...]:
    """Return how much each source organisation told, in the order of their names; unknown comes last."""
    rows = len(columns["candidate_id"])
    fields = [column.key for column in SHEETS["candidates"].columns if column.key not in NOT_COUNTED]
    known = {key: ~columns[key].unknown if key in columns else np.zeros(rows, dtype=bool) for key in fields}
    unknown = Column(np.zeros(rows, dtype=np.int32), (None,))
    dates, names = (columns.get(key, unknown) for key in ("profile_date", "source_organisation"))
    stale = np.array([is_stale(dates[row], as_of) for row in range(rows)], dtype=bool)
    sources = np.array([names[row] or "" for row in range(rows)], dtype=object)
    found = []
    for source in sorted(set(sources), key=lambda name: (name == "", name)):
        own = sources == source
        counts = {key: int(mask[own].sum()) for key, mask in known.items()}
        found.append(
            Completeness(source=source or None, candidates=int(own.sum()), stale=int(stale[own].sum()), known=counts)
        )
    return tuple(found)


def _problem_row(problem: Problem, language: Language) -> dict[str, object]:
    return {
        "sheet": problem.sheet,
        "row": problem.row,
        "column": problem.column,
        "value": problem.value,
        "refuses": problem.refuses,
        "code": problem.sentence.key,
        "text": problem.sentence.text(language),
    }
