"""Divisible packages: hours a week that several people may share, as the packages of the pool say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from matching.domain.pool import Pool
from matching.planning.draft import Draft
from matching.planning.limits import HourBudget
from matching.text import Sentence, say

__all__ = ["DividedHours", "budgets_of"]

LEAST_HOURS = 12
"""From these hours on provisions and a job coach are usually paid for (UWV), so a part is counted as at least that."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DividedHours:
    """Packages that are marked as divisible are shared by hours: their places times their most hours is the budget.

    More people than places may come, `least_hours` each at the fewest, as long as the hours fit. A choice, because more
    people also ask more guidance. A package that is not known to be divisible, or without hours, keeps its places.
    """

    least_hours: int = LEAST_HOURS

    def sentence(self) -> Sentence:
        """Return the limit in words."""
        return say("planning.limit.divided", least=self.least_hours)

    def put(self, draft: Draft) -> None:
        """Give every divisible package its budget, and the room for people that goes with it."""
        for budget in budgets_of(draft.pool):
            budget.put(draft)
            row = draft.package(budget.package)
            parts = budget.hours // max(self.least_hours, 1)
            draft.places[row] = max(int(draft.places[row]), parts)


def budgets_of(pool: Pool) -> Iterator[HourBudget]:
    """Yield the hour budget of each package that is known to be divisible and has hours."""
    columns = (pool.packages.column(name) for name in ("divisible", "places", "hours_max", "hours_min"))
    divisible, places, most, least = columns
    for row, name in enumerate(pool.packages.ids):
        hours = most[row] or least[row]
        if divisible[row] and hours:
            yield HourBudget(name, int(hours * max(places[row] or 0, 1)))
