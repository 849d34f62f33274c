"""The made-up data that travel with the program."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import matching
from matching.errors import InputRefused
from matching.text import say

SHIPPED_DAY = dt.date(2026, 11, 1)
"""The day that the shipped data speak of."""


def shipped_pool() -> Path:
    """Return the folder of the shipped data: in the installed package, else in the checkout beside it."""
    package = Path(matching.__file__).parent
    for folder in (package / "_shipped" / "synthetic", package.parent / "data" / "synthetic"):
        if folder.is_dir():
            return folder
    raise InputRefused(say("cli.nothing_shipped"))
