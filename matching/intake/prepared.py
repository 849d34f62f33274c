"""A pool that was checked once and put ready on disk: read again in a fraction of a second, never as code.

The file is a zip of four parts: `format.json` (what made it, and the SHA-256 of the rest), `content.json` (the distinct
values of every column) and the codes of both tables as whole numbers of four bytes. There is no column but the fields
of the domain, so what must not exist has no place here.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import numpy as np

from matching import __version__
from matching.domain.agreement import Agreement, Decision, Placement
from matching.domain.candidate import Candidate
from matching.domain.columns import Table
from matching.domain.ledger import Ledger, Problem, SheetCount
from matching.domain.pool import Pool
from matching.domain.travel import TravelTimes
from matching.domain.work_package import Guide, WorkPackage
from matching.errors import InputRefused
from matching.intake.guard import LIMITS
from matching.intake.stored import StoredColumn
from matching.intake.typed_values import field_types, plain, plain_column, read_column, reader_of
from matching.text import say

Entity = TypeVar("Entity")

ENDING = ".pool"
FORMAT = 1
HEAD, CONTENT, PEOPLE, WORK = PARTS = ("format.json", "content.json", "candidates.i4", "work_packages.i4")
NOTE = "intake.prepared.note"
CODES = "<i4"


@dataclass(frozen=True, kw_only=True, slots=True)
class Beside:
    """What a pool holds beside its two tables; `counts` None: it has no ledger. `remarks` counts what was used."""

    as_of: dt.date
    origin: str
    counts: tuple[SheetCount, ...] | None
    dropped: tuple[tuple[str, str, int], ...]
    remarks: int
    prepared_for: dt.date
    agreements: tuple[Agreement, ...]
    guides: tuple[Guide, ...]
    decisions: tuple[Decision, ...]
    placements: tuple[Placement, ...]
    travel: tuple[tuple[str, str, str, int], ...]


def is_prepared(path: str | Path) -> bool:
    """Return whether a name is that of a prepared pool."""
    return Path(path).suffix.casefold() == ENDING


@cache
def vocabularies_mark() -> str:
    """Return a hash of every packaged table and of the fields of the entities: what a prepared value rests on."""
    digest = hashlib.sha256()
    for package in ("matching.domain", "matching.intake"):
        tables = files(package).joinpath("tables")
        for table in sorted(tables.iterdir(), key=lambda found: found.name):
            digest.update(f"{table.name}\x1f".encode() + hashlib.sha256(table.read_bytes()).digest())
    for entity in (Candidate, WorkPackage, Beside):
        digest.update(repr(sorted(field_types(entity).items())).encode())
    return digest.hexdigest()[:16]


def checksum(parts: Mapping[str, bytes]) -> str:
    """Return the SHA-256 of all parts but the first, each by its own hash so that none can flow into the next."""
    own = [hashlib.sha256(parts[name]).digest() for name in PARTS if name != HEAD]
    return hashlib.sha256(b"".join(own)).hexdigest()


def read_prepared(path: str | Path, *, as_of: dt.date | None = None) -> Pool:
    """Read a prepared pool; `as_of` None keeps the day that it was prepared for.

    The ledger has the counts of when it was prepared and one remark that says so. Raises InputRefused when the file is
    damaged, or made by another version of the format, of this program or of its vocabularies.
    """
    name = Path(path).name
    try:
        if Path(path).stat().st_size > LIMITS.file_bytes:
            raise InputRefused(say("intake.too_large", file=name, megabytes=LIMITS.file_bytes // 1_000_000))
        content = Path(path).read_bytes()
    except FileNotFoundError:
        raise InputRefused(say("intake.no_such_file", file=name)) from None
    except OSError:
        raise InputRefused(say("intake.unreadable", file=name)) from None
    pool = unpacked(content, name)
    return pool if as_of in (None, pool.as_of) else replace(pool, as_of=as_of)


def unpacked(content: bytes, name: str) -> Pool:
    """Return the pool in the bytes of a prepared file. Raises InputRefused."""
    try:
        parts = _parts(content, name)
        _check_head(json.loads(parts[HEAD]), parts, name)
        if sum(map(parts[CONTENT].count, (b",", b"[", b"{"))) > LIMITS.cells:
            _refuse("too_much", name)
        return _pool(json.loads(parts[CONTENT]), parts)
    except InputRefused:
        raise
    except Exception:
        _refuse("damaged", name)


def _refuse(key: str, name: str) -> NoReturn:
    raise InputRefused(say(f"intake.prepared.{key}", file=name)) from None


def _parts(content: bytes, name: str) -> dict[str, bytes]:
    """Return exactly the four parts, each bounded by an honest directory before it is unpacked."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entries = archive.infolist()
        if [entry.filename for entry in entries] != list(PARTS) or sum(e.compress_size for e in entries) > len(content):
            _refuse("damaged", name)
        for entry in entries:
            dense = entry.file_size > max(LIMITS.ratio_from_bytes, LIMITS.ratio * entry.compress_size)
            if dense or entry.file_size > (LIMITS.part_bytes if entry.filename == CONTENT else LIMITS.file_bytes):
                _refuse("too_much", name)
        return {entry.filename: _whole(archive, entry) for entry in entries}


