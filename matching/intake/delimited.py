"""Delimited text files: delimiter, quotes and lines, so that every line of the file ends up in one record.

A quote that is never closed must not swallow the rows behind it: such a line is refused alone and reading goes on
with the next one.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from matching.errors import InputRefused
from matching.intake.encoding import decoded, looks_read_twice
from matching.intake.raw import RawSheet, columns_of
from matching.intake.sheet import Sheet
from matching.intake.words import normal
from matching.text import Sentence, say

DELIMITERS = (";", ",", "\t", "|")
LARGEST_FILE = 500_000_000
MOST_FIELDS = 2_000
"""A line with more fields than this is no row of ours; it is refused without cutting it up."""
LONGEST_RECORD_LINES = 60
"""A quoted cell with more line ends than this is an open quote."""

LIVE_STARTS = tuple("=+-@|%\t\r\n")
"""Our own exports put an apostrophe before these (wide forms included); it is taken off again."""


@dataclass(frozen=True, slots=True)
class Record:
    """One record: its fields, the line it starts on (from 1), how many lines it takes, and what is wrong with it."""

    fields: tuple[str, ...]
    line: int
    lines: int = 1
    fault: Sentence | None = None


def read_delimited(content: bytes, sheet: Sheet, *, name: str) -> RawSheet:
    """Return a delimited file as a sheet. Raises InputRefused for a file that cannot be read in one way only."""
    if len(content) > LARGEST_FILE:
        raise InputRefused(say("intake.too_large", file=name, megabytes=LARGEST_FILE // 1_000_000))
    text, _ = decoded(content, name=name)
    lines = text_lines(text)
    stated = _stated_delimiter(lines)
    start = 1 if stated else 0
    delimiter = stated or _found_delimiter(lines, sheet, name)
    records = list(records_of(lines, delimiter, start))
    return _sheet_of(records, sheet, name, looks_read_twice(text))


def text_lines(text: str) -> list[str]:
    """Return the lines of a text without their ends; only CR, LF and CRLF end a line."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return lines[:-1] if lines and lines[-1] == "" else lines


def _stated_delimiter(lines: Sequence[str]) -> str | None:
    """Return the delimiter that a first line such as "sep=;" states."""
    match = re.match(r'"?sep=(.)"?[;,\t|]*\Z', lines[0].strip(), re.IGNORECASE) if lines else None
    return match[1] if match and match[1] in DELIMITERS else None


def _found_delimiter(lines: Sequence[str], sheet: Sheet, name: str) -> str:
    """Return the delimiter under which the first lines hold most known headers."""
    best, known = ";", 0
    for delimiter in DELIMITERS:
        for line in lines[:10]:
            if line.count(delimiter) > MOST_FIELDS:
                continue
            headers = {normal(cell) for cell in _split(line, delimiter) or ()}
            found = len(headers & set(sheet.by_header))
            if found > known:
                best, known = delimiter, found
    if known == 0 and any(line.strip() for line in lines):
        raise InputRefused(say("intake.no_delimiter", file=name, needed=sheet.needed))
    return best


def _split(text: str, delimiter: str) -> tuple[str, ...] | None:
    """Return the fields of one record, or None when its quotes do not close or stand inside a field."""
    if '"' not in text:
        return tuple(text.split(delimiter))
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error:
        return None
    return tuple(rows[0]) if len(rows) == 1 else None


def records_of(lines: Sequence[str], delimiter: str, start: int) -> Iterator[Record]:
    """Return the records from a line on; together they take every line exactly once."""
    width, at = 0, start
    while at < len(lines):
        record = _record(lines, at, delimiter, width)
        if width == 0 and record.fault is None and any(cell.strip() for cell in record.fields):
            width = len(record.fields)
        yield record
        at += record.lines


