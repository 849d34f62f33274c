"""Solving in a child process with a limit on time and memory; a child that overstays is killed two seconds later.

The child holds arrays of whole numbers and nothing else: no ids, no texts, no files; above two million pairs it gets
the scores with their pool, because it reads them in blocks. It dies with its parent.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import TypeVar, cast

from matching.errors import SolverFailed
from matching.text import say

__all__ = ["GRACE_SECONDS", "MEMORY_BYTES", "STARTING_SECONDS", "isolated"]

Answer = TypeVar("Answer")

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
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    child = context.Process(target=_child, args=(theirs, (ready, work), memory_bytes), daemon=True)
    child.start()
    theirs.close()
    try:
        outcome = _told(ours, STARTING_SECONDS, seconds)
        if outcome is None:
            outcome = _told(ours, seconds + grace, seconds)
    except EOFError:
        raise SolverFailed(say("planning.solver_died")) from None
    finally:
        ours.close()
        _end(child)
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


def _end(child: multiprocessing.process.BaseProcess) -> None:
    child.join(0.2)
    if child.is_alive():
        child.kill()
        child.join()


def _child(pipe: Connection, steps: tuple[Callable[[], None] | None, Callable[[], Answer]], memory_bytes: int) -> None:
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
