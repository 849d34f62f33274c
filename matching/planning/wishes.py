"""Wishes: what a plan should reach if it can, each with a price in points and a named shortfall when it cannot.

A price never counts against the number of people placed: it works in the stage of the points.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np

from matching.errors import ConfigurationRefused
from matching.planning.bilingual import Words
from matching.planning.draft import Draft, Measure, RowDraft
from matching.planning.measure import Weighing
from matching.planning.problem import Int64Array
from matching.text import Sentence, say

__all__ = ["AtLeast", "CountJobs", "GuidanceHours", "KeepPrevious", "Share", "Wish"]

POINTS = 1000
"""Inside the engine a point of the thousand that people see counts a thousand."""


class Wish(Protocol):
    """Anything that says what it wishes and puts it in a draft."""

    def sentence(self) -> Sentence:
        """Return the wish in words."""
        ...

    def put(self, draft: Draft) -> None:
        """Add the wish to a draft. Raises UnknownName for a group or id that does not exist."""
        ...


@dataclass(frozen=True, slots=True)
class AtLeast:
    """Each group (or the one named `group`) gets at least `least` places; one place short costs `price` points.

    `per` is employer, method, programme, region, municipality, supplier, package, source, source_kind or home_region.
    Points are those that people see (0..1000 a pair). `hard` makes it a limit, and then it asks for a reason.
    """

    least: int
    per: str = field(kw_only=True)
    group: str | None = field(default=None, kw_only=True)
    price: int = field(default=100, kw_only=True)
    hard: bool = field(default=False, kw_only=True)
    because: Words = field(default="", kw_only=True)

    def __post_init__(self) -> None:
        """Refuse a hard floor without a reason."""
        _reasoned(hard=self.hard, because=self.because)

    def sentence(self) -> Sentence:
        """Return the wish (or, when hard, the limit with its reason) in words."""
        key = "planning.limit.at_least" if self.hard else "planning.wish.at_least"
        last = {"because": self.because.rstrip(". ")} if self.hard else {"price": self.price}
        if self.group is None:
            return say(key, least=self.least, per=say(f"planning.per.{self.per}"), **last)
        return say(f"{key}_of", least=self.least, group=self.group, **last)

    def put(self, draft: Draft) -> None:
        """Add a row per group."""
        price = None if self.hard else self.price * POINTS
        for label, weigh in draft.groups(self.per):
            if self.group in (None, label):
                about = say("planning.wish.at_least_group", least=self.least, group=label)
                draft.rows.append(RowDraft(sentence=about, weigh=weigh, low=self.least, price=price))


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """One group gets at least (or at most) a percentage of all places in the plan; each place off costs `price`.

    Off unless somebody switches it on: the targets of the programme are a report, not a steering wheel.
    """

    per: str
    group: str
    least_percent: int | None = None
    most_percent: int | None = None
    price: int = 100

    def sentence(self) -> Sentence:
        """Return the wish in words."""
        low, high = self.least_percent, self.most_percent
        if low is not None and high is not None:
            return say("planning.wish.share_between", group=self.group, low=low, high=high, price=self.price)
        key = "planning.wish.share_least" if high is None else "planning.wish.share_most"
        return say(key, group=self.group, percent=high if low is None else low, price=self.price)

    def put(self, draft: Draft) -> None:
        """Add a row per bound, in hundredths of a place."""
        weigh = dict(draft.groups(self.per)).get(self.group) or _nothing
        for percent, below in ((self.least_percent, True), (self.most_percent, False)):
            if percent is not None:
                row = RowDraft(
                    sentence=self.sentence(),
                    weigh=_above(weigh, percent),
                    low=0 if below else None,
                    high=None if below else 0,
                    price=self.price * POINTS // 100,
                )
                draft.rows.append(row)


def _nothing(candidate: Int64Array, package: Int64Array) -> Int64Array:
    return np.zeros(len(candidate), np.int64)


def _above(weigh: Measure, percent: int) -> Measure:
    if isinstance(weigh, Weighing):
        return weigh.shifted(100, -percent)
    return lambda candidate, package: 100 * weigh(candidate, package) - percent


@dataclass(frozen=True, slots=True, kw_only=True)
class GuidanceHours:
    """The guidance that people need fits in what each package has; an hour short costs `price` points.

    A wish, unless a planner makes it `hard` with a reason: as a limit it leans to people who need least, and its
    sentence says so. Hours count in tenths; an unknown need or an unknown offer asks nothing.
    """

    price: int = 1
    hard: bool = False
    because: Words = ""

    def __post_init__(self) -> None:
        """Refuse a hard limit without a reason."""
        _reasoned(hard=self.hard, because=self.because)

    def sentence(self) -> Sentence:
        """Return the wish (or, when hard, the limit with its reason) in words."""
        if self.hard:
            return say("planning.limit.guidance", because=self.because.rstrip(". "))
        return say("planning.wish.guidance", price=self.price)

    def put(self, draft: Draft) -> None:
        """Add a row per package of which the guidance is known."""
        need = _tenths(draft.pool.candidates.column("guidance_hours"))
        offered = draft.pool.packages.column("guidance_hours")
        for package, name in enumerate(draft.pool.packages.ids):
            hours = offered[package]
            if hours is not None:
                about = say("planning.wish.guidance_package", package=name, hours=hours)
                weigh = _at_package(need, package, len(draft.places))
                price = None if self.hard else max(self.price * POINTS // 10, 0)
                accepted = sum(int(need[c]) for c, p in draft.accepted if p == package)
                high = max(int(10 * hours), accepted) if self.hard else int(10 * hours)
                draft.rows.append(RowDraft(sentence=about, weigh=weigh, high=high, price=price))


def _reasoned(*, hard: bool, because: Words) -> None:
    if hard and not because.strip():
        raise ConfigurationRefused(say("planning.policy.hard_needs_reason"))


def _tenths(column: object) -> Int64Array:
    values = [0 if v is None else round(10 * v) for v in column.values]  # type: ignore[attr-defined]
    codes: Int64Array = column.codes  # type: ignore[attr-defined]
    return np.array(values, np.int64)[codes]


def _at_package(need: Int64Array, package: int, work: int) -> Measure:
    there = np.zeros(work, np.int64)
    there[package] = 1
    return Weighing(person=need, package=there)


@dataclass(frozen=True, slots=True)
class CountJobs:
    """Count jobs of 25.5 hours instead of people in the first goal; off unless somebody chooses it.

    It favours those who can work more hours, so a plan made with it says that on every output. Unknown hours count as
    one job.
    """

    def sentence(self) -> Sentence:
        """Return the choice in words, with what it does."""
        return say("planning.wish.count_jobs")

    def put(self, draft: Draft) -> None:
        """Make weekly hours the first goal."""
        draft.counts_jobs = True


@dataclass(frozen=True, slots=True)
class KeepPrevious:
    """Keep the earlier proposals: change one only when it gains more than `threshold` points, and at most `budget`.

    `pairs` are (candidate id, package id); those that no longer exist or became impossible are skipped and count as
    no change of ours. Without a budget the number of changes is the last thing to be made small.
    """

    pairs: tuple[tuple[str, str], ...]
    threshold: int = field(default=0, kw_only=True)
    budget: int | None = field(default=None, kw_only=True)

    @classmethod
    def of(cls, pairs: Iterable[tuple[str, str]], *, threshold: int = 0, budget: int | None = None) -> KeepPrevious:
        """Return the wish for any iterable of pairs."""
        return cls(tuple(pairs), threshold=threshold, budget=budget)

    def sentence(self) -> Sentence:
        """Return the wish in words."""
        key = "planning.wish.keep" if self.budget is None else "planning.wish.keep_budget"
        return say(key, count=len(self.pairs), threshold=self.threshold, budget=self.budget or 0)

    def put(self, draft: Draft) -> None:
        """Note the pairs; the budget becomes a hard row when the pairs that still exist are known."""
        people, work = draft.pool.candidates.positions, draft.pool.packages.positions
        draft.previous |= {(people[c], work[p]) for c, p in self.pairs if c in people and p in work}
        draft.threshold, draft.change_budget = self.threshold * POINTS, self.budget
