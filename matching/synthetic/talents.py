"""The part of a profile that comes first: what a person brings, masters, wants and wants to learn."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import numpy as np

from matching.domain.columns import Column
from matching.domain.education import education_levels
from matching.domain.vocabulary import rows
from matching.synthetic.coding import chosen, coded, packed, unpacked
from matching.synthetic.dice import Dice, Whole
from matching.synthetic.gaps import Gaps
from matching.synthetic.people import People, work_kinds
from matching.synthetic.sheets import field_of, sheet

KINDS = 24
"""The number of kinds of work and one for none."""
MASKS = 256
"""Which of the first eight skills of a kind somebody has, one bit each."""
SETTINGS = (
    ("in_team", "alone"),
    ("on_site", "at_home"),
    ("lively", "calm"),
    ("indoors", "outdoors"),
    ("fixed", "varied"),
)
DEVELOPMENT = ("training", "hours_growth", "scale_growth", "lasting_contract")
SECOND_LANGUAGES = ("en", "de", "fr", "tr", "ar", "pl", "uk", "fy", "pap", "ngt", "es")
HIGH_KINDS = ("software_quality", "data_analysis", "policy", "legal", "communication", "procurement")


def schooling(people: People, gaps: Gaps, dice: Dice) -> Mapping[str, Column]:
    """Return education, field of study, working level and wished scale."""
    size, ladder = len(people), tuple(education_levels())
    unknown = gaps.of("education")
    moved = np.clip(people.education + dice.pick("level.moved", size, [15, 60, 25]) - 1, 0, len(ladder) - 2)
    no_level = gaps.of("working_level")
    no_scale = gaps.of("wished_scale")
    lowest = np.array([1, 1, 2, 4, 5, 7, 8, 9, 10])[people.step]
    field = np.where(people.step >= 3, people.kinds[:, 0], KINDS - 1)
    return {
        "education": chosen(people.education, ladder, unknown),
        "education_completed": chosen(
            dice.pick("completed", size, [78, 22]), (True, False), unknown | gaps.of("completed")
        ),
        "fields_of_study": coded(field, _fields, unknown | gaps.of("fields")),
        "working_level": chosen(moved, ladder, no_level),
        "working_level_confirmed": chosen(dice.pick("level.sure", size, [6, 4]), (True, False), no_level),
        "wished_scale_min": coded(lowest, int, no_scale),
        "wished_scale_max": coded(
            lowest + 2 + dice.below("scale.room", size, 3), int, no_scale | gaps.also("top", 300)
        ),
    }


def _fields(kind: int) -> frozenset[str]:
    """Return the usual field of study of a kind of work; a place past the last stands for none."""
    return frozenset(field_of(key) for key in _kinds(kind))


def _kinds(*places: int) -> frozenset[str]:
    """Return the keys of these kinds of work; a place past the last stands for none."""
    return frozenset(work_kinds()[place] for place in places if place < len(work_kinds()))


@cache
def skills_of(kind: int) -> tuple[str, ...]:
    """Return the first eight skills of a kind of work, in the order of the vocabulary."""
    key = work_kinds()[kind]
    found = [row["key"] for row in rows("skills") if key in row["work_kinds"].split(";")]
    return tuple(sorted(found, key=lambda skill: _reach(skill)))[:8]


@cache
def _reach(skill: str) -> int:
    return next(len(row["work_kinds"].split(";")) for row in rows("skills") if row["key"] == skill)


def skill_masks(people: People, dice: Dice) -> tuple[Whole, Whole]:
    """Return which skills of the first and of the second mastered kind somebody truly has, as bits."""
    first, second = (_mask(dice, f"skills.{part}", len(people)) for part in ("first", "second"))
    return first, np.where(people.kinds[:, 1] >= 0, second, 0)


def _mask(dice: Dice, name: str, size: int) -> Whole:
    bits = [dice.hit(f"{name}.{bit}", size, 420) * (1 << bit) for bit in range(8)]
    found: Whole = np.sum(bits, axis=0, dtype=np.int64)
    return found


def _skills(code: int) -> frozenset[str]:
    first, second, mask, other = unpacked(code, (KINDS, KINDS, MASKS, MASKS))
    return _masked(first, mask) | _masked(second, other)


def _masked(kind: int, mask: int) -> frozenset[str]:
    if kind >= len(work_kinds()):
        return frozenset()
    return frozenset(skill for bit, skill in enumerate(skills_of(kind)) if mask & 1 << bit)


def abilities(people: People, gaps: Gaps, dice: Dice) -> Mapping[str, Column]:
    """Return skills, experience, kinds mastered, languages and free text about motivation."""
    size = len(people)
    first, second = (np.where(kind < 0, KINDS - 1, kind).astype(np.int64) for kind in people.kinds.T)
    skills = packed((first, second, *skill_masks(people, dice)), (KINDS, KINDS, MASKS, MASKS))
    lacking = dice.pick("skills.lacking", size, [30, 30, 20, 20])
    worked = dice.pick("experience.kinds", size, [18, 55, 27])
    experience = packed((first, second, people.years, worked), (KINDS, KINDS, 16, 3))
    texts = packed((first, dice.below("motivation", size, 2)), (KINDS, 2))
    return {
        "skills": coded(skills, _skills, gaps.of("skills")),
        "skills_absent": coded(lacking, _lacking, gaps.of("skills_absent")),
        "experience": coded(experience, _experience, gaps.of("experience")),
        "work_kinds_mastered": coded(
            packed((first, second), (KINDS, KINDS)),
            lambda code: _kinds(*unpacked(code, (KINDS, KINDS))),
            gaps.of("mastered"),
        ),
        "languages": coded(_languages(people, dice), _spoken, gaps.of("languages")),
        "motivation": coded(texts, _motivation, gaps.of("motivation")),
    }


def _lacking(code: int) -> frozenset[str]:
    return (frozenset(), frozenset({"excel_basic"}), frozenset({"touch_typing"}), frozenset({"telephone_contact"}))[
        code
    ]


def _experience(code: int) -> tuple[tuple[str, float], ...]:
    first, second, years, worked = unpacked(code, (KINDS, KINDS, 16, 3))
    found = [(work_kinds()[first], float(years))] if worked else []
    if worked == 2 and second < len(work_kinds()):
        found.append((work_kinds()[second], max(0.5, years / 2)))
    return tuple(sorted(found))


def _languages(people: People, dice: Dice) -> Whole:
    """Return Dutch level, second language (none for most; English for most higher educated) and its level as a code."""
    size = len(people)
    dutch = np.where(dice.hit("dutch.first", size, 830), 4, 2 + dice.below("dutch.level", size, 2))
    other = dice.pick("language.other", size, [40, 5, 4, 14, 14, 8, 6, 4, 3, 1, 1])
    english = dice.hit("language.english", size, np.where(people.step >= 5, 900, 350))
    second = np.where(dutch < 4, np.maximum(3, other), np.where(english, 0, 11))
    level = np.where(dutch < 4, 4, np.where(people.step >= 5, 3, 2))
    return packed((dutch, second, level), (5, 12, 5))


def _spoken(code: int) -> tuple[tuple[str, int], ...]:
    dutch, second, level = unpacked(code, (5, 12, 5))
    more = ((SECOND_LANGUAGES[second], level),) if second < len(SECOND_LANGUAGES) else ()
    return (("nl", dutch), *more)


def _motivation(code: int) -> str:
    kind, text = unpacked(code, (KINDS, 2))
    found = [row["text"] for row in sheet("motivations") if row["work_kind"] == work_kinds()[kind]]
    return found[text % len(found)]


def wishes(people: People, gaps: Gaps, dice: Dice) -> Mapping[str, Column]:
    """Return wished kinds of work, setting, development, what somebody wants to learn, and own vetoes."""
    size = len(people)
    first, second = (np.where(people.open | (kind < 0), KINDS - 1, kind).astype(np.int64) for kind in people.wishes.T)
    learn = dice.pick("learn.kinds", size, [35, 45, 20])
    learned = np.where(learn > 0, people.wishes[:, 0], KINDS - 1)
    also = np.where((learn > 1) & (people.wishes[:, 1] >= 0), people.wishes[:, 1], KINDS - 1)
    wished = packed((first, second, 2 + dice.below("wish.weight", size, 2)), (KINDS, KINDS, 4))
    return {
        "wished_work_kinds": coded(wished, _wished, gaps.of("wishes")),
        "wished_setting": coded(_setting(people, dice), _settings, gaps.of("setting")),
        "development_wishes": coded(dice.below("development", size, 16), _development, gaps.of("development")),
        "wants_to_learn": coded(
            packed((learned, also), (KINDS, KINDS)),
            lambda code: _kinds(*unpacked(code, (KINDS, KINDS))),
            gaps.of("learning"),
        ),
        "never": coded(_vetoes(people, dice), _vetoed, gaps.of("never")),
        "not_together_with": coded(dice.pick("together", size, [1]), lambda _: frozenset(), people.source != 3),
    }


def _wished(code: int) -> tuple[tuple[str, int], ...]:
    first, second, weight = unpacked(code, (KINDS, KINDS, 4))
    pairs = [(first, weight), (second, 1)]
    return tuple((work_kinds()[kind], number) for kind, number in pairs if kind < len(work_kinds()))


def _setting(people: People, dice: Dice) -> Whole:
    """Return for each of the five choices 0 (no wish), 1 or 2 as a code; calm and fixed are wished more often."""
    size, weights = len(people), ([45, 40, 15], [60, 25, 15], [45, 10, 45], [60, 25, 15], [50, 30, 20])
    parts = [dice.pick(f"setting.{n}", size, weights[n]) for n in range(5)]
    return packed(parts, (3,) * 5)


def _settings(code: int) -> frozenset[str]:
    parts = unpacked(code, (3,) * 5)
    return frozenset(SETTINGS[n][part - 1] for n, part in enumerate(parts) if part)


def _development(code: int) -> frozenset[str]:
    return frozenset(wish for bit, wish in enumerate(DEVELOPMENT) if code & 1 << bit)


def _vetoes(people: People, dice: Dice) -> Whole:
    """Return a vetoed kind of work (never a wished or mastered one) or 23 for none, and an employer or 0."""
    size = len(people)
    kind = dice.below("veto.kind", size, KINDS - 1)
    own = (people.wishes == kind[:, None]).any(axis=1) | (people.kinds == kind[:, None]).any(axis=1)
    kind = np.where(own | ~dice.hit("veto.any", size, 180), KINDS - 1, kind)
    employers = len(sheet("employers"))
    employer = np.where(dice.hit("veto.employer", size, 25), 1 + dice.below("veto.which", size, employers), 0)
    return packed((kind, employer), (KINDS, 64))


def _vetoed(code: int) -> frozenset[str]:
    kind, employer = unpacked(code, (KINDS, 64))
    found = [f"work_kind:{key}" for key in _kinds(kind)]
    return frozenset(found + ([f"employer:{sheet('employers')[employer - 1]['name']}"] if employer else []))
