"""A lying solver is caught, and a ceiling holds whatever the prices are."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from planning_problems import best_by_hand, network

from matching.planning.certificate import certify, violations
from matching.planning.prices import Prices, bound
from matching.planning.problem import Edges, Problem, SideRow
from matching.planning.solvers.answer import RawAnswer
from matching.planning.solvers.flow import solve_flow

EDGES = Edges.ordered([0, 0, 1, 1, 2, 2, 3], [0, 1, 0, 1, 0, 2, 2], [9, 8, 7, 6, 5, 4, 3])
QUESTION = Problem(
    edges=EDGES,
    places=np.array([2, 1, 2]),
    max_places=np.array([2, 1, 1, 1]),
    least_places=np.array([1, 0, 0, 0]),
    hours=np.array([10, 10, 12, 10, 12, 10, 10]),
    budgets=np.array([22, -1, -1]),
    exclusive=np.array([[0, 1]]),
    pins=np.array([0]),
    forbidden=np.array([6]),
    rows=(SideRow(key=0, edges=np.array([0, 2, 4]), weights=np.ones(3, int), high=2),),
)
TRUE_BEST = [0, 3, 5]
LIES = {
    "nothing": None,
    "text": "all of them",
    "words": ["0", "x"],
    "a table": [[0, 3], [5, 5]],
    "a number": 3,
    "a set": {0, 3},
    "a mapping": {0: 1},
    "not a number": [0, float("nan")],
    "infinite": [0, float("inf")],
    "minus infinite": [0, float("-inf")],
    "half a pair": [0, 3.5],
    "nearly a pair": [0, 2.9999999],
    "a hair above": [0, 3.0000001],
    "below the first": [0, -1],
    "beyond the last": [0, 7],
    "far beyond": [0, 10**12],
    "beyond all numbers": [0, 10**400],
    "a pair twice": [0, 3, 3, 5],
    "the pin twice": [0, 0],
    "no pin": [3, 5],
    "nobody": [],
    "a veto": [0, 3, 5, 6],
    "only the veto": [6],
    "two places for one": [0, 2, 3],
    "too many people at a package": [0, 2, 4],
    "two excluding packages": [0, 1],
    "a full place again": [0, 1, 3],
    "everything": [0, 1, 2, 3, 4, 5, 6],
    "None inside": [0, None],
    "complex": [0, 3j],
}


@pytest.mark.parametrize("lie", LIES.values(), ids=LIES)
def test_a_lying_solver_is_caught(lie):
    answer = RawAnswer(solver="liar", chosen=lie, claim="optimal", bounds=(3.0, 19.0), given=(3, 19))
    assert certify(QUESTION, answer).status == "refused"


def test_there_are_thirty_lies():
    assert len(LIES) == 30


def test_the_true_plan_is_not_refused():
    answer = RawAnswer(solver="honest", chosen=TRUE_BEST, claim="unknown")
    assert violations(QUESTION, np.array(TRUE_BEST)) == []
    assert certify(QUESTION, answer).status == "feasible"


def test_one_solver_that_claims_its_poor_plan_is_best_is_not_believed():
    poor = RawAnswer(solver="liar", chosen=[0], claim="optimal", bounds=(1.0, 9.0), given=(1, 9))
    assert certify(QUESTION, poor).status == "feasible"


def test_the_same_liar_twice_is_not_a_second_witness():
    poor = RawAnswer(solver="liar", chosen=[0], claim="optimal", bounds=(1.0, 9.0), given=(1, 9))
    assert certify(QUESTION, poor, witnesses=[poor]).status == "feasible"


def test_two_different_solvers_that_agree_are_a_proof():
    first = RawAnswer(solver="one", chosen=TRUE_BEST, claim="optimal", bounds=(3.0, 19.0), given=(3, 19))
    other = RawAnswer(solver="two", chosen=None, claim="unknown", bounds=(3.0, 19.0), given=(3, 19))
    assert certify(QUESTION, first, witnesses=[other]).status == "optimal"


def test_a_ceiling_that_rests_on_a_better_earlier_stage_does_not_count():
    first = RawAnswer(solver="one", chosen=TRUE_BEST, claim="optimal", bounds=(3.0, 19.0), given=(4, 19))
    other = RawAnswer(solver="two", chosen=None, claim="unknown", bounds=(3.0, 19.0), given=(4, 19))
    assert certify(QUESTION, first, witnesses=[other]).bounds[1] is None


def test_wrong_prices_prove_less_but_never_something_false():
    problem = network(3, 4, 3)
    answer = solve_flow(problem)
    honest = answer.prices[0]
    worse = Prices(multipliers=honest.multipliers, candidate=honest.candidate + 5, package=honest.package + 5)
    assert bound(problem, worse) >= bound(problem, honest)


@given(seed=st.integers(0, 400), drawn=st.lists(st.integers(-30, 30), min_size=8, max_size=8))
@settings(max_examples=60, deadline=None)
def test_a_ceiling_holds_for_any_prices(seed, drawn):
    problem = network(seed, 4, 3)
    best = best_by_hand(problem)
    prices = Prices(
        multipliers=(1,),
        candidate=np.array(drawn[: problem.candidates], np.int64),
        package=np.array(drawn[4 : 4 + problem.packages], np.int64),
    )
    ceiling = bound(problem, prices)
    assert best is None or ceiling is None or ceiling >= best[0]


def test_prices_that_could_overflow_prove_nothing():
    problem = network(3, 4, 3)
    huge = np.full(problem.candidates, 2**62)
    prices = Prices(multipliers=(1,), candidate=huge, package=np.zeros(problem.packages, np.int64))
    assert bound(problem, prices) is None
