"""Every writer lays out the same report, and nothing that comes from a file can come alive in a spreadsheet."""

from __future__ import annotations

import csv
import datetime as dt
import json
import zipfile
from pathlib import Path

import pytest
from openpyxl import load_workbook

from matching.errors import InputRefused, UnknownName
from matching.output.save import WRITERS, save
from matching.output.sheet import Column, Report, Sheet, Stamp

STARTS = ("=", "+", "-", "@", "\t=", "\r=", "\n=", "\uff1d", "\uff0b", "\uff0d", "\uff20", "|", "%")
TAILS = (
    "1+1",
    "cmd|' /C calc'!A0",
    'HYPERLINK("http://example.org","x")',
    "SUM(A1:A9)",
    "DDE(0)",
    "1",
    "A1",
    "x",
    "{=1}",
    "'x",
)
PAYLOADS = tuple(start + tail for start in STARTS for tail in TAILS)


@pytest.fixture
def stamp(as_of: dt.date) -> Stamp:
    return Stamp(as_of=as_of, fingerprint="0123456789abcdef", scorecards=("riha 1.0",), role="planner", seed=7)


@pytest.fixture
def hostile(stamp: Stamp) -> Report:
    columns = (Column(key="title"), Column(key="points", kind="whole"), Column(key="start", kind="date"))
    rows = tuple((payload, -5, dt.date(2026, 11, 1)) for payload in PAYLOADS)
    return Report(title="=1+1", sheets=(Sheet(key="table", columns=columns, rows=rows, notes=("=2+2",)),), stamp=stamp)


def test_there_are_at_least_120_payloads() -> None:
    assert len(set(PAYLOADS)) >= 120


def test_a_workbook_holds_no_formula_and_every_payload_as_text(hostile: Report, tmp_path: Path) -> None:
    save(hostile, tmp_path / "x.xlsx")
    sheet = load_workbook(tmp_path / "x.xlsx").worksheets[0]
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert not [cell for cell in cells if cell.data_type == "f" or cell.hyperlink]
    texts = {str(cell.value) for cell in cells if cell.data_type == "s"}
    assert len(texts & set(PAYLOADS)) >= len(PAYLOADS) - 20


def test_a_workbook_holds_no_formula_in_its_xml(hostile: Report, tmp_path: Path) -> None:
    save(hostile, tmp_path / "x.xlsx")
    with zipfile.ZipFile(tmp_path / "x.xlsx") as parts:
        sheets = [parts.read(name) for name in parts.namelist() if "worksheets/sheet" in name]
    assert sheets and not any(b"<f>" in sheet or b"<f " in sheet for sheet in sheets)


def test_an_open_document_holds_no_formula(hostile: Report, tmp_path: Path) -> None:
    save(hostile, tmp_path / "x.ods")
    with zipfile.ZipFile(tmp_path / "x.ods") as parts:
        content = parts.read("content.xml")
    assert b"table:formula" not in content and b"<script" not in content


