"""A cell with line ends is a cell, also when the rest of its row holds lists."""

from __future__ import annotations

from matching.intake.delimited import records_of, text_lines

HEAD = "id;title;kinds;more\n"


def test_a_title_of_two_lines_is_read_when_later_cells_hold_lists() -> None:
    lines = text_lines(HEAD + 'A;"two\nlines";"x; y; z";m\nB;one;;\n')
    found = list(records_of(lines, ";", 0))
    assert [record.fault for record in found] == [None, None, None]
    assert found[1].fields == ("A", "two\nlines", "x; y; z", "m")


def test_an_open_quote_still_never_swallows_the_row_behind_it() -> None:
    lines = text_lines(HEAD + 'A;"open;k;m\nB;one;k;m"\nC;d;k;m\n')
    found = list(records_of(lines, ";", 0))
    assert [record.line for record in found] == [1, 2, 3, 4]
    assert [record.fault is None for record in found] == [True, False, False, True]
