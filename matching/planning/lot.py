"""The lot that settles ties: a keyed hash of seed and ids, the same on every machine and in every row order.

Each pair draws a number; among plans that are equal in every earlier stage the one with the largest sum of numbers
wins. Names, row order and the settings of the computer play no part, and over many seeds every tied person wins
equally often.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b

import numpy as np
import numpy.typing as npt

from matching.planning.problem import Int64Array

__all__ = ["LOT_BITS", "draws", "keys", "order"]

LOT_BITS = 40
"""Size of one draw: with ten million pairs the chance that two best plans still tie is about one in 100,000."""

UInt64Array = npt.NDArray[np.uint64]


def keys(ids: Sequence[str], seed: int, side: str) -> UInt64Array:
    """Return one 64-bit number per id; `side` keeps a candidate and a package with the same id apart."""
    secret = f"{side}:{seed}".encode()
    digests = (blake2b(i.encode("utf-8", "surrogatepass"), digest_size=8, key=secret[:64]).digest() for i in ids)
    return np.frombuffer(b"".join(digests), dtype=">u8").astype(np.uint64)


def order(ids: Sequence[str], seed: int, side: str) -> Int64Array:
    """Return the positions of the ids in the order of their draw; equal draws fall back on the id itself."""
    drawn = keys(ids, seed, side)
    return np.array(sorted(range(len(ids)), key=lambda i: (int(drawn[i]), ids[i])), dtype=np.int64)


def draws(candidate: UInt64Array, package: UInt64Array, bits: int = LOT_BITS) -> Int64Array:
    """Return the draw of each pair from the keys of its two sides: integers of 0 up to 2 to the power `bits`."""
    mixed = _mixed(candidate ^ np.left_shift(package, np.uint64(1)) ^ np.right_shift(package, np.uint64(63)))
    return np.right_shift(_mixed(mixed + package), np.uint64(64 - bits)).astype(np.int64)


def _mixed(value: UInt64Array) -> UInt64Array:
    """Scatter 64 bits (the finaliser of splitmix64, Steele, Lea and Flood 2014)."""
    value = (value ^ np.right_shift(value, np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    value = (value ^ np.right_shift(value, np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return np.asarray(value ^ np.right_shift(value, np.uint64(31)), np.uint64)
