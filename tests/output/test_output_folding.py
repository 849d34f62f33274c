"""A table never breaks a word and is a list where a screen is narrow."""

from __future__ import annotations

import io

import pytest
from rich import box
from rich.console import Console
from rich.table import Table

from matching.output.folding import FoldingTable

WORDS = ("werkpakket", "verandering", "kandidaten", "voorbehoud", "arbeidsmarktregio")
CELL = "eerst vragen of thuiswerken kan, dan de begeleiding regelen"


def wide_table() -> FoldingTable:
    table = FoldingTable(box=box.HORIZONTALS, padding=(0, 2, 0, 0), pad_edge=False)
    for word in WORDS:
        table.add_column(word, overflow="fold")
    table.add_row("WP-0001", CELL, "3", CELL, "Noord-Holland-Noord")
    return table


def shown(table: Table, width: int) -> list[str]:
    stream = io.StringIO()
    Console(file=stream, width=width).print(table)
    return stream.getvalue().splitlines()


@pytest.mark.parametrize("width", [24, 40, 59, 60, 72, 80, 120, 200])
def test_no_word_is_broken_and_no_line_is_too_long(width: int) -> None:
    lines = shown(wide_table(), width)
    assert max(map(len, lines)) <= width
    found = " ".join(lines).split()
    assert set(WORDS[1:]) | {"WP-0001", "thuiswerken", "Noord-Holland-Noord"} <= {word.rstrip(":,") for word in found}


def test_a_narrow_screen_shows_a_row_as_named_lines() -> None:
    lines = [line.rstrip() for line in shown(wide_table(), 40)]
    assert lines[0] == "WP-0001" and "  kandidaten: 3" in lines


def test_a_place_in_a_list_stands_before_who_it_is_about() -> None:
    table = FoldingTable()
    for heading in ("nr", "wie", "oordeel"):
        table.add_column(heading)
    table.add_row("2=", "K-1\nWSP Delft", "sterk")
    assert [line.rstrip() for line in shown(table, 40)] == ["2= K-1, WSP Delft", "  oordeel: sterk"]


def test_sentences_of_a_cell_follow_each_other() -> None:
    table = FoldingTable()
    for heading in ("wie", "waarom"):
        table.add_column(heading)
    table.add_row("K-1", "Dit past.\nDat ook.")
    assert shown(table, 40)[1].rstrip() == "  waarom: Dit past. Dat ook."
    table.add_row("K-2", "")
    assert [line.rstrip() for line in shown(table, 40)][-1] == "K-2"


def test_a_wide_screen_shows_a_table() -> None:
    first = shown(wide_table(), 200)[1].split()
    assert first == list(WORDS)


def test_a_table_without_columns_shows_nothing() -> None:
    assert shown(FoldingTable(), 80) == []
