"""An example work package made of the task vocabulary: something to change instead of an empty sheet."""

from __future__ import annotations

from collections.abc import Sequence

from matching.domain.task_kind import TaskKind, task_kinds
from matching.domain.vocabulary import vocabulary
from matching.domain.work_package import Task, WorkPackage
from matching.errors import UnknownName
from matching.intake.columns import Cells, cells_of
from matching.text import Language, say

MOST_TASKS = 4
HOURS_A_TASK = 6.0
EXAMPLE_ID = "WP-0001"


def example_package(key: str, language: Language = "nl") -> WorkPackage:
    """Return a package of at most four tasks of one kind of work, 6 hours a task, with the usual demands of each.

    `key` is a kind of work or a task, by key or by name; a task comes first among the tasks of its kind. What only an
    employer can say (who, where, when, which task may go) stays unknown. Raises UnknownName with the nearest name.
    """
    kind, first = _asked(key)
    chosen = sorted(
        (task for task in task_kinds().values() if task.work_kind == kind), key=lambda task: task is not first
    )
    tasks = chosen[:MOST_TASKS]
    hours = HOURS_A_TASK * len(tasks)
    return WorkPackage(
        work_package_id=EXAMPLE_ID,
        title=say("output.example_title", kind=vocabulary("work_kind").label(kind, language)).text(language),
        hours_min=hours,
        hours_max=hours,
        scale_min=max(task.scale_min for task in tasks),
        scale_max=max(task.scale_max for task in tasks),
        work_kinds=frozenset({kind}),
        tasks=tuple(_task(task, language) for task in tasks),
    )


def example_tables(key: str, language: Language = "nl") -> dict[str, Sequence[Cells]]:
    """Return the rows of an example package by sheet, ready to be written and read."""
    package = example_package(key, language)
    row = cells_of("work_packages", package, language=language)
    tasks = [cells_of("tasks", task, language=language, owner=package.work_package_id) for task in package.tasks or ()]
    return {"work_packages": [row], "tasks": tasks}


def _task(task: TaskKind, language: Language) -> Task:
    return Task(
        name=task.label(language),
        task_kind=task.key,
        work_kind=task.work_kind,
        hours=HOURS_A_TASK,
        demands=task.demands,
    )


def _asked(key: str) -> tuple[str, TaskKind | None]:
    """Return the kind of work asked for and the task that was named, if one was."""
    kinds, tasks = vocabulary("work_kind"), task_kinds()
    names = {name.casefold(): one for one in (*tasks, *kinds) for name in (one, *_labels(one))}
    found = names.get(key.strip().casefold())
    if found is None:
        raise UnknownName(say("output.example_of"), key, (*kinds, *tasks, *(kinds.label(one, "nl") for one in kinds)))
    return (tasks[found].work_kind, tasks[found]) if found in tasks else (found, None)


def _labels(key: str) -> tuple[str, ...]:
    name = "task" if key in task_kinds() else "work_kind"
    return tuple(vocabulary(name).label(key, language) for language in ("nl", "en"))
