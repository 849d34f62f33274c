"""Values as texts that are equal for equal values in any order and under any hash seed: what a fingerprint reads."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import is_dataclass
from itertools import chain, islice
from operator import attrgetter
from typing import Any

PLAIN = frozenset({str, int, float, bool, type(None), dt.date})
"""Types that write themselves."""


def canonical(value: object) -> str:
    """Return a text that is equal for equal values in any order and under any hash seed."""
    if isinstance(value, frozenset | tuple):
        return collection_text(type(value), map(canonical, value))
    if hasattr(value, "__dataclass_fields__"):
        columns = [[canonical(getattr(value, name))] for name in value.__dataclass_fields__]
        return entity_texts(type(value), columns, 1)[0]
    return repr(value)


def canonical_texts(values: Sequence[object]) -> list[str]:
    """Return the canonical text of each value, written column by column: what is the same object is written once."""
    if PLAIN.issuperset(map(type, values)):
        return list(map(repr, values))
    distinct = dict(zip(map(id, values), values, strict=True))
    known: dict[int, str] = {}
    for kind in dict.fromkeys(map(type, distinct.values())):
        alike = [value for value in distinct.values() if type(value) is kind]
        known.update(zip(map(id, alike), _texts_of(kind, alike), strict=True))
    return list(map(known.__getitem__, map(id, values)))


def _texts_of(kind: type, values: Sequence[Any]) -> list[str]:
    """Return the canonical texts of values of one type."""
    if issubclass(kind, frozenset | tuple):
        parts = iter(canonical_texts(list(chain.from_iterable(values))))
        return [collection_text(kind, islice(parts, len(value))) for value in values]
    if is_dataclass(kind):
        names = kind.__dataclass_fields__
        return entity_texts(kind, [canonical_texts(list(map(attrgetter(name), values))) for name in names], len(values))
    return list(map(repr, values))


def collection_text(kind: type, parts: Iterable[str]) -> str:
    """Return the canonical text of a set or row of which the parts are written."""
    return "{" + ",".join(sorted(parts)) + "}" if issubclass(kind, frozenset) else "(" + ",".join(parts) + ")"


def entity_texts(kind: type, columns: Sequence[Sequence[str]], count: int) -> list[str]:
    """Return the canonical texts of dataclasses of which the fields are written: a column of `count` texts for each."""
    names = kind.__dataclass_fields__  # type: ignore[attr-defined]
    written = f"{kind.__name__}({','.join(f'({name!r},%s)' for name in names)})"
    return [written % texts for texts in zip(*columns, strict=True)] if names else [written] * count
