"""Law 18 behind `solve`: whatever a solver claims about its own plan, no wrong plan is called the best."""

import numpy as np
import pytest
from planning_problems import best_by_hand, constrained

from matching.errors import SolverFailed
from matching.planning import solve as solving
from matching.planning.certificate import certify, violations
from matching.planning.prices import Prices, Split
from matching.planning.problem import Edges, Problem
from matching.planning.solvers.answer import RawAnswer

EDGES = Edges.ordered([0, 0, 1, 1, 2, 2], [0, 1, 0, 1, 0, 1], [9, 8, 7, 6, 5, 4])
QUESTION = Problem(edges=EDGES, places=np.ones(2, int), max_places=np.ones(3, int))
POOR = [0]
BEST = (2, 15)


def prices(**fields):
    free = {"multipliers": (1,), "candidate": np.zeros(3, np.int64), "package": np.zeros(2, np.int64)}
    return Prices(**(free | fields))


CLAIMS = {
    "it is the best": {"claim": "optimal"},
    "ceilings at its own values": {"bounds": (1.0, 9.0), "given": (1, 9)},
    "ceilings below its values": {"bounds": (0.0, 0.0), "given": (1, 9)},
    "a ceiling that is no number": {"bounds": (float("nan"), float("nan")), "given": (1, 9)},
    "minus infinity": {"bounds": (float("-inf"), float("-inf")), "given": (1, 9)},
    "plus infinity": {"bounds": (float("inf"), float("inf")), "given": (1, 9)},
    "ceilings with better values before them": {"bounds": (1.0, 9.0), "given": (2, 15)},
    "ceilings without values": {"bounds": (1.0, 9.0)},
    "no ceilings": {"bounds": (None, None), "given": (1, 9)},
    "too many ceilings": {"bounds": (1.0, 9.0, 1.0), "given": (1, 9, 1)},
    "a negative scale of the goal": {"prices": (prices(multipliers=(-1,)),)},
    "no goal at all": {"prices": (prices(multipliers=()),)},
    "a goal of nothing": {"prices": (prices(multipliers=(0, 0)),)},
    "prices of people below nothing": {"prices": (prices(candidate=np.full(3, -9)),)},
    "prices of places below nothing": {"prices": (prices(package=np.full(2, -9)),)},
    "prices beyond all numbers": {"prices": (prices(candidate=np.full(3, 2**62)),)},
    "prices of the wrong stage": {"prices": (prices(multipliers=(0, 1), candidate=np.full(3, 1)),)},
    "a tree that looks at one half": {"trees": (Split(edge=1, chosen=prices(), left=prices()),)},
    "free prices": {"prices": (prices(),)},
}


@pytest.mark.parametrize("claims", CLAIMS.values(), ids=CLAIMS)
def test_a_poor_plan_is_not_called_the_best_whatever_its_solver_says(claims):
    answer = RawAnswer(**({"solver": "liar", "chosen": POOR, "claim": "optimal"} | claims))
    assert certify(QUESTION, answer, witnesses=[answer]).status in ("feasible", "within_gap")


LIARS = {
    "impossible": RawAnswer(solver="liar", chosen=(), claim="infeasible"),
    "nothing": RawAnswer(solver="liar", chosen=None, claim="optimal"),
    "everything": RawAnswer(solver="liar", chosen=range(99), claim="optimal"),
    "nobody": RawAnswer(solver="liar", chosen=[], claim="optimal", bounds=(0.0, 0.0), given=(0, 0)),
    "half": RawAnswer(solver="liar", chosen=[0.5], claim="optimal"),
    "no number": RawAnswer(solver="liar", chosen=[float("nan")], claim="optimal"),
    "twice": RawAnswer(solver="liar", chosen=[0, 0], claim="optimal"),
    "below": RawAnswer(solver="liar", chosen=[-1], claim="optimal"),
    "beyond": RawAnswer(solver="liar", chosen=[10**9], claim="optimal"),
    "unknown": RawAnswer(solver="liar", chosen=(), claim="unknown"),
    "text": RawAnswer(solver="liar", chosen="abc", claim="optimal"),
}


@pytest.mark.parametrize("lie", LIARS.values(), ids=LIARS)
def test_a_liar_behind_solve_gives_no_broken_plan_and_none_that_is_called_best_and_is_not(lie, monkeypatch):
    monkeypatch.setattr(solving, "_constrained", lambda problem, seconds: [lie])
    for seed in range(30):
        problem = constrained(seed, 4, 3)
        best = best_by_hand(problem)
        try:
            found = solving.solve(problem, seconds=5)
        except (solving.Impossible, SolverFailed):
            continue
        assert violations(problem, found.chosen) == []
        assert found.certificate.status != "optimal" or found.certificate.values == best, seed


def test_there_are_thirty_claims_and_liars_and_the_true_best_is_known():
    assert len(CLAIMS) + len(LIARS) == 30 and best_by_hand(QUESTION) == BEST


def test_a_liar_who_says_impossible_alone_is_not_believed(monkeypatch):
    monkeypatch.setattr(solving, "_constrained", lambda problem, seconds: [LIARS["impossible"]])
    possible = [p for seed in range(30) if best_by_hand(p := constrained(seed, 4, 3)) is not None]
    assert len(possible) > 10
    for problem in possible:
        assert solving.solve(problem, seconds=5).chosen is not None
