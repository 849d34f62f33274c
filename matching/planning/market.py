"""Asking prices of people and places, and which pairs of a whole pool are worth them: passes over the scores in blocks.

A pass holds one block at a time. Prices are whole numbers, so a pair is never lost by rounding.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from matching.planning.problem import Int64Array
from matching.planning.scored import Block, Scored, Triple, blocks, package_block

__all__ = ["NOBODY", "Asking", "Extra", "First", "Found", "first_pairs", "foremost", "near_pairs", "near_pairs_of"]

NOBODY = 2**60
"""The price of somebody who may have no place, and of a package without places."""

_NARROW = 2**28
"""Prices below it leave room for a difference of two within 32 bits."""

_ROWS = 64
"""Packages that are compared at once: what is compared stays in the cache of a core."""

_SHARE = 10
"""One in so many people of a block tells where the best of it begin."""

MOST = 256
"""Pairs that one package may bring from one block; more of them is a crowd of equals, and the pass says so."""


Extra = tuple[int, Int64Array]
"""A price, and how often each candidate row pays it."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Asking:
    """What a pair must be worth: `per_pair + per_point x points` against the prices of its two rows in the pool.

    candidate [candidate rows], package [package rows], integers; `extra` holds for some package rows what a pair pays
    on top: a price times a number for each candidate row. `scarce_people`: where pairs crowd, a pass keeps the
    worthiest of each person, else those of each package.
    """

    per_pair: int
    per_point: int
    candidate: Int64Array
    package: Int64Array
    scarce_people: bool = False
    extra: Mapping[int, Sequence[Extra]] = field(default_factory=dict)

    def worth(self, who: Int64Array, what: Int64Array, points: Int64Array) -> Int64Array:
        """Return for each pair what it is worth above its prices."""
        found = self.per_pair + self.per_point * points - self.candidate[who] - self.package[what]
        charged = np.flatnonzero(self._charged[what]) if self.extra else what[:0]
        order = charged[np.argsort(what[charged], kind="stable")]
        starts = np.flatnonzero(np.diff(what[order], prepend=-1))
        for mine in np.split(order, starts[1:]) if len(order) else ():
            for price, person in self.extra[int(what[mine[0]])]:
                found[mine] -= price * person[who[mine]]
        return np.asarray(found, np.int64)

    @cached_property
    def _charged(self) -> npt.NDArray[np.bool_]:
        """Return which package rows a pair pays something extra at."""
        found = np.zeros(len(self.package), np.bool_)
        found[list(self.extra)] = True
        return found

    def fallen(self, later: Asking) -> Int64Array:
        """Return for each package row by how much, at most, a pair of it has risen since: the fall of both prices.

        In units of `later`, whose unit of points must be a multiple of this one's.
        """
        times, odd = divmod(later.per_point, self.per_point)
        if odd:
            return np.full(len(self.package), NOBODY)
        free = (self.candidate < NOBODY) & (later.candidate < NOBODY)
        person = (times * self.candidate - later.candidate)[free].max(initial=0)
        place = later.per_pair - times * self.per_pair + times * self.package - later.package
        return np.where(later.package >= NOBODY, -NOBODY, place + person)


@dataclass(frozen=True, kw_only=True, eq=False)
class Found:
    """Pairs of a pass (candidate rows, package rows, points) and the package rows of which some were left out."""

    pairs: Triple
    crowded: Int64Array


@dataclass(frozen=True, kw_only=True, eq=False)
class First:
    """The pairs to begin with; which of them are the best that a block has for a person; and floor prices.

    Floors are in points, per candidate row and per package row; 0 where there is none.
    """

    pairs: Triple
    best: npt.NDArray[np.bool_]
    person_floors: Int64Array
    package_floors: Int64Array


_Part = tuple[Int64Array, Int64Array, Int64Array]


