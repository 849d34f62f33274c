"""Is the work long enough for a provision or job coach to be paid?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matching.domain.judging import Outcome, Pair, Question, Reads, Rule, Sides, Verdicts
from matching.domain.work_package import WorkPackage
from matching.rules.asking import ask_package
from matching.rules.masks import day_numbers, is_true, verdicts
from matching.text import Sentence, say


@dataclass(frozen=True, kw_only=True)
class SupportConditions(Rule):
    """At least `fewest_hours` a week and `shortest_weeks` long fits; shorter work must be judged.

    Below that a provision or job coach may not be paid, which is asked of the provider; it never excludes. Unknown
    hours or period fits, with a question. Both thresholds: usual conditions of UWV, read as expert judgement.
    """

    key = "support_conditions"
    reads = Reads(package=("hours_max", "start_date", "end_date", "lasting_prospect"))
    fewest_hours: float = 12.0
    shortest_weeks: int = 26

    def judge(self, sides: Sides) -> Verdicts:
        """Return the outcome of every pair of classes."""
        work = sides.package
        hours = work.numbers("hours_max")
        weeks = (day_numbers(work, "end_date") - day_numbers(work, "start_date")) / 7
        lasting = is_true(work, "lasting_prospect")
        short = (hours < self.fewest_hours) | (weeks < self.shortest_weeks)
        unknown = np.isnan(hours) | (np.isnan(weeks) & ~lasting)
        return verdicts(sides, to_judge=short, unknown=unknown & ~short)

    def reason(self, pair: Pair, outcome: Outcome) -> Sentence:
        """Return hours and weeks of the work."""
        package, weeks = pair.package, _weeks(pair.package)
        values = {
            "hours": package.hours_max,
            "weeks": say("rules.support_conditions.no_end") if weeks is None and package.lasting_prospect else weeks,
            "least": self.fewest_hours,
            "shortest": self.shortest_weeks,
        }
        if outcome is Outcome.TO_JUDGE:
            return say("rules.support_conditions.short", **values)
        lasting = weeks is not None or package.lasting_prospect
        known = package.hours_max is not None and lasting
        return say(f"rules.support_conditions.{'fits' if known else 'unknown'}", **values)

    def questions(self, pair: Pair) -> tuple[Question, ...]:
        """Return what to ask about hours, period and what is paid."""
        package, weeks = pair.package, _weeks(pair.package)
        if self.judge(pair.sides(self.reads)).outcome[0, 0]:
            return (ask_package("end_date", "support_conditions.ask_paid"),)
        if package.hours_max is None:
            return (ask_package("hours_max", "hours.ask_package"),)
        if weeks is None and not package.lasting_prospect:
            return (ask_package("end_date", "support_conditions.ask_period"),)
        return ()

    def remedy(self, pair: Pair) -> Sentence | None:
        """Return the hours and period from which provisions are usually paid."""
        if not self.judge(pair.sides(self.reads)).outcome[0, 0]:
            return None
        return say("rules.support_conditions.remedy", least=self.fewest_hours, shortest=self.shortest_weeks)


def _weeks(package: WorkPackage) -> int | None:
    if package.start_date is None or package.end_date is None:
        return None
    return (package.end_date - package.start_date).days // 7
