"""`matching place`: your own scores in, exact placements out; no rules and no criteria."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from matching.cli.options import JSON, SECONDS, SEED, Option, verb
from matching.cli.request import Request, show, tell, working
from matching.cli.tables import TextTable, read_rows, write_table
from matching.text import Sentence

if TYPE_CHECKING:
    from matching.planning.seam import Table, TableName

COLUMNS = ("candidate_id", "work_package_id", "score")
USUAL_SECONDS = 60.0


@verb(
    "place",
    Option(name="PAIRS", kind="file", required=True),
    Option(name="--packages", kind="file", help_key="place_packages"),
    Option(name="--candidates", kind="file", help_key="place_candidates"),
    Option(name="--exclusive", kind="file"),
    SECONDS,
    Option(name="--objective", kind="choice", choices=("placed-then-score", "score"), default="placed-then-score"),
    Option(name="--place-all", kind="flag"),
    Option(name="--out", kind="file", required=True, help_key="place_out"),
    JSON,
    common=(SEED,),
)
def VERB(  # noqa: N802
    request: Request,
    *,
    pairs: Path,
    packages: Path | None,
    candidates: Path | None,
    exclusive: Path | None,
    seconds: float | None,
    objective: Literal["placed-then-score", "score"],
    place_all: bool,
    as_json: bool,
) -> int:
    """Write the best placement of the pairs, and print how good it provably is."""
    from matching.planning.place import place_tables

    source = read_rows(pairs)
    others: tuple[tuple[TableName, Path | None], ...]
    others = (("packages", packages), ("candidates", candidates), ("exclusive", exclusive))
    tables = [None if path is None else _table(name, read_rows(path)) for name, path in others]
    with working(request, "planning"):
        placed = place_tables(
            _table("pairs", source),
            *tables,
            seconds=seconds or USUAL_SECONDS,
            objective=objective,
            place_all=place_all,
            seed=request.seed,
            in_child=True,
        )
    _say_all(placed.notes, request)
    for path in request.out:
        write_table(path, COLUMNS, placed.rows, source.without_bom)
    if as_json:
        show(json.dumps(placed.summary()), request)
    else:
        counts = {"placed": placed.placed, "total": placed.total_score, "seconds": placed.seconds}
        tell(request, f"placed.{placed.status}", **counts)
    return 0


def _table(name: TableName, source: TextTable) -> Table:
    from matching.planning.seam import table_of_text

    return table_of_text(name, source.headings, source.rows)


def _say_all(notes: Iterable[Sentence], request: Request) -> None:
    for note in notes:
        tell(request, "note", text=note)
