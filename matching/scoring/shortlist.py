"""A shortlist: who is worth calling for a package, or which work is worth a talk with a candidate."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, overload

import numpy as np
from numpy.typing import NDArray

from matching.domain.candidate import Candidate
from matching.domain.judging import Outcome, Question
from matching.domain.work_package import WorkPackage
from matching.scoring.explanation import arrangement_in_words, band_label, bands_in_words, points_in_words
from matching.scoring.fit import Fit
from matching.scoring.layout import folded
from matching.scoring.overview import reserved, table
from matching.scoring.parts import Finding, scorecard_label
from matching.scoring.wording import with_remedies
from matching.scoring.yardstick import Yardstick
from matching.text import Language, Sentence, say, together

if TYPE_CHECKING:
    import pandas as pd

SHOWN_QUESTIONS = 3

LONG_LIST = 10
"""From this many lines on a list of people is long, and asks to propose somebody else."""


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line: the fit, its place from 1, and whether it shares a near-tie group (ordered by the lot).

    All of one group have the place of its first line, as in sports: 1, 2=, 2=, 4.
    """

    fit: Fit
    place: int
    tied: bool


@dataclass(frozen=True, eq=False)
class LinesLater(Sequence[Line]):
    """The lines of a list whose order is known; their fits are made, all at once, when somebody looks at one."""

    placed: Sequence[tuple[int, int, bool]]
    fits: Callable[[Sequence[int]], list[Fit]]

    @cached_property
    def made(self) -> tuple[Line, ...]:
        """The lines with their fits."""
        fits = self.fits([row for row, _, _ in self.placed]) if self.placed else []
        pairs = zip(fits, self.placed, strict=True)
        return tuple(Line(fit=fit, place=place, tied=tied) for fit, (_, place, tied) in pairs)

    def __len__(self) -> int:
        return len(self.placed)

    @overload
    def __getitem__(self, at: int) -> Line: ...

    @overload
    def __getitem__(self, at: slice) -> Sequence[Line]: ...

    def __getitem__(self, at: int | slice) -> Line | Sequence[Line]:
        return self.made[at]

    def __iter__(self) -> Iterator[Line]:
        return iter(self.made)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and self.made == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self.placed))


