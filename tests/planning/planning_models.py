"""Small random questions with every kind of row, and two solvers of our own that share no code with the project.

A question becomes plain rows (coefficients, low, high) by loops; both solvers read only those rows.
"""

from __future__ import annotations

from collections import Counter

import numpy as np
import pulp
from ortools.sat.python import cp_model

from matching.planning.problem import Edges, Problem, SideRow, Stage, standard_stages

KINDS = (
    "budget",
    "exclusive",
    "several places",
    "pin",
    "veto",
    "floor",
    "share",
    "least of a group",
    "most of a group",
    "guidance",
    "nothing or enough",
    "kept at least",
    "score only",
    "third goal",
    "negative score",
    "equal scores",
    "large scores",
)


def varied(seed: int, people: int = 10, packages: int = 6) -> Problem:
    """Return a random question of at most that size; each kind of row is in it about every other time."""
    draw = np.random.default_rng(seed)
    count, width = int(draw.integers(1, people + 1)), int(draw.integers(1, packages + 1))
    who, what = np.nonzero(draw.random((count, width)) < draw.uniform(0.3, 1))
    edges = Edges.ordered(who, what, _scores(draw, len(who)))
    some = edges.points.copy()
    stages = standard_stages(some, count_first=bool(draw.random() < 0.65))
    if draw.random() < 0.3:
        stages = (*stages, Stage(name="kept", weights=draw.integers(0, 2, len(edges))))
    sides: dict[str, object] = {
        "places": draw.integers(0 if draw.random() < 0.3 else 1, 5, width),
        "max_places": draw.integers(1, 4, count) if draw.random() < 0.5 else np.ones(count, int),
    }
    if draw.random() < 0.5:
        sides["hours"] = draw.integers(1, 37, len(edges))
        sides["budgets"] = np.where(draw.random(width) < 0.7, draw.integers(0, 90, width), -1)
    if draw.random() < 0.4:
        sides["exclusive"] = draw.integers(0, width, (int(draw.integers(1, 4)), 2))
    if draw.random() < 0.35:
        sides["least_places"] = (draw.random(count) < 0.3).astype(int)
    if len(edges) and draw.random() < 0.4:
        sides["pins"] = draw.integers(0, len(edges), int(draw.integers(1, 3)))
    if len(edges) and draw.random() < 0.4:
        sides["forbidden"] = draw.integers(0, len(edges), int(draw.integers(1, 4)))
    return Problem(edges=edges, **sides, stages=stages, rows=_rows(draw, edges, width))


def _scores(draw: np.random.Generator, count: int) -> np.ndarray:
    style = int(draw.integers(0, 5))
    if style == 0:
        return draw.integers(-5, 20, count)
    if style == 1:
        return np.full(count, int(draw.integers(-2, 9)))
    if style == 2:
        return draw.integers(0, 900, count) * 1000
    if style == 3:
        return draw.integers(-(10**6), 1, count)
    return draw.integers(0, 3, count)


