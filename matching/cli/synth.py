"""`matching synth`: made-up data of any size, the same on every machine for the same seed."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from matching.cli.options import DAY, SEED, Option, verb
from matching.cli.request import Request, tell
from matching.cli.shipped import SHIPPED_DAY
from matching.errors import InputRefused
from matching.text import Sentence, say

if TYPE_CHECKING:
    from matching.domain.pool import Pool
    from matching.synthetic.world import Progress

MOST_CANDIDATES, MOST_PACKAGES = 1_000_000, 50_000
"""Four times the whole country and ten times its work: more does not fit in the memory of an ordinary computer."""


@verb(
    "synth",
    Option(name="--candidates", kind="whole", smallest=1, largest=MOST_CANDIDATES, default=300),
    Option(name="--packages", kind="whole", smallest=1, largest=MOST_PACKAGES, default=100),
    Option(name="--out", kind="file", required=True, help_key="synth_out"),
    common=(SEED, DAY),
)
def VERB(request: Request, *, candidates: int, packages: int) -> int:  # noqa: N802
    """Write made-up data to a folder with the hidden truth behind them, or without it to a new workbook."""
    from matching.synthetic.files import made_up_pool, synthesise

    target = request.out[0]
    workbook = target.suffix.casefold() == ".xlsx" and not target.is_dir()
    target = _new(target) if workbook else folder_of(request)
    try:
        with told(request) as progress:
            size, day = (candidates, packages, request.seed), request.as_of or SHIPPED_DAY
            if workbook:
                _write_workbook(made_up_pool(*size, as_of=day, progress=progress), request)
            else:
                synthesise(*size, target, as_of=day, progress=progress, language=request.language)
    except OSError:
        raise InputRefused(say("output.cannot_write", path=str(target))) from None
    tell(request, "synthetic_written", candidates=candidates, packages=packages, path=str(target))
    return 0


def _new(target: Path) -> Path:
    """Return the name of a workbook that is not there yet. Raises InputRefused before anything is made up."""
    if target.exists():
        raise InputRefused(say("output.pool_files.exists", path=str(target)))
    return target


def _write_workbook(pool: Pool, request: Request) -> None:
    from matching.intake.columns import tables_of
    from matching.output.pool_files import write_tables

    write_tables(tables_of(pool, language=request.language), request.out[0], language=request.language)


def folder_of(request: Request) -> Path:
    """Return the folder to write to. Raises InputRefused for a file of that name, and for tables not made up here."""
    from matching.synthetic.files import holds_a_world

    folder = request.out[0]
    if folder.is_file():
        raise InputRefused(say("output.cannot_write", path=str(folder)))
    if any(folder.glob("*.csv")) and not holds_a_world(folder):
        raise InputRefused(say("cli.folder_in_use", path=str(folder)))
    return folder


@contextmanager
def told(request: Request) -> Iterator[Progress | None]:
    """Show on standard error how far it is; quiet when nobody watches."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console

    with Console(stderr=True).status("...") as status:

        def progress(step: Sentence) -> None:
            status.update(step.text(request.language))

        yield progress
