"""The lot that orders equals: a keyed hash of seed and ids, the same on every machine and in every row order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

Keys = NDArray[np.uint64]
Packed = NDArray[np.int64]

PACKED_BITS = 63
TOTAL_BITS = 20
"""Totals are 0..1,000,000, which is less than 2 to the power 20."""


@dataclass(frozen=True, eq=False)
class Lot:
    """The ids of one side with a number drawn for each from the seed.

    `keys` holds 64 bits an id (blake2b keyed with the seed and the side); `rank` is the place of each id in the
    order of its key, so that it settles what is left without looking at row order.
    """

    ids: tuple[str, ...]
    seed: int
    side: str

    @cached_property
    def keys(self) -> Keys:
        """The number of each id, shape (ids,)."""
        return drawn(self.ids, seed=self.seed, side=self.side)

    def key(self, row: int) -> Keys:
        """Return the number of one id, shape (1,), without drawing for the others."""
        if "keys" in self.__dict__:
            return self.keys[row : row + 1]
        return drawn(self.ids[row : row + 1], seed=self.seed, side=self.side)

    @cached_property
    def order(self) -> NDArray[np.int64]:
        """The positions of the ids in the order of their number, shape (ids,)."""
        keys = self.keys
        by_id = np.array(sorted(range(len(self.ids)), key=self.ids.__getitem__), dtype=np.int64)
        return by_id[np.argsort(keys[by_id], kind="stable")]

    @cached_property
    def rank(self) -> NDArray[np.int64]:
        """The place of each id in that order, shape (ids,)."""
        rank = np.empty(len(self.ids), dtype=np.int64)
        rank[self.order] = np.arange(len(self.ids))
        return rank

    @property
    def rank_bits(self) -> int:
        """How many bits a rank takes."""
        return max(1, (len(self.ids) - 1).bit_length())

    def packed(self, totals: NDArray[np.int32], draw: Keys, rows: NDArray[np.int64]) -> Packed:
        """Return one sortable number for each: total first, then the draw of the pair, then the rank of the id."""
        lot_bits = PACKED_BITS - TOTAL_BITS - self.rank_bits
        packed = totals.astype(np.int64) << (PACKED_BITS - TOTAL_BITS)
        packed |= (draw >> np.uint64(64 - lot_bits)).astype(np.int64) << self.rank_bits
        packed |= self.rank[rows]
        return packed

    def unpacked(self, packed: Packed) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """Return (rows, totals) of packed numbers; both -1 where the number is negative."""
        empty = packed < 0
        rank = np.where(empty, 0, packed & ((1 << self.rank_bits) - 1))
        rows = self.order[rank] if len(self.ids) else rank
        totals = packed >> (PACKED_BITS - TOTAL_BITS)
        return np.where(empty, -1, rows).astype(np.int32), np.where(empty, -1, totals).astype(np.int32)


@dataclass(frozen=True, eq=False)
class Lots:
    """The lots of both sides under one seed."""

    candidates: Lot
    packages: Lot

    @classmethod
    def of(cls, candidates: tuple[str, ...], packages: tuple[str, ...], *, seed: int) -> Lots:
        """Draw for the ids of both sides."""
        return cls(Lot(candidates, seed, "candidate"), Lot(packages, seed, "package"))


def drawn(ids: Sequence[str], *, seed: int, side: str) -> Keys:
    """Return one 64-bit number for each id; `side` keeps a candidate and a package with the same id apart."""
    secret = f"{side}:{seed}".encode()[:64]
    digests = (blake2b(name.encode("utf-8", "surrogatepass"), digest_size=8, key=secret).digest() for name in ids)
    return np.frombuffer(b"".join(digests), dtype=">u8").astype(np.uint64)


def pair_draw(candidate: Keys, package: Keys) -> Keys:
    """Return the draw of each pair from the numbers of its two sides, broadcast over both; 64 bits."""
    mixed = candidate ^ np.left_shift(package, np.uint64(1)) ^ np.right_shift(package, np.uint64(63))
    return _scattered(_scattered(mixed) + package)


def _scattered(value: Keys) -> Keys:
    """Scatter 64 bits (the finaliser of splitmix64, Steele, Lea and Flood 2014)."""
    value = (value ^ np.right_shift(value, np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    value = (value ^ np.right_shift(value, np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return np.asarray(value ^ np.right_shift(value, np.uint64(31)), np.uint64)
