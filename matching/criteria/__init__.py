"""How well? One criterion in each file: the points and the sentence."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from matching.criteria.development import Development
from matching.criteria.doable_hours import DoableHours
from matching.criteria.hours import HoursOverlap
from matching.criteria.level import LevelFit
from matching.criteria.skills import SkillMatch
from matching.criteria.start import StartDate
from matching.criteria.travel import TravelBurden
from matching.criteria.wish_setting import WishSetting
from matching.criteria.wish_work import WishWork
from matching.domain.judging import Criterion

__all__ = ["CRITERIA"]

CRITERIA: Mapping[str, type[Criterion]] = MappingProxyType(
    {
        criterion.key: criterion
        for criterion in (
            WishWork,
            WishSetting,
            SkillMatch,
            LevelFit,
            HoursOverlap,
            TravelBurden,
            DoableHours,
            Development,
            StartDate,
        )
    }
)
"""Every criterion by key, in the order in which reasons are read: wishes and talents first."""
