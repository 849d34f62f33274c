"""One way to write any result: `save(thing, path)`; the ending of the name chooses the format."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from matching.errors import InputRefused, UnknownName
from matching.output.roles import Role
from matching.output.sheet import Report
from matching.text import Language, say

if TYPE_CHECKING:
    from matching.domain.pool import Pool
    from matching.output.picture import Picture
    from matching.scoring.scores import Scores

WRITERS: Mapping[str, tuple[str, str]] = {
    ".xlsx": ("workbook", "write_workbook"),
    ".ods": ("open_document", "write_open_document"),
    ".csv": ("delimited", "write_delimited"),
    ".json": ("structured", "write_structured"),
    ".html": ("page", "write_page"),
    ".txt": ("plain", "write_plain"),
}
"""The module and function for each ending; a module is imported when its ending is asked for."""

FOR_PROGRAMS = (".csv", ".json")

PICTURES = (".svg", ".png")

PREPARED = ".pool"


def save(
    thing: object,
    path: str | Path,
    *,
    language: Language = "nl",
    role: str = "coordinator",
    pool: Pool | None = None,
    scores: Scores | None = None,
    extra: bool = True,
) -> Path:
    """Write a shortlist, several, a fit, a plan, a table or a report to a file, and return its path.

    The ending chooses: .xlsx, .ods, .csv (main sheet only), .json, .html, .txt, and .svg or .png for a picture of
    a fit, a shortlist, a plan or a pool; .pool puts a pool ready for the next run. `role` decides what the reader may
    see. `pool` puts its fingerprint on a result that does not carry one; `scores` are those a plan was made from
    (else its pool is scored again by the usual scorecards, and a plan with other points is refused). `extra` gives a
    long list of people its extra lines, one in ten, drawn by the seed of the list; .json records who was drawn.
    Raises UnknownName for an ending that does not exist, InputRefused when the file cannot be written or the thing
    has no such form.
    """
    target, reader = Path(path), Role(role)
    ending = target.suffix.casefold()
    if ending in PICTURES:
        picture_of(thing, language=language, role=reader, scores=scores).write(target)
        return target
    if ending == PREPARED:
        from matching.output.prepared import write_prepared

        return write_prepared(thing, target, reader)
    if ending not in WRITERS:
        raise UnknownName(say("output.ending"), ending or target.name, (*WRITERS, *PICTURES, PREPARED))
    source = pool if scores is None else scores
    report = report_of(thing, language=language, role=reader, source=source, extra=extra)
    writer_of(ending)(report.file if ending in FOR_PROGRAMS else report.paper, target)
    return target


def writer_of(ending: str) -> Callable[[Report, Path], None]:
    """Return the function that writes a report in the format of an ending."""
    module, name = WRITERS[ending]
    writer: Callable[[Report, Path], None] = getattr(import_module(f"matching.output.{module}"), name)
    return writer


def report_of(
    thing: object, *, language: Language, role: Role, source: Pool | Scores | None = None, extra: bool = True
) -> Report:
    """Return any result as a report for one role. Raises InputRefused for what cannot be written."""
    from matching.output import reports

    if isinstance(thing, Report):
        return thing
    made = reports.made_of(_several(thing), language=language, role=role, source=source, extra=extra)
    if made is None:
        raise InputRefused(say("output.nothing_to_save", kind=type(thing).__name__))
    return made


def picture_of(thing: object, *, language: Language, role: Role, scores: Scores | None = None) -> Picture:
    """Return the picture of a fit, a shortlist, a plan or a pool. Raises InputRefused where there is none."""
    from matching.output import reports

    made = reports.drawn(thing, language=language, role=role, scores=scores)
    if made is None:
        raise InputRefused(say("output.nothing_to_draw"))
    return made


def _several(thing: object) -> object:
    if isinstance(thing, Mapping):
        return list(thing.values())
    return list(thing) if isinstance(thing, Sequence) and not isinstance(thing, str | bytes) else thing
