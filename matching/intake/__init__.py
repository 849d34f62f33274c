"""Files become a checked pool: nothing is lost, nothing is guessed, nothing is trusted.

Every name is loaded when first used: reading a prepared pool needs none of the tables that read a workbook.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matching.intake.columns import SHEETS as SHEETS
    from matching.intake.columns import cells_of as cells_of
    from matching.intake.columns import tables_of as tables_of
    from matching.intake.progress import Progress as Progress
    from matching.intake.reading import Intake as Intake
    from matching.intake.reading import RefusedRow as RefusedRow
    from matching.intake.reading import located as located
    from matching.intake.reading import read_intake as read_intake
    from matching.intake.reading import read_pool as read_pool
    from matching.intake.report import CheckReport as CheckReport
    from matching.intake.report import check as check
    from matching.intake.report import report_of as report_of

_HOMES = {
    "SHEETS": "columns",
    "CheckReport": "report",
    "Intake": "reading",
    "Progress": "progress",
    "RefusedRow": "reading",
    "cells_of": "columns",
    "check": "report",
    "located": "reading",
    "read_intake": "reading",
    "read_pool": "reading",
    "report_of": "report",
    "tables_of": "columns",
}

__all__ = [*_HOMES]


def __getattr__(name: str) -> object:
    """Load a name when it is first used (PEP 562)."""
    if name not in _HOMES:
        raise AttributeError(f"module 'matching.intake' has no attribute {name!r}")
    found = getattr(import_module(f"matching.intake.{_HOMES[name]}"), name)
    globals()[name] = found
    return found
