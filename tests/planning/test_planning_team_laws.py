"""Law 10 for teams: no new team of 1 to 9 or above 15, no running team above 15, nobody together against a wish."""

from dataclasses import replace

import numpy as np
import pytest
from planning_pools import agreed
from planning_teams import broken_teams, sizes, team_scores

from matching.planning import Assignment, AtMost, KeepPrevious, Pinned, PlanImpossible, TeamSize, Vetoed


def world(seed):
    """Return scores of a random team pool, what is asked beside it, the members, and who stays apart."""
    draw = np.random.default_rng(seed)
    teams, people = int(draw.integers(1, 4)), int(draw.integers(5, 37))
    table = np.where(draw.random((teams, people)) < draw.uniform(0, 0.6), -1, draw.integers(0, 900, (teams, people)))
    known = [0, 0, int(draw.integers(1, 16)), None]
    members = [known[int(draw.integers(0, 4))] for _ in range(teams)]
    places = [int(draw.integers(10, 19)) if not now else int(draw.integers(1, 9)) for now in members]
    apart = [tuple(draw.choice(people, 2, replace=False).tolist()) for _ in range(int(draw.integers(0, 5)))]
    pairs = [(int(draw.integers(people)), int(draw.integers(teams))) for _ in range(4)]
    held = [agreed("accepted", f"K{c}", f"W{p}") for c, p in pairs[:1] if draw.random() < 0.2]
    asked = [Pinned(f"K{c}", f"W{p}") for c, p in pairs[1:2] if draw.random() < 0.3]
    asked += [Vetoed(f"K{c}", f"W{p}") for c, p in pairs[2:3] if draw.random() < 0.3]
    asked += [AtMost(most=25, per="employer", because="ruimte")] if draw.random() < 0.2 else []
    return team_scores(table, members, places=places, apart=apart, agreements=held), asked, members, apart


def wrong(seeds, seconds=6.0):
    """Return what plans of these seeds break, and how many of their plans opened a team or closed one."""
    found, opened, closed = [], 0, 0
    for seed in seeds:
        scores, asked, members, apart = world(seed)
        try:
            plan = Assignment(scores).with_limits(*asked).solve(seconds=seconds)
        except PlanImpossible as refused:
            found += [] if refused.conflict and refused.nearest is not None else [(seed, "no reason")]
            plan = refused.nearest
        held = {(a.candidate_id, a.work_package_id) for a in scores.pool.agreements}
        fixed = held | {(one.candidate, one.package) for one in asked if isinstance(one, Pinned)}
        apart = [(a, b) for a, b in apart if not all(any((f"K{x}", w) in fixed for _, w in fixed) for x in (a, b))]
        begun = {w for _, w in held}
        found += [(seed, one) for one in broken_teams(plan, members, apart) if f"W{one[0]}" not in begun]
        found += [] if held <= set(plan.pairs) else [(seed, "accepted")]
        new = [n for n, now in enumerate(members) if not now]
        opened += sum(bool(sizes(plan)[f"W{n}"]) for n in new)
        closed += sum(not sizes(plan)[f"W{n}"] for n in new)
    return found, opened, closed


def test_no_plan_of_a_random_team_pool_has_a_team_of_a_size_that_no_team_has():
    found, opened, closed = wrong(range(25))
    assert found == [] and opened > 5 and closed > 5


@pytest.mark.soak
@pytest.mark.parametrize("first", range(0, 1_000, 100))
def test_1_000_plans_of_random_team_pools_have_no_team_of_another_size(first):
    found, opened, closed = wrong(range(first, first + 100))
    assert found == [] and opened > 20 and closed > 20


def test_no_plan_out_of_time_has_a_team_of_a_size_that_no_team_has():
    found, opened, _ = wrong(range(100, 125), seconds=0.0)
    assert found == [] and opened > 5


def test_a_limit_that_is_left_out_is_seen_by_this_law():
    scores = team_scores([[500] * 7, [400] * 7], [0, 0])
    plan = Assignment(scores).with_limits(TeamSize(least=1, most=15)).solve()
    assert broken_teams(plan, [0, 0])


def test_the_same_question_gives_the_same_teams_whatever_the_order_of_rows():
    scores, asked, _, _ = world(12)
    first = Assignment(scores).with_limits(*asked).solve()
    order = np.random.default_rng(0).permutation(len(scores.pool.candidates))
    people = [scores.pool.candidates[int(row)] for row in order]
    work = [scores.pool.packages[row] for row in range(len(scores.pool.packages))]
    turned = type(scores.pool).of(people, work, as_of=scores.pool.as_of, agreements=scores.pool.agreements)
    again = Assignment(replace(scores, pool=turned, totals=scores.totals[:, order])).with_limits(*asked).solve()
    assert first.pairs == again.pairs


def test_unchanged_input_with_the_wish_to_keep_moves_nobody():
    scores, asked, _, _ = world(12)
    first = Assignment(scores).with_limits(*asked).solve()
    again = Assignment(scores).with_limits(*asked).with_wishes(KeepPrevious.of(first.pairs)).solve()
    assert again.pairs == first.pairs
