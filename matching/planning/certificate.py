"""The judge: re-checks any answer in integers against every limit, and measures its own gap from a proven bound.

It shares no code with the solvers' models and believes no status. A ceiling counts when it follows from prices by
weak duality (see `prices`), or when two different solvers, neither knowing the other's answer, claim it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor, isfinite
from typing import Literal

import numpy as np

from matching.planning.prices import Proof, Sifted, Split, bound, halves
from matching.planning.problem import NO_BUDGET, Int64Array, Problem
from matching.planning.sifting import sifted
from matching.planning.solvers.answer import RawAnswer

__all__ = ["Certificate", "Status", "Violation", "certify", "chosen_edges", "proven_ceiling", "violations"]

Status = Literal["optimal", "within_gap", "feasible", "refused"]
"""optimal: proven best; within_gap: proven within `gap`; feasible: nothing proven; refused: breaks a limit."""

Violation = tuple[str, int]
"""The name of a limit and the index of what breaks it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """What is certain about an answer: its values per stage, the ceilings proven by us, and every limit it breaks.

    `bounds` are ceilings per stage, each holding among plans that reach the reported values of the stages before it;
    None where nothing is proven.
    """

    status: Status
    chosen: tuple[int, ...]
    values: tuple[int, ...] = ()
    bounds: tuple[int | None, ...] = ()
    broken: tuple[Violation, ...] = ()

    def gap(self, stage: int) -> float | None:
        """Return how far, as a share of the bound, the stage may lie from the best; None when nothing is proven."""
        ceiling = self.bounds[stage] if stage < len(self.bounds) else None
        if ceiling is None:
            return None
        missed = ceiling - self.values[stage]
        return 0.0 if missed == 0 else missed / max(abs(ceiling), 1)


def certify(
    problem: Problem,
    answer: RawAnswer,
    *,
    witnesses: Sequence[RawAnswer] = (),
    proven: int = 2,
    same: Problem | None = None,
) -> Certificate:
    """Return what holds for an answer; the first `proven` stages decide the status.

    `witnesses` are other solvers' answers to the same question: only their ceilings are heard. Prices are judged on
    `same`, a problem with exactly the same plans (see `reduction`), limits on the problem itself.
    """
    edges, broken = chosen_edges(problem, answer.chosen)
    broken = broken or violations(problem, edges)
    if broken:
        return Certificate(status="refused", chosen=(), broken=tuple(broken))
    values = tuple(problem.value(stage, edges) for stage in problem.stages)
    judged = min(proven, len(values))
    bounds = tuple(_ceiling(same or problem, values, stage, (answer, *witnesses)) for stage in range(judged))
    bounds = _by_count(problem, values, bounds)
    return Certificate(
        status=_status(values, bounds), chosen=tuple(int(e) for e in edges), values=values, bounds=bounds
    )


def _by_count(problem: Problem, values: tuple[int, ...], bounds: tuple[int | None, ...]) -> tuple[int | None, ...]:
    """Return the ceilings, none above the proven number of pairs times what the heaviest pair is worth."""
    if not bounds or bounds[0] is None or bool((problem.stages[0].weights != 1).any()):
        return bounds
    lower: list[int | None] = [bounds[0]]
    for stage, value, ceiling in zip(problem.stages[1:], values[1:], bounds[1:], strict=False):
        heaviest = int(stage.weights.max()) if len(stage.weights) else 0
        most = max(heaviest * bounds[0], heaviest * values[0])
        lower.append(most if ceiling is not None and value <= most < ceiling else ceiling)
    return tuple(lower)


def _status(values: tuple[int, ...], bounds: tuple[int | None, ...]) -> Status:
    if any(ceiling is None for ceiling in bounds):
        return "feasible"
    return "optimal" if all(v == b for v, b in zip(values, bounds, strict=False)) else "within_gap"


def chosen_edges(problem: Problem, chosen: object) -> tuple[Int64Array, list[Violation]]:
    """Return the chosen edges as ascending integers, or what makes the answer unreadable."""
    none = np.zeros(0, np.int64)
    try:
        values = np.asarray(chosen, dtype=np.float64)
    except (TypeError, ValueError, OverflowError):
        return none, [("unreadable", 0)]
    if values.ndim != 1 or not bool(np.isfinite(values).all()):
        return none, [("unreadable", 0)]
    whole = np.sort(values).astype(np.int64)
    if bool((np.sort(values) != whole).any()):
        return none, [("fractional", 0)]
    if len(whole) and (whole[0] < 0 or whole[-1] >= len(problem.edges)):
        return none, [("no such pair", int(whole[-1]))]
    if len(np.unique(whole)) != len(whole):
        return none, [("pair twice", int(whole[:-1][np.diff(whole) == 0][0]))]
    return whole, []


