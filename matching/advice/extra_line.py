"""Somebody else: a long list always leaves room, so that the same people are not proposed again and again.

One extra line in ten holds a candidate drawn at random from those whom nothing excludes and who are not on the list.
It is never a replacement (the list itself stays as it was), never in a plan, and not marked on the officer's list;
the run records which lines were drawn and by which seed. Default on for lists of ten or more.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace

import numpy as np

from matching.domain.work_package import WorkPackage
from matching.scoring.scores import Scores
from matching.scoring.shortlist import Line, Shortlist
from matching.text import Sentence, say

LONG_LIST = 10
"""From this many lines on a list is long; one extra line for each such number of lines."""


@dataclass(frozen=True, kw_only=True)
class DrawnLine:
    """What the run records of one extra line: whose list, who was drawn, among how many, by which seed."""

    work_package_id: str
    candidate_id: str
    among: int
    seed: int


@dataclass(frozen=True, kw_only=True)
class OpenList:
    """A list with its extra lines in place, and what the run records of them."""

    shortlist: Shortlist
    drawn: tuple[DrawnLine, ...]

    @property
    def invitation(self) -> Sentence:
        """The line that every list ends with: propose somebody else."""
        return say("advice.somebody_else")


def opened(scores: Scores, shortlist: Shortlist, *, on: bool = True) -> OpenList:
    """Return a list of people with one extra candidate for every ten lines; shorter lists stay as they are.

    The places of the extra lines are drawn too, so that they cannot be told from the others; no line is lost.
    """
    size = len(shortlist.lines)
    if not on or size < LONG_LIST or not isinstance(shortlist.about, WorkPackage):
        return OpenList(shortlist=shortlist, drawn=())
    package_id = shortlist.about.work_package_id
    pool, row = scores.pool, scores.pool.packages.position(package_id)
    listed = {line.fit.candidate_id for line in shortlist.lines}
    possible = np.flatnonzero(scores.block(row, row + 1)[0] >= 0).tolist()
    others = [pool.candidates.ids[at] for at in possible if pool.candidates.ids[at] not in listed]
    order = sorted(others, key=lambda identity: _draw(shortlist.seed, package_id, identity))
    drawn = order[: size // LONG_LIST]
    lines = list(shortlist.lines)
    for fit in scores.fits([(identity, package_id) for identity in drawn]):
        place = _draw(shortlist.seed, package_id, f"place {fit.candidate_id}") % (len(lines) + 1)
        lines.insert(place, Line(fit=fit, place=0, tied=False))
    numbered = tuple(replace(line, place=place) for place, line in enumerate(lines, start=1))
    record = tuple(
        DrawnLine(work_package_id=package_id, candidate_id=identity, among=len(others), seed=shortlist.seed)
        for identity in drawn
    )
    return OpenList(shortlist=replace(shortlist, lines=numbered), drawn=record)


def _draw(seed: int, package_id: str, word: str) -> int:
    """Return a number that only seed, package and word decide."""
    keyed = hashlib.blake2b(f"{package_id}\x1f{word}".encode(), key=f"extra {seed}".encode(), digest_size=8)
    return int.from_bytes(keyed.digest(), "big")
