"""Who has no place in a plan and which places stay open, each with the reason and what would change it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from matching.output.fit_cells import (
    candidate_cells,
    columns,
    listed,
    package_cells,
    package_conditions,
    remedies,
    row,
    work_lines,
)
from matching.output.sheet import Cell, Column, Sheet
from matching.scoring.yardstick import TOTAL_PER_POINT
from matching.text import Sentence, say

if TYPE_CHECKING:
    from matching.domain.work_package import WorkPackage
    from matching.output.plan_view import PlanView
    from matching.planning.proposal import Unplaced
    from matching.scoring.best import Best
    from matching.scoring.fit import Fit
    from matching.scoring.shortlist import Shortlist

Near = Mapping[str, "Sequence[Fit]"]

NEXT_BEST = 3
MOST_PAIRS = 20_000
MOST_NEARLY = 2

_AGREED = {
    "planning.limit.reserved": "reserved",
    "planning.limit.accepted_elsewhere": "elsewhere",
    "planning.limit.pin_elsewhere": "elsewhere",
    "planning.unplaced.all_forbidden": "agreed",
}
"""Reasons that one more place would not change, and what would."""


def unplaced_sheet(view: PlanView) -> Sheet:
    """Return everybody without a place, why, and what would change it; nobody is turned down by a plan."""
    chosen = (
        *columns("candidate", "via", "source", "contact_route", "hours_possible"),
        Column(key="reason_unplaced", width=46, kind="long"),
        Column(key="would_change", width=60, kind="long"),
        Column(key="best_at", width=60, kind="long"),
    )
    best, near = view.scores.best(NEXT_BEST), near_misses(view)
    fits = best_fits(view, best)
    rows = tuple(
        row(_person(view, one, near, fits.get(one.candidate_id, ())), chosen)
        for one in sorted(view.plan.unplaced, key=_id)
    )
    return Sheet(key="unplaced", columns=chosen, rows=rows, notes=(say("output.unplaced_note").text(view.language),))


def _id(one: Unplaced) -> str:
    return one.candidate_id


def _person(view: PlanView, one: Unplaced, near: Near, fits: Sequence[Fit]) -> dict[str, Cell]:
    position = view.pool.candidates.position(one.candidate_id)
    best_work = fits[0].package if fits else None
    return {
        **candidate_cells(view.pool.candidates[position], view.role, view.language),
        "reason_unplaced": one.reason.text(view.language),
        "would_change": listed(_would_change(view, one, near, best_work), view.language),
        "best_at": listed([possible_at(fit) for fit in fits], view.language),
    }


def possible_at(fit: Fit) -> Sentence:
    """Return a work package that is possible for somebody, with the points and how low and high they can come."""
    low, high = fit.low // TOTAL_PER_POINT, fit.high // TOTAL_PER_POINT
    values = {"package": fit.work_package_id, "title": fit.package.title, "points": fit.points}
    return say("output.possible_at", low=low, high=high, **values)


def best_fits(view: PlanView, best: Best) -> Near:
    """Return the best possible pairs of everybody without a place, best first; asked for all at once."""
    packages, positions = view.pool.packages, view.pool.candidates.positions
    pairs = [
        (one.candidate_id, packages[int(place)].work_package_id)
        for one in sorted(view.plan.unplaced, key=_id)
        for place in best.packages[positions[one.candidate_id]]
        if place >= 0
    ]
    found: dict[str, list[Fit]] = {}
    for fit in view.scores.fits(pairs) if pairs else []:
        found.setdefault(fit.candidate_id, []).append(fit)
    return found


def _would_change(view: PlanView, one: Unplaced, near: Near, best: WorkPackage | None) -> tuple[Sentence, ...]:
    """Return what would give this person a place; when an agreement holds her, only its end or change does."""
    agreed = _AGREED.get(one.reason.key.removesuffix("_until"))
    if agreed is not None:
        return (say(f"output.ends.{agreed}"),)
    return _changes(view, near.get(one.candidate_id, ()), best)


def _changes(view: PlanView, near: Sequence[Fit], best: WorkPackage | None) -> tuple[Sentence, ...]:
    """Return what would give this person a place: one more place where she fits, or what near misses ask for."""
    if best is not None:
        return (say("output.one_more_place", package=best.work_package_id),)
    mended = ((fit, remedies(fit, view.role)) for fit in near[:MOST_NEARLY])
    changes = tuple(say("output.near", package=fit.work_package_id, change=mend[0]) for fit, mend in mended if mend)
    return changes or (say("output.nothing_near"),)


def near_misses(view: PlanView) -> Near:
    """Return for everybody without a single possible package the pairs that only conflicts with a remedy exclude.

    Fewest conflicts first, then most points. Asked for all of them at once, because a package then needs to be
    looked at once; at most `MOST_PAIRS` pairs are looked at.
    """
    best = view.scores.best(1).packages[:, 0]
    positions = view.pool.candidates.positions
    nobody = sorted(one.candidate_id for one in view.plan.unplaced if best[positions[one.candidate_id]] < 0)
    packages = sorted(view.pool.packages.ids)
    people = nobody[: MOST_PAIRS // max(1, len(packages))]
    found: dict[str, list[Fit]] = {}
    for fit in view.scores.fits([(person, package) for person in people for package in packages]):
        if fit.conflicts and all(conflict.remedy for conflict in fit.conflicts):
            found.setdefault(fit.candidate_id, []).append(fit)
    return {person: tuple(sorted(fits, key=_nearest)) for person, fits in found.items()}


def _nearest(fit: Fit) -> tuple[int, int, str]:
    return len(fit.conflicts), -fit.total, fit.work_package_id


def unfilled_sheet(view: PlanView) -> Sheet:
    """Return every package with places left: how many, who else could, and what to settle about the package."""
    chosen = (
        *columns("work_package", "work", "title", "employer", "municipality", "hours_asked"),
        Column(key="open_places", width=9, kind="whole"),
        Column(key="could", width=12, kind="whole"),
        Column(key="settle", width=50, kind="long"),
        Column(key="would_change", width=60, kind="long"),
    )
    taken = Counter(one.work_package_id for one in view.plan.proposals)
    packages = [view.pool.package(identity) for identity in sorted(view.pool.packages.ids)]
    rows = []
    for package in packages:
        left = package.places - taken[package.work_package_id]
        if left > 0:
            found = view.scores.shortlist(package.work_package_id, size=1)
            cells = _package(view, found) | {"open_places": left, "could": found.possible}
            rows.append(row({**package_cells(package), "work": work_lines(package, view.language), **cells}, chosen))
    return Sheet(
        key="unfilled", columns=chosen, rows=tuple(rows), notes=(say("output.unfilled_note").text(view.language),)
    )


def _package(view: PlanView, found: Shortlist) -> dict[str, Cell]:
    fits = [line.fit for line in found.lines] or list(found.nearly[:1])
    mend = [sentence for fit in found.nearly[:MOST_NEARLY] for sentence in remedies(fit, view.role)[:1]]
    return {
        "settle": listed(package_conditions(fits[0]), view.language) if fits else None,
        "would_change": None if found.possible else listed(mend, view.language),
    }
