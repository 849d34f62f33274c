"""Law 10 again: plans are checked by code that reads only the plan as JSON or rows and the tables that went in."""

import json
from collections import Counter

import numpy as np
import pandas as pd
import pytest
from planning_pools import own_scores

from matching.errors import DemandImpossible
from matching.planning import Assignment, AtLeast, AtMost, Excluding, Pinned, PlanImpossible, Vetoed
from matching.planning.place import place


def tables(seed):
    """Return own tables: pairs with hours and vetoes, packages with places and budgets, people, exclusive pairs."""
    draw = np.random.default_rng(seed)
    people, work = int(draw.integers(1, 13)), int(draw.integers(1, 7))
    who, what = np.nonzero(draw.random((people, work)) < 0.7)
    pairs = pd.DataFrame({"candidate_id": [f"k{n}" for n in who], "work_package_id": [f"p{n}" for n in what]})
    pairs["score"] = draw.integers(-5, 30, len(pairs))
    pairs["hours"] = draw.integers(1, 33, len(pairs))
    pairs["allowed"] = (draw.random(len(pairs)) < 0.9).astype(int)
    listed = pd.DataFrame({"work_package_id": [f"p{n}" for n in range(work)], "places": draw.integers(0, 5, work)})
    listed["hours_budget"] = [int(b) if draw.random() < 0.5 else None for b in draw.integers(0, 100, work)]
    most = pd.DataFrame({"candidate_id": [f"k{n}" for n in range(people)], "max_places": draw.integers(0, 4, people)})
    named = sorted({*pairs["work_package_id"], *listed["work_package_id"]})
    never = [(a, b) for a, b in draw.choice(named, (2, 2)) if a != b]
    return pairs, listed, most, pd.DataFrame(never, columns=["work_package_a", "work_package_b"])


def broken_in_rows(rows, pairs, listed, most, never):
    """Return what placed rows break of their tables."""
    of = {(r.candidate_id, r.work_package_id): r for r in pairs.itertuples()}
    wrong = [row for row in rows if row[:2] not in of or of[row[:2]].score != row[2] or not of[row[:2]].allowed]
    per_person, per_package = Counter(c for c, _, _ in rows), Counter(p for _, p, _ in rows)
    wrong += [r for r in most.itertuples() if per_person[r.candidate_id] > r.max_places]
    for r in listed.itertuples():
        hours = sum(of[c, p].hours for c, p, _ in rows if p == r.work_package_id)
        full = per_package[r.work_package_id] > r.places
        wrong += [r] if full or (not pd.isna(r.hours_budget) and hours > r.hours_budget) else []
    placed = {(c, p) for c, p, _ in rows}
    wrong += [(c, a, b) for a, b in never.itertuples(index=False) for c in per_person if {(c, a), (c, b)} <= placed]
    return wrong


def placed_wrongly(seeds):
    wrong = []
    for seed in seeds:
        pairs, listed, most, never = tables(seed)
        everyone, goal = seed % 4 == 3, ("placed-then-score", "score")[seed % 2]
        try:
            found = place(pairs, listed, most, never, objective=goal, place_all=everyone, seconds=20)
        except DemandImpossible as refused:
            wrong += [] if everyone and refused.conflict else [(seed, "no reason")]
            continue
        names = {*pairs["candidate_id"], *most["candidate_id"]}
        lacking = everyone and {c for c, _, _ in found.rows} != names
        sums = (found.placed, found.total_score) == (len(found.rows), sum(s for _, _, s in found.rows))
        if (
            broken_in_rows(found.rows, pairs, listed, most, never)
            or lacking
            or not sums
            or len(found.rows) != len({r[:2] for r in found.rows})
        ):
            wrong.append(seed)
    return wrong


