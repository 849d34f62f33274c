"""The work of the synthetic world: packages as files show them, and what is really so behind them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field, replace

import numpy as np

from matching.domain.arrangement import arrangements
from matching.domain.work_package import Guide, WorkPackage
from matching.synthetic.blueprints import blueprints, slots
from matching.synthetic.dice import Dice, Whole
from matching.synthetic.drafts import Draft, begun, with_hours, with_level, with_people, with_team, with_time
from matching.synthetic.hosts import host
from matching.synthetic.places import Building, Small, building, offers, slow_weeks, true_weeks
from matching.synthetic.rolls import Roll, Rolls
from matching.synthetic.tasks import TrueTask, true_tasks

WITH_LOCATION = 620
"""Packages (per mille) whose building is described in the sheet of locations."""


@dataclass(frozen=True, kw_only=True)
class TrueWork:
    """What is really so at one package: tasks, place, guidance in hours, quality (-3..3) of guidance and culture.

    `weeks` are the true weeks of every arrangement (0 present, -1 not possible), `hours` the fewest that do.
    """

    tasks: tuple[TrueTask, ...]
    building: Building
    weeks: Small
    quality: int
    guidance: int
    hours: int


@dataclass(frozen=True, kw_only=True)
class Work:
    """All packages with their guides, and the truth of each package."""

    packages: tuple[WorkPackage, ...]
    guides: tuple[Guide, ...]
    truths: tuple[TrueWork, ...]


@dataclass(frozen=True, kw_only=True)
class Site:
    """The draws behind all packages and the buildings met so far, by employer and municipality."""

    rolls: Rolls
    places: Rolls
    quality: Whole
    weeks: Small
    slow: Small
    as_of: dt.date
    known: dict[tuple[str, str, bool], int] = field(default_factory=dict)

    def building(self, draft: Draft) -> tuple[str, Roll, Building]:
        """Return the id, chance and truth of the building of this employer in this town."""
        outdoors = "outdoors" in draft.blueprint.setting
        key = (draft.host.name, draft.host.municipality, outdoors)
        number = self.known.setdefault(key, len(self.known))
        roll = self.places.row(number)
        return f"LOC-{number + 1:03d}", roll, building(roll, outdoors=outdoors)


def work(dice: Dice, size: int, as_of: dt.date, told: Callable[[int], None]) -> Work:
    """Return `size` packages; `told` hears how many are ready. A bigger world begins with the same packages."""
    site = Site(
        rolls=Rolls(dice, "package", size),
        places=Rolls(dice, "place", size),
        quality=dice.steps("package.quality", size),
        weeks=true_weeks(dice, size),
        slow=slow_weeks(dice, size),
        as_of=as_of,
    )
    packages: list[WorkPackage] = []
    truths: list[TrueWork] = []
    guides: list[Guide] = []
    teams = 0
    for row, slot in enumerate(slot_of_each(dice, size)):
        package, truth = _package(site, row, slot, teams)
        if slot == "collective":
            guides.extend(_guides(site.rolls.row(row), package, teams))
            teams += 1
        packages.append(package)
        truths.append(truth)
        told(row + 1)
    return Work(packages=tuple(packages), guides=tuple(guides), truths=tuple(truths))


def slot_of_each(dice: Dice, size: int) -> list[str]:
    """Return the slot of each package: every fifty packages hold the exact proportions, in a lot-drawn order."""
    block = slots()
    found: list[str] = []
    for start in range(0, size, len(block)):
        found.extend(block[place] for place in dice.order(f"slots.{start}", len(block)))
    return found[:size]


def _package(site: Site, row: int, slot: str, team: int) -> tuple[WorkPackage, TrueWork]:
    roll = site.rolls.row(row)
    drawn = roll.one("blueprint", blueprints(), [blueprint.weight(slot) for blueprint in blueprints()])
    draft = Draft(roll=roll, slot=slot, blueprint=drawn, host=host(roll, slot, drawn, team), as_of=site.as_of)
    package = begun(draft, f"WP-{row + 1:04d}")
    package = with_time(with_level(with_hours(package, draft), draft), draft)
    package = with_people(package, draft)
    if slot == "collective":
        package = with_team(package, draft, *guide_ids(team), first=team % 2 == 0)
    return _placed(site, package, draft)


def _placed(site: Site, package: WorkPackage, draft: Draft) -> tuple[WorkPackage, TrueWork]:
    """Return the package with tasks, location and offers, beside the truth."""
    roll, row = draft.roll, draft.roll.number
    tasks = true_tasks(roll, draft.blueprint.tasks, draft.hours)
    identity, place_roll, place = site.building(draft)
    described = place_roll.hit("described", WITH_LOCATION)
    asked = {demand for task in tasks for demand, _ in task.demands} | {demand for demand, _ in place.place_demands}
    shared = place.present if described else frozenset[str]()
    weeks = np.where([key in place.present for key in arrangements()], 0, site.weeks[row]).astype(np.int8)
    filled = replace(
        package,
        location=place.shown(identity, package.municipality or "", place_roll) if described else None,
        tasks=tuple(task.shown(roll) for task in tasks),
        offers=offers(roll, weeks, frozenset(asked), shared),
    )
    truth = TrueWork(
        tasks=tasks,
        building=place,
        weeks=np.where(weeks > 0, weeks + site.slow[row], weeks),
        quality=int(site.quality[row]),
        guidance=draft.guidance,
        hours=draft.least_hours,
    )
    return filled, truth


def guide_ids(team: int) -> tuple[str, str]:
    """Return the ids of leader and coach of a team; the two teams of one site share their coach."""
    return f"TL-{team + 1:03d}", f"JC-{team // 2 + 1:03d}"


def _guides(roll: Roll, package: WorkPackage, team: int) -> list[Guide]:
    leader, coach = guide_ids(team)
    place, hours = package.municipality, roll.one("coach.hours", (24.0, 28.0, 32.0, 36.0))
    found = [
        Guide(guide_id=leader, role="leader", employer="Binnenwerk", municipality=place, hours_a_week=36.0, max_teams=1)
    ]
    if team % 2 == 0:
        found.append(
            Guide(
                guide_id=coach, role="coach", employer="Binnenwerk", municipality=place, hours_a_week=hours, max_teams=2
            )
        )
    return found
