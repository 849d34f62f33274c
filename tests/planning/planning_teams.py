"""Small pools with teams, and what a plan of one breaks, read from the plan as JSON alone."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace

import numpy as np
from planning_pools import AS_OF, OwnScores

from matching.domain.candidate import Candidate
from matching.domain.pool import Pool
from matching.domain.work_package import WorkPackage


def team_scores(totals, members, *, places=15, apart=(), people=None, packages=None, guides=(), agreements=()):
    """Return scores of collective packages W0.. with these members (None: unknown) and candidates K0..

    `apart` are pairs (who, whom) of rows; `people` and `packages` are more fields, per row.
    """
    totals = np.array(totals)
    work, count = totals.shape
    seats = [places] * work if isinstance(places, int) else places
    wishes: dict[int, set[str]] = {}
    for who, whom in apart:
        wishes.setdefault(who, set()).add(f"K{whom}")
    more = people or [{}] * count
    candidates = [
        Candidate(candidate_id=f"K{n}", not_together_with=frozenset(wishes[n]) if n in wishes else None, **more[n])
        for n in range(count)
    ]
    extra = packages or [{}] * work
    teams = [
        WorkPackage(
            **{"work_package_id": f"W{n}", "method": "collective", "team_members": members[n], "places": seats[n]}
            | {"employer": "E", "municipality": "utrecht"}
            | extra[n]
        )
        for n in range(work)
    ]
    pool = replace(Pool.of(candidates, teams, as_of=AS_OF, agreements=agreements), guides=tuple(guides))
    return OwnScores(pool, np.where(totals < 0, -1, totals * 1000))


def sizes(plan):
    """Return how many people a plan proposes for each package."""
    return Counter(p["work_package_id"] for p in json.loads(plan.to_json())["proposals"])


def broken_teams(plan, members, apart=()):
    """Return which teams of a plan have a size that no team has, and who is together without wanting it."""
    found, pairs = sizes(plan), set(plan.pairs)
    wrong = []
    for n, now in enumerate(members):
        size = found[f"W{n}"] + (now or 0)
        allowed = size <= max(15, now or 0) if now else size == 0 or 10 <= size <= 15
        wrong += [] if allowed else [(n, size)]
        wrong += [(n, a, b) for a, b in apart if {(f"K{a}", f"W{n}"), (f"K{b}", f"W{n}")} <= pairs]
    return wrong
