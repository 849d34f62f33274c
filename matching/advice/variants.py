"""Variants: what could lawfully be changed about a work package, smallest change first.

A variant never goes below what the package says is fixed, never takes out a task that may not be taken out, keeps at
least one task and keeps enough hours for arrangements to be paid for. What the package does not say may be asked; what
it says is fixed is only shown with `reconsider`, because that is for the employer to take back.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from matching.advice.steps import (
    STANDINGS,
    AddArrangement,
    HomeDays,
    LaterStart,
    LowerLevel,
    OtherHours,
    Standing,
    Step,
    SwapTask,
    TeachIt,
    WithoutTask,
    without,
)
from matching.domain.education import HIGHER_EDUCATION_STEP, education_levels, step_of
from matching.domain.work_package import Task, WorkPackage
from matching.text import Sentence, say

SMALLEST_HOURS = 12.0
"""Fewer weekly hours than this may leave arrangements and coaching unpaid, so no variant goes below."""

LARGEST_HOURS = 36.0
USUAL_HOURS = (4.0, 8.0)
USUAL_WEEKS = (4, 8, 13)
USUAL_HOME_DAYS = (1, 2)
WORKING_DAYS = 5

MOST_DEPTH = 3
"""More changes together than this is new work, not an adaptation; and every step more makes many times the variants."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Aims:
    """What changes should aim at; hours a week, days, and keys of arrangements. Empty means the usual steps only."""

    hours: tuple[float, ...] = ()
    starts: tuple[dt.date, ...] = ()
    arrangements: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Variant:
    """One or more steps together; `apply` gives the changed package and `sentence` says it in words."""

    steps: tuple[Step, ...]

    @property
    def standing(self) -> Standing:
        """The hardest standing of its steps."""
        return max((step.standing for step in self.steps), key=STANDINGS.index, default="agreed")

    @property
    def size(self) -> int:
        """How large the change is, steps added up; what must be asked or reconsidered counts as larger."""
        return sum(step.size + 100 * (step.standing == "to_reconsider") for step in self.steps) + 5 * (
            len(self.steps) - 1
        )

    @property
    def sentence(self) -> Sentence:
        """The change in words, with what has to be asked first."""
        what = in_one(step.sentence for step in self.steps)
        return say(f"advice.variant.{self.standing}", what=what)

    @property
    def unnamed(self) -> Sentence:
        """The change in words for who may not read which arrangement it is about."""
        unnamed = say("advice.step.arrangement_unnamed")
        steps = (unnamed if isinstance(step, AddArrangement) else step.sentence for step in self.steps)
        return say(f"advice.variant.{self.standing}", what=in_one(steps))

    @property
    def order(self) -> tuple[int, int, str]:
        """Smallest first; equal sizes by what they hold, so that nothing depends on the order of making."""
        return (self.size, len(self.steps), repr(self.steps))

    def apply(self, package: WorkPackage) -> WorkPackage:
        """Return the changed package under its own id."""
        for step in self.steps:
            package = step.apply(package)
        return package


def in_one(steps: Iterable[Sentence]) -> Sentence:
    """Return steps that go together as one sentence: this, and that; without steps an empty one."""
    first, *rest = tuple(steps) or (say("advice.variant.nothing"),)
    return say("advice.variant.and", first=first, rest=in_one(rest)) if rest else first


def variants(
    package: WorkPackage, aims: Aims | None = None, *, depth: int = 1, reconsider: bool = False
) -> tuple[Variant, ...]:
    """Return the variants of a package, smallest change first, with up to `depth` steps each."""
    steps = tuple(single_steps(package, aims or Aims(), reconsider=reconsider))
    found = [
        Variant(steps=chosen)
        for count in range(1, depth + 1)
        for chosen in combinations(steps, count)
        if compatible(chosen)
    ]
    return tuple(sorted((one for one in found if lawful(package, one)), key=lambda one: one.order))


def compatible(steps: Sequence[Step]) -> bool:
    """Return whether steps can go together: none changes what another changes."""
    if len({step.slot for step in steps}) < len(steps):
        return False
    gone = {step.task for step in steps if isinstance(step, WithoutTask | SwapTask)}
    return not any(step.instead in gone for step in steps if isinstance(step, SwapTask))


def lawful(package: WorkPackage, variant: Variant) -> bool:
    """Return whether a variant changes something and leaves a package: a task, and enough hours."""
    changed = variant.apply(package)
    if changed == package or (package.tasks and not changed.tasks):
        return False
    least = min(SMALLEST_HOURS, package.hours_min or SMALLEST_HOURS)
    return (changed.hours_min is None or changed.hours_min >= least) and (
        changed.hours_max is None or changed.hours_min is None or changed.hours_max >= changed.hours_min
    )


