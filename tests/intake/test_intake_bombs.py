"""Hostile workbooks are refused within a second and 300 MiB, and the caller lives on."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile

import pytest
from intake_files import rezipped, sheet_xml, text_cell, workbook

from matching.intake import read_intake

XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha"}">' for n in range(9))
ODS_MIME = b"application/vnd.oasis.opendocument.spreadsheet"
ODS_HEAD = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
)
ODS_TAIL = "</office:spreadsheet></office:body></office:document-content>"


def replaced(tmp_path, xml: bytes, part="xl__worksheets__sheet1_dot_xml"):
    return rezipped(workbook(tmp_path / "clean.xlsx"), tmp_path / "bomb.xlsx", **{part: xml})


def ods(tmp_path, rows: str):
    table = f'{XML}{ODS_HEAD}<table:table table:name="kandidaten">{rows}</table:table>{ODS_TAIL}'
    with zipfile.ZipFile(tmp_path / "bomb.ods", "w", zipfile.ZIP_DEFLATED) as new:
        new.writestr("mimetype", ODS_MIME)
        new.writestr("content.xml", table)
        new.writestr("META-INF/manifest.xml", XML + "<manifest:manifest/>")
    return tmp_path / "bomb.ods"


def ratio(tmp_path):
    row = f'<row r="1">{text_cell("A1", "kandidaat")}</row>'
    return replaced(tmp_path, sheet_xml(row * 1_200_000))


def millions_of_cells(tmp_path):
    cells = "".join(f'<c r="A{n}"><v>{n % 10}</v></c>' for n in range(10))
    rows = "".join(f'<row r="{n}">{cells}</row>' for n in range(1, 505_001))
    return replaced(tmp_path, sheet_xml(rows))


def sparse(tmp_path):
    rows = f'<row r="1">{text_cell("A1", "kandidaat")}</row><row r="1048576">{text_cell("XFD1048576", "x")}</row>'
    return replaced(tmp_path, sheet_xml(rows))


def sparse_in_single_quotes(tmp_path):
    rows = """<row r='1'><c r = 'A1'><v>1</v></c></row><row r='1048576'><c r='xfd1048576'><v>1</v></c></row>"""
    return replaced(tmp_path, sheet_xml(rows))


def sparse_under_a_lying_row(tmp_path):
    rows = f'<row r="1">{text_cell("A1", "kandidaat")}</row><row r="2">{text_cell("XFD1048576", "x")}</row>'
    return replaced(tmp_path, sheet_xml(rows))


def sparse_in_a_row_without_value(tmp_path):
    rows = f'<row r="1">{text_cell("A1", "kandidaat")}</row><row r="2"><c r="XFD1048576" t="b"/></row>'
    return replaced(tmp_path, sheet_xml(rows))


def sparse_with_many_rows(tmp_path):
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(1, 60_000))
    return replaced(tmp_path, sheet_xml(rows + f'<row r="60001">{text_cell("XFD60001", "x")}</row>'))


def laughs(tmp_path):
    return replaced(tmp_path, f"{XML}<!DOCTYPE x [{LAUGHS}]><worksheet>&l8;</worksheet>".encode())


def external_entity(tmp_path):
    text = f'{XML}<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><sst>&e;</sst>'
    return replaced(tmp_path, text.encode(), "xl__sharedStrings_dot_xml")


def deep(tmp_path):
    names = [f"a{n * 7919 % 1_000_003}" for n in range(300_000)]
    opened, closed = (f"<{name}>" for name in names), (f"</{name}>" for name in reversed(names))
    return replaced(tmp_path, sheet_xml("".join([*opened, *closed])))


def nested(tmp_path):
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("inside.zip", b"\x00" * 50_000_000)
    with zipfile.ZipFile(tmp_path / "bomb.xlsx", "w") as package:
        package.writestr("nested.zip", inner.getvalue())
    return tmp_path / "bomb.xlsx"


def thousands_of_parts(tmp_path):
    path = workbook(tmp_path / "bomb.xlsx")
    with zipfile.ZipFile(path, "a") as package:
        for number in range(3_000):
            package.writestr(f"xl/part{number}.xml", "<x/>")
    return path


def lying_header(tmp_path):
    path = replaced(tmp_path, sheet_xml(f'<row r="1">{text_cell("A1", "kandidaat" * 999)}</row>' * 500))
    content = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as package:
        size = package.getinfo("xl/worksheets/sheet1.xml").file_size.to_bytes(4, "little")
    path.write_bytes(bytes(content).replace(size, (100).to_bytes(4, "little")))
    return path


def repeated_columns(tmp_path):
    return ods(tmp_path, f"<table:table-row>{repeated_cell(16_384)}</table:table-row>")


def repeated_rows(tmp_path):
    return ods(
        tmp_path, f'<table:table-row table:number-rows-repeated="1048576">{repeated_cell(900)}</table:table-row>'
    )


def repeated_in_single_quotes(tmp_path):
    cell = repeated_cell(900).replace('"', "'")
    return ods(tmp_path, f"<table:table-row table:number-rows-repeated = '1048576'>{cell}</table:table-row>")


def repeated_cell(times: int) -> str:
    kind = f'office:value-type="string" table:number-columns-repeated="{times}"'
    return f"<table:table-cell {kind}><text:p>x</text:p></table:table-cell>"


def wide_encoding(tmp_path):
    return replaced(tmp_path, '<?xml version="1.0" encoding="UTF-16"?><worksheet/>'.encode("utf-16"))


def many_strings(tmp_path):
    return replaced(tmp_path, f"{XML}<sst>{'<si/>' * 8_000_000}</sst>".encode(), "xl__sharedStrings_dot_xml")


BOMBS = [
    ratio,
    millions_of_cells,
    sparse,
    sparse_in_single_quotes,
    sparse_under_a_lying_row,
    sparse_in_a_row_without_value,
    sparse_with_many_rows,
    laughs,
    external_entity,
    deep,
    nested,
    thousands_of_parts,
    lying_header,
    repeated_columns,
    repeated_rows,
    repeated_in_single_quotes,
    wide_encoding,
    many_strings,
]


REASONS = {
    "ratio": "too_much_inside",
    "millions_of_cells": "too_much_inside",
    "many_strings": "too_much_inside",
    "laughs": "entities",
    "external_entity": "entities",
    "deep": "odd_structure",
    "thousands_of_parts": "odd_structure",
    "wide_encoding": "odd_structure",
    "nested": "no_workbook",
    "lying_header": "damaged_workbook",
}
"""Why each bomb is refused; all others hold something far outside the table."""


MEASURE = """
import json, re, resource, sys, time
from matching.errors import InputRefused
from matching.intake import read_intake
start = time.process_time()
try:
    read_intake(sys.argv[1])
