"""Does asking first work? A trial on made-up people whose true answers are known.

Each candidate answers one question: the engine's first, a random open one, or the one that most people left open.
Then the lists are made again, and it is counted how many of the true best candidates of each package stand on them.
"The true best" are those with the highest chance to last a year by the hidden truth of the synthetic world, which no
score can read. These are figures about made-up data: they show that the method does what it says, not that it works
in practice.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from matching.advice.questions import ask_first
from matching.advice.swings import asked_as
from matching.domain.columns import Column
from matching.domain.pool import Pool
from matching.evaluation.metrics import interval, top_rows
from matching.scoring.scorecard import score
from matching.scoring.scores import Scores
from matching.synthetic.answers import answers
from matching.synthetic.world import World, generate

WAYS = ("nothing", "random", "emptiest", "engine", "everything")
"""Who is asked what: nobody, a random open column, the column most people left open, ours, or all columns."""

Asked = Mapping[str, str]
"""The column that each candidate (by id) is asked about."""


@dataclass(frozen=True, kw_only=True)
class Trial:
    """One synthetic world: the share 0..1 of the true best found on the lists, and closeness to the full lists.

    Both are by way of asking. `like_full` is the share of the list places that equal the list on all true answers.
    """

    seed: int
    recovered: Mapping[str, float]
    like_full: Mapping[str, float]


@dataclass(frozen=True, kw_only=True)
class Gain:
    """How much more the engine's question brings than another way: mean and 95 % interval over the worlds."""

    against: str
    mean: float
    low: float
    high: float


def trial(seed: int, *, candidates: int = 300, packages: int = 100, size: int = 10) -> Trial:
    """Return what each way of asking brings in one synthetic world."""
    world = generate(candidates, packages, seed=seed)
    scores = score(world.pool)
    rows = range(len(world.pool.candidates)), range(len(world.pool.packages))
    true_best = top_rows(world.truth.chances(*rows).T.astype(np.int32), size)
    full = _lists(score(replace(world.pool, candidates=answers(world))), size)
    recovered, like_full = {}, {}
    for way in WAYS:
        lists = full if way == "everything" else _lists(score(answered(world, questions(way, world, scores))), size)
        recovered[way] = _shared(lists, true_best)
        like_full[way] = _shared(lists, full)
    return Trial(seed=seed, recovered=recovered, like_full=like_full)


def questions(way: str, world: World, scores: Scores) -> Asked:
    """Return what each candidate is asked in one way; who has nothing open is not asked."""
    if way == "nothing":
        return {}
    if way == "engine":
        calls = ask_first(scores, most=1).questions
        return {identity: found[0].field for identity, found in calls.items()}
    names = askable(scores)
    empty = {name: world.pool.candidates.column(name).unknown for name in names}
    by_emptiness = sorted(names, key=lambda name: (-int(empty[name].sum()), name))
    dice = np.random.default_rng(world.seed)
    chosen = {}
    for row, identity in enumerate(world.pool.candidates.ids):
        open_columns = [name for name in by_emptiness if empty[name][row]]
        if open_columns:
            place = int(dice.integers(len(open_columns))) if way == "random" else 0
            chosen[identity] = open_columns[place]
    return chosen


def askable(scores: Scores) -> list[str]:
    """Return the columns of candidates that some criterion reads, by the name of their question, alphabetical."""
    read = {
        asked_as(name)
        for card in scores.scorecards
        for weighted in card.counted
        for name in weighted.criterion.reads.candidate
    }
    return sorted(read - {"postcode4"})


def answered(world: World, asked: Asked) -> Pool:
    """Return the pool after each candidate answered her question truly, with all columns the question covers."""
    people, full = world.pool.candidates, answers(world)
    for name in people.names:
        chosen = np.array([asked_as(name) == asked.get(identity) for identity in people.ids], dtype=bool)
        if chosen.any():
            now, true = people.column(name), full.column(name)
            cells = (true[row] if chosen[row] and now[row] is None else now[row] for row in range(len(chosen)))
            if name == "needs" or name == "skills" or name == "skills_absent":
                cells = (true[row] if chosen[row] else now[row] for row in range(len(chosen)))
            people = people.replaced(name, Column.of(cells))
    return replace(world.pool, candidates=people)


def gains(trials: Iterable[Trial], *, like_full: bool = False) -> tuple[Gain, ...]:
    """Return how much more the engine's question brings than each other way, over independent worlds."""
    found = [trial.like_full if like_full else trial.recovered for trial in trials]
    made = []
    for way in WAYS[:3]:
        mean, low, high = interval(one["engine"] - one[way] for one in found)
        made.append(Gain(against=way, mean=mean, low=low, high=high))
    return tuple(made)


def _lists(scores: Scores, size: int) -> list[list[int]]:
    return top_rows(scores.block(0, len(scores.pool.packages)), size)


def _shared(lists: list[list[int]], wanted: list[list[int]]) -> float:
    shared = sum(len(set(one) & set(other)) for one, other in zip(lists, wanted, strict=True))
    return shared / max(1, sum(map(len, wanted)))
