"""Job titles: a catalogue that the user loads, or the kinds of work of the package as a first hint."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from matching.domain.vocabulary import rows
from matching.lookup.catalogue import Catalogue
from matching.lookup.found import Found


@cache
def work_kind_catalogue() -> Catalogue:
    """Return the kinds of work by key, each labelled with its name, its tasks and common titles (expert judgement)."""
    return Catalogue.of(_work_kind_labels())


def _work_kind_labels() -> Iterator[tuple[str, str]]:
    for row in rows("work_kinds"):
        yield row["key"], row["label_nl"]
        yield row["key"], row["label_en"]
    for row in rows("tasks"):
        yield row["work_kind"], row["label_nl"]
    for row in rows("kind_titles"):
        yield row["work_kind"], row["title_nl"]


def find_titles(texts: Iterable[str], catalogue: Catalogue | None = None) -> tuple[Found, ...]:
    """Return the answer to every text, from the given catalogue of titles or else the package's kinds of work.

    Without a catalogue most titles stay unknown, with the nearest kinds of work as candidates for a person.
    """
    return (catalogue or work_kind_catalogue()).find(texts)
