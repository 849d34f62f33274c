"""A checked pool put ready on disk, so that the next run need not read and check the workbook again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np

from matching.domain.pool import Pool
from matching.errors import InputRefused
from matching.intake.prepared import packed, unpacked
from matching.output.roles import Role, check_list
from matching.output.writing import write_whole
from matching.text import say

__all__ = ["write_prepared"]


def write_prepared(thing: object, path: Path, role: Role) -> Path:
    """Write a pool to a .pool file and return its path; it is read back first and must be the same pool.

    The file holds what the workbook holds, needs included: it is no list for a reader, so employers are refused.
    Raises InputRefused for what is no pool, or holds values that the fields of the domain do not allow.
    """
    check_list(role)
    if not isinstance(thing, Pool):
        raise InputRefused(say("output.prepared.only_a_pool", kind=type(thing).__name__))
    try:
        content = packed(thing)
        same = _made(unpacked(content, path.name)).fingerprint == thing.fingerprint
    except (InputRefused, TypeError, ValueError):
        same = False
    if not same:
        raise InputRefused(say("output.prepared.not_the_same", file=path.name))
    write_whole(path, content)
    return path


def _made(pool: Pool) -> Pool:
    """Return the pool with every value made, so that its fingerprint is of what a reader gets."""
    people, work = (np.arange(len(table), dtype=np.intp) for table in (pool.candidates, pool.packages))
    return replace(pool, candidates=pool.candidates.take(people), packages=pool.packages.take(work))