def _whole(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """Return one part, never more than the directory says."""
    with archive.open(entry) as part:
        found = part.read(entry.file_size)
    if len(found) != entry.file_size:
        raise ValueError("cut short")
    return found


def _check_head(head: Any, parts: Mapping[str, bytes], name: str) -> None:
    """Refuse another format, other words, and content that is not what was written."""
    if type(head["format"]) is not int or head["format"] != FORMAT:
        _refuse("other_format", name)
    if (head["made_by"], head["vocabularies"]) != (__version__, vocabularies_mark()):
        _refuse("other_version", name)
    if head["sha256"] != checksum(parts):
        _refuse("damaged", name)


def _pool(content: Any, parts: Mapping[str, bytes]) -> Pool:
    beside: Beside = reader_of(Beside)(content["beside"])
    return Pool(
        candidates=_table(Candidate, "candidate_id", content["candidates"], parts[PEOPLE]),
        packages=_table(WorkPackage, "work_package_id", content["work_packages"], parts[WORK]),
        as_of=beside.as_of,
        agreements=beside.agreements,
        guides=beside.guides,
        decisions=beside.decisions,
        placements=beside.placements,
        travel=TravelTimes({(start, end, mode): minutes for start, end, mode, minutes in beside.travel}),
        ledger=_ledger(beside),
        origin=beside.origin,
    )


def _ledger(beside: Beside) -> Ledger | None:
    """Return the counts of when the pool was prepared, with one remark that tells what is not in it."""
    if beside.counts is None:
        return None
    refused = sum(count.refused for count in beside.counts)
    note = say(NOTE, day=beside.prepared_for, refused=refused, remarks=beside.remarks)
    problem = Problem(sheet=beside.origin or "-", sentence=note, refuses=False)
    return Ledger(counts=beside.counts, problems=(problem,), dropped_columns=beside.dropped)


def _table(entity: type[Entity], key: str, columns: Sequence[Any], codes: bytes) -> Table[Entity]:
    """Return a table of the distinct values of its columns, in the order of the fields, and their codes."""
    types = field_types(entity)
    numbers = np.frombuffer(codes, dtype=CODES).astype(np.int32, copy=False).reshape(len(types), -1)
    made = {}
    for name, stored, own in zip(types, columns, numbers, strict=True):
        values = read_column(stored, types[name])
        if own.min(initial=0) < 0 or own.max(initial=-1) != len(values) - 1:
            raise ValueError("code")
        made[name] = StoredColumn(own, values)
    table = Table(entity, made, key)
    if len(set(table.ids)) != len(table):
        raise ValueError("id twice")
    return table


def packed(pool: Pool) -> bytes:
    """Return a pool as the bytes of a prepared file. Raises ValueError for values that no column can hold."""
    people, people_codes = _columns(pool.candidates)
    work, work_codes = _columns(pool.packages)
    content = {"beside": plain(_beside(pool)), "candidates": people, "work_packages": work}
    text = json.dumps(content, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    parts = {CONTENT: text.encode(), PEOPLE: people_codes, WORK: work_codes}
    head = {"format": FORMAT, "made_by": __version__, "vocabularies": vocabularies_mark(), "sha256": checksum(parts)}
    parts[HEAD] = json.dumps(head).encode()
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name in PARTS:
            method = zipfile.ZIP_DEFLATED if name == CONTENT else zipfile.ZIP_STORED
            archive.writestr(zipfile.ZipInfo(name), parts[name], method)
    return target.getvalue()


def _columns(table: Table[Any]) -> tuple[list[object], bytes]:
    """Return for each field the distinct values that a row has (of nobody who was left out), and the codes."""
    values, codes = [], []
    for name, kind in field_types(table.entity).items():
        column = table.column(name)
        used, own = np.unique(column.codes, return_inverse=True)
        values.append(plain_column([column.values[code] for code in used], kind))
        codes.append(own)
    return values, np.array(codes, dtype=CODES).tobytes()


def _beside(pool: Pool) -> Beside:
    problems = pool.ledger.problems if pool.ledger else ()
    before = next((problem.sentence for problem in problems if problem.sentence.key == NOTE), None)
    remarks = before.value("remarks") if before else sum(not problem.refuses for problem in problems)
    day = before.value("day") if before else pool.as_of
    assert isinstance(remarks, int) and isinstance(day, dt.date)
    return Beside(
        as_of=pool.as_of,
        origin=pool.origin,
        counts=pool.ledger.counts if pool.ledger else None,
        dropped=pool.ledger.dropped_columns if pool.ledger else (),
        remarks=remarks,
        prepared_for=day,
        agreements=pool.agreements,
        guides=pool.guides,
        decisions=pool.decisions,
        placements=pool.placements,
        travel=pool.travel.rows(),
    )
