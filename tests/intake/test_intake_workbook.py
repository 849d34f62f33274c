"""Workbooks: what Excel and LibreOffice save is read whole; errors, merges and formulas without a value are named."""

from __future__ import annotations

import datetime as dt
import random
import zipfile

import pytest
from intake_files import AS_OF, folder, rezipped, sheet_xml, text_cell, workbook

from matching.errors import InputRefused
from matching.intake import read_intake, read_pool
from matching.intake.child import grids_in_child
from matching.intake.grids import ParserFailed, grids_of

KEYS = [["kandidaat", "uren maximaal", "profieldatum", "doelgroepregister"]]


def keys_of(intake):
    return [(problem.sentence.key.removeprefix("intake."), problem.row) for problem in intake.ledger.problems]


def test_numbers_dates_and_truths_read_as_people_see_them(tmp_path):
    rows = [*KEYS, ["00123", 24.5, dt.date(2026, 3, 1), True], [7, 16, "01-03-2026", "nee"]]
    path = workbook(tmp_path / "pool.xlsx", kandidaten=[[as_written(cell) for cell in row] for row in rows])
    pool = read_pool(path, as_of=AS_OF)
    assert pool.candidates.ids == ("00123", "7")
    assert pool.candidate("00123").hours_max == 24.5
    assert pool.candidate("00123").register_status is True
    assert pool.candidate("7").profile_date == dt.date(2026, 3, 1)


def as_written(cell):
    return cell.isoformat() if isinstance(cell, dt.date) else cell


def test_errors_formulas_without_value_and_merges_are_named_with_their_row(tmp_path):
    import xlsxwriter

    with xlsxwriter.Workbook(str(tmp_path / "p.xlsx")) as book:
        tab = book.add_worksheet("Kandidaten")
        tab.write_row(0, 0, ["kandidaat", "gemeente", "uren"])
        tab.write_row(1, 0, ["K-1", "Delft", 16])
        tab.write_row(2, 0, ["K-2", "Delft"])
        tab.write_formula(2, 2, "=1/0", None, "#DIV/0!")
        tab.write_row(3, 0, ["K-3", "Delft"])
        tab.write_formula(3, 2, "=8+8", None, "")
        tab.write_row(4, 0, ["K-4", "Delft"])
        tab.write_formula(4, 2, "=8+8", None, 16)
        tab.write(5, 0, "K-5")
        tab.merge_range(5, 1, 6, 1, "Delft")
        tab.write(6, 0, "K-6")
        tab.set_row(1, None, None, {"hidden": True})
        book.add_worksheet("werkpakketten").write_column(0, 0, ["werkpakket", "WP-1"])
        book.add_worksheet("Blad3").write(0, 0, "x")
    intake = read_intake(tmp_path / "p.xlsx")
    assert set(keys_of(intake)) == {
        ("unknown_tab", None),
        ("hidden_rows", None),
        ("error_cell", 3),
        ("formula_without_value", 4),
        ("merged", 6),
        ("merged", 7),
    }
    assert intake.sheets["candidates"].count.accepted == 2


def test_a_size_tag_that_lies_loses_no_row(tmp_path):
    rows = "".join(f'<row r="{n}">{text_cell(f"A{n}", "kandidaat" if n == 1 else f"K-{n}")}</row>' for n in range(1, 7))
    for claim in ("A1:A1", "A1:XFD1048576"):
        xml = sheet_xml(rows, before=f'<dimension ref="{claim}"/>')
        path = rezipped(workbook(tmp_path / "a.xlsx"), tmp_path / "b.xlsx", xl__worksheets__sheet1_dot_xml=xml)
        assert len(read_pool(path, as_of=AS_OF).candidates) == 5


def test_rows_and_cells_without_references_are_read_in_order(tmp_path):
    cell = '<c t="inlineStr"><is><t>{}</t></is></c>'
    rows = "".join(f"<row>{cell.format(text)}</row>" for text in ("kandidaat", "K-1", "K-2"))
    path = rezipped(workbook(tmp_path / "a.xlsx"), tmp_path / "b.xlsx", xl__worksheets__sheet1_dot_xml=sheet_xml(rows))
    assert read_pool(path, as_of=AS_OF).candidates.ids == ("K-1", "K-2")


