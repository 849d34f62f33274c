"""How far one answer can move each pair: the ranges of the criteria, shared out over the fields that are open.

A field is open when it is unknown and a criterion that reads it is unknown for the pair. Where several fields of one
criterion are open, each gets an equal share: one answer alone does not settle the others. Where none is empty and the
criterion is unknown all the same (a list that does not mention what is asked), its main field is open.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from matching.domain.judging import Points, Sides
from matching.domain.pool import Pool
from matching.scoring.group import Group
from matching.scoring.sides import chosen

Mask = NDArray[np.bool_]
Swing = NDArray[np.float32]

SAME_QUESTION: Mapping[str, str] = {
    "skills_absent": "skills",
    "hours_min": "hours_max",
    "work_kinds_mastered": "experience",
    "postcode4": "municipality",
    "scale_min": "level_min",
    "scale_max": "level_min",
    "offer_states": "offers",
    "days_on_site": "days_at_home",
    "work_kind_shares": "tasks",
    "task_hours": "tasks",
    "place_demands": "location",
}
"""Columns that the same question answers, by the column that gives it its name."""

MAIN_FIELD: Mapping[str, str] = {"skills": "skills", "doable_hours": "needs", "level": "education"}
"""The column to ask about when a criterion is unknown and no column that it reads is empty."""

ROWS_TOGETHER = 40
"""Packages looked at together."""


@dataclass(eq=False)
class Swings:
    """How far an answer about each column can lift or lower neutral totals, shape (people, packages) each."""

    up: dict[str, Swing] = field(default_factory=dict)
    down: dict[str, Swing] = field(default_factory=dict)

    def add(self, name: str, up: Swing, down: Swing) -> None:
        """Add what one criterion says about a column."""
        self.up[name] = self.up.get(name, np.float32(0)) + up
        self.down[name] = self.down.get(name, np.float32(0)) + down


@dataclass(frozen=True, eq=False)
class Part:
    """A few packages (rows of the pool) against everybody: totals, and the swings of both sides' columns."""

    rows: NDArray[np.intp]
    totals: NDArray[np.int32]
    of_candidate: Swings
    of_package: Swings


def asked_as(column: str) -> str:
    """Return the column that names the question about this one."""
    return SAME_QUESTION.get(column, column)


def parts_of(pool: Pool, group: Group) -> Iterator[Part]:
    """Yield the packages of a group a few at a time."""
    for start in range(0, len(group.rows), ROWS_TOGETHER):
        rows = group.rows[start : start + ROWS_TOGETHER]
        part = Part(rows, group.encoding.totals(rows).T.copy(), Swings(), Swings())
        for weighted in group.yardstick.counted:
            _share_out(pool, group, part, weighted.key)
        yield part


def _share_out(pool: Pool, group: Group, part: Part, key: str) -> None:
    """Share the range of one criterion over the open columns of both sides."""
    weighted = next(found for found in group.yardstick.counted if found.key == key)
    reads = weighted.criterion.reads
    points, left, right = _points(group, part.rows, key)
    at = np.ix_(left, right)
    unknown = points.unknown[at]
    if not unknown.any():
        return
    people = _open_columns(pool.candidates.column, reads.candidate, None)
    work = _open_columns(pool.packages.column, reads.package, part.rows)
    count = sum(mask.astype(np.float32)[:, None] for mask in people.values()) + sum(
        mask.astype(np.float32)[None, :] for mask in work.values()
    )
    main = MAIN_FIELD.get(key)
    nothing_empty = unknown & (count == 0) if main else np.zeros_like(unknown)
    weight = np.where(unknown, np.float32(weighted.weight) / np.maximum(count, 1), np.float32(0))
    up = weight * (points.high - points.neutral)[at].astype(np.float32)
    down = weight * (points.neutral - points.low)[at].astype(np.float32)
    for name, mask in people.items():
        part.of_candidate.add(name, up * mask[:, None], down * mask[:, None])
    for name, mask in work.items():
        part.of_package.add(name, up * mask[None, :], down * mask[None, :])
    if main and nothing_empty.any():
        part.of_candidate.add(main, up * nothing_empty, down * nothing_empty)


def _points(group: Group, rows: NDArray[np.intp], key: str) -> tuple[Points, NDArray[np.int32], NDArray[np.intp]]:
    """Return the answer of a criterion for all classes of people and the classes of these packages."""
    encoding = group.encoding
    criterion = next(found.criterion for found in group.yardstick.counted if found.key == key)
    people, work = encoding.people.classes(criterion.reads.candidate), encoding.work.classes(criterion.reads.package)
    which, right = np.unique(work.codes[rows], return_inverse=True)
    sides = Sides(candidate=people, package=chosen(work, which), as_of=encoding.as_of, travel=encoding.travel)
    return criterion.points(sides), people.codes, right


def _open_columns(column_of: object, names: tuple[str, ...], rows: NDArray[np.intp] | None) -> dict[str, Mask]:
    """Return which of these columns are empty for whom, by the name of their question."""
    found: dict[str, Mask] = {}
    for name in names:
        empty = column_of(name).unknown  # type: ignore[operator]
        empty = empty if rows is None else empty[rows]
        if name == "postcode4":
            continue
        if empty.any():
            question = asked_as(name)
            found[question] = found[question] | empty if question in found else empty
    return found
