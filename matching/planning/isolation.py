"""Solving in a child process with a limit on time and memory; a child that overstays is killed two seconds later.

The child holds arrays of whole numbers and nothing else: no ids, no texts, no files; above two million pairs it gets
the scores with their pool, because it reads them in blocks. It dies with its parent.

The child is a bare interpreter that loads what it is given and nothing else. Only where that cannot be (on Windows, or
when something comes from the script that is running) it is started by `multiprocessing`, which runs that script again.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from threading import Thread
from typing import TypeVar, cast

from matching.errors import SolverFailed
from matching.text import say

__all__ = ["GRACE_SECONDS", "MEMORY_BYTES", "STARTING_SECONDS", "isolated"]

Answer = TypeVar("Answer")
Steps = tuple[Callable[[], None] | None, Callable[[], object]]
"""What a child does before its time begins, and then."""

GRACE_SECONDS = 2.0
"""How long a child may overstay its time before it is killed."""

STARTING_SECONDS = 60.0
"""How long a child may take to start and to load the solvers, on a busy machine; it is no time for solving."""

MEMORY_BYTES = 6 * 2**30
"""Address space of a child: enough for 20,000 x 5,000, small enough to spare the machine."""


def isolated(
    work: Callable[[], Answer],
    *,
    seconds: float,
    memory_bytes: int = MEMORY_BYTES,
    grace: float = GRACE_SECONDS,
    ready: Callable[[], None] | None = None,
) -> Answer:
    """Return what `work` returns, run in a child process; an exception of the child is raised here.

    The time of `seconds` begins when the child has started and `ready` has run there. `work` and `ready` must be
    picklable (a module-level function or a partial of one). Raises SolverFailed when the child is killed, dies, or runs
    out of memory.
    """
    ours, end = _started((ready, work), memory_bytes)
    try:
        outcome = _told(ours, STARTING_SECONDS, seconds)
        if outcome is None:
            outcome = _told(ours, seconds + grace, seconds)
    except EOFError:
        raise SolverFailed(say("planning.solver_died")) from None
    finally:
        ours.close()
        end()
    if isinstance(outcome, MemoryError):
        raise SolverFailed(say("planning.solver_out_of_memory", megabytes=memory_bytes // 2**20))
    if isinstance(outcome, BaseException):
        raise outcome
    return cast("tuple[Answer]", outcome)[0]


def _told(pipe: Connection, wait: float, seconds: float) -> object:
    """Return what the child says next: None when it begins, then its answer in a tuple, or an exception."""
    if not pipe.poll(wait):
        raise SolverFailed(say("planning.solver_overstayed", seconds=round(seconds, 2)))
    return pipe.recv()


def _started(steps: Steps, memory_bytes: int) -> tuple[Connection, Callable[[], None]]:
    """Start a child; return what it will say, and what ends it."""
    written = pickle.dumps(steps)
    if sys.platform == "win32" or b"__main__" in written:
        return _started_again(steps, memory_bytes)
    ours, theirs = os.pipe()
    paths = os.pathsep.join(path for path in sys.path if isinstance(path, str))
    command = [sys.executable, "-c", START, paths, str(memory_bytes), str(theirs)]
    nowhere, fed = subprocess.DEVNULL, subprocess.PIPE
    try:
        child = subprocess.Popen(command, pass_fds=[theirs], stdin=fed, stdout=nowhere, stderr=nowhere)
    except OSError:
        os.close(ours)
        raise
    finally:
        os.close(theirs)
    feeding = Thread(target=_fed, args=(child, written), daemon=True)
    feeding.start()
    return Connection(ours, writable=False), lambda: _ended(child, feeding)


START = """
import os, sys
sys.path[:] = sys.argv[1].split(os.pathsep)
import matching.planning.isolation as solver
solver.obey()
"""
"""What a bare child runs: with the same places to import from as its parent it does what it is told."""


def _fed(child: subprocess.Popen[bytes], written: bytes) -> None:
    """Give a child its work; one that has died takes none."""
    assert child.stdin is not None
    with suppress(OSError), child.stdin:
        child.stdin.write(written)


def _ended(child: subprocess.Popen[bytes], feeding: Thread) -> None:
    try:
        child.wait(0.2)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()
    feeding.join()


def _started_again(steps: Steps, memory_bytes: int) -> tuple[Connection, Callable[[], None]]:
    """Start a child that runs the script of its parent again, as `multiprocessing` does."""
    import multiprocessing

    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    child = context.Process(target=_child, args=(theirs, steps, memory_bytes), daemon=True)
    child.start()
    theirs.close()

    def end() -> None:
        child.join(0.2)
        if child.is_alive():
            child.kill()
            child.join()

    return ours, end


def obey() -> None:
    """Do in a bare child what stands on its standard input, under the limit on memory that stands in its arguments."""
    memory_bytes, pipe = int(sys.argv[2]), Connection(int(sys.argv[3]), readable=False)
    _limit(memory_bytes)
    _child(pipe, pickle.load(sys.stdin.buffer), memory_bytes)  # noqa: S301 - our parent wrote it


def _child(pipe: Connection, steps: Steps, memory_bytes: int) -> None:
    """Say None when the solving begins, then its outcome."""
    _limit(memory_bytes)
    _quiet()
    ready, work = steps
    outcome: object
    try:
        if ready is not None:
            ready()
        pipe.send(None)
        outcome = (work(),)
    except Exception as problem:
        outcome = problem
    try:
        pipe.send(outcome)
    finally:
        pipe.close()


def _quiet() -> None:
    """Send whatever a solver prints to nowhere: the parent's standard output is for its own answer."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)


def _limit(memory_bytes: int) -> None:
    """Cap the memory of this process, and on Linux ask to be killed when the parent dies."""
    if sys.platform == "win32":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(1, 9)
