"""Which characters the bytes of a text file stand for: UTF-8, UTF-16 or cp1252, or a refusal with advice."""

from __future__ import annotations

import codecs

from matching.errors import InputRefused
from matching.text import say

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def decoded(content: bytes, *, name: str) -> tuple[str, str]:
    """Return the text of a file and the name of its encoding. Raises InputRefused for a doubtful file."""
    for mark, encoding in BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return _strict(content[len(mark) :], encoding, name), encoding
    if b"\x00" in content:
        return _without_mark(content, name)
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as fault:
        return _single_bytes(content, name, fault.start)


def _strict(content: bytes, encoding: str, name: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        raise InputRefused(say("intake.damaged_text", file=name)) from None


def _without_mark(content: bytes, name: str) -> tuple[str, str]:
    """Return UTF-16 without a mark: every other byte of plain Dutch text is zero. Other zero bytes are kept."""
    even, odd = content[0::2].count(0), content[1::2].count(0)
    half = len(content) // 2
    if odd > half * 0.6 and even < half * 0.05:
        return _strict(content, "utf-16-le", name), "utf-16-le"
    if even > half * 0.6 and odd < half * 0.05:
        return _strict(content, "utf-16-be", name), "utf-16-be"
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return _single_bytes(content, name, 0)


def _single_bytes(content: bytes, name: str, start: int) -> tuple[str, str]:
    """Return cp1252 text; refused when it holds bytes that cp1252 lacks, or when it is damaged UTF-8."""
    if _mostly_utf8(content):
        line = content.count(b"\n", 0, start) + 1
        raise InputRefused(say("intake.mixed_encoding", file=name, line=line))
    try:
        return content.decode("cp1252"), "cp1252"
    except UnicodeDecodeError as fault:
        line = content.count(b"\n", 0, fault.start) + 1
        raise InputRefused(say("intake.mixed_encoding", file=name, line=line)) from None


def _mostly_utf8(content: bytes) -> bool:
    """Return whether at least as many characters beyond ASCII are good UTF-8 as are not."""
    text = content.decode("utf-8", errors="replace")
    return sum(ord(letter) > 127 and letter != "\ufffd" for letter in text) >= max(1, text.count("\ufffd"))


def looks_read_twice(text: str) -> bool:
    """Return whether a text holds the marks of UTF-8 that was once read as cp1252 ("JosÃ©")."""
    return any(pair in text for pair in ("Ã©", "Ã«", "Ã¨", "Ã¯", "Ã¶", "Ã¼", "â€"))
