"""In a plan for a part, whoever has a place outside it hears that, and what would change it."""

import datetime as dt
import io

import pytest
from rich.console import Console

from matching.domain.agreement import Agreement
from matching.domain.candidate import Candidate
from matching.domain.pool import Pool
from matching.domain.work_package import WorkPackage
from matching.output.plan_screen import plan_screen
from matching.output.plan_unplaced import unplaced_sheet
from matching.output.plan_view import PlanView
from matching.output.roles import Role
from matching.planning import Assignment
from matching.scoring.scorecard import score

AS_OF = dt.date(2026, 11, 1)


def view(kind, package, until=None):
    people = [Candidate(candidate_id="K1"), Candidate(candidate_id="K2")]
    work = [WorkPackage(work_package_id=name, employer="E", places=1) for name in ("W1", "W2")]
    agreed = Agreement(kind=kind, candidate_id="K1", work_package_id=package, until=until)
    part = Pool.of(people, work, as_of=AS_OF, agreements=[agreed]).select(packages=["W1"])
    scores = score(part)
    return PlanView(Assignment(scores).solve(), scores, Role.COORDINATOR, "nl")


@pytest.mark.parametrize("until", [None, dt.date(2027, 2, 1)])
@pytest.mark.parametrize(
    ("kind", "package", "words", "ends"),
    [
        ("accepted", "W2", "heeft al een geaccepteerde plaats bij ander werk", "over het andere werk eindigt"),
        ("pin", "W2", "is al afgesproken met ander werk", "over het andere werk eindigt"),
        ("reserve", None, "is gereserveerd", "De reservering loopt af"),
    ],
)
def test_who_is_held_hears_by_what_and_that_only_its_end_changes_that(kind, package, until, words, ends):
    found = view(kind, package, until)
    sheet = unplaced_sheet(found)
    cells = dict(zip((c.key for c in sheet.columns), next(r for r in sheet.rows if "K1" in r), strict=True))
    assert words in cells["reason_unplaced"] and ("01-02-2027" in cells["reason_unplaced"]) is (until is not None)
    assert ends in cells["would_change"] and "Een plek erbij" not in cells["would_change"]
    console = Console(width=200, file=io.StringIO(), record=True)
    console.print(plan_screen(found))
    shown = console.export_text().casefold()
    assert ("gereserveerd" in shown) is (kind == "reserve") and words.split(" ", 1)[1] in shown