@dataclass(frozen=True, kw_only=True)
class Shortlist:
    """The best of one package or one candidate, ordered by neutral total, near-ties by the lot.

    `possible` counts all that no rule excludes, `excluded` the others. `hidden_ties` counts those that stand as well
    as the last line but did not get a place. `nearly` holds pairs that only conflicts with a remedy exclude. `source`
    is the Scores that it was made from, so that who writes it can look further than the list.
    """

    about: Candidate | WorkPackage
    lines: Sequence[Line]
    possible: int
    excluded: int
    hidden_ties: int
    scorecards: tuple[Yardstick, ...]
    seed: int
    as_of: dt.date
    find_nearly: Callable[[], tuple[Fit, ...]] = field(repr=False, compare=False)
    source: object = field(default=None, repr=False, compare=False)

    @cached_property
    def nearly(self) -> tuple[Fit, ...]:
        """Pairs that conflicts exclude, each with a remedy; fewest conflicts first, then most points."""
        return self.find_nearly()

    @property
    def cut_through_tie(self) -> bool:
        """Whether the list stops inside a near-tie group."""
        return self.hidden_ties > 0

    @property
    def for_package(self) -> bool:
        """Whether the list is of people for a package (else of work for a candidate)."""
        return isinstance(self.about, WorkPackage)

    def text(self, language: Language = "nl") -> str:
        """Return the list as text of at most 80 columns, with three matching points and the open questions a line."""
        shown = [text for sentence in self._title() for text in folded(sentence.text(language))]
        shown += self._overview(language)
        for line in self.lines:
            shown += ["", *self._line_text(line, language)]
        shown += self._remarks(language)
        if self.nearly:
            shown += ["", say("scoring.shortlist.nearly").text(language)]
            for fit in self.nearly:
                shown += folded(_near_line(fit, self._name(fit)).text(language), mark="  - ")
        return "\n".join([*shown, "", *folded(self._made_by().text(language))])

    def __str__(self) -> str:
        return self.text()

    def to_frame(self) -> pd.DataFrame:
        """Return one row a line; points, low and high are 0..1000, texts are Dutch."""
        import pandas as pd

        return pd.DataFrame([_row(line) for line in self.lines], columns=list(FRAME_COLUMNS))

    def _name(self, fit: Fit) -> str:
        return fit.candidate_id if self.for_package else f"{fit.work_package_id} {fit.package.title or ''}".strip()

    def _title(self) -> tuple[Sentence, Sentence]:
        counts = {"shown": len(self.lines), "possible": self.possible, "excluded": self.excluded}
        if isinstance(self.about, WorkPackage):
            named = self.about.work_package_id
            title = say("scoring.shortlist.for_package", id=named, title=self.about.title)
            return title, say("scoring.shortlist.shown_people", **counts)
        title = say("scoring.shortlist.for_candidate", id=self.about.candidate_id)
        return title, say("scoring.shortlist.shown_work", **counts)

    def _overview(self, language: Language) -> list[str]:
        """Return one row a line, then what holds for everybody on the list."""
        if not self.lines:
            return []
        rows = [
            (f"{line.place}{'=' if line.tied else ''}", self._code(line.fit), line.fit, self._asked(line.fit))
            for line in self.lines
        ]
        shown = ["", *table(rows, language)]
        if any(reserved(line.fit) for line in self.lines):
            shown += ["", *folded(say("scoring.shortlist.reserved").text(language))]
        if self._of_package:
            shown += ["", *folded(say("scoring.shortlist.package_once").text(language))]
            told = with_remedies(self._of_package)
            shown += [text for sentence in told for text in folded(sentence.text(language), mark="  - ")]
        return shown

    @cached_property
    def _of_package(self) -> tuple[Finding, ...]:
        """What has to be judged about the work package, whoever comes: said once, and not on every line."""
        return about_package(self.lines[0].fit) if self.for_package and self.lines else ()

    def _asked(self, fit: Fit) -> list[Sentence]:
        """Return what to ask for this line; what is asked once for the whole list is left out."""
        once = {question.field for question in _package_questions(fit)} if self._of_package else set()
        return [item.sentence for item in fit.questions if item.about == "candidate" or item.field not in once]

    def _line_text(self, line: Line, language: Language) -> list[str]:
        fit, once = line.fit, {found.key for found in self._of_package}
        key = "scoring.shortlist.line" if fit.outcome is Outcome.FITS else "scoring.shortlist.line_reserved"
        values = {"band": band_label(fit), "points": points_in_words(fit)}
        head = say(key, place=line.place, tie="=" if line.tied else ".", name=self._name(fit), **values)
        judged = [item for item in fit.findings if item.outcome is Outcome.TO_JUDGE and item.key not in once]
        below = [*fit.strengths, *(say("scoring.shortlist.judge", sentence=item.reason) for item in judged)]
        below += _questions(self._asked(fit))
        below += [say("scoring.shortlist.arrange", sentence=arrangement_in_words(item)) for item in fit.arrangements]
        marked = [text for sentence in below for text in folded(sentence.text(language), mark="   - ")]
        return [*folded(head.text(language)), *marked]

    def _code(self, fit: Fit) -> str:
        return fit.candidate_id if self.for_package else fit.work_package_id

    def _remarks(self, language: Language) -> list[str]:
        remarks = []
        if not self.lines:
            remarks.append(say("scoring.shortlist.nobody" if self.for_package else "scoring.shortlist.nothing"))
        if any(line.tied for line in self.lines):
            remarks.append(say("scoring.shortlist.ties", points=tie_points(self.scorecards)))
        if self.lines:
            remarks += bands_in_words(self.scorecards)
        if self.cut_through_tie:
            remarks.append(say("scoring.shortlist.cut", hidden=self.hidden_ties))
        if self.lines:
            remarks.append(open_places_told(self.lines, self.possible, for_package=self.for_package))
        if self.for_package and len(self.lines) >= LONG_LIST:
            remarks.append(say("scoring.shortlist.somebody_else"))
        shown = [text for sentence in remarks for text in folded(sentence.text(language))]
        return ["", *shown] if shown else []

    def _made_by(self) -> Sentence:
        cards = sorted(self.scorecards, key=lambda card: (card.name, card.version))
        if len(cards) == 1:
            card = cards[0]
            made = {"name": scorecard_label(card.name), "version": card.version, "seed": self.seed, "day": self.as_of}
            return say("scoring.shortlist.made_by", **made)
        names = [say("scoring.versioned", name=scorecard_label(card.name), version=card.version) for card in cards]
        return say("scoring.shortlist.several", names=names, seed=self.seed, day=self.as_of)


