"""What a candidate's needs mean for any work: rows that all have to be met, each with its alternatives.

A row in the needs of a candidate becomes one `NeedRow`. Several rows are all needed; the alternatives inside one row
suffice one by one. What the candidate names overrules what the catalogue suggests. An arrangement that is named
without a demand (a framework supplier often delivers only that) is needed for the whole package, and also counts as
named for a demand of hers that it may bridge.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from enum import IntEnum
from functools import cache

from matching.domain.arrangement import arrangements
from matching.domain.candidate import Need


class Bridge(IntEnum):
    """How a demand of the work is met, ordered from no question at all to the hardest question.

    `OWN`: within what goes well for her. `PRESENT`, `ARRANGEABLE`, `UNKNOWN_OFFER`: by an arrangement that she names
    and that is there, can be arranged, or of which the package says nothing. `UNKNOWN_NEED`: nobody asked her yet.
    `SUGGESTED`: only the catalogue names an arrangement that may help. `NONE_KNOWN`: nobody names one.
    `NOT_POSSIBLE`: every arrangement that would help is recorded as not possible here.
    """

    OWN = 0
    PRESENT = 1
    ARRANGEABLE = 2
    UNKNOWN_OFFER = 3
    UNKNOWN_NEED = 4
    SUGGESTED = 5
    NONE_KNOWN = 6
    NOT_POSSIBLE = 7

    @property
    def certain(self) -> bool:
        """Whether the work is certain to go well."""
        return self <= Bridge.ARRANGEABLE

    @property
    def open_question(self) -> bool:
        """Whether something about it is unknown, which never counts against anybody."""
        return self in (Bridge.UNKNOWN_OFFER, Bridge.UNKNOWN_NEED)

    @property
    def to_judge(self) -> bool:
        """Whether a person must judge it."""
        return self >= Bridge.SUGGESTED


@dataclass(frozen=True, kw_only=True, slots=True)
class NeedRow:
    """One need, ready to compare: it speaks when the work asks more of `demand` than is `possible`.

    `demand` None speaks of the whole package, or, with `unknown`, of every demand of which nobody asked her.
    `named` are alternatives of which one suffices; `suggested` are those of the catalogue when she names none.
    `possible` None is an unknown level, which speaks wherever the lowest level is exceeded. `confirmed` tells that she
    confirmed a known level; without it nothing ever counts as not doable.
    """

    demand: str | None = None
    possible: int | None = None
    named: tuple[str, ...] = ()
    suggested: tuple[str, ...] = ()
    confirmed: bool = False
    unknown: bool = False
    confirmed_on: dt.date | None = field(default=None, compare=False)

    @property
    def level(self) -> int:
        """The highest level at which the row does not speak."""
        return self.possible or 0

    @property
    def whole_package(self) -> bool:
        """Whether the row is an arrangement that she needs whatever the tasks ask."""
        return self.demand is None and not self.unknown

    @property
    def alternatives(self) -> tuple[str, ...]:
        """The arrangements that may meet the need: named by her, else suggested."""
        return self.named or self.suggested


NOBODY_ASKED = NeedRow(unknown=True)
"""The row of a candidate of whom no needs were asked: an ordinary level is not assumed."""


@cache
def need_rows(needs: tuple[Need, ...] | None) -> tuple[NeedRow, ...]:
    """Return the rows of a candidate's needs; none for "known: no needs".

    Needs None (nobody asked) gives one row that leaves every demand unknown. So do needs that hold arrangements
    only: they say what she needs, not which demands go well.
    """
    if needs is None:
        return (NOBODY_ASKED,)
    whole = tuple(key for need in needs if need.demand is None for key in need.arrangements)
    found = dict.fromkeys(_row(need, whole) for need in needs if need.demand is not None or need.arrangements)
    only_arrangements = bool(needs) and all(need.demand is None for need in needs)
    return (*found, NOBODY_ASKED) if only_arrangements else tuple(found)


def confirmed_rows(needs: tuple[Need, ...] | None) -> tuple[NeedRow, ...]:
    """Return of `need_rows` only those that she confirmed at a known level and that something may meet; not dated."""
    told = [need for need in needs or () if need.demand is not None and need.level is not None and need.confirmed_on]
    if not told:
        return ()
    whole = tuple(key for need in needs or () if need.demand is None for key in need.arrangements)
    rows = (_confirmed_row(need.demand or "", need.level or 0, need.arrangements, whole) for need in told)
    return tuple(row for row in rows if row.alternatives)


@cache
def _confirmed_row(demand: str, level: int, arrangements: tuple[str, ...], whole: tuple[str, ...]) -> NeedRow:
    able = may_bridge(demand, level)
    named = arrangements or tuple(key for key in whole if key in able)
    return NeedRow(demand=demand, possible=level, named=named, suggested=() if named else able, confirmed=True)


def _row(need: Need, whole: tuple[str, ...]) -> NeedRow:
    """Return the row of one need; `whole` are the arrangements that she named without a demand."""
    if need.demand is None:
        return NeedRow(named=need.arrangements, confirmed_on=need.confirmed_on)
    able = may_bridge(need.demand, need.level or 0)
    named = need.arrangements or tuple(key for key in whole if key in able)
    return NeedRow(
        demand=need.demand,
        possible=need.level,
        named=named,
        suggested=() if named else able,
        confirmed=need.confirmed_on is not None and need.level is not None,
        unknown=need.level is None and not named,
        confirmed_on=need.confirmed_on,
    )


@cache
def may_bridge(demand: str, level: int) -> tuple[str, ...]:
    """Return the arrangements that may bring this demand down to the level, in the order of the catalogue."""
    return tuple(key for key, found in arrangements().items() if found.suggests.get(demand, level + 1) <= level)
