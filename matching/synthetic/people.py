"""The people of the synthetic world as they really are: what a file shows of them comes later, and only in part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from matching.domain.arrangement import arrangements
from matching.domain.demand import demands
from matching.domain.education import education_levels, steps_of_scales
from matching.domain.region import municipalities
from matching.domain.vocabulary import rows, vocabulary
from matching.synthetic.assumptions import assumed
from matching.synthetic.dice import Dice, Truths, Whole
from matching.synthetic.sheets import inhabitants, sheet

SOURCES = ("wsp", "supplier", "municipality", "binnenwerk")
HOURS = (12, 16, 20, 24, 28, 32, 36, 40)
JOURNEYS = (30, 45, 60, 75, 90)
GROUP_WEIGHTS = {"structure": 34, "contact": 22, "surroundings": 18, "movement": 10, "posture": 8, "times": 8}
READING_BY_STEP = (1, 2, 2, 3, 3, 3, 3, 3, 3)
WRITING_BY_STEP = (1, 1, 2, 2, 3, 3, 3, 3, 3)

Small = NDArray[np.int8]


@dataclass(frozen=True, kw_only=True)
class People:
    """Hidden traits, one row a person.

    `place` is a position in municipalities(), `education` one in the ladder, `kinds` and `wishes` (two columns, -1
    for none) positions among the work kinds. `abilities` has the highest level that goes well for every demand of
    the catalogue, `bridges` the arrangement that helps (a position in the catalogue, -1 for none). `drive` is -3..3.
    `open` has no preference. `control` is a group of 0..3 that has nothing to do with anything.
    """

    place: Whole
    source: Whole
    supplier: Whole
    young: Truths
    practical: Truths
    silent: Truths
    blank: Truths
    education: Whole
    step: Whole
    kinds: Small
    years: Whole
    wishes: Small
    open: Truths
    hours: Whole
    journey: Whole
    abilities: Small
    reduced: Truths
    bridges: Small
    guidance: Whole
    drive: Whole
    control: Whole

    def __len__(self) -> int:
        return len(self.place)


def people(dice: Dice, size: int) -> People:
    """Return `size` people: independent of how many there are, so that a bigger world begins with the same people."""
    source = dice.pick("person.source", size, [assumed(f"source.{name}") for name in SOURCES])
    young = dice.hit("person.young", size, assumed("group.young"))
    entry = np.where(young, assumed("group.practical_if_young"), assumed("group.practical_if_older"))
    practical = dice.hit("person.practical", size, entry)
    silent = dice.hit("person.silent", size, _silence(source, young, practical))
    supplier, place = _whereabouts(dice, source)
    mix = np.where(source == 1, 2, np.where(young & practical, 0, 1))
    education = dice.pick_by("person.education", mix, _education_mix())
    step = np.array([level.step for level in education_levels().values()])[education]
    kinds, wishes, open_ = _leanings(dice, step)
    abilities, reduced = _abilities(dice, step)
    hours = np.array(HOURS)[dice.pick("person.hours", size, [5, 14, 16, 22, 12, 16, 12, 3])]
    return People(
        place=place,
        source=source,
        supplier=supplier,
        young=young,
        practical=practical,
        silent=silent,
        blank=silent & dice.hit("person.blank", size, assumed("silent.blank")),
        education=education,
        step=step,
        kinds=kinds,
        years=dice.below("person.years", size, np.where(young, 3, 13)) + 1,
        wishes=wishes,
        open=open_,
        hours=hours,
        journey=np.array(JOURNEYS)[dice.pick("person.journey", size, [18, 26, 34, 10, 12])],
        abilities=abilities,
        reduced=reduced,
        bridges=_bridges(dice, reduced),
        guidance=np.minimum(
            8, reduced[:, _group_columns("structure")].sum(axis=1) + dice.below("person.coach", size, 2)
        ),
        drive=dice.steps("person.drive", size),
        control=dice.below("person.control", size, 4),
    )


def _silence(source: Whole, young: Truths, practical: Truths) -> Whole:
    """Return the chance of never having been interviewed, per mille."""
    of_young = np.where(practical, assumed("silent.young_practical"), assumed("silent.young"))
    of_older = np.where(practical, assumed("silent.practical"), assumed("silent.other"))
    met = (source == 1) | (source == 3)
    return np.where(met, assumed("silent.with_supplier"), np.where(young, of_young, of_older))


def _whereabouts(dice: Dice, source: Whole) -> tuple[Whole, Whole]:
    """Return supplier (-1 for none) and place: by inhabitants; suppliers weigh their home provinces four times."""
    size = len(source)
    place = dice.pick("person.place", size, inhabitants())
    supplier = np.where(source == 1, dice.below("person.supplier", size, 8), -1)
    provinces = [municipality.province for municipality in municipalities().values()]
    homes = [set(row["home_provinces"].split(";")) for row in sheet("suppliers")]
    weights = [inhabitants() * np.array([4 if p in home else 1 for p in provinces]) for home in homes]
    return supplier, np.where(supplier >= 0, dice.pick_by("person.place.supplier", supplier, weights), place)


@cache
def _education_mix() -> tuple[tuple[int, ...], ...]:
    by_key = {row["education"]: row for row in sheet("education_mix")}
    names = ("young_practical", "other", "with_supplier")
    return tuple(tuple(int(by_key[key][name]) for key in education_levels()) for name in names)


@cache
def kind_weights() -> tuple[tuple[int, ...], ...]:
    """Return for each step 0..8 how likely every kind of work is as somebody's own: mostly at the own level."""
    found = []
    for step in range(9):
        weights = []
        for row in rows("work_kinds"):
            scales = (int(row[name].removeprefix("S")) for name in ("usual_scale_min", "usual_scale_max"))
            low, high = steps_of_scales(*scales) or (0, 8)
            above = step - high
            weights.append(10 if low <= step <= high else 4 if above == 1 else 1 if above > 1 else step == low - 1)
        found.append(tuple(int(weight) for weight in weights))
    return tuple(found)


