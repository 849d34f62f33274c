"""What a plan means for targets, suppliers, employers and regions: a report, never part of a goal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING

import numpy as np

from matching.domain.job_unit import jobs
from matching.domain.pool import Pool
from matching.domain.vocabulary import vocabulary
from matching.planning.draft import PACKAGE_GROUPS, SHARED_TARGET, labels_of
from matching.planning.exposure import QUARTER_WEEKS, shown_before
from matching.planning.plan import Plan
from matching.planning.steering import TARGETS
from matching.planning.working_hours import hours_of
from matching.text import Language, Sentence, say

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["ExposureLine", "PlanReport", "SpreadLine", "TargetLine", "WaitingLine", "report_of", "wilson"]

_Z = 1.96

TOO_FEW = 10
"""With fewer proposals than this nothing is said of who is shown more or less (expert judgement)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetLine:
    """Proposals of one or two methods: heads, weekly hours, jobs of 25.5 hours, and the target in jobs (None: none).

    `hours_unknown` counts proposals of which nobody's hours are known; they count as heads and give no hours.
    """

    methods: tuple[str, ...]
    heads: int
    hours: float
    hours_unknown: int
    target: int | None

    @property
    def jobs(self) -> float:
        """Return the jobs of 25.5 hours, two decimals."""
        return jobs(self.hours)

    def sentence(self) -> Sentence:
        """Return the line in words."""
        terms = vocabulary("placement_method")
        key = "planning.report.target" if self.target is not None else "planning.report.method"
        return say(
            key,
            method=tuple(terms[m] for m in self.methods),
            heads=self.heads,
            jobs=self.jobs,
            target=self.target or 0,
            unknown=self.hours_unknown,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class SpreadLine:
    """One group: how many could be placed (`possible`: people with a possible package, or places), how many are.

    `low` and `high` are the 95 % Wilson interval of placed / possible; None when nothing was possible.
    """

    per: str
    group: str
    possible: int
    placed: int

    @property
    def interval(self) -> tuple[float, float] | None:
        """Return the interval of the share that is placed."""
        return wilson(self.placed, self.possible)

    def sentence(self) -> Sentence:
        """Return the line in words."""
        low, high = (round(100 * x) for x in self.interval) if self.interval else (None, None)
        kind = "places" if self.per in PACKAGE_GROUPS else "people"
        values = {"group": self.group, "possible": self.possible, "placed": self.placed, "low": low, "high": high}
        return say(f"planning.report.{kind}", **values)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExposureLine:
    """One framework supplier: its share of the proposals of all suppliers beside its share of the suitable people.

    `shown` of `all_shown` proposals (people presented in the last quarter included when decisions say so), `suitable`
    of `all_suitable` people with possible work. The interval is the 95 % Wilson interval of shown / all_shown; None
    when nothing was shown.
    """

    group: str
    shown: int
    all_shown: int
    suitable: int
    all_suitable: int

    @property
    def interval(self) -> tuple[float, float] | None:
        """Return the interval of the share of the proposals."""
        return wilson(self.shown, self.all_shown)

    @property
    def standing(self) -> str:
        """Return within, below or above: where the share of the suitable people lies against the interval.

        Unclear with fewer than `TOO_FEW` proposals, or when nobody is suitable.
        """
        if self.interval is None or self.all_shown < TOO_FEW or not self.all_suitable:
            return "unclear"
        due, (low, high) = self.suitable / self.all_suitable, self.interval
        return "above" if low > due else "below" if high < due else "within"

    def sentence(self) -> Sentence:
        """Return the line in words."""
        low, high = (round(100 * x) for x in self.interval) if self.interval else (None, None)
        counts = {"group": self.group, "shown": self.shown, "all_shown": self.all_shown, "low": low, "high": high}
        due = round(100 * self.suitable / self.all_suitable) if self.all_suitable else None
        if self.standing == "unclear":
            return say("planning.report.exposure_bare", due=due, **counts)
        standing = say(f"planning.report.exposure_{self.standing}")
        return say("planning.report.exposure", due=due, standing=standing, **counts)


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingLine:
    """One arrangement in a plan of judged pairs only: how many people who named it have possible work, how many wait.

    `arrangement` None counts everybody, whatever she named.
    """

    arrangement: str | None
    people: int
    waiting: int

    def sentence(self) -> Sentence:
        """Return the line in words."""
        counts = {"people": self.people, "waiting": self.waiting}
        if self.arrangement is None:
            return say("planning.report.waiting_all", **counts)
        return say("planning.report.waiting", arrangement=vocabulary("arrangement")[self.arrangement], **counts)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanReport:
    """Targets by method of the work that is there (those that share one together too), and the spread over groups.

    `exposure` sets each framework supplier's share of the proposals beside its share of the suitable people; `waiting`
    says, for a plan of judged pairs only, whom that leaves out by arrangement. `guidance_short` gives the hours a week
    that the guidance of a package is short, where both sides are known.
    """

    targets: tuple[TargetLine, ...]
    spread: tuple[SpreadLine, ...]
    guidance_short: tuple[tuple[str, float], ...]
    exposure: tuple[ExposureLine, ...] = ()
    waiting: tuple[WaitingLine, ...] = ()

    def of(self, per: str) -> tuple[SpreadLine, ...]:
        """Return the lines of one kind of group: framework_supplier, employer or region."""
        return tuple(line for line in self.spread if line.per == per)

    def text(self, language: Language = "nl") -> str:
        """Return the targets, the exposure of the suppliers and what waits, one a line; `to_frame` has the rest."""
        return "\n".join(line.text(language) for line in self.sentences())

    def sentences(self) -> tuple[Sentence, ...]:
        """Return every line of the report in words."""
        heads = (say("planning.report.heading"), *(line.sentence() for line in self.targets))
        exposure = tuple(line.sentence() for line in self.exposure)
        unclear = any(line.standing == "unclear" for line in self.exposure)
        too_few = (say("planning.report.exposure_unclear"),) if unclear else ()
        suppliers = (say("planning.report.suppliers"), *too_few, *exposure) if exposure else ()
        waiting = tuple(line.sentence() for line in self.waiting)
        short = (say("planning.report.guidance_of", package=name, hours=hours) for name, hours in self.guidance_short)
        guidance = (say("planning.report.guidance", packages=tuple(short)),) if self.guidance_short else ()
        return (*heads, *suppliers, *waiting, *guidance)

    def __str__(self) -> str:
        return self.text()

    def to_frame(self) -> pd.DataFrame:
        """Return one row per group: per, group, possible, placed, low, high (shares 0..1; empty when unknown)."""
        import pandas as pd

        names = ["per", "group", "possible", "placed", "low", "high"]
        rows = [[s.per, s.group, s.possible, s.placed, *(s.interval or (None, None))] for s in self.spread]
        return pd.DataFrame(rows, columns=names)


def report_of(plan: Plan, pool: Pool) -> PlanReport:
    """Return the report of a plan of this pool; it reads the plan and changes nothing."""
    spread = _spread(plan, pool)
    return PlanReport(
        targets=_targets(plan, pool),
        spread=spread,
        guidance_short=tuple(_guidance_short(plan, pool)),
        exposure=tuple(_exposure(plan, pool, spread)),
        waiting=tuple(_waiting(plan, pool)),
    )


def _exposure(plan: Plan, pool: Pool, spread: Iterable[SpreadLine]) -> Iterable[ExposureLine]:
    """Yield a line for each framework supplier; a pair that was presented and is proposed again counts once."""
    people, work = pool.candidates.positions, pool.packages.positions
    pairs = {(people[c], work[p]) for c, p in plan.pairs} | set(shown_before(pool, weeks=QUARTER_WEEKS))
    labels = labels_of(pool, "framework_supplier")
    shown = Counter(label for candidate, _ in pairs if (label := labels[candidate]) is not None)
    lines = [line for line in spread if line.per == "framework_supplier"]
    for line in lines:
        yield ExposureLine(
            group=line.group,
            shown=shown[line.group],
            all_shown=shown.total(),
            suitable=line.possible,
            all_suitable=sum(each.possible for each in lines),
        )


def _waiting(plan: Plan, pool: Pool) -> Iterable[WaitingLine]:
    """Yield whom a plan of judged pairs only leaves waiting: everybody, then by the arrangement that they named."""
    if plan.layout is None or not plan.layout.draft.only_cleared:
        return
    draft = plan.layout.draft
    waits = set(np.flatnonzero((draft.awaiting > 0) & ~draft.able).tolist())
    possible = set(np.flatnonzero(draft.able).tolist())
    yield WaitingLine(arrangement=None, people=len(possible | waits), waiting=len(waits))
    needs = pool.candidates.column("needs")
    named: dict[str, list[int]] = {}
    for row in sorted(possible | waits):
        for key in sorted({key for need in needs[row] or () for key in need.arrangements}):
            named.setdefault(key, []).append(row)
    for key in sorted(named):
        yield WaitingLine(arrangement=key, people=len(named[key]), waiting=len(waits & set(named[key])))


def wilson(hits: int, trials: int) -> tuple[float, float] | None:
    """Return the 95 % interval of a share (Wilson 1927); None without trials."""
    if not trials:
        return None
    share, spread = hits / trials, _Z * _Z / trials
    middle = (share + spread / 2) / (1 + spread)
    half = _Z * sqrt(share * (1 - share) / trials + spread / (4 * trials)) / (1 + spread)
    return max(0.0, middle - half), min(1.0, middle + half)


def _targets(plan: Plan, pool: Pool) -> tuple[TargetLine, ...]:
    shared = tuple(SHARED_TARGET.split(" + "))
    method = pool.packages.column("method")
    there = {method.values[code] for code in np.unique(method.codes).tolist()}
    groups = [found for found in (*((key,) for key in vocabulary("placement_method")), shared) if there & set(found)]
    own = {key: jobs_ for key, jobs_ in TARGETS.items() if key != SHARED_TARGET}
    found: dict[tuple[str, ...], list[float | None]] = {methods: [] for methods in groups}
    for candidate, package in plan.pairs:
        hours = hours_of(pool, pool.candidates.position(candidate), pool.packages.position(package))
        for methods in groups:
            if method[pool.packages.position(package)] in methods:
                found[methods].append(hours)
    return tuple(
        TargetLine(
            methods=methods,
            heads=len(found[methods]),
            hours=sum(h for h in found[methods] if h is not None),
            hours_unknown=sum(h is None for h in found[methods]),
            target=TARGETS[SHARED_TARGET] if methods == shared else own.get(methods[0]),
        )
        for methods in groups
    )


def _spread(plan: Plan, pool: Pool) -> tuple[SpreadLine, ...]:
    layout = plan.layout
    reachable = {int(row) for row in layout.candidate.tolist()} if layout else range(len(pool.candidates))
    people = [pool.candidates.position(candidate) for candidate, _ in plan.pairs]
    work = [pool.packages.position(package) for _, package in plan.pairs]
    places = pool.packages.column("places")
    lines = list(_lines("framework_supplier", pool, set(people), dict.fromkeys(reachable, 1).get))
    for per in ("employer", "region"):
        lines += _lines(per, pool, work, lambda row: int(places[row] or 0))
    return tuple(lines)


def _guidance_short(plan: Plan, pool: Pool) -> Iterable[tuple[str, float]]:
    """Yield each package whose people need more guidance than it has; an unknown need counts as none."""
    needed, offered = pool.candidates.column("guidance_hours"), pool.packages.column("guidance_hours")
    asked: Counter[str] = Counter()
    for candidate, package in plan.pairs:
        asked[package] += round(10 * (needed[pool.candidates.position(candidate)] or 0))
    for package in sorted(asked):
        hours = offered[pool.packages.position(package)]
        if hours is not None and asked[package] > round(10 * hours):
            yield package, (asked[package] - round(10 * hours)) / 10


def _lines(per: str, pool: Pool, placed: Iterable[int], room: Callable[[int], int | None]) -> Iterable[SpreadLine]:
    """Yield a line for each group; `room` says how many a row could place."""
    labels = labels_of(pool, per)
    possible: Counter[str] = Counter()
    for row, label in enumerate(labels):
        if label is not None:
            possible[label] += room(row) or 0
    held = Counter(label for row in placed if (label := labels[row]) is not None)
    for label in sorted(possible):
        yield SpreadLine(per=per, group=label, possible=possible[label], placed=held[label])