def test_a_title_above_the_headers_is_skipped_and_said(tmp_path):
    rows = [["Lijst van november"], [], ["kandidaat", "gemeente"], ["K-1", "Delft"], [], ["K-2", "Delft"]]
    intake = read_intake(workbook(tmp_path / "p.xlsx", kandidaten=rows))
    count = intake.sheets["candidates"].count
    assert (count.read, count.accepted, count.blank) == (3, 2, 1)
    assert ("header_not_first", None) in keys_of(intake)
    assert intake.sheets["candidates"].raw.rows.tolist() == [4, 5, 6]


def test_something_under_no_header_refuses_its_row(tmp_path):
    rows = [["kandidaat", "gemeente"], ["K-1", "Delft"], ["K-2", "Delft", "verschoven"]]
    intake = read_intake(workbook(tmp_path / "p.xlsx", kandidaten=rows))
    assert keys_of(intake) == [("under_no_header", 3)]


def test_english_tabs_in_any_order_read_alike(tmp_path):
    import xlsxwriter

    with xlsxwriter.Workbook(str(tmp_path / "p.xlsx")) as book:
        book.add_worksheet("Work Packages").write_column(0, 0, ["WORK PACKAGE", "WP-1"])
        tab = book.add_worksheet("candidates")
        tab.write_row(0, 0, ["Municipality", "Candidate"])
        tab.write_row(1, 0, ["Delft", "K-1"])
    assert read_pool(tmp_path / "p.xlsx", as_of=AS_OF).candidate("K-1").municipality == "delft"


def test_macros_are_not_run_and_that_is_said(tmp_path):
    path = rezipped(workbook(tmp_path / "a.xlsx"), tmp_path / "b.xlsm", xl__vbaProject_dot_bin=b"macro")
    assert ("macros_ignored", None) in keys_of(read_intake(path))


def test_two_tabs_for_one_sheet_are_refused(tmp_path):
    with pytest.raises(InputRefused, match="meer dan een keer"):
        read_intake(workbook(tmp_path / "p.xlsx", candidates=[["kandidaat"], ["K-1"]]))


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("weg.xlsx", None, "bestaat niet"),
        ("leeg.xlsx", b"", "is leeg"),
        ("tekst.xlsx", b"kandidaat;gemeente", "geen werkmap"),
        ("oud.xls", b"x", "oude Excel-werkmap"),
        ("oud.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, "oude Excel-werkmap"),
        (
            "slot.xlsx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "wachtwoord",
        ),
        ("half.xlsx", b"PK\x03\x04" + b"\x00" * 50, "beschadigd"),
        ("brief.docx", b"PK", ".csv, .txt, .tsv, .pool"),
        ("iets.csv", b"a;b", "geen bekende bladnaam"),
    ],
)
def test_a_file_that_cannot_be_read_gets_a_dutch_sentence(tmp_path, name, content, words):
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(InputRefused, match=words):
        read_pool(tmp_path / name, as_of=AS_OF)


def test_a_missing_sheet_an_empty_pool_and_an_empty_folder_say_what_to_do(tmp_path):
    source = folder(tmp_path / "a", kandidaten="kandidaat\n", werkpakketten="werkpakket\nWP-1\n")
    with pytest.raises(InputRefused, match="geen enkele kandidaat"):
        read_pool(source, as_of=AS_OF)
    (source / "werkpakketten.csv").unlink()
    with pytest.raises(InputRefused, match="ontbreken: werkpakketten"):
        read_pool(source, as_of=AS_OF)
    (source / "kandidaten.csv").unlink()
    with pytest.raises(InputRefused, match="geen bekende bestanden"):
        read_pool(source, as_of=AS_OF)


def test_needs_may_come_from_a_file_of_their_own(tmp_path):
    path = workbook(tmp_path / "p.xlsx")
    (tmp_path / "behoeften.csv").write_text("kandidaat;voorziening\nK-1;rustige werkplek\n")
    pool = read_pool(path, needs=tmp_path / "behoeften.csv", as_of=AS_OF)
    assert pool.candidate("K-1").needs[0].arrangements == ("quiet_place",)


