"""Single changes to a work package that an employer can make: each a small frozen object with its sentence.

Sizes order changes from small to large; they are expert judgement and never enter a score. `standing` says what the
package itself says about the change: it may ("agreed"), nobody has said ("to_ask"), or it was said to be fixed
("to_reconsider": only the employer can take that back).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from matching.domain.arrangement import arrangements
from matching.domain.education import asks_no_education, education_levels, spoken_level
from matching.domain.vocabulary import vocabulary
from matching.domain.work_package import Offer, Task, WorkPackage
from matching.text import Sentence, say

Standing = Literal["agreed", "to_ask", "to_reconsider"]

STANDINGS: tuple[Standing, ...] = ("agreed", "to_ask", "to_reconsider")
"""From "may already" to "was said to be fixed"."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """One change to a package; two steps with the same `slot` exclude each other."""

    standing: Standing = "agreed"

    @property
    def slot(self) -> str:
        """What the step changes."""
        raise TypeError(f"{type(self).__name__} has no slot")

    @property
    def size(self) -> int:
        """How large the change is, for the order of advice."""
        raise TypeError(f"{type(self).__name__} has no size")

    @property
    def sentence(self) -> Sentence:
        """The change in words."""
        raise TypeError(f"{type(self).__name__} says nothing")

    def apply(self, package: WorkPackage) -> WorkPackage:
        """Return the package after the change."""
        raise TypeError(f"{type(self).__name__} changes nothing")


@dataclass(frozen=True, kw_only=True, slots=True)
class WithoutTask(Step):
    """Leave a carveable task out; its hours go with it where they are known."""

    task: str
    hours: float | None

    @property
    def slot(self) -> str:
        """The task."""
        return f"task:{self.task}"

    @property
    def size(self) -> int:
        """Two a hour."""
        return 10 + round(2 * (4 if self.hours is None else self.hours))

    @property
    def sentence(self) -> Sentence:
        """Without which task, and its hours."""
        return say("advice.step.without_task", task=self.task, hours=hours_in_words(self.hours))

    def apply(self, package: WorkPackage) -> WorkPackage:
        """Return the package without the task, its hours lowered by those of the task."""
        left, gone = without(package, self.task)
        less = self.hours or 0.0
        low = None if package.hours_min is None else max(0.25, package.hours_min - less)
        high = None if package.hours_max is None else max(0.25, package.hours_max - less)
        return replace(
            package, tasks=left, work_kinds=kinds_without(package, left, gone), hours_min=low, hours_max=high
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class SwapTask(Step):
    """Leave a carveable task out and spend its hours on another task of the package; the hours stay as they are."""

    task: str
    instead: str
    hours: float | None

    @property
    def slot(self) -> str:
        """The task."""
        return f"task:{self.task}"

    @property
    def size(self) -> int:
        """One a hour."""
        return 10 + round(4 if self.hours is None else self.hours)

    @property
    def sentence(self) -> Sentence:
        """Which task instead of which."""
        return say("advice.step.swap_task", task=self.task, instead=self.instead, hours=hours_in_words(self.hours))

    def apply(self, package: WorkPackage) -> WorkPackage:
        """Return the package with the hours of the task given to the other one."""
        left, gone = without(package, self.task)
        grown = tuple(
            replace(task, hours=task.hours + self.hours)
            if task.name == self.instead and task.hours is not None and self.hours is not None
            else task
            for task in left
        )
        return replace(package, tasks=grown, work_kinds=kinds_without(package, left, gone))


@dataclass(frozen=True, kw_only=True, slots=True)
class OtherHours(Step):
    """Accept a wider range of weekly hours: from fewer, or up to more."""

    hours: float
    instead_of: float
    fewer: bool

    @property
    def slot(self) -> str:
        """One end of the range."""
        return "hours_min" if self.fewer else "hours_max"

    @property
    def size(self) -> int:
        """Two a hour."""
        return 10 + round(2 * abs(self.hours - self.instead_of))

    @property
    def sentence(self) -> Sentence:
        """From or up to how many hours."""
        key = "advice.step.fewer_hours" if self.fewer else "advice.step.more_hours"
        return say(key, hours=self.hours, instead_of=self.instead_of)

    def apply(self, package: WorkPackage) -> WorkPackage:
        """Return the package with the wider range."""
        if self.fewer:
            return replace(package, hours_min=min(self.hours, _or(package.hours_min, self.hours)))
        return replace(package, hours_max=max(self.hours, _or(package.hours_max, self.hours)))


@dataclass(frozen=True, kw_only=True, slots=True)
class LaterStart(Step):
    """Start later, for as long as was planned."""

    start: dt.date
    instead_of: dt.date

    @property
    def slot(self) -> str:
        """The start."""
        return "start"

    @property
    def size(self) -> int:
        """One a week."""
        return 5 + (self.start - self.instead_of).days // 7

    @property
    def sentence(self) -> Sentence:
        """The new start and how many weeks later it is."""
        weeks = -(-(self.start - self.instead_of).days // 7)
        return say("advice.step.later_start", start=self.start, weeks=weeks)

    def apply(self, package: WorkPackage) -> WorkPackage:
        """Return the package that starts later; a known end moves along."""
        later = self.start - self.instead_of
        return replace(package, start_date=self.start, end_date=package.end_date and package.end_date + later)


@dataclass(frozen=True, kw_only=True, slots=True)
class AddArrangement(Step):
    """See to an arrangement that is not on offer, by its usual provider in its usual number of weeks."""

    arrangement: str

    @property
    def slot(self) -> str:
        """The arrangement."""
        return f"arrangement:{self.arrangement}"

    @property
    def size(self) -> int:
        """One a week of lead time."""
        return 4 + arrangements()[self.arrangement].default_weeks

    @property
    def sentence(self) -> Sentence:
        """Which arrangement, by whom and how long it usually takes."""
        found = arrangements()[self.arrangement]
        provider = vocabulary("provider")[found.usual_providers[0]]
        label = vocabulary("arrangement")[self.arrangement]
        return say("advice.step.arrangement", arrangement=label, provider=provider, weeks=found.default_weeks)

    def apply(self, package: WorkPackage) -> WorkPackage:
        """Return the package on which the arrangement can be arranged."""
        found = arrangements()[self.arrangement]
        offer = Offer(
            arrangement=self.arrangement,
            state="arrangeable",
            weeks=found.default_weeks,
            provider=found.usual_providers[0],
        )
        others = tuple(old for old in package.offers if old.arrangement != self.arrangement)
        return replace(package, offers=(*others, offer))


@dataclass(frozen=True, kw_only=True, slots=True)
class HomeDays(Step):
    """Work more days at home."""

    days: int
    instead_of: int

    @property
    def slot(self) -> str:
        """The days at home."""
        return "home"

    @property
    def size(self) -> int:
        """Eight a day."""
        return 8 * (self.days - self.instead_of)

    @property
    def sentence(self) -> Sentence:
        """How many days at home."""
        key = "advice.step.home_day" if self.days == 1 else "advice.step.home_days"
        return say(key, days=self.days, instead_of=self.instead_of)

    def apply(self, package: WorkPackage) -> WorkPackage:
        """Return the package with these days at home."""
        return replace(package, days_at_home=self.days)


@dataclass(frozen=True, kw_only=True, slots=True)
class LowerLevel(Step):
    """Ask a lower working level; the scale stays as it is."""

    level: str
    instead_of: str

    @property
    def slot(self) -> str:
        """The level."""
        return "level"

    @property
    def size(self) -> int:
        """Fifteen a step of the ladder."""
        ladder = education_levels()
        return 15 * (ladder[self.instead_of].step - ladder[self.level].step)

    @property
    def sentence(self) -> Sentence:
        """From which level on."""
        now = spoken_level(self.instead_of)
        if asks_no_education(self.level):
            return say("advice.step.no_level", instead_of=now)
        return say("advice.step.lower_level", level=spoken_level(self.level), instead_of=now)

    def apply(self, package: WorkPackage) -> WorkPackage:
        """Return the package that asks the lower level."""
        return replace(package, level_min=self.level)


@dataclass(frozen=True, kw_only=True, slots=True)
class TeachIt(Step):
    """Let something essential be learned before or after the start: a skill, a language or a licence."""

    skill: str
    vocabulary_name: Literal["skill", "language", "driving_licence"] = "skill"

    @property
    def slot(self) -> str:
        """What is learned."""
        return f"skill:{self.skill}"

    @property
    def size(self) -> int:
        """Always twelve."""
        return 12

    @property
    def sentence(self) -> Sentence:
        """What can be learned."""
        return say("advice.step.teach", skill=vocabulary(self.vocabulary_name).terms.get(self.skill, self.skill))

    def apply(self, package: WorkPackage) -> WorkPackage:
        """Return the package on which it can be learned."""
        return replace(package, skills_trainable=(package.skills_trainable or frozenset()) | {self.skill})


def hours_in_words(hours: float | None) -> Sentence:
    """Return hours as "3 uur", or that they are not known."""
    return say("advice.hours_unknown") if hours is None else say("advice.hours", hours=hours)


def without(package: WorkPackage, name: str) -> tuple[tuple[Task, ...], tuple[Task, ...]]:
    """Return the tasks that stay and the ones that go."""
    tasks = package.tasks or ()
    return tuple(task for task in tasks if task.name != name), tuple(task for task in tasks if task.name == name)


def kinds_without(package: WorkPackage, left: Iterable[Task], gone: Iterable[Task]) -> frozenset[str] | None:
    """Return the kinds of work after tasks went: those that only they had are gone, unless nothing would be left."""
    if package.work_kinds is None:
        return None
    lost = {task.work_kind for task in gone} - {task.work_kind for task in left}
    return package.work_kinds - lost or package.work_kinds


def _or(value: float | None, other: float) -> float:
    return other if value is None else value
