"""Where a verb may write: never over what it reads, and only to a kind of file that it knows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from matching.cli.options import OUT, Option, Verb
from matching.cli.usage import WrongUsage
from matching.errors import UnknownName
from matching.text import say

WRITTEN = frozenset({"out", "refused", "form", "template_file"})
"""The fields of options that name a file to write."""
REPLACEABLE = frozenset({"previous", "key"})
"""Files that are read and may be written again by the same call: a proposal that is brought up to date, a key list."""
OWN_ENDINGS = {
    "place_out": (".csv", ".txt"),
    "lookup_out": (".csv", ".txt"),
    "export_out": (".json", ".txt"),
    "refused": (".xlsx",),
    "template_file": (".xlsx", ".ods"),
}
"""The endings that fit an option which is no ordinary --out, by the key of its help."""
FOLDERS: Mapping[str, tuple[str, ...]] = {"synth_out": (".xlsx",), "demo_out": ()}
"""Options that name a folder, by the key of their help, and the files that may stand in its place."""
DRAWING = frozenset({"shortlist", "explain", "plan"})
"""The verbs that have a picture to draw."""


def check_targets(found: Verb, values: Mapping[str, object]) -> None:
    """Refuse a file to write that is also read, or whose ending this verb cannot write; before any work is done.

    Raises WrongUsage for a file that is read or stands where a folder belongs, UnknownName for an ending.
    """
    written = [(option, path) for option, path in _files(found.options, values) if _key(option) in WRITTEN]
    keep = WRITTEN | REPLACEABLE
    sources = [path for option, path in _files(found.options, values) if _key(option) not in keep]
    for option, target in written:
        _check_ending(found, option, target)
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


def _key(option: Option) -> str:
    """Return the key by which an option is known here: the empty workbook is an argument called FILE, like a source."""
    return option.help_key if option.help_key == "template_file" else option.field


def _check_ending(found: Verb, option: Option, target: Path) -> None:
    from matching.output.save import PICTURES, WRITERS

    ending, known = target.suffix.casefold(), (*WRITERS, *PICTURES)
    key = option.help_key or option.field
    if key in FOLDERS:
        if ending in known and ending not in FOLDERS[key] and not target.is_dir():
            raise WrongUsage(say("cli.refused.no_folder", option=option.name, path=str(target), ending=ending))
        return
    fits = OWN_ENDINGS.get(key) or (known if found.name in DRAWING else tuple(WRITERS))
    ordinary = option == OUT or key in OWN_ENDINGS or option.field == "form"
    if ordinary and ending not in fits and not (key in OWN_ENDINGS and _is_stream(target)):
        raise UnknownName(say("output.ending"), ending or target.name, fits)


def _is_stream(target: Path) -> bool:
    """Return whether a name is no file but a stream, such as - or /dev/stdout."""
    return str(target) == "-" or target.is_char_device() or target.is_fifo()
