"""What a solver hands over: a claim, which nobody believes before the certificate has checked it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, Protocol

from matching.planning.prices import Prices, Proof, Sifted, Split
from matching.planning.problem import Problem

__all__ = ["Claim", "RawAnswer", "Solver"]

Claim = Literal["optimal", "feasible", "infeasible", "unknown"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RawAnswer:
    """The edges a solver chose (whatever it returned), what it claims, and what may help to prove it.

    `bounds` are its claimed ceilings per stage, None where it has none, each among plans that reach at least the
    values `given` of the stages before it; `prices` and `trees` of them can be checked by anyone.
    """

    solver: str
    chosen: object
    claim: Claim
    bounds: tuple[float | None, ...] = ()
    given: tuple[int, ...] = ()
    prices: tuple[Prices, ...] = field(default_factory=tuple)
    trees: tuple[Split | Sifted, ...] = field(default_factory=tuple)
    seconds: float = 0.0

    @property
    def proofs(self) -> tuple[Proof, ...]:
        """Return everything that may prove a ceiling."""
        return (*self.prices, *self.trees)


class Solver(Protocol):
    """Anything that answers a problem within a number of seconds."""

    def __call__(self, problem: Problem, *, seconds: float) -> RawAnswer:
        """Return an answer; never raise for a hard problem."""
        ...
