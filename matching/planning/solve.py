"""From a problem to a plan that has been judged: the right solver, a second witness, and what to do when one fails."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from matching.errors import SolverFailed
from matching.planning.certificate import Certificate, certify, violations
from matching.planning.prices import Prices
from matching.planning.problem import Int64Array, Problem, Stage
from matching.planning.reduction import narrowed, shut, simplified
from matching.planning.solvers.answer import RawAnswer
from matching.planning.solvers.clock import Clock
from matching.planning.solvers.flow import is_network, solve_flow
from matching.planning.solvers.highs import solve_highs
from matching.planning.solvers.narrowing import best_pairs, solve_narrowing
from matching.planning.solvers.openings import only_openings, solve_openings
from matching.planning.solvers.priced import relaxed_prices
from matching.planning.solvers.pulp_model import solve_pulp
from matching.text import say

__all__ = ["Impossible", "Solved", "judged", "solve"]

_LOT_EDGES = 150
"""Above this many pairs that could be best, the canonical order (drawn by the same seed) settles ties."""

_LOT_EDGES_OF_ROWS = 4_000
"""The same where nothing but rows over places binds: that is nearly a network, and quick on any machine."""

_BY_LOT = ("flow", "openings")
"""The solvers whose plan is the one that the lot prefers."""

_SELDOM_SHARE = 0.6
"""What a search without the rows that seldom bind may use of the time that is left."""

_LOT_EDGES_OF_HOURS = 60
"""The same where hours bind: there every tie is a search of its own."""

_LOT_ROWS = 60
_LOT_NODES = 50
_COARSER = 20
"""Bits that HiGHS does not get of a draw: it counts in floating point."""


class Impossible(Exception):
    """No plan keeps all limits; whoever asked finds out which ones and says so in words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Solved:
    """A judged plan: its certificate, which solver found it, the seconds it took, and whether the lot chose it."""

    certificate: Certificate
    solver: str
    seconds: float
    lot_settled: bool = True

    @property
    def chosen(self) -> Int64Array:
        """Return the positions of the chosen edges, ascending."""
        return np.array(self.certificate.chosen, np.int64)


def solve(problem: Problem, *, seconds: float, lot: Stage | None = None) -> Solved:
    """Return the best plan found within `seconds`, judged; ties go by `lot`.

    Raises Impossible when no plan keeps the limits, SolverFailed when no solver gave a plan that passes the judge.
    """
    return judged(problem, seconds=seconds, lot=lot)[0]


def judged(problem: Problem, *, seconds: float, lot: Stage | None = None) -> tuple[Solved, list[RawAnswer]]:
    """Return the same with every solver's answer, for whoever wants their prices. Raises the same.

    A best plan without the rows that seldom bind that keeps them all the same is a best plan with them too, and what is
    proven of it stays proven: leaving a row out never lowers a ceiling.
    """
    problem, clock = shut(problem), Clock(seconds)
    rows = [number for number, row in enumerate(problem.rows) if not row.seldom]
    while len(rows) < len(problem.rows):
        part = replace(problem, rows=tuple(problem.rows[number] for number in rows))
        try:
            solved, answers = _judged(part, seconds=clock.left * _SELDOM_SHARE, lot=lot)
        except SolverFailed:
            break
        broken = [number for kind, number in violations(problem, solved.chosen) if kind == "row"]
        if not broken:
            return solved, [_renumbered(answer, rows, len(problem.rows)) for answer in answers]
        rows = sorted({*rows, *broken})
    return _judged(problem, seconds=clock.left, lot=lot)


def _renumbered(answer: RawAnswer, rows: list[int], count: int) -> RawAnswer:
    """Return an answer about some rows as one about all of them: the others have no price."""
    return replace(answer, prices=tuple(_with_rows(prices, rows, count) for prices in answer.prices), trees=())


def _with_rows(prices: Prices, rows: list[int], count: int) -> Prices:
    every = np.zeros(count, np.int64)
    every[rows[: len(prices.rows)]] = prices.rows
    return replace(prices, rows=every)


def _judged(problem: Problem, *, seconds: float, lot: Stage | None) -> tuple[Solved, list[RawAnswer]]:
    begun, clock = time.perf_counter(), Clock(seconds)
    easier = simplified(problem)
    if any(limit not in ("least_places", "row") for limit, _ in violations(easier, easier.pins)):
        raise Impossible
    answers = _answers(easier, lot, seconds)
    best = _best(problem, easier, answers)
    if best is None:
        answers = [*answers, _attempt(lambda: solve_pulp(easier, seconds=max(clock.left, 1.0)), "pulp")]
        best = _best(problem, easier, answers)
    if best is None:
        if sum(a.claim == "infeasible" for a in answers) > 1:
            raise Impossible
        raise SolverFailed(say("planning.no_plan_in_time", seconds=round(seconds, 1)))
    solver, certificate = best
    settled = solver in _BY_LOT and certificate.status == "optimal"
    if lot is not None and not settled and certificate.status == "optimal":
        prices = _sharpest(easier, certificate, answers)
        certificate, settled = _by_lot(problem, easier, certificate, lot=(lot, prices), clock=clock)
    spent = time.perf_counter() - begun
    return Solved(certificate=certificate, solver=solver, seconds=spent, lot_settled=settled), answers


