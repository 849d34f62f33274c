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
    from matching.synthetic.world import Progress


@verb(
    "synth",
    Option(name="--candidates", kind="whole", smallest=1, default=300),
    Option(name="--packages", kind="whole", smallest=1, default=100),
    Option(name="--out", kind="file", required=True, help_key="synth_out"),
    common=(SEED, DAY),
)
def VERB(request: Request, *, candidates: int, packages: int) -> int:  # noqa: N802
    """Write made-up data and the hidden truth behind them to a folder."""
    from matching.synthetic.files import synthesise

    folder = folder_of(request)
    try:
        with told(request) as progress:
            synthesise(
                candidates,
                packages,
                request.seed,
                folder,
                as_of=request.as_of or SHIPPED_DAY,
                progress=progress,
                language=request.language,
            )
    except OSError:
        raise InputRefused(say("output.cannot_write", path=str(folder))) from None
    tell(request, "synthetic_written", candidates=candidates, packages=packages, path=str(folder))
    return 0


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
