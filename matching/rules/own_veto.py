"""Does the candidate, or an officer for a reason, not want this?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from matching.domain.agreement import Agreement
from matching.domain.judging import Mask, Outcome, Pair, Question, Reads, Rule, Sides, Verdicts
from matching.domain.work_package import Task
from matching.rules.asking import ask_candidate, term
from matching.rules.masks import verdicts
from matching.text import Sentence, say

Places = Mapping[str | None, list[int]]
"""For each word (or id, or employer) the packages that it speaks of."""

COVERED = ("work_package_id", "employer")
"""What an officer's veto can name of a package."""


@dataclass(frozen=True, kw_only=True)
class OwnVeto(Rule):
    """The candidate's own veto on a package, employer or kind of work excludes, whatever the age of the profile.

    So does an officer's veto that has a reason and has not expired; without a reason or past its date it must be
    judged. Nobody has asked (unknown) is no veto.
    """

    key = "own_veto"
    can_conflict = True
    needs_fresh_profile = False
    reads = Reads(candidate=("never", "agreements"), package=("work_package_id", "employer", "work_kinds", "tasks"))

    def judge(self, sides: Sides) -> Verdicts:
        """Return the outcome of every pair of classes."""
        own = _own(sides)
        binding, doubtful = _by_officer(sides)
        return verdicts(sides, to_judge=doubtful, conflict=own | binding)

    def excludes(self, sides: Sides) -> Mask:
        """Return where her own veto speaks, or one of an officer that binds."""
        return _own(sides) | _by_officer(sides)[0]

    def reason(self, pair: Pair, outcome: Outcome) -> Sentence:
        """Return whose veto it is and on what; or that there is none."""
        own, veto = _own_word(pair), _veto(pair)
        if own is not None:
            return say("rules.own_veto.own", what=own)
        if veto is None:
            return say("rules.own_veto.fits")
        key = _binding(veto) if _binds(veto, pair) else "no_reason" if veto.reason is None else "expired"
        return say(f"rules.own_veto.{key}", reason=veto.reason, until=veto.until, by=veto.by)

    def questions(self, pair: Pair) -> tuple[Question, ...]:
        """Return the question whether a doubtful veto of an officer still holds."""
        veto = _veto(pair)
        if veto is None or _binds(veto, pair):
            return ()
        return (ask_candidate("agreements", "own_veto.ask"),)

    def remedy(self, pair: Pair) -> Sentence | None:
        """Return what would lift it: only the candidate lifts her own veto."""
        if _own_word(pair) is not None:
            return say("rules.own_veto.remedy_own")
        veto = _veto(pair)
        if veto is None:
            return None
        return say(f"rules.own_veto.remedy_{'officer' if _binds(veto, pair) else 'doubtful'}")


def _spoken(identity: str, employer: str | None, kinds: Iterable[str] | None, tasks: Iterable[Task] | None) -> set[str]:
    """Return every word by which a veto can speak of this package."""
    found = {f"work_kind:{kind}" for kind in kinds or ()} | {f"work_kind:{task.work_kind}" for task in tasks or ()}
    return found | {f"work_package:{identity}", f"employer:{employer}"}


def _own(sides: Sides) -> Mask:
    """Return where an own veto speaks of the package, shape of the sides."""
    column = sides.candidate.columns["never"]
    cells = zip(*(sides.package.values(name) for name in OwnVeto.reads.package), strict=True)
    speaks_of = _places(_spoken(*found) for found in cells)
    table = np.zeros((len(column.values), sides.package.size), dtype=bool)
    for number, never in enumerate(column.values):
        for word in never or ():
            table[number, speaks_of.get(word, [])] = True
    return table[column.codes]


def _places(words: Iterable[Iterable[str | None]]) -> Places:
    """Return for each word the packages that it speaks of."""
    found: dict[str | None, list[int]] = {}
    for place, spoken in enumerate(words):
        for word in spoken:
            found.setdefault(word, []).append(place)
    return found


def _by_officer(sides: Sides) -> tuple[Mask, Mask]:
    """Return where an officer's veto binds and where it must be judged."""
    column = sides.candidate.columns["agreements"]
    shape = len(column.values), sides.package.size
    binding, doubtful = np.zeros(shape, dtype=bool), np.zeros(shape, dtype=bool)
    by_id, by_employer = (_places([value] for value in sides.package.values(name)) for name in COVERED)
    for number, agreements in enumerate(column.values):
        for veto in _vetoes(agreements):
            binds = veto.reason is not None and veto.holds_on(sides.as_of)
            (binding if binds else doubtful)[number, _covered(veto, by_id, by_employer)] = True
    return binding[column.codes], doubtful[column.codes]


def _vetoes(agreements: Iterable[Agreement]) -> list[Agreement]:
    return [agreement for agreement in agreements if agreement.kind == "veto"]


def _covered(veto: Agreement, by_id: Places, by_employer: Places) -> list[int] | slice:
    """Return the packages that the veto covers, by id, by employer, or all; as `Agreement.covers` has it."""
    if veto.work_package_id is not None:
        return by_id.get(veto.work_package_id, [])
    return slice(None) if veto.employer is None else by_employer.get(veto.employer, [])


def _binding(veto: Agreement) -> str:
    return "officer_open" if veto.until is None else "officer"


def _binds(veto: Agreement, pair: Pair) -> bool:
    return veto.reason is not None and veto.holds_on(pair.as_of)


def _veto(pair: Pair) -> Agreement | None:
    """Return the officer's veto on this package, one that binds before one that must be judged."""
    package = pair.package
    found = [
        veto
        for veto in _vetoes(pair.candidate.agreements)
        if veto.covers(work_package_id=package.work_package_id, employer=package.employer)
    ]
    return min(found, key=lambda veto: not _binds(veto, pair), default=None)


def _own_word(pair: Pair) -> object:
    package = pair.package
    spoken = _spoken(package.work_package_id, package.employer, package.work_kinds, package.tasks)
    vetoed = sorted(spoken & (pair.candidate.never or frozenset()))
    if not vetoed:
        return None
    kind, _, key = vetoed[0].partition(":")
    return term("work_kind", key) if kind == "work_kind" else key
