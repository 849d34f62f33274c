"""The plan for everybody at once: limits and wishes, exact solvers, and a judge that believes none of them."""

from matching.planning.assignment import Assignment
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
from matching.planning.place import Placement, place
from matching.planning.plan import Plan, PlanImpossible
from matching.planning.wishes import AtLeast, GuidanceHours, KeepPrevious, Share

__all__ = [
    "Assignment",
    "AtLeast",
    "AtMost",
    "Excluding",
    "GuidanceHours",
    "HourBudget",
    "KeepPrevious",
    "OnePlacePerPerson",
    "Pinned",
    "PlacedSomewhere",
    "Placement",
    "Places",
    "Plan",
    "PlanImpossible",
    "Reserved",
    "SamePerson",
    "Share",
    "Vetoed",
    "place",
]
