"""What fell short, for a reader: alike wishes in one line, with names and what they cost in points."""

from __future__ import annotations

from collections.abc import Iterable

from matching.domain.region import regions
from matching.planning.proposal import Shortfall
from matching.text import Sentence, say

__all__ = ["unmet"]

_GROUP = "planning.wish.at_least_group"


def unmet(shortfalls: Iterable[Shortfall]) -> tuple[Sentence, ...]:
    """Return each shortfall in words; unmet wishes for groups stand in one line for each floor and price.

    The line says that the price is inside the goal of the points (the proven maximum), not in the proposals.
    """
    grouped: dict[tuple[int, int], list[Shortfall]] = {}
    rest = []
    for item in shortfalls:
        if item.price and item.sentence.key == _GROUP:
            least = int(str(dict(item.sentence.values)["least"]))
            grouped.setdefault((least, item.price), []).append(item)
        else:
            rest.append(item.sentence)
    return (*(_line(least, price, items) for (least, price), items in grouped.items()), *rest)


def _line(least: int, price: int, items: list[Shortfall]) -> Sentence:
    known = {region.code: region.name for region in regions().values()}
    names = (str(dict(item.sentence.values)["group"]) for item in items)
    return say(
        "planning.wish.unmet",
        least=least,
        groups=tuple(f"{known[name]} ({name})" if name in known else name for name in names),
        cost=sum(item.units for item in items) * price // 1000,
    )
