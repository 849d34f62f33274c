"""Text from files stays text: nothing that is exported can come alive as a formula."""

from __future__ import annotations

import unicodedata

LIVE_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")
"""What makes a spreadsheet program read a cell as a formula or a command (the wide forms of these signs too)."""


def harmless(text: str) -> str:
    """Return text that a spreadsheet program shows and never runs: a live start gets an apostrophe before it.

    >>> harmless("=1+1"), harmless("archief")
    ("'=1+1", 'archief')
    """
    start = unicodedata.normalize("NFKC", text[:1])
    return f"'{text}" if start.startswith(LIVE_STARTS) else text


def printable(text: str) -> str:
    """Return the text without characters that no spreadsheet or page can hold; tabs and line ends stay."""
    return "".join(sign for sign in text if sign in "\t\n\r" or (sign >= " " and unicodedata.category(sign) != "Cs"))