FRAME_COLUMNS = (
    "place",
    "tied",
    "candidate_id",
    "work_package_id",
    "band",
    "points",
    "low",
    "high",
    "outcome",
    "strengths",
    "conditions",
    "questions",
    "arrangements",
)


def tie_points(scorecards: Sequence[Yardstick]) -> int:
    """Return how many points apart totals are still nearly equal on a list: the narrowest of the scorecards."""
    return min((card.bands.tie_points for card in scorecards), default=0)


def open_places(lines: Sequence[Line], possible: int) -> int:
    """Return how many lines could lose their place once what is unknown turns out badly.

    That is a line whose low end falls below the last line, while others are possible who are not on the list.
    """
    if possible <= len(lines):
        return 0
    return sum(line.fit.low < lines[-1].fit.total for line in lines)


def open_places_told(lines: Sequence[Line], possible: int, *, for_package: bool) -> Sentence:
    """Return what unknowns can still do to a list; on one that holds everybody nobody can lose a place."""
    if possible <= len(lines):
        loose = "order" if any(line.fit.low < line.fit.high for line in lines) else "settled"
        return say(f"scoring.shortlist.all_{'people' if for_package else 'work'}_{loose}")
    count = open_places(lines, possible)
    if not count:
        return say("scoring.shortlist.no_open_places")
    return say("scoring.shortlist.open_places", open=count, lines=len(lines))


def group_starts(totals: NDArray[np.int32], span: int, size: int) -> list[int]:
    """Return where the near-tie groups of descending totals start, until `size` places are covered, and the last end.

    Groups are made from the top: each takes all totals at most `span` below its first.
    """
    starts = [0]
    while starts[-1] < min(size, len(totals)):
        top = int(totals[starts[-1]])
        starts.append(int(np.searchsorted(-totals, span - top, side="right")))
    return starts


def about_package(fit: Fit) -> tuple[Finding, ...]:
    """Return what has to be judged that reads nothing of the candidate, so that it holds for everybody."""
    keys = {rule.key for rule in fit.yardstick.rules if not rule.reads.candidate}
    return tuple(found for found in fit.findings if found.key in keys and found.outcome is Outcome.TO_JUDGE)


def _package_questions(fit: Fit) -> list[Question]:
    keys = {found.key for found in about_package(fit)}
    return [asked for rule in fit.yardstick.rules if rule.key in keys for asked in rule.questions(fit.pair)]


def _questions(asked: Sequence[Sentence]) -> list[Sentence]:
    """Return the first questions, and how many more there are."""
    shown = [say("scoring.shortlist.question", sentence=sentence) for sentence in asked[:SHOWN_QUESTIONS]]
    more = len(asked) - SHOWN_QUESTIONS
    if more > 0:
        shown.append(say("scoring.shortlist.more_question" if more == 1 else "scoring.shortlist.more_questions",
                         count=more))  # fmt: skip
    return shown


def _near_line(fit: Fit, name: str) -> Sentence:
    remedies = together([found.remedy for found in fit.conflicts if found.remedy])
    return say("scoring.shortlist.near_line", name=name, points=fit.points, remedies=remedies)


def _row(line: Line) -> tuple[object, ...]:
    fit = line.fit
    return (
        line.place,
        line.tied,
        fit.candidate_id,
        fit.work_package_id,
        fit.band,
        fit.points,
        fit.low // 1000,
        fit.high // 1000,
        fit.outcome.name.lower(),
        "\n".join(map(str, fit.strengths)),
        "\n".join(map(str, fit.conditions)),
        "\n".join(str(question.sentence) for question in fit.questions),
        "\n".join(str(arrangement_in_words(item)) for item in fit.arrangements),
    )
