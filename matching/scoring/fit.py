"""A fit: one pair with its points, reasons, questions and arrangements, told in plain words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from matching.domain.candidate import Candidate
from matching.domain.judging import Outcome, Pair
from matching.domain.pool import Pool, is_stale
from matching.domain.work_package import WorkPackage
from matching.scoring.assessment import Assessment, assess
from matching.scoring.explanation import explained
from matching.scoring.judgement import Judgement, PartNumbers, RuleAnswer
from matching.scoring.parts import Finding, Part
from matching.scoring.yardstick import Yardstick
from matching.text import Language

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Finding", "Fit", "Part", "fits_in", "fits_of"]


@dataclass(frozen=True, kw_only=True)
class Fit(Judgement):
    """How well one candidate and one work package fit, and why (see Judgement for the fields)."""

    def explain(self, language: Language = "nl") -> str:
        """Return the whole story in plain words, at most 80 columns wide; it stands alone."""
        return explained(self, language)

    def __str__(self) -> str:
        return self.explain()

    def waterfall(self) -> pd.DataFrame:
        """Return one row a criterion, in the order of the scorecard; all numbers are integers.

        Columns: criterion, label, weight, points, low, high (0..1000), total (weight times points), running_total,
        unknown, reason. The last running total is the total of the fit.
        """
        import pandas as pd

        names = ("weight", "points", "low", "high", "total", "unknown")
        frame = pd.DataFrame([{name: getattr(part, name) for name in names} for part in self.parts], columns=names)
        frame.insert(0, "criterion", [part.key for part in self.parts])
        frame.insert(1, "label", [str(part.label) for part in self.parts])
        frame.insert(7, "running_total", frame["total"].cumsum())
        frame["reason"] = [str(part.reason) for part in self.parts]
        return frame


def fits_of(
    yardstick: Yardstick, pool: Pool, people: Sequence[Candidate], work: Sequence[WorkPackage]
) -> list[list[Fit]]:
    """Return the fit of every one of these people with every one of these packages: a list a person."""
    cells = [(row, column) for row in range(len(people)) for column in range(len(work))]
    flat = fits_in(yardstick, pool, (people, work), cells)
    return [flat[row * len(work) : (row + 1) * len(work)] for row in range(len(people))]


def fits_in(
    yardstick: Yardstick,
    pool: Pool,
    sides: tuple[Sequence[Candidate], Sequence[WorkPackage]],
    cells: Sequence[tuple[int, int]],
) -> list[Fit]:
    """Return the fits of some cells (person, package) of these people and packages, in their order."""
    people, work = sides
    found = assess(yardstick, pool, people, work)
    sums = {name: found.summed(getattr(found, name)) for name in ("neutral", "low", "high")}
    share, worst = found.unknown_share, found.worst

    def _fit(row: int, column: int) -> Fit:
        at = (row, column)
        person, package = people[row], work[column]
        return Fit(
            candidate=person,
            package=package,
            pair=Pair(candidate=person, package=package, as_of=pool.as_of, travel=pool.travel),
            yardstick=yardstick,
            total=int(sums["neutral"][at]),
            low=int(sums["low"][at]),
            high=int(sums["high"][at]),
            unknown_share=int(share[at]),
            outcome=Outcome(int(worst[at])),
            stale=is_stale(person.profile_date, pool.as_of),
            numbers=_numbers(found, row, column),
            answers=_answers(found, row, column),
        )

    return [_fit(row, column) for row, column in cells]


def _numbers(found: Assessment, row: int, column: int) -> tuple[PartNumbers, ...]:
    columns = (found.neutral, found.low, found.high, found.unknown, found.open)
    cells = (np.asarray(cube)[:, row, column].tolist() for cube in columns)
    return tuple(
        PartNumbers(points=points, low=low, high=high, unknown=unknown, open=open_)
        for points, low, high, unknown, open_ in zip(*cells, strict=True)
    )


def _answers(found: Assessment, row: int, column: int) -> tuple[RuleAnswer, ...]:
    outcomes, asks = found.outcome[:, row, column].tolist(), found.asks[:, row, column].tolist()
    return tuple(
        RuleAnswer(outcome=Outcome(outcome), unknown=unknown) for outcome, unknown in zip(outcomes, asks, strict=True)
    )
