"""Law 11: random questions with every kind of row equal two solvers of our own, and every plan tried one by one."""

from collections import Counter
from itertools import combinations

import pytest
from planning_models import KINDS, best_of_cpsat, best_of_pulp, kinds_in, varied
from planning_problems import best_by_hand, lot_of

from matching.planning.certificate import violations
from matching.planning.solve import Impossible, solve


def solved(problem):
    """Return values, bounds and status; no values when no plan keeps the limits."""
    try:
        found = solve(problem, seconds=20, lot=lot_of(problem)).certificate
    except Impossible:
        return None, None, "impossible"
    return found.values, found.bounds, found.status


def disagreements(seeds):
    wrong, seen = [], Counter()
    for seed in seeds:
        problem = varied(seed)
        seen += kinds_in(problem)
        values, bounds, status = solved(problem)
        proven = status == "impossible" or (status == "optimal" and values == bounds)
        if not proven or [best_of_cpsat(problem), best_of_pulp(problem)] != [values, values]:
            wrong.append((seed, status, values))
    return wrong, seen


def test_plans_equal_two_other_solvers_and_are_proven_with_every_kind_of_row():
    wrong, seen = disagreements(range(60))
    assert wrong == [] and all(seen[kind] >= 5 for kind in KINDS), seen


@pytest.mark.soak
@pytest.mark.parametrize("first", range(10_000, 15_000, 500))
def test_5_000_plans_equal_two_other_solvers_and_are_proven(first):
    wrong, seen = disagreements(range(first, first + 500))
    assert wrong == [] and all(seen[kind] >= 50 for kind in KINDS), seen


def best_by_states(problem):
    """Return the best values over all plans: person by person, every set of packages, merged where the same is left.

    The state is what limits and rows look at: places and hours used, loads of the rows, and the sums of the goals.
    """
    edges, rows = problem.edges, problem.rows
    weights = [dict(zip(r.edges.tolist(), r.weights.tolist(), strict=True)) for r in rows]
    states = {((0,) * problem.packages, (0,) * problem.packages, (0,) * len(rows)): {(0,) * len(problem.stages)}}
    for person in range(problem.candidates):
        mine = [e for e in range(len(edges)) if edges.candidate[e] == person]
        after = {}
        for state, sums in states.items():
            for chosen in _choices(problem, person, mine):
                new = _after(problem, state, chosen, weights)
                if new is not None:
                    gained = [int(s.weights[list(chosen)].sum()) for s in problem.stages]
                    more = {tuple(a + b for a, b in zip(total, gained, strict=True)) for total in sums}
                    after[new] = {max(after.get(new, set()) | more)}
        states = after
    worth = [_with_fines(problem, loads, max(sums)) for (_, _, loads), sums in states.items()]
    return max((w for w in worth if w is not None), default=None)


def _choices(problem, person, mine):
    barred = {frozenset(pair) for pair in problem.exclusive.tolist() if pair[0] != pair[1]}
    pins, forbidden = set(problem.pins.tolist()), set(problem.forbidden.tolist())
    for size in range(int(problem.least_places[person]), int(problem.max_places[person]) + 1):
        for chosen in combinations(mine, size):
            there = {int(problem.edges.package[e]) for e in chosen}
            clash = any(pair <= there for pair in barred)
            if not clash and not forbidden & set(chosen) and pins & set(mine) <= set(chosen):
                yield chosen


def _after(problem, state, chosen, weights):
    places, hours, loads = (list(part) for part in state)
    for e in chosen:
        package = int(problem.edges.package[e])
        places[package] += 1
        hours[package] += int(problem.hours[e]) * (int(problem.budgets[package]) >= 0)
        budget = int(problem.budgets[package])
        if places[package] > int(problem.places[package]) or (budget >= 0 and hours[package] > budget):
            return None
        loads = [load + weight.get(e, 0) for load, weight in zip(loads, weights, strict=True)]
    return tuple(places), tuple(hours), tuple(loads)


def _with_fines(problem, loads, sums):
    fine = 0
    for row, load in zip(problem.rows, loads, strict=True):
        low, high = (load if b is None else b for b in (row.low, row.high))
        short = 0 if row.or_nothing and not load else max(low - load, 0) + max(load - high, 0)
        if short and row.price is None:
            return None
        fine += short * (row.price or 0)
    return tuple(total - fine * s.counts_shortfalls for total, s in zip(sums, problem.stages, strict=True))


def wrong_by_states(seeds):
    return [seed for seed in seeds if solved(p := varied(seed, 8, 5))[0] != best_by_states(p)]


def test_merging_equal_states_gives_what_every_plan_tried_by_hand_gives():
    small = [p for seed in range(60) if len((p := varied(seed, 4, 3)).edges) <= 9]
    assert len(small) > 40 and all(best_by_states(p) == best_by_hand(p) for p in small)


def test_plans_of_eight_people_and_five_packages_equal_every_plan():
    assert wrong_by_states(range(12)) == []


@pytest.mark.soak
@pytest.mark.parametrize("first", range(20_000, 22_000, 500))
def test_2_000_plans_of_eight_people_and_five_packages_equal_every_plan(first):
    assert wrong_by_states(range(first, first + 500)) == []


def test_the_judge_and_the_states_agree_about_what_is_allowed():
    for seed in range(20):
        problem = varied(seed, 5, 3)
        try:
            chosen = solve(problem, seconds=20).chosen
        except Impossible:
            assert best_by_states(problem) is None
            continue
        assert violations(problem, chosen) == []
