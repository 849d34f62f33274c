"""Columns of a prepared pool as they are stored: all of it checked, and a value made when somebody looks at it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol

from matching.domain.canonical import canonical_texts, collection_text, entity_texts
from matching.domain.columns import Codes, Column


class Stored(Protocol):
    """The distinct values of a column."""

    def __len__(self) -> int:
        """Return how many there are."""
        ...

    def made(self) -> tuple[Any, ...]:
        """Return all of them, made once."""
        ...

    def one(self, place: int) -> Any:
        """Return one of them."""
        ...

    def texts(self) -> list[str]:
        """Return the canonical text of each, without making it."""
        ...


@dataclass(frozen=True, eq=False)
class Values:
    """Values that are there already."""

    values: tuple[Any, ...]

    def __len__(self) -> int:
        return len(self.values)

    def made(self) -> tuple[Any, ...]:
        """Return all of them."""
        return self.values

    def one(self, place: int) -> Any:
        """Return one of them."""
        return self.values[place]

    def texts(self) -> list[str]:
        """Return the canonical text of each."""
        return canonical_texts(self.values)


@dataclass(frozen=True, eq=False)
class Entities:
    """Dataclasses, stored as a column for each field. Raises ValueError when these are not equally long."""

    kind: type
    columns: Sequence[Stored]

    def __post_init__(self) -> None:
        if len(set(map(len, self.columns))) != 1:
            raise ValueError("columns")

    def __len__(self) -> int:
        return len(self.columns[0])

    @property
    def _names(self) -> list[str]:
        return list(self.kind.__dataclass_fields__)  # type: ignore[attr-defined]

    @cached_property
    def _made(self) -> tuple[Any, ...]:
        rows, names = zip(*(column.made() for column in self.columns), strict=True), self._names
        return tuple(self.kind(**dict(zip(names, row, strict=True))) for row in rows)

    def made(self) -> tuple[Any, ...]:
        """Return all of them, made once."""
        return self._made

    def one(self, place: int) -> Any:
        """Return one of them."""
        return self.kind(**{name: column.one(place) for name, column in zip(self._names, self.columns, strict=True)})

    def texts(self) -> list[str]:
        """Return the canonical text of each, without making it."""
        return entity_texts(self.kind, [column.texts() for column in self.columns], len(self))


@dataclass(frozen=True, eq=False)
class Collections:
    """Sets or rows (`gather`) of parts; each is a list of places among the parts, or None where it is unknown."""

    gather: type
    parts: Stored
    rows: Sequence[list[int] | None]

    def __len__(self) -> int:
        return len(self.rows)

    @cached_property
    def _made(self) -> tuple[Any, ...]:
        pick = self.parts.made().__getitem__
        return tuple(None if row is None else self.gather(map(pick, row)) for row in self.rows)

    def made(self) -> tuple[Any, ...]:
        """Return all of them, made once."""
        return self._made

    def one(self, place: int) -> Any:
        """Return one of them."""
        row = self.rows[place]
        return None if row is None else self.gather(map(self.parts.one, row))

    def texts(self) -> list[str]:
        """Return the canonical text of each, without making it."""
        pick, gather = self.parts.texts().__getitem__, self.gather
        return ["None" if row is None else collection_text(gather, map(pick, row)) for row in self.rows]


class StoredColumn(Column):
    """A column of which the values are made when somebody asks for them; one row makes only its own."""

    def __init__(self, codes: Codes, stored: Stored) -> None:
        object.__setattr__(self, "codes", codes)
        object.__setattr__(self, "stored", stored)

    stored: Stored

    @cached_property
    def values(self) -> tuple[Any, ...]:
        """The distinct values."""
        return self.stored.made()

    def __getitem__(self, row: int) -> Any:
        code = int(self.codes[row])
        return self.values[code] if "values" in self.__dict__ else self.stored.one(code)

    def texts(self) -> list[str]:
        """Return the canonical text of each distinct value."""
        return self.stored.texts()

    def __reduce__(self) -> tuple[type[Column], tuple[Codes, tuple[Any, ...]]]:
        return Column, (self.codes, self.values)
