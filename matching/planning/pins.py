"""What a pin costs: the same question without it, and what the plan then gains and whom it would leave where he is."""

from __future__ import annotations

from collections.abc import Iterable

from matching.errors import DemandImpossible, SolverFailed
from matching.planning.assignment import Assignment
from matching.planning.plan import Plan
from matching.planning.proposal import PinCost
from matching.planning.wishes import KeepPrevious

__all__ = ["MOST_PINS", "pin_costs"]

MOST_PINS = 12
"""So many pins are priced at most, in the order of their ids: every price is a plan of its own."""


def pin_costs(
    asked: Assignment, plan: Plan, *, seconds: float = 20, isolated: bool = False, most: int = MOST_PINS
) -> tuple[PinCost, ...]:
    """Return what each pin of the plan costs (at most `most` of them): the best plan without it beside this one.

    The plan without a pin keeps as many of the proposals as it can, so that `moved` names nobody who need not move.
    `seconds` is the time for each; a pin that no plan could be made without in that time is left out.
    """
    pinned = sorted((p.candidate_id, p.work_package_id) for p in plan.proposals if p.held == "pinned")
    found = []
    for candidate, package in pinned[:most]:
        free = asked.without(candidate, package).with_wishes(KeepPrevious.of(plan.pairs))
        try:
            other = free.solve(seconds=seconds, seed=plan.seed, isolated=isolated)
        except (DemandImpossible, SolverFailed):
            continue
        found.append(_cost((candidate, package), plan, other))
    return tuple(found)


def _cost(pair: tuple[str, str], plan: Plan, other: Plan) -> PinCost:
    changed = {candidate for candidate, _ in set(plan.pairs) ^ set(other.pairs)} - {pair[0]}
    return PinCost(
        candidate_id=pair[0],
        work_package_id=pair[1],
        places=other.placed - plan.placed,
        points=other.points - plan.points,
        moved=tuple(sorted(changed)),
        proven=_all_proven((plan, other)),
    )


def _all_proven(plans: Iterable[Plan]) -> bool:
    return all(plan.status == "optimal" for plan in plans)
