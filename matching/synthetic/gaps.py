"""What a file does not know: missing values that hang together through "never interviewed"."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from matching.synthetic.assumptions import assumed_pair
from matching.synthetic.dice import Dice, Truths
from matching.synthetic.people import People


@dataclass(frozen=True)
class Gaps:
    """Decides for each person which values are unknown in the pool.

    Not at random: a person whom nobody has spoken to misses most, and somebody of whom nothing but id and
    municipality is known misses everything. `asked`: everybody was asked everything, so there are no gaps.
    """

    people: People
    dice: Dice
    asked: bool = False

    def of(self, name: str) -> Truths:
        """Return where the value is unknown, by the assumption "missing.NAME"."""
        silent, spoken = assumed_pair(f"missing.{name}")
        return self.blank | self.also(name, np.where(self.people.silent, silent, spoken))

    def also(self, name: str, per_mille: ArrayLike) -> Truths:
        """Return where a value is unknown by a chance of its own, on top of other reasons."""
        return self.dice.hit(f"gap.{name}", len(self.people), per_mille) & (not self.asked)

    @property
    def blank(self) -> Truths:
        """Where nothing is known but id and municipality."""
        return self.people.blank & (not self.asked)

    @property
    def deployability(self) -> Truths:
        """Where hours, days and the longest journey are all unknown together."""
        return self.of("deployability")