def _rows(draw: np.random.Generator, edges: Edges, width: int) -> tuple[SideRow, ...]:
    rows: list[SideRow] = []
    group = draw.integers(0, 2, width)[edges.package] if len(edges) else np.zeros(0, int)
    fine = int(draw.choice([0, 1, 7, 1000, 300_000]))

    def add(weights: np.ndarray, **limits: int | bool | None) -> None:
        used = np.flatnonzero(weights)
        rows.append(SideRow(key=len(rows), edges=used, weights=weights[used], **limits))

    if draw.random() < 0.35:  # a share, in hundredths of a place
        weights = 100 * group - int(draw.integers(10, 91))
        above = bool(draw.random() < 0.5)
        add(weights, low=0 if above else None, high=None if above else 0, price=max(fine // 100, 1))
    if draw.random() < 0.35:  # a floor of a group, as a wish or as a limit
        add(group, low=int(draw.integers(0, 4)), price=None if draw.random() < 0.2 else fine)
    if draw.random() < 0.35:  # a ceiling of a group
        add(1 - group, high=int(draw.integers(0, 5)), price=fine if draw.random() < 0.4 else None)
    if draw.random() < 0.3:  # guidance in tenths of an hour
        need = draw.integers(0, 60, len(edges)) * (draw.random(len(edges)) < 0.6)
        add(need, high=int(draw.integers(0, 120)), price=fine if draw.random() < 0.8 else None)
    if draw.random() < 0.2 and len(edges):  # keep what we had, all but some
        kept = np.zeros(len(edges), int)
        kept[draw.integers(0, len(edges), 3)] = 1
        add(kept, low=max(int(kept.sum()) - int(draw.integers(0, 3)), 0), high=int(kept.sum()))
    for team in np.flatnonzero(draw.random(width) < draw.choice([0, 0, 0.4, 0.8])).tolist():  # a team opens or not
        low, seldom = int(draw.integers(1, 5)), bool(draw.random() < 0.6)
        high = low + int(draw.integers(0, 3)) if draw.random() < 0.7 else None
        add((edges.package == team).astype(int), low=low, high=high, or_nothing=True, seldom=seldom)
    return tuple(rows)


def kinds_in(problem: Problem) -> Counter[str]:
    """Return which kinds of rows and goals a question has."""
    points, rows = problem.edges.points, problem.rows
    found = {
        "budget": bool((problem.budgets >= 0).any()),
        "exclusive": any(a != b for a, b in problem.exclusive.tolist()),
        "several places": bool((problem.max_places > 1).any()),
        "pin": bool(len(problem.pins)),
        "veto": bool(len(problem.forbidden)),
        "floor": bool(problem.least_places.any()),
        "share": any(len(r.weights) and int(r.weights.min()) < 0 for r in rows),
        "least of a group": any(r.low and not r.high and not r.or_nothing for r in rows),
        "most of a group": any(r.high is not None and r.low is None and set(r.weights.tolist()) == {1} for r in rows),
        "guidance": any(len(r.weights) and int(r.weights.min()) > 0 and int(r.weights.max()) > 1 for r in rows),
        "nothing or enough": any(r.or_nothing for r in rows),
        "kept at least": any(r.low is not None and r.high is not None and not r.or_nothing for r in rows),
        "score only": problem.stages[0].name != "placed",
        "third goal": problem.stages[-1].name == "kept",
        "negative score": bool((points < 0).any()),
        "equal scores": len(points) > 1 and len(set(points.tolist())) == 1,
        "large scores": bool((np.abs(points) > 10_000).any()),
    }
    return Counter(name for name, there in found.items() if there)


Row = tuple[dict[int, int], int | None, int | None]


def plain_rows(problem: Problem) -> tuple[list[Row], list[dict[int, int]], int]:
    """Return rows and goals over the edges and, after them, two shortfalls per priced row; and the number of all."""
    edges = list(zip(problem.edges.candidate.tolist(), problem.edges.package.tolist(), strict=True))
    rows: list[Row] = []
    for person, most in enumerate(problem.max_places.tolist()):
        mine = {e: 1 for e, (c, _) in enumerate(edges) if c == person}
        rows.append((mine, int(problem.least_places[person]), most))
    for package, places in enumerate(problem.places.tolist()):
        here = [e for e, (_, p) in enumerate(edges) if p == package]
        rows.append((dict.fromkeys(here, 1), None, places))
        if int(problem.budgets[package]) >= 0:
            rows.append(({e: int(problem.hours[e]) for e in here}, None, int(problem.budgets[package])))
    for one, other in problem.exclusive.tolist():
        for person in range(problem.candidates) if one != other else ():
            both = {e: 1 for e, (c, p) in enumerate(edges) if c == person and p in (one, other)}
            rows.append((both, None, 1))
    rows += [({e: 1}, 1, 1) for e in problem.pins.tolist()]
    rows += [({e: 1}, 0, 0) for e in problem.forbidden.tolist()]
    width, fines = len(edges), {}
    for side in problem.rows:
        load = dict(zip(side.edges.tolist(), side.weights.tolist(), strict=True))
        if side.price is not None:
            load |= {width: 1, width + 1: -1}
            fines |= {width: -side.price, width + 1: -side.price}
            width += 2
        if side.or_nothing:
            rows += _or_nothing(load, side, width)
            width += 1
        else:
            rows.append((load, side.low, side.high))
    goals = [dict(enumerate(s.weights.tolist())) | (fines if s.counts_shortfalls else {}) for s in problem.stages]
    return rows, goals, width


def _or_nothing(load: dict[int, int], side: SideRow, switch: int) -> list[Row]:
    """Return a row that may also be empty as three rows with one more value that is 0 or 1."""
    most = sum(load.values()) if side.high is None else side.high
    return [(load | {switch: -most}, None, 0), (load | {switch: -(side.low or 0)}, 0, None), ({switch: 1}, 0, 1)]


def best_of_cpsat(problem: Problem) -> tuple[int, ...] | None:
    """Return the best values of all goals in their order, by CP-SAT; None when there is no plan."""
    rows, goals, width = plain_rows(problem)
    model = cp_model.CpModel()
    wide = 10**7
    values = [model.new_int_var(0, 1 if n < len(problem.edges) else wide, "") for n in range(width)]
    for weights, low, high in rows:
        load = sum(w * values[n] for n, w in weights.items())
        model.add_linear_constraint(load, -wide if low is None else low, wide if high is None else high)
    reached: list[int] = []
    for goal in goals:
        wanted = sum(w * values[n] for n, w in goal.items())
        model.maximize(wanted)
        solver = cp_model.CpSolver()
        solver.parameters.num_workers, solver.parameters.random_seed = 1, 7
        status = solver.solve(model)
        if status == cp_model.INFEASIBLE:
            return None
        assert status == cp_model.OPTIMAL
        reached.append(round(solver.objective_value))
        model.add(wanted >= reached[-1])
    return tuple(reached)


def best_of_pulp(problem: Problem) -> tuple[int, ...] | None:
    """Return the same by a plain PuLP model and HiGHS, a fresh model for each goal."""
    rows, goals, width = plain_rows(problem)
    reached: list[int] = []
    for number, goal in enumerate(goals):
        model = pulp.LpProblem("m", pulp.LpMaximize)
        cut = len(problem.edges)
        values = [model.add_variable(f"v{n}", 0, 1 if n < cut else None, pulp.LpInteger) for n in range(width)]
        model += pulp.lpSum(w * values[n] for n, w in goal.items())
        kept = [(goals[n], value, None) for n, value in enumerate(reached)]
        for weights, low, high in (*rows, *kept):
            load = pulp.lpSum(w * values[n] for n, w in weights.items())
            empty = not weights
            if low is not None and (low > 0 or not empty):
                model += load >= low
            if high is not None and not empty:
                model += load <= high
        status = _solved(model, "choose")
        if "Infeasible" in status:  # HiGHS 1.16 says so after presolving of questions that have a plan
            status = _solved(model, "off")
        if "Infeasible" in status:
            return None
        assert status in ("kOptimal", "kModelEmpty"), status
        reached.append(round(sum(w * (values[n].value() or 0.0) for n, w in goals[number].items())))
    return tuple(reached)


def _solved(model: pulp.LpProblem, presolve: str) -> str:
    """Solve in memory and return the status that HiGHS itself gives."""
    model.solve(pulp.HiGHS(msg=False, threads=1, gapRel=0.0, gapAbs=0.0, log_to_console=False, presolve=presolve))
    return model.solverModel.getModelStatus().name
