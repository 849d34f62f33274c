"""What is done for a whole column or block at once gives the same as cell by cell and tag by tag."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from intake_files import rezipped, sheet_xml, workbook

from matching.errors import InputRefused
from matching.intake import SHEETS, raw, read_intake, tab_scan
from matching.intake.block_scan import scan_block
from matching.intake.cell import Reading
from matching.intake.cells import Identifier, Text
from matching.intake.guard import Package
from matching.intake.header import header_row
from matching.intake.raw import as_text, columns_of
from matching.intake.sensitive import screened

PIECES = ["autisme", "Ä", "ß", "\n", " ", "123456782", "12.34.56.782", "a@b.nl", "06-12345678", "\x07", "K-1", "werk"]


@given(st.lists(st.lists(st.sampled_from(PIECES), max_size=4).map("".join), max_size=6))
@pytest.mark.parametrize("kind", [Text(of_person=True), Text(), Identifier()], ids=["of_person", "text", "identifier"])
def test_many_texts_read_at_once_mean_what_each_means_alone(kind, texts):
    assert kind.read_all(texts) == [kind.read(text) for text in texts]


def test_only_texts_with_something_in_them_are_looked_at_one_by_one():
    texts = ["Werkt graag", "heeft autisme", "bel 06-12345678", "a\x07"]
    found = Text(of_person=True).read_all(texts)
    assert found[0] == Reading("Werkt graag")
    assert [bool(reading.refusal or reading.warning) for reading in found] == [False, True, True, True]
    assert found[1:] == [screened(text, of_person=True) for text in texts[1:]]


@settings(max_examples=60)
@given(st.lists(st.lists(st.sampled_from(["", "x", "1", 1.0, 0.0, True, False, None, 24.5]), max_size=4), max_size=9))
def test_rows_of_any_length_become_columns_in_batches_of_any_size(rows):
    width = max(map(len, rows), default=0)
    padded = [[as_text(cell) for cell in row] + [""] * (width - len(row)) for row in rows]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(raw, "BATCH_ROWS", 2)
        columns = columns_of(rows, 1)
    assert len(columns) == max(1, width)
    assert [[column[row] for column in columns[:width]] for row in range(len(rows))] == padded


CELLS = [
    '<c r="{}{}" s="1"><v>1</v></c>',
    '<c r="{}{}"/>',
    '<c r="{}{}" t="e"><v>#N/B</v></c>',
    '<c r="{}{}"><f>A1</f></c>',
]


@st.composite
def sheets_of_xml(draw) -> str:
    """Return rows of cells in the usual notation, with gaps, empty rows and merged cells."""
    rows, number = "", 0
    for _ in range(draw(st.integers(0, 6))):
        number += draw(st.integers(1, 3))
        cells = "".join(
            draw(st.sampled_from(CELLS)).format(name, number) for name in draw(st.sets(st.sampled_from("ABZ")))
        )
        rows += f'<row r="{number}" spans="1-3">{cells}</row>' if draw(st.booleans()) else f'<row r="{number}"/>'
    return rows


@settings(max_examples=60, deadline=None)
@given(rows=sheets_of_xml(), behind=st.sampled_from(["", '<mergeCells><mergeCell ref="A1:B2"/></mergeCells>']))
def test_a_block_counted_at_once_holds_what_it_holds_tag_by_tag(tmp_path_factory, rows, behind):
    folder = tmp_path_factory.mktemp("scan")
    path = rezipped(
        workbook(folder / "a.xlsx"), folder / "b.xlsx", xl__worksheets__sheet1_dot_xml=sheet_xml(rows, "", behind)
    )
    part, scans = "xl/worksheets/sheet1.xml", []
    for look in (scan_block, lambda _: None):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(tab_scan, "scan_block", look)
            scans.append(tab_scan.scan_tab(Package(path.read_bytes(), name="b"), part))
    assert scans[0] == scans[1]


@pytest.mark.parametrize(
    "odd",
    [
        b"<row r='1'><c r='A1'><v>1</v></c></row>",
        b'<row><c r="A1"><v>1</v></c></row>',
        b'<row r="1"><c s="1" r="A1"><v>1</v></c></row>',
        b'<row r="1"><c><v>1</v></c></row>',
        b'<x:row r="1"><x:c r="A1"><x:v>1</x:v></x:c></x:row>',
        b'<row r="1" hidden="1"><c r="A1"><v>1</v></c></row>',
        b'<row r="1"><c r="ABCD1"><v>1</v></c></row>',
        b'<row r="1"><c r="A12345678901"><v>1</v></c></row>',
    ],
)
def test_any_other_notation_is_looked_at_tag_by_tag(odd):
    assert scan_block(odd) is None


def test_a_header_is_never_read_as_a_value(tmp_path):
    rows = [["kandidaat", "uren"], ["K-1", "8"]]
    column = read_intake(workbook(tmp_path / "p.xlsx", kandidaten=rows)).sheets["candidates"].raw.columns[1]
    assert column.values == ("8",)


def test_the_widest_column_of_a_block_is_read_with_three_letters():
    found = scan_block(b'<row r="7"><c r="XFD7"><v>1</v></c></row>')
    assert found is not None and (found.width, found.reach, found.last_row, found.rows) == (16_384, 7, 7, 1)


def test_an_empty_row_holds_no_value_whatever_stands_behind_it():
    found = scan_block(b'<row r="9"/></sheetData><cfRule><formula>1</formula></cfRule>')
    assert found is not None and (found.rows, found.last_row) == (0, 0)


@pytest.mark.parametrize(("last", "refused"), [(20_008, False), (20_009, True)])
def test_two_rows_far_apart_are_no_sheet_of_records(tmp_path, last, refused):
    rows = "".join(f'<row r="{row}"><c r="A{row}"><v>1</v></c></row>' for row in (1, last))
    path = rezipped(workbook(tmp_path / "a.xlsx"), tmp_path / "b.xlsx", xl__worksheets__sheet1_dot_xml=sheet_xml(rows))
    opened = Package(path.read_bytes(), name="b.xlsx")
    if refused:
        with pytest.raises(InputRefused):
            tab_scan.scan_tab(opened, "xl/worksheets/sheet1.xml")
    else:
        assert tab_scan.scan_tab(opened, "xl/worksheets/sheet1.xml").last_row == last


@pytest.mark.parametrize("code", [-1, 2])
def test_an_answer_of_the_child_with_a_code_that_stands_for_nothing_is_refused(code):
    packet = raw.packed({"kandidaten": columns_of([["a"], ["b"]])})
    assert raw.unpacked(packet)["kandidaten"][0].values == ("a", "b")
    with pytest.raises(ValueError, match="without a value"):
        raw.unpacked(packet[:-4] + code.to_bytes(4, "little", signed=True))


@pytest.mark.parametrize(("above", "found"), [(9, 9), (10, None)])
def test_headers_are_looked_for_in_the_first_ten_rows(above, found):
    assert header_row(columns_of([["titel"]] * above + [["kandidaat"]]), SHEETS["candidates"]) == found
