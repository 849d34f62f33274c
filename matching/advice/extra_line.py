"""Somebody else: a long list always leaves room, so that the same people are not proposed again and again.

One extra line in ten holds a candidate drawn at random from those whom nothing excludes and who are not on the list.
It is never a replacement (no line of the list is lost or moved down), never in a plan, and not marked on the
officer's list; the record of the run says who was drawn and by which seed. Default on for lists of ten or more.
"""

from __future__ import annotations

import hashlib
import heapq
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace

import numpy as np

from matching.advice.no_match import NoMatch, no_good_match
from matching.domain.work_package import WorkPackage
from matching.scoring.scores import Scores
from matching.scoring.shortlist import LONG_LIST, Line, Shortlist, group_starts, tie_points
from matching.scoring.yardstick import TOTAL_PER_POINT
from matching.text import Sentence, say


@dataclass(frozen=True, kw_only=True)
class DrawnLine:
    """What the run records of one extra line: whose list, who was drawn, among how many, by which seed."""

    work_package_id: str
    candidate_id: str
    among: int
    seed: int


@dataclass(frozen=True, kw_only=True)
class OpenList:
    """A list as an officer gets it: with its extra lines, what the run records of them, and what helps when it is thin.

    `poor` is None when somebody on the list stands at "possible" or better, and on lists of work for a candidate.
    """

    shortlist: Shortlist
    drawn: tuple[DrawnLine, ...] = ()
    poor: NoMatch | None = None

    @property
    def own_lines(self) -> Sequence[Line]:
        """The lines of the list itself, without those that were drawn."""
        return self.shortlist.lines[: len(self.shortlist.lines) - len(self.drawn)]

    @property
    def long(self) -> bool:
        """Whether this is a list of people of ten lines or more, the drawn ones not counted."""
        return self.shortlist.for_package and len(self.own_lines) >= LONG_LIST

    @property
    def invitation(self) -> Sentence:
        """What every long list ends with: propose somebody else, and how the extra lines came there."""
        return say(f"scoring.shortlist.somebody_else{'_drawn' if self.drawn else ''}")


def opened(scores: Scores, shortlist: Shortlist, *, on: bool = True) -> OpenList:
    """Return a list with one extra candidate for every ten lines; a shorter list keeps its lines.

    The extra lines stand where their points put them, so that the list stays in order, and look like every other.
    `on` is False for who wants no extra line.
    """
    poor = no_good_match(scores, shortlist)
    size = len(shortlist.lines)
    if not on or size < LONG_LIST or not isinstance(shortlist.about, WorkPackage):
        return OpenList(shortlist=shortlist, poor=poor)
    package_id = shortlist.about.work_package_id
    listed = {line.fit.candidate_id for line in shortlist.lines}
    totals = _possible(scores, package_id)
    others = [identity for identity in totals if identity not in listed]
    first = heapq.nsmallest(size // LONG_LIST, others, key=lambda identity: _draw(shortlist.seed, package_id, identity))
    drawn = sorted(first, key=lambda identity: -totals[identity])
    last = _last_group(shortlist, np.array(sorted(totals.values(), reverse=True), dtype=np.int32))
    fits = scores.fits([(identity, package_id) for identity in drawn])
    group = shortlist.lines[-1].place
    extra = tuple(
        Line(fit=fit, place=group if fit.total >= last else place, tied=fit.total >= last)
        for place, fit in enumerate(fits, start=size + 1)
    )
    tied = sum(line.tied for line in extra)
    record = tuple(
        DrawnLine(work_package_id=package_id, candidate_id=identity, among=len(others), seed=shortlist.seed)
        for identity in drawn
    )
    longer = replace(shortlist, lines=(*shortlist.lines, *extra), hidden_ties=shortlist.hidden_ties - tied)
    return OpenList(shortlist=longer, drawn=record, poor=poor)


def record_of(lists: Sequence[OpenList]) -> str | None:
    """Return what the run records of the extra lines of these lists, as JSON; None when nobody was drawn."""
    drawn = [asdict(line) for found in lists for line in found.drawn]
    return json.dumps({"drawn": drawn}) if drawn else None


def _possible(scores: Scores, package_id: str) -> dict[str, int]:
    """Return the total of everybody whom nothing excludes from a package, by id."""
    row = scores.pool.packages.position(package_id)
    totals = scores.block(row, row + 1)[0].tolist()
    return {identity: total for identity, total in zip(scores.pool.candidates.ids, totals, strict=True) if total >= 0}


def _last_group(shortlist: Shortlist, totals: np.ndarray[tuple[int], np.dtype[np.int32]]) -> int:
    """Return the least total that still stands equal with the last line; above every total when none does."""
    span = tie_points(shortlist.scorecards) * TOTAL_PER_POINT
    starts = group_starts(totals, span, len(shortlist.lines))
    return int(totals[starts[-2]]) - span if shortlist.hidden_ties else int(totals[0]) + 1


def _draw(seed: int, package_id: str, word: str) -> int:
    """Return a number that only seed, package and word decide."""
    keyed = hashlib.blake2b(f"{package_id}\x1f{word}".encode(), key=f"extra {seed}".encode(), digest_size=8)
    return int.from_bytes(keyed.digest(), "big")
