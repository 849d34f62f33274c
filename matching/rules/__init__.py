"""May they? One rule in each module: fits, to judge or conflict, with the sentence, the question and the remedy."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from matching.domain.judging import Rule
from matching.rules.arrangement_time import ArrangementTime
from matching.rules.available import Available
from matching.rules.days import Days
from matching.rules.demands import Demands
from matching.rules.essential_skill import EssentialSkill
from matching.rules.guidance import Guidance
from matching.rules.hours import Hours
from matching.rules.language import LanguageAsked
from matching.rules.level import Level
from matching.rules.licence import Licence
from matching.rules.own_veto import OwnVeto
from matching.rules.package_ready import PackageReady
from matching.rules.presentable import Presentable
from matching.rules.programme_entry import ProgrammeEntry
from matching.rules.register import Register
from matching.rules.screening import Screening
from matching.rules.support_conditions import SupportConditions
from matching.rules.team_place import TeamPlace
from matching.rules.travel import Travel
from matching.rules.wished_scale import WishedScale

__all__ = ["RULES", "rule_set"]

_IN_ORDER: tuple[type[Rule], ...] = (
    OwnVeto,
    Available,
    Hours,
    Days,
    Travel,
    Level,
    WishedScale,
    EssentialSkill,
    LanguageAsked,
    Licence,
    Demands,
    Guidance,
    ArrangementTime,
    SupportConditions,
    Register,
    Presentable,
    Screening,
    ProgrammeEntry,
    TeamPlace,
    PackageReady,
)

RULES: Mapping[str, type[Rule]] = MappingProxyType({rule.key: rule for rule in _IN_ORDER})
"""Every rule by key, in the order in which reasons are shown."""


def rule_set() -> tuple[Rule, ...]:
    """Return every rule with its ordinary settings, in order."""
    return tuple(rule() for rule in _IN_ORDER)
