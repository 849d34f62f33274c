"""Teams: a new one has 10 to 15 people or none, a running one is never closed, and who stays apart stays apart."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from planning_models import best_of_cpsat, varied
from planning_pools import agreed, own_scores
from planning_problems import best_by_hand, lot_of, network
from planning_teams import broken_teams, sizes, team_scores

from matching.domain.work_package import Guide
from matching.errors import ConfigurationRefused
from matching.planning import Assignment, CoachHours, NotTogether, Pinned, Places, PlanImpossible, TeamSize
from matching.planning.certificate import certify, proven_ceiling, violations
from matching.planning.layout import Seats
from matching.planning.overall import with_pairs
from matching.planning.policy import load_policy
from matching.planning.prices import Prices, Split
from matching.planning.problem import Edges, Problem, SideRow
from matching.planning.reduction import shut, simplified
from matching.planning.scored import all_edges
from matching.planning.solve import Impossible, solve
from matching.planning.solvers.cpsat import solve_cpsat
from matching.planning.solvers.openings import solve_openings
from matching.planning.stopgap import filled, stopgap
from matching.planning.teams import teams_in


def points(teams, people, seed=1):
    return np.random.default_rng(seed).integers(100, 900, (teams, people))


def solved(scores, *limits):
    return Assignment(scores).with_limits(*limits).solve(seconds=20)


def test_a_new_team_with_nine_people_is_not_opened_and_one_with_ten_is():
    few, enough = (solved(team_scores(points(1, count), [0])) for count in (9, 10))
    assert (few.placed, enough.placed) == (0, 10)
    assert few.status == enough.status == "optimal"


def test_two_teams_that_nineteen_people_cannot_both_fill_become_one():
    plan = solved(team_scores(points(2, 19), [0, 0]))
    assert sorted(sizes(plan).values()) == [15] and plan.status == "optimal"


def test_twenty_people_make_two_teams_rather_than_one():
    plan = solved(team_scores(points(2, 20), [0, 0]))
    assert sorted(sizes(plan).values()) == [10, 10] and plan.status == "optimal"


def test_a_running_team_below_ten_gets_whoever_fits_and_is_never_closed():
    plan = solved(team_scores(points(1, 1), [8]))
    assert plan.placed == 1 and plan.status == "optimal"


def test_a_running_team_never_grows_above_fifteen():
    assert sizes(solved(team_scores(points(1, 20), [13]))) == {"W0": 2}
    assert solved(team_scores(points(1, 20), [15])).placed == 0


def test_unknown_members_count_as_none_where_the_team_has_room_for_ten_by_itself():
    assert solved(team_scores(points(1, 9), [None], places=12)).placed == 0
    assert solved(team_scores(points(1, 9), [None], places=4)).placed == 4


def test_what_is_no_team_keeps_every_size():
    scores = own_scores(points(2, 5), places=5)
    assert solved(scores).placed == 5
    assert not any("team" in sentence.text("nl") for sentence in Assignment(scores).asked)


def test_a_team_of_another_size_can_be_asked_in_python_and_in_a_policy(tmp_path):
    path = tmp_path / "own.toml"
    head = 'name = "own"\nversion = "1"\nstatus = "a test"\nbecause = "to see"\n'
    path.write_text(f'{head}[[limits.team_size]]\nleast = 4\nmost = 6\nbecause = "klein huis"\n', encoding="utf-8")
    scores = team_scores(points(1, 9), [0])
    assert sizes(solved(scores, TeamSize(least=4, most=6))) == {"W0": 6}
    plan = Assignment(scores).with_policy(load_policy(path)).solve()
    assert sizes(plan) == {"W0": 6} and len([s for s in plan.asked if "4" in s.text("nl")]) == 1


@pytest.mark.parametrize(("least", "most"), [(0, 15), (12, 10), (-1, 3)])
def test_sizes_that_no_team_has_are_refused(least, most):
    with pytest.raises(ConfigurationRefused):
        TeamSize(least=least, most=most)


def test_places_of_a_plan_never_overrule_the_most_of_a_team():
    assert sizes(solved(team_scores(points(1, 30), [9]), Places("W0", 20))) == {"W0": 6}
    assert sizes(solved(team_scores(points(1, 30), [0]), Places("W0", 20))) == {"W0": 15}


def test_a_pin_into_a_team_that_cannot_reach_ten_says_which_team_how_many_fit_and_what_is_missing():
    with pytest.raises(PlanImpossible) as refused:
        solved(team_scores(points(1, 7), [0]), Pinned("K0", "W0"))
    said = " ".join(sentence.text("en") for sentence in refused.value.conflict)
    assert "K0" in said and "W0" in said and "7 candidates fit" in said and "3 more are needed" in said
    assert refused.value.nearest is not None and refused.value.nearest.placed == 0


def test_a_pin_opens_a_team_that_can_reach_ten():
    table = points(2, 14)
    table[0] -= 90
    plan = solved(team_scores(table, [0, 0]), Pinned("K0", "W0"))
    assert sizes(plan) == {"W0": 14} and plan.status == "optimal"


def test_accepted_people_keep_a_team_open_that_cannot_reach_ten():
    scores = team_scores(points(1, 6), [0], agreements=[agreed("accepted", "K0", "W0")])
    plan = solved(scores)
    assert sizes(plan) == {"W0": 6} and plan.status == "optimal"


def test_accepted_people_bring_a_team_to_ten_where_that_is_possible():
    scores = team_scores([[100] * 12, [900] * 12], [0, 9], agreements=[agreed("accepted", "K0", "W0")])
    plan = solved(scores)
    assert plan.placed == 12 and broken_teams(plan, [0, 9]) == []


def test_who_does_not_want_to_be_together_is_not_in_one_team():
    table = [[900, 900] + [800] * 9 + [10], [5] * 12]
    plan = solved(team_scores(table, [0, 8], places=[11, 1], apart=[(1, 0)]))
    assert plan.placed == 12 and not broken_teams(plan, [0, 8], [(0, 1)])
    assert solved(team_scores(table, [0, 8], places=[11, 1])).points > plan.points


def test_two_people_whom_somebody_pinned_together_stay_together():
    pins = Pinned("K0", "W0"), Pinned("K1", "W0")
    plan = solved(team_scores(points(1, 11), [0], apart=[(1, 0)]), *pins)
    assert sizes(plan) == {"W0": 11}


def test_the_wish_to_be_apart_says_itself_once():
    scores = team_scores(points(1, 11), [0], apart=[(1, 0)])
    asked = [sentence.key for sentence in Assignment(scores).with_limits(NotTogether()).asked]
    assert asked.count("teams.not_together") == 1 and asked.count("teams.size") == 1


def test_a_shortage_of_coach_hours_is_named_and_costs_nobody_a_place():
    coach = Guide(guide_id="JC-1", role="coach", hours_a_week=12.0)
    people = [{"guidance_hours": 2.0}] * 10
    scores = team_scores(points(1, 10), [0], people=people, packages=[{"job_coach": "JC-1"}], guides=[coach])
    plan = Assignment(scores).with_wishes(CoachHours()).solve()
    assert plan.placed == 10 and [(s.units, s.price) for s in plan.shortfalls] == [(80, 100)]
    assert "JC-1" in plan.shortfalls[0].sentence.text("nl")


def test_the_standing_of_a_team_follows_from_members_and_places():
    pool = team_scores(points(4, 1), [3, 0, None, None], places=[2, 2, 10, 9]).pool
    assert [team.standing for team in teams_in(pool)] == ["running", "new", "new", "unclear"]


def teams(seed, people=7, packages=3):
    """Return a random network in which some packages are open with enough people or empty."""
    draw, problem = np.random.default_rng(seed), network(seed, people, packages)
    rows = []
    for package in range(problem.packages):
        mine = np.flatnonzero(problem.edges.package == package)
        low = int(draw.integers(2, 4))
        ones = np.ones(len(mine), np.int64)
        side = SideRow(key=package, edges=mine, weights=ones, low=low, high=low + 1, or_nothing=True, seldom=True)
        rows += [side] if draw.random() < 0.8 else []
    return type(problem)(
        **{name: getattr(problem, name) for name in ("edges", "places", "max_places", "least_places", "stages")},
        **{name: getattr(problem, name) for name in ("pins", "forbidden")},
        rows=tuple(rows),
    )


def test_every_small_plan_with_teams_is_as_good_as_every_plan_tried_by_hand():
    for seed in range(40):
        problem = teams(seed, 5, 3)
        if len(problem.edges) > 12:
            continue
        try:
            found = solve(problem, seconds=10, lot=lot_of(problem)).certificate
        except Impossible:
            assert best_by_hand(problem) is None, seed
            continue
        assert found.values == best_by_hand(problem) and found.status == "optimal", seed


def test_a_stopgap_opens_a_team_whole_or_not_at_all():
    opened = 0
    for seed in range(150):
        problem = teams(seed)
        if stopgap(problem) is None:
            continue
        chosen = filled(problem)
        assert not violations(problem, chosen)
        opened += any(row.or_nothing and row.load(chosen, len(problem.edges)) for row in problem.rows)
    assert opened > 20


@pytest.mark.parametrize(
    "wrong",
    [{"low": None}, {"low": 0}, {"low": 5, "high": 4}, {"price": 3}, {"weights": [1, -1]}],
    ids=["no floor", "floor 0", "floor above ceiling", "a wish", "a weight below 0"],
)
def test_a_row_that_cannot_be_empty_is_refused(wrong):
    usual = {"key": 0, "edges": [0, 1], "weights": [1, 1], "low": 2, "high": 3, "or_nothing": True}
    with pytest.raises(ValueError, match="may be empty"):
        SideRow(**(usual | wrong))


def test_an_exact_solver_calls_no_possible_question_with_teams_impossible():
    answer = solve_cpsat(simplified(varied(10826)), seconds=10)
    assert answer.claim == "optimal" and answer.bounds == (1_072_000.0,)


def test_a_team_that_nobody_can_fill_leaves_the_rest_a_network_that_one_exact_solver_proves():
    table = points(2, 14)
    table[0, 9:] = -1
    found = solve_layout(team_scores(table, [0, 9]))
    assert (found.solver, found.certificate.status) == ("flow", "optimal")


def solve_layout(scores):
    """Return the judged answer to the question of these scores."""
    seats = Seats(Assignment(scores).draft(), 0)
    return solve(with_pairs(scores, seats, all_edges(scores)).problem, seconds=10)


def test_the_search_over_open_teams_equals_two_other_solvers_and_its_tree_is_a_proof():
    trees = 0
    for seed in range(60):
        problem = crowded(seed)
        found, other = solve_openings(problem, lot_of(problem), seconds=10), best_of_cpsat(problem)
        if other is None:
            assert found.claim == "infeasible", seed
            continue
        certificate = certify(problem, found)
        assert (certificate.values, certificate.status) == (other, "optimal"), seed
        trees += len(found.trees)
    assert trees > 5


def crowded(seed):
    """Return a network in which a few people fill some of four packages, each with three, four or nobody."""
    draw = np.random.default_rng(seed)
    who, what = np.nonzero(draw.random((int(draw.integers(4, 13)), 4)) < 0.7)
    edges = Edges.ordered(who, what, draw.integers(0, 20, len(who)))
    rows = tuple(
        SideRow(key=p, edges=mine, weights=np.ones(len(mine), int), low=3, high=4, or_nothing=True)
        for p in range(4)
        if len(mine := np.flatnonzero(edges.package == p))
    )
    people = int(edges.candidate.max()) + 1
    for mine in (np.flatnonzero(edges.package == p) for p in range(4) if draw.random() < 0.5):
        two = draw.permutation(mine)[:2]
        rows += (SideRow(key=0, edges=two, weights=np.ones(2, int), high=1),) if len(two) == 2 else ()
    pins = draw.integers(0, len(edges), 1) if draw.random() < 0.3 else np.zeros(0, int)
    question = Problem(edges=edges, places=np.full(4, 5), max_places=np.ones(people, int), pins=pins, rows=rows)
    return shut(question)


@given(seed=st.integers(0, 300), drawn=st.lists(st.integers(-30, 30), min_size=24, max_size=24))
@settings(max_examples=60, deadline=None)
def test_a_ceiling_over_open_and_shut_teams_holds_for_any_prices(seed, drawn):
    problem = teams(seed, 4, 3)
    if not problem.rows:
        return
    count, half = problem.candidates + problem.packages + len(problem.rows), iter(np.array_split(drawn, 2))
    split = Split(row=0, chosen=priced(problem, next(half), count), left=priced(problem, next(half), count))
    best, ceiling = best_by_hand(problem), proven_ceiling(problem, (0,) * len(problem.stages), 0, split)
    assert best is None or ceiling is None or ceiling >= best[0]


def priced(problem, drawn, count):
    """Return prices of the first stage from drawn numbers."""
    values = np.resize(np.array(drawn, np.int64), count)
    people, end = problem.candidates, problem.candidates + problem.packages
    return Prices(multipliers=(1,), candidate=values[:people], package=values[people:end], rows=values[end:])


def test_a_row_that_has_to_be_filled_cannot_be_split():
    problem = teams(3, 4, 3)
    prices = priced(problem, [1], problem.candidates + problem.packages + len(problem.rows))
    whole = replace(problem, rows=tuple(replace(row, or_nothing=False) for row in problem.rows))
    with pytest.raises(ValueError, match="may be empty"):
        proven_ceiling(whole, (0,) * len(whole.stages), 0, Split(row=0, chosen=prices, left=prices))