def violations(problem: Problem, chosen: Int64Array) -> list[Violation]:
    """Return every limit that the chosen edges break, each counted afresh from the edges themselves."""
    taken = set(chosen.tolist())
    found: list[Violation] = [("pin", e) for e in problem.pins.tolist() if e not in taken]
    found += [("forbidden", e) for e in problem.forbidden.tolist() if e in taken]
    per_person: dict[int, list[int]] = {}
    per_package: dict[int, list[int]] = {}
    for edge in chosen.tolist():
        per_person.setdefault(int(problem.edges.candidate[edge]), []).append(int(problem.edges.package[edge]))
        per_package.setdefault(int(problem.edges.package[edge]), []).append(edge)
    found += _person_violations(problem, per_person)
    for package, edges in per_package.items():
        if len(edges) > int(problem.places[package]):
            found.append(("places", package))
        budget, hours = int(problem.budgets[package]), sum(int(problem.hours[e]) for e in edges)
        if budget != NO_BUDGET and hours > budget:
            found.append(("budget", package))
    return found + _row_violations(problem, taken)


def _person_violations(problem: Problem, per_person: dict[int, list[int]]) -> list[Violation]:
    found: list[Violation] = []
    for person in range(problem.candidates):
        got = len(per_person.get(person, ()))
        if got > int(problem.max_places[person]):
            found.append(("max_places", person))
        if got < int(problem.least_places[person]):
            found.append(("least_places", person))
    both = [frozenset(pair) for pair in problem.exclusive.tolist()]
    for person, packages in per_person.items():
        if len(packages) > 1:
            have = set(packages)
            found += [("exclusive", person) for pair in both if pair <= have and len(pair) == 2]
    return found


def _row_violations(problem: Problem, taken: set[int]) -> list[Violation]:
    found: list[Violation] = []
    for number, row in enumerate(problem.rows):
        load = sum(w for e, w in zip(row.edges.tolist(), row.weights.tolist(), strict=True) if e in taken)
        if row.price is None and row.shortfall(load):
            found.append(("row", number))
    return found


def _ceiling(problem: Problem, values: tuple[int, ...], stage: int, answers: Sequence[RawAnswer]) -> int | None:
    """Return the lowest ceiling on one stage that is proven, None when there is none."""
    proven = [
        b for answer in answers for p in answer.proofs if (b := proven_ceiling(problem, values, stage, p)) is not None
    ]
    claimed: dict[str, int] = {}
    for answer in answers:
        held = all(g <= v for g, v in zip(answer.given[:stage], values, strict=False)) and len(answer.given) >= stage
        value = answer.bounds[stage] if held and stage < len(answer.bounds) else None
        if value is not None and isfinite(value):
            claimed[answer.solver] = min(_rounded(value), claimed.get(answer.solver, _rounded(value)))
    twice = sorted(claimed.values())
    if len(twice) > 1 and twice[1] >= values[stage]:
        proven.append(twice[1])
    true = [b for b in proven if b >= values[stage]]
    return min(true) if true else None


def proven_ceiling(problem: Problem, values: tuple[int, ...], stage: int, prices: Proof) -> int | None:
    """Return the ceiling on one stage that this proof gives, given the values reached before it.

    A half in which a pair must and may not be chosen holds no plan, so nothing has to be proven of it.
    """
    if isinstance(prices, Split):
        some = [each for each in halves(problem, prices) if not len(np.intersect1d(each[0].pins, each[0].forbidden))]
        ceilings = [proven_ceiling(half, values, stage, proof) for half, proof in some]
        known = [ceiling for ceiling in ceilings if ceiling is not None]
        return max(known, default=values[stage]) if len(known) == len(some) else None
    if isinstance(prices, Sifted):
        part = sifted(problem, prices.prices, (*values[:stage], prices.at_most + 1))
        rest = None if part is None else proven_ceiling(part, values, stage, prices.rest)
        return prices.at_most if part is None else None if rest is None else max(prices.at_most, rest)
    used = (*prices.multipliers, *([0] * len(values)))[: len(values)]
    if used[stage] <= 0 or any(m < 0 for m in used):
        return None
    whole = bound(problem, prices)
    if whole is None:
        return None
    whole -= sum(m * v for m, v in zip(used[:stage], values[:stage], strict=True))
    for later in range(stage + 1, len(values)):
        lowest = min(0, int(problem.stages[later].weights.min(initial=0))) * problem.most_chosen
        if used[later] and problem.stages[later].counts_shortfalls and any(row.price for row in problem.rows):
            return None
        whole -= used[later] * lowest
    return whole // used[stage]


def _rounded(value: float) -> int:
    """Return the largest integer a plan can reach below a floating-point ceiling, rounding errors allowed for."""
    return floor(value + 1e-6 * max(1.0, abs(value)) * 1e-3 + 1e-6)
