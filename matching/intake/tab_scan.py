"""What stands in the tabs of a workbook that a reader does not tell: errors, formulas without a value, merges.

A tab is scanned while it is unpacked, row by row, so that its true size is known before anything is built from it.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from matching.intake.block_scan import BlockScan, scan_block
from matching.intake.guard import Package
from matching.text import Sentence, say

ROW = re.compile(rb"<row\b")
PREFIXED_ROW = re.compile(rb"<(?:\w{1,12}:)?row\b")
NUMBER = re.compile(rb"""\br\s*=\s*["'](\d{1,9})["']""")
HIDDEN = re.compile(rb"""\bhidden\s*=\s*["'](?:1|true)["']""")
ANY_REFERENCE = re.compile(rb"""\br\s*=\s*["']([A-Za-z]{1,6})(\d{1,9})""")
"""A parser takes single quotes, spaces and small letters too, and believes the cell and not its row."""
ERROR_CELL = re.compile(rb'<(?:\w{1,12}:)?c\b([^>]*\bt="e"[^>]*)>')
EMPTY_FORMULA = re.compile(
    rb"<(?:\w{1,12}:)?c\b([^>/]*)><(?:\w{1,12}:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w{1,12}:)?f>)"
    rb"(?:<(?:\w{1,12}:)?v\s*/>|<(?:\w{1,12}:)?v></(?:\w{1,12}:)?v>)?</(?:\w{1,12}:)?c>"
)
REFERENCE = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')
MERGE = re.compile(rb'<(?:\w{1,12}:)?mergeCell\b[^>]*\bref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
LAST_CELL = re.compile(rb"([A-Z]{1,3})\d")
VALUE_MARKS = (b"<is", b":v", b":is", b"<f", b":f")
NARROW = 78
"""A tab counts as at least this wide (up to column BZ), so that only cells beyond it need a closer look."""
EVERY_CELL_BELOW = 400_000
"""Up to so many cells every reference is looked at; beyond, the last of each row, and the parser runs in a child."""
LONGEST_ROW = 16_000_000
MOST_FAULTS = 200_000


@dataclass
class TabScan:
    """The true size of a tab and the cells that need a person; positions are (row, column) from 0."""

    cells: int = 0
    rows: int = 0
    last_row: int = 0
    width: int = NARROW
    hidden_rows: int = 0
    faults: dict[tuple[int, int], Sentence] = field(default_factory=dict)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    sparse: bool = False

    def add_merges(self) -> None:
        """Mark every row of a merged area, as far as the tab has rows."""
        for top, left, bottom, right in self.merges:
            area = f"{_letters(left)}{top + 1}:{_letters(right)}{bottom + 1}"
            for row in range(top, min(bottom, self.last_row - 1) + 1):
                self.faults.setdefault((row, left), say("intake.merged", area=area))


def scan_tab(package: Package, part: str) -> TabScan:
    """Return the scan of one worksheet part of an .xlsx. Raises InputRefused when it asks for too much."""
    scan = TabScan()
    for block in _row_blocks(package, part):
        found = scan_block(block)
        if found is None:
            _scan_odd_block(scan, block, package)
        else:
            _add_block(scan, found, package)
        if found is None or found.formulas or found.merges or b't="e"' in block:
            _scan_oddities(scan, block, package)
    scan.last_row = max(scan.last_row, max((row + 1 for row, _ in scan.faults), default=0))
    if scan.last_row > 4 * scan.rows + 20_000:
        raise package.refusal("sparse_cells")
    _check_area(scan, package)
    scan.add_merges()
    return scan


def _add_block(scan: TabScan, found: BlockScan, package: Package) -> None:
    """Add what a block in the usual notation holds."""
    scan.cells += found.cells
    scan.rows += found.rows
    if max(scan.cells, scan.rows) > package.limits.cells:
        raise package.refusal("too_much_inside")
    scan.last_row, scan.width = max(scan.last_row, found.last_row, found.reach), max(scan.width, found.width)
    _check_area(scan, package)


def _scan_odd_block(scan: TabScan, block: bytes, package: Package) -> None:
    """Add what a block in another notation holds, tag by tag; how far its cells reach comes first."""
    scan.cells += block.count(b"<c") + (block.count(b":c") if b":row" in block else 0)
    if scan.cells > package.limits.cells:
        raise package.refusal("too_much_inside")
    found = ANY_REFERENCE.findall(block) if scan.cells < EVERY_CELL_BELOW else []
    scan.width = max(scan.width, max((_place(name.upper()) + 1 for name in {name for name, _ in found}), default=0))
    reach = max(map(int, {number for _, number in found}), default=0)
    if reach * scan.width > package.limits.area:
        raise package.refusal("sparse_cells")
    _scan_rows(scan, block, package)
    scan.last_row = max(scan.last_row, reach)
    _check_area(scan, package)


def _check_area(scan: TabScan, package: Package) -> None:
    """Refuse a tab that reaches further than any sheet of ours."""
    if scan.last_row * scan.width > package.limits.area:
        raise package.refusal("sparse_cells")


def _row_blocks(package: Package, part: str) -> Iterator[bytes]:
    """Return the part in blocks that end with a whole row."""
    held = b""
    for chunk in package.chunks(part, large=True):
        held += chunk
        end = held.rfind(b"row>")
        if end >= 0:
            yield held[: end + 4]
            held = held[end + 4 :]
        if len(held) > LONGEST_ROW:
            raise package.refusal("odd_structure")
    yield held


def _scan_oddities(scan: TabScan, block: bytes, package: Package) -> None:
    """Note the errors, the formulas without a value and the merged cells of a block."""
    if b"<f" in block or b":f" in block or b't="e"' in block:
        _scan_faults(scan, block, package)
    for match in MERGE.finditer(block) if b"mergeCell" in block else ():
        left, top, right, bottom = _place(match[1]), int(match[2]) - 1, _place(match[3]), int(match[4]) - 1
        scan.merges.append((top, left, bottom, right))
        if len(scan.merges) > MOST_FAULTS // 10:
            raise package.refusal("odd_structure")


def _scan_rows(scan: TabScan, block: bytes, package: Package) -> None:
    """Count the rows that hold values, and find the last of them and how far the last cell of each reaches."""
    last_row, ends = scan.last_row, set()
    for row in (PREFIXED_ROW if b":row" in block else ROW).split(block)[1:]:
        head = row.find(b">")
        if head < 0 or row[head - 1 : head] == b"/" or not _holds_value(row, head):
            continue
        number = NUMBER.search(row, 0, head)
        last_row = max(last_row, int(number[1]) if number else last_row + 1)
        scan.rows += 1
        if row.find(b"hidden", 0, head) >= 0:
            scan.hidden_rows += bool(HIDDEN.search(row, 0, head))
        at = row.rfind(b' r="', head)
        ends.add(row[at + 4 : at + 8] if at >= 0 else b"")
    names = {match[1] for match in map(LAST_CELL.match, ends) if match}
    scan.last_row, scan.width = last_row, max(scan.width, max((_place(name) + 1 for name in names), default=0))
    if scan.rows > package.limits.cells:
        raise package.refusal("too_much_inside")


def _holds_value(row: bytes, start: int) -> bool:
    return row.find(b"<v", start) >= 0 or any(row.find(mark, start) >= 0 for mark in VALUE_MARKS)


def _scan_faults(scan: TabScan, block: bytes, package: Package) -> None:
    for match in ERROR_CELL.finditer(block):
        _add_fault(scan, match[1], say("intake.error_cell"))
    for match in EMPTY_FORMULA.finditer(block):
        if b't="str"' not in match[1]:
            _add_fault(scan, match[1], say("intake.formula_without_value"))
    if len(scan.faults) > MOST_FAULTS:
        raise package.refusal("odd_structure")


def _add_fault(scan: TabScan, attributes: bytes, sentence: Sentence) -> None:
    reference = REFERENCE.search(attributes)
    if reference:
        scan.faults[int(reference[2]) - 1, _place(reference[1])] = sentence


def _place(name: bytes) -> int:
    place = 0
    for letter in name:
        place = place * 26 + letter - 64
    return place - 1


def _letters(place: int) -> str:
    from matching.intake.parsed import letters

    return letters(place)


SHEET_TAG = re.compile(rb"<(?:\w{1,12}:)?sheet\b([^>]*)>")
RELATION = re.compile(rb"<(?:\w{1,12}:)?Relationship\b([^>]*)>")
ATTRIBUTE = re.compile(rb'([\w:]+)\s*=\s*(?:"([^"]*)"|\'([^\']*)\')')


def tab_parts(package: Package) -> dict[str, tuple[str, bool]]:
    """Return for each tab of an .xlsx its part and whether it is hidden, in the order of the workbook."""
    targets = {}
    if "xl/_rels/workbook.xml.rels" in package.names:
        for match in RELATION.finditer(package.whole("xl/_rels/workbook.xml.rels")):
            found = _attributes(match[1])
            targets[found.get("Id", "")] = _part_name(found.get("Target", ""))
    tabs = {}
    for match in SHEET_TAG.finditer(package.whole("xl/workbook.xml")):
        found = _attributes(match[1])
        relation = next((value for name, value in found.items() if name.endswith(":id")), "")
        part = targets.get(relation, "")
        if found.get("name") and part in package.names:
            tabs[found["name"]] = (part, found.get("state", "visible") != "visible")
    return tabs


def _attributes(text: bytes) -> dict[str, str]:
    found: Iterable[tuple[bytes, bytes, bytes]] = ATTRIBUTE.findall(text)
    return {
        name.decode(): html.unescape((double or single).decode("utf-8", "replace")) for name, double, single in found
    }


def _part_name(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else f"xl/{target.removeprefix('./')}"
