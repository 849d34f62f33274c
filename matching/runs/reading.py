"""Reading a pool from a notebook or a script, where nobody wants to name the day."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from matching import intake
from matching.domain.pool import Pool
from matching.intake.prepared import is_prepared, read_prepared
from matching.intake.progress import Watch

__all__ = ["read_pool"]


def read_pool(
    path: str | Path,
    *,
    as_of: dt.date | None = None,
    needs: str | Path | None = None,
    progress: Watch | None = None,
) -> Pool:
    """Read candidates and work packages from a workbook, a folder of delimited files or a prepared pool (.pool).

    `as_of` is the day the pool speaks of; None is today, so name the day where a result must come out the same again; a
    prepared pool then keeps its own day.
    `needs` is a separate file or folder with the sheet of needs; `progress` hears how far the reading is. The ledger
    is in `pool.ledger`. Raises InputRefused when the file cannot be read or no candidate or package is left.
    """
    if needs is None and is_prepared(path):
        return read_prepared(path, as_of=as_of)
    return intake.read_pool(path, as_of=as_of or dt.date.today(), needs=needs, progress=progress)