except InputRefused as fault:
    seconds, refused = time.process_time() - start, fault
peak = int(re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1])
peak = max(peak, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
alive = read_intake(sys.argv[2]).sheets["candidates"].count.accepted
told = {"seconds": seconds, "mebibytes": peak / 1024, "alive": alive, "key": refused.sentence.key}
print(json.dumps(told | {"text": refused.text("nl")}))
"""
"""A fresh process reads the bomb and then a good workbook; its own peak does not count what pytest needs."""


@pytest.mark.parametrize("bomb", BOMBS, ids=lambda bomb: bomb.__name__)
def test_a_bomb_is_refused_in_words_within_a_second_and_300_mebibytes_and_the_caller_lives(tmp_path, bomb):
    path, good = bomb(tmp_path), workbook(tmp_path / "good.xlsx")
    done = subprocess.run([sys.executable, "-c", MEASURE, path, good], capture_output=True, text=True, check=True)
    told = json.loads(done.stdout)
    assert told["seconds"] < 1.0
    assert told["mebibytes"] < 300
    assert told["alive"] == 2
    assert path.name in told["text"]
    assert told["key"] == f"intake.{REASONS.get(bomb.__name__, 'sparse_cells')}"


def test_empty_cells_repeated_to_the_end_of_an_ods_are_no_bomb(tmp_path):
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    rest = '<table:table-cell table:number-columns-repeated="16383"/>'
    rows = "".join(f"<table:table-row>{cell.format(text)}{rest}</table:table-row>" for text in ("kandidaat", "K-1"))
    end = f'<table:table-row table:number-rows-repeated="1048574">{rest}</table:table-row>'
    assert read_intake(ods(tmp_path, rows + end)).sheets["candidates"].count.accepted == 1


def ods_row(*cells: tuple[str, str]) -> str:
    """Return a row of text cells, each with its further attributes."""
    parts = (
        f'<table:table-cell office:value-type="string" {more}><text:p>{text}</text:p></table:table-cell>'
        for text, more in cells
    )
    return f"<table:table-row>{''.join(parts)}</table:table-row>"


def test_errors_and_spans_in_an_ods_are_named_with_their_true_row(tmp_path):
    head = ods_row(("kandidaat", ""), ("gemeente", ""))
    gap = '<table:table-row table:number-rows-repeated="3"><table:table-cell/></table:table-row>'
    wrong = ods_row(("K-1", ""), ("#N/B", 'calcext:value-type="error"'))
    span = ods_row(("K-2", ""), ("Delft", 'table:number-rows-spanned="2"'))
    problems = read_intake(ods(tmp_path, head + gap + wrong + span)).ledger.problems
    named = {(problem.sentence.key, problem.row) for problem in problems if problem.refuses}
    assert named == {("intake.error_cell", 5), ("intake.merged", 6)}
