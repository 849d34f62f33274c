"""Each user's first hour, exactly as the README tells it: the commands stand in the text files beside this one."""

from __future__ import annotations

import contextlib
import io
import json
import shlex
from pathlib import Path

import pytest
from openpyxl import load_workbook

from matching.cli.main import run

HERE = Path(__file__).parent
ROOT = HERE.parent.parent


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder with the shipped data in it, as a user's own folder would be."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "synthetic").symlink_to(ROOT / "data" / "synthetic")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    return tmp_path


def walked(name: str) -> list[int]:
    lines = (HERE / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return [run(shlex.split(line)[1:]) for line in lines if line.startswith("matching ")]


def test_a_liaison_has_a_call_list_and_an_explanation(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert walked("liaison") == [0, 0, 0]
    shown = capsys.readouterr().out
    assert max(map(len, shown.splitlines())) <= 80 and "Te vragen" in shown and "To ask" in shown
    sheet = load_workbook(desk / "bellijst.xlsx").worksheets[0]
    assert "kandidaat" in [cell.value for row in sheet.iter_rows() for cell in row]
    assert (desk / "waarom.svg").read_text().startswith("<svg")
    assert '<html lang="nl">' in (desk / "waarom.html").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def coordinator(tmp_path_factory: pytest.TempPathFactory, small_world: Path) -> tuple[Path, list[int], str]:
    """The coordinator's folder after her hour with a small world, the exit codes, and what stood on her screen."""
    desk = tmp_path_factory.mktemp("coordinator")
    (desk / "data").mkdir()
    (desk / "data" / "synthetic").symlink_to(small_world)
    screen = io.StringIO()
    with pytest.MonkeyPatch.context() as patch, contextlib.redirect_stdout(screen):
        patch.chdir(desk)
        codes = walked("coordinator")
    return desk, codes, screen.getvalue()


def test_a_coordinator_has_a_plan_that_stays_when_nothing_changes(coordinator: tuple[Path, list[int], str]) -> None:
    desk, codes, screen = coordinator
    assert codes == [0, 0, 0] and "0 van" in screen
    before, after = (json.loads((desk / name).read_text()) for name in ("riha.json", "riha_nieuw.json"))
    assert before["record"]["proposals"]
    assert [one["candidate_id"] for one in after["record"]["proposals"]] == [
        one["candidate_id"] for one in before["record"]["proposals"]
    ]
    assert before["about"]["role"] == "coordinator" and before["about"]["synthetic"]


def test_the_workbook_has_what_a_coordinator_decides_with(coordinator: tuple[Path, list[int], str]) -> None:
    book = load_workbook(coordinator[0] / "riha.xlsx")
    names = ["voorstel", "shortlists", "niet geplaatst", "open plekken", "te vragen", "te regelen", "verantwoording"]
    assert book.sheetnames == [*names, "keuzelijsten"]
    proposal = book["voorstel"]
    headings = [cell.value for cell in next(proposal.iter_rows(min_row=4, max_row=4))]
    assert headings[-2:] == ["besluit (u vult in)", "reden (u vult in)"]
    assert {rule.type for rule in proposal.data_validations.dataValidation} == {"list"}
    account = " ".join(str(cell.value) for row in book["verantwoording"].iter_rows() for cell in row)
    assert "nog niet getoetst door mensen uit de praktijk" in account and "verzonnen" in account and "RIHA" in account


def test_a_planner_has_teams_and_a_picture(desk: Path, small_world: Path) -> None:
    (desk / "data" / "synthetic").unlink()
    (desk / "data" / "synthetic").symlink_to(small_world)
    assert walked("planner") == [0, 0]
    assert (desk / "teams.png").read_bytes().startswith(b"\x89PNG") and (desk / "teams.txt").exists()
    assert (desk / "teams.ods").exists() and (desk / "teams.xlsx").exists()


def test_an_analyst_reads_scores_and_places_them(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    exec(compile((HERE / "analyst.txt").read_text(), "analyst.txt", "exec"), {})
    assert (desk / "waarom.png").exists() and "optimal" in capsys.readouterr().out
