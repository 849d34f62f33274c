"""An example package from the task vocabulary is read back as it was made."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from matching.cli.main import run
from matching.domain.task_kind import task_kinds
from matching.domain.vocabulary import vocabulary
from matching.errors import UnknownName
from matching.intake.reading import read_intake
from matching.output.example_package import example_package
from matching.text import LANGUAGES, Language


@pytest.mark.parametrize("kind", list(vocabulary("work_kind")))
def test_every_kind_of_work_has_an_example_of_its_own_tasks(kind: str) -> None:
    package = example_package(kind)
    assert package.tasks and {task.work_kind for task in package.tasks} == {kind}
    assert package.hours_max == sum(task.hours or 0 for task in package.tasks)
    assert all(task.demands == task_kinds()[str(task.task_kind)].demands for task in package.tasks)


def test_a_task_is_the_first_of_its_example_and_a_name_will_do() -> None:
    key = next(task.key for task in reversed(task_kinds().values()))
    for named in (key, task_kinds()[key].label("nl"), task_kinds()[key].label("en").upper()):
        assert (example_package(named).tasks or ())[0].task_kind == key
    with pytest.raises(UnknownName, match="archive"):
        example_package("archiev")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_file_is_read_back_as_the_package(language: Language, tmp_path: Path) -> None:
    target = tmp_path / "voorbeeld.xlsx"
    assert run(["template", str(target), "--example", "archive", "--lang", language]) == 0
    intake = read_intake(target)
    assert intake.ledger.refused == 0 and intake.sheets["tasks"].accepted.sum() == 4
    assert intake.sheets["work_packages"].accepted.sum() == 1
    titles = [cell.value for row in load_workbook(target).worksheets[1].iter_rows() for cell in row]
    assert any(str(value).startswith(("Voorbeeld: ", "Example: ")) for value in titles)


def test_a_word_that_is_no_work_is_refused_with_the_nearest(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "voorbeeld.xlsx"
    assert run(["template", str(target), "--example", "cattering"]) == 2
    assert "Bedoelde u catering" in capsys.readouterr().err and not target.exists()
