"""Has the manager said everything that a package needs?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from matching.domain.judging import Mask, Outcome, Pair, Question, Reads, Rule, Sides, Verdicts
from matching.rules.asking import ask_package
from matching.rules.masks import holds, is_true, verdicts
from matching.text import Sentence, say

FIELDS: Mapping[str, str] = {
    "tasks": "tasks",
    "hours": "hours_max",
    "guide": "guide_named",
    "no_displacement": "no_displacement",
}
"""What has to be there, and the column to ask for."""


@dataclass(frozen=True, kw_only=True)
class PackageReady(Rule):
    """Tasks, hours, a named guide and the statement that nobody is displaced are there: fits.

    Anything missing must be judged: ask the manager; the package is still shown. It reads the package only.
    """

    key = "package_ready"
    needs_fresh_profile = False
    reads = Reads(package=("tasks", "hours_min", "hours_max", "guide_named", "team_leader", "no_displacement"))

    def judge(self, sides: Sides) -> Verdicts:
        """Return the outcome of every pair of classes."""
        there = self._there(sides)
        complete = there["tasks"] & there["hours"] & there["guide"] & there["no_displacement"]
        work = sides.package
        open_fields = ~work.known("tasks") | ~work.known("guide_named") | ~work.known("no_displacement")
        return verdicts(sides, to_judge=~complete, unknown=~complete & (open_fields | ~there["hours"]))

    def _there(self, sides: Sides) -> Mapping[str, Mask]:
        work = sides.package
        return {
            "tasks": holds(work, "tasks", lambda tasks: bool(tasks)),
            "hours": work.known("hours_min") | work.known("hours_max"),
            "guide": is_true(work, "guide_named") | work.known("team_leader"),
            "no_displacement": is_true(work, "no_displacement"),
        }

    def _missing(self, pair: Pair) -> list[str]:
        there = self._there(pair.sides(self.reads))
        return [name for name in FIELDS if not there[name][0]]

    def reason(self, pair: Pair, outcome: Outcome) -> Sentence:
        """Return what is missing, or that all is there."""
        missing = self._missing(pair)
        if not missing:
            return say("rules.package_ready.fits")
        return say("rules.package_ready.missing", points=tuple(say(f"rules.package_ready.{name}") for name in missing))

    def questions(self, pair: Pair) -> tuple[Question, ...]:
        """Return a question to the manager for each thing that is missing."""
        return tuple(ask_package(FIELDS[name], f"package_ready.ask_{name}") for name in self._missing(pair))

    def remedy(self, pair: Pair) -> Sentence | None:
        """Return that the manager completes the package."""
        return say("rules.package_ready.remedy") if self._missing(pair) else None
