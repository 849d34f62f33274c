"""The fits of many pairs, asked of many packages at once: a question to a criterion costs more than its answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from matching.scoring.fit import Fit, fits_in
from matching.scoring.group import Groups

__all__ = ["fits_together"]

CELLS = 20_000
"""Pairs that are looked at in one go, asked for or not; bounds the memory to some ten megabytes."""

Pairs = list[tuple[int, int]]


def fits_together(groups: Groups, pairs: Sequence[tuple[int, int]]) -> list[Fit]:
    """Return the fits of pairs of (candidate row, package row), in their order."""
    found: dict[tuple[int, int], Fit] = {}
    by_group: dict[int, Pairs] = {}
    for person, package in sorted(set(pairs), key=lambda pair: (pair[1], pair[0])):
        by_group.setdefault(int(groups.of_package[package]), []).append((person, package))
    for number, mine in by_group.items():
        for batch in _batches(mine):
            found |= zip(batch, _fits(groups, number, batch), strict=True)
    return [found[pair] for pair in pairs]


def _fits(groups: Groups, number: int, batch: Pairs) -> list[Fit]:
    pool = groups.pool
    people, work = (sorted({pair[side] for pair in batch}) for side in (0, 1))
    row, column = ({place: at for at, place in enumerate(side)} for side in (people, work))
    cells = [(row[person], column[package]) for person, package in batch]
    sides = [pool.candidates[at] for at in people], [pool.packages[at] for at in work]
    return fits_in(groups.groups[number].yardstick, pool, sides, cells)


def _batches(pairs: Pairs) -> Iterator[Pairs]:
    """Yield pairs, ordered by package, in runs whose people and packages make at most CELLS pairs (or one pair)."""
    batch: Pairs = []
    people: set[int] = set()
    work: set[int] = set()
    for pair in pairs:
        if batch and len(people | {pair[0]}) * len(work | {pair[1]}) > CELLS:
            yield batch
            batch, people, work = [], set(), set()
        batch.append(pair)
        people.add(pair[0])
        work.add(pair[1])
    if batch:
        yield batch
