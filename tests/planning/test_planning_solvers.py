"""All solvers agree with each other and with every plan tried by hand."""

import re

import numpy as np
import pytest
from planning_problems import best_by_hand, constrained, lot_of, network

from matching.planning.certificate import certify
from matching.planning.problem import Edges, Problem, Stage, standard_stages
from matching.planning.reduction import narrowed, simplified
from matching.planning.solve import Impossible, solve
from matching.planning.solvers.cpsat import solve_cpsat
from matching.planning.solvers.flow import packed, solve_flow
from matching.planning.solvers.highs import solve_highs
from matching.planning.solvers.pulp_model import solve_pulp, write_model


def solved(problem):
    try:
        return solve(problem, seconds=20, lot=lot_of(problem)).certificate
    except Impossible:
        return None


def claimed(problem, solver):
    answer = solver(problem, seconds=20)
    return None if answer.claim == "infeasible" else certify(problem, answer).values


def disagreements(make, seeds):
    wrong = []
    for seed in seeds:
        problem = make(seed)
        found = solved(problem)
        values = None if found is None else found.values
        others = [claimed(problem, solver) for solver in (solve_pulp, solve_cpsat)]
        if others != [values, values] or (found is not None and found.status != "optimal"):
            wrong.append(seed)
    return wrong


@pytest.mark.parametrize("make", [network, constrained])
def test_a_plan_equals_two_other_solvers_and_is_proven(make):
    assert disagreements(make, range(60)) == []


@pytest.mark.soak
@pytest.mark.parametrize("make", [network, constrained])
def test_2500_plans_of_each_kind_equal_two_other_solvers_and_are_proven(make):
    assert disagreements(make, range(1000, 3500)) == []


@pytest.mark.parametrize("make", [network, constrained])
def test_a_plan_equals_every_plan_tried_by_hand(make):
    for seed in range(40):
        problem = make(seed, 4, 3)
        found = solved(problem)
        assert (None if found is None else found.values) == best_by_hand(problem), seed


@pytest.mark.soak
def test_plans_of_eight_people_and_five_packages_equal_every_plan_tried_by_hand():
    for seed in range(300):
        problem = constrained(seed, 8, 5)
        if len(problem.edges) <= 18:
            found = solved(problem)
            assert (None if found is None else found.values) == best_by_hand(problem), seed


def test_highs_from_arrays_equals_the_model_of_record():
    for seed in range(30):
        problem = constrained(seed)
        assert claimed(problem, solve_highs) == claimed(problem, solve_pulp), seed


def test_simplifying_changes_no_plan():
    for seed in range(40):
        problem = constrained(seed)
        assert claimed(simplified(problem), solve_cpsat) == claimed(problem, solve_cpsat), seed


def test_narrowing_keeps_pins_and_rows():
    problem = constrained(3)
    part, positions = narrowed(problem, np.zeros(len(problem.edges), bool))
    assert positions[part.pins].tolist() == problem.pins.tolist()
    assert len(part.rows) == len(problem.rows)


def test_a_later_stage_never_costs_an_earlier_one():
    edges = Edges.ordered([0, 0, 1], [0, 1, 0], [1_000_000, 1, 1])
    problem = Problem(edges=edges, places=np.ones(2, int), max_places=np.ones(2, int))
    assert solve(problem, seconds=5).certificate.values == (2, 2)


def test_a_stage_with_huge_weights_is_solved_apart_and_still_leaks_nothing():
    edges = Edges.ordered([0, 0, 1, 1], [0, 1, 0, 1], [10**12, 10**12 - 1, 10**12 - 1, 10**12 - 2])
    lot = Stage(name="lot", weights=np.array([0, 2**40, 2**40, 0]))
    problem = Problem(edges=edges, places=np.ones(2, int), max_places=np.ones(2, int))
    staged = problem.with_stages((*standard_stages(edges.points), lot))
    answer = solve_flow(staged)
    assert len(packed(staged, 0)) < 3
    assert answer.chosen.tolist() == [1, 2]


def test_the_names_in_the_model_of_record_are_whole_numbers():
    model, takes = write_model(constrained(3))
    names = [take.name for take in takes] + [row.name for row in model.constraints()]
    assert names and all(re.fullmatch(r"[a-z]+(_[a-z]+)?(_[0-9]+)+(_low|_high)?", name) for name in names)


def test_a_solver_that_prints_prints_nothing(capfd):
    solve_highs(constrained(3), seconds=5)
    solve_pulp(constrained(3), seconds=5)
    assert capfd.readouterr().out == ""
