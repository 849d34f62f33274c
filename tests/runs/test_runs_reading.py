"""Reading a pool without naming the day."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import matching


def small_pool(folder: Path) -> Path:
    (folder / "kandidaten.csv").write_text("kandidaat\nK-1\n", encoding="utf-8")
    (folder / "werkpakketten.csv").write_text("werkpakket\nWP-1\n", encoding="utf-8")
    return folder


def test_a_pool_speaks_of_today_unless_a_day_is_named(tmp_path: Path) -> None:
    before = dt.date.today()
    assert before <= matching.read_pool(small_pool(tmp_path)).as_of <= dt.date.today()
    assert matching.read_pool(tmp_path, as_of=dt.date(2026, 11, 1)).as_of == dt.date(2026, 11, 1)
