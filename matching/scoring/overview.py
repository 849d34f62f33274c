"""The top of a list: one row a line, so that an officer sees everybody before the details."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap

from matching.domain.judging import Outcome
from matching.scoring.explanation import band_label, points_in_words
from matching.scoring.fit import Fit
from matching.scoring.layout import WIDTH
from matching.text import Language, Sentence, say

COLUMNS = ("place", "name", "band", "points", "question")
GAP = "  "


Row = tuple[str, str, Fit, Sequence[Sentence]]
"""The place on the list, the code, the pair and what to ask."""


def table(rows: Sequence[Row], language: Language) -> list[str]:
    """Return the rows as text of at most 80 columns; a star marks a reservation."""
    cells = [[say(f"scoring.shortlist.column_{name}").text(language) for name in COLUMNS]]
    cells += [_cells(row, language) for row in rows]
    widths = [max(len(row[place]) for row in cells) for place in range(len(COLUMNS) - 1)]
    left = WIDTH - sum(widths) - len(GAP) * len(widths)
    return [text for row in cells for text in _row(row, widths, left)]


def reserved(fit: Fit) -> bool:
    """Return whether a person must judge something first."""
    return fit.outcome is not Outcome.FITS


def _cells(row: Row, language: Language) -> list[str]:
    place, name, fit, asked = row
    question = asked[0].text(language) if asked else ""
    band = band_label(fit).text(language) + ("*" if reserved(fit) else "")
    return [place, name, band, points_in_words(fit).text(language), question]


def _row(cells: Sequence[str], widths: Sequence[int], left: int) -> list[str]:
    """Return one row; the last cell is folded under itself."""
    first = GAP.join(cell.ljust(width) for cell, width in zip(cells, widths, strict=False)) + GAP
    folded = wrap(cells[-1], left) or [""]
    return [(first + folded[0]).rstrip(), *(" " * len(first) + text for text in folded[1:])]
