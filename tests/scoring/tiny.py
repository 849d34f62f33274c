"""A tiny scorecard of two criteria and two rules, and pools that it can judge: scoring without the real catalogue."""

from __future__ import annotations

import dataclasses
import datetime as dt
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from matching.domain.candidate import Candidate
from matching.domain.judging import Criterion, Outcome, Points, Question, Reads, Rule, Verdicts
from matching.domain.pool import Pool
from matching.domain.work_package import WorkPackage
from matching.scoring.scores import Scores
from matching.scoring.yardstick import Weighted, Yardstick
from matching.text import say

AS_OF = dt.date(2026, 11, 1)
FRESH = dt.date(2026, 10, 1)


@dataclass(frozen=True, kw_only=True)
class HourOverlap(Criterion):
    """Full points where the candidate's most hours reach the package's least."""

    key: ClassVar[str] = "hours"
    reads: ClassVar[Reads] = Reads(candidate=("hours_max",), package=("hours_min",))
    short_points: int = 200

    def points(self, sides):
        have, want = sides.candidate.numbers("hours_max")[:, None], sides.package.numbers("hours_min")[None, :]
        points = np.where(np.isnan(want), 1000, np.where(have >= want, 1000, self.short_points))
        return Points.of(points, unknown=np.isnan(have) & ~np.isnan(want))

    def reason(self, pair):
        return say("scoring.points.exact", points=f"uren {pair.candidate.hours_max} bij {pair.package.hours_min}")

    def questions(self, pair):
        if pair.candidate.hours_max is not None:
            return ()
        return (Question(about="candidate", field="hours_max", sentence=say("scoring.points.exact", points="uren?")),)


@dataclass(frozen=True, kw_only=True)
class SharedWish(Criterion):
    """Points for each wished setting that the package has."""

    key: ClassVar[str] = "wish_setting"
    reads: ClassVar[Reads] = Reads(candidate=("wished_setting",), package=("setting",))

    def points(self, sides):
        left, right = sides.candidate.values("wished_setting"), sides.package.values("setting")
        unknown = np.array([[a is None or b is None for b in right] for a in left], dtype=bool)
        share = [[_share(a, b) for b in right] for a in left]
        return Points.of(np.array(share).reshape(sides.shape), unknown=unknown.reshape(sides.shape))

    def reason(self, pair):
        return say("scoring.points.exact", points="omgeving")

    def questions(self, pair):
        if pair.candidate.wished_setting is not None:
            return ()
        question = say("scoring.points.exact", points="omgeving?")
        return (Question(about="candidate", field="wished_setting", sentence=question),)


def _share(wished, offered):
    if not wished or offered is None:
        return 700
    return 500 + 500 * len(wished & offered) // len(wished) if wished & offered else 100


@dataclass(frozen=True, kw_only=True)
class HourGap(Rule):
    """A known gap in hours excludes unless the package is negotiable."""

    key: ClassVar[str] = "hours"
    reads: ClassVar[Reads] = Reads(candidate=("hours_max",), package=("hours_min", "hours_negotiable"))
    can_conflict: ClassVar[bool] = True

    def judge(self, sides):
        gap = sides.candidate.numbers("hours_max")[:, None] < sides.package.numbers("hours_min")[None, :]
        fixed = sides.package.each("hours_negotiable", lambda value: value is False, bool)[None, :]
        return Verdicts.of(to_judge=gap, conflict=gap & fixed, unknown=np.zeros(sides.shape, dtype=bool))

    def reason(self, pair, outcome):
        return say("scoring.points.exact", points=f"uren: {outcome.name}")

    def remedy(self, pair):
        hours = f"als {pair.candidate.hours_max:g} uur zou kunnen"
        return say("scoring.points.exact", points=hours)


