"""What was found where: the sheets of one or more files, and what was noticed about files and tabs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from matching.domain.ledger import Problem
from matching.errors import nearest
from matching.intake.columns import SHEETS
from matching.intake.raw import RawSheet
from matching.text import say


@dataclass(frozen=True, kw_only=True)
class Source:
    """The sheets that were found, by key, and what was noticed about files and tabs."""

    sheets: Mapping[str, RawSheet]
    notes: tuple[Problem, ...] = field(default=())


def unknown_tab(name: str, *, kind: str) -> Problem:
    """Return the warning about a tab or file that is no known sheet, with the nearest name."""
    close = nearest(Path(name).stem, [title for found in SHEETS.values() for title in (found.nl, found.en)])
    if close is None:
        return Problem(sheet=name, sentence=say(f"intake.unknown_{kind}", name=name), refuses=False)
    return Problem(sheet=name, sentence=say(f"intake.unknown_{kind}_nearest", name=name, nearest=close), refuses=False)
