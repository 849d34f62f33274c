"""The notebooks run from top to bottom, quickly, on public names only, and are kept without outputs."""

from __future__ import annotations

import ast
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

import matching

ROOT = Path(__file__).parent.parent.parent
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
ALLOWED_SECONDS = 20
"""Of work by the processor, so that a busy machine does not fail the test."""


def notebook(path: Path) -> nbformat.NotebookNode:
    return nbformat.read(path, as_version=4)


def code_of(path: Path) -> str:
    return "\n\n".join(cell.source for cell in notebook(path).cells if cell.cell_type == "code")


def own_modules(tree: ast.AST) -> set[str]:
    """Return every module of this project that the code imports by another road than `import matching`."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name if alias.asname is None else f"{alias.name} as" for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(node.module or "")
    return {name for name in found if name.partition(".")[0].removesuffix(" as") == "matching"}


def own_names(tree: ast.AST) -> set[str]:
    """Return every name that the code takes from `matching`."""
    return {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "matching"
    }


def test_there_is_a_first_notebook():
    assert "01_first_shortlist" in {path.stem for path in NOTEBOOKS}


@pytest.fixture
def kernel_folders(tmp_path, monkeypatch):
    """Folders of its own for the kernel, so that nothing of this machine is read or written."""
    monkeypatch.setenv("JUPYTER_PLATFORM_DIRS", "1")
    for name in ("IPYTHONDIR", "JUPYTER_RUNTIME_DIR", "JUPYTER_CONFIG_DIR"):
        monkeypatch.setenv(name, str(tmp_path / name.lower()))
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setenv("PYTHONPATH", str(ROOT))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs_top_to_bottom_in_twenty_seconds(path, kernel_folders):
    client = NotebookClient(notebook(path), timeout=120, resources={"metadata": {"path": str(path.parent)}})
    client.nb.cells.append(nbformat.v4.new_code_cell("import time\nprint(time.process_time())"))
    with client.setup_kernel():
        done = [client.execute_cell(cell, at) for at, cell in enumerate(client.nb.cells)]
    spent = float(done[-1].outputs[0]["text"])
    assert [cell for cell in done if any(out.output_type == "error" for out in cell.get("outputs", ()))] == []
    assert not any(out.get("name") == "stderr" for cell in done for out in cell.get("outputs", ()))
    assert spent < ALLOWED_SECONDS, f"{spent:.1f} s"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_kept_without_outputs(path):
    for cell in notebook(path).cells:
        assert not cell.get("outputs") and cell.get("execution_count") is None, cell.id
        assert not cell.metadata, cell.id


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_uses_public_names_only(path):
    tree = ast.parse(code_of(path))
    assert own_modules(tree) == {"matching"}
    assert own_names(tree) <= set(matching.__all__)


def test_a_private_road_into_the_package_is_seen():
    tree = ast.parse("import matching.scoring\nfrom matching.output import save\nmatching.hidden")
    assert own_modules(tree) == {"matching.scoring", "matching.output"}
    assert own_names(tree) == {"hidden"}


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_says_first_what_it_is(path):
    first = notebook(path).cells[0]
    assert first.cell_type == "markdown" and first.source.startswith("# ")
    assert "invented" in first.source
