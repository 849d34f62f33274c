"""Small problems that the tests of the plan share: random ones, and every plan of a tiny one."""

from __future__ import annotations

from itertools import combinations

import numpy as np

from matching.planning.certificate import violations
from matching.planning.problem import Edges, Problem, SideRow, Stage, standard_stages


def network(seed: int, people: int = 8, packages: int = 5) -> Problem:
    """Return a random problem with places, floors, pins and vetoes only; some cannot be solved."""
    draw = np.random.default_rng(seed)
    edges = _edges(draw, int(draw.integers(1, people + 1)), int(draw.integers(1, packages + 1)))
    return Problem(edges=edges, **_sides(draw, edges), stages=_stages(draw, edges))


def constrained(seed: int, people: int = 8, packages: int = 5) -> Problem:
    """Return a random problem with hour budgets, exclusive pairs, a wish and a hard row."""
    draw = np.random.default_rng(seed)
    edges = _edges(draw, int(draw.integers(1, people + 1)), int(draw.integers(1, packages + 1)))
    sides = _sides(draw, edges)
    count, width = len(edges), len(sides["places"])
    rows = ()
    if count > 3:
        some = np.unique(draw.integers(0, count, 5))
        ones = np.ones(len(some), np.int64)
        wish = SideRow(key=0, edges=some, weights=ones, low=int(draw.integers(0, 3)), price=int(draw.integers(0, 9)))
        rows = (wish, SideRow(key=1, edges=some[:2], weights=ones[:2], high=1))
    return Problem(
        edges=edges,
        **sides,
        stages=_stages(draw, edges),
        hours=draw.integers(1, 12, count),
        budgets=np.where(draw.random(width) < 0.6, draw.integers(0, 30, width), -1),
        exclusive=draw.integers(0, width, (3, 2)),
        rows=rows,
    )


def _edges(draw: np.random.Generator, people: int, packages: int) -> Edges:
    candidate, package = np.nonzero(draw.random((people, packages)) < draw.uniform(0.2, 1))
    return Edges.ordered(candidate, package, draw.integers(-5, 20, len(candidate)))


def _sides(draw: np.random.Generator, edges: Edges) -> dict[str, np.ndarray]:
    people, packages = int(edges.candidate.max(initial=0)) + 1, int(edges.package.max(initial=0)) + 1
    sides = {"places": draw.integers(0, 4, packages), "max_places": draw.integers(1, 3, people)}
    if len(edges) and draw.random() < 0.4:
        sides["pins"] = draw.integers(0, len(edges), 1)
    if len(edges) and draw.random() < 0.3:
        sides["forbidden"] = draw.integers(0, len(edges), 1)
    if draw.random() < 0.2:
        sides["least_places"] = (draw.random(people) < 0.3).astype(int)
    return sides


def _stages(draw: np.random.Generator, edges: Edges) -> tuple[Stage, ...]:
    return standard_stages(edges.points, count_first=bool(draw.random() < 0.6))


def lot_of(problem: Problem, seed: int = 0) -> Stage:
    """Return a stage of random draws."""
    drawn = np.random.default_rng(seed).integers(0, 2**40, len(problem.edges))
    return Stage(name="lot", weights=drawn)


def best_by_hand(problem: Problem) -> tuple[int, ...] | None:
    """Return the best values over every plan there is, tried one by one; None when there is no plan."""
    best = None
    for size in range(min(problem.most_chosen, len(problem.edges)) + 1):
        for chosen in combinations(range(len(problem.edges)), size):
            plan = np.array(chosen, np.int64)
            if not violations(problem, plan):
                values = tuple(problem.value(stage, plan) for stage in problem.stages)
                best = values if best is None else max(best, values)
    return best
