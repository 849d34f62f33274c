"""What the package asks to be installed is what it imports: no more, and no less."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def plain(distribution: str) -> str:
    """Return the name of a distribution without versions, in the one spelling that package indexes use."""
    return re.sub(r"[-_.]+", "-", re.split(r"[<>=!~;\[ ]", distribution)[0]).casefold()


DECLARED = {plain(dependency) for dependency in PROJECT["dependencies"]}


def imported() -> set[str]:
    """Return the top-level modules from elsewhere that the package imports, lazily or not."""
    found: set[str] = set()
    for path in (ROOT / "matching").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                found.add((node.module or "").partition(".")[0])
    return found - set(sys.stdlib_module_names) - {"matching"}


def distributions(module: str) -> set[str]:
    return {plain(name) for name in packages_distributions().get(module, [])}


def test_every_dependency_is_imported_by_the_package() -> None:
    used = {name for module in imported() for name in distributions(module)}
    assert sorted(DECLARED - used) == []


def test_every_import_of_the_package_is_declared() -> None:
    assert sorted(module for module in imported() if not distributions(module) & DECLARED) == []


def test_no_type_checker_plugin_needs_a_package_that_is_not_asked_for() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["mypy"]
    asked = DECLARED | {plain(name) for name in PROJECT["optional-dependencies"]["dev"]}
    assert [name for name in settings.get("plugins", []) if plain(name.partition(".")[0]) not in asked] == []
