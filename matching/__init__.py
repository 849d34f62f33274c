"""Matches people with an occupational disability to carved work packages; explains every pair; plans placements.

Files become a checked `Pool`; a scorecard turns it into `Scores`; scores are read as a `Shortlist` or a `Fit`, or go
with limits and wishes into an `Assignment` that solves to a `Plan`. Every name below is loaded when first used.

    pool = matching.read_pool("kandidaten_en_werkpakketten.xlsx")
    scores = matching.score(pool)
    print(scores.shortlist("WP-0017", size=8))
    matching.save(scores.fit("K-0042", "WP-0017"), "waarom.svg")
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matching.domain.candidate import Candidate as Candidate
    from matching.domain.judging import Criterion as Criterion
    from matching.domain.judging import Outcome as Outcome
    from matching.domain.judging import Rule as Rule
    from matching.domain.pool import Pool as Pool
    from matching.domain.work_package import WorkPackage as WorkPackage
    from matching.errors import InputRefused as InputRefused
    from matching.errors import MatchingError as MatchingError
    from matching.output.save import save as save
    from matching.planning.assignment import Assignment as Assignment
    from matching.planning.limits import Pinned as Pinned
    from matching.planning.limits import Vetoed as Vetoed
    from matching.planning.place import place as place
    from matching.planning.plan import Plan as Plan
    from matching.planning.policy import load_policy as load_policy
    from matching.planning.reports import report_of as report_of
    from matching.planning.wishes import AtLeast as AtLeast
    from matching.planning.wishes import KeepPrevious as KeepPrevious
    from matching.runs.reading import read_pool as read_pool
    from matching.scoring.fit import Fit as Fit
    from matching.scoring.scorecard import Scorecard as Scorecard
    from matching.scoring.scorecard import load_scorecard as load_scorecard
    from matching.scoring.scorecard import score as score
    from matching.scoring.scores import Scores as Scores
    from matching.scoring.shortlist import Shortlist as Shortlist

_HOMES = {
    "Assignment": "matching.planning.assignment",
    "AtLeast": "matching.planning.wishes",
    "Candidate": "matching.domain.candidate",
    "Criterion": "matching.domain.judging",
    "Fit": "matching.scoring.fit",
    "InputRefused": "matching.errors",
    "MatchingError": "matching.errors",
    "Outcome": "matching.domain.judging",
    "KeepPrevious": "matching.planning.wishes",
    "Pinned": "matching.planning.limits",
    "Plan": "matching.planning.plan",
    "Pool": "matching.domain.pool",
    "Rule": "matching.domain.judging",
    "Scorecard": "matching.scoring.scorecard",
    "Scores": "matching.scoring.scores",
    "Shortlist": "matching.scoring.shortlist",
    "Vetoed": "matching.planning.limits",
    "WorkPackage": "matching.domain.work_package",
    "load_policy": "matching.planning.policy",
    "load_scorecard": "matching.scoring.scorecard",
    "place": "matching.planning.place",
    "read_pool": "matching.runs.reading",
    "report_of": "matching.planning.reports",
    "save": "matching.output.save",
    "score": "matching.scoring.scorecard",
}

__all__ = sorted([*_HOMES, "__version__"])

__version__ = "0.1.0"


def __getattr__(name: str) -> object:
    """Load a public name when it is first used (PEP 562)."""
    if name not in _HOMES:
        raise AttributeError(f"module 'matching' has no attribute {name!r}")
    found = getattr(import_module(_HOMES[name]), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return __all__