def single_steps(package: WorkPackage, aims: Aims, *, reconsider: bool = False) -> Iterator[Step]:
    """Yield every step that may be possible, each once; tasks first, so that hours are set after tasks went."""
    allowed = STANDINGS if reconsider else STANDINGS[:2]
    made = (
        *_task_steps(package),
        *_hours_steps(package, aims),
        *_start_steps(package, aims),
        *_arrangement_steps(package, aims),
        *_home_steps(package),
        *_level_steps(package),
        *_training_steps(package),
    )
    yield from dict.fromkeys(step for step in made if step.standing in allowed or isinstance(step, AddArrangement))


def standing_of(allowed: bool | None) -> Standing:
    """Return what a package says: yes, nothing, or no."""
    return "to_ask" if allowed is None else "agreed" if allowed else "to_reconsider"


def _task_steps(package: WorkPackage) -> Iterator[Step]:
    """Yield tasks to leave out or to swap. Where the hours are fixed, a task is swapped and not left out."""
    named = Counter(task.name for task in package.tasks or ())
    for task in package.tasks or ():
        left = without(package, task.name)[0]
        if task.carveable is False or named[task.name] > 1 or not left:
            continue
        standing = standing_of(task.carveable)
        if package.hours_negotiable is not False:
            yield WithoutTask(task=task.name, hours=task.hours, standing=standing)
        yield SwapTask(task=task.name, instead=_largest(left).name, hours=task.hours, standing=standing)


def _largest(tasks: Iterable[Task]) -> Task:
    return max(tasks, key=lambda task: (task.hours or 0.0, task.name))


def _hours_steps(package: WorkPackage, aims: Aims) -> Iterator[Step]:
    standing, low, high = standing_of(package.hours_negotiable), package.hours_min, package.hours_max
    if low is not None:
        for hours in sorted({*(low - less for less in USUAL_HOURS), *aims.hours}):
            if max(SMALLEST_HOURS, low / 2) <= hours < low:
                yield OtherHours(hours=hours, instead_of=low, fewer=True, standing=standing)
    if high is not None:
        for hours in sorted({*(high + more for more in USUAL_HOURS), *aims.hours}):
            if high < hours <= LARGEST_HOURS:
                yield OtherHours(hours=hours, instead_of=high, fewer=False, standing=standing)


def _start_steps(package: WorkPackage, aims: Aims) -> Iterator[Step]:
    start = package.start_date
    if start is None:
        return
    for later in sorted({*(start + dt.timedelta(weeks=weeks) for weeks in USUAL_WEEKS), *aims.starts}):
        if later > start:
            yield LaterStart(start=later, instead_of=start, standing=standing_of(package.start_movable))


def _arrangement_steps(package: WorkPackage, aims: Aims) -> Iterator[Step]:
    """Yield wanted arrangements that are not there; of one that is "not possible" the law asks what was examined."""
    state = {offer.arrangement: offer.state for offer in package.offer_states}
    for key in aims.arrangements:
        if state.get(key, "unknown") in ("unknown", "not_possible"):
            standing: Standing = "to_reconsider" if state.get(key) == "not_possible" else "to_ask"
            yield AddArrangement(arrangement=key, standing=standing)


def _home_steps(package: WorkPackage) -> Iterator[Step]:
    state = {offer.arrangement: offer.state for offer in package.offer_states}.get("home_working", "unknown")
    now, most = package.days_at_home, package.days_per_week or WORKING_DAYS
    if now is None:
        return
    allowed = {"present": True, "arrangeable": True, "not_possible": False}.get(state)
    for more in USUAL_HOME_DAYS:
        if now + more <= most:
            yield HomeDays(days=now + more, instead_of=now, standing=standing_of(allowed))


def _level_steps(package: WorkPackage) -> Iterator[Step]:
    step = step_of(package.level_min)
    if step is None or package.level_min is None:
        return
    floor = HIGHER_EDUCATION_STEP if package.programme == "riha" else 0
    lower = [level for level in education_levels().values() if level.step == step - 1]
    if lower and step - 1 >= floor:
        standing = standing_of(package.level_negotiable)
        yield LowerLevel(level=lower[-1].key, instead_of=package.level_min, standing=standing)


def _training_steps(package: WorkPackage) -> Iterator[Step]:
    known = package.skills_trainable
    standing = standing_of(None if known is None else False)
    for skill in sorted((package.skills_essential or frozenset()) - (known or frozenset())):
        yield TeachIt(skill=skill, standing=standing)
    for language in sorted({language for language, _ in package.languages_asked or ()} - (known or frozenset())):
        yield TeachIt(skill=language, vocabulary_name="language", standing=standing)
    for licence in sorted((package.licence_asked or frozenset()) - (known or frozenset())):
        yield TeachIt(skill=licence, vocabulary_name="driving_licence", standing=standing)
