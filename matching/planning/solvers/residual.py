"""Integer prices from a best flow: shortest distances in the residual network (Bellman-Ford on the changed part)."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from matching.planning.problem import Int64Array
from matching.planning.solvers.face import Face

__all__ = ["potentials"]

BoolArray = npt.NDArray[np.bool_]


def potentials(
    face: Face, weights: Int64Array, chosen: BoolArray, *, near: tuple[Int64Array, Int64Array] | None = None
) -> tuple[Int64Array, Int64Array] | None:
    """Return a price per candidate and per package that prove this flow best; None when it is not best.

    Unchosen edges are worth at most their two prices, chosen ones at least; a side below its most has no positive
    price and a side above its least no negative one, and none at all when nothing is asked of it. With `near` the
    prices stay at these wherever the flow allows it. None after as many rounds as there are nodes (a better flow
    exists, so the distances never settle).
    """
    distance = _Distances(face, weights, chosen)
    if near is not None:
        distance.begin_at(*near)
    for _ in range(len(face.most_candidate) + len(face.most_package) + 2):
        if not distance.relax():
            person, place = distance.root - distance.candidate, distance.package - distance.root
            person[(face.least_candidate == 0) & (person < 0)] = 0
            place[(face.least_package == 0) & (place < 0)] = 0
            return person, place
    return None


class _Distances:
    """Distances from the root: `candidate` holds minus the prices of candidates, `package` those of packages."""

    def __init__(self, face: Face, weights: Int64Array, chosen: BoolArray) -> None:
        loads_c, loads_p = face.loads(chosen)
        self.root = 0
        self.candidate = np.zeros(len(face.most_candidate), np.int64)
        self.package = np.zeros(len(face.most_package), np.int64)
        free = ~chosen
        self._from, self._to, self._cost = face.package[free], face.candidate[free], weights[free]
        self._back_from, self._back_to, self._back = face.candidate[chosen], face.package[chosen], weights[chosen]
        self._down_c, self._up_c = loads_c > face.least_candidate, loads_c < face.most_candidate
        self._up_p, self._down_p = loads_p < face.most_package, loads_p > face.least_package
        self._moved = np.ones(len(self.package), np.bool_)

    def begin_at(self, candidate: Int64Array, package: Int64Array) -> None:
        """Begin at these prices, but at none for a side that has places left: those must end there."""
        self.candidate = np.where(self._up_c, np.maximum(-candidate, 0), -candidate)
        self.package = np.where(self._down_p, package, 0)

    def relax(self) -> bool:
        """Shorten what can be shortened in one round; return whether anything changed."""
        before_c, before_p, before_root = self.candidate.copy(), self.package.copy(), self.root
        self._relax_candidates()
        np.minimum(self.candidate, self.root, out=self.candidate, where=self._down_c)
        np.minimum.at(self.package, self._back_to, self.candidate[self._back_from] + self._back)
        np.minimum(self.package, self.root, out=self.package, where=self._up_p)
        lowest = min(
            int(self.candidate[self._up_c].min(initial=self.root)),
            int(self.package[self._down_p].min(initial=self.root)),
        )
        self.root = lowest
        self._moved = self.package != before_p
        return lowest != before_root or bool(self._moved.any()) or bool((self.candidate != before_c).any())

    def _relax_candidates(self) -> None:
        touched = np.flatnonzero(self._moved[self._from])
        if not len(touched):
            return
        to = self._to[touched]
        starts = np.flatnonzero(np.diff(to, prepend=-1))
        best = np.minimum.reduceat(self.package[self._from[touched]] - self._cost[touched], starts)
        np.minimum.at(self.candidate, to[starts], best)
