"""Many pairs at once give the fits that one pair gives."""

import datetime as dt

import matching.scoring.together as together
from matching.domain.candidate import Candidate
from matching.domain.pool import Pool
from matching.domain.work_package import WorkPackage
from matching.scoring.scorecard import score


def small_scores():
    people = [Candidate(candidate_id=f"K{n}", hours_max=12 + n, municipality="Utrecht") for n in range(5)]
    methods = ("individual", "collective", "individual", "supplier")
    work = [
        WorkPackage(work_package_id=f"W{n}", method=method, hours_min=14, hours_max=24)
        for n, method in enumerate(methods)
    ]
    return score(Pool.of(people, work, as_of=dt.date(2026, 11, 1)))


def test_pairs_asked_together_in_any_order_are_the_pairs_asked_alone(monkeypatch):
    scores = small_scores()
    pairs = [(f"K{n % 5}", f"W{n % 4}") for n in range(19, -1, -1)]
    alone = [scores.fit(*pair) for pair in pairs]
    for cells in (1, 6, 1000):
        monkeypatch.setattr(together, "CELLS", cells)
        assert [fit.explain() for fit in scores.fits(pairs)] == [fit.explain() for fit in alone]
        assert [(fit.candidate_id, fit.work_package_id) for fit in scores.fits(pairs)] == pairs
