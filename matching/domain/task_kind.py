"""The task vocabulary: carved tasks as found at the Rijk, with work kind, scales and usual demands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from matching.domain.vocabulary import rows, vocabulary
from matching.text import Language


@dataclass(frozen=True, kw_only=True, slots=True)
class TaskKind:
    """One kind of task; `demands` are (demand key, level) pairs. Expert judgement, not reviewed yet."""

    key: str
    work_kind: str
    scale_min: int
    scale_max: int
    demands: tuple[tuple[str, int], ...]

    def label(self, language: Language = "nl") -> str:
        """Return the name of the task."""
        return vocabulary("task").label(self.key, language)


@cache
def task_kinds() -> Mapping[str, TaskKind]:
    """Return the task vocabulary by key."""
    return {row["key"]: _task_kind(row) for row in rows("tasks")}


def _task_kind(row: Mapping[str, str]) -> TaskKind:
    pairs = [part.split("=") for part in row["demands"].split(";") if part]
    return TaskKind(
        key=row["key"],
        work_kind=row["work_kind"],
        scale_min=int(row["scale_min"].removeprefix("S")),
        scale_max=int(row["scale_max"].removeprefix("S")),
        demands=tuple((demand, int(level)) for demand, level in pairs),
    )
