"""Prices for many pairs: the linear relaxation on the pairs near the prices of a flow, until no pair outside pays."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from matching.planning.prices import Prices, reduced
from matching.planning.problem import Int64Array, Problem
from matching.planning.reduction import narrowed
from matching.planning.solvers.answer import RawAnswer
from matching.planning.solvers.clock import Clock
from matching.planning.solvers.flow import solve_flow
from matching.planning.solvers.priced import relaxed_prices, tightened

__all__ = ["near", "only_wishes", "prices_of_stage", "without_wishes"]

_FEW = 6_000
"""Up to this many pairs the relaxation takes all of them at once."""

_ROUNDS = 12


def only_wishes(problem: Problem) -> bool:
    """Return whether nothing but priced rows keeps the problem from being a network."""
    hard = any(row.price is None for row in problem.rows)
    return not hard and not len(problem.exclusive) and bool((problem.budgets < 0).all())


def without_wishes(problem: Problem) -> tuple[RawAnswer, RawAnswer]:
    """Return two answers of the network without the rows: for the first stage alone, and for all stages.

    Wishes cannot make a plan impossible, so the first is proven for the whole problem, and the second is a plan.
    """
    plain = replace(problem, rows=())
    return solve_flow(plain.with_stages(plain.stages[:1])), solve_flow(plain)


def near(problem: Problem, prices: Prices, most: int) -> np.typing.NDArray[np.bool_]:
    """Return the `most` edges that are worth most above (or least below) their prices, and all that tie with them."""
    gain = reduced(problem, prices)
    if len(gain) <= most:
        return np.ones(len(gain), np.bool_)
    floor = np.partition(gain, len(gain) - most)[len(gain) - most]
    return np.asarray(gain >= min(int(floor), 0))


def prices_of_stage(
    problem: Problem, stage: int, reached: tuple[int, ...], have: tuple[Prices | None, Int64Array | None, Clock]
) -> Prices | None:
    """Return prices for one stage over all edges; many edges are added in rounds, beginning near known prices."""
    known, plan, clock = have
    if len(problem.edges) <= _FEW or known is None:
        return relaxed_prices(problem, stage, reached, seconds=clock.left / 2)
    inside = near(problem, known, max(4 * problem.most_chosen, _FEW))
    if plan is not None:
        inside[plan] = True
    prices = None
    for _ in range(_ROUNDS):
        part, _ = narrowed(problem, inside)
        found = relaxed_prices(part, stage, reached, seconds=clock.left / 2)
        if found is None:
            break
        prices = found
        missed = (reduced(problem, found) > 0) & ~inside & problem.open
        if not missed.any() or clock.over:
            break
        inside |= missed | near(problem, found, 2 * problem.most_chosen)
    return None if prices is None else tightened(problem, prices)
