"""A network question narrowed to what is still free: the optimal face after each stage."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from matching.planning.problem import Int64Array, Problem

__all__ = ["Face", "start", "tight"]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Face:
    """The free edges (positions in the problem), how many each side must and may still get, and the edges taken.

    candidate, package [free edges]; least and most per candidate and per package; `taken` are chosen for good.
    """

    edges: Int64Array
    candidate: npt.NDArray[np.int32]
    package: npt.NDArray[np.int32]
    least_candidate: Int64Array
    most_candidate: Int64Array
    least_package: Int64Array
    most_package: Int64Array
    taken: Int64Array

    def narrowed(self, keep: npt.NDArray[np.bool_], take: npt.NDArray[np.bool_]) -> Face:
        """Return the face with some edges taken for good and only the kept ones still open."""
        by_candidate = np.bincount(self.candidate[take], minlength=len(self.most_candidate))
        by_package = np.bincount(self.package[take], minlength=len(self.most_package))
        return Face(
            edges=self.edges[keep],
            candidate=self.candidate[keep],
            package=self.package[keep],
            least_candidate=np.maximum(self.least_candidate - by_candidate, 0),
            most_candidate=self.most_candidate - by_candidate,
            least_package=np.maximum(self.least_package - by_package, 0),
            most_package=self.most_package - by_package,
            taken=np.concatenate([self.taken, self.edges[take]]),
        )

    def loads(self, chosen: npt.NDArray[np.bool_]) -> tuple[Int64Array, Int64Array]:
        """Return the number of chosen free edges per candidate and per package."""
        by_candidate = np.bincount(self.candidate[chosen], minlength=len(self.most_candidate))
        by_package = np.bincount(self.package[chosen], minlength=len(self.most_package))
        return by_candidate.astype(np.int64), by_package.astype(np.int64)


def start(problem: Problem) -> Face:
    """Return the face of the whole problem: pins taken, forbidden edges gone."""
    edges = problem.edges
    whole = Face(
        edges=np.arange(len(edges), dtype=np.int64),
        candidate=edges.candidate,
        package=edges.package,
        least_candidate=problem.least_places,
        most_candidate=problem.max_places,
        least_package=np.zeros(problem.packages, np.int64),
        most_package=problem.places,
        taken=np.zeros(0, np.int64),
    )
    pinned = np.zeros(len(edges), np.bool_)
    pinned[problem.pins] = True
    return whole.narrowed(problem.open, pinned)


def tight(face: Face, weights: Int64Array, prices: tuple[Int64Array, Int64Array]) -> Face:
    """Return the face of every plan that these prices prove best, by complementary slackness.

    An edge worth more than its prices is in every best plan, one worth less in none; a side with a positive price is
    always filled to its most, one with a negative price never above its least.
    """
    of_candidate, of_package = prices
    slack = weights - of_candidate[face.candidate] - of_package[face.package]
    least_c, most_c = _bounds(of_candidate, face.least_candidate, face.most_candidate)
    least_p, most_p = _bounds(of_package, face.least_package, face.most_package)
    kept = Face(
        edges=face.edges,
        candidate=face.candidate,
        package=face.package,
        least_candidate=least_c,
        most_candidate=most_c,
        least_package=least_p,
        most_package=most_p,
        taken=face.taken,
    )
    return kept.narrowed(slack == 0, slack > 0)


def _bounds(price: Int64Array, least: Int64Array, most: Int64Array) -> tuple[Int64Array, Int64Array]:
    return np.where(price > 0, most, least), np.where(price < 0, least, most)
