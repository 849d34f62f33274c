"""The top of a list: one row a line, so that an officer sees everybody before the details."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap
from typing import TYPE_CHECKING

from matching.domain.judging import Outcome
from matching.scoring.explanation import band_label, points_in_words
from matching.scoring.fit import Fit
from matching.scoring.layout import WIDTH
from matching.text import Language, Sentence, say

if TYPE_CHECKING:
    from matching.scoring.shortlist import Line

COLUMNS = ("place", "name", "band", "points", "question")
GAP = "  "


def table(rows: Sequence[tuple[Line, str, Sequence[Sentence]]], language: Language) -> list[str]:
    """Return the rows (line, code, questions) as text of at most 80 columns; a star marks a reservation."""
    cells = [[say(f"scoring.shortlist.column_{name}").text(language) for name in COLUMNS]]
    cells += [_cells(line, name, asked, language) for line, name, asked in rows]
    widths = [max(len(row[place]) for row in cells) for place in range(len(COLUMNS) - 1)]
    left = WIDTH - sum(widths) - len(GAP) * len(widths)
    return [text for row in cells for text in _row(row, widths, left)]


def reserved(fit: Fit) -> bool:
    """Return whether a person must judge something first."""
    return fit.outcome is not Outcome.FITS


def _cells(line: Line, name: str, asked: Sequence[Sentence], language: Language) -> list[str]:
    fit, star = line.fit, "*" if reserved(line.fit) else ""
    place = f"{line.place}{'=' if line.tied else ''}"
    question = asked[0].text(language) if asked else ""
    return [place, name, band_label(fit).text(language) + star, points_in_words(fit).text(language), question]


def _row(cells: Sequence[str], widths: Sequence[int], left: int) -> list[str]:
    """Return one row; the last cell is folded under itself."""
    first = GAP.join(cell.ljust(width) for cell, width in zip(cells, widths, strict=False)) + GAP
    folded = wrap(cells[-1], left) or [""]
    return [(first + folded[0]).rstrip(), *(" " * len(first) + text for text in folded[1:])]
