"""CPU seconds, peak memory and rows of a table: shared by the benches."""

from __future__ import annotations

import json
import os
import platform
import resource
import subprocess
import sys
import time
from pathlib import Path

import numpy as np

ROOT = Path(__file__).parents[2]


def cpu_seconds(work, repeats=1):
    """Return the least CPU seconds of a call (the others were disturbed more) and its last result."""
    taken, result = [], None
    for _ in range(repeats):
        start = time.process_time()
        result = work()
        taken.append(time.process_time() - start)
    return min(taken), result


def peak_megabytes():
    """Return the most memory that was in use; the system's own figure for a process counts what started it too."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return int(status.split("VmHWM:")[1].split()[0]) / 1000


def present_megabytes():
    """Return the memory in use now, with the pages of shared libraries."""
    pages = Path("/proc/self/statm").read_text(encoding="utf-8").split()[1]
    return int(pages) * os.sysconf("SC_PAGESIZE") / 1e6


def alone(code):
    """Return what a program prints as JSON, run in a process of its own so that its memory is its own."""
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, text=True)
    return json.loads(done.stdout.splitlines()[-1])


def command_seconds(*words, repeats=3):
    """Return the least CPU seconds of a whole command, start and printing included."""
    taken = []
    for _ in range(repeats):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([Path(sys.executable).parent / "matching", *words], cwd=ROOT, check=True, capture_output=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        taken.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return min(taken)


def row(*cells):
    return f"| {' | '.join(cells)} |"


def verdict(found, goal):
    return "reached" if found <= goal else f"{found / goal:.1f} times the goal"


def conditions():
    machine = f"{os.cpu_count()} cores, Python {platform.python_version()}, numpy {np.__version__}"
    return f"{machine}, load {os.getloadavg()[0]:.1f} when done (shared with other work)"
