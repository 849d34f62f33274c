"""No good match: say so, with who comes closest, what must change for each, and who has not been asked yet.

*No good match* is a list of people for a package on which nobody stands at "possible" or better. No public table says
which supplier serves which region (the names of the framework suppliers are not published), so "not asked" is read
from the pool itself: framework suppliers with people in this file but nobody in the region of the work, and the public
desk of that region when nobody in the file comes from there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from matching.domain.pool import Pool
from matching.domain.region import Region, municipalities, region_of
from matching.domain.work_package import WorkPackage
from matching.scoring.scores import Scores
from matching.scoring.shortlist import Shortlist
from matching.text import Sentence, say

if TYPE_CHECKING:
    from matching.advice.why import WhyNot

CLOSEST = 3


@dataclass(frozen=True, kw_only=True)
class NoMatch:
    """Who comes closest, each with the changes that would do; the region of the work; whom nobody asked yet.

    `region` is None when it is not known where the work is; then nobody can be said to be not asked.
    """

    closest: tuple[WhyNot, ...]
    region: Region | None
    not_asked: tuple[str, ...]

    @property
    def asking(self) -> Sentence:
        """Who serves the region and was not asked, or that this cannot be said."""
        if self.region is None:
            return say("advice.no_match.place_unknown")
        key = "advice.no_match.not_asked" if self.not_asked else "advice.no_match.all_asked"
        values = {"organisations": list(self.not_asked)} if self.not_asked else {}
        return say(key, region=self.region.name, **values)


def no_good_match(scores: Scores, shortlist: Shortlist) -> NoMatch | None:
    """Return what helps when nobody on a list of people stands at "possible" or better; None for every other list."""
    work = shortlist.about
    if not isinstance(work, WorkPackage) or any(line.fit.band != "worth_a_talk" for line in shortlist.lines):
        return None
    from matching.advice.why import why_not

    region = region_of(work.municipality) if work.municipality and work.municipality in municipalities() else None
    named = islice(_closest(shortlist), CLOSEST)
    return NoMatch(
        closest=tuple(why_not(scores, identity, work.work_package_id) for identity in named),
        region=region,
        not_asked=() if region is None else tuple(not_asked(scores.pool, region)),
    )


def _closest(shortlist: Shortlist) -> Iterator[str]:
    """Yield the first people of the list, then who nearly fits."""
    yield from (line.fit.candidate_id for line in shortlist.lines)
    yield from (fit.candidate_id for fit in shortlist.nearly)


def not_asked(pool: Pool, region: Region) -> Iterator[str]:
    """Yield the organisations that could know people in a region and brought nobody from there, as far as is known.

    Framework suppliers work for the whole Rijk, so each that brought anybody counts; of the desks only the region's.
    """
    people = pool.candidates
    columns = [people.column(name) for name in ("source_kind", "source_organisation", "municipality")]
    found = {(columns[0][row], columns[1][row], columns[2][row]) for row in range(len(people))}
    near = [one for one in found if one[2] in municipalities() and region_of(one[2]).code == region.code]
    desk = f"WSP {region.name}"
    if desk not in {name for _, name, _ in found} and "wsp" not in {kind for kind, _, _ in near}:
        yield desk
    here = {name for _, name, _ in near}
    yield from sorted({name for kind, name, _ in found if kind == "supplier" and name} - here)
