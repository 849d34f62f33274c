"""The plan for everybody at once: limits and wishes, exact solvers, and a judge that believes none of them."""

from matching.planning.assignment import Assignment
from matching.planning.cleared import OnlyCleared
from matching.planning.divided import DividedHours
from matching.planning.exposure import Exposure
from matching.planning.limits import (
    AtMost,
    Excluding,
    HourBudget,
    OnePlacePerPerson,
    Pinned,
    PlacedSomewhere,
    Places,
    Reserved,
    SamePerson,
    Vetoed,
)
from matching.planning.pins import pin_costs
from matching.planning.place import Placement, place
from matching.planning.plan import Plan, PlanImpossible
from matching.planning.policy import Policy, load_policy
from matching.planning.reports import PlanReport, report_of
from matching.planning.steering import SupplierSpread, TargetShares
from matching.planning.teams import CoachHours, NotTogether, TeamSize
from matching.planning.wishes import AtLeast, CountJobs, GuidanceHours, KeepPrevious, Share

__all__ = [
    "Assignment",
    "AtLeast",
    "AtMost",
    "CoachHours",
    "CountJobs",
    "DividedHours",
    "Excluding",
    "Exposure",
    "GuidanceHours",
    "HourBudget",
    "KeepPrevious",
    "NotTogether",
    "OnePlacePerPerson",
    "OnlyCleared",
    "Pinned",
    "PlacedSomewhere",
    "Placement",
    "Places",
    "Plan",
    "PlanImpossible",
    "PlanReport",
    "Policy",
    "Reserved",
    "SamePerson",
    "Share",
    "SupplierSpread",
    "TargetShares",
    "TeamSize",
    "Vetoed",
    "load_policy",
    "pin_costs",
    "place",
    "report_of",
]