def _leanings(dice: Dice, step: Whole) -> tuple[Small, Small, Truths]:
    """Return kinds of work mastered (two columns), truly wished (two columns) and "no preference"."""
    size = len(step)
    first, second, third, fourth = (dice.pick_by(f"person.kind.{n}", step, kind_weights()) for n in range(4))
    second = np.where(dice.hit("person.two_kinds", size, 450) & (second != first), second, -1)
    wished = np.where(dice.hit("person.same_wish", size, assumed("wish.is_mastered")), first, third)
    also = np.where(dice.hit("person.two_wishes", size, 400) & (fourth != wished), fourth, -1)
    pair = np.stack([wished, also], axis=1).astype(np.int8)
    return np.stack([first, second], axis=1).astype(np.int8), pair, dice.hit("person.open", size, assumed("wish.open"))


@cache
def _group_columns(group: str) -> tuple[int, ...]:
    return tuple(place for place, demand in enumerate(demands().values()) if demand.group.key == group)


def _abilities(dice: Dice, step: Whole) -> tuple[Small, Truths]:
    """Return the highest level that goes well for every demand, and where it is lower than the catalogue's top."""
    size, catalogue = len(step), tuple(demands().values())
    affected = _affected(dice, size)
    abilities = np.zeros((size, len(catalogue)), dtype=np.int8)
    reduced = np.zeros((size, len(catalogue)), dtype=bool)
    for column, demand in enumerate(catalogue):
        top = len(demand.levels) - 1
        hit = affected[demand.group.key] & dice.hit(f"person.reduced.{demand.key}", size, 380)
        much = dice.hit(f"person.much_less.{demand.key}", size, 500)
        less = 1 + dice.below(f"person.less.{demand.key}", size, top) * much
        abilities[:, column] = np.where(hit, np.maximum(0, top - less), top)
        reduced[:, column] = hit
    for key, by_step in (("reading", READING_BY_STEP), ("writing", WRITING_BY_STEP)):
        column = tuple(demands()).index(key)
        abilities[:, column] = np.minimum(abilities[:, column], np.array(by_step)[step])
    return abilities, reduced


def _affected(dice: Dice, size: int) -> dict[str, Truths]:
    """Return for each group of demands whether it is one where this person needs something: none to three groups."""
    count = dice.pick("person.groups", size, [8, 48, 34, 10])
    weights: Sequence[int] = list(GROUP_WEIGHTS.values())
    drawn = [dice.pick(f"person.group.{n}", size, weights) for n in range(3)]
    return {
        group: np.logical_or.reduce([(drawn[n] == place) & (count > n) for n in range(3)])
        for place, group in enumerate(GROUP_WEIGHTS)
    }


def _bridges(dice: Dice, reduced: Truths) -> Small:
    """Return for each person and demand the arrangement that helps, -1 where none is needed or none would help."""
    size = len(reduced)
    found = np.full(reduced.shape, -1, dtype=np.int8)
    for column, demand in enumerate(demands()):
        fitting = np.array(bridging(demand) or (-1,))
        helped = reduced[:, column] & ~dice.hit(f"person.unbridged.{demand}", size, assumed("needs.unbridged"))
        found[:, column] = np.where(helped, fitting[dice.below(f"person.bridge.{demand}", size, len(fitting))], -1)
    return found


@cache
def bridging(demand: str) -> tuple[int, ...]:
    """Return the positions of the arrangements that the catalogue names for a demand."""
    return tuple(place for place, found in enumerate(arrangements().values()) if demand in found.suggests)


@cache
def work_kinds() -> tuple[str, ...]:
    """Return the keys of the kinds of work; positions count in this order."""
    return tuple(vocabulary("work_kind"))
