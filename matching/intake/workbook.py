"""A workbook (.xlsx, .xlsm, .ods) becomes sheets of texts: guard, then scan, then parser, then headers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from matching.domain.ledger import Problem
from matching.errors import InputRefused
from matching.intake.columns import SHEETS, sheet_named
from matching.intake.grids import ParserFailed, grids_of
from matching.intake.guard import Package
from matching.intake.header import header_row, with_header
from matching.intake.ods_scan import scan_ods
from matching.intake.progress import Progress, Watch, unwatched
from matching.intake.raw import RawSheet, Texts
from matching.intake.sheet import Sheet
from matching.intake.source import Source, unknown_tab
from matching.intake.tab_scan import EVERY_CELL_BELOW, TabScan, scan_tab, tab_parts
from matching.text import say

SMALL_BYTES = 30_000_000
SMALL_AREA = 2_000_000
"""Below both, and with every cell looked at, the parser needs so little that it may run in this process."""


def read_workbook(path: Path, watch: Watch = unwatched) -> Source:
    """Return the known sheets of a workbook. Raises InputRefused for a file that is hostile, damaged or protected."""
    content = _content(path)
    package = Package(content, name=path.name, watch=watch)
    hidden, scans, tabs = _scanned(package, _tabs)
    notes = _notes(package, hidden, scans)
    grids = _grids(content, package, [scans[name] for name in tabs.values()], list(tabs.values()))
    sheets = {}
    for key, name in tabs.items():
        sheets[key] = with_header(name, grids[name], SHEETS[key], scans[name].faults)
    if not sheets:
        raise InputRefused(
            say("intake.no_known_tabs", file=path.name, names=tuple(found.term for found in SHEETS.values()))
        )
    return Source(sheets=sheets, notes=notes)


def read_tab(path: Path, sheet: Sheet) -> RawSheet:
    """Return the first tab of a workbook that holds the headers of this sheet."""
    content = _content(path)
    package = Package(content, name=path.name)
    _, scans, tabs = _scanned(package, lambda _, names: {name: name for name in names})
    grids = _grids(content, package, [scans[name] for name in tabs], list(tabs))
    for name in tabs:
        if header_row(grids[name], sheet) is not None:
            return with_header(name, grids[name], sheet, scans[name].faults)
    raise InputRefused(say("intake.no_header", needed=sheet.needed))


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        raise InputRefused(say("intake.unreadable", file=path.name)) from None


Choose = Callable[[Package, Iterable[str]], dict[str, str]]
"""Which tabs are read: from all names to the tab of each sheet."""


def _scanned(package: Package, choose: Choose) -> tuple[set[str], dict[str, TabScan], dict[str, str]]:
    """Return the hidden tabs, the scan of every tab that is read, and the tab of each sheet."""
    if "content.xml" in package.names:
        hidden: set[str] = set()
        if "META-INF/manifest.xml" in package.names and b"encryption-data" in package.whole("META-INF/manifest.xml"):
            raise package.refusal("protected")
        scans = scan_ods(package)
        tabs = choose(package, scans)
        known = scans
    elif "xl/workbook.xml" in package.names:
        parts = tab_parts(package)
        hidden = {name for name, (_, is_hidden) in parts.items() if is_hidden}
        tabs = choose(package, parts)
        wanted = set(tabs.values())
        known = {name: scan_tab(package, part) if name in wanted else TabScan() for name, (part, _) in parts.items()}
    else:
        raise package.refusal("no_workbook")
    _check_other_parts(package)
    return hidden, known, tabs


def _check_other_parts(package: Package) -> None:
    """Unpack what else a parser reads, under the same count."""
    for part in package.xml_names():
        if part == "content.xml" or part.startswith("xl/worksheets/sheet"):
            continue
        strings = part.endswith("sharedStrings.xml")
        items = 0
        for chunk in package.chunks(part, large=strings):
            items += chunk.count(b"<si") if strings else 0
            if items > package.limits.cells:
                raise package.refusal("too_much_inside")


def _tabs(package: Package, names: Iterable[str]) -> dict[str, str]:
    """Return the tab of each sheet; two tabs for one sheet are refused."""
    tabs: dict[str, str] = {}
    for name in names:
        found = sheet_named(name)
        if found is None:
            continue
        if found.key in tabs:
            raise InputRefused(say("intake.sheet_twice", sheet=found.term, names=(tabs[found.key], name)))
        tabs[found.key] = name
    return tabs


OWN_TABS = ("uitleg", "explanation", "lijsten", "lists", "woorden", "words", "redenen", "reasons")
"""Tabs of our own template that hold no records."""


def _notes(package: Package, hidden: set[str], scans: Mapping[str, TabScan]) -> tuple[Problem, ...]:
    """Return what was noticed: unknown tabs, hidden tabs and rows that were read, macros that were not run."""
    notes = []
    if any(part.lower().endswith("vbaproject.bin") for part in package.names):
        notes.append(Problem(sheet=package.name, sentence=say("intake.macros_ignored"), refuses=False))
    for name, scan in scans.items():
        if sheet_named(name) is None:
            if name.casefold() not in OWN_TABS:
                notes.append(unknown_tab(name, kind="tab"))
            continue
        if name in hidden:
            notes.append(Problem(sheet=name, sentence=say("intake.hidden_tab"), refuses=False))
        if scan.hidden_rows:
            rows = say("intake.hidden_rows", count=scan.hidden_rows)
            notes.append(Problem(sheet=name, sentence=rows, refuses=False))
    return tuple(notes)


def _grids(content: bytes, package: Package, scans: list[TabScan], tabs: list[str]) -> dict[str, tuple[Texts, ...]]:
    """Return the grids of the tabs: parsed here when the scan proves them small, else in a child with limits."""
    cells, area = sum(scan.cells for scan in scans), sum(scan.last_row * scan.width for scan in scans)
    small = package.unpacked < SMALL_BYTES and cells < EVERY_CELL_BELOW and area < SMALL_AREA
    try:
        if small:
            return grids_of(content, tabs)
        from matching.intake.child import grids_in_child

        watch = _counting(package.watch, sum(scan.rows for scan in scans))
        return grids_in_child(content, tabs, megabytes=1_000 + 12 * package.unpacked // 1_000_000, counted=watch)
    except ParserFailed:
        raise package.refusal("damaged_workbook") from None


def _counting(watch: Watch, total: int) -> Callable[[int], None]:
    """Return what tells the watcher how many of all rows are read."""
    return lambda rows: watch(Progress(step="rows", done=rows, total=total))
