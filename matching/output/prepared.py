"""A checked pool put ready on disk, so that the next run need not read and check the workbook again."""

from __future__ import annotations

from pathlib import Path

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
        same = unpacked(content, path.name).fingerprint == thing.fingerprint
    except (InputRefused, TypeError, ValueError):
        same = False
    if not same:
        raise InputRefused(say("output.prepared.not_the_same", file=path.name))
    write_whole(path, content)
    return path
