"""Parsing in a child process with limits: a workbook that breaks the parser breaks only the child.

`python -m matching.intake.child MEGABYTES TAB...` reads a workbook from standard input and writes packed grids.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from subprocess import PIPE
from threading import Thread, Timer
from typing import IO

from matching.intake.grids import ParserFailed, grids_of
from matching.intake.raw import Texts, packed, unpacked

SECONDS = 120


def grids_in_child(
    content: bytes, tabs: Sequence[str], *, megabytes: int, counted: Callable[[int], None] | None = None
) -> dict[str, tuple[Texts, ...]]:
    """Return the grids of the named tabs, parsed by a child process; `counted` hears how many rows are read so far.

    Raises ParserFailed when the child did not answer in time or not well.
    """
    command = [sys.executable, "-m", "matching.intake.child", str(megabytes), *tabs]
    paths = os.pathsep.join(path for path in sys.path if path)
    quiet = {"PYTHONPATH": paths, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "PYTHONIOENCODING": "utf-8"}
    try:
        child = subprocess.Popen(command, stdin=PIPE, stdout=PIPE, stderr=PIPE, env={**os.environ, **quiet})
    except OSError as fault:
        raise ParserFailed(type(fault).__name__) from None
    answer = _answer(child, content, counted)
    if child.returncode != 0:
        raise ParserFailed(f"exit {child.returncode}")
    try:
        return unpacked(answer)
    except (ValueError, KeyError, TypeError):
        raise ParserFailed("answer") from None


def _answer(child: subprocess.Popen[bytes], content: bytes, counted: Callable[[int], None] | None) -> bytes:
    """Return what a child writes; the rows that it counts on its standard error are told meanwhile."""
    assert child.stdin and child.stdout and child.stderr
    found: list[bytes] = []
    threads = [Thread(target=_fed, args=(child.stdin, content)), Thread(target=_heard, args=(child.stdout, found))]
    limit = Timer(SECONDS, child.kill)
    for thread in (*threads, limit):
        thread.daemon = True
        thread.start()
    try:
        for line in child.stderr:
            if counted and line.strip().isdigit():
                counted(int(line))
        for thread in threads:
            thread.join()
        child.wait()
    finally:
        limit.cancel()
        child.kill()
        child.wait()
        child.stderr.close()
    return b"".join(found)


def _fed(pipe: IO[bytes], content: bytes) -> None:
    with suppress(OSError), pipe:
        pipe.write(content)


def _heard(pipe: IO[bytes], found: list[bytes]) -> None:
    with pipe:
        found.append(pipe.read())


def _told(rows: int) -> None:
    """Tell the parent how many rows are read."""
    sys.stderr.write(f"{rows}\n")
    sys.stderr.flush()


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
        found = packed(grids_of(sys.stdin.buffer.read(), arguments[1:], counted=_told))
    except (ParserFailed, MemoryError):
        return 1
    sys.stdout.buffer.write(found)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
