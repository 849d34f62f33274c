"""The options of the command line as plain values; `parser` turns them into click, docs can list them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

OptionKind = Literal["text", "whole", "seconds", "day", "file", "flag", "choice"]

ROLES = ("liaison", "coordinator", "planner", "analyst", "employer")
METHODS = ("individual", "collective", "supplier", "other_employer")


@dataclass(frozen=True, kw_only=True, slots=True)
class Option:
    """One option ("--size") or argument ("POOL") of a verb; its help stands in the catalogue under `cli.option`.

    `field` is the name of the value in code. `repeat` allows the option more than once; the value is then a tuple.
    `smallest` is the least value of a whole number, `largest` the most (None: any).
    """

    name: str
    kind: OptionKind = "text"
    choices: tuple[str, ...] = ()
    repeat: bool = False
    required: bool = False
    default: str | int | None = None
    smallest: int = 0
    largest: int | None = None
    help_key: str | None = None

    @property
    def field(self) -> str:
        """The name of the value in code: as_of for --date, else the name itself."""
        return RENAMED.get(self.name, self.name.lstrip("-").replace("-", "_").lower())

    @property
    def is_argument(self) -> bool:
        """Whether it is given by place and not by name."""
        return not self.name.startswith("-")

    @property
    def help(self) -> str:
        """The key of its help in the catalogue."""
        return f"cli.option.{self.help_key or self.field}"


RENAMED = {"--date": "as_of", "--lang": "language", "--json": "as_json", "--request": "form", "--for": "audience"}

POOL = Option(name="POOL", kind="file", required=True)
PACKAGE = Option(name="--package")
CANDIDATE = Option(name="--candidate")
PROGRAMME = Option(name="--programme")
METHOD = Option(name="--method", kind="choice", choices=METHODS)
SCORECARD = Option(name="--scorecard")
SIZE = Option(name="--size", kind="whole", smallest=1)
SEED = Option(name="--seed", kind="whole", default=0)
ROLE = Option(name="--role", kind="choice", choices=ROLES)
DAY = Option(name="--date", kind="day")
OUT = Option(name="--out", kind="file", repeat=True)
LANG = Option(name="--lang", kind="choice", choices=("nl", "en"))
DEBUG = Option(name="--debug", kind="flag")
SECONDS = Option(name="--seconds", kind="seconds")
JSON = Option(name="--json", kind="flag")

ANYWHERE = (LANG, DEBUG)
"""Options that every verb has."""

COMMON = (PACKAGE, CANDIDATE, PROGRAMME, METHOD, SCORECARD, SIZE, SEED, DAY, ROLE, OUT)
"""Options of every verb that reads a pool."""


@dataclass(frozen=True, kw_only=True)
class Verb:
    """One verb: its name, what it takes, and the function that does it and returns the exit code.

    The function gets a `Request` with the common values and its own options by name.
    """

    name: str
    options: tuple[Option, ...]
    run: Callable[..., int]


def verb(name: str, *options: Option, common: tuple[Option, ...] = COMMON) -> Callable[[Callable[..., int]], Verb]:
    """Make a verb of a function; `common` are the shared options that mean something for it."""

    def made(run: Callable[..., int]) -> Verb:
        return Verb(name=name, options=(*options, *common, *ANYWHERE), run=run)

    return made