def test_the_child_gives_the_same_grid_and_a_broken_workbook_breaks_only_the_child(tmp_path):
    content = workbook(tmp_path / "p.xlsx").read_bytes()
    here, there = grids_of(content, ["kandidaten"]), grids_in_child(content, ["kandidaten"], megabytes=2_000)
    assert [column.values for column in here["kandidaten"]] == [column.values for column in there["kandidaten"]]
    with pytest.raises(ParserFailed):
        grids_in_child(b"PK\x03\x04rubbish", ["kandidaten"], megabytes=2_000)
    with pytest.raises(ParserFailed):
        grids_in_child(content, ["kandidaten"], megabytes=20)


PARTS = ("sheet", "workbook", "Strings", "content")


def mutated(content: bytes, rng: random.Random, target) -> None:
    """Write a workbook with damage: in the raw bytes, or inside one of its parts."""
    if rng.random() < 0.4:
        at = rng.randrange(len(content))
        broken = content[:at] + rng.randbytes(rng.randint(0, 40)) + content[at + rng.randint(0, 40) :]
        target.write_bytes(broken if rng.random() < 0.8 else content[:at])
        return
    source = target.with_suffix(".source")
    source.write_bytes(content)
    with zipfile.ZipFile(source) as package:
        part = rng.choice([name for name in package.namelist() if any(word in name for word in PARTS)])
        inside = package.read(part)
    for _ in range(rng.randint(1, 6)):
        at = rng.randrange(len(inside))
        piece = rng.choice(
            [b"", b"<", b">", b'"', b"&", b"\x00", b"999999", b"<c", b"</row>", b'r="ZZ9"', b't="e"', b"/>"]
        )
        inside = inside[:at] + piece + inside[at + rng.randint(0, 8) :]
    rezipped(source, target, **{part.replace("/", "__").replace(".", "_dot_"): inside})


def survive_workbooks(files: int, tmp_path) -> int:
    """Read so many damaged workbooks; return how many were refused whole."""
    from matching.output.template import write_template

    write_template(tmp_path / "t.xlsx")
    write_template(tmp_path / "t.ods")
    seeds = [workbook(tmp_path / "s.xlsx").read_bytes(), (tmp_path / "t.xlsx").read_bytes()]
    seeds.append((tmp_path / "t.ods").read_bytes())
    rng, refused = random.Random(files), 0
    for number in range(files):
        target = tmp_path / f"m.{'ods' if number % 3 == 2 else 'xlsx'}"
        mutated(seeds[number % 3], rng, target)
        try:
            intake = read_intake(target)
        except InputRefused as fault:
            assert fault.text("nl")
            refused += 1
            continue
        assert intake.ledger.balances
    return refused


def test_damaged_workbooks_never_crash_and_never_lose_a_record(tmp_path):
    assert 0 < survive_workbooks(60, tmp_path) < 60


@pytest.mark.soak
def test_two_thousand_damaged_workbooks_never_crash_and_never_lose_a_record(tmp_path):
    assert 0 < survive_workbooks(2_000, tmp_path) < 2_000


def test_a_formula_that_results_in_an_empty_text_is_an_empty_cell(tmp_path):
    rows = (
        f'<row r="1">{text_cell("A1", "kandidaat")}{text_cell("B1", "titel")}{text_cell("C1", "gemeente")}</row>'
        f'<row r="2">{text_cell("A2", "K-1")}<c r="C2" t="str"><f>""</f><v></v></c></row>'
    )
    path = rezipped(workbook(tmp_path / "a.xlsx"), tmp_path / "b.xlsx", xl__worksheets__sheet1_dot_xml=sheet_xml(rows))
    count = read_intake(path).sheets["candidates"].count
    assert (count.accepted, count.refused) == (1, 0)


def test_a_last_row_with_nothing_but_an_error_is_still_a_record(tmp_path):
    rows = (
        f'<row r="1">{text_cell("A1", "kandidaat")}{text_cell("B1", "gemeente")}</row>'
        f'<row r="2">{text_cell("A2", "K-1")}</row>'
        '<row r="4"><c r="B4" t="e"><v>#N/A</v></c></row>'
    )
    merged = '<mergeCells count="1"><mergeCell ref="A2:A9"/></mergeCells>'
    for behind, accepted in (("", 1), (merged, 0)):
        xml = sheet_xml(rows, behind=behind)
        path = rezipped(workbook(tmp_path / "a.xlsx"), tmp_path / "b.xlsx", xl__worksheets__sheet1_dot_xml=xml)
        count = read_intake(path).sheets["candidates"].count
        assert count.balances
        assert (count.accepted, count.read) == (accepted, 3)
