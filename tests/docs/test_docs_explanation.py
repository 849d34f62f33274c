"""The Dutch explanation keeps its word: every command on the page runs."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from matching.cli.main import run

ROOT = Path(__file__).resolve().parent.parent.parent
PAGE = (ROOT / "docs" / "uitleg" / "README.md").read_text(encoding="utf-8")
COMMANDS = list(dict.fromkeys(re.findall(r"`(matching [a-z]+ [^`]+)`", PAGE)))
REAL = {"mijn_werkboek.xlsx": str(ROOT / "data" / "synthetic"), "WP-0001": "WP-0005", "K-0001": "K-00068"}


def test_the_page_begins_with_a_template_and_ends_with_a_plan():
    verbs = [command.split()[1] for command in COMMANDS]
    assert verbs[0] == "template"
    assert {"check", "shortlist", "explain", "plan"} < set(verbs)


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_of_the_page_runs(command, tmp_path, monkeypatch, capfd):
    monkeypatch.chdir(tmp_path)
    words = shlex.split(command)[1:]
    if words[0] != "template":
        words = [REAL.get(word, word) for word in words] + ["--date", "2026-11-01"]
    assert run(words) == 0, capfd.readouterr().err
    for name in re.findall(r"--out (\S+)", command):
        assert (tmp_path / name).stat().st_size > 0
