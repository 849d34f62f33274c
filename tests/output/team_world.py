"""Forty people and the teams of two sites: two that are running and two to start, with their coaches."""

from __future__ import annotations

import dataclasses as dc
from pathlib import Path

import numpy as np

from matching.domain.candidate import Candidate
from matching.domain.work_package import Guide, Task, WorkPackage
from matching.intake.columns import cells_of
from matching.output.pool_files import write_tables

HAGUE, UTRECHT = "s-gravenhage", "utrecht"
KINDS = ("archive", "digitising", "catering", "cleaning")


def people(count: int = 40, seed: int = 1) -> list[Candidate]:
    """Return people near one of the two sites, each with wishes, some with hours of guidance that are known."""
    draw = np.random.default_rng(seed)
    found = []
    for number in range(count):
        wished = draw.permutation(4)[:2].tolist()
        person = Candidate(
            candidate_id=f"K-{number + 1:02d}",
            municipality=HAGUE if number % 2 else UTRECHT,
            max_travel_minutes=60,
            travel_modes=frozenset({"public_transport"}),
            hours_min=12.0,
            hours_max=24.0,
            wished_work_kinds=tuple((KINDS[kind], 1) for kind in wished),
            work_kinds_mastered=frozenset({KINDS[wished[0]]}),
            guidance_hours=float(draw.integers(1, 4)) if draw.random() < 0.7 else None,
            consent_to_present=True,
        )
        found.append(person)
    found[1] = dc.replace(found[1], not_together_with=frozenset({"K-04"}))
    return found


def teams() -> list[WorkPackage]:
    """Return four teams at two sites: one of 8 and one of 5 people that are running, and two to start."""
    return [
        _team("WP-A", HAGUE, "archive", "digitising", members=8, places=2, leader="TL-1", coach="JC-1"),
        _team("WP-B", HAGUE, "catering", "cleaning", members=0, places=12, leader="TL-2", coach="JC-1"),
        _team("WP-C", UTRECHT, "catering", "archive", members=5, places=4, leader="TL-3", coach="JC-2"),
        _team("WP-D", UTRECHT, "cleaning", "digitising", members=0, places=15, leader=None, coach="JC-2"),
    ]


def _team(name: str, site: str, *kinds: str, members: int, places: int, leader: str | None, coach: str) -> WorkPackage:
    return WorkPackage(
        work_package_id=name,
        title=f"Team {name[-1]}",
        employer="Binnenwerk",
        method="collective",
        municipality=site,
        places=places,
        days_at_home=0,
        days_per_week=3,
        hours_min=16.0,
        hours_max=24.0,
        work_kinds=frozenset(kinds),
        tasks=tuple(Task(name=kind, work_kind=kind, hours=10.0) for kind in kinds),
        team_members=members,
        team_starters=0,
        team_leader=leader,
        job_coach=coach,
        no_displacement=True,
    )


def guides() -> list[Guide]:
    """Return a coach for each site, and the leaders that are known."""
    coaches = [("JC-1", HAGUE, 24.0), ("JC-2", UTRECHT, 20.0)]
    found = [
        Guide(guide_id=name, role="coach", employer="Binnenwerk", municipality=site, hours_a_week=hours, max_teams=2)
        for name, site, hours in coaches
    ]
    return [*found, *(Guide(guide_id=f"TL-{n}", role="leader", max_teams=1) for n in (1, 2, 3))]


def written(folder: Path, candidates: list[Candidate], work: list[WorkPackage]) -> Path:
    """Write people, teams and guides as delimited files."""
    tables = {
        "candidates": [cells_of("candidates", person) for person in candidates],
        "work_packages": [cells_of("work_packages", package) for package in work],
        "tasks": [cells_of("tasks", task, owner=one.work_package_id) for one in work for task in one.tasks or ()],
        "guides": [cells_of("guides", guide) for guide in guides()],
    }
    write_tables(tables, folder)
    return folder
