"""What changed between two plans, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from matching.planning.layout import Layout
from matching.planning.reasons import options, shown_points
from matching.text import Language, Sentence, say

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Change", "Comparison", "compared"]

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One person whose places differ: before, after (package ids), and why."""

    candidate_id: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    because: Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """The changes between two plans, by id; `kept` counts the proposals in both, `earlier` those of the first."""

    kept: int
    earlier: int
    changes: tuple[Change, ...]

    @property
    def changed(self) -> int:
        """Return how many earlier proposals are no longer there."""
        return self.earlier - self.kept

    def summary(self) -> Sentence:
        """Return the number of changes in one sentence, with how often each cause plays."""
        causes = Counter(change.because.key.rpartition(".")[2] for change in self.changes)
        if not causes:
            return say("planning.changed.summary", changed=self.changed, earlier=self.earlier)
        because = tuple(say(f"planning.changed.cause.{kind}", count=causes[kind]) for kind in sorted(causes))
        return say("planning.changed.summary_because", changed=self.changed, earlier=self.earlier, because=because)

    def text(self, language: Language = "nl") -> str:
        """Return the summary and each change, one a line."""
        return "\n".join(s.text(language) for s in (self.summary(), *(c.because for c in self.changes)))

    def __str__(self) -> str:
        return self.text()

    def to_frame(self) -> pd.DataFrame:
        """Return one row per changed person: candidate_id, before, after, because (Dutch)."""
        import pandas as pd

        rows = [[c.candidate_id, ";".join(c.before), ";".join(c.after), str(c.because)] for c in self.changes]
        return pd.DataFrame(rows, columns=["candidate_id", "before", "after", "because"])


def compared(before: Iterable[Pair], after: Iterable[Pair], layout: Layout | None) -> Comparison:
    """Return what changed from one set of pairs to the other; `layout` (of the second) lets it say why."""
    old, new = set(before), set(after)
    names = sorted({c for c, _ in old ^ new})
    changes = tuple(_change(name, old, new, layout) for name in names)
    return Comparison(kept=len(old & new), earlier=len(old), changes=changes)


def _change(name: str, old: set[Pair], new: set[Pair], layout: Layout | None) -> Change:
    before, after = (tuple(sorted(p for c, p in pairs if c == name)) for pairs in (old, new))
    return Change(
        candidate_id=name, before=before, after=after, because=_because(name, (before, after), (old, new), layout)
    )


def _because(
    name: str,
    places: tuple[tuple[str, ...], tuple[str, ...]],
    pairs: tuple[set[Pair], set[Pair]],
    layout: Layout | None,
) -> Sentence:
    before, after = places
    gone = [p for p in before if p not in after]
    known = layout is not None and name in layout.draft.pool.candidates.positions
    points = dict(options(layout, layout.draft.candidate(name))) if layout is not None and known else {}
    values: dict[str, object] = {"candidate": name, "before": before, "after": after}
    if not gone:
        return say("planning.changed.new_place", **values)
    if layout is not None and not known:
        return say("planning.changed.person_gone", **values)
    if layout is not None and gone[0] not in points:
        barred = layout.draft.barred.get((layout.draft.candidate(name), _row(layout, gone[0])))
        if barred is not None:
            return say("planning.changed.agreed", gone=gone[0], agreed=barred, **values)
        return say("planning.changed.pair_gone", gone=gone[0], **values)
    came = tuple(sorted(c for c, p in pairs[1] - pairs[0] if p == gone[0]))
    if came:
        return say("planning.changed.replaced", gone=gone[0], came=came, **values)
    if after and points:
        gained = shown_points(points.get(after[0], 0)), shown_points(points[gone[0]])
        return say("planning.changed.moved", points=gained[0], earlier_points=gained[1], **values)
    return say("planning.changed.lost_place", gone=gone[0], **values)


def _row(layout: Layout, package: str) -> int:
    return layout.draft.pool.packages.positions.get(package, -1)
