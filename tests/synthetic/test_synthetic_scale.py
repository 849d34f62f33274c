"""Size: what the national world costs in seconds and memory, measured in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

MEASURE = """
import datetime as dt, resource, sys, tempfile, time
from pathlib import Path
from matching.synthetic.files import synthesise
from matching.synthetic.world import generate
candidates, packages = int(sys.argv[1]), int(sys.argv[2])
start = time.process_time(); generate(candidates, packages, 1); made = time.process_time() - start
with tempfile.TemporaryDirectory() as folder:
    start = time.process_time()
    synthesise(candidates, packages, 1, Path(folder), as_of=dt.date(2026, 11, 1))
    both = time.process_time() - start
print(made, both, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


@pytest.mark.bench
@pytest.mark.soak
@pytest.mark.parametrize(
    ("candidates", "packages", "seconds", "megabytes"), [(20_000, 5_000, 60, 500), (250_000, 5_000, 240, 2000)]
)
def test_a_national_world_takes_minutes_and_less_than_two_gigabytes(
    candidates: int, packages: int, seconds: int, megabytes: int
) -> None:
    command = [sys.executable, "-c", MEASURE, str(candidates), str(packages)]
    here = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    found = subprocess.run(command, capture_output=True, text=True, env=here, check=True).stdout.split()
    made, both, peak = map(float, found)
    sys.stdout.write(
        f"\n{candidates:,} x {packages:,}: made {made:.1f} s, made and written {both:.1f} s (goal {seconds}), "
        f"peak {peak:.0f} MiB (goal {megabytes})\n"
    )
    assert both < seconds
    assert peak < megabytes
