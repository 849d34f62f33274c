"""The plan for everybody at once: limits and wishes, exact solvers, and a judge that believes none of them.

Every name but `place` (which is also the name of its module) is loaded when first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from matching.planning.place import Placement, place

if TYPE_CHECKING:
    from matching.planning.assignment import Assignment as Assignment
    from matching.planning.cleared import OnlyCleared as OnlyCleared
    from matching.planning.divided import DividedHours as DividedHours
    from matching.planning.exposure import Exposure as Exposure
    from matching.planning.limits import AtMost as AtMost
    from matching.planning.limits import Excluding as Excluding
    from matching.planning.limits import HourBudget as HourBudget
    from matching.planning.limits import OnePlacePerPerson as OnePlacePerPerson
    from matching.planning.limits import Pinned as Pinned
    from matching.planning.limits import PlacedSomewhere as PlacedSomewhere
    from matching.planning.limits import Places as Places
    from matching.planning.limits import Reserved as Reserved
    from matching.planning.limits import SamePerson as SamePerson
    from matching.planning.limits import Vetoed as Vetoed
    from matching.planning.pins import pin_costs as pin_costs
    from matching.planning.plan import Plan as Plan
    from matching.planning.plan import PlanImpossible as PlanImpossible
    from matching.planning.policy import Policy as Policy
    from matching.planning.policy import load_policy as load_policy
    from matching.planning.reports import PlanReport as PlanReport
    from matching.planning.reports import report_of as report_of
    from matching.planning.steering import SupplierSpread as SupplierSpread
    from matching.planning.steering import TargetShares as TargetShares
    from matching.planning.teams import CoachHours as CoachHours
    from matching.planning.teams import NotTogether as NotTogether
    from matching.planning.teams import TeamSize as TeamSize
    from matching.planning.wishes import AtLeast as AtLeast
    from matching.planning.wishes import CountJobs as CountJobs
    from matching.planning.wishes import GuidanceHours as GuidanceHours
    from matching.planning.wishes import KeepPrevious as KeepPrevious
    from matching.planning.wishes import Share as Share

_HOMES = {
    "Assignment": "assignment",
    "AtLeast": "wishes",
    "AtMost": "limits",
    "CoachHours": "teams",
    "CountJobs": "wishes",
    "DividedHours": "divided",
    "Excluding": "limits",
    "Exposure": "exposure",
    "GuidanceHours": "wishes",
    "HourBudget": "limits",
    "KeepPrevious": "wishes",
    "NotTogether": "teams",
    "OnePlacePerPerson": "limits",
    "OnlyCleared": "cleared",
    "Pinned": "limits",
    "PlacedSomewhere": "limits",
    "Places": "limits",
    "Plan": "plan",
    "PlanImpossible": "plan",
    "PlanReport": "reports",
    "Policy": "policy",
    "Reserved": "limits",
    "SamePerson": "limits",
    "Share": "wishes",
    "SupplierSpread": "steering",
    "TargetShares": "steering",
    "TeamSize": "teams",
    "Vetoed": "limits",
    "load_policy": "policy",
    "pin_costs": "pins",
    "report_of": "reports",
}

__all__ = ["Placement", "place", *_HOMES]


def __getattr__(name: str) -> object:
    """Load a name when it is first used (PEP 562)."""
    if name not in _HOMES:
        raise AttributeError(f"module 'matching.planning' has no attribute {name!r}")
    found = getattr(import_module(f"matching.planning.{_HOMES[name]}"), name)
    globals()[name] = found
    return found
