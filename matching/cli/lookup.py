"""`matching lookup`: municipalities, titles and skills by any spelling; text proposes, a person decides."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from matching.cli.options import JSON, Option, verb
from matching.cli.request import Request, screen, show, tell
from matching.cli.tables import TextTable, columns_of, read_table, write_table
from matching.cli.usage import WrongUsage
from matching.text import say

if TYPE_CHECKING:
    from matching.lookup.catalogue import Catalogue

KINDS = ("municipality", "title", "skill")


@verb(
    "lookup",
    Option(name="KIND", kind="choice", choices=KINDS, required=True),
    Option(name="TEXT", repeat=True),
    Option(name="--file", kind="file", help_key="lookup_file"),
    Option(name="--column", help_key="lookup_column"),
    Option(name="--catalogue", kind="file"),
    Option(name="--out", kind="file", repeat=True, help_key="lookup_out"),
    JSON,
    common=(),
)
def VERB(  # noqa: N802
    request: Request,
    *,
    kind: str,
    text: tuple[str, ...],
    file: Path | None,
    column: str | None,
    catalogue: Path | None,
    as_json: bool,
) -> int:
    """Look up the texts given and those of a column of a file."""
    from matching.lookup.table import lookup_rows

    source = read_table(file) if file else None
    texts = [*text, *(_column(source, column, file) if source and file else ())]
    if not texts:
        raise WrongUsage(say("cli.nothing_to_look_up"))
    found = lookup_rows(kind, texts, _catalogue(catalogue))  # type: ignore[arg-type]
    rows = [{**row, "score": round(float(row["score"]))} for row in found]
    if as_json:
        show(json.dumps(rows, ensure_ascii=False, indent=1), request)
    elif not request.out:
        _print(rows, request)
    for path in request.out:
        _write(path, rows, source)
        tell(request, "written", path=str(path))
    return 0


def _column(source: TextTable, column: str | None, path: Path) -> list[str]:
    return source.column(column or source.headings[0], path)


def _catalogue(path: Path | None) -> Catalogue | None:
    if path is None:
        return None
    from matching.lookup.catalogue import Catalogue

    table = read_table(path)
    return Catalogue.of(zip(table.column("id", path), table.column("label", path), strict=True))


def _write(path: Path, rows: Sequence[Mapping[str, object]], source: TextTable | None) -> None:
    from matching.output.harmless import harmless

    headings, cells = columns_of(rows)
    safe = [[harmless(cell) if isinstance(cell, str) else cell for cell in row] for row in cells]
    write_table(path, headings, safe, source)


def _print(rows: Sequence[Mapping[str, object]], request: Request) -> None:
    from rich import box

    from matching.output.folding import FoldingTable

    headings, cells = columns_of(rows)
    table = FoldingTable(box=box.HORIZONTALS, padding=(0, 1), pad_edge=False)
    for heading in headings:
        table.add_column(request.words(f"lookup.{heading}"), overflow="fold")
    for row in cells:
        words = [
            request.words(f"lookup.{cell}") if heading == "status" else str(cell)
            for heading, cell in zip(headings, row, strict=True)
        ]
        table.add_row(*words)
    screen().print(table)
