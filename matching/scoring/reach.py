"""Who is on no list at all, and why: every rule that excludes; never because something is unknown."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from matching.domain.judging import Outcome, Pair
from matching.scoring.group import Groups
from matching.scoring.layout import Section, page
from matching.text import Language, Sentence, say

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, kw_only=True, slots=True)
class Cause:
    """One rule that keeps a candidate from `packages` packages, with the sentence for one of them."""

    candidate_id: str
    rule: str
    packages: int
    work_package_id: str
    reason: Sentence


@dataclass(frozen=True, kw_only=True)
class Reach:
    """Who is on no list however long, with every cause.

    `for_missing_data` holds candidates on no list without any conflict: it is empty, because unknown is not no.
    """

    people: int
    packages: int
    unreached: tuple[str, ...]
    for_missing_data: tuple[str, ...]
    causes: tuple[Cause, ...]

    def text(self, language: Language = "nl") -> str:
        """Return the report as text of at most 80 columns."""
        counts = {"count": len(self.unreached), "people": self.people, "packages": self.packages}
        title = (say("scoring.reach.title", **counts), say("scoring.reach.missing", count=len(self.for_missing_data)))
        lines = tuple(
            say("scoring.reach.cause", candidate=cause.candidate_id, packages=cause.packages, reason=cause.reason)
            for cause in self.causes
        )
        return page(title, [Section(heading=say("scoring.reach.people"), lines=lines)], language)

    def __str__(self) -> str:
        return self.text()

    def to_frame(self) -> pd.DataFrame:
        """Return one row a cause: candidate_id, rule, packages, work_package_id (an example) and the reason."""
        import pandas as pd

        rows = [(c.candidate_id, c.rule, c.packages, c.work_package_id, str(c.reason)) for c in self.causes]
        return pd.DataFrame(rows, columns=["candidate_id", "rule", "packages", "work_package_id", "reason"])


def reach_of(groups: Groups) -> Reach:
    """Find who is on no list of any length, in one pass over all pairs."""
    pool = groups.pool
    reached = np.zeros(len(pool.candidates), dtype=bool)
    for tile in groups.tiles():
        reached[tile.run] |= (tile.people >= 0).any(axis=0)
    missing = np.flatnonzero(~reached) if len(pool.packages) else np.zeros(0, dtype=np.intp)
    causes = [cause for row in missing.tolist() for cause in _causes(groups, row)]
    explained = {cause.candidate_id for cause in causes}
    unreached = tuple(pool.candidates.ids[row] for row in missing)
    return Reach(
        people=len(pool.candidates),
        packages=len(pool.packages),
        unreached=unreached,
        for_missing_data=tuple(identity for identity in unreached if identity not in explained),
        causes=tuple(causes),
    )


def _causes(groups: Groups, row: int) -> list[Cause]:
    """Return every rule that excludes this candidate from some package, most packages first."""
    counts: dict[str, int] = {}
    example: dict[str, Cause] = {}
    pool = groups.pool
    for group, encoding in groups.for_person(row):
        for layer in encoding.conflicts:
            rule, masks = layer.asked, encoding.excluded_by(layer, group.rows)
            hit = np.flatnonzero(masks[:, 0]).tolist()
            if not hit:
                continue
            counts[rule.key] = counts.get(rule.key, 0) + len(hit)
            if rule.key not in example:
                package = pool.packages[int(group.rows[hit[0]])]
                pair = Pair(candidate=pool.candidates[row], package=package, as_of=pool.as_of, travel=pool.travel)
                example[rule.key] = _cause(rule.key, pair, rule.reason(pair, Outcome.CONFLICT))
    found = [replace(cause, packages=counts[key]) for key, cause in example.items()]
    return sorted(found, key=lambda cause: -cause.packages)


def _cause(rule: str, pair: Pair, reason: Sentence) -> Cause:
    return Cause(
        candidate_id=pair.candidate.candidate_id,
        rule=rule,
        packages=1,
        work_package_id=pair.package.work_package_id,
        reason=reason,
    )
