"""What a file does not know: missing values that hang together through "never interviewed"."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matching.synthetic.assumptions import assumed_pair
from matching.synthetic.dice import Dice, Truths
from matching.synthetic.people import People


@dataclass(frozen=True)
class Gaps:
    """Decides for each person which values are unknown in the pool.

    Not at random: a person whom nobody has spoken to misses most, and somebody of whom nothing but id and
    municipality is known misses everything.
    """

    people: People
    dice: Dice

    def of(self, name: str) -> Truths:
        """Return where the value is unknown, by the assumption "missing.NAME"."""
        silent, spoken = assumed_pair(f"missing.{name}")
        chance = np.where(self.people.silent, silent, spoken)
        return self.people.blank | self.dice.hit(f"gap.{name}", len(self.people), chance)

    @property
    def deployability(self) -> Truths:
        """Where hours, days and the longest journey are all unknown together."""
        return self.of("deployability")
