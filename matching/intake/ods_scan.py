"""The tabs of an .ods: repeated cells that would fill memory, errors, formulas without a value, spanned cells."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from matching.intake.guard import Package
from matching.intake.tab_scan import LONGEST_ROW, TabScan
from matching.text import say

TOKEN = re.compile(rb"<(/?)table:(table-row|table-cell|covered-table-cell|table)(?![\w-])([^>]*)>")
NAME = re.compile(rb"""\btable:name\s*=\s*(?:"([^"]*)"|'([^']*)')""")
ROWS_REPEATED = re.compile(rb"""\btable:number-rows-repeated\s*=\s*["'](\d{1,18})["']""")
COLUMNS_REPEATED = re.compile(rb"""\btable:number-columns-repeated\s*=\s*["'](\d{1,18})["']""")
ROWS_SPANNED = re.compile(rb"""\btable:number-rows-spanned\s*=\s*["'](\d{1,18})["']""")
COLUMNS_SPANNED = re.compile(rb"""\btable:number-columns-spanned\s*=\s*["'](\d{1,18})["']""")
ERROR = re.compile(rb"""\bcalcext:value-type\s*=\s*["']error["']""")
WIDEST = 1_000
"""More columns than any sheet of ours has ten times over."""


def scan_ods(package: Package) -> dict[str, TabScan]:
    """Return the scan of every tab of an .ods. Raises InputRefused when it asks for too much."""
    walk = _Walk(package)
    for block in _blocks(package):
        for match in TOKEN.finditer(block):
            walk.take(match)
        walk.cells_seen += block.count(b"<table:table-cell")
        if walk.cells_seen > package.limits.cells:
            raise package.refusal("too_much_inside")
    if not walk.tabs:
        raise package.refusal("odd_structure")
    for scan in walk.tabs.values():
        scan.add_merges()
    return walk.tabs


def _blocks(package: Package) -> Iterator[bytes]:
    """Return content.xml in blocks that end with a whole row."""
    held = b""
    for chunk in package.chunks("content.xml", large=True):
        held += chunk
        end = held.rfind(b"</table:table-row>")
        if end >= 0:
            yield held[: end + 18]
            held = held[end + 18 :]
        if len(held) > LONGEST_ROW:
            raise package.refusal("odd_structure")
    yield held


class _Walk:
    """Where the walk through content.xml stands: the tab, the row and the column, counted with their repeats."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.tabs: dict[str, TabScan] = {}
        self.scan = TabScan()
        self.row = self.column = self.repeats = self.filled_to = 0
        self.cells_seen = 0

    def take(self, match: re.Match[bytes]) -> None:
        """Take one tag."""
        closing, tag, attributes = match[1] == b"/", match[2], match[3]
        if tag == b"table":
            self._table(attributes, closing)
        elif tag == b"table-row":
            self._row(attributes, closing)
        elif not closing:
            self._cell(attributes)

    def _table(self, attributes: bytes, closing: bool) -> None:
        name = NAME.search(attributes)
        if not closing and name:
            self.scan = TabScan()
            self.tabs[html.unescape((name[1] or name[2] or b"").decode("utf-8", "replace"))] = self.scan
            self.row = 0

    def _row(self, attributes: bytes, closing: bool) -> None:
        if not closing:
            self.column = self.filled_to = 0
            self.repeats = _number(ROWS_REPEATED, attributes)
        if closing or attributes.endswith(b"/"):
            if self.filled_to:
                self.scan.rows += self.repeats
                self.scan.last_row = self.row + self.repeats
                self.scan.cells += self.repeats * self.filled_to
            if self.scan.cells > self.package.limits.cells:
                raise self.package.refusal("sparse_cells")
            self.row += self.repeats

    def _cell(self, attributes: bytes) -> None:
        repeats = _number(COLUMNS_REPEATED, attributes)
        filled = not attributes.endswith(b"/") or b"office:value" in attributes or b"table:formula" in attributes
        if filled:
            self.filled_to = self.column + repeats
            self.scan.width = max(self.scan.width, self.filled_to)
            self._faults(attributes)
        if self.scan.width > WIDEST:
            raise self.package.refusal("sparse_cells")
        self.column += repeats

    def _faults(self, attributes: bytes) -> None:
        place = (self.row, self.column)
        if ERROR.search(attributes):
            self.scan.faults[place] = say("intake.error_cell")
        elif b"table:formula" in attributes and b"office:value-type" not in attributes:
            self.scan.faults[place] = say("intake.formula_without_value")
        down, right = _number(ROWS_SPANNED, attributes), _number(COLUMNS_SPANNED, attributes)
        if down > 1 or right > 1:
            self.scan.merges.append((self.row, self.column, self.row + down - 1, self.column + right - 1))


def _number(pattern: re.Pattern[bytes], attributes: bytes) -> int:
    found = pattern.search(attributes)
    return int(found[1]) if found else 1