def _attempt(ask: Callable[[], RawAnswer], name: str) -> RawAnswer:
    """Return a solver's answer, or an empty one when the solver itself broke down."""
    try:
        return ask()
    except (ArithmeticError, RuntimeError, TypeError, ValueError, MemoryError):
        return RawAnswer(solver=name, chosen=None, claim="unknown")


def _answers(problem: Problem, lot: Stage | None, seconds: float) -> list[RawAnswer]:
    """Return the answers of the solver that suits what binds."""
    if is_network(problem):
        return _network(problem, lot)
    if only_openings(problem):
        return [_attempt(lambda: solve_openings(problem, lot, seconds=seconds), "openings")]
    return _constrained(problem, seconds)


def _network(problem: Problem, lot: Stage | None) -> list[RawAnswer]:
    staged = problem.with_stages((*problem.stages, lot)) if lot is not None else problem
    return [_attempt(lambda: solve_flow(staged), "flow")]


def _constrained(problem: Problem, seconds: float) -> list[RawAnswer]:
    """Return what prices and a whole-number search give, or HiGHS on everything when that breaks down."""
    try:
        return solve_narrowing(problem, seconds=seconds)
    except (ArithmeticError, RuntimeError, TypeError, ValueError, IndexError):
        return [_attempt(lambda: solve_highs(problem, seconds=seconds), "highs")]


def _best(problem: Problem, easier: Problem, answers: list[RawAnswer]) -> tuple[str, Certificate] | None:
    """Return the best answer that breaks nothing, judged with all the others as witnesses."""
    judged = []
    for answer in answers:
        if answer.claim != "infeasible":
            others = [a for a in answers if a is not answer]
            certificate = certify(problem, answer, witnesses=others, proven=len(problem.stages), same=easier)
            if certificate.status != "refused":
                judged.append((answer.solver, certificate))
    return max(judged, key=lambda pair: (pair[1].values, pair[1].status == "optimal"), default=None)


def _sharpest(problem: Problem, found: Certificate, answers: list[RawAnswer]) -> Prices | None:
    """Return the prices that leave the fewest pairs for the last stage, among those that proved anything about it."""
    last = len(problem.stages)
    known = [p for a in answers for p in a.prices if len(p.multipliers) == last and p.multipliers[-1] > 0]
    return min(known, key=lambda p: int(best_pairs(problem, p, found.values).sum()), default=None)


def _widest_lot(problem: Problem) -> int:
    plain = not len(problem.exclusive) and bool((problem.budgets < 0).all()) and len(problem.rows) <= _LOT_ROWS
    if bool((problem.budgets >= 0).any()):
        return _LOT_EDGES_OF_HOURS
    return _LOT_EDGES_OF_ROWS if plain else _LOT_EDGES


def _by_lot(
    problem: Problem, easier: Problem, found: Certificate, *, lot: tuple[Stage, Prices | None], clock: Clock
) -> tuple[Certificate, bool]:
    """Return the plan that the lot prefers among those equally good and True, or the one we have and False.

    Only pairs that can stand in a best plan take part, and the search ends after a number of nodes, not seconds.
    """
    drawn, prices = lot
    if prices is None:
        prices = relaxed_prices(easier, len(problem.stages) - 1, found.values, seconds=clock.left)
    coarse = Stage(name=drawn.name, weights=drawn.weights >> _COARSER)
    staged = easier.with_stages((*problem.stages, coarse))
    open_ = best_pairs(easier, prices, found.values) if prices is not None else np.ones(len(problem.edges), np.bool_)
    part, positions = narrowed(staged, open_)
    if len(positions) > _widest_lot(easier) or clock.over:
        return found, False
    answer = _attempt(lambda: solve_highs(part, seconds=clock.left, reached=found.values, nodes=_LOT_NODES), "highs")
    if answer.claim != "optimal" or not isinstance(answer.chosen, np.ndarray):
        return found, False
    certificate = certify(problem, replace(answer, chosen=positions[answer.chosen]), proven=0)
    settled = certificate.status != "refused" and certificate.values == found.values
    return (replace(found, chosen=certificate.chosen), True) if settled else (found, False)
