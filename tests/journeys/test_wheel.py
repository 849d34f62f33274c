"""The wheel holds everything: installed alone in a bare folder elsewhere, `matching demo` does the main job."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built without the network by the build backend that is already there."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True, cwd=folder)
    return next(folder.glob("*.whl"))


def test_the_wheel_carries_models_and_made_up_data_and_no_truth_for_scoring(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert "matching/_shipped/models/riha.toml" in names
    assert "matching/_shipped/synthetic/kandidaten.csv" in names
    assert not [name for name in names if name.startswith(("tests/", "docs/", "notebooks/"))]


def test_the_demo_runs_from_the_wheel_anywhere(wheel: Path, tmp_path: Path) -> None:
    place = tmp_path / "bare"
    venv.create(place, with_pip=False)
    site = Path(sysconfig.get_path("purelib", vars={"base": str(place), "platbase": str(place)}))
    zipfile.ZipFile(wheel).extractall(site)
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n")
    clean = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    run = [str(place / "bin" / "python"), "-m", "matching.cli.main", "demo", "--out", "uit"]
    done = subprocess.run(run, cwd=tmp_path, env=clean | {"COLUMNS": "80"}, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "Waarom dit past" in done.stdout and "Plaatsingsvoorstel" in done.stdout
    assert {"voorstel.xlsx", "uitleg.svg", "voorstel.png"} <= {path.name for path in (tmp_path / "uit").iterdir()}
    where = subprocess.run(
        [str(place / "bin" / "python"), "-c", "import matching; print(matching.__file__)"],
        cwd=tmp_path,
        env=clean,
        capture_output=True,
        text=True,
        check=True,
    )
    assert str(place) in where.stdout
