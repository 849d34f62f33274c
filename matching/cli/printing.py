"""Writing to the terminal, also when its reader has gone (`matching ... | head`): files are written all the same."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from rich.console import Console


def put(text: str) -> None:
    """Write text to standard output."""
    try:
        sys.stdout.write(text)
    except BrokenPipeError:
        let_go(sys.stdout)


def put_beside(text: str) -> None:
    """Write text to standard error, so that standard output holds only the result."""
    try:
        sys.stderr.write(text)
    except OSError:
        let_go(sys.stderr)


def let_go(stream: TextIO) -> None:
    """Send what is still to come to nowhere: nobody reads the stream any more, and that is no fault."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, stream.fileno())
    finally:
        os.close(nowhere)


def screen() -> Console:
    """Return the screen to print tables on: as wide as the terminal, 80 columns where there is none, never live."""
    from rich.console import Console

    class Screen(Console):
        """A screen that goes quiet when nobody reads it."""

        def on_broken_pipe(self) -> None:
            """Go on without showing."""
            let_go(sys.stdout)

    return Screen(highlight=False, soft_wrap=False)
