"""Where a verb may write: never over what it reads, and only to a kind of file that it knows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from matching.cli.options import OUT, Option
from matching.cli.usage import WrongUsage
from matching.errors import UnknownName
from matching.text import say

WRITTEN = frozenset({"out", "refused", "form"})
"""The fields of options that name a file to write."""
REPLACEABLE = frozenset({"previous", "key"})
"""Files that are read and may be written again by the same call: a proposal that is brought up to date, a key list."""
PLAIN_TEXT = {"place_out": (".csv", ".txt"), "lookup_out": (".csv", ".txt"), "export_out": (".json", ".txt")}
"""Verbs that write text only, by the help of their option, and the endings that fit."""


def check_targets(options: Sequence[Option], values: Mapping[str, object]) -> None:
    """Refuse a file to write that is also read, or whose ending this verb cannot write; before any work is done.

    Raises WrongUsage for a file that is read, UnknownName for an ending.
    """
    written = [(option, path) for option, path in _files(options, values) if option.field in WRITTEN]
    keep = WRITTEN | REPLACEABLE
    sources = [path for option, path in _files(options, values) if option.field not in keep]
    for option, target in written:
        _check_ending(option, target)
        if any(_replaces(target, source) for source in sources):
            raise WrongUsage(say("cli.refused.over_input", option=option.name, path=str(target)))


def _files(options: Sequence[Option], values: Mapping[str, object]) -> Iterator[tuple[Option, Path]]:
    for option in options:
        found = values.get(option.field)
        for path in found if isinstance(found, tuple) else (found,):
            if option.kind == "file" and isinstance(path, Path):
                yield option, path


def _replaces(target: Path, source: Path) -> bool:
    """Return whether writing the target would replace the source, or a file of the folder that is read."""
    if not target.is_file() or not source.exists():
        return False
    return target.samefile(source) or (source.is_dir() and target.parent.samefile(source))


def _check_ending(option: Option, target: Path) -> None:
    from matching.output.save import PICTURES, WRITERS

    ending, known = target.suffix.casefold(), (*WRITERS, *PICTURES)
    fits = PLAIN_TEXT.get(option.help_key or "")
    if fits is not None and ending in known and ending not in fits:
        raise UnknownName(say("output.ending"), ending, fits)
    if option == OUT and ending not in known:
        raise UnknownName(say("output.ending"), ending or target.name, known)
