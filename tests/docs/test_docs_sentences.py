"""Every sentence in the text catalogue is said somewhere: some text in the code is its key, or could become it."""

from __future__ import annotations

import ast
import csv
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from matching.text.catalogue import families, keys

TESTS = Path(__file__).resolve().parent.parent
PACKAGE = TESTS.parent / "matching"
PAGES = TESTS / "generated_docs.py"
HOLE = None
DEPTH = 2
Pattern = tuple[str | None, ...]


@cache
def trees() -> tuple[ast.Module, ...]:
    """Return the code that says sentences to people: the package, and what makes the reference pages."""
    paths = sorted(path for path in PACKAGE.rglob("*.py") if "_shipped" not in path.parts)
    return tuple(ast.parse(path.read_text(encoding="utf-8")) for path in (*paths, PAGES))


@cache
def words() -> frozenset[str]:
    """Return every text, name and table cell that could stand in a key, and the last part of every dotted text."""
    found = {"", *map(str, range(20))}
    for node in (node for tree in trees() for node in ast.walk(tree)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            found |= {node.value, node.value.rpartition(".")[2]}
        elif isinstance(node, ast.Name):
            found |= {node.id, node.id.lower()}
        elif isinstance(node, ast.Attribute):
            found |= {node.attr, node.attr.lower()}
        elif isinstance(node, ast.arg | ast.keyword) and node.arg:
            found.add(node.arg)
    return frozenset(found | cells())


def cells() -> set[str]:
    """Return every cell of the packaged tables; a list inside a cell counts by its parts."""
    found: set[str] = set()
    for path in PACKAGE.rglob("*.csv"):
        if "_shipped" not in path.parts:
            lines = csv.reader(path.read_text(encoding="utf-8").splitlines())
            found |= {part for line in lines for cell in line for part in cell.split(";")}
    return found


def pieces(node: ast.AST) -> Iterator[str | None]:
    """Return the fixed texts and holes of an f-string or a sum of texts."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        for part in node.values:
            yield from pieces(part)
    elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        yield from pieces(node.left)
        yield from pieces(node.right)
    else:
        yield HOLE


@cache
def patterns() -> tuple[Pattern, ...]:
    """Return every f-string and sum of texts in the code that has a hole and a fixed text with a word in it."""
    nodes = [node for tree in trees() for node in ast.walk(tree) if isinstance(node, ast.JoinedStr | ast.BinOp)]
    found = {tuple(pieces(node)) for node in nodes}
    return tuple(pattern for pattern in found if HOLE in pattern and any(map(has_word, pattern)))


@cache
def can_be_made(text: str, depth: int = DEPTH) -> bool:
    """Return whether the code could produce a text: literally, or by filling holes with texts that it could produce."""
    if text in words():
        return True
    return depth > 0 and any(fills(pattern, text, depth) for pattern in patterns() if fixed_in(pattern, text))


def has_word(piece: str | None) -> bool:
    return any(sign.isalpha() for sign in piece or "")


def fixed_in(pattern: Pattern, text: str) -> bool:
    begins = pattern[0] is HOLE or text.startswith(pattern[0])
    return begins and (pattern[-1] is HOLE or text.endswith(pattern[-1]))


def fills(pattern: Pattern, text: str, depth: int) -> bool:
    """Return whether a text is a pattern with its holes filled."""
    if not pattern:
        return not text
    first, rest = pattern[0], pattern[1:]
    if first is not HOLE:
        return text.startswith(first) and fills(rest, text[len(first) :], depth)
    cuts = [cut for cut in range(len(text) + 1) if fills(rest, text[cut:], depth)]
    return any(can_be_made(text[:cut], depth - 1) for cut in cuts)


@pytest.mark.parametrize("family", families())
def test_every_sentence_is_said_somewhere(family):
    unsaid = [key for key in keys(family) if not can_be_made(key)]
    assert unsaid == [], f"nothing says {', '.join(unsaid)}: remove them from matching/text/catalogue/{family}.toml"


@pytest.mark.parametrize(
    "key",
    [
        "rules.hours.that_nobody_says",
        "rules.hours.lacking",
        "rules.unheard_of.fits",
        "cli.verb.unheard_of",
        "words.unheard_of",
    ],
)
def test_a_sentence_that_nothing_says_is_seen(key):
    assert not can_be_made(key)


@pytest.mark.parametrize("key", ["rules.available.ask", "criteria.hours.ask_own_hours_max", "planning.status.optimal"])
def test_a_key_that_is_put_together_counts_as_said(key):
    assert key not in words()
    assert can_be_made(key)
