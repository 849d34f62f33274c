"""What stands on a terminal of any width, and what happens when nobody reads on."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from matching.cli.main import run

SHIPPED = str(Path(__file__).parents[2] / "data" / "synthetic")
DAY = ("--date", "2026-11-01")
LISTS = {
    "shortlist": ("shortlist", SHIPPED, "--package", "WP-0013", "--size", "3", "--role", "liaison", *DAY),
    "explain": ("explain", SHIPPED, "--package", "WP-0013", "--candidate", "K-00275", *DAY),
    "travel": ("travel", SHIPPED, "--candidate", "K-00007", *DAY),
    "lookup": ("lookup", "municipality", "Bergen", "Krimpenerwaard"),
}


@pytest.mark.parametrize("width", [40, 60, 80, 120, 200])
@pytest.mark.parametrize("verb", LISTS)
def test_nothing_is_wider_than_the_terminal_and_no_code_is_broken(
    verb: str, width: int, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    assert run(LISTS[verb]) == 0
    shown = capsys.readouterr().out
    assert max(map(len, shown.splitlines())) <= width and "\x1b" not in shown
    codes = re.findall(r"(?:K|WP)-\d+", shown)
    assert all(len(code) in (7, 8) for code in codes)


def piped(arguments: tuple[str, ...], lines: int) -> tuple[int, str]:
    """Return the exit code and standard error of a call whose reader stops after some lines."""
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        [sys.executable, "-m", "matching.cli.main", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
    ) as child:
        assert child.stdout is not None and child.stderr is not None
        for _ in range(lines):
            child.stdout.readline()
        child.stdout.close()
        told = child.stderr.read()
    return child.returncode, told


@pytest.mark.parametrize("arguments", [LISTS["lookup"], ("--help",), ("plan", "--help")])
@pytest.mark.parametrize("lines", [0, 1])
def test_a_reader_who_stops_early_is_no_fault(arguments: tuple[str, ...], lines: int) -> None:
    assert piped(arguments, lines) == (0, "")


def test_files_are_written_when_nobody_reads_the_screen(tmp_path: Path) -> None:
    code, told = piped((*LISTS["travel"], "--out", str(tmp_path / "reis.csv")), 1)
    assert code == 0 and "Traceback" not in told and (tmp_path / "reis.csv").stat().st_size > 100


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
@pytest.mark.parametrize("verb", ["lookup", "travel"])
def test_a_full_disk_is_a_sentence(verb: str) -> None:
    with Path("/dev/full").open("w") as full:
        command = [sys.executable, "-m", "matching.cli.main", *LISTS[verb]]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True)
    assert done.returncode == 1 and done.stderr.startswith("Fout: De uitkomst kon niet worden getoond")


def test_a_closed_screen_is_no_fault() -> None:
    command = f'exec "{sys.executable}" -m matching.cli.main lookup municipality Delft >&-'
    done = subprocess.run(["sh", "-c", command], stderr=subprocess.PIPE, text=True)
    assert (done.returncode, done.stderr) == (0, "")
