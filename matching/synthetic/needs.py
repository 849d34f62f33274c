"""What the profile shows of what a person needs: part of the truth, as somebody wrote it down."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import cache

import numpy as np
from numpy.typing import NDArray

from matching.domain.arrangement import arrangements
from matching.domain.candidate import Need
from matching.domain.columns import Column
from matching.domain.demand import demands
from matching.synthetic.assumptions import assumed
from matching.synthetic.coding import coded, packed, unpacked
from matching.synthetic.dice import Dice, Whole
from matching.synthetic.gaps import Gaps
from matching.synthetic.people import People, bridging
from matching.synthetic.presence import profile_age

MOST_NEEDS = 4
"""The most needs that one profile shows."""
WAYS = 4
"""How a need was written down: demand alone, with the arrangement, with an alternative, or the arrangement alone."""
NEED_SIZES = (40, 5, 40, 40, WAYS, 2)
"""Demand, level, arrangement + 1, alternative + 1, way of writing, confirmed."""


def needs(people: People, gaps: Gaps, dice: Dice, as_of: dt.date) -> Mapping[str, Column]:
    """Return the needs and the guidance that the profile shows; needs unknown where nobody asked.

    Months, not days, date a confirmation: it happened in the month of the profile.
    """
    shown = people.reduced if gaps.asked else people.reduced & _noticed(people, dice)
    most = int(shown.sum(axis=1).max(initial=0)) if gaps.asked else MOST_NEEDS
    shown = shown & (shown.cumsum(axis=1) <= most)
    days = as_of.toordinal() - profile_age(people, gaps, dice)
    codes = np.stack([_need_codes(gaps, shown, nth) for nth in range(most)], axis=1) if most else _none(len(people))
    rows, inverse = _distinct(codes, _month(days))
    built = [_needs(row) for row in rows]
    return {
        "needs": coded(inverse, built.__getitem__, gaps.of("needs")),
        **_guidance(people, gaps, dice),
    }


def _none(size: int) -> Whole:
    return np.full((size, 1), -1, dtype=np.int64)


def _noticed(people: People, dice: Dice) -> NDArray[np.bool_]:
    share = assumed("needs.shown")
    columns = [dice.hit(f"need.shown.{demand}", len(people), share) for demand in demands()]
    return np.stack(columns, axis=1)


def _month(days: Whole) -> Whole:
    """Return whole months of days since the year 0, exactly as a calendar counts them."""
    found, back = np.unique(days, return_inverse=True)
    months = [(day := dt.date.fromordinal(int(number))).year * 12 + day.month - 1 for number in found]
    return np.array(months, dtype=np.int64)[back]


def _need_codes(gaps: Gaps, shown: NDArray[np.bool_], nth: int) -> Whole:
    """Return the code of the nth shown need of each person, -1 where there are fewer; plain when just asked."""
    people, dice, size = gaps.people, gaps.dice, len(gaps.people)
    present = shown.sum(axis=1) > nth
    demand = np.argmax(shown & (shown.cumsum(axis=1) == nth + 1), axis=1)
    row = np.arange(size)
    helps = people.bridges[row, demand].astype(np.int64)
    other = _alternative(demand, dice.raw(f"need.other.{nth}", size))
    supplier_way = [15, 35, 10, 40]
    way = dice.pick_by(f"need.way.{nth}", (people.source == 1).astype(np.int64), [[28, 50, 17, 5], supplier_way])
    way = np.ones_like(way) if gaps.asked else way
    way = np.where(helps < 0, 0, np.where((way == 2) & (other == helps), 1, way))
    confirmed = dice.hit(f"need.confirmed.{nth}", size, assumed("needs.confirmed")) | gaps.asked
    level = np.where(way == 3, 0, people.abilities[row, demand])
    parts = (np.where(way == 3, 0, demand), level, np.where(way == 0, 0, helps + 1), np.where(way == 2, other + 1, 0))
    code = packed((*parts, way, confirmed.astype(np.int64)), NEED_SIZES)
    return np.where(present, code, -1)


def _alternative(demand: Whole, chance: Whole) -> Whole:
    """Return another arrangement that the catalogue names for the demand (it may be the same one)."""
    found = np.zeros(len(demand), dtype=np.int64)
    for column, key in enumerate(demands()):
        mine = demand == column
        fitting = np.array(bridging(key) or (0,))
        found[mine] = fitting[(chance[mine] * len(fitting)) >> 32]
    return found


def _distinct(codes: Whole, months: Whole) -> tuple[Whole, Whole]:
    """Return the distinct rows of need codes with their month, and the row of each person."""
    confirmed = (codes >= 0) & (codes % 2 == 1)
    month = np.where(confirmed.any(axis=1), months, 0)
    combined = np.zeros(len(codes), dtype=np.int64)
    for column in (*codes.T, month):
        values, place = np.unique(column, return_inverse=True)
        combined = np.unique(combined * len(values) + place, return_inverse=True)[1]
    first = np.unique(combined, return_index=True)[1]
    return np.concatenate([codes, month[:, None]], axis=1)[first], combined


def _needs(row: Whole) -> tuple[Need, ...]:
    month = int(row[-1])
    day = dt.date(month // 12, month % 12 + 1, 1) if month else None
    found = [_need(int(code), day) for code in row[:-1] if code >= 0]
    return tuple({(need.demand, need.arrangements): need for need in reversed(found)}.values())[::-1]


@cache
def _need(code: int, month: dt.date | None) -> Need:
    demand, level, helps, other, way, confirmed = unpacked(code, NEED_SIZES)
    names = tuple(arrangements())
    named = tuple(names[place - 1] for place in (helps, other) if place)
    day = month if confirmed else None
    if way == 3:
        return Need(arrangements=named, confirmed_on=day)
    return Need(demand=tuple(demands())[demand], level=level, arrangements=named, confirmed_on=day)


def _guidance(people: People, gaps: Gaps, dice: Dice) -> Mapping[str, Column]:
    unknown = gaps.of("guidance")
    told = np.clip(people.guidance + dice.below("guidance.error", len(people), 3) - 1, 0, 8)
    kind = np.where(told < 2, 0, np.where(told < 5, 1, 2))
    return {
        "guidance_hours": coded(told, float, unknown | gaps.also("guidance_hours", 200)),
        "guidance_level": coded(kind, ("light", "middle", "intensive").__getitem__, unknown),
    }
