"""The closed choices that code compares, as literal types; their labels stand in the vocabulary tables."""

from __future__ import annotations

import datetime as dt
from typing import Literal

PlacementMethod = Literal["individual", "collective", "supplier", "other_employer"]
Availability = Literal["now", "no"] | dt.date
"""Free now, known not to be free, or free from a date; None elsewhere means unknown."""
OfferState = Literal["present", "arrangeable", "not_possible", "unknown"]
AgreementKind = Literal["pin", "veto", "reserve", "accepted", "cleared", "same_person"]
GuideRole = Literal["leader", "coach"]
Screening = Literal["none", "vog", "security"]
ProvisionBy = Literal["uwv", "municipality"]
GuidanceLevel = Literal["light", "middle", "intensive"]
