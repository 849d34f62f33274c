"""The same named chance as `Dice`, one row at a time, for the side of the world that is small: the work."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from matching.synthetic.dice import Dice, Whole

Value = TypeVar("Value")


@dataclass(frozen=True)
class Rolls:
    """All draws of `size` rows under one scope; each named draw is made once and read by row."""

    dice: Dice
    scope: str
    size: int
    _drawn: dict[str, Whole] = field(default_factory=dict, repr=False, compare=False)

    def raw(self, name: str) -> Whole:
        """Return the draw of this name, shape (size,)."""
        if name not in self._drawn:
            self._drawn[name] = self.dice.raw(f"{self.scope}.{name}", self.size)
        return self._drawn[name]

    def row(self, row: int) -> Roll:
        """Return the chance of one row."""
        return Roll(self, row)


@dataclass(frozen=True, slots=True)
class Roll:
    """The chance of one row; each name gives the same answer every time."""

    rolls: Rolls
    number: int

    def below(self, name: str, top: int) -> int:
        """Return a whole number 0 .. top - 1."""
        return int(self.rolls.raw(name)[self.number]) * top >> 32

    def hit(self, name: str, per_mille: int) -> bool:
        """Return true in `per_mille` of thousand rows."""
        return self.below(name, 1000) < per_mille

    def one(self, name: str, values: Sequence[Value], weights: Sequence[int] | None = None) -> Value:
        """Return one of the values, each as often as its weight says (equally without weights)."""
        chances = weights or (1,) * len(values)
        left = self.below(name, sum(chances))
        for value, chance in zip(values, chances, strict=True):
            if left < chance:
                return value
            left -= chance
        raise ValueError(name)

    def maybe(self, name: str, value: Value, unknown: int) -> Value | None:
        """Return the value, or unknown (None) in `unknown` of thousand rows."""
        return None if self.hit(f"{name}.unknown", unknown) else value

    def answer(self, name: str, yes: int, no: int) -> bool | None:
        """Return True in `yes` and False in `no` of thousand rows, unknown in the rest."""
        return self.one(name, (True, False, None), (yes, no, 1000 - yes - no))

    def some(self, name: str, values: Sequence[Value], count: int) -> tuple[Value, ...]:
        """Return `count` different values (all when there are fewer), in the order of `values`."""
        drawn = sorted(range(len(values)), key=lambda place: self.below(f"{name}.{place}", 1 << 30))
        return tuple(values[place] for place in sorted(drawn[:count]))
