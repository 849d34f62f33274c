"""What changed between two plans, and why."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from matching.planning.causes import Cause, Compared, Record, asked_otherwise, chained, choice, direct_cause
from matching.text import Language, Sentence, say

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Change", "Comparison", "compared"]

Moves = dict[str, tuple[tuple[str, ...], tuple[str, ...]]]
"""For each person whose places differ the packages before and after."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One person whose places differ: before, after (package ids), and why.

    `cause` is its kind, the last part of a key under planning.changed.cause.
    """

    candidate_id: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    cause: str
    because: Sentence

    @property
    def kind(self) -> str:
        """Return whether the person has another proposal, is newly proposed, or is no longer proposed."""
        return "other" if self.before and self.after else "added" if self.after else "ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """The changes between two plans, by id; `kept` counts the proposals in both, `earlier` those of the first.

    `asked` says what is asked now and was not then, and the reverse.
    """

    kept: int
    earlier: int
    changes: tuple[Change, ...]
    asked: tuple[Sentence, ...] = ()

    @property
    def changed(self) -> int:
        """Return how many earlier proposals are no longer there."""
        return self.earlier - self.kept

    def summary(self) -> Sentence:
        """Return the number of changes in one sentence: how many people, of which kind, and each cause with its people.

        The kinds add up to the people, and so do the causes.
        """
        number = {"changed": self.changed, "earlier": self.earlier}
        if not self.changes:
            return say("planning.changed.summary", **number)
        kinds, causes = (Counter(getattr(change, name) for change in self.changes) for name in ("kind", "cause"))
        return say(
            "planning.changed.summary_because",
            **number,
            people=len(self.changes),
            kinds=tuple(
                say(f"planning.changed.kind.{k}", count=kinds[k]) for k in ("other", "added", "ended") if kinds[k]
            ),
            because=tuple(say(f"planning.changed.cause.{kind}", count=causes[kind]) for kind in sorted(causes)),
        )

    @property
    def lines(self) -> tuple[Sentence, ...]:
        """Return what is asked otherwise, then each change."""
        return (*self.asked, *(change.because for change in self.changes))

    def text(self, language: Language = "nl") -> str:
        """Return the summary, what is asked otherwise and each change, one a line."""
        return "\n".join(s.text(language) for s in (self.summary(), *self.lines))

    def __str__(self) -> str:
        return self.text()

    def to_frame(self) -> pd.DataFrame:
        """Return one row per changed person: candidate_id, before, after, because (Dutch)."""
        import pandas as pd

        rows = [[c.candidate_id, ";".join(c.before), ";".join(c.after), str(c.because)] for c in self.changes]
        return pd.DataFrame(rows, columns=["candidate_id", "before", "after", "because"])


def compared(before: Record, after: Record) -> Comparison:
    """Return what changed from one plan to the other; the layout of the second lets it say why."""
    plans = Compared(before, after)
    old, new = ({(p.candidate_id, p.work_package_id) for p in plan.proposals} for plan in (before, after))
    names = sorted({c for c, _ in old ^ new})
    moves = {name: (_of(name, old), _of(name, new)) for name in names}
    asked = asked_otherwise(plans)
    causes = _causes(plans, moves, otherwise=bool(asked))
    changes = tuple(_change(name, moves[name], causes[name]) for name in names)
    return Comparison(kept=len(old & new), earlier=len(old), changes=changes, asked=asked)


def _of(name: str, pairs: set[tuple[str, str]]) -> tuple[str, ...]:
    return tuple(sorted(p for c, p in pairs if c == name))


def _change(name: str, places: tuple[tuple[str, ...], tuple[str, ...]], cause: Cause) -> Change:
    key, values = cause
    because = say(f"planning.changed.{key}", candidate=name, before=places[0], after=places[1], **values)
    return Change(candidate_id=name, before=places[0], after=places[1], cause=key, because=because)


def _causes(plans: Compared, moves: Moves, *, otherwise: bool) -> dict[str, Cause]:
    """Return the cause of each change: its own, that of people it exchanges with, or the choice of the whole plan."""
    found = {}
    for name, (before, after) in moves.items():
        own = direct_cause(plans, name, {*before} - {*after}, {*after} - {*before})
        if own is not None:
            found[name] = own
    for group in _exchanges(moves):
        shown = {name for name in group if name in found}
        rest = chained(shown) if shown else choice(plans, otherwise=otherwise)
        found |= {name: rest for name in group if name not in shown}
    return found


def _exchanges(moves: Moves) -> list[set[str]]:
    """Return the people whose changes hang together: who leaves a package and who comes there, and so on."""
    groups: list[tuple[set[str], set[str]]] = []
    for name, (before, after) in moves.items():
        people, work = {name}, {*before} ^ {*after}
        apart = []
        for group in groups:
            if group[1] & work:
                people, work = people | group[0], work | group[1]
            else:
                apart.append(group)
        groups = [*apart, (people, work)]
    return [people for people, _ in groups]
