"""The structure holds: layers, sizes, names, documentation and the text catalogue."""

from __future__ import annotations

import ast
import re
import string
from pathlib import Path

import pytest

from matching.text import LANGUAGES
from matching.text.catalogue import families, keys, template

ROOT = Path(__file__).parent.parent / "matching"
MODULES = sorted(path for path in ROOT.rglob("*.py") if "_shipped" not in path.parts)
LAYERS = [
    {"text"},
    {"errors"},
    {"domain"},
    {"lookup"},
    {"intake", "rules", "criteria"},
    {"scoring"},
    {"planning"},
    {"advice"},
    {"synthetic"},
    {"evaluation"},
    {"runs", "cluster"},
    {"output"},
    {"cli"},
]
LEVEL = {name: level for level, names in enumerate(LAYERS) for name in names}
ONLY_IN = {
    "ortools": {"planning/solvers"},
    "highspy": {"planning/solvers"},
    "pulp": {"planning/solvers"},
    "python_calamine": {"intake"},
    "xlsxwriter": {"output"},
    "odf": {"output"},
    "altair": {"output", "evaluation"},
    "sklearn": {"lookup", "evaluation"},
}
VAGUE = {"manager", "handler", "helper", "helpers", "utils", "util", "misc", "data", "info", "common"}
Function = ast.FunctionDef | ast.AsyncFunctionDef


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imported(path: Path) -> set[str]:
    """Return every module that a file imports, lazily or for typing included."""
    found = set()
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            found |= {module_named(node.module or "", alias.name) for alias in node.names}
    return found


def module_named(package: str, name: str) -> str:
    """Return the module that "from package import name" reads: a module of the package, or the package itself."""
    path = ROOT.parent.joinpath(*package.split("."), name)
    return f"{package}.{name}" if path.with_suffix(".py").exists() or path.is_dir() else package


def name_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT.parent).with_suffix("").parts).removesuffix(".__init__")


def functions_of(tree: ast.AST) -> list[Function]:
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def body_lines(function: Function) -> int:
    doc = ast.get_docstring(function, clean=False)
    return (function.end_lineno or 0) - function.lineno + 1 - (doc.count("\n") + 1 if doc else 0)


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_imports_only_lower_layers(path):
    parts = path.relative_to(ROOT).with_suffix("").parts
    if parts in {("__init__",), ("__main__",)}:
        return
    own = parts[0]
    for module in imported(path):
        below = module.split(".")[1:2]
        if module.split(".")[0] == "matching" and below and below[0] in LEVEL and below[0] != own:
            assert LEVEL[below[0]] < LEVEL[own], f"{name_of(path)} imports {module}"


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_library_is_imported_only_where_it_belongs(path):
    place = path.parent.relative_to(ROOT).as_posix()
    for module in imported(path):
        homes = ONLY_IN.get(module.split(".")[0])
        assert homes is None or any(place == home or place.startswith(home + "/") for home in homes), module


def test_there_is_no_import_cycle():
    edges = {name_of(path): {name for name in imported(path) if name in map(name_of, MODULES)} for path in MODULES}
    edges.pop("matching", None)
    done: set[str] = set()
    while len(done) < len(edges):
        free = {name for name, needs in edges.items() if name not in done and not (needs - done - {name, "matching"})}
        assert free, f"a cycle among {sorted(set(edges) - done)}"
        done |= free


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_is_small_and_documented(path):
    tree = tree_of(path)
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400
    assert ast.get_docstring(tree)
    assert not VAGUE & set(path.stem.split("_"))
    for function in functions_of(tree):
        assert body_lines(function) <= 40, f"{function.name} has {body_lines(function)} lines"
        positional = [
            arg for arg in (*function.args.posonlyargs, *function.args.args) if arg.arg not in ("self", "cls")
        ]
        assert len(positional) <= 4, f"{function.name} takes {len(positional)} positional parameters"
    for scope in (tree, *(node for node in tree.body if isinstance(node, ast.ClassDef))):
        for function in (item for item in scope.body if isinstance(item, ast.FunctionDef | ast.AsyncFunctionDef)):
            assert function.name.startswith("_") or ast.get_docstring(function), f"{function.name} has no docstring"
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            methods = [item for item in node.body if isinstance(item, ast.FunctionDef | ast.AsyncFunctionDef)]
            assert len(methods) <= 15, f"{node.name} has {len(methods)} methods"
            assert node.name.startswith("_") or ast.get_docstring(node), f"{node.name} has no docstring"


def test_half_of_all_functions_are_at_most_eight_lines():
    lengths = sorted(body_lines(function) for path in MODULES for function in functions_of(tree_of(path)))
    assert lengths[len(lengths) // 2] <= 8


@pytest.mark.parametrize("family", families())
def test_every_sentence_exists_in_both_languages_with_the_same_places(family):
    for key in keys(family):
        places = {
            language: {name for _, name, _, _ in string.Formatter().parse(template(key, language)) if name}
            for language in LANGUAGES
        }
        assert places["nl"] == places["en"], key


def test_every_sentence_that_code_says_is_in_the_catalogue():
    known = {key for family in families() for key in keys(family)}
    for path in MODULES:
        for key in re.findall(r'\bsay\(\s*"([a-z0-9_.]+)"', path.read_text(encoding="utf-8")):
            assert key in known, f"{name_of(path)} says {key}"
