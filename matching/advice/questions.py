"""Ask first: the questions whose answers would change most shortlists, for people and for packages.

For each open column the ranges of the scores say on how many lists an answer could bring somebody among the first
`size`, or take her off, if it turned out as well or as badly as possible. That is the value of the question. An old
profile is asked again first. Nobody is ever lowered for not having answered.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray

from matching.advice.swings import Part, Swing, asked_as, parts_of
from matching.domain.judging import Criterion, Pair, Rule
from matching.domain.vocabulary import Term
from matching.scoring.layout import Section, page
from matching.scoring.scores import Scores
from matching.scoring.yardstick import TOTAL_PER_POINT
from matching.text import Language, Sentence, say
from matching.text.catalogue import keys

if TYPE_CHECKING:
    import pandas as pd

Side = Literal["candidate", "package"]
MOST_QUESTIONS = 3
CALLS_SHOWN = 15
NOT_ASKED = frozenset({"postcode4", "work_package_id", "agreements"})


@dataclass(frozen=True, kw_only=True)
class AskFirst:
    """One question about one candidate or package, with what an answer could do.

    `comes_on` counts lists on which an answer could bring her among the first (for a package: people who could come
    on its list), `goes_off` the opposite, `bands` how often a band could change. `best` and `worst` are the most
    points out of 1000 that an answer adds or takes for one pair, that of `example` (candidate id, package id).
    """

    about: Side
    identity: str
    field: str
    comes_on: int
    goes_off: int
    bands: int
    best: int
    worst: int
    example: tuple[str, str]
    scores: Scores

    @property
    def value(self) -> int:
        """How many places on lists hang on it."""
        return self.comes_on + self.goes_off

    @cached_property
    def question(self) -> Sentence:
        """The question as a person can ask it, worded for the pair that it changes most."""
        person, package = self.example
        pool, card = self.scores.pool, self.scores.scorecard_of(package)
        pair = Pair(
            candidate=pool.candidate(person), package=pool.package(package), as_of=pool.as_of, travel=pool.travel
        )
        askers: list[Criterion | Rule] = [*(weighted.criterion for weighted in card.counted), *card.rules]
        for asker in askers:
            if self.field in map(asked_as, getattr(asker.reads, self.about)):
                for found in asker.questions(pair):
                    if found.about == self.about and found.field == self.field:
                        return found.sentence
        named = f"advice.ask.{self.about}.{self.field}"
        return say(named) if named in keys("advice") else say("advice.ask.other", field=_header(self.about, self.field))

    @property
    def effect(self) -> Sentence:
        """What an answer would do at best and at worst."""
        if not self.value:
            return say("advice.ask.effect_points", best=_points(self.best), worst=_points(self.worst))
        values = {"on": self.comes_on, "off": self.goes_off, "best": _points(self.best), "worst": _points(self.worst)}
        return say(f"advice.ask.effect_{self.about}", **values)


@dataclass(frozen=True, kw_only=True)
class CallList:
    """Whom to call and what to ask: for each candidate (or package) one to three questions, most useful first.

    `questions` holds them by id, ids in the order of calling; who has nothing worth asking is not in it. `size` is
    the length of the shortlists; of `asked` people (or packages) a question helps for `helped`. `hanging` gives for
    each id on how many of its list places an answer about it could decide, and how many it has.
    """

    about: Side
    size: int
    asked: int
    helped: int
    questions: Mapping[str, tuple[AskFirst, ...]]
    hanging: Mapping[str, tuple[int, int]]

    @property
    def open_places(self) -> int:
        """The share of all these list places that hang on a missing answer, in thousandths."""
        loose, places = (sum(counts) for counts in zip(*self.hanging.values(), strict=True)) if self.hanging else (0, 1)
        return 1000 * loose // max(1, places)

    def text(self, language: Language = "nl", most: int = CALLS_SHOWN) -> str:
        """Return the first calls as text of at most 80 columns."""
        sections = [
            Section(
                heading=say("advice.ask.whom", id=identity),
                lines=tuple(say("advice.ask.line", question=one.question, effect=one.effect) for one in found),
            )
            for identity, found in list(self.questions.items())[:most]
        ]
        return page(self.title, sections, language)

    @property
    def title(self) -> tuple[Sentence, Sentence]:
        """For how many a question helps, or for whom when one was asked about; and how much hangs on answers."""
        counts = {"count": self.helped, "all": self.asked, "size": self.size}
        if self.asked == 1 and len(self.questions) == 1:
            return say("advice.ask.title_one", id=next(iter(self.questions)), size=self.size), self._hanging
        return say(f"advice.ask.title_{self.about}", **counts), self._hanging

    @property
    def _hanging(self) -> Sentence:
        """How much hangs on answers: of one candidate or package in places, of all together as a share."""
        moving = any(one.value for found in self.questions.values() for one in found)
        if not self.open_places and not moving:
            return say("advice.ask.only_order")
        if self.asked == 1 and len(self.questions) == 1:
            (identity,) = self.questions
            loose, places = self.hanging[identity]
            return say(
                f"advice.ask.open_places_of_{self.about}", id=identity, size=self.size, open=loose, places=places
            )
        return say(f"advice.ask.open_places_{self.about}", percent=self.open_places / 10)

    def only(self, identity: str) -> CallList:
        """Return the questions about one candidate or package; none when nothing about it is worth asking."""
        own = {key: found for key, found in self.questions.items() if key == identity}
        hanging = {key: counts for key, counts in self.hanging.items() if key == identity}
        return replace(self, questions=own, hanging=hanging, asked=1, helped=len(own))

    def __str__(self) -> str:
        return self.text()

    def to_frame(self) -> pd.DataFrame:
        """Return one row a question, in the order of calling."""
        import pandas as pd

        names = ("id", "place", "field", "question", "comes_on", "goes_off", "bands", "best", "worst")
        rows = [
            (
                one.identity,
                place,
                one.field,
                str(one.question),
                one.comes_on,
                one.goes_off,
                one.bands,
                one.best,
                one.worst,
            )
            for found in self.questions.values()
            for place, one in enumerate(found, start=1)
        ]
        return pd.DataFrame(rows, columns=list(names))


def _points(points: int) -> Sentence:
    """Return points in words; less than one is said to be so."""
    return say("advice.ask.points", points=points) if points else say("advice.ask.hardly")


@dataclass(eq=False)
class Tally:
    """What answers about one column could do, for each row of one side; arrays of shape (rows,)."""

    comes_on: NDArray[np.int64]
    goes_off: NDArray[np.int64]
    bands: NDArray[np.int64]
    swing: Swing
    best: Swing
    worst: Swing
    example: NDArray[np.int64]

    @classmethod
    def of(cls, rows: int) -> Tally:
        """Return an empty tally."""
        on, off, bands, example = (np.zeros(rows, dtype=np.int64) for _ in range(4))
        swing, best, worst = (np.zeros(rows, dtype=np.float32) for _ in range(3))
        return cls(on, off, bands, swing, best, worst, example)

    def add(self, at: NDArray[np.intp], changes: Changes, others: NDArray[np.intp]) -> None:
        """Add a part: rows `at` of this side against the rows `others` of the other side."""
        self.comes_on[at] += changes.on.sum(axis=1)
        self.goes_off[at] += changes.off.sum(axis=1)
        self.bands[at] += changes.band.sum(axis=1)
        weight = changes.up + changes.down + 2_000_000 * (changes.on | changes.off)
        most = weight.argmax(axis=1)
        here = np.arange(len(at))
        better = weight[here, most] > self.swing[at]
        rows, cells = at[better], (here[better], most[better])
        self.swing[rows] = weight[cells]
        self.best[rows], self.worst[rows] = changes.up[cells], changes.down[cells]
        self.example[rows] = others[most[better]]


@dataclass(frozen=True, eq=False)
class Changes:
    """What answers about one column could do to pairs: come on the list, go off it, change band; and how far."""

    on: NDArray[np.bool_]
    off: NDArray[np.bool_]
    band: NDArray[np.bool_]
    up: Swing
    down: Swing

    @classmethod
    def of(cls, part: Part, cut: NDArray[np.int32], up: Swing, thresholds: tuple[int, ...], *, down: Swing) -> Changes:
        """Return the changes of a part; `cut` is the total of the last place of each list, shape (packages,)."""
        totals, there = part.totals, part.totals >= 0
        high, low = totals + up, totals - down
        band = np.zeros(totals.shape, dtype=bool)
        for bar in thresholds:
            band |= (low < bar) & (high >= bar) & there & (up + down > 0)
        listed = there & (totals >= cut[None, :])
        return cls(there & ~listed & (high >= cut[None, :]), listed & (low < cut[None, :]), band, up, down)

    @property
    def turned(self) -> Changes:
        """The same, packages first."""
        return Changes(self.on.T, self.off.T, self.band.T, self.up.T, self.down.T)


def ask_first(scores: Scores, *, size: int = 10, about: Side = "candidate", most: int = MOST_QUESTIONS) -> CallList:
    """Return whom to call first and what to ask, at most `most` questions each; lists have `size` lines."""
    tallies, hanging = tallied(scores, size=size, about=about)
    table = scores.pool.candidates if about == "candidate" else scores.pool.packages
    found = {identity: _questions(scores, tallies, row, about)[:most] for row, identity in enumerate(table.ids)}
    asked = {identity: questions for identity, questions in found.items() if questions}
    order = sorted(asked, key=lambda identity: (-sum(one.value for one in asked[identity]), table.positions[identity]))
    return CallList(
        about=about,
        size=size,
        asked=len(table),
        helped=len(order),
        questions={identity: asked[identity] for identity in order},
        hanging=dict(zip(table.ids, hanging, strict=True)),
    )


def tallied(scores: Scores, *, size: int, about: Side) -> tuple[Mapping[str, Tally], list[tuple[int, int]]]:
    """Return for each column what answers could do, and for each row of this side its list places.

    Of the list places of a row first those that hang on a missing answer about it, then all of them.
    """
    pool = scores.pool
    tallies: dict[str, Tally] = {}
    everybody = np.arange(len(pool.candidates), dtype=np.intp)
    places = np.zeros((2, len(pool.candidates if about == "candidate" else pool.packages)), dtype=np.int64)
    for group in scores.groups.groups:
        bands = group.yardstick.bands
        thresholds = (bands.possible_points * TOTAL_PER_POINT, bands.strong_points * TOTAL_PER_POINT)
        for part in parts_of(pool, group):
            cut = last_places(part.totals, size)
            swings = part.of_candidate if about == "candidate" else part.of_package
            loose = np.zeros(part.totals.shape, dtype=bool)
            for name in sorted(set(swings.up) - NOT_ASKED):
                changes = Changes.of(part, cut, swings.up[name], thresholds, down=swings.down[name])
                loose |= changes.off
                if about == "candidate":
                    tallies.setdefault(name, Tally.of(len(everybody))).add(everybody, changes, part.rows)
                else:
                    tallies.setdefault(name, Tally.of(len(pool.packages))).add(part.rows, changes.turned, everybody)
            counted = np.stack([loose, (part.totals >= 0) & (part.totals >= cut[None, :])])
            if about == "candidate":
                places += counted.sum(axis=2)
            else:
                places[:, part.rows] += counted.sum(axis=1)
    return tallies, [(int(loose), int(every)) for loose, every in places.T]


def last_places(totals: NDArray[np.int32], size: int) -> NDArray[np.int32]:
    """Return the total of the last place of each list, shape (packages,), from totals (people, packages)."""
    if len(totals) <= size:
        return np.zeros(totals.shape[1], dtype=np.int32)
    return np.asarray(
        np.maximum(np.partition(totals, len(totals) - size, axis=0)[len(totals) - size], 0), dtype=np.int32
    )


def _questions(scores: Scores, tallies: Mapping[str, Tally], row: int, about: Side) -> tuple[AskFirst, ...]:
    people, work = scores.pool.candidates.ids, scores.pool.packages.ids
    found = []
    for name, tally in tallies.items():
        if tally.swing[row] > 0:
            other = int(tally.example[row])
            pair = (people[row], work[other]) if about == "candidate" else (people[other], work[row])
            found.append(
                AskFirst(
                    about=about,
                    identity=people[row] if about == "candidate" else work[row],
                    field=name,
                    comes_on=int(tally.comes_on[row]),
                    goes_off=int(tally.goes_off[row]),
                    bands=int(tally.bands[row]),
                    best=int(tally.best[row]) // TOTAL_PER_POINT,
                    worst=int(tally.worst[row]) // TOTAL_PER_POINT,
                    example=pair,
                    scores=scores,
                )
            )
    found = [one for one in found if one.value or one.best or one.worst]
    found.sort(key=lambda one: (-one.value, -one.bands, -(one.best + one.worst), one.field))
    return tuple(found)


def _header(about: Side, field: str) -> Term:
    """Return the column in words; its key when no sheet has it."""
    from matching.intake.columns import SHEETS

    sheet = SHEETS["candidates" if about == "candidate" else "work_packages"]
    return next((column.term for column in sheet.columns if column.key == field), Term(field, field, field))
