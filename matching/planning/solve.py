"""From a problem to a plan that has been judged: the right solver, a second witness, and what to do when one fails."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from matching.errors import SolverFailed
from matching.planning.certificate import Certificate, certify
from matching.planning.problem import Int64Array, Problem, Stage
from matching.planning.reduction import simplified
from matching.planning.solvers.answer import RawAnswer
from matching.planning.solvers.cpsat import solve_cpsat
from matching.planning.solvers.flow import is_network, solve_flow
from matching.planning.solvers.highs import solve_highs
from matching.planning.solvers.pulp_model import solve_pulp
from matching.text import say

__all__ = ["Impossible", "Solved", "solve"]

_LOT_EDGES = 5_000
"""Above this many pairs a constrained plan is not searched again for the lot; the canonical order settles it."""


class Impossible(Exception):
    """No plan keeps all limits; whoever asked finds out which ones and says so in words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Solved:
    """A judged plan: its certificate, which solver found it, and the seconds it took."""

    certificate: Certificate
    solver: str
    seconds: float

    @property
    def chosen(self) -> Int64Array:
        """Return the positions of the chosen edges, ascending."""
        return np.array(self.certificate.chosen, np.int64)


def solve(problem: Problem, *, seconds: float, lot: Stage | None = None) -> Solved:
    """Return the best plan found within `seconds`, judged; ties go by `lot`.

    Raises Impossible when no plan keeps the limits, SolverFailed when no solver gave a plan that passes the judge.
    """
    begun = time.perf_counter()
    easier = simplified(problem)
    answers = _network(easier, lot) if is_network(easier) else _constrained(easier, seconds)
    best = _best(problem, answers)
    if best is None:
        rest = max(seconds - (time.perf_counter() - begun), 1.0)
        answers = [*answers, _attempt(lambda: solve_pulp(easier, seconds=rest), "pulp")]
        best = _best(problem, answers)
    if best is None:
        if sum(a.claim == "infeasible" for a in answers) > 1:
            raise Impossible
        raise SolverFailed(say("planning.no_plan_in_time", seconds=round(seconds, 1)))
    solver, certificate = best
    if lot is not None and solver != "flow" and certificate.status == "optimal" and len(problem.edges) <= _LOT_EDGES:
        certificate = _by_lot(problem, easier, certificate, lot, seconds - (time.perf_counter() - begun))
    return Solved(certificate=certificate, solver=solver, seconds=time.perf_counter() - begun)


def _attempt(ask: Callable[[], RawAnswer], name: str) -> RawAnswer:
    """Return a solver's answer, or an empty one when the solver itself broke down."""
    try:
        return ask()
    except (ArithmeticError, RuntimeError, TypeError, ValueError, MemoryError):
        return RawAnswer(solver=name, chosen=None, claim="unknown")


def _network(problem: Problem, lot: Stage | None) -> list[RawAnswer]:
    staged = problem.with_stages((*problem.stages, lot)) if lot is not None else problem
    return [_attempt(lambda: solve_flow(staged), "flow")]


def _constrained(problem: Problem, seconds: float) -> list[RawAnswer]:
    """Ask HiGHS first; then CP-SAT, with the plan found as a hint, as the second witness."""
    begun = time.perf_counter()
    first = _attempt(lambda: solve_highs(problem, seconds=seconds * 0.6), "highs")
    plan = first.chosen if isinstance(first.chosen, np.ndarray) and first.claim != "infeasible" else None
    left = seconds - (time.perf_counter() - begun)
    return [first, _attempt(lambda: solve_cpsat(problem, seconds=max(left, 0.5), warm=plan), "cpsat")]


def _best(problem: Problem, answers: list[RawAnswer]) -> tuple[str, Certificate] | None:
    """Return the best answer that breaks nothing, judged with all the others as witnesses."""
    judged = []
    for answer in answers:
        if answer.claim != "infeasible":
            others = [a for a in answers if a is not answer]
            certificate = certify(problem, answer, witnesses=others, proven=len(problem.stages))
            if certificate.status != "refused":
                judged.append((answer.solver, certificate))
    return max(judged, key=lambda pair: (pair[1].values, pair[1].status == "optimal"), default=None)


def _by_lot(problem: Problem, easier: Problem, found: Certificate, lot: Stage, seconds: float) -> Certificate:
    """Return the plan that the lot prefers among those equally good, or the one we have when that is not certain."""
    if seconds < 0.2:
        return found
    coarse = Stage(name=lot.name, weights=lot.weights >> 20)
    kept = replace(easier, stages=(*problem.stages, coarse))
    answer = _attempt(lambda: solve_highs(kept, seconds=seconds, reached=found.values), "highs")
    certificate = certify(problem, answer, proven=0)
    settled = answer.claim == "optimal" and certificate.status != "refused" and certificate.values == found.values
    return replace(found, chosen=certificate.chosen) if settled else found