def _record(lines: Sequence[str], at: int, delimiter: str, width: int) -> Record:
    """Return the record that starts on a line: one line, or as many as its quoted cells need."""
    line = lines[at]
    if "\x00" in line:
        return Record((line.replace("\x00", ""),), at + 1, fault=say("intake.control_character"))
    if line.count(delimiter) > MOST_FIELDS:
        found = line.count(delimiter) + 1
        return Record((line[:40],), at + 1, fault=say("intake.ragged", found=found, expected=width))
    if '"' not in line:
        return Record(tuple(line.split(delimiter)), at + 1)
    text = line
    for taken in range(1, min(LONGEST_RECORD_LINES, len(lines) - at) + 1):
        fields = _split(text, delimiter) if text.count('"') % 2 == 0 else None
        if fields is not None:
            swallowed = taken > 1 and _swallows(lines[at + 1 : at + taken], delimiter, width)
            wrong = taken > 1 and width and len(fields) != width
            return _open_quote(line, at, delimiter) if swallowed or wrong else Record(fields, at + 1, taken)
        if text.count('"') % 2 == 0 or at + taken >= len(lines):
            break
        text = f"{text}\n{lines[at + taken]}"
    return _open_quote(line, at, delimiter)


def _swallows(behind: Sequence[str], delimiter: str, width: int) -> bool:
    """Return whether a line inside a quoted cell looks like a row of its own; lists in its own quotes count once."""
    return width > 1 and any(line.count(delimiter) >= width - 1 and _cells(line, delimiter) >= width for line in behind)


def _cells(line: str, delimiter: str) -> int:
    """Return how many cells a line has when it is read by itself, whether or not its quotes close."""
    return len(next(csv.reader([line], delimiter=delimiter), []))


def _open_quote(line: str, at: int, delimiter: str) -> Record:
    return Record(tuple(line.split(delimiter)), at + 1, fault=say("intake.open_quote"))


def _sheet_of(records: Sequence[Record], sheet: Sheet, name: str, read_twice: bool) -> RawSheet:
    """Return records as a sheet; the first of the first ten records with a known header is the header."""
    top = _header_place(records, sheet)
    if top is None:
        faults = dict.fromkeys(range(len(records)), say("intake.no_header", needed=sheet.needed))
        faults = {place: fault for place, fault in faults.items() if any(records[place].fields)}
        return RawSheet(
            name=name,
            header=(),
            columns=(),
            rows=_line_numbers(records),
            row_faults=faults,
            notes=tuple(faults.values())[:1],
        )
    header = tuple(cell.strip() for cell in records[top].fields)
    body = records[top + 1 :]
    notes = [say("intake.header_not_first", row=records[top].line)] if _filled(records[:top]) else []
    if read_twice:
        notes.append(say("intake.read_twice", file=name))
    faults = {place: fault for place, record in enumerate(body) if (fault := _fault(record, len(header)))}
    rows = [[_unguarded(cell) for cell in record.fields[: len(header)]] for record in body]
    return RawSheet(
        name=name,
        header=header,
        columns=columns_of(rows, len(header)),
        rows=_line_numbers(body),
        row_faults=faults,
        notes=tuple(notes),
    )


def _header_place(records: Sequence[Record], sheet: Sheet) -> int | None:
    for place, record in enumerate(records[:10]):
        if record.fault is None and {normal(cell) for cell in record.fields} & set(sheet.by_header):
            return place
    return None


def _filled(records: Sequence[Record]) -> bool:
    return any(cell.strip() for record in records for cell in record.fields)


def _fault(record: Record, width: int) -> Sentence | None:
    """Return what is wrong with a record: its own fault, or a number of fields that differs from the header."""
    if record.fault:
        return record.fault
    if not any(cell.strip() for cell in record.fields):
        return None
    extra = any(cell.strip() for cell in record.fields[width:])
    if len(record.fields) < width or extra:
        return say("intake.ragged", found=len(record.fields), expected=width)
    return None


def _line_numbers(records: Sequence[Record]) -> np.ndarray:
    return np.array([record.line for record in records], dtype=np.int64)


def _unguarded(cell: str) -> str:
    if not cell.startswith("'"):
        return cell
    return cell[1:] if unicodedata.normalize("NFKC", cell[1:2]).startswith(LIVE_STARTS) else cell
