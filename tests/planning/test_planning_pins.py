"""Law 16 in words: the sentences of a conflict alone say what clashes, and no part of them does."""

from itertools import combinations

import numpy as np
import pytest
from ortools.sat.python import cp_model
from planning_pools import own_scores

from matching.planning import Assignment, Excluding, HourBudget, Pinned, PlacedSomewhere, PlanImpossible, Vetoed

HOURS = 24
"""What a person whose hours are unknown counts for in an hour budget."""


def pinned_too_much(seed):
    """Return scores, limits, and which pairs may be: enough pins and demands to be impossible, mostly."""
    draw = np.random.default_rng(seed)
    people, work = int(draw.integers(4, 11)), int(draw.integers(2, 6))
    table = np.where(draw.random((work, people)) < 0.85, draw.integers(0, 900, (work, people)), -1)
    places = [int(n) for n in draw.integers(0, 3, work)]
    may = [(int(c), int(p)) for p, c in np.argwhere(table >= 0)]
    picked = [may[n] for n in draw.choice(len(may), min(len(may), 5), replace=False)]
    limits = [Pinned(f"K{c}", f"W{p}") for c, p in picked]
    barred = [may[n] for n in draw.choice(len(may), 2)]
    limits += [Vetoed(f"K{c}", f"W{p}") for c, p in barred]
    limits += [PlacedSomewhere(f"K{c}") for c in draw.choice(people, 3, replace=False)]
    limits += [HourBudget("W0", 30)] if draw.random() < 0.4 else []
    limits += [Excluding("W0", "W1")] if draw.random() < 0.3 else []
    return Assignment(own_scores(table, places=places)).with_limits(*limits), may, picked, places


def holds(sentences, may):
    """Return whether some choice of pairs keeps these sentences, read by their keys and names."""
    model = cp_model.CpModel()
    take = {pair: model.new_bool_var("") for pair in may}
    for said in sentences:
        kind, words = said.key.rsplit(".", 1)[1], dict(said.values)
        who, what = (int(str(words[n])[1:]) if n in words else None for n in ("candidate", "package"))
        mine = [v for (c, _), v in take.items() if c == who]
        here = [v for (_, p), v in take.items() if p == what]
        match kind:
            case "pin" | "pinned_because":
                model.add(take[who, what] == 1)
            case "forbidden":
                model.add(take[who, what] == 0)
            case "person" | "person_without_pairs":
                model.add(sum(mine) >= 1)
            case "max_places":
                model.add(sum(mine) <= int(words["places"]))
            case "places":
                model.add(sum(here) <= int(words["places"]))
            case "budget":
                model.add(HOURS * sum(here) <= int(words["hours"]))
            case "exclusive":
                other = int(str(words["other"])[1:])
                for c in {c for c, _ in may}:
                    model.add(take.get((c, what), 0) + take.get((c, other), 0) <= 1)
            case _:
                raise AssertionError(said.key)
    return cp_model.CpSolver().solve(model) in (cp_model.OPTIMAL, cp_model.FEASIBLE)


def wrong_words(seeds):
    """Return the seeds with a wrong conflict, and how many questions were impossible."""
    wrong, found = [], 0
    for seed in seeds:
        assignment, may, _, _ = pinned_too_much(seed)
        try:
            assignment.solve(seconds=10)
        except PlanImpossible as refused:
            found += 1
            for said in each_conflict(refused.conflict):
                smaller = combinations(said, len(said) - 1)
                if not said or holds(said, may) or not all(holds(part, may) for part in smaller):
                    wrong.append((seed, [str(s) for s in said]))
    return wrong, found


def each_conflict(sentences):
    """Return the sentences of each numbered conflict, or all of them when there is one."""
    numbered = [dict(s.values) for s in sentences if s.key == "planning.impossible.numbered"]
    apart = {item["number"]: [o["demand"] for o in numbered if o["number"] == item["number"]] for item in numbered}
    return list(apart.values()) or [sentences]


def far_from_nearest(seeds):
    """Return the seeds whose nearest plan breaks a limit that must stay, or hides what it left out."""
    wrong = []
    for seed in seeds:
        assignment, may, picked, places = pinned_too_much(seed)
        try:
            assignment.solve(seconds=10)
        except PlanImpossible as refused:
            plan = refused.nearest
            pairs = [(int(c[1:]), int(p[1:])) for c, p in plan.pairs] if plan else []
            full = any(sum(p == w for _, p in pairs) > room for w, room in enumerate(places))
            twice = len({c for c, _ in pairs}) < len(pairs)
            lacking = [pin for pin in picked if pin not in pairs]
            said = " ".join(s.sentence.text("en") for s in plan.shortfalls) if plan else ""
            hidden = [pin for pin in lacking if f"K{pin[0]}" not in said]
            if plan is None or full or twice or hidden or not set(pairs) <= set(may) or not plan.shortfalls:
                wrong.append(seed)
    return wrong


def test_the_sentences_of_a_conflict_clash_and_no_part_of_them_does():
    wrong, found = wrong_words(range(20))
    assert wrong == [] and found >= 15


def test_the_nearest_plan_keeps_places_and_names_every_pin_it_leaves_out():
    assert far_from_nearest(range(15)) == []


@pytest.mark.soak
def test_500_impossible_sets_of_pins_are_explained_by_sentences_that_clash_and_no_part_of_them():
    wrong, found = wrong_words(range(100, 660))
    assert wrong == [] and found >= 500, found


@pytest.mark.soak
def test_500_nearest_plans_keep_places_and_name_every_pin_they_leave_out():
    assert far_from_nearest(range(100, 660)) == []
