"""Which files and tabs hold which sheet: a workbook, or a folder of delimited files."""

from __future__ import annotations

from pathlib import Path

from matching.domain.ledger import Problem
from matching.errors import InputRefused
from matching.intake.columns import SHEETS, sheet_named
from matching.intake.delimited import read_delimited
from matching.intake.prepared import ENDING
from matching.intake.progress import Watch, unwatched
from matching.intake.raw import RawSheet
from matching.intake.sheet import Sheet
from matching.intake.source import Source, unknown_tab
from matching.intake.workbook import read_tab, read_workbook
from matching.text import say

WORKBOOKS = (".xlsx", ".xlsm", ".ods")
DELIMITED = (".csv", ".txt", ".tsv")
LIKE_TABLES = (*WORKBOOKS, *DELIMITED, ".xls", ".json")
"""Files in a folder that look as if they were meant to be read."""


def open_source(path: Path, watch: Watch = unwatched) -> Source:
    """Return all known sheets of a workbook or folder. Raises InputRefused when nothing can be read."""
    try:
        return _opened(path, watch)
    except (OSError, ValueError):
        raise InputRefused(say("intake.unreadable", file=path.name)) from None


def _opened(path: Path, watch: Watch) -> Source:
    if path.is_dir():
        return _folder(path)
    if not path.exists():
        raise InputRefused(say("intake.no_such_file", file=path.name))
    ending = path.suffix.lower()
    if ending in WORKBOOKS:
        return read_workbook(path, watch)
    if ending in DELIMITED:
        found = sheet_named(path.stem)
        if found is None:
            raise InputRefused(say("intake.one_text_file", file=path.name, names=_file_names()))
        return Source(sheets={found.key: _delimited(path, found)})
    if ending == ".xls":
        raise InputRefused(say("intake.old_workbook", file=path.name))
    raise InputRefused(say("intake.unknown_ending", file=path.name, allowed=(*WORKBOOKS, *DELIMITED, ENDING)))


def open_one(path: Path, sheet: Sheet) -> RawSheet:
    """Return the one sheet of a file of another system: the first tab that has its headers."""
    if not path.is_file():
        raise InputRefused(say("intake.no_such_file", file=path.name))
    ending = path.suffix.lower()
    if ending in DELIMITED:
        return _delimited(path, sheet)
    if ending in WORKBOOKS:
        return read_tab(path, sheet)
    raise InputRefused(say("intake.unknown_ending_of_export", file=path.name, allowed=(*WORKBOOKS, *DELIMITED)))


def _file_names() -> tuple[str, ...]:
    return tuple(f"{found.nl}.csv" for found in SHEETS.values())


def _delimited(path: Path, sheet: Sheet) -> RawSheet:
    try:
        content = path.read_bytes()
    except OSError:
        raise InputRefused(say("intake.unreadable", file=path.name)) from None
    return read_delimited(content, sheet, name=path.name)


def _folder(path: Path) -> Source:
    """Return the sheets of a folder: one delimited file each; other files that look like tables are named."""
    sheets: dict[str, RawSheet] = {}
    notes: list[Problem] = []
    for file in sorted(path.iterdir()):
        found = sheet_named(file.stem) if file.suffix.lower() in DELIMITED and file.is_file() else None
        if found is None:
            if file.suffix.lower() in LIKE_TABLES and not file.name.startswith(".") and file.is_file():
                notes.append(unknown_tab(file.name, kind="file"))
            continue
        if found.key in sheets:
            raise InputRefused(say("intake.sheet_twice", sheet=found.term, names=(sheets[found.key].name, file.name)))
        sheets[found.key] = _delimited(file, found)
    if not sheets:
        raise InputRefused(say("intake.empty_folder", file=path.name, names=_file_names()))
    return Source(sheets=sheets, notes=tuple(notes))
