"""Files become a checked pool: nothing is lost, nothing is guessed, nothing is trusted."""

from matching.intake.columns import SHEETS, cells_of, tables_of
from matching.intake.progress import Progress
from matching.intake.reading import Intake, RefusedRow, located, read_intake, read_pool
from matching.intake.report import CheckReport, check, report_of

__all__ = [
    "SHEETS",
    "CheckReport",
    "Intake",
    "Progress",
    "RefusedRow",
    "cells_of",
    "check",
    "located",
    "read_intake",
    "read_pool",
    "report_of",
    "tables_of",
]
