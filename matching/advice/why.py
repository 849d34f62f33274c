"""Why not: everything that keeps a pair off the list, where it comes from, and the smallest changes that put it on.

*On the list* means: nothing excludes and the band is at least "possible". Each change is applied and scored before it
is said; `people` of a change holds everybody who would newly fit this package by it, the candidate included.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import combinations

import numpy as np

from matching.advice.leidraad import PairedRow, paired_rows
from matching.advice.person_steps import PersonStep, person_steps
from matching.advice.rescoring import group_of, rescored
from matching.advice.variants import Aims, Variant, in_one, variants
from matching.domain.candidate import Candidate
from matching.domain.judging import Outcome
from matching.domain.vocabulary import Term
from matching.domain.work_package import WorkPackage
from matching.intake.columns import SHEETS
from matching.scoring.fit import Finding, Fit
from matching.scoring.group import Group
from matching.scoring.layout import Section, page
from matching.scoring.scores import Scores
from matching.scoring.yardstick import TOTAL_PER_POINT
from matching.text import Language, Sentence, say

MOST_CHANGES = 3
WAYS_TO_TRAVEL = ("transport", "home_working", "task_swap")


@dataclass(frozen=True, kw_only=True, slots=True)
class Evidence:
    """One value that a rule looked at: its column, whose it is, the value as in the file, where from and of when."""

    column: str
    about: str
    header: Term
    value: str | None
    source: str | None
    date: dt.date | None

    @property
    def sentence(self) -> Sentence:
        """The column and the value."""
        return say("advice.why.value", field=self.header, value=self.value)


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """A change that truly puts the pair on the list: what of the work, what on her side, and who would newly fit."""

    variant: Variant
    person: tuple[PersonStep, ...]
    people: tuple[str, ...]

    @property
    def size(self) -> int:
        """How large the change is."""
        return _size(self.variant, self.person)

    @property
    def sentence(self) -> Sentence:
        """The change in words, with how many others it would bring."""
        others = len(self.people) - 1
        if not others:
            return say("advice.why.change", steps=self.steps)
        return say("advice.why.change_others", steps=self.steps, others=others)

    @property
    def steps(self) -> Sentence:
        """The change in words, without anybody else."""
        said = [step.sentence for step in self.person]
        said += [self.variant.sentence] if self.variant.steps else []
        return in_one(said)


@dataclass(frozen=True, kw_only=True)
class WhyNot:
    """Why a pair is where it is. `place` is its place among `possible` people, None when it is excluded.

    `changes` is empty when the pair is on the list already, or when no change that we know would do.
    """

    fit: Fit
    place: int | None
    possible: int
    on_the_list: bool
    changes: tuple[Change, ...]

    @cached_property
    def failed(self) -> tuple[Finding, ...]:
        """Every rule that excludes or must be judged, the ones that exclude first."""
        found = [finding for finding in self.fit.findings if finding.outcome is not Outcome.FITS]
        return tuple(sorted(found, key=lambda finding: -int(finding.outcome)))

    def evidence(self, key: str, language: Language = "nl") -> tuple[Evidence, ...]:
        """Return the known values that a rule looked at, hers first."""
        rule = next(rule for rule in self.fit.yardstick.rules if rule.key == key)
        return tuple(
            item
            for about, names in (("candidate", rule.reads.candidate), ("package", rule.reads.package))
            for item in _evidence(self.fit, about, names, language)
        )

    @property
    def rows(self) -> tuple[PairedRow, ...]:
        """The pair in the five rows of the professional frame."""
        return paired_rows(self.fit)

    def text(self, language: Language = "nl") -> str:
        """Return the page as text of at most 80 columns."""
        failed = [line for finding in self.failed for line in self._finding(finding, language)]
        changes = [change.sentence for change in self.changes]
        if not changes and not self.on_the_list:
            changes = [say("advice.why.no_change")]
        sections = (
            Section(heading=say("advice.why.failed"), lines=tuple(failed)),
            Section(heading=say("advice.why.would_be"), lines=tuple(changes)),
        )
        return page(self.title, sections, language)

    def __str__(self) -> str:
        return self.text()

    @property
    def title(self) -> tuple[Sentence, ...]:
        """Who, which work, and where the pair stands."""
        values = {"candidate": self.fit.candidate_id, "package": self.fit.work_package_id}
        named = say("advice.why.title", title=self.fit.package.title, **values)
        if self.place is None:
            return named, say("advice.why.excluded", possible=self.possible)
        key = "advice.why.listed" if self.on_the_list else "advice.why.low"
        return named, say(key, place=self.place, possible=self.possible, points=self.fit.points)

    def _finding(self, finding: Finding, language: Language) -> Iterator[Sentence]:
        yield say(f"advice.why.rule_{finding.outcome.name.lower()}", reason=finding.reason)
        found = self.evidence(finding.key, language)
        for about in ("candidate", "package"):
            mine = [item for item in found if item.about == about]
            if mine:
                dated = {"date": mine[0].date} if about == "candidate" else {}
                values = [item.sentence for item in mine]
                yield say(f"advice.why.values_{about}", values=values, source=mine[0].source, **dated)


def why_not(scores: Scores, candidate_id: str, package_id: str, *, depth: int = 2) -> WhyNot:
    """Return why a pair is not on the list and the smallest changes that would put it there.

    `depth` is how many changes may go together. Raises UnknownName with the nearest id.
    """
    fit = scores.fit(candidate_id, package_id)
    group = group_of(scores, package_id)
    now = rescored(group, [fit.package])
    mine = now.totals[0][scores.pool.candidates.position(candidate_id)]
    listed = bool(now.fits()[0][scores.pool.candidates.position(candidate_id)])
    return WhyNot(
        fit=fit,
        place=int(np.count_nonzero(now.totals[0] > mine)) + 1 if mine >= 0 else None,
        possible=int(np.count_nonzero(now.totals[0] >= 0)),
        on_the_list=listed,
        changes=() if listed else _changes(scores, group, fit, depth),
    )


def _changes(scores: Scores, group: Group, fit: Fit, depth: int) -> tuple[Change, ...]:
    """Return the smallest changes that work; one that holds a smaller one is left out."""
    tried = sorted(_working(group, fit, depth), key=lambda found: (_size(*found), repr(found)))
    kept: list[tuple[Variant, tuple[PersonStep, ...]]] = []
    for variant, person in tried:
        mine = _slots(variant, person)
        if not any(_slots(*other) <= mine for other in kept):
            kept.append((variant, person))
        if len(kept) == MOST_CHANGES:
            break
    return tuple(
        Change(variant=variant, person=person, people=_newly(scores, group, fit, variant)) for variant, person in kept
    )


def _working(group: Group, fit: Fit, depth: int) -> Iterator[tuple[Variant, tuple[PersonStep, ...]]]:
    """Yield every combination that puts the pair on the list, scored for this one candidate."""
    package, as_of = fit.package, fit.pair.as_of
    mine = tuple(person_steps(fit.candidate, package, as_of))
    aims = aims_for(fit.candidate, package)
    bar = group.yardstick.bands.possible_points * TOTAL_PER_POINT
    for count in range(min(depth, len(mine)) + 1):
        work = [Variant(steps=()), *variants(package, aims, depth=depth - count, reconsider=True)]
        for steps in combinations(mine, count):
            person = fit.candidate
            for step in steps:
                person = step.apply(person)
            changed = [variant.apply(package) for variant in work]
            encoding = replace(
                group.encoding,
                people=group.encoding.people.only([person]),
                stale=np.array([fit.stale]),
                work=group.encoding.work.only(changed),
            )
            totals = encoding.totals(np.arange(len(changed), dtype=np.intp))[:, 0]
            yield from ((work[row], steps) for row in np.flatnonzero(totals >= bar).tolist())


def _slots(variant: Variant, person: tuple[PersonStep, ...]) -> set[str]:
    return {step.slot for step in variant.steps} | {type(step).__name__ for step in person}


def _newly(scores: Scores, group: Group, fit: Fit, variant: Variant) -> tuple[str, ...]:
    """Return who would newly fit the changed package, the candidate of the fit first."""
    before = rescored(group, [fit.package]).fits()[0]
    after = rescored(group, [variant.apply(fit.package)]).fits()[0]
    others = (scores.pool.candidates.ids[row] for row in np.flatnonzero(after & ~before).tolist())
    return (fit.candidate_id, *(identity for identity in others if identity != fit.candidate_id))


def aims_for(candidate: Candidate, package: WorkPackage) -> Aims:
    """Return what changes of the work should aim at for this candidate."""
    named = sorted({key for need in candidate.needs or () for key in need.arrangements})
    hours = tuple(value for value in (candidate.hours_min, candidate.hours_max) if value is not None)
    free = candidate.available
    starts = (free,) if isinstance(free, dt.date) and package.start_date and free > package.start_date else ()
    return Aims(hours=hours, starts=starts, arrangements=tuple(dict.fromkeys((*named, *WAYS_TO_TRAVEL))))


def _size(variant: Variant, person: tuple[PersonStep, ...]) -> int:
    return max(0, variant.size if variant.steps else 0) + sum(step.size for step in person)


def _evidence(fit: Fit, about: str, names: tuple[str, ...], language: Language) -> Iterator[Evidence]:
    """Yield the known values of one side; lists of needs, tasks and offers are told by the reason itself."""
    entity = fit.candidate if about == "candidate" else fit.package
    columns = {
        column.key: column for column in SHEETS["candidates" if about == "candidate" else "work_packages"].columns
    }
    for name in names:
        value = getattr(entity, name, None)
        if name not in columns or value is None or name in ("work_package_id", "employer"):
            continue
        shown = columns[name].write(value, language)
        source, date = _origin(fit, about, name)
        yield Evidence(column=name, about=about, header=columns[name].term, value=shown, source=source, date=date)


def _origin(fit: Fit, about: str, name: str) -> tuple[str | None, dt.date | None]:
    """Return where a value comes from and of when it is."""
    if about == "package":
        return fit.package.employer, None
    person = fit.candidate
    date = person.register_checked_on if name == "register_status" else person.profile_date
    return person.profile_source or person.source_organisation, date
