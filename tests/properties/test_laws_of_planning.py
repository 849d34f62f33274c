"""Laws 10 to 18: what holds for every plan, whatever the pool."""

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent.parent / "planning"))
from planning_pools import own_scores
from planning_problems import constrained, lot_of, network

from matching.planning import Assignment, KeepPrevious
from matching.planning.certificate import violations
from matching.planning.layout import Seats
from matching.planning.overall import solve_over_all
from matching.planning.problem import Edges, Problem, Stage
from matching.planning.solve import Impossible, solve
from matching.planning.solvers.flow import solve_flow

SEEDS = st.integers(0, 100_000)


def plan_of(problem, seconds=20):
    try:
        return solve(problem, seconds=seconds, lot=lot_of(problem))
    except Impossible:
        return None


def points(seed, packages=6, people=9):
    draw = np.random.default_rng(seed)
    table = draw.integers(0, 12, (packages, people)) * 50
    return np.where(draw.random((packages, people)) < 0.3, -1, table)


@given(seed=SEEDS)
@settings(max_examples=40, deadline=None)
def test_law_10_no_limit_is_ever_broken(seed):
    for make in (network, constrained):
        problem = make(seed)
        found = plan_of(problem)
        assert found is None or violations(problem, found.chosen) == []


@pytest.mark.soak
def test_law_10_no_limit_is_broken_in_10_000_plans():
    for seed in range(10_000):
        problem = (network, constrained)[seed % 2](seed)
        found = plan_of(problem)
        assert found is None or violations(problem, found.chosen) == [], seed


@given(seed=SEEDS)
@settings(max_examples=40, deadline=None)
def test_law_11_a_bound_is_never_below_the_plan_and_the_gap_follows_from_it(seed):
    found = plan_of(constrained(seed))
    if found is not None:
        certificate = found.certificate
        for number, (value, ceiling) in enumerate(zip(certificate.values, certificate.bounds, strict=True)):
            assert ceiling is None or ceiling >= value
            assert certificate.gap(number) is None or certificate.gap(number) >= 0


@given(seed=SEEDS)
@settings(max_examples=30, deadline=None)
def test_law_12_more_room_and_fewer_vetoes_never_lower_the_optimum(seed):
    draw = np.random.default_rng(seed)
    problem = network(seed)
    roomier = Problem(
        edges=problem.edges,
        places=problem.places + draw.integers(0, 2, problem.packages),
        max_places=problem.max_places,
        least_places=problem.least_places,
        pins=problem.pins,
        stages=problem.stages,
    )
    found, better = plan_of(problem), plan_of(roomier)
    assert found is None or better.certificate.values >= found.certificate.values


def in_other_order(table, order_of_people, order_of_packages):
    scores = own_scores(table)
    pool = scores.pool
    people = pool.candidates.take(np.array(order_of_people))
    work = pool.packages.take(np.array(order_of_packages))
    turned = type(pool)(people, work, pool.as_of)
    return type(scores)(turned, scores.totals[np.ix_(order_of_packages, order_of_people)])


def plans_in_any_order(seed, times):
    table, draw = points(seed), np.random.default_rng(seed)
    orders = [(draw.permutation(9), draw.permutation(6)) for _ in range(times)]
    return {Assignment(in_other_order(table, a, b)).solve(seed=3).to_json() for a, b in orders}


@pytest.mark.parametrize("seed", range(4))
def test_law_13_row_order_changes_nothing(seed):
    assert len(plans_in_any_order(seed, 8)) == 1


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(20))
def test_law_13_100_row_orders_of_20_pools_give_one_plan_each(seed):
    assert len(plans_in_any_order(seed, 100)) == 1


def plans_in_environments(environments):
    here = Path(__file__).parent.parent
    program = (
        "import sys; sys.path[:0] = [sys.argv[1], sys.argv[2]]\n"
        "from test_laws_of_planning import points\n"
        "from planning_pools import own_scores\n"
        "from matching.planning import Assignment\n"
        "import hashlib\n"
        "print(hashlib.sha256(Assignment(own_scores(points(5))).solve(seed=3).to_json().encode()).hexdigest())\n"
    )
    command = [sys.executable, "-c", program, str(here / "properties"), str(here / "planning")]
    runs = [
        subprocess.run(command, env={**os.environ, **e}, cwd=here.parent, capture_output=True, text=True, check=True)
        for e in environments
    ]
    return {run.stdout for run in runs}


def test_law_13_hash_seed_locale_and_time_zone_change_nothing():
    odd = {"PYTHONHASHSEED": "1", "LC_ALL": "tr_TR.UTF-8", "TZ": "Pacific/Apia", "OMP_NUM_THREADS": "2"}
    assert len(plans_in_environments([{"PYTHONHASHSEED": "0", "TZ": "UTC"}, odd])) == 1


