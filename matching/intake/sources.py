"""Which files and tabs hold which sheet: a workbook, or a folder of delimited files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from matching.domain.ledger import Problem
from matching.errors import InputRefused, nearest
from matching.intake.columns import SHEETS, sheet_named
from matching.intake.delimited import read_delimited
from matching.intake.raw import RawSheet
from matching.intake.sheet import Sheet
from matching.text import say

WORKBOOKS = (".xlsx", ".xlsm", ".ods")
DELIMITED = (".csv", ".txt", ".tsv")


@dataclass(frozen=True, kw_only=True)
class Source:
    """The sheets that were found, by key, and what was noticed about files and tabs."""

    sheets: Mapping[str, RawSheet]
    notes: tuple[Problem, ...] = field(default=())


def open_source(path: Path) -> Source:
    """Return all known sheets of a workbook or folder. Raises InputRefused when nothing can be read."""
    if path.is_dir():
        return _folder(path)
    if not path.exists():
        raise InputRefused(say("intake.no_such_file", file=path.name))
    ending = path.suffix.lower()
    if ending in WORKBOOKS:
        from matching.intake.workbook import read_workbook

        return read_workbook(path)
    if ending in DELIMITED:
        found = sheet_named(path.stem)
        if found is None:
            raise InputRefused(say("intake.one_text_file", file=path.name, names=_file_names()))
        return Source(sheets={found.key: _delimited(path, found)})
    if ending == ".xls":
        raise InputRefused(say("intake.old_workbook", file=path.name))
    raise InputRefused(say("intake.unknown_ending", file=path.name, allowed=(*WORKBOOKS, *DELIMITED)))


def open_one(path: Path, sheet: Sheet) -> RawSheet:
    """Return the one sheet of a file of another system: the first tab that has its headers."""
    if not path.is_file():
        raise InputRefused(say("intake.no_such_file", file=path.name))
    ending = path.suffix.lower()
    if ending in DELIMITED:
        return _delimited(path, sheet)
    if ending in WORKBOOKS:
        from matching.intake.workbook import read_tab

        return read_tab(path, sheet)
    raise InputRefused(say("intake.unknown_ending", file=path.name, allowed=(*WORKBOOKS, *DELIMITED)))


def _file_names() -> tuple[str, ...]:
    return tuple(f"{found.nl}.csv" for found in SHEETS.values())


def _delimited(path: Path, sheet: Sheet) -> RawSheet:
    try:
        content = path.read_bytes()
    except OSError:
        raise InputRefused(say("intake.unreadable", file=path.name)) from None
    return read_delimited(content, sheet, name=path.name)


def _folder(path: Path) -> Source:
    """Return the sheets of a folder: one delimited file each; other files are named."""
    sheets: dict[str, RawSheet] = {}
    notes: list[Problem] = []
    for file in sorted(path.iterdir()):
        found = sheet_named(file.stem) if file.suffix.lower() in DELIMITED and file.is_file() else None
        if found is None:
            if not file.name.startswith("."):
                notes.append(unknown_tab(file.name, kind="file"))
            continue
        if found.key in sheets:
            raise InputRefused(say("intake.sheet_twice", sheet=found, names=(sheets[found.key].name, file.name)))
        sheets[found.key] = _delimited(file, found)
    if not sheets:
        raise InputRefused(say("intake.empty_folder", file=path.name, names=_file_names()))
    return Source(sheets=sheets, notes=tuple(notes))


def unknown_tab(name: str, *, kind: str) -> Problem:
    """Return the warning about a tab or file that is no known sheet, with the nearest name."""
    close = nearest(Path(name).stem, [title for found in SHEETS.values() for title in (found.nl, found.en)])
    if close is None:
        return Problem(sheet=name, sentence=say(f"intake.unknown_{kind}", name=name), refuses=False)
    return Problem(sheet=name, sentence=say(f"intake.unknown_{kind}_nearest", name=name, nearest=close), refuses=False)