def test_no_cell_of_a_delimited_file_starts_alive(hostile: Report, tmp_path: Path) -> None:
    save(hostile, tmp_path / "x.csv")
    assert (tmp_path / "x.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    with (tmp_path / "x.csv").open(encoding="utf-8-sig", newline="") as source:
        rows = list(csv.reader(source, delimiter=";"))
    assert len(rows) == 1 + len(PAYLOADS)
    assert not [row[0] for row in rows if row[0].startswith(("=", "+", "-", "@", "\t", "\r", "\n"))]
    assert rows[1][1] == "-5" and rows[1][2] == "01-11-2026"


def test_no_markup_from_a_file_reaches_a_page(hostile: Report, tmp_path: Path, stamp: Stamp) -> None:
    rows = (("<script>alert(1)</script>", 1, None),)
    sheet = Sheet(key="table", columns=hostile.main.columns, rows=rows)
    page = save(Report(title="<b>", sheets=(sheet,), stamp=stamp), tmp_path / "x.html").read_text(encoding="utf-8")
    assert "<script" not in page and "&lt;script&gt;" in page and '<html lang="nl">' in page


def test_json_holds_the_values_as_they_are(hostile: Report, tmp_path: Path) -> None:
    found = json.loads(save(hostile, tmp_path / "x.json").read_text(encoding="utf-8"))
    assert [row["title"] for row in found["table"]] == list(PAYLOADS)
    assert found["about"]["fingerprint"] == "0123456789abcdef"


@pytest.mark.parametrize("ending", sorted(WRITERS))
def test_every_format_carries_the_stamp(ending: str, stamp: Stamp, tmp_path: Path) -> None:
    sheet = Sheet(key="table", columns=(Column(key="title"),), rows=(("archief",),))
    path = save(Report(title="t", sheets=(sheet, _account(stamp)), stamp=stamp), tmp_path / f"x{ending}")
    text = _all_text(path)
    assert "0123456789abcdef" in text and "riha 1.0" in text.casefold()


def _account(stamp: Stamp) -> Sheet:
    columns = (Column(key="name"), Column(key="value"))
    return Sheet(key="account", columns=columns, rows=stamp.lines("nl"))


def _all_text(path: Path) -> str:
    if not zipfile.is_zipfile(path):
        return path.read_text(encoding="utf-8")
    with zipfile.ZipFile(path) as parts:
        return "".join(parts.read(name).decode("utf-8", "replace") for name in parts.namelist())


@pytest.mark.parametrize("ending", sorted(WRITERS))
def test_the_same_report_gives_the_same_bytes(ending: str, hostile: Report, tmp_path: Path) -> None:
    one, two = (save(hostile, tmp_path / f"{name}{ending}") for name in "ab")
    if ending == ".ods":
        assert _all_text(one) == _all_text(two)
    else:
        assert one.read_bytes() == two.read_bytes()


def test_a_workbook_prints_on_a4_landscape_with_repeated_headings(hostile: Report, tmp_path: Path) -> None:
    sheet = load_workbook(save(hostile, tmp_path / "x.xlsx")).worksheets[0]
    assert sheet.page_setup.orientation == "landscape" and int(sheet.page_setup.paperSize) == 9
    assert sheet.sheet_properties.pageSetUpPr.fitToPage and int(sheet.page_setup.fitToHeight) == 0
    assert sheet.print_title_rows == "$3:$3" and sheet.freeze_panes == "B4"
    assert sheet.auto_filter.ref and "&P" in sheet.oddFooter.center.text


def test_a_choice_column_offers_its_words(stamp: Stamp, tmp_path: Path) -> None:
    column = Column(key="decision", kind="choice", choices=("geaccepteerd", "denkt na"))
    sheet = Sheet(key="table", columns=(column,), rows=((None,),))
    book = load_workbook(save(Report(title="t", sheets=(sheet,), stamp=stamp), tmp_path / "x.xlsx"))
    rule = book.worksheets[0].data_validations.dataValidation[0]
    assert rule.type == "list" and str(rule.sqref) == "A3"
    assert [cell.value for cell in book["keuzelijsten"]["A"]] == ["geaccepteerd", "denkt na"]


def test_an_unknown_ending_names_the_known_ones(hostile: Report, tmp_path: Path) -> None:
    with pytest.raises(UnknownName, match=r"\.xlsx"):
        save(hostile, tmp_path / "x.xslx")


def test_a_folder_that_cannot_be_written_gives_a_sentence(hostile: Report, tmp_path: Path) -> None:
    (tmp_path / "x").write_text("a file, no folder")
    with pytest.raises(InputRefused, match="kan niet worden geschreven"):
        save(hostile, tmp_path / "x" / "y.csv")


def test_nothing_is_left_behind_when_writing_fails(stamp: Stamp, tmp_path: Path) -> None:
    sheet = Sheet(key="table", columns=(Column(key="title"),), rows=((object(),),))  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        save(Report(title="t", sheets=(sheet,), stamp=stamp), tmp_path / "x.xlsx")
    assert list(tmp_path.iterdir()) == []
