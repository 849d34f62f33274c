"""How long 50,000 candidates take from .xlsx, with full checking: measured beside the parser alone."""

from __future__ import annotations

import random
import resource
import time

import pytest
from intake_files import AS_OF

from matching.intake import SHEETS, read_pool

CANDIDATES = 50_000
GOAL_SECONDS = 6.0


def cpu_seconds() -> float:
    """Return the processor seconds of this process and its children."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(part.ru_utime + part.ru_stime for part in used)


def large_workbook(path, seed=1):
    """Write 50,000 candidates with a third of the cells empty, and 200 work packages."""
    import xlsxwriter

    rng = random.Random(seed)
    with xlsxwriter.Workbook(str(path)) as book:
        for key, rows in (("candidates", CANDIDATES), ("work_packages", 200)):
            tab, sheet = book.add_worksheet(SHEETS[key].nl), SHEETS[key]
            tab.write_row(0, 0, [column.nl for column in sheet.columns])
            for row in range(1, rows + 1):
                for place, column in enumerate(sheet.columns):
                    if column.required:
                        tab.write_string(row, place, f"{key}-{row}")
                    elif column.key == "motivation":
                        tab.write_string(row, place, f"Werkt graag aan taak {row}")
                    elif column.key != "location" and rng.random() < 0.65:
                        tab.write_string(row, place, column.example)
    return path


@pytest.mark.bench
@pytest.mark.soak
def test_fifty_thousand_candidates_are_read_and_checked_within_the_goal(tmp_path):
    from python_calamine import CalamineWorkbook

    path = large_workbook(tmp_path / "large.xlsx")
    start = cpu_seconds()
    CalamineWorkbook.from_path(str(path)).get_sheet_by_name("kandidaten").to_python()
    alone, start, wall = cpu_seconds() - start, cpu_seconds(), time.perf_counter()
    pool = read_pool(path, as_of=AS_OF)
    total, wall = cpu_seconds() - start, time.perf_counter() - wall
    assert len(pool.candidates) == CANDIDATES
    assert total < max(GOAL_SECONDS, 4 * alone), f"{total:.1f} s, {wall:.1f} s by the clock; parser alone {alone:.1f} s"