@pytest.mark.soak
def test_law_13_24_environments_give_one_plan():
    environments = [
        {"PYTHONHASHSEED": seed, "LC_ALL": locale, "TZ": zone, "OMP_NUM_THREADS": threads}
        for seed in ("0", "1", "777")
        for locale in ("C", "tr_TR.UTF-8")
        for zone in ("UTC", "Pacific/Apia")
        for threads in ("1", "2")
    ]
    assert len(environments) == 24 and len(plans_in_environments(environments)) == 1


def winners(seeds):
    scores = own_scores([[500, 500, 500, 500]])
    return Counter(Assignment(scores).solve(seed=seed).proposals[0].candidate_id for seed in range(seeds))


def test_law_13_a_tie_goes_to_everybody_equally_often():
    won = winners(200)
    expected = 200 / 4
    assert sum((won[f"K{n}"] - expected) ** 2 / expected for n in range(4)) < 16.3  # chi-square, 3 degrees, 0.1 %


@pytest.mark.soak
def test_law_13_a_tie_goes_to_everybody_equally_often_over_2_000_seeds():
    won = winners(2000)
    expected = 2000 / 4
    assert sum((won[f"K{n}"] - expected) ** 2 / expected for n in range(4)) < 16.3


@given(seed=SEEDS)
@settings(max_examples=15, deadline=None)
def test_law_14_unchanged_input_gives_the_identical_plan(seed):
    scores = own_scores(points(seed))
    first = Assignment(scores).solve()
    assert Assignment(scores).solve().to_json() == first.to_json()
    assert Assignment(scores).with_wishes(KeepPrevious(first.pairs)).solve().pairs == first.pairs


@given(seed=SEEDS, budget=st.integers(0, 4))
@settings(max_examples=20, deadline=None)
def test_law_14_changes_stay_within_the_declared_number(seed, budget):
    before = Assignment(own_scores(points(seed))).solve()
    later = own_scores(np.where(points(seed) < 0, -1, points(seed + 1) + 1))
    plan = Assignment(later).with_wishes(KeepPrevious(before.pairs, budget=budget)).solve()
    assert len(set(before.pairs) - set(plan.pairs)) <= budget


@given(seed=SEEDS)
@settings(max_examples=20, deadline=None)
def test_law_15_no_place_stays_free_beside_somebody_who_could_have_it_and_no_swap_helps(seed):
    table = points(seed)
    plan = Assignment(own_scores(table)).solve()
    at = {int(c[1:]): int(p[1:]) for c, p in plan.pairs}
    free_people, free_work = set(range(9)) - set(at), set(range(6)) - set(at.values())
    assert all(table[p, c] < 0 for c in free_people for p in free_work)
    for one, two in ((a, b) for a in at for b in at if a < b):
        now, swapped = table[at[one], one] + table[at[two], two], (table[at[two], one], table[at[one], two])
        assert min(swapped) < 0 or sum(swapped) <= now
    for person in free_people:
        assert all(table[p, person] <= table[p, c] for c, p in at.items())


@given(seed=SEEDS)
@settings(max_examples=15, deadline=None)
def test_law_17_a_plan_that_ran_out_of_time_breaks_nothing_and_says_so(seed):
    problem = constrained(seed)
    try:
        found = solve(problem, seconds=0.001)
    except Exception as stopped:
        assert type(stopped).__name__ in ("Impossible", "SolverFailed")
        return
    assert violations(problem, found.chosen) == []
    best = plan_of(problem)
    assert found.certificate.status != "optimal" or found.certificate.values == best.certificate.values


@given(seed=SEEDS)
@settings(max_examples=20, deadline=None)
def test_a_plan_from_the_best_pairs_and_prices_equals_the_plan_over_all_pairs(seed):
    scores = own_scores(points(seed, 12, 20))
    whole = Assignment(scores).solve(seed=4)
    found = solve_over_all(scores, Seats(Assignment(scores).draft(), 4), seconds=30, first_best=1)
    ids = scores.pool.candidates.ids, scores.pool.packages.ids
    chosen = found.solved.chosen
    layout = found.layout
    pairs = {(ids[0][c], ids[1][p]) for c, p in zip(layout.candidate[chosen], layout.package[chosen], strict=True)}
    assert found.over_all_pairs and pairs == set(whole.pairs)


def test_the_lot_never_costs_a_point():
    edges = Edges.ordered([0, 1], [0, 0], [5, 4])
    problem = Problem(edges=edges, places=np.ones(1, int), max_places=np.ones(2, int))
    lot = Stage(name="lot", weights=np.array([0, 2**40]))
    assert solve_flow(problem.with_stages((*problem.stages, lot))).chosen.tolist() == [0]
