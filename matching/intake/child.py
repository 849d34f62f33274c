"""Parsing in a child process with limits: a workbook that breaks the parser breaks only the child.

`python -m matching.intake.child MEGABYTES TAB...` reads a workbook from standard input and writes packed grids.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence

from matching.intake.grids import ParserFailed, grids_of
from matching.intake.raw import Texts, packed, unpacked

SECONDS = 120


def grids_in_child(content: bytes, tabs: Sequence[str], *, megabytes: int) -> dict[str, tuple[Texts, ...]]:
    """Return the grids of the named tabs, parsed by a child process. Raises ParserFailed when it did not answer."""
    command = [sys.executable, "-m", "matching.intake.child", str(megabytes), *tabs]
    paths = os.pathsep.join(path for path in sys.path if path)
    quiet = {"PYTHONPATH": paths, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "PYTHONIOENCODING": "utf-8"}
    try:
        done = subprocess.run(
            command, input=content, capture_output=True, timeout=SECONDS, env={**os.environ, **quiet}, check=False
        )
    except (subprocess.TimeoutExpired, OSError) as fault:
        raise ParserFailed(type(fault).__name__) from None
    if done.returncode != 0:
        raise ParserFailed(f"exit {done.returncode}")
    try:
        return unpacked(done.stdout)
    except (ValueError, KeyError, TypeError):
        raise ParserFailed("answer") from None


def _limit(megabytes: int) -> None:
    """Limit the memory and time of this process, where the system can."""
    try:
        import resource
    except ImportError:
        return
    size = megabytes * 1_000_000
    resource.setrlimit(resource.RLIMIT_AS, (size, size))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main(arguments: Sequence[str]) -> int:
    """Read standard input under limits and write the packed grids; 1 when the parser failed."""
    _limit(int(arguments[0]))
    try:
        found = packed(grids_of(sys.stdin.buffer.read(), arguments[1:]))
    except (ParserFailed, MemoryError):
        return 1
    sys.stdout.buffer.write(found)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
