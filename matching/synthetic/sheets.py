"""The tables behind the synthetic world: population, education mix, suppliers, employers, blueprints of packages."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from matching.domain.region import municipalities


@cache
def sheet(name: str) -> tuple[Mapping[str, str], ...]:
    """Return the rows of one table of this package, cells as text; comma or semicolon as its header says."""
    lines = files("matching.synthetic").joinpath("tables", f"{name}.csv").read_text(encoding="utf-8").splitlines()
    return tuple(csv.DictReader(lines, delimiter=";" if ";" in lines[0] else ","))


@cache
def inhabitants() -> NDArray[np.int64]:
    """Return thousands of inhabitants, in the order of municipalities(); about 2025, from general knowledge."""
    thousands = {row["municipality"]: int(row["thousands"]) for row in sheet("population")}
    found = np.array([thousands[key] for key in municipalities()], dtype=np.int64)
    found.setflags(write=False)
    return found


def weighted(text: str, separator: str = "|") -> dict[str, int]:
    """Return the parts of "word=3|other=1" with their weights; a word without a weight weighs 1."""
    parts = (part.partition("=") for part in text.split(separator) if part)
    return {word: int(weight or 1) for word, _, weight in parts}


def listed(text: str) -> tuple[str, ...]:
    """Return the words of "one|two", none for an empty text."""
    return tuple(word for word in text.split("|") if word)


@cache
def _fields() -> Mapping[str, str]:
    return {row["work_kind"]: row["field"] for row in sheet("fields")}


def field_of(work_kind: str) -> str:
    """Return the usual field of study of a kind of work, as a Dutch word (fields have no closed list)."""
    return _fields()[work_kind]
