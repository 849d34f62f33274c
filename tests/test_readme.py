"""The README keeps its word: every command in it runs, and so does its Python."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from matching.cli.main import run

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = [
    line
    for block in re.findall(r"```sh\n(.*?)```", README, flags=re.DOTALL)
    for line in block.splitlines()
    if line.startswith("matching ")
]


PLANS = ("matching plan",)


@pytest.fixture
def workplace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder in which the README's file names exist, with the shipped data."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "synthetic").symlink_to(ROOT / "data" / "synthetic")
    (tmp_path / "PAIRS.csv").write_text("candidate_id,work_package_id,score\nK1,W1,5\nK2,W1,7\n", encoding="utf-8")
    (tmp_path / "PACKAGES.csv").write_text("work_package_id,places\nW1,1\n", encoding="utf-8")
    (tmp_path / "CANDIDATES.csv").write_text("candidate_id,max_places\nK1,1\nK2,1\n", encoding="utf-8")
    (tmp_path / "SONAR.csv").write_text("ID_WZ;BSN;Gemeente;Toestemming\nWZ-1;1;Delft;ja\n", encoding="utf-8")
    (tmp_path / "VUM.json").write_text('[{"idWerkzoekende": "WZ-1"}, {"idVacature": "V-1"}]', encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def small_workplace(workplace: Path, small_world: Path) -> Path:
    """The same folder with a smaller world of the same layout under the same name, for what computes long.

    The whole of the shipped data is planned by the test of the wheel.
    """
    (workplace / "data" / "synthetic").unlink()
    (workplace / "data" / "synthetic").symlink_to(small_world)
    return workplace


def test_the_readme_has_a_command_for_every_user():
    assert len(COMMANDS) >= 9


def runs(command: str, workplace: Path) -> None:
    assert run(shlex.split(command)[1:]) == 0
    for name in re.findall(r"--(?:out|request) (\S+)", command):
        assert (workplace / name).exists()


@pytest.mark.parametrize("command", [line for line in COMMANDS if not line.startswith(PLANS)])
def test_a_command_of_the_readme_runs(command: str, workplace: Path) -> None:
    if command.startswith("matching reveal"):
        for earlier in COMMANDS:
            if earlier.startswith("matching import"):
                runs(earlier, workplace)
    runs(command, workplace)


@pytest.mark.parametrize("command", [line for line in COMMANDS if line.startswith(PLANS)])
def test_a_long_command_of_the_readme_runs(command: str, small_workplace: Path) -> None:
    runs(command, small_workplace)


def test_the_python_of_the_readme_runs(small_workplace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for block in re.findall(r"```python\n(.*?)```", README, flags=re.DOTALL):
        exec(compile(block, "README.md", "exec"), {})
    assert (small_workplace / "out" / "voorstel.xlsx").exists()
    assert "K-00007" in capsys.readouterr().out
