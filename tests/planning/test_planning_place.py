"""The seam: own scores in, exact placements out."""

import numpy as np
import pandas as pd
import pytest

from matching.errors import DemandImpossible, InputRefused
from matching.planning.place import place, place_tables
from matching.planning.seam import table_of_text


def pairs(text):
    rows = [line.split() for line in text.split(",")]
    return pd.DataFrame([[c, p, int(s)] for c, p, s in rows], columns=["candidate_id", "work_package_id", "score"])


def test_more_people_come_before_a_higher_total():
    placed = place(pairs("a x 90, a y 1, b x 1"))
    assert placed.rows == (("a", "y", 1), ("b", "x", 1))
    assert (placed.status, placed.placed, placed.total_score, placed.gap) == ("optimal", 2, 2, 0.0)


def test_the_total_alone_can_be_the_goal():
    placed = place(pairs("a x 90, a y 1, b x 1"), objective="score")
    assert placed.rows == (("a", "x", 90),)
    assert placed.placed_bound is None


def test_a_negative_score_is_placed_when_people_count_and_left_when_the_total_does():
    assert place(pairs("a x -3")).placed == 1
    assert place(pairs("a x -3"), objective="score").placed == 0


def test_hours_fit_in_the_budget():
    own = pairs("a x 9, b x 8, c x 7").assign(hours=[24, 16, 16])
    packages = pd.DataFrame({"package_id": ["x"], "seats": [3], "hours_budget": [32]})
    assert {row[0] for row in place(own, packages).rows} == {"b", "c"}


def test_nobody_gets_two_packages_that_exclude_each_other():
    most = pd.DataFrame({"candidate_id": ["a"], "max_places": [2]})
    never = pd.DataFrame({"work_package_a": ["x"], "work_package_b": ["y"]})
    assert place(pairs("a x 5, a y 4"), candidates=most).placed == 2
    assert place(pairs("a x 5, a y 4"), candidates=most, exclusive=never).rows == (("a", "x", 5),)


def test_a_pair_that_is_not_allowed_is_not_chosen():
    assert place(pairs("a x 5, a y 4").assign(allowed=[0, 1])).rows == (("a", "y", 4),)


def test_everybody_gets_a_place_when_asked_even_at_a_lower_total():
    own = pairs("a x 90, b x 80, b y 1")
    assert place(own, place_all=True).rows == (("a", "x", 90), ("b", "y", 1))


def test_a_smallest_conflicting_set_says_why_not_everybody_can():
    with pytest.raises(DemandImpossible) as found:
        place(pairs("a x 1, b x 2, c z 3"), place_all=True)
    assert [str(s) for s in found.value.conflict] == [
        "a moet een plaats krijgen.",
        "b moet een plaats krijgen.",
        "Werkpakket x heeft 1 plaats.",
    ]


def test_a_candidate_without_any_pair_is_the_whole_conflict():
    listed = pd.DataFrame({"candidate_id": ["a", "q"]})
    with pytest.raises(DemandImpossible) as found:
        place(pairs("a x 1"), candidates=listed, place_all=True)
    assert len(found.value.conflict) == 1 and "q" in str(found.value.conflict[0])


def test_every_problem_of_every_table_is_named():
    own = pd.DataFrame(
        {"candidate_id": ["a", "a", None], "work_package_id": ["x", "x", "y"], "score": [1, 2.5, np.nan]}
    )
    packages = pd.DataFrame({"package_id": ["x", "x"], "seats": [-1, 1]})
    never = pd.DataFrame({"work_package_a": ["x"], "work_package_b": ["q"]})
    with pytest.raises(InputRefused) as found:
        place(own, packages, exclusive=never)
    keys = sorted(problem.key.rsplit(".", 1)[1] for problem in found.value.problems)
    due = ["double_id", "double_pair", "empty_id", "not_whole", "not_whole", "out_of_range", "unknown_package"]
    assert keys == due


@pytest.mark.parametrize("score", ["1.5", "1,0", "x", "", "1e3", "١", "1_0", "nan", "99999999999999999999"])
def test_a_score_that_is_no_whole_number_is_refused(score):
    table = table_of_text("pairs", ["candidate_id", "work_package_id", "score"], [["a", "x", score]])
    with pytest.raises(InputRefused):
        place_tables(table)


def test_ids_stay_as_they_are():
    rows = [[" 007", "Ünï;x", "5"], ["=1+1", "NA", "+4"]]
    placed = place_tables(table_of_text("pairs", ["\ufeffCandidate_ID", "package_id", "score"], rows))
    assert placed.rows == ((" 007", "Ünï;x", 5), ("=1+1", "NA", 4))


def test_a_ragged_row_and_an_unknown_column_are_named():
    table = table_of_text("pairs", ["candidate_id", "package_id", "score", "scor"], [["a", "x", "1", ""], ["b", "x"]])
    assert [problem.key for problem in table.problems] == ["planning.seam.ragged"]
    assert [str(note.value("nearest")) for note in table.notes] == ["score"]


def test_hours_that_are_missing_for_a_budget_are_named():
    packages = pd.DataFrame({"package_id": ["x"], "hours_budget": [10]})
    with pytest.raises(InputRefused) as found:
        place(pairs("a x 1"), packages)
    assert found.value.problems[0].key == "planning.seam.hours_absent"


def test_ids_that_a_table_leaves_out_are_told_and_still_placed():
    placed = place(pairs("a x 1, b z 2, b y 1"), packages=pd.DataFrame({"package_id": ["x", "y"]}))
    told = [note for note in placed.notes if note.key == "planning.seam.unlisted"]
    assert [(note.value("count"), note.value("ids")) for note in told] == [(1, ("z",))] and len(placed.rows) == 2


def test_row_order_changes_nothing_and_the_seed_decides_ties():
    own = pairs("a x 5, b x 5, c x 5, a y 5, b y 5, c y 5")
    plans = {place(own.sample(frac=1, random_state=n), seed=1).rows for n in range(12)}
    assert len(plans) == 1
    assert len({place(own, seed=n).rows for n in range(30)}) > 3


def test_no_pairs_give_an_empty_proven_plan():
    placed = place(pairs("a x 1").iloc[:0])
    assert (placed.rows, placed.status) == ((), "optimal")


def test_the_summary_holds_what_the_command_line_prints():
    found = place(pairs("a x 1")).summary()
    assert list(found) == ["status", "total_score", "placed", "bound", "placed_bound", "gap", "seconds"]


def test_a_benchmark_sized_budget_instance_is_proven():
    draw = np.random.default_rng(4)
    people, packages = 30, 5
    hours = draw.integers(5, 26, (people, packages))
    own = pd.DataFrame(
        {
            "candidate_id": np.repeat([f"k{i}" for i in range(people)], packages),
            "work_package_id": np.tile([f"p{i}" for i in range(packages)], people),
            "score": draw.integers(15, 26, people * packages),
            "hours": hours.ravel(),
        }
    )
    budget = (0.8 * hours.sum(0) / packages).astype(int)
    listed = pd.DataFrame({"work_package_id": [f"p{i}" for i in range(packages)], "places": 30, "hours_budget": budget})
    placed = place(own, listed, place_all=True, seconds=30)
    assert (placed.status, placed.placed) == ("optimal", people)
