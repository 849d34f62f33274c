"""Chance that is the same on every machine: each draw has a name, and each name its own stream.

NumPy promises that the raw bits of PCG64 and the spreading of SeedSequence never change; it does not promise that of
the methods of its Generator. So only raw bits are used, and everything made of them is integer arithmetic. A draw
depends on seed and name alone: adding one draw changes no other, and the first rows of a bigger world are the rows
of a smaller one.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Whole = NDArray[np.int64]
Truths = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Dice:
    """The source of all chance of one world; `seed` is a whole number of 0 or more."""

    seed: int

    def raw(self, name: str, size: int) -> Whole:
        """Return whole numbers 0 .. 2**32 - 1, shape (size,), for this name."""
        spread = np.random.SeedSequence(self.seed, spawn_key=(zlib.crc32(name.encode()),))
        return (np.random.PCG64(spread).random_raw(size) >> np.uint64(32)).astype(np.int64)

    def below(self, name: str, size: int, top: ArrayLike) -> Whole:
        """Return whole numbers 0 .. top - 1, all equally likely; `top` is one number or one for each row."""
        found: Whole = (self.raw(name, size) * np.asarray(top, dtype=np.int64)) >> 32
        return found

    def hit(self, name: str, size: int, per_mille: ArrayLike) -> Truths:
        """Return true in `per_mille` of thousand rows; one chance or one for each row."""
        return self.below(name, size, 1000) < np.asarray(per_mille)

    def pick(self, name: str, size: int, weights: ArrayLike) -> Whole:
        """Return places in `weights`, each as often as its weight says (whole numbers, not all zero)."""
        steps = np.cumsum(np.asarray(weights, dtype=np.int64))
        found: Whole = np.searchsorted(steps, self.below(name, size, steps[-1]), side="right").astype(np.int64)
        return found

    def pick_by(self, name: str, kind: NDArray[np.integer], weights: Sequence[ArrayLike]) -> Whole:
        """Return places in `weights[kind]`, for rows of different kinds; shape of `kind`."""
        found = np.zeros(len(kind), dtype=np.int64)
        for row, chances in enumerate(weights):
            mine = np.flatnonzero(kind == row)
            if len(mine):
                found[mine] = self.pick(f"{name}.{row}", len(kind), chances)[mine]
        return found

    def steps(self, name: str, size: int) -> Whole:
        """Return -3 .. 3, the middle most often: the sum of three throws of -1, 0 or 1."""
        thrown = [self.below(f"{name}.{throw}", size, 3) - 1 for throw in range(3)]
        found: Whole = np.sum(thrown, axis=0, dtype=np.int64)
        return found

    def order(self, name: str, size: int) -> Whole:
        """Return the numbers 0 .. size - 1 in a lot-drawn order."""
        return np.argsort(self.raw(name, size), kind="stable").astype(np.int64)
