"""The README keeps its word: every command in it runs, and so does its Python."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = [
    line
    for block in re.findall(r"```sh\n(.*?)```", README, flags=re.DOTALL)
    for line in block.splitlines()
    if line.startswith("matching ")
]


@pytest.fixture
def workplace(tmp_path, monkeypatch):
    """An empty folder in which the README's file names exist."""
    (tmp_path / "data").symlink_to(ROOT / "data")
    (tmp_path / "PAIRS.csv").write_text("candidate_id,work_package_id,score\nK1,W1,5\nK2,W1,7\n", encoding="utf-8")
    (tmp_path / "PACKAGES.csv").write_text("work_package_id,places\nW1,1\n", encoding="utf-8")
    (tmp_path / "CANDIDATES.csv").write_text("candidate_id,max_places\nK1,1\nK2,1\n", encoding="utf-8")
    (tmp_path / "out").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_readme_has_a_command_for_every_user():
    assert len(COMMANDS) >= 9


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_of_the_readme_runs(command, workplace):
    from matching.cli.main import cli

    result = CliRunner().invoke(cli, shlex.split(command)[1:])
    assert result.exit_code == 0, result.output
    for name in re.findall(r"--out (\S+)", command):
        assert (workplace / name).stat().st_size > 0


def test_the_python_of_the_readme_runs(workplace, capsys):
    for block in re.findall(r"```python\n(.*?)```", README, flags=re.DOTALL):
        exec(compile(block, "README.md", "exec"), {})
    assert (workplace / "out" / "voorstel.xlsx").exists()
    assert "K-00007" in capsys.readouterr().out