@dataclass(frozen=True, kw_only=True)
class OwnVeto(Rule):
    """The candidate's own veto on a package excludes whatever its age; there is no remedy."""

    key: ClassVar[str] = "own_veto"
    reads: ClassVar[Reads] = Reads(candidate=("never",), package=("work_package_id",))
    can_conflict: ClassVar[bool] = True
    needs_fresh_profile: ClassVar[bool] = False

    def judge(self, sides):
        never = sides.candidate.values("never")
        hit = [[f"work_package:{b}" in (a or ()) for b in sides.package.values("work_package_id")] for a in never]
        found = np.array(hit, dtype=bool).reshape(sides.shape)
        return Verdicts.of(to_judge=np.zeros(sides.shape, dtype=bool), conflict=found)

    def reason(self, pair, outcome):
        return say("scoring.points.exact", points="eigen veto")


TINY = Yardstick(
    name="tiny",
    version="1",
    criteria=(Weighted(criterion=HourOverlap(), weight=600), Weighted(criterion=SharedWish(), weight=400)),
    rules=(OwnVeto(), HourGap()),
)


def person(identity="K-1", **known):
    return Candidate(candidate_id=identity, **({"profile_date": FRESH} | known))


def work(identity="WP-1", **known):
    return WorkPackage(work_package_id=identity, **known)


def scores_of(people, packages, *, yardstick=TINY, seed=0, **more):
    pool = Pool.of(people, packages, as_of=AS_OF, **more)
    return Scores(pool, dict.fromkeys({package.scorecard_key for package in packages}, yardstick), seed)


def random_scores(people=60, packages=30, *, seed=0, hours=(8, 16, 24, 32)):
    """A pool with few distinct values (many ties), unknowns, vetoes and stale profiles."""
    rng = np.random.default_rng(seed)
    settings = [None, frozenset(), frozenset({"calm"}), frozenset({"calm", "fixed"}), frozenset({"lively"})]
    dates = [FRESH, dt.date(2026, 1, 1), None]
    crowd = [
        person(
            f"K-{n:04}",
            hours_max=rng.choice([None, *hours]),
            wished_setting=rng.choice(np.array(settings, dtype=object)),
            never=frozenset({f"work_package:WP-{rng.integers(packages):04}"}),
            profile_date=rng.choice(np.array(dates, dtype=object), p=[0.7, 0.2, 0.1]),
        )
        for n in range(people)
    ]
    carved = [
        work(
            f"WP-{n:04}",
            hours_min=rng.choice([None, *hours]),
            setting=rng.choice(np.array(settings, dtype=object)),
            hours_negotiable=rng.choice(np.array([None, True, False], dtype=object)),
        )
        for n in range(packages)
    ]
    return scores_of(crowd, carved, seed=seed)


def total_of(scores, candidate, package):
    """Return the total of a pair the slow way: one pair at a time, -1 when a rule excludes."""
    fit = obvious(scores, candidate, package)
    return -1 if fit["outcome"] is Outcome.CONFLICT else fit["total"]


def obvious(scores, candidate, package):
    """Judge one pair by asking each criterion and rule about one class on each side."""
    from matching.domain.judging import Pair, unknown_class
    from matching.domain.pool import is_stale

    pool, card = scores.pool, scores.scorecard_of(package.work_package_id)
    pair = Pair(candidate=candidate, package=package, as_of=pool.as_of, travel=pool.travel)
    stale = is_stale(candidate.profile_date, pool.as_of)
    found = {"total": 0, "low": 0, "high": 0, "share": 0, "outcome": Outcome.FITS}
    for weighted in card.criteria:
        criterion, weight = weighted.criterion, weighted.weight
        sides = pair.sides(criterion.reads)
        points = criterion.points(sides)
        ends = [(points.low.item(), points.high.item())]
        if stale:
            nobody = criterion.points(dataclasses.replace(sides, candidate=unknown_class(criterion.reads.candidate)))
            ends.append((nobody.low.item(), nobody.high.item()))
        found["total"] += weight * points.neutral.item()
        found["low"] += weight * min(low for low, _ in ends)
        found["high"] += weight * max(high for _, high in ends)
        found["share"] += weight * (points.unknown.item() and criterion.key != "doable_hours")
    for rule in card.rules:
        outcome = Outcome(rule.judge(pair.sides(rule.reads)).outcome.item())
        if outcome is Outcome.CONFLICT and stale and rule.needs_fresh_profile:
            outcome = Outcome.TO_JUDGE
        found["outcome"] = max(found["outcome"], outcome)
    return found
