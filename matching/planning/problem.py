"""The one sparse question that every solver answers: which pairs, within which limits, by which stages.

Everything is an array of integers and every name is an index, so no text from a file can reach a solver.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

__all__ = ["NO_BUDGET", "Edges", "Int32Array", "Int64Array", "Problem", "SideRow", "Stage", "standard_stages"]

Int32Array = npt.NDArray[np.int32]
Int64Array = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]

NO_BUDGET = -1
"""The budget of a package that has none."""


def _frozen(values: object, kind: type[np.generic]) -> npt.NDArray[np.generic]:
    array = np.array(values, dtype=kind, copy=True)
    array.setflags(write=False)
    return array


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Edges:
    """The pairs that may be chosen: three arrays of one length, ordered by candidate and then package.

    `candidate` and `package` are indices from 0, `points` are integers of any sign. A pair stands there once.
    Raises ValueError when the order is broken or a pair is double; `Edges.ordered` sorts first.
    """

    candidate: Int32Array
    package: Int32Array
    points: Int64Array

    def __post_init__(self) -> None:
        """Freeze the arrays and check the order."""
        for name, kind in (("candidate", np.int32), ("package", np.int32), ("points", np.int64)):
            object.__setattr__(self, name, _frozen(getattr(self, name), kind))
        if not len(self.candidate) == len(self.package) == len(self.points):
            raise ValueError("the three arrays of the edges differ in length")
        here, there = np.diff(self.candidate), np.diff(self.package)
        if bool(np.any((here < 0) | ((here == 0) & (there <= 0)))):
            raise ValueError("the edges are not in order, or a pair is double")

    @classmethod
    def ordered(cls, candidate: npt.ArrayLike, package: npt.ArrayLike, points: npt.ArrayLike) -> Edges:
        """Return the edges in canonical order."""
        candidate, package = np.asarray(candidate, np.int32), np.asarray(package, np.int32)
        order = np.lexsort((package, candidate))
        return cls(candidate=candidate[order], package=package[order], points=np.asarray(points, np.int64)[order])

    def __len__(self) -> int:
        """Return the number of pairs."""
        return len(self.candidate)

    def only(self, chosen: npt.NDArray[np.generic]) -> Edges:
        """Return the edges at these positions (ascending) or under this mask."""
        return Edges(candidate=self.candidate[chosen], package=self.package[chosen], points=self.points[chosen])

    def find(self, candidate: npt.ArrayLike, package: npt.ArrayLike, packages: int) -> Int64Array:
        """Return the position of each pair, -1 where the pair is no edge; `packages` is the number of packages."""
        keys = self.candidate.astype(np.int64) * packages + self.package
        wanted = np.asarray(candidate, np.int64) * packages + np.asarray(package, np.int64)
        place = np.minimum(np.searchsorted(keys, wanted), max(len(keys) - 1, 0))
        if not len(keys):
            return np.full(wanted.shape, -1, np.int64)
        return np.where(keys[place] == wanted, place, -1)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SideRow:
    """A limit or wish across packages: `low <= sum of weights over the chosen edges <= high`.

    None means no bound on that side. With `price` None the row is hard; else every unit outside the bounds costs
    `price` points in the stage of the points, and the plan reports that shortfall. `key` is only a number.

    A hard row with `or_nothing` also holds when its load is 0: a new team has 10 to 15 people or none. Its weights are
    at least 0. `seldom` is a hint: a plan is first looked for without the row, and most often keeps it all the same.
    Raises ValueError for a negative price and for `or_nothing` on a row that cannot have it.
    """

    key: int
    edges: Int64Array
    weights: Int64Array
    low: int | None = None
    high: int | None = None
    price: int | None = None
    or_nothing: bool = False
    seldom: bool = False

    def __post_init__(self) -> None:
        """Freeze the arrays and refuse what no row can be."""
        object.__setattr__(self, "edges", _frozen(self.edges, np.int64))
        object.__setattr__(self, "weights", _frozen(self.weights, np.int64))
        if self.price is not None and self.price < 0:
            raise ValueError("a price is at least 0")
        if self.or_nothing and not self._can_be_nothing:
            raise ValueError("a row that may be empty is hard, has a floor up to its ceiling, and no weight below 0")

    @property
    def _can_be_nothing(self) -> bool:
        low, high = self.low or 0, self.high
        return (
            self.price is None and low > 0 and (high is None or low <= high) and int(self.weights.min(initial=0)) >= 0
        )

    @property
    def reach(self) -> int:
        """Return a ceiling on the load of a row whose weights are at least 0: its high, or all its weights."""
        return int(self.weights.sum()) if self.high is None else self.high

    def load(self, chosen: Int64Array, edges: int) -> int:
        """Return the sum of the weights over the chosen edges, out of `edges` in all."""
        weight = np.zeros(edges, np.int64)
        np.add.at(weight, self.edges, self.weights)
        return int(weight[chosen].sum())

    def shortfall(self, load: int) -> int:
        """Return the units by which a load falls outside the bounds, 0 when inside."""
        if self.or_nothing and load == 0:
            return 0
        below = max(0, self.low - load) if self.low is not None else 0
        above = max(0, load - self.high) if self.high is not None else 0
        return below + above


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Stage:
    """One goal, maximised without costing an earlier stage anything: `weights` per edge, and perhaps the shortfalls."""

    name: str
    weights: Int64Array
    counts_shortfalls: bool = False

    def __post_init__(self) -> None:
        """Freeze the weights."""
        object.__setattr__(self, "weights", _frozen(self.weights, np.int64))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Problem:
    """Which edges to choose.

    places [packages] and max_places [candidates] are ceilings, least_places [candidates] floors (0 = may stay
    unplaced); hours [edges] count against budgets [packages] where a budget is not NO_BUDGET; `exclusive` [k, 2]
    holds packages of which one candidate may get at most one; `pins` are edges that must be chosen and `forbidden`
    edges that may not. `stages` are maximised in their order. All arrays are read-only integers.
    """

    edges: Edges
    places: Int64Array
    max_places: Int64Array
    stages: tuple[Stage, ...] = ()
    least_places: Int64Array = field(default_factory=lambda: np.zeros(0, np.int64))
    hours: Int64Array = field(default_factory=lambda: np.zeros(0, np.int64))
    budgets: Int64Array = field(default_factory=lambda: np.zeros(0, np.int64))
    exclusive: Int32Array = field(default_factory=lambda: np.zeros((0, 2), np.int32))
    pins: Int64Array = field(default_factory=lambda: np.zeros(0, np.int64))
    forbidden: Int64Array = field(default_factory=lambda: np.zeros(0, np.int64))
    rows: tuple[SideRow, ...] = ()

    def __post_init__(self) -> None:
        """Fill the defaults, freeze the arrays and check every length and index."""
        fill = {
            "least_places": np.zeros(len(self.max_places), np.int64),
            "hours": np.zeros(len(self.edges), np.int64),
            "budgets": np.full(len(self.places), NO_BUDGET, np.int64),
        }
        for name in ("places", "max_places", "least_places", "hours", "budgets", "pins", "forbidden"):
            given = getattr(self, name)
            object.__setattr__(self, name, _frozen(given if len(given) else fill.get(name, given), np.int64))
        object.__setattr__(self, "exclusive", _frozen(np.reshape(self.exclusive, (-1, 2)), np.int32))
        object.__setattr__(self, "pins", _frozen(np.unique(self.pins), np.int64))
        object.__setattr__(self, "forbidden", _frozen(np.unique(self.forbidden), np.int64))
        if not self.stages:
            object.__setattr__(self, "stages", standard_stages(self.edges.points))
        self._check()

    def _check(self) -> None:
        edges = self.edges
        lengths = (len(self.hours) == len(edges), len(self.budgets) == len(self.places))
        if not all(lengths) or len(self.least_places) != len(self.max_places):
            raise ValueError("an array of the problem has the wrong length")
        if min(int(a.min(initial=0)) for a in (self.places, self.max_places, self.least_places, self.hours)) < 0:
            raise ValueError("places and hours are at least 0")
        if len(edges) and (int(edges.candidate.max()) >= self.candidates or int(edges.package.max()) >= self.packages):
            raise ValueError("an edge names a candidate or package that is not there")
        positions = [self.pins, self.forbidden, *(row.edges for row in self.rows)]
        if any(len(p) and (int(p.min()) < 0 or int(p.max()) >= len(edges)) for p in positions):
            raise ValueError("a pin or row names an edge that is not there")

    @property
    def candidates(self) -> int:
        """Return the number of candidates."""
        return len(self.max_places)

    @property
    def packages(self) -> int:
        """Return the number of packages."""
        return len(self.places)

    @property
    def open(self) -> BoolArray:
        """Return which edges a solver may decide about: neither pinned nor forbidden."""
        free = np.ones(len(self.edges), np.bool_)
        free[self.forbidden] = False
        free[self.pins] = False
        return free

    @property
    def most_chosen(self) -> int:
        """Return a ceiling on the number of edges in any plan."""
        return int(min(self.places.sum(), self.max_places.sum(), len(self.edges)))

    def value(self, stage: Stage, chosen: Int64Array) -> int:
        """Return what a plan reaches in one stage, shortfalls priced where the stage counts them."""
        total = int(stage.weights[chosen].sum())
        if stage.counts_shortfalls:
            total -= sum((row.price or 0) * row.shortfall(row.load(chosen, len(self.edges))) for row in self.rows)
        return total

    def with_stages(self, stages: Sequence[Stage]) -> Problem:
        """Return the same question with other goals."""
        return replace(self, stages=tuple(stages))


def standard_stages(points: Int64Array, *, count_first: bool = True) -> tuple[Stage, ...]:
    """Return the stages placed and points, or points alone."""
    placed = Stage(name="placed", weights=np.ones(len(points), np.int64))
    total = Stage(name="points", weights=points, counts_shortfalls=True)
    return (placed, total) if count_first else (total,)
