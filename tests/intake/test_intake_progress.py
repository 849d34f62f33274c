"""Whoever waits for a large file hears how far its reading is."""

from __future__ import annotations

import threading

from intake_files import AS_OF, folder, workbook

from matching.intake import Progress, read_pool
from matching.intake import workbook as reader

ROWS = 25_000


def test_fifty_thousand_rows_are_counted_while_a_child_reads_them(tmp_path, monkeypatch):
    rows = [["kandidaat", "gemeente"], *(["K-" + str(row), "Delft"] for row in range(2 * ROWS))]
    monkeypatch.setattr(reader, "SMALL_BYTES", 0)
    heard: list[Progress] = []
    threads = set()
    pool = read_pool(
        workbook(tmp_path / "p.xlsx", kandidaten=rows),
        as_of=AS_OF,
        progress=lambda moment: (heard.append(moment), threads.add(threading.current_thread())),
    )
    assert len(pool.candidates) == 2 * ROWS
    assert [moment.done for moment in heard if moment.step == "rows"] == list(range(5_000, 2 * ROWS + 1, 5_000))
    assert {moment.total for moment in heard if moment.step == "rows"} == {2 * ROWS + 3}
    assert threads == {threading.current_thread()}


def test_every_step_is_told_in_order_and_in_words(tmp_path):
    heard: list[Progress] = []
    read_pool(workbook(tmp_path / "p.xlsx"), as_of=AS_OF, progress=heard.append)
    steps = [moment.step for moment in heard]
    assert steps == sorted(steps, key=["unpacking", "rows", "checking"].index)
    assert heard[-1].sentence.text("nl") == "Controleren, werkpakketten: kolom 2 van 2"
    assert "%" in heard[0].sentence.text("en")


def test_a_folder_of_text_files_tells_which_column_is_checked(tmp_path):
    heard: list[Progress] = []
    read_pool(folder(tmp_path / "pool"), as_of=AS_OF, progress=heard.append)
    assert [(moment.sheet, moment.done, moment.total) for moment in heard][-3:] == [
        ("werkpakketten.csv", done, 3) for done in (1, 2, 3)
    ]
