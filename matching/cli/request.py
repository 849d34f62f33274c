"""What the user asked for in every verb, and the steps that most verbs begin with."""

from __future__ import annotations

import datetime as dt
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING

from matching.cli.printing import put, put_beside, screen
from matching.errors import InputRefused, UnknownName
from matching.text import Language, Sentence, say

__all__ = [
    "REQUEST_FIELDS",
    "Request",
    "outcome",
    "read",
    "save_all",
    "scored",
    "screen",
    "show",
    "tell",
    "watched",
    "working",
]

if TYPE_CHECKING:
    from matching.domain.pool import Pool
    from matching.intake.progress import Watch
    from matching.output.roles import Role
    from matching.scoring.scores import Scores


@dataclass(frozen=True, kw_only=True)
class Request:
    """The shared options of one call, typed; what a verb does not have keeps its default."""

    language: Language = "nl"
    pool: Path | None = None
    package: str | None = None
    candidate: str | None = None
    programme: str | None = None
    method: str | None = None
    scorecard: str | None = None
    size: int | None = None
    seed: int = 0
    as_of: dt.date | None = None
    role: str | None = None
    out: tuple[Path, ...] = ()
    debug: bool = False

    @property
    def day(self) -> dt.date:
        """The day the run speaks of: the one asked for, else today."""
        return self.as_of or dt.date.today()

    @property
    def lines(self) -> int:
        """How many lines a list has: 10 unless asked otherwise."""
        return 10 if self.size is None else self.size

    @property
    def reader(self) -> Role:
        """The role asked for, else the one in MATCHING_ROLE, else coordinator. Raises UnknownName."""
        from matching.output.roles import Role

        asked = self.role or os.environ.get("MATCHING_ROLE", "").casefold() or Role.COORDINATOR
        if asked not in {role.value for role in Role}:
            raise UnknownName(say("cli.value_of", option="MATCHING_ROLE"), asked, [role.value for role in Role])
        return Role(asked)

    def words(self, key: str, **values: object) -> str:
        """Return a sentence of the command line in the user's language."""
        return say(f"cli.{key}", **values).text(self.language)


REQUEST_FIELDS = frozenset(field.name for field in fields(Request))


def read(request: Request) -> Pool:
    """Return the pool of the file asked for, narrowed to the programme or method asked for.

    Its ledger, and the problems of a refusal, tell what the role asked for may read.
    """
    from matching.domain.vocabulary import vocabulary

    assert request.pool is not None
    pool = _pool_of(request.pool, request)
    if request.programme is not None and request.programme not in vocabulary("programme"):
        raise UnknownName(say("cli.value_of", option="--programme"), request.programme, vocabulary("programme"))
    if request.programme or request.method:
        pool = pool.select(programme=request.programme, method=request.method)
    if not len(pool.packages) or not len(pool.candidates):
        counts = {"candidates": len(pool.candidates), "packages": len(pool.packages)}
        raise InputRefused(say("cli.empty_pool", pool=str(request.pool), **counts))
    return pool


def _pool_of(path: Path, request: Request) -> Pool:
    from matching.intake.prepared import is_prepared, read_prepared

    with watched(request) as progress:
        if is_prepared(path):
            return read_prepared(path, as_of=request.day)
        from matching.intake.reading import read_intake
        from matching.output.ledger_report import masked_ledger

        intake = read_intake(path, progress=progress)
    return replace(intake, ledger=masked_ledger(intake.ledger, request.reader)).pool(request.day)


def scored(pool: Pool, request: Request) -> Scores:
    """Return the scores of a pool by the scorecard asked for, else by programme or method."""
    from matching.scoring.scorecard import load_scorecard, score

    with working(request, "scoring"):
        if request.scorecard:
            return load_scorecard(request.scorecard).score(pool, seed=request.seed)
        return score(pool, seed=request.seed)


def outcome(pool: Pool, request: Request) -> int:
    """Return the exit code after a pool was used: 1, and a sentence, when part of its records was refused."""
    refused = pool.ledger.refused if pool.ledger else 0
    if not refused:
        return 0
    tell(request, "partly_refused", refused=refused, pool=str(request.pool))
    return 1


def save_all(thing: object, request: Request, pool: Pool | None = None) -> None:
    """Write a result to every file asked for and say where it is."""
    from matching.output.save import save

    for path in request.out:
        with working(request, "writing"):
            save(thing, path, language=request.language, role=request.reader, pool=pool)
        tell(request, "written", path=str(path))


def tell(request: Request, key: str, **values: object) -> None:
    """Say one sentence on standard error, so that standard output holds only the result."""
    put_beside(f"{request.words(key, **values)}\n")


def show(text: str | Sentence, request: Request) -> None:
    """Write text to standard output."""
    words = text.text(request.language) if isinstance(text, Sentence) else text
    put(f"{words}\n")


@contextmanager
def working(request: Request, key: str) -> Iterator[None]:
    """Show on standard error that something is going on; quiet when nobody watches."""
    if not sys.stderr.isatty():
        yield
        return
    from rich.console import Console

    with Console(stderr=True).status(request.words(f"busy.{key}")):
        yield


@contextmanager
def watched(request: Request) -> Iterator[Watch | None]:
    """Show on standard error how far the reading is; quiet when nobody watches."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.markup import escape

    with Console(stderr=True).status(request.words("busy.reading")) as status:
        yield lambda moment: status.update(escape(moment.sentence.text(request.language)))
