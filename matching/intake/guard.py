"""Workbooks are hostile until proven: sizes, ratios and structure are checked while unpacking, before any parser.

A file of 1.7 kB can ask for gigabytes. What is counted here is what is really unpacked, never what a header claims.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from matching.errors import InputRefused
from matching.intake.progress import Progress, Watch, unwatched
from matching.text import say

COMPOUND_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How old .xls files and password-protected workbooks begin."""
ENCRYPTED_NAME = "EncryptedPackage".encode("utf-16-le")

CHUNK = 1 << 20
FORBIDDEN_XML = (b"<!DOCTYPE", b"<!ENTITY", b"<!doctype")
XML_ENCODING = re.compile(rb"""encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What a workbook may hold at most; a pool of 50,000 candidates stays well below."""

    file_bytes: int = 100_000_000
    entries: int = 2_000
    unpacked_bytes: int = 600_000_000
    part_bytes: int = 50_000_000
    ratio: int = 60
    ratio_from_bytes: int = 8_000_000
    depth: int = 200
    cells: int = 5_000_000
    area: int = 20_000_000


LIMITS = Limits()


class Package:
    """A zip package of which every part is unpacked under a running count of bytes."""

    def __init__(self, content: bytes, *, name: str, limits: Limits = LIMITS, watch: Watch = unwatched) -> None:
        self.name, self.limits, self.unpacked, self.watch = name, limits, 0, watch
        _check_kind(content, name, limits)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
            raise InputRefused(say("intake.damaged_workbook", file=name)) from None
        self._entries = _checked_entries(self._zip, len(content), name, limits)
        self._claimed = sum(self._entries[part].file_size for part in self.xml_names())

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all parts."""
        return tuple(self._entries)

    def xml_names(self) -> tuple[str, ...]:
        """The names of the parts that a parser may read."""
        return tuple(part for part in self._entries if part.lower().endswith((".xml", ".rels", ".vml")))

    def whole(self, part: str) -> bytes:
        """Return one small part, unpacked and checked."""
        return b"".join(self.chunks(part))

    def chunks(self, part: str, *, large: bool = False) -> Iterator[bytes]:
        """Return one part in pieces of at most a megabyte, each checked before it is given."""
        entry, depth, size, tail = self._entries[part], 0, 0, b""
        allowed = self.limits.unpacked_bytes if large else self.limits.part_bytes
        for chunk in self._pieces(entry):
            if size == 0:
                self._check_start(chunk)
            size += len(chunk)
            self.unpacked += len(chunk)
            if size > allowed or self.unpacked > self.limits.unpacked_bytes:
                raise self.refusal("too_much_inside")
            if size > self.limits.ratio_from_bytes and size > self.limits.ratio * max(1, entry.compress_size):
                raise self.refusal("too_much_inside")
            opened, declares = _tags(chunk)
            if declares or b"<!" in tail + chunk[:1]:
                seen = tail + chunk
                if any(mark in seen for mark in FORBIDDEN_XML):
                    raise self.refusal("entities")
            depth += opened
            if depth > self.limits.depth:
                raise self.refusal("odd_structure")
            tail = chunk[-16:]
            self.watch(Progress(step="unpacking", done=self.unpacked, total=self._claimed))
            yield chunk

    def _pieces(self, entry: zipfile.ZipInfo) -> Iterator[bytes]:
        try:
            with self._zip.open(entry) as part:
                while chunk := part.read(CHUNK):
                    yield chunk
        except InputRefused:
            raise
        except Exception:
            raise self.refusal("damaged_workbook") from None

    def _check_start(self, chunk: bytes) -> None:
        encoding = XML_ENCODING.search(chunk[:200])
        if b"\x00" in chunk[:4] or (encoding and encoding[1].lower() not in (b"utf-8", b"us-ascii", b"ascii")):
            raise self.refusal("odd_structure")

    def refusal(self, key: str) -> InputRefused:
        """Return the error that refuses this file, with the sentence "intake.KEY"."""
        return InputRefused(say(f"intake.{key}", file=self.name))


def _tags(chunk: bytes) -> tuple[int, bool]:
    """Return how many elements a piece of XML opens more than it closes, and whether it holds a declaration.

    Pieces may be cut anywhere.
    """
    content = np.frombuffer(chunk, dtype=np.uint8)
    tags, second = content == ord("<"), content[1:]
    closing = np.count_nonzero(tags[:-1] & (second == ord("/")))
    empty = np.count_nonzero((content[:-1] == ord("/")) & (second == ord(">")))
    return int(np.count_nonzero(tags) - 2 * closing - empty), bool((tags[:-1] & (second == ord("!"))).any())


def _check_kind(content: bytes, name: str, limits: Limits) -> None:
    """Refuse what is no zip package: protected, old, empty or something else under a workbook's name."""
    if len(content) > limits.file_bytes:
        raise InputRefused(say("intake.too_large", file=name, megabytes=limits.file_bytes // 1_000_000))
    if content.startswith(COMPOUND_FILE):
        protected = ENCRYPTED_NAME in content
        raise InputRefused(say("intake.protected" if protected else "intake.old_workbook", file=name))
    if not content:
        raise InputRefused(say("intake.empty_file", file=name))
    if not content.startswith(b"PK"):
        raise InputRefused(say("intake.no_workbook", file=name))


def _checked_entries(archive: zipfile.ZipFile, size: int, name: str, limits: Limits) -> dict[str, zipfile.ZipInfo]:
    """Return the parts by name when the directory of the package is honest."""
    entries = archive.infolist()
    found = {entry.filename: entry for entry in entries}
    if any(entry.flag_bits & 1 for entry in entries):
        raise InputRefused(say("intake.protected", file=name))
    twice = len(found) < len(entries) or len({entry.header_offset for entry in entries}) < len(entries)
    overlap = sum(entry.compress_size for entry in entries) > size
    odd = any(entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for entry in entries)
    if twice or overlap or odd or len(entries) > limits.entries:
        raise InputRefused(say("intake.odd_structure", file=name))
    xml = [entry for entry in entries if entry.filename.lower().endswith((".xml", ".rels"))]
    too_dense = any(
        entry.file_size > limits.ratio_from_bytes and entry.file_size > limits.ratio * max(1, entry.compress_size)
        for entry in xml
    )
    if too_dense or sum(entry.file_size for entry in xml) > limits.unpacked_bytes:
        raise InputRefused(say("intake.too_much_inside", file=name))
    return found
