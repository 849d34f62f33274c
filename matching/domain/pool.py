"""The pool: checked candidates and work packages with what was agreed about them."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from matching.domain.agreement import Agreement, Decision, HeldElsewhere, Placement
from matching.domain.candidate import Candidate
from matching.domain.canonical import canonical as canonical
from matching.domain.canonical import canonical_texts
from matching.domain.columns import Column, Table
from matching.domain.ledger import Ledger
from matching.domain.travel import TravelTimes
from matching.domain.work_package import Guide, WorkPackage

STALE_DAYS = 183
"""A profile older than half a year is stale (AKC guide for job coaches: a profile holds six months)."""


@dataclass(frozen=True, eq=False)
class Pool:
    """Everything one run knows, read once and never changed.

    `as_of` is the day the run speaks of: staleness, expiry and lead times count from it.
    `candidates` and `packages` are tables of columns; `candidate(id)` and `package(id)` give entities.
    """

    candidates: Table[Candidate]
    packages: Table[WorkPackage]
    as_of: dt.date
    agreements: tuple[Agreement, ...] = ()
    guides: tuple[Guide, ...] = ()
    decisions: tuple[Decision, ...] = ()
    placements: tuple[Placement, ...] = ()
    travel: TravelTimes = field(default_factory=TravelTimes)
    ledger: Ledger | None = None
    origin: str = ""

    @classmethod
    def of(
        cls,
        candidates: Sequence[Candidate],
        packages: Sequence[WorkPackage],
        *,
        as_of: dt.date,
        agreements: Iterable[Agreement] = (),
        travel: TravelTimes | None = None,
    ) -> Pool:
        """Make a pool from entities; agreements are also hung on their candidates."""
        people = Table.of(Candidate, candidates, "candidate_id")
        work = Table.of(WorkPackage, packages, "work_package_id")
        return cls(people, work, as_of, travel=travel or TravelTimes()).agreed(tuple(agreements))

    def agreed(self, agreements: Sequence[Agreement]) -> Pool:
        """Return the pool with exactly these agreements, each also hung on its candidate."""
        by_candidate: dict[str, tuple[Agreement, ...]] = {}
        for agreement in agreements:
            found = by_candidate.get(agreement.candidate_id, ())
            by_candidate[agreement.candidate_id] = (*found, agreement)
        column = Column.of(by_candidate.get(identity, ()) for identity in self.candidates.ids)
        people = self.candidates.replaced("agreements", column)
        return replace(self, candidates=people, agreements=tuple(agreements))

    def candidate(self, identity: str) -> Candidate:
        """Return one candidate. Raises UnknownName with the nearest id."""
        return self.candidates.find(identity)

    def package(self, identity: str) -> WorkPackage:
        """Return one work package. Raises UnknownName with the nearest id."""
        return self.packages.find(identity)

    def select(
        self,
        *,
        programme: str | None = None,
        method: str | None = None,
        packages: Iterable[str] | None = None,
        candidates: Iterable[str] | None = None,
    ) -> Pool:
        """Return the pool narrowed to a programme, a method or ids; candidates stay unless ids are given.

        Agreements about what is no longer there go; who has an accepted or pinned place elsewhere is reserved.
        """
        keep = np.ones(len(self.packages), dtype=bool)
        for name, wanted in (("programme", programme), ("method", method)):
            if wanted is not None:
                column = self.packages.column(name)
                keep &= np.array([value == wanted for value in column.values], dtype=bool)[column.codes]
        rows = np.flatnonzero(keep)
        if packages is not None:
            rows = rows[np.isin(rows, [self.packages.position(identity) for identity in packages])]
        narrowed = replace(self, packages=self.packages.take(rows))
        if candidates is not None:
            people = np.array(sorted(self.candidates.position(identity) for identity in candidates), dtype=np.intp)
            narrowed = replace(narrowed, candidates=self.candidates.take(people))
        return narrowed.agreed(tuple(narrowed.still_agreed(self.agreements)))

    def still_agreed(self, agreements: Iterable[Agreement]) -> Iterator[Agreement]:
        """Yield the agreements that still speak of this pool: who has a place elsewhere is reserved here."""
        people, work = self.candidates.positions, self.packages.positions
        for agreement in agreements:
            away = agreement.work_package_id is not None and agreement.work_package_id not in work
            if agreement.candidate_id not in people or agreement.other_candidate_id not in people.keys() | {None}:
                continue
            if not away:
                yield agreement
            elif agreement.kind in ("accepted", "pin"):
                yield HeldElsewhere(
                    kind="reserve",
                    held="accepted" if agreement.kind == "accepted" else "pin",
                    candidate_id=agreement.candidate_id,
                    reason=agreement.reason,
                    by=agreement.by,
                    until=agreement.until,
                )

    @cached_property
    def stale(self) -> NDArray[np.bool_]:
        """One boolean a candidate: the profile is older than half a year, or its date is unknown."""
        column = self.candidates.column("profile_date")
        return np.array([is_stale(value, self.as_of) for value in column.values], dtype=bool)[column.codes]

    @cached_property
    def fingerprint(self) -> str:
        """A hash of all content, the same for any order of rows and columns; 16 hexadecimal digits."""
        digest = hashlib.sha256(self.as_of.isoformat().encode())
        for table in (self.candidates, self.packages):
            order = np.array(sorted(range(len(table)), key=table.ids.__getitem__), dtype=np.intp)
            for name in sorted(table.names):
                column = table.column(name)
                texts = np.array(column.texts(), dtype=object)
                digest.update(name.encode())
                digest.update("\x1f".join(texts[column.codes[order]].tolist()).encode())
        for item in sorted(canonical_texts((*self.agreements, *self.guides, *self.decisions, *self.placements))):
            digest.update(item.encode())
        digest.update(canonical(self.travel.rows()).encode())
        return digest.hexdigest()[:16]


def is_stale(profile_date: dt.date | None, as_of: dt.date) -> bool:
    """Return whether a profile of this date is stale; an unknown date cannot be shown to be fresh."""
    return profile_date is None or (as_of - profile_date).days > STALE_DAYS
