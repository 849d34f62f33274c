"""How a package is filled in, stage by stage, from its blueprint: hours, level, time, people around it."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass, replace
from functools import cache

from matching.domain.choices import PlacementMethod
from matching.domain.education import steps_of_scales
from matching.domain.task_kind import task_kinds
from matching.domain.work_package import WorkPackage
from matching.synthetic.assumptions import assumed
from matching.synthetic.blueprints import Blueprint, Host
from matching.synthetic.presence import WEEKDAYS, first_of_month
from matching.synthetic.rolls import Roll
from matching.synthetic.sheets import field_of, sheet

LEVELS = {0: "primary", 1: "practical", 2: "mbo_2", 3: "mbo_3", 4: "mbo_4", 6: "bachelor", 7: "master"}
METHODS: dict[str, PlacementMethod] = {
    "individual": "individual",
    "riha": "individual",
    "collective": "collective",
    "supplier": "supplier",
    "other_employer": "other_employer",
}
HOURS = {
    "individual": ((16, 20, 24, 28, 32, 36), (10, 18, 32, 12, 22, 6)),
    "riha": ((20, 24, 28, 32, 36), (8, 30, 14, 32, 16)),
    "collective": ((24, 28, 32), (40, 20, 40)),
    "supplier": ((12, 16, 20, 24, 32), (12, 26, 26, 26, 10)),
    "other_employer": ((12, 16, 20, 24, 32), (12, 26, 26, 26, 10)),
}
PLACES = {
    "individual": ((1, 2), (88, 12)),
    "riha": ((1, 2), (95, 5)),
    "supplier": ((1, 2, 3), (60, 30, 10)),
    "other_employer": ((1, 2), (75, 25)),
}
DEVELOPMENT = ("training", "hours_growth", "scale_growth", "lasting_contract")
SCREENING_WEEKS = {"none": 0, "vog": 4, "security": 10}
CONTRACTS = ("Raamcontract facilitair, perceel {n}", "Raamcontract catering, perceel {n}", "Inkoopcontract {n}")
LICENCE_KINDS = frozenset({"green", "vehicles_maintenance", "post_logistics"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Draft:
    """What a package is made from: the chance of its row, its slot, blueprint and host, and the day of the world."""

    roll: Roll
    slot: str
    blueprint: Blueprint
    host: Host
    as_of: dt.date

    @property
    def hours(self) -> int:
        """The weekly hours of all tasks together."""
        values, weights = HOURS[self.slot]
        return self.roll.one("hours", values, weights)

    @property
    def least_hours(self) -> int:
        """The fewest weekly hours that do, 12 at least: then there is a job coach and the work counts."""
        return max(12, self.hours - 4 * self.roll.below("hours.room", 3))

    @property
    def guidance(self) -> int:
        """The weekly hours of guidance that there really are."""
        return 1 + self.roll.below("guidance.hours", 6)

    @property
    def scales(self) -> tuple[int, int]:
        """The salary scales: those of the blueprint, at least S8 for RIHA, often narrowed to two."""
        low, high = self.blueprint.scale_min, self.blueprint.scale_max
        low = max(low, 8) if self.slot == "riha" else low
        return low, max(low, high - self.roll.below("scale", 2))


def begun(draft: Draft, identity: str) -> WorkPackage:
    """Return the package with its name, place and kinds of work; tasks and offers come later."""
    blueprint, roll = draft.blueprint, draft.roll
    kinds = frozenset(task_kinds()[kind].work_kind for kind in blueprint.tasks)
    values, weights = PLACES.get(draft.slot, ((1,), (1,)))
    setting = blueprint.setting if "at_home" not in blueprint.setting else (*blueprint.setting, "on_site")
    return WorkPackage(
        work_package_id=identity,
        title=blueprint.title.format(employer=draft.host.phrase),
        employer=draft.host.name,
        method=METHODS[draft.slot],
        programme="riha" if draft.slot == "riha" else None,
        municipality=draft.host.municipality,
        places=roll.one("places", values, weights),
        work_kinds=roll.maybe("kinds", kinds, 60),
        setting=roll.maybe("setting", frozenset(setting), 180),
        development=roll.maybe("development", frozenset(roll.some("grow", DEVELOPMENT, roll.below("grows", 4))), 300),
    )


def with_hours(package: WorkPackage, draft: Draft) -> WorkPackage:
    """Return the package with hours, days and how much of that can move."""
    roll, hours = draft.roll, draft.hours
    days = min(5, math.ceil(hours / 8) + roll.below("days.more", 2))
    home = min(draft.blueprint.home_days, days - 1)
    fixed = frozenset(roll.some("days", WEEKDAYS, days)) if roll.hit("days.fixed", 350) else None
    return replace(
        package,
        hours_max=float(hours),
        hours_min=roll.maybe("hours_min", float(draft.least_hours), 40),
        hours_negotiable=roll.answer("negotiable", 420, 280),
        build_up_possible=roll.answer("build_up", 400, 150),
        days_per_week=roll.maybe("days_per_week", days, 120),
        days_required=fixed,
        days_at_home=roll.maybe("home", home, 150),
    )


def with_level(package: WorkPackage, draft: Draft) -> WorkPackage:
    """Return the package with scale, level, skills, languages and licence. Teams ask no diploma."""
    roll, blueprint = draft.roll, draft.blueprint
    low, high = draft.scales
    team = draft.slot == "collective"
    skills, essential, trainable = _skills(draft)
    return replace(
        package,
        scale_min=low,
        scale_max=high,
        level_min=None if team else roll.maybe("level", "bachelor" if draft.slot == "riha" else _level(low), 280),
        level_negotiable=None if team else roll.answer("level.negotiable", 420, 260),
        fields_asked=frozenset(map(field_of, blueprint.fields)) if roll.hit("field", 650) else frozenset(),
        skills_welcome=roll.maybe("skills", frozenset(skills - essential), 150),
        skills_essential=essential,
        skills_trainable=trainable,
        essential_reason=roll.one("reason", texts("essential")) if essential else None,
        languages_asked=_languages(draft),
        licence_asked=_licence(package, roll),
    )


def _skills(draft: Draft) -> tuple[frozenset[str], frozenset[str], frozenset[str] | None]:
    """Return all skills asked, the essential one (for a fifth of the packages) and what can be learned on the job."""
    roll, skills = draft.roll, draft.blueprint.skills
    essential = frozenset(skills[:1]) if draft.slot != "collective" and roll.hit("essential", 200) else frozenset()
    trainable = frozenset(roll.some("trainable", skills, roll.below("trainable.count", len(skills) + 1)))
    return frozenset(skills), essential, roll.maybe("trainable", trainable, 400)


def _languages(draft: Draft) -> tuple[tuple[str, int], ...] | None:
    low, roll = draft.scales[0], draft.roll
    dutch = ("nl", 2 if low <= 3 else 3 if low <= 8 else 4)
    english = (("en", 3),) if low >= 9 and roll.hit("english", 300) else ()
    return roll.maybe("languages", (dutch, *english), 300)


def _licence(package: WorkPackage, roll: Roll) -> frozenset[str] | None:
    drives = bool(LICENCE_KINDS & (package.work_kinds or frozenset())) and roll.hit("drives", 250)
    return roll.maybe("licence", frozenset({"B"} if drives else ()), 200)


def _level(scale: int) -> str:
    low, _ = steps_of_scales(scale, scale) or (0, 0)
    return LEVELS[low]


def with_time(package: WorkPackage, draft: Draft) -> WorkPackage:
    """Return the package with start, end, prospect and screening."""
    roll = draft.roll
    ahead = 2 + roll.one("start", range(9), (20, 16, 14, 12, 10, 9, 7, 6, 6))
    start = first_of_month(draft.as_of, ahead)
    months = roll.one("period", (0, 6, 12, 24), (26, 14, 46, 14))
    end = first_of_month(start, months) - dt.timedelta(days=1) if months else None
    screening = draft.blueprint.screening
    known = not roll.hit("start.unknown", 40)
    return replace(
        package,
        start_date=start if known else None,
        start_movable=roll.answer("movable", 450, 200),
        end_date=end if known else None,
        lasting_prospect=True if not months else roll.answer("prospect", 450, 250),
        screening=roll.maybe("screening", screening, 80),
        screening_weeks=SCREENING_WEEKS[screening] or None,
    )


def with_people(package: WorkPackage, draft: Draft) -> WorkPackage:
    """Return the package with its guidance and, for contracts of suppliers, the contract."""
    roll, supplier = draft.roll, draft.slot == "supplier"
    contract = roll.one("contract", CONTRACTS).format(n=1 + roll.below("contract.part", 6))
    return replace(
        package,
        guide_named=roll.answer("guide", 700, 90),
        guide_trained=roll.answer("trained", 430, 240),
        guidance_hours=roll.maybe("guidance", float(draft.guidance), 320),
        supplier=draft.host.name if supplier else None,
        contract=contract if supplier else None,
        social_return=roll.answer("social_return", 600, 150) if supplier else None,
        no_displacement=roll.answer("displacement", 790, 10),
    )


def with_team(package: WorkPackage, draft: Draft, leader: str, coach: str, *, first: bool) -> WorkPackage:
    """Return a collective package as a team: a running one with places to fill, or a new one of 10 to 15 places.

    Only the `first` team of a site may be running. `places` counts the places to fill; its members come beside them.
    """
    roll = draft.roll
    running = first and roll.hit("team.running", assumed("team.running"))
    members = 7 + roll.below("team.members", 5) if running else 0
    size = 10 + roll.below("team.size", 6)
    return replace(
        package,
        places=max(1, size - members),
        team_members=members,
        team_starters=roll.below("team.starters", 3) if running else 0,
        team_leader=roll.maybe("team.leader", leader, 150),
        job_coach=roll.maybe("team.coach", coach, 200),
    )


@cache
def texts(about: str) -> tuple[str, ...]:
    """Return the invented reasons of one kind."""
    return tuple(row["text"] for row in sheet("reasons") if row["about"] == about)