def asked(seed):
    """Return an assignment and the plain facts behind it."""
    draw = np.random.default_rng(seed)
    work, people = int(draw.integers(1, 7)), int(draw.integers(1, 11))
    table = np.where(draw.random((work, people)) < 0.3, -1, draw.integers(0, 900, (work, people)))
    places = [int(n) for n in draw.integers(0, 4, work)]
    employers = [f"E{n % 3}" for n in range(work)]
    pins = [(int(draw.integers(people)), int(draw.integers(work)))] if draw.random() < 0.4 else []
    vetoes = [(int(draw.integers(people)), int(draw.integers(work)))] if draw.random() < 0.4 else []
    most = int(draw.integers(0, 4)) if draw.random() < 0.4 else None
    limits = [Pinned(f"K{c}", f"W{p}") for c, p in pins] + [Vetoed(f"K{c}", f"W{p}") for c, p in vetoes]
    limits += [] if most is None else [AtMost(most=most, per="employer", because="afspraak")]
    limits += [Excluding("W0", f"W{work - 1}")] if work > 1 and draw.random() < 0.3 else []
    wishes = [AtLeast(int(draw.integers(1, 3)), per="employer", price=50)] if draw.random() < 0.5 else []
    assignment = Assignment(own_scores(table, places=places, employers=employers))
    return assignment.with_limits(*limits).with_wishes(*wishes), (table, places, employers, pins, vetoes, most)


def broken_in_plan(text, facts):
    """Return what the proposals of a plan in JSON break."""
    table, places, employers, pins, vetoes, most = facts
    found = json.loads(text)["proposals"]
    pairs = [(int(p["candidate_id"][1:]), int(p["work_package_id"][1:])) for p in found]
    wrong = [p for (c, w), p in zip(pairs, found, strict=True) if table[w, c] < 0 or p["points"] != table[w, c] * 1000]
    wrong += [c for c, count in Counter(c for c, _ in pairs).items() if count > 1]
    wrong += [w for w, count in Counter(w for _, w in pairs).items() if count > places[w]]
    wrong += [pin for pin in pins if pin not in pairs] + [veto for veto in vetoes if veto in pairs]
    per = Counter(employers[w] for _, w in pairs)
    return wrong + [e for e, count in per.items() if most is not None and count > most]


def planned_wrongly(seeds):
    wrong = []
    for seed in seeds:
        assignment, facts = asked(seed)
        try:
            text = assignment.solve(seconds=20).to_json()
        except PlanImpossible as refused:
            wrong += [] if refused.conflict and refused.nearest is not None else [(seed, "no reason")]
            continue
        wrong += [seed] if broken_in_plan(text, facts) else []
    return wrong


def test_placed_rows_break_nothing_of_their_tables():
    assert placed_wrongly(range(40)) == []


def test_plans_in_json_break_nothing_that_was_asked():
    assert planned_wrongly(range(40)) == []


def test_a_broken_plan_is_seen():
    pairs = pd.DataFrame({"candidate_id": ["a"], "work_package_id": ["x"], "score": [1], "hours": [9], "allowed": [1]})
    listed = pd.DataFrame({"work_package_id": ["x"], "places": [1], "hours_budget": [8]})
    most = pd.DataFrame({"candidate_id": ["a"], "max_places": [1]})
    never = pd.DataFrame({"work_package_a": [], "work_package_b": []})
    assert broken_in_rows((("a", "x", 1),), pairs, listed, most, never)
    assert broken_in_rows((("a", "x", 2),), pairs, listed.assign(hours_budget=9), most, never)


@pytest.mark.soak
@pytest.mark.parametrize("first", range(0, 5_000, 1_000))
def test_5_000_placements_break_nothing_of_their_tables(first):
    assert placed_wrongly(range(first, first + 1_000)) == []


@pytest.mark.soak
@pytest.mark.parametrize("first", range(0, 5_000, 1_000))
def test_5_000_plans_in_json_break_nothing_that_was_asked(first):
    assert planned_wrongly(range(first, first + 1_000)) == []