def first_pairs(scores: Scored, *, about: int, floor_rank: int, scarce_people: bool = False) -> First:
    """Return about the best `about` people of every package, and the best package of every person in each block.

    With `scarce_people` it is about the best packages of every person, and the best person of every package. A block
    is judged by a sample of one in ten, so the number is not exact; the proof does not need it. The floors of the side
    that is scarce are about what the other one at `floor_rank` is worth to it: nothing should be cheaper.
    """
    people, work = len(scores.pool.candidates), len(scores.pool.packages)
    both, many = (np.zeros(work, np.int32), np.zeros(people, np.int32)), work if scarce_people else people
    floors = _Floors(people if scarce_people else work)
    parts, marks = list[_Part](), list[npt.NDArray[np.bool_]]()
    for rows, start, block in blocks(scores):
        run = np.arange(start, start + block.shape[1])
        turned = block.T if scarce_people else block
        share = turned.shape[1] / max(many, 1)
        ranks = max(about * share, 1.0), max(floor_rank * share, 1.0)
        bars, low = _bars(turned, ranks)
        floors.see(run if scarce_people else rows, low, turned.shape[1])
        for record, places, axis in ((both[0], rows, 1), (both[1], run, 0)):
            record[places] = np.maximum(record[places], block.max(axis=axis, initial=0))
        limits = (both[0][rows], bars) if scarce_people else (bars, both[1][run])
        at, who = _reaching(block, *limits)
        points = block[at, who].astype(np.int64)
        top = _first_of_each(who, points == both[1][run][who])
        kept = top.copy()
        kept[foremost(who if scarce_people else at, points, most=4 * int(ranks[0]) + 4)[0]] = True
        parts.append((rows[at[kept]], who[kept] + start, points[kept]))
        marks.append(top[kept])
    what, who, points = _joined(parts)
    known, none = floors.seen, np.zeros(work if scarce_people else people, np.int64)
    return First(
        pairs=(who, what, points),
        best=np.concatenate([*marks, np.zeros(0, np.bool_)]),
        person_floors=known if scarce_people else none,
        package_floors=none if scarce_people else known,
    )


class _Floors:
    """Floors seen in several blocks, weighed by how many a block showed."""

    def __init__(self, count: int) -> None:
        self._sum, self._weight = np.zeros(count, np.int64), np.zeros(count, np.int64)

    def see(self, places: Int64Array, low: npt.NDArray[np.int32], shown: int) -> None:
        """Note what one block shows."""
        self._sum[places] += low.astype(np.int64) * shown
        self._weight[places] += shown

    @property
    def seen(self) -> Int64Array:
        """Return the floors."""
        return np.asarray(self._sum // np.maximum(self._weight, 1), np.int64)


def _first_of_each(who: Int64Array, marked: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """Return the marks with one left for every person."""
    found, at = np.zeros(len(who), np.bool_), np.flatnonzero(marked)[::-1]
    first = np.full(int(who.max(initial=-1)) + 1, -1, np.int64)
    first[who[at]] = at
    found[first[first >= 0]] = True
    return found


def _bars(
    block: npt.NDArray[np.int32], ranks: tuple[float, float]
) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32]]:
    """Return for each row about the value at each of two ranks, from a sample of the columns."""
    sample = np.ascontiguousarray(block[:, :: _SHARE if block.shape[1] >= 100 * _SHARE else 1])
    step = block.shape[1] / sample.shape[1]
    last = sample.shape[1] - 1
    places = [max(last - int(rank / step), 0) for rank in ranks]
    sample.partition(sorted(set(places)), axis=1)
    first, second = (sample[:, place] for place in places)
    return np.maximum(first, 0), np.maximum(second if places[1] else np.zeros_like(second), 0)


def _reaching(
    block: npt.NDArray[np.int32], bars: npt.NDArray[np.int32], record: npt.NDArray[np.int32]
) -> tuple[Int64Array, Int64Array]:
    """Return the cells that reach the bar of their row or the record of their column."""
    found, cells = [np.zeros((0,), np.int64)], np.empty((_ROWS, block.shape[1]), np.int32)
    for start in range(0, len(block), _ROWS):
        part = block[start : start + _ROWS]
        low = np.minimum(bars[start : start + _ROWS, None], record[None, :], out=cells[: len(part)])
        found.append(_flat(part >= low) + start * block.shape[1])
    at, who = np.divmod(np.concatenate(found), block.shape[1])
    return at, who


def _flat(marks: npt.NDArray[np.bool_]) -> Int64Array:
    """Return the places of the marks, in order; eight cells are looked at at once, because few are marked."""
    cells = np.ascontiguousarray(marks).reshape(-1)
    if len(cells) % 8:
        return np.flatnonzero(cells)
    words = np.flatnonzero(cells.view(np.uint64))
    at, within = np.nonzero(cells.reshape(-1, 8)[words])
    return np.asarray(words[at] * 8 + within, np.int64)


def near_pairs(scores: Scored, asking: Asking, slack: int) -> Found:
    """Return every possible pair that is worth at least its prices minus `slack`."""
    return _near(blocks(scores), asking, slack, len(scores.pool.packages))


