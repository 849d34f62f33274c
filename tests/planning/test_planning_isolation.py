"""A solver that hangs, dies or eats memory takes nothing with it."""

import os
import subprocess
import sys
import time
from functools import partial

import pytest
from planning_pools import own_scores

from matching.errors import SolverFailed
from matching.planning import Assignment, AtLeast, search
from matching.planning.isolation import isolated


def hang():
    time.sleep(60)


def die():
    os._exit(9)


def eat():
    return len(bytearray(3 * 2**30))


def refuse():
    raise SolverFailed("no")  # type: ignore[arg-type]


def shout():
    os.write(1, b"I am a solver")
    return 1


def test_an_answer_comes_back_from_the_child():
    assert isolated(partial(sum, (1, 2)), seconds=20) == 3


def test_a_child_that_hangs_is_killed_after_its_time():
    begun = time.perf_counter()
    with pytest.raises(SolverFailed):
        isolated(hang, seconds=0.5, grace=0.5)
    assert time.perf_counter() - begun < 20


def test_a_child_that_dies_is_a_sentence():
    with pytest.raises(SolverFailed):
        isolated(die, seconds=20)


def test_a_child_that_eats_memory_is_a_sentence():
    with pytest.raises(SolverFailed) as found:
        isolated(eat, seconds=20, memory_bytes=2 * 2**30)
    assert found.value.sentence.value("megabytes") == 2048


def test_the_error_of_the_child_is_raised_here():
    with pytest.raises(SolverFailed):
        isolated(refuse, seconds=20)


def test_what_a_child_prints_goes_nowhere(capfd):
    isolated(shout, seconds=20)
    assert capfd.readouterr().out == ""


SCRIPT = """
from matching.planning.isolation import isolated
def own_work():
    return __name__
if __name__ == "__main__":
    import sys
    sys.stdout.write(isolated(own_work, seconds=20))
"""


def test_what_comes_from_the_running_script_is_solved_in_a_child_too(tmp_path):
    (tmp_path / "script.py").write_text(SCRIPT)
    done = subprocess.run([sys.executable, tmp_path / "script.py"], capture_output=True, text=True, timeout=60)
    assert done.stdout == "__mp_main__", done.stderr


def test_a_child_loads_no_command_line_and_no_judging_of_people():
    found = isolated(partial(eval, "sorted(__import__('sys').modules)"), seconds=20)
    assert "matching.planning.solve" in found
    assert not [name for name in found if name.startswith(("matching.cli", "matching.criteria", "matching.intake"))]


def test_no_child_is_left_behind():
    import multiprocessing

    with pytest.raises(SolverFailed):
        isolated(hang, seconds=0.2, grace=0.2)
    assert multiprocessing.active_children() == []


def test_a_pool_of_more_than_two_million_pairs_is_planned_in_a_child_too(monkeypatch):
    scores = own_scores([[500, 400, 300], [450, 440, -1]])
    monkeypatch.setattr(search, "ALL_PAIRS", 0)
    for asked in (Assignment(scores), Assignment(scores).with_wishes(AtLeast(1, per="employer"))):
        apart, here = asked.solve(isolated=True, seconds=60), asked.solve(seconds=60)
        assert apart.pairs == here.pairs and apart.status == here.status == "optimal" and apart.over_all_pairs
