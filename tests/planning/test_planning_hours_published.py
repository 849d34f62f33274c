"""Questions by the published recipe of the generalised assignment problem, through the command line.

Hours of 5 - 25, scores of 15 - 25, and budgets of four fifths of the hours over the packages, as in the twelve
maximisation sets of the OR-Library (Beasley 1990), at their sizes; each beside CP-SAT on a model of its own.
"""

import json
import sys
import time

import numpy as np
import pytest
from ortools.sat.python import cp_model

from matching.cli.main import run

SIZES = ((5, 15), (5, 20), (5, 25), (5, 30), (8, 24), (8, 32), (8, 40), (8, 48), (10, 30), (10, 40), (10, 50), (10, 60))
GOALS = (("placed-then-score", False), ("score", False), ("placed-then-score", True))


def drawn(packages, people, seed):
    """Return hours and scores [package, person] and the budgets."""
    draw = np.random.default_rng(seed)
    hours, scores = draw.integers(5, 26, (packages, people)), draw.integers(15, 26, (packages, people))
    return hours, scores, 8 * hours.sum(1) // (10 * packages)


def written(folder, hours, scores, budgets):
    pairs = [f"K{j},W{i},{scores[i, j]},{hours[i, j]}" for i, j in np.ndindex(*hours.shape)]
    packages = [f"W{i},{hours.shape[1]},{budget}" for i, budget in enumerate(budgets)]
    (folder / "pairs.csv").write_text("\n".join(["candidate_id,work_package_id,score,hours", *pairs, ""]))
    (folder / "packages.csv").write_text("\n".join(["work_package_id,places,hours_budget", *packages, ""]))


def placed(folder, capsys, objective, place_all):
    """Return what the command prints as JSON."""
    tables = [str(folder / "pairs.csv"), "--packages", str(folder / "packages.csv"), "--out", str(folder / "o.csv")]
    asked = ["--objective", objective, "--json", *(["--place-all"] if place_all else [])]
    assert run(["place", *tables, *asked]) == 0
    return json.loads(capsys.readouterr().out)


def best_score(hours, scores, budgets, *, everybody):
    """Return the most points of any plan; with `everybody` of those that place all."""
    model = cp_model.CpModel()
    take = np.array([[model.new_bool_var("") for _ in row] for row in hours])
    for i, budget in enumerate(budgets.tolist()):
        model.add(cp_model.LinearExpr.weighted_sum(take[i].tolist(), hours[i].tolist()) <= budget)
    for column in take.T:
        model.add_exactly_one(column.tolist()) if everybody else model.add_at_most_one(column.tolist())
    model.maximize(cp_model.LinearExpr.weighted_sum(take.ravel().tolist(), scores.ravel().tolist()))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers, solver.parameters.max_time_in_seconds = 1, 300
    assert solver.solve(model) == cp_model.OPTIMAL
    return round(solver.objective_value)


def compared(folder, capsys, size, seed):
    """Assert that each goal is reached, proven and equal to CP-SAT's; return the seconds of each command."""
    question, taken = drawn(*size, seed), []
    written(folder, *question)
    for objective, place_all in GOALS:
        begun = time.perf_counter()
        found = placed(folder, capsys, objective, place_all)
        taken.append(time.perf_counter() - begun)
        best = best_score(*question, everybody=objective != "score")
        assert (found["status"], found["total_score"], found["bound"]) == ("optimal", best, best), (size, seed)
        assert objective == "score" or found["placed"] == size[1], (size, seed)
    return taken


@pytest.mark.parametrize("size", [(5, 15), (5, 30), (8, 40)])
def test_a_published_size_is_proven_and_equals_another_solver(size, tmp_path, capsys):
    compared(tmp_path, capsys, size, 1)


@pytest.mark.soak
@pytest.mark.parametrize("size", SIZES)
def test_five_questions_of_each_published_size_are_proven_and_equal_another_solver(size, tmp_path, capsys):
    longest = max(max(compared(tmp_path, capsys, size, seed)) for seed in range(1, 6))
    with capsys.disabled():
        sys.stdout.write(f" {size[0]} x {size[1]}: longest {longest:.1f} s on the clock\n")
