"""`matching reveal`: codes become numbers of the source system again, on the machine that holds the key list."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from matching.cli.import_ import opened
from matching.cli.options import Option, verb
from matching.cli.request import Request, screen, tell
from matching.errors import InputRefused
from matching.text import say

COLUMNS = ("candidate_id", "source", "source_id")
Found = tuple[str, str, str]
"""A code, its source system and the id there."""


@verb(
    "reveal",
    Option(name="CODES", repeat=True, required=True),
    Option(name="--key", kind="file", required=True),
    Option(name="--out", kind="file", repeat=True, help_key="reveal_out"),
    common=(),
)
def VERB(request: Request, *, codes: tuple[str, ...], key: Path) -> int:  # noqa: N802
    """Print whom the codes stand for, or write it beside the key; nothing is written unless asked."""
    from matching.intake.pseudonym import reveal

    if not key.is_file():
        raise InputRefused(say("cli.reveal.no_key", path=str(key)))
    for path in request.out:
        _check_place(path, key)
    asked = list(dict.fromkeys(code for word in codes for code in _codes(word)))
    known = reveal(opened(key), asked)
    rows = [(code, *known[code]) for code in asked if code in known]
    if rows and not request.out:
        _print(rows, request)
    for path in request.out:
        _write_private(path, rows)
        tell(request, "written", path=str(path))
    unknown = [code for code in asked if code not in known]
    if unknown:
        tell(request, "reveal.unknown", codes=unknown)
    return 1 if unknown else 0


def _check_place(path: Path, key: Path) -> None:
    """Raise InputRefused for a place outside the folder of the key: names may not travel with results."""
    home = key.resolve().parent
    reserved = {key.resolve(), key.resolve().with_name(f"{key.stem}-lijst.csv")}
    if home not in path.resolve().parents or path.resolve() in reserved or path.suffix.casefold() != ".csv":
        raise InputRefused(say("cli.reveal.place", path=str(path), folder=str(key.parent)))


def _codes(word: str) -> list[str]:
    """Return the codes of one word of the line: those in a file of that name, else the word itself."""
    path = Path(word)
    return _column(path) if path.is_file() else [word.strip()]


def _column(path: Path) -> list[str]:
    """Return the column of codes of a workbook or delimited file. Raises InputRefused when there is none."""
    from matching.intake.columns import SHEETS
    from matching.intake.sheet import Sheet
    from matching.intake.sources import open_one
    from matching.intake.words import normal

    column = SHEETS["candidates"].by_key["candidate_id"]
    raw = open_one(path, Sheet("codes", "codes", "codes", (column,), required=True))
    place = next((n for n, header in enumerate(raw.header) if normal(header) in column.headers), None)
    if place is None:
        raise InputRefused(say("cli.reveal.no_codes", path=path.name, header=column.term))
    return [text for row in range(len(raw)) if (text := raw.columns[place][row])]


def _print(rows: Iterable[Found], request: Request) -> None:
    from rich import box

    from matching.output.folding import FoldingTable

    table = FoldingTable(box=box.HORIZONTALS, padding=(0, 1), pad_edge=False)
    for name in COLUMNS:
        table.add_column(request.words(f"reveal.{name}"), overflow="fold")
    for row in rows:
        table.add_row(*row)
    screen().print(table)


def _write_private(path: Path, rows: Sequence[Found]) -> None:
    """Write the rows for their owner's eyes only."""
    from matching.output.harmless import harmless

    buffer = io.StringIO(newline="")
    cells = [COLUMNS, *([harmless(cell) for cell in row] for row in rows)]
    csv.writer(buffer, delimiter=";", lineterminator="\r\n").writerows(cells)
    try:
        path.unlink(missing_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(buffer.getvalue().encode("utf-8-sig"))
    except OSError:
        raise InputRefused(say("output.cannot_write", path=str(path))) from None
