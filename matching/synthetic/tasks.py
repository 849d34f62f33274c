"""Tasks of a package: hours that add up, demands that vary a little, and what a file shows of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from matching.domain.demand import demands
from matching.domain.task_kind import task_kinds
from matching.domain.work_package import Task
from matching.synthetic.rolls import Roll

HALF_HOUR = 0.5


@dataclass(frozen=True, kw_only=True, slots=True)
class TrueTask:
    """A task as it really is: hours a week and all demands with their levels."""

    kind: str
    hours: float
    carveable: bool
    demands: tuple[tuple[str, int], ...]

    def shown(self, roll: Roll) -> Task:
        """Return what a file shows: hours or a demand may be missing, and so may whether it can be carved out."""
        vocabulary = task_kinds()[self.kind]
        kept = (pair for pair in self.demands if not roll.hit(f"task.{self.kind}.{pair[0]}.hidden", 110))
        return Task(
            name=vocabulary.label("nl"),
            task_kind=self.kind,
            work_kind=vocabulary.work_kind,
            hours=roll.maybe(f"task.{self.kind}.hours", self.hours, 50),
            carveable=roll.maybe(f"task.{self.kind}.carveable", self.carveable, 130),
            demands=tuple(kept),
        )


def true_tasks(roll: Roll, mix: Mapping[str, int], hours: int) -> tuple[TrueTask, ...]:
    """Return the tasks of a package of these weekly hours: two at least, the first is the core and rarely carveable."""
    count = max(2, len(mix) - roll.below("tasks.fewer", 2))
    kinds = tuple(mix)[:count]
    weights = [mix[kind] * 10 + roll.below(f"task.{kind}.weight", 7) for kind in kinds]
    return tuple(
        TrueTask(
            kind=kind,
            hours=length,
            carveable=roll.hit(f"task.{kind}.free", 120 if kind == kinds[0] else 720),
            demands=tuple(_varied(roll, kind, *pair) for pair in task_kinds()[kind].demands),
        )
        for kind, length in zip(kinds, shared_hours(hours, weights), strict=True)
    )


def shared_hours(hours: int, weights: list[int]) -> list[float]:
    """Return whole half hours for each weight, adding up exactly to `hours`; rest to the heaviest."""
    halves = [2 * hours * weight // sum(weights) for weight in weights]
    halves[weights.index(max(weights))] += 2 * hours - sum(halves)
    return [part * HALF_HOUR for part in halves]


def _varied(roll: Roll, kind: str, demand: str, level: int) -> tuple[str, int]:
    """Return the demand at the usual level, now and then one higher or lower."""
    change = roll.one(f"task.{kind}.{demand}", (-1, 0, 1), (10, 82, 8))
    return demand, min(max(1, level + change), len(demands()[demand].levels) - 1)
