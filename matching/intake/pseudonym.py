"""Pseudonyms: a code instead of a person, made with a key that never leaves the officer's own machine.

The code is an HMAC of the source system's own id, so the same person gets the same code again and nobody without the
key can go back. A plain hash would not do: all valid citizen numbers can be hashed in a minute. A citizen number is
never read, not even to hash it. The list that leads back lies beside the key and never in an output folder.
"""

from __future__ import annotations

import base64
import csv
import hashlib
import hmac
import io
import os
import secrets
import tempfile
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from matching.errors import InputRefused
from matching.intake.delimited import LIVE_STARTS
from matching.intake.sensitive import looks_like_bsn
from matching.text import say

KEY_BYTES = 32
CODE_LETTERS = 12
"""Sixty bits: for a million people the chance that two share a code is below one in a million."""
LIST_COLUMNS = ("systeem", "nummer in dat systeem", "code")
OLD_COLUMNS = ("source", "source_id", "candidate_id")


@dataclass(frozen=True)
class PseudonymKey:
    """A secret key in a file; `list_path` is the key list that lies beside it."""

    path: Path
    secret: bytes = field(repr=False)

    @property
    def list_path(self) -> Path:
        """The list of source ids and codes, beside the key."""
        return self.path.with_name(f"{self.path.stem}-lijst.csv")

    def code(self, source: str, source_id: str, *, prefix: str = "K") -> str:
        """Return the code of one id of a source system. Raises InputRefused for what looks like a citizen number."""
        if looks_like_bsn(source_id):
            raise InputRefused(say("intake.pseudonym.bsn"))
        digest = hmac.new(self.secret, f"{source}\x1f{source_id}".encode(), hashlib.sha256).digest()
        return f"{prefix}-{base64.b32encode(digest).decode().lower()[:CODE_LETTERS]}"


def open_key(path: str | Path, *, apart_from: Iterable[str | Path] = ()) -> PseudonymKey:
    """Return the key of a file; a new key is made when the file does not exist.

    `apart_from` are the paths of the outputs: a key in a folder that outputs go to would travel with them. Raises
    InputRefused then, and when the file holds no key.
    """
    target = Path(path)
    _refuse_shared_folder(target, apart_from)
    if not target.exists():
        _write_private(target, secrets.token_bytes(KEY_BYTES).hex() + "\n")
    try:
        secret = bytes.fromhex(target.read_text(encoding="ascii").strip())
    except (OSError, ValueError):
        raise InputRefused(say("intake.pseudonym.no_key", file=target.name)) from None
    if len(secret) != KEY_BYTES:
        raise InputRefused(say("intake.pseudonym.no_key", file=target.name))
    return PseudonymKey(target, secret)


def _refuse_shared_folder(key: Path, outputs: Iterable[str | Path]) -> None:
    home = key.resolve().parent
    for output in outputs:
        folder = Path(output).resolve()
        if home == folder.parent or folder in (home, *home.parents):
            raise InputRefused(say("intake.pseudonym.beside_output", file=key.name, output=folder.name))


def remember(key: PseudonymKey, source: str, codes: Mapping[str, str]) -> None:
    """Add source ids and their codes (source id -> candidate id) to the key list, which only the owner may read."""
    known = {(system, source_id): code for system, source_id, code in _key_list(key)}
    known |= {(source, source_id): code for source_id, code in codes.items()}
    text = io.StringIO(newline="")
    lines = ((name, source_id, code) for (name, source_id), code in sorted(known.items()))
    csv.writer(text, delimiter=";", lineterminator="\r\n").writerows(
        [LIST_COLUMNS, *([_guarded(cell) for cell in line] for line in lines)]
    )
    _write_private(key.list_path, f"\ufeff{text.getvalue()}")


def _guarded(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula; an apostrophe in front is taken off when it is read."""
    live = unicodedata.normalize("NFKC", cell[:1]).startswith((*LIVE_STARTS, "'"))
    return f"'{cell}" if live else cell


def reveal(key: PseudonymKey, candidate_ids: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Return (source, source id) for each code that the key list knows; the others are absent."""
    by_code = {code: (system, source_id) for system, source_id, code in _key_list(key)}
    return {code: by_code[code] for code in candidate_ids if code in by_code}


def _key_list(key: PseudonymKey) -> list[tuple[str, str, str]]:
    """Return (source, source id, code) of every line. Raises InputRefused when the file is something else."""
    if not key.list_path.exists():
        return []
    with key.list_path.open(encoding="utf-8-sig", newline="") as file:
        head, *lines = [tuple(line) for line in csv.reader(file, delimiter=";")] or [LIST_COLUMNS]
    if head not in (LIST_COLUMNS, OLD_COLUMNS) or any(len(line) != len(head) for line in lines):
        raise InputRefused(say("intake.pseudonym.no_list", file=key.list_path.name))
    guarded = head == LIST_COLUMNS
    rows = ([cell.removeprefix("'") if guarded else cell for cell in line] for line in lines)
    return [(source, source_id, code) for source, source_id, code in rows]


def _write_private(path: Path, text: str) -> None:
    """Write a file that only its owner may read, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".tmp")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.write(text)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
