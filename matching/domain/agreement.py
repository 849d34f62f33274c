"""What people agreed, decided and saw happen: agreements, decisions and placements."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from matching.domain.choices import AgreementKind


@dataclass(frozen=True, kw_only=True, slots=True)
class Agreement:
    """A pin, veto, reservation, accepted placement, clearing or sameness, with its reason and expiry.

    `work_package_id` None with `employer` None means all work packages. For `same_person`, `other_candidate_id`
    is the second id of the person. `until` None means until further notice.
    """

    kind: AgreementKind
    candidate_id: str
    work_package_id: str | None = None
    employer: str | None = None
    other_candidate_id: str | None = None
    reason: str | None = None
    by: str | None = None
    until: dt.date | None = None

    def holds_on(self, day: dt.date) -> bool:
        """Return whether the agreement has not expired on this day."""
        return self.until is None or day <= self.until

    def covers(self, *, work_package_id: str, employer: str | None) -> bool:
        """Return whether this agreement speaks of the work package, by id, by employer, or of all."""
        if self.work_package_id is not None:
            return self.work_package_id == work_package_id
        return self.employer is None or self.employer == employer


@dataclass(frozen=True, kw_only=True, slots=True)
class HeldElsewhere(Agreement):
    """A reservation in a part of a pool, because the person's place lies outside it; `held` says of which kind."""

    held: Literal["accepted", "pin"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Decision:
    """What a person decided on one pair, with a reason from the closed list."""

    candidate_id: str
    work_package_id: str
    decision: str
    reason: str | None = None
    until: dt.date | None = None
    by: str | None = None
    on: dt.date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Placement:
    """A placement that happened and how it went at 1, 3, 6 and 12 months (keys of `placement_status`)."""

    candidate_id: str
    work_package_id: str
    start: dt.date | None = None
    hours: float | None = None
    arrangement_on_time: bool | None = None
    status_1_month: str | None = None
    status_3_months: str | None = None
    status_6_months: str | None = None
    status_12_months: str | None = None
    end_reason: str | None = None
