"""The education ladder and the indicative level of salary scales.

Levels are compared by `step` (0..8), never by VUM, NLQF or ISCED codes: VUM 7 means unknown, VUM puts mbo-1 to
mbo-4 in one bucket, and NLQF and ISCED disagree on mbo-2 and mbo-4.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from matching.domain.vocabulary import Term, rows, vocabulary

HIGHER_EDUCATION_STEP = 6
"""The step of an hbo or wo bachelor."""


@dataclass(frozen=True, kw_only=True, slots=True)
class EducationLevel:
    """One rung of the ladder with its codes as text; several codes are separated by ";", empty means not scaled."""

    key: str
    step: int
    nlqf: str
    eqf: str
    isced: str
    vum_education: str
    vum_level: str


@cache
def education_levels() -> Mapping[str, EducationLevel]:
    """Return the ladder by key, lowest first. Sources: nuffic.nl (NLQF/EQF), cbs.nl (ISCED), VUM 0.8.x."""
    names = ("nlqf", "eqf", "isced", "vum_education", "vum_level")
    return {
        row["key"]: EducationLevel(key=row["key"], step=int(row["step"]), **{name: row[name] for name in names})
        for row in rows("education")
    }


def asks_no_education(level: str) -> bool:
    """Return whether work of this level asks no diploma at all: the lowest rung."""
    return education_levels()[level].step == 0


def spoken_level(key: str) -> Term | str:
    """Return a level as it reads inside a sentence about a person; the key itself when the ladder does not hold it.

    On the ladder the lowest rung is called "none or primary education", which is no way to speak of somebody.
    """
    spoken = vocabulary("education_in_a_sentence").terms
    return spoken[key] if key in spoken else vocabulary("education").terms.get(key, key)


def step_of(education: str | None) -> int | None:
    """Return the step 0..8 of a key, or None for unknown."""
    return None if education is None else education_levels()[vocabulary("education")[education].key].step


@cache
def _scale_steps() -> Mapping[int, tuple[int, int]]:
    return {int(row["scale"]): (int(row["step_min"]), int(row["step_max"])) for row in rows("salary_scales")}


def steps_of_scales(scale_min: int | None, scale_max: int | None) -> tuple[int, int] | None:
    """Return the indicative range of steps of a range of salary scales 1..18, or None when no scale is known.

    The table is indicative (Functiegebouw Rijk gives no official scale-to-level table) and can be edited.
    """
    ends = [scale for scale in (scale_min, scale_max) if scale is not None]
    if not ends:
        return None
    return _scale_steps()[min(ends)][0], _scale_steps()[max(ends)][1]


def level_range(level_min: str | None, scale_min: int | None, scale_max: int | None) -> tuple[int, int] | None:
    """Return the steps that a package asks: from its stated minimum, else from its scales; None when it asks none."""
    scales = steps_of_scales(scale_min, scale_max)
    stated = step_of(level_min)
    if stated is None:
        return scales
    return stated, max(stated, scales[1] if scales else stated + 1)
