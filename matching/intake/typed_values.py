"""Values of a pool as plain JSON values, and back by the declared types of the domain: what does not fit is refused."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from itertools import chain
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from matching.domain.canonical import canonical_texts
from matching.intake.stored import Collections, Entities, Stored, Values

Reader = Callable[[Any], Any]
UNIONS = (Union, UnionType)


def plain(value: object) -> object:
    """Return a value as JSON can hold it. Raises ValueError for a type that no column of the domain has."""
    if value is None or type(value) in (bool, int, float, str):
        return value
    if type(value) is dt.date:
        return value.isoformat()
    if isinstance(value, frozenset):
        return sorted(map(plain, value))  # type: ignore[type-var]
    if isinstance(value, tuple):
        return [plain(part) for part in value]
    if is_dataclass(value):
        return [plain(getattr(value, field.name)) for field in fields(value)]
    raise ValueError(f"no column holds a {type(value).__name__}")


def plain_column(values: Sequence[Any], kind: Any) -> object:
    """Return the values of a column of a declared type as JSON can hold them.

    Entities become a column for each field, collections their distinct parts and rows of places among those. Parts
    are the same when they are written the same: 3 and 3.0 are two.
    """
    if _is_entity(kind):
        columns = field_types(kind).items()
        return [plain_column([getattr(value, name) for value in values], own) for name, own in columns]
    collection = _collection(kind)
    if collection is None:
        return [plain(value) for value in values]
    place: dict[str, tuple[int, object]] = {}
    rows: list[list[int] | None] = []
    for value in values:
        parts = () if value is None else tuple(value)
        named = list(zip(canonical_texts(parts), parts, strict=True))
        if isinstance(value, frozenset):
            named = sorted(named, key=lambda pair: pair[0])
        found = [place.setdefault(key, (len(place), part))[0] for key, part in named]
        rows.append(None if value is None else found)
    return {"parts": plain_column([part for _, part in place.values()], collection.part), "rows": rows}


def read_column(stored: Any, kind: Any) -> Stored:
    """Return a column as `plain_column` wrote it, all of it checked. Raises ValueError for what does not fit `kind`."""
    if _is_entity(kind):
        types = field_types(kind)
        return Entities(kind, [read_column(part, own) for part, own in zip(stored, types.values(), strict=True)])
    collection = _collection(kind)
    if collection is not None:
        return _collections(stored, collection)
    kinds = set(get_args(kind) if get_origin(kind) in UNIONS else [kind])
    if kinds <= SAME and set(map(type, _listed(stored))) <= kinds:
        return Values(tuple(stored))
    return Values(tuple(map(reader_of(kind), _listed(stored))))


def _collections(stored: Any, collection: _Collection) -> Collections:
    """Return a column of sets or rows, each of which names places among the parts that are there."""
    parts, rows = read_column(stored["parts"], collection.part), _listed(stored["rows"])
    kinds = set(map(type, rows))
    if not kinds <= {list, NoneType} or (NoneType in kinds and not collection.may_be_unknown):
        raise ValueError("rows")
    named = list(chain.from_iterable(row for row in rows if row))
    if set(map(type, named)) - {int} or min(named, default=0) < 0 or max(named, default=-1) >= len(parts):
        raise ValueError("places")
    return Collections(collection.gather, parts, rows)


def field_types(entity: Any) -> Mapping[str, Any]:
    """Return the declared type of each field of an entity, in order."""
    hints = get_type_hints(entity)
    return {field.name: hints[field.name] for field in fields(entity)}


def _is_entity(kind: Any) -> bool:
    return is_dataclass(kind)


@dataclass(frozen=True)
class _Collection:
    """How the values of a column of sets or rows gather their parts, the type of those, and whether some are None."""

    gather: type
    part: Any
    may_be_unknown: bool


def _collection(kind: Any) -> _Collection | None:
    kinds = [part for part in get_args(kind) if part is not NoneType] if get_origin(kind) in UNIONS else [kind]
    origin, parts = get_origin(kinds[0]), get_args(kinds[0])
    if len(kinds) > 1 or not (origin is frozenset or (origin is tuple and parts[-1] is ...)):
        return None
    return _Collection(origin, parts[0], kinds != [kind])


@cache
def reader_of(kind: Any) -> Reader:
    """Return the function that reads JSON values of a declared type; it raises ValueError for what does not fit."""
    origin, parts = get_origin(kind), get_args(kind)
    if origin in UNIONS:
        return _either(parts)
    if origin is Literal:
        return _chosen(frozenset(parts))
    if origin is frozenset:
        return _set_of(reader_of(parts[0]))
    if origin is tuple:
        return _row_of(reader_of(parts[0])) if parts[-1] is ... else _parts_of([reader_of(part) for part in parts])
    return _entity(kind) if _is_entity(kind) else SIMPLE[kind]


def _exactly(kind: type) -> Reader:
    def read(value: Any) -> Any:
        if type(value) is not kind:
            raise ValueError(kind.__name__)
        return value

    return read


def _number(value: Any) -> Any:
    """Return a finite number, whole or not as it was written: code may hold whole hours in a column of fractions."""
    if type(value) is int or (type(value) is float and math.isfinite(value)):
        return value
    raise ValueError("number")


def _day(value: Any) -> dt.date:
    if type(value) is str and len(value) == len("2026-11-01"):
        return dt.date.fromisoformat(value)
    raise ValueError("date")


SAME: frozenset[type] = frozenset({bool, int, str, NoneType})
"""Types that JSON holds as they are."""

SIMPLE: dict[type, Reader] = {kind: _exactly(kind) for kind in SAME}
SIMPLE |= {float: _number, dt.date: _day}


def _either(kinds: tuple[Any, ...]) -> Reader:
    readers = [reader_of(kind) for kind in kinds if kind is not NoneType]
    empty = NoneType in kinds

    def read(value: Any) -> Any:
        if value is None and empty:
            return None
        for reader in readers[:-1]:
            try:
                return reader(value)
            except ValueError:
                continue
        return readers[-1](value)

    return read


def _chosen(words: frozenset[str]) -> Reader:
    def read(value: Any) -> str:
        if type(value) is str and value in words:
            return value
        raise ValueError("word")

    return read


def _listed(value: Any) -> list[Any]:
    if type(value) is not list:
        raise ValueError("list")
    return value


def _set_of(each: Reader) -> Reader:
    def read(value: Any) -> frozenset[Any]:
        found = frozenset(map(each, _listed(value)))
        if len(found) != len(value):
            raise ValueError("twice")
        return found

    return read


def _row_of(each: Reader) -> Reader:
    return lambda value: tuple(map(each, _listed(value)))


def _parts_of(readers: list[Reader]) -> Reader:
    def read(value: Any) -> tuple[Any, ...]:
        return tuple(reader(part) for reader, part in zip(readers, _listed(value), strict=True))

    return read


def _entity(kind: type) -> Reader:
    """Return the reader of a frozen dataclass, written as its fields in order."""
    types = field_types(kind)
    read_parts = _parts_of([reader_of(own) for own in types.values()])
    return lambda value: kind(**dict(zip(types, read_parts(value), strict=True)))
