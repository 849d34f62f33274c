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
    known_of,
    named,
    named_shares,
    narrowed,
    ranged,
    spread,
    spread_points,
    strongest,
    with_answer,
)
from matching.domain.columns import Classes, Codes, Column
from matching.domain.judging import (
    FULL_POINTS,
    NEUTRAL_POINTS,
    Criterion,
    Pair,
    Points,
    PointTable,
    Question,
    Reads,
    Sides,
)
from matching.domain.vocabulary import rows as table_rows
from matching.text import Sentence, say

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
        low, neutral, high = (self._points(people, work, case) for case in (WORST, LIKELY, BEST))
        return spread_points(ranged(low=low, neutral=neutral, high=high), people.codes, work.codes)

    def neutral(self, sides: Sides) -> PointTable:
        """Return only the points that order."""
        people, work = _people(sides.candidate, self.proof_years), _work(sides.package)
        return spread(self._points(people, work, LIKELY), people.codes, work.codes)

    def _points(self, people: Classes, work: Classes, case: int) -> PointTable:
        """Return the points where unknowns turn out badly, as is likely, or well; shape (people, work)."""
        essential = self._lost(people, work, "skills_essential", case)
        field_codes, fields = self._lost_by_field(people, work, case)
        np.maximum(essential, fields.take(field_codes, axis=0), out=essential)
        welcome = np.maximum(self._lost(people, work, "skills_welcome", case), essential)
        whole = self.essential_weight + self.welcome_weight
        lost = self.essential_weight * essential.astype(np.int32) + self.welcome_weight * welcome.astype(np.int32)
        return (FULL_POINTS - lost // whole).astype(np.int16).T

    def _lost(self, people: Classes, work: Classes, name: str, case: int) -> Loss:
        """Return what the least met skill of one list costs, shape (work, people)."""
        lists = narrowed(work, (name, "skills_trainable", "nothing_stated"))
        asked, trainable = lists.values(name), lists.values("skills_trainable")
        keys = Keys.of(asked)
        fixed = self._lost_by_skill(people, keys, case)
        taught = np.minimum(fixed, np.int16(FULL_POINTS - self.trainable_points))
        doubtful = (fixed, (fixed + taught) // np.int16(2) if case == LIKELY else fixed, taught)[case]
        rows = np.concatenate([fixed, taught, doubtful])
        chosen = [_rows(keys, *pair) for pair in zip(asked, trainable, strict=True)]
        table = strongest(rows, chosen)
        unstated = self._unstated(name, lists.values("nothing_stated"), case)
        table[~known_of(asked)] = unstated[~known_of(asked), None]
        return table.take(lists.codes, axis=0)

    def _unstated(self, name: str, nothing: list[bool], case: int) -> Loss:
        """Return what a list costs that the package does not give; likely nothing, unless it gives no list at all."""
        if case != LIKELY:
            return np.full(len(nothing), FULL_POINTS if case == WORST else 0, dtype=np.int16)
        silent = np.array(nothing, dtype=bool) & (name == "skills_essential")
        return np.where(silent, np.int16(NEUTRAL_POINTS), np.int16(0))

    def _lost_by_skill(self, people: Classes, keys: Keys, case: int) -> Loss:
        """Return what each asked skill costs each person where it cannot be trained, shape (skills, people)."""
        present = keys.among(people.values("skills"))
        absent = keys.among(people.values("skills_absent"))
        if case == LIKELY:
            proven = np.where(_proven(people, keys), FULL_POINTS - self.proven_points, NEUTRAL_POINTS)
            lost = np.where(absent, FULL_POINTS, proven)
        else:
            lost = np.where(absent, FULL_POINTS, FULL_POINTS if case == WORST else 0)
        return np.where(present, 0, lost).astype(np.int16)

    def _lost_by_field(self, people: Classes, work: Classes, case: int) -> tuple[Codes, Loss]:
        """Return the code of each package and what the fields asked cost, shape (distinct fields, people)."""
        asked = narrowed(work, ("fields_asked", "kinds"))
        fields, kinds = asked.values("fields_asked"), asked.values("kinds")
        studied, done = people.values("fields_of_study"), people.values("done")
        met = Keys.of(fields).met(studied, fields).T | Keys.of(kinds).met(done, kinds).T
        wanted = np.array([bool(field) for field in fields], dtype=bool)[:, None]
        unsettled = ~(known_of(studied) & people.known("done_known"))[None, :] | ~known_of(kinds)[:, None]
        other = FULL_POINTS - self.other_field_points
        open_loss = (other, NEUTRAL_POINTS, 0)[case]
        lost = np.where(wanted & ~met, np.where(unsettled, open_loss, other), 0)
        unstated = ~known_of(fields)[:, None]
        return asked.codes, np.where(unstated, other if case == WORST else 0, lost).astype(np.int16)

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
        return say("criteria.skills.all", parts=tuple(parts))

    def questions(self, pair: Pair) -> tuple[Question, ...]:
        """Return what to ask about skills on either side, when an answer can matter."""
        if not self.points(pair.sides(self.reads)).unknown[0, 0]:
            return ()
        view = _view(pair, self.proof_years)
        found = []
        if view.proven or view.unknown:
            found.append(ask_candidate("skills", "skills.ask_skill", skills=named("skill", view.proven | view.unknown)))
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


def _rows(keys: Keys, asked: frozenset[str] | None, trainable: frozenset[str] | None) -> list[int]:
    """Return for each asked skill the row to read: of the fixed, the taught, or (not stated) the doubtful losses."""
    shift = {skill: 0 if skill not in (trainable or ()) else 1 for skill in asked or ()}
    if trainable is None:
        shift = dict.fromkeys(asked or (), 2)
    return [keys.place[skill] + part * len(keys) for skill, part in shift.items()]


def _people(side: Classes, proof_years: int) -> Classes:
    """Return the distinct candidates, experience and mastered work as one set of work done."""
    pairs = narrowed(side, ("experience", "work_kinds_mastered"))
    lived = list(zip(pairs.values("experience"), pairs.values("work_kinds_mastered"), strict=True))
    done = Column.of(done_work(experience, mastered, proof_years) for experience, mastered in lived)
    known = Column.of(None if experience is None or mastered is None else True for experience, mastered in lived)
    rows = pairs.codes.astype(np.intp)
    added = {"done": done.take(rows), "done_known": known.take(rows)}
    names = ("skills", "skills_absent", "fields_of_study", "done", "done_known")
    return narrowed(Classes(side.codes, side.size, {**side.columns, **added}), names)


def _work(side: Classes) -> Classes:
    """Return the distinct packages, of their work only the kinds, and whether no list is given at all."""
    kinds = with_answer(side, "work_kind_shares", "kinds", lambda found: found and named_shares(found))
    lists = narrowed(kinds, ("skills_essential", "skills_welcome", "fields_asked"))
    names = tuple(lists.columns)
    given = np.logical_or.reduce([lists.known(name) for name in names])
    silent = Column.of(bool(answer) for answer in ~given)
    columns = {**kinds.columns, "nothing_stated": silent.take(lists.codes.astype(np.intp))}
    return narrowed(Classes(side.codes, side.size, columns), (*names, "skills_trainable", "kinds", "nothing_stated"))


def _proven(people: Classes, keys: Keys) -> Flags:
    """Return where the work somebody has done uses a skill, shape (skills, people)."""
    kinds = [skill_kinds().get(skill, frozenset()) for skill in keys.place]
    return Keys.of(kinds).met(people.values("done"), kinds).T