def near_pairs_of(scores: Scored, packages: Int64Array, asking: Asking, slack: int) -> Found:
    """Return the same for some package rows only."""
    return _near((package_block(scores, int(row)) for row in packages), asking, slack, len(scores.pool.packages))


def _near(pieces: Iterable[Block], asking: Asking, slack: int, packages: int) -> Found:
    parts, crowded = list[_Part](), np.zeros(packages, np.bool_)
    for rows, start, block in pieces:
        at, who = _worthy(block, asking, (rows, start), slack)
        points = block[at, who].astype(np.int64)
        who, what = who + start, rows[at]
        if len(at) > MOST:
            group = who if asking.scarce_people else at
            kept = foremost(group, asking.worth(who, what, points), MOST // 8 if asking.scarce_people else MOST)[0]
            if len(kept) < len(at):
                crowded[np.delete(what, kept)] = True
                who, what, points = who[kept], what[kept], points[kept]
        parts.append((what, who, points))
    what, who, points = _joined(parts)
    return Found(pairs=(who, what, points), crowded=np.flatnonzero(crowded))


def _worthy(
    block: npt.NDArray[np.int32], asking: Asking, place: tuple[Int64Array, int], slack: int
) -> tuple[Int64Array, Int64Array]:
    """Return the cells (row, column) that are possible and worth their prices minus the slack."""
    (rows, start), width = place, block.shape[1]
    person, floor, kind = _fitted(asking, start, width, asking.package[rows] - asking.per_pair - slack)
    found, cells = [np.zeros((0,), np.int64)], np.empty((_ROWS, width), kind)
    may_be_impossible = bool((floor < 0).any())
    for first in range(0, len(block), _ROWS):
        part = block[first : first + _ROWS]
        worth = cells[: len(part)]
        if asking.per_point == 1:
            np.subtract(part, person[None, :], out=worth, dtype=kind)
        else:
            np.multiply(part, asking.per_point, out=worth, dtype=np.int64)
            worth -= person
        _pay_extra(worth, asking, rows[first : first + _ROWS], start)
        reached = worth >= floor[first : first + _ROWS, None]
        if may_be_impossible:
            reached &= part >= 0
        found.append(_flat(reached) + first * width)
    at, who = np.divmod(np.concatenate(found), width)
    possible = block[at, who] >= 0
    return at[possible], who[possible]


def _pay_extra(worth: npt.NDArray[np.signedinteger[Any]], asking: Asking, rows: Int64Array, start: int) -> None:
    """Take off what pairs of these packages pay on top."""
    for at, package in enumerate(rows.tolist() if asking.extra else ()):
        for price, person in asking.extra.get(package, ()):
            worth[at] -= price * person[start : start + worth.shape[1]]


def _fitted(
    asking: Asking, start: int, width: int, floor: Int64Array
) -> tuple[npt.NDArray[np.signedinteger[Any]], npt.NDArray[np.signedinteger[Any]], type[np.int32] | type[np.int64]]:
    """Return the prices of these people and the floors of these packages in 32 bits when they fit, else in 64."""
    person = asking.candidate[start : start + width]
    usual = [person[person < NOBODY], floor[floor < NOBODY // 2]]
    reach = max(max(abs(int(part.max(initial=0))), abs(int(part.min(initial=0)))) for part in usual)
    if asking.per_point != 1 or asking.extra or reach >= _NARROW:
        return person, floor, np.int64
    closed = 4 * _NARROW
    return np.minimum(person, closed).astype(np.int32), np.minimum(floor, closed).astype(np.int32), np.int32


def foremost(group: Int64Array, worth: Int64Array, most: int = MOST) -> tuple[Int64Array, Int64Array]:
    """Return the positions of the `most` worthiest of every group, and the groups that were cut short."""
    sizes = np.bincount(group)
    full = np.flatnonzero(sizes > most)
    if not len(full):
        return np.arange(len(group)), full
    order = np.lexsort((-worth, group))
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    rank = np.arange(len(group)) - starts[group[order]]
    return np.sort(order[rank < most]), full


def _joined(parts: list[_Part]) -> tuple[Int64Array, Int64Array, Int64Array]:
    if not parts:
        return np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0, np.int64)
    first, second, third = (np.concatenate([part[n] for part in parts]).astype(np.int64) for n in range(3))
    return first, second, third
