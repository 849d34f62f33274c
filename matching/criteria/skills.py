"""Does she bring what the work asks: skills, and proof of them by diploma or doing?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching.criteria.asking import ask_candidate, ask_package
from matching.criteria.tables import (
    Flags,
    Keys,
    Members,
    known_of,
    named,
    named_shares,
    narrowed,
    once,
    ranged,
    spread_points,
    with_answer,
)
from matching.domain.columns import Classes, Codes, Column
from matching.domain.judging import (
    FULL_POINTS,
    NEUTRAL_POINTS,
    Criterion,
    Ordering,
    Pair,
    Points,
    PointTable,
    Question,
    Reads,
    Sides,
)
from matching.domain.vocabulary import rows as table_rows
from matching.text import Sentence, say, together

Loss = NDArray[np.int16]
WORST, LIKELY, BEST = range(3)


@dataclass(frozen=True, kw_only=True)
class SkillMatch(Criterion):
    """Essential and welcome skills, each part as good as its least met skill; welcome ones weigh one in three.

    A skill that is present gives 1000, one that is absent but trainable 500, one that is absent 0. A skill nobody
    listed is unknown: 500, or `proven_points` when years in a kind of work that uses it, or having mastered that
    work, speak for it. Fields asked count as one essential skill, present by a diploma in one of them or by years in
    the work of the package, else `other_field_points`. Nothing asked is nothing missed. Minima and a welcome part
    that can only cost keep "asking more never raises" true (docs/decisions/0501).
    """

    key = "skills"
    reads = Reads(
        candidate=("skills", "skills_absent", "experience", "work_kinds_mastered", "fields_of_study"),
        package=("skills_essential", "skills_welcome", "skills_trainable", "fields_asked", "work_kind_shares"),
    )
    essential_weight: int = 2
    welcome_weight: int = 1
    trainable_points: int = 500
    proven_points: int = 750
    other_field_points: int = 250
    proof_years: int = 2

    def points(self, sides: Sides) -> Points:
        """Return the points of every pair of classes."""
        people, work = _people(sides.candidate, self.proof_years), _work(sides.package)
        found = (self._points(people, work, case) for case in (WORST, LIKELY, BEST))
        low, neutral, high = (points.take(places, axis=1) for points, places in found)
        return spread_points(ranged(low=low, neutral=neutral, high=high), people.codes, work.codes)

    def ordering(self, sides: Sides) -> Ordering:
        """Return only the points that order."""
        people, work = _people(sides.candidate, self.proof_years), _work(sides.package)
        points, places = self._points(people, work, LIKELY)
        return Ordering(points=points, candidate=people.codes, package=places[work.codes])

    def _points(self, people: People, work: Classes, case: int) -> tuple[PointTable, Codes]:
        """Return the points where unknowns turn out badly, as is likely, or well, and the column of each package.

        Shape (people, distinct lists): packages that ask the same skills in the same way are answered once.
        """
        essential, welcome = work.values("skills_essential"), work.values("skills_welcome")
        keys = Keys.of([*essential, *welcome])
        fields, field_rows = self._lost_by_field(people, work, case)
        losses = np.concatenate([self._lost_by_skill(people, keys, case), field_rows, self._unstated(people, case)])
        first_field, silent, unasked = len(losses) - len(field_rows) - 2, len(losses) - 2, len(losses) - 1
        lines: list[NDArray[np.integer]] = []
        place: dict[tuple[tuple[int, ...], tuple[int, ...]], int] = {}
        places = np.empty(work.size, dtype=np.int32)
        rest = zip(work.values("skills_trainable"), work.values("nothing_stated"), fields, strict=True)
        for number, (trainable, nothing, field) in enumerate(rest):
            needed = (*_rows(keys, essential[number], trainable, silent if nothing else unasked), first_field + field)
            asked = _rows(keys, welcome[number], trainable, unasked)
            places[number] = place.setdefault((needed, asked), len(place))
            if len(place) > len(lines):
                most = losses[list(needed)].max(axis=0)
                lines.append(self._left(most, np.maximum(most, losses[list(asked)].max(axis=0)) if asked else most))
        return np.array(lines, dtype=np.int16).reshape(len(lines), len(people.settled)).T, places

    def _left(self, essential: Loss, welcome: Loss) -> NDArray[np.integer]:
        """Return the points after the largest loss on essential and on all skills."""
        whole = self.essential_weight + self.welcome_weight
        wide = np.int16 if whole * FULL_POINTS <= np.iinfo(np.int16).max else np.int64
        lost = wide(self.essential_weight) * essential + wide(self.welcome_weight) * welcome
        return np.asarray(wide(FULL_POINTS) - lost // wide(whole))

    def _unstated(self, people: People, case: int) -> Loss:
        """Return what a list costs that the package does not give: when it gives no list at all, and when it does."""
        pair = {WORST: (FULL_POINTS, FULL_POINTS), LIKELY: (NEUTRAL_POINTS, 0), BEST: (0, 0)}[case]
        return np.repeat(np.array(pair, dtype=np.int16)[:, None], len(people.settled), axis=1)

    def _lost_by_skill(self, people: People, keys: Keys, case: int) -> Loss:
        """Return what each asked skill costs each person: where it is fixed, trainable, or nobody said.

        Shape (3 x skills, people), in that order.
        """
        absent = people.absent.holding(keys.place)
        if case == LIKELY:
            proven = np.int16(FULL_POINTS - self.proven_points)
            fixed = np.where(_proven(people, keys), proven, np.int16(NEUTRAL_POINTS))
        else:
            fixed = np.full(absent.shape, FULL_POINTS if case == WORST else 0, dtype=np.int16)
        fixed[absent] = FULL_POINTS
        fixed[people.present.holding(keys.place)] = 0
        taught = np.minimum(fixed, np.int16(FULL_POINTS - self.trainable_points))
        doubtful = (fixed, (fixed + taught) // np.int16(2), taught)[case]
        return np.concatenate([fixed, taught, doubtful])

    def _lost_by_field(self, people: People, work: Classes, case: int) -> tuple[Codes, Loss]:
        """Return the row of each package and what the fields asked cost, shape (distinct fields, people)."""
        both = zip(work.values("fields_asked"), work.values("kinds"), strict=True)
        asked = Column.of((field, kind if field else None) for field, kind in both)
        other = FULL_POINTS - self.other_field_points
        open_loss = (other, NEUTRAL_POINTS, 0)[case]
        lost = np.zeros((len(asked.values), len(people.settled)), dtype=np.int16)
        for number, (field, kind) in enumerate(asked.values):
            if field is None:
                lost[number] = other if case == WORST else 0
            elif field:
                settled = people.settled & (kind is not None)
                met = people.studied.holding(field).any(axis=0) | people.done.holding(kind or ()).any(axis=0)
                lost[number] = np.where(met, 0, np.where(settled, other, open_loss))
        return asked.codes, lost

    def reason(self, pair: Pair) -> Sentence:
        """Return what she brings first, then what is proven otherwise, trainable, not known or absent."""
        view = _view(pair, self.proof_years)
        if view.nothing_stated:
            return say("criteria.skills.asked_unknown")
        if not view.asked and not pair.package.fields_asked:
            return say("criteria.skills.nothing_asked")
        parts = [
            say(f"criteria.skills.{name}", skills=named("skill", getattr(view, name)))
            for name in ("present", "proven", "trainable", "unknown", "absent")
            if getattr(view, name)
        ]
        if pair.package.fields_asked:
            parts.append(_field_words(pair, self.proof_years))
        return together(parts)

    def questions(self, pair: Pair) -> tuple[Question, ...]:
        """Return what to ask about skills on either side, when an answer can matter."""
        if not self.points(pair.sides(self.reads)).unknown[0, 0]:
            return ()
        view = _view(pair, self.proof_years)
        found = []
        if view.proven or view.unknown:
            asked = view.proven | view.unknown
            key = "skills.ask_skill_one" if len(asked) == 1 else "skills.ask_skill"
            found.append(ask_candidate("skills", key, skills=named("skill", asked)))
        if pair.package.fields_asked and pair.candidate.fields_of_study is None:
            found.append(ask_candidate("fields_of_study", "skills.ask_field"))
        if pair.package.fields_asked and pair.candidate.experience is None:
            found.append(ask_candidate("experience", "level.ask_experience"))
        for name in ("skills_essential", "skills_welcome", "fields_asked"):
            if getattr(pair.package, name) is None:
                found.append(ask_package(name, f"skills.ask_{name}"))
        if view.absent and pair.package.skills_trainable is None:
            found.append(ask_package("skills_trainable", "skills.ask_trainable", skills=named("skill", view.absent)))
        return tuple(found)


class View(NamedTuple):
    """The asked skills of one pair by what is known of them."""

    asked: frozenset[str]
    present: frozenset[str]
    proven: frozenset[str]
    trainable: frozenset[str]
    unknown: frozenset[str]
    absent: frozenset[str]
    nothing_stated: bool


def _view(pair: Pair, proof_years: int) -> View:
    """Return the asked skills by what is known of them; each skill stands in one place."""
    candidate, package, none = pair.candidate, pair.package, frozenset[str]()
    asked = (package.skills_essential or none) | (package.skills_welcome or none)
    present = asked & (candidate.skills or none)
    absent = (asked & (candidate.skills_absent or none)) - present
    trainable = absent & (package.skills_trainable or none)
    left = asked - present - absent
    done = done_work(candidate.experience, candidate.work_kinds_mastered, proof_years)
    proven = frozenset(skill for skill in left if skill_kinds().get(skill, none) & done)
    lists = (package.skills_essential, package.skills_welcome, package.fields_asked)
    return View(
        asked=asked,
        present=present,
        proven=proven,
        trainable=trainable,
        unknown=left - proven,
        absent=absent - trainable,
        nothing_stated=all(found is None for found in lists),
    )


def _field_words(pair: Pair, proof_years: int) -> Sentence:
    """Return in words whether the asked field of study, or the doing of it, is there."""
    candidate, asked = pair.candidate, pair.package.fields_asked or frozenset()
    fields = tuple(sorted(asked))
    if asked & (candidate.fields_of_study or frozenset()):
        return say("criteria.skills.field", fields=tuple(sorted(asked & (candidate.fields_of_study or frozenset()))))
    done = done_work(candidate.experience, candidate.work_kinds_mastered, proof_years)
    known = done & named_shares(pair.package.work_kind_shares or ())
    if known:
        return say("criteria.skills.field_by_doing", kinds=named("work_kind", known), fields=fields)
    unknown = None in (candidate.fields_of_study, candidate.experience, candidate.work_kinds_mastered)
    unknown = unknown or pair.package.work_kind_shares is None
    return say("criteria.skills.field_unknown" if unknown else "criteria.skills.field_other", fields=fields)


def done_work(
    experience: tuple[tuple[str, float], ...] | None, mastered: frozenset[str] | None, proof_years: int
) -> frozenset[str]:
    """Return the kinds of work that somebody has done for some years or has mastered."""
    return frozenset(kind for kind, years in experience or () if years >= proof_years) | (mastered or frozenset())


@cache
def skill_kinds() -> Mapping[str, frozenset[str]]:
    """Return for each skill of the vocabulary the kinds of work that use it."""
    return {row["key"]: frozenset(filter(None, row["work_kinds"].split(";"))) for row in table_rows("skills")}


def _rows(keys: Keys, asked: frozenset[str] | None, trainable: frozenset[str] | None, unstated: int) -> tuple[int, ...]:
    """Return the row to read for each asked skill: of the fixed, the trainable or (nobody said) the doubtful losses."""
    if asked is None:
        return (unstated,)
    part = {skill: 2 if trainable is None else int(skill in trainable) for skill in asked}
    return tuple(keys.place[skill] + part[skill] * len(keys) for skill in sorted(asked))


class People(NamedTuple):
    """The distinct candidates: what they bring, by key, and the distinct candidate of each class.

    `done` are the kinds of work done or mastered; `settled` tells that studies and work done are both known.
    """

    codes: Codes
    present: Members
    absent: Members
    studied: Members
    done: Members
    settled: Flags


@once
def _people(side: Classes, proof_years: int) -> People:
    """Return the distinct candidates of a side."""
    people = narrowed(side, SkillMatch.reads.candidate)
    experience, mastered = people.values("experience"), people.values("work_kinds_mastered")
    lived = zip(experience, mastered, strict=True)
    return People(
        codes=people.codes,
        present=Members.of_column(people, "skills"),
        absent=Members.of_column(people, "skills_absent"),
        studied=Members.of_column(people, "fields_of_study"),
        done=Members.of([done_work(years, kinds, proof_years) for years, kinds in lived]),
        settled=known_of(people.values("fields_of_study")) & known_of(experience) & known_of(mastered),
    )


def _work(side: Classes) -> Classes:
    """Return the distinct packages, of their work only the kinds, and whether no list is given at all."""
    kinds = with_answer(side, "work_kind_shares", "kinds", lambda found: found and named_shares(found))
    lists = narrowed(kinds, ("skills_essential", "skills_welcome", "fields_asked"))
    names = tuple(lists.columns)
    given = np.logical_or.reduce([lists.known(name) for name in names])
    silent = Column.of(bool(answer) for answer in ~given)
    columns = {**kinds.columns, "nothing_stated": silent.take(lists.codes.astype(np.intp))}
    return narrowed(Classes(side.codes, side.size, columns), (*names, "skills_trainable", "kinds", "nothing_stated"))


def _proven(people: People, keys: Keys) -> Flags:
    """Return where the work somebody has done uses a skill, shape (skills, people)."""
    table = np.zeros((len(keys), len(people.settled)), dtype=bool)
    for skill, number in keys.place.items():
        table[number] = people.done.holding(skill_kinds().get(skill, frozenset())).any(axis=0)
    return table
