"""A solver that is killed, hangs or eats memory: old results stay, no process and no temporary file is left."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from matching.errors import SolverFailed
from matching.planning.isolation import isolated

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")


def be_killed():
    os.kill(os.getpid(), signal.SIGKILL)


def hang():
    time.sleep(60)


def eat():
    return len(bytearray(3 * 2**30))


FAULTS = (be_killed, hang, eat)


def children(pid):
    """Return the child processes of a process."""
    return {int(n) for n in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()}


def alive(pid):
    stat = Path(f"/proc/{pid}/stat")
    return stat.exists() and stat.read_text().rsplit(")", 1)[1].split()[0] != "Z"


def left_behind(times, folder):
    """Run each fault in turn; return what stayed: processes, files, or answers that should not be there."""
    left, before = [], children(os.getpid())
    for number in range(times):
        try:
            isolated(FAULTS[number % 3], seconds=0.3, grace=0.2, memory_bytes=2 * 2**30)
            left.append((number, "an answer"))
        except SolverFailed:
            pass
        left += [(number, pid) for pid in children(os.getpid()) - before if "resource_tracker" not in command(pid)]
    return left + list(folder.iterdir())


def command(pid):
    try:
        return Path(f"/proc/{pid}/cmdline").read_text()
    except OSError:
        return ""


@pytest.fixture
def own_temporary(tmp_path, monkeypatch):
    """Return an empty folder that is the temporary folder of this process and its children."""
    import tempfile

    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr(tempfile, "tempdir", None)
    return folder


def test_three_faults_leave_nothing_behind(own_temporary):
    assert left_behind(3, own_temporary) == []


@pytest.mark.soak
def test_180_faults_leave_nothing_behind(own_temporary):
    assert left_behind(180, own_temporary) == []


def hard_file(path):
    """Write pairs that keep a solver busy for long."""
    draw = np.random.default_rng(0)
    hours = draw.integers(1, 101, (60, 10))
    lines = [
        f"k{n},p{m},{hours[n, m] - 111 - draw.integers(-10, 11)},{hours[n, m]}" for n in range(60) for m in range(10)
    ]
    (path / "pairs.csv").write_text("candidate_id,work_package_id,score,hours\n" + "\n".join(lines))
    listed = [f"p{m},60,{int(0.8 * hours[:, m].sum() / 10)}" for m in range(10)]
    (path / "packages.csv").write_text("work_package_id,places,hours_budget\n" + "\n".join(listed))


def after_the_kill(path, temporary, *, of_child):
    """Kill the command or its solver while it solves; return what is left that should not be."""
    out = path / "out.csv"
    out.write_text("the old result")
    program = "from matching.cli.main import main; main()"
    files = ["place", str(path / "pairs.csv"), "--packages", str(path / "packages.csv"), "--out", str(out)]
    asked = [sys.executable, "-c", program, *files, "--seconds", "60"]
    parent = subprocess.Popen(asked, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    solvers = set()
    for _ in range(600):
        solvers = {pid for pid in children(parent.pid) if "solver.obey" in command(pid)}
        if solvers or parent.poll() is not None:
            break
        time.sleep(0.1)
    time.sleep(1)
    for pid in solvers if of_child else {parent.pid}:
        os.kill(pid, signal.SIGKILL)
    parent.wait(60)
    for _ in range(100):
        if not any(alive(pid) for pid in solvers):
            break
        time.sleep(0.1)
    same = out.read_text() == "the old result" and {p.name for p in path.iterdir() if p.is_file()} == {
        "pairs.csv",
        "packages.csv",
        "out.csv",
    }
    return [pid for pid in solvers if alive(pid)] + list(temporary.iterdir()) + ([] if same and solvers else ["files"])


def test_a_killed_command_leaves_the_old_result_and_no_solver(tmp_path, own_temporary):
    hard_file(tmp_path)
    assert after_the_kill(tmp_path, own_temporary, of_child=False) == []


@pytest.mark.soak
@pytest.mark.parametrize("of_child", [False, True])
def test_ten_killed_commands_and_ten_killed_solvers_leave_the_old_result(tmp_path, own_temporary, of_child):
    hard_file(tmp_path)
    assert [after_the_kill(tmp_path, own_temporary, of_child=of_child) for _ in range(10)] == [[]] * 10
