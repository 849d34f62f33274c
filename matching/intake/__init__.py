"""Files become a checked pool: nothing is lost, nothing is guessed, nothing is trusted."""

from matching.intake.columns import SHEETS, cells_of, tables_of
from matching.intake.reading import Intake, RefusedRow, located, read_intake, read_pool

__all__ = ["SHEETS", "Intake", "RefusedRow", "cells_of", "located", "read_intake", "read_pool", "tables_of"]
