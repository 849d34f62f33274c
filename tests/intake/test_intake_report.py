"""The check report: balance, completeness per source, stale profiles; and refused rows that can be repaired."""

from __future__ import annotations

import json

import pytest
from intake_files import AS_OF, folder, workbook

from matching.errors import InputRefused
from matching.intake import check, read_intake, read_pool
from matching.output.refused_rows import write_refused_rows

PEOPLE = (
    "kandidaat;bronorganisatie;profieldatum;uren;telefoon\n"
    "K-1;WSP A;01-10-2026;24;06\nK-2;WSP A;01-01-2026;;\nK-3;;;8;\nK-4;WSP A;01-10-2026;x;\n;;;;\n"
)


def test_the_report_balances_and_counts_per_source_and_stale(tmp_path):
    report = check(folder(tmp_path, kandidaten=PEOPLE), as_of=AS_OF)
    first, unknown = report.completeness
    assert (first.source, first.candidates, first.stale, first.known["hours_max"]) == ("WSP A", 2, 1, 1)
    assert (unknown.source, unknown.stale) == (None, 1)
    assert "kandidaten.csv: 5 rijen gelezen = 3 goed + 1 geweigerd + 1 leeg" in str(report)
    assert report.exit_code == 1


def test_the_report_gives_frames_and_plain_values_in_both_languages(tmp_path):
    report = check(folder(tmp_path, kandidaten=PEOPLE), as_of=AS_OF)
    assert report.to_frame().loc[0, "code"] == "intake.not_a_number"
    assert json.loads(json.dumps(report.to_json("en")))["dropped_columns"][0]["cells"] == 1
    assert report.completeness_frame().shape[0] == 2
    assert len(report.lines("en")) == len(report.lines("nl"))


def test_a_file_without_work_packages_is_checked_all_the_same(tmp_path):
    source = folder(tmp_path, kandidaten="kandidaat\nK-1\n")
    (source / "werkpakketten.csv").unlink()
    report = check(source, as_of=AS_OF)
    assert (report.usable, report.missing_sheets, report.exit_code) == (False, ("work_packages",), 1)


def cells_of_book(path):
    """Return the cells of each tab, read by another reader, with the kind of each cell."""
    from openpyxl import load_workbook

    return {tab.title: [list(row) for row in tab.iter_rows()] for tab in load_workbook(path)}


def test_refused_rows_come_back_in_their_own_layout_and_are_accepted_after_repair(tmp_path):
    rows = [["gemeente", "eigen kolom", "kandidaat", "BSN", "uren"], ["Delft", "x", "K-1", "1", "zes"]]
    broken = workbook(tmp_path / "p.xlsx", kandidaten=rows, werkpakketten=[["werkpakket", "schaal"], ["WP-1", "S99"]])
    write_refused_rows(read_intake(broken).refused_rows, tmp_path / "refused.xlsx")
    tabs = cells_of_book(tmp_path / "refused.xlsx")
    texts = [[cell.value for cell in row] for row in tabs["kandidaten"]]
    assert texts[0] == ["gemeente", "eigen kolom", "kandidaat", "uren", "waarom geweigerd", "rij in het bronbestand"]
    assert "is geen getal" in texts[1][4]
    repaired = {"kandidaten": [texts[0], [*texts[1][:3], "6", *texts[1][4:]]]}
    scales = [[cell.value for cell in row] for row in tabs["werkpakketten"]]
    repaired["werkpakketten"] = [scales[0], ["WP-1", "S9", *scales[1][2:]]]
    pool = read_pool(workbook(tmp_path / "again.xlsx", **repaired), as_of=AS_OF)
    assert pool.ledger.refused == 0
    assert pool.candidate("K-1").hours_max == 6.0
    assert [problem.column for problem in pool.ledger.problems] == ["eigen kolom"]


PAYLOADS = [
    "=1+1",
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-1+1",
    "@SUM(1)",
    "\t=1+1",
    "\r=1+1",
    "{=1+1}",
    '=HYPERLINK("http://voorbeeld.nl","x")',
    "=IMPORTXML(1,1)",
    "http://voorbeeld.nl",
    "'=1+1",
]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_formula_comes_alive_in_the_refused_rows(tmp_path, payload):
    source = folder(tmp_path, kandidaten=f'kandidaat;motivatie;uren\nK-1;"{payload.replace(chr(34), chr(34) * 2)}";x\n')
    rows = read_intake(source).refused_rows
    write_refused_rows(rows, tmp_path / "r.xlsx")
    cells = [cell for tab in cells_of_book(tmp_path / "r.xlsx").values() for row in tab for cell in row]
    assert rows
    assert not [cell for cell in cells if cell.data_type == "f" or cell.hyperlink]


def test_without_refused_rows_the_workbook_says_so_and_another_ending_is_refused(tmp_path):
    write_refused_rows([], tmp_path / "r.xlsx", "en")
    assert cells_of_book(tmp_path / "r.xlsx")["reasons"][0][0].value == "No rows were refused."
    with pytest.raises(InputRefused, match="xlsx"):
        write_refused_rows([], tmp_path / "r.pdf")
