"""A synthetic world as files: the pool in the one layout of columns, the truth in a folder of its own."""

from __future__ import annotations

import csv
import datetime as dt
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from matching.domain.arrangement import arrangements
from matching.domain.candidate import Need
from matching.domain.columns import Column
from matching.domain.education import education_levels
from matching.domain.pool import Pool
from matching.intake.columns import SHEETS, Sheet, SheetColumn, cells_of, tables_of
from matching.intake.vocabulary_cells import NOTHING_NEEDED
from matching.synthetic.assumptions import assumptions
from matching.synthetic.people import People, work_kinds
from matching.synthetic.truth import Truth
from matching.synthetic.world import Progress, World, generate
from matching.text import Language, say

TRUTH = "truth"
"""The folder of the truth, beside the files of the pool."""
COMMAND = "matching synth --candidates {candidates} --packages {packages} --seed {seed} --out {folder}"


def holds_a_world(folder: Path) -> bool:
    """Return whether the files of this folder were made up here, so that they may be made again."""
    return (folder / TRUTH).is_dir()


def made_up_pool(
    candidates: int, packages: int, seed: int, *, as_of: dt.date, progress: Progress | None = None
) -> Pool:
    """Return a made-up pool alone: whoever scores or plans with it cannot see the truth behind it."""
    return generate(candidates, packages, seed, as_of, progress=progress).pool


def synthesise(
    candidates: int,
    packages: int,
    seed: int,
    out: Path,
    *,
    as_of: dt.date,
    progress: Progress | None = None,
    language: Language = "nl",
) -> World:
    """Make a world and write it to a folder with its truth and a README; return the world.

    Up to 250,000 x 5,000 within minutes and 2 GB. Raises OSError when the folder cannot be written.
    """
    world = generate(candidates, packages, seed, as_of, progress=progress)
    write_world(world, out, language=language, progress=progress)
    return world


def write_world(world: World, folder: Path, *, language: Language = "nl", progress: Progress | None = None) -> None:
    """Write the pool as delimited files (semicolon, UTF-8 with BOM), the truth in its own folder, and a README.

    Reading the folder back with the same day gives a pool with the same fingerprint.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for sheet, lines in _sheets(world.pool, language):
        name = f"{sheet.title(language)}.csv".replace(" ", "_")
        if progress:
            progress(say("synthetic.progress.writing", file=name))
        _write(folder / name, [column.header(language) for column in sheet.columns], lines)
    write_truth(world, folder / TRUTH)
    (folder / "README.md").write_text(readme(world), encoding="utf-8", newline="\n")


def _sheets(pool: Pool, language: Language) -> Iterator[tuple[Sheet, Iterable[Sequence[str]]]]:
    """Give every sheet that is not empty with its rows, in order; candidates and needs are never built as entities."""
    work = tables_of(replace(pool, candidates=pool.candidates.take(np.zeros(0, dtype=np.intp))), language=language)
    for key, sheet in SHEETS.items():
        if key == "candidates":
            yield sheet, _candidate_rows(pool, sheet, language)
        elif key == "needs":
            yield sheet, _need_rows(pool, sheet, language)
        elif work[key]:
            yield sheet, (list(row.values()) for row in work[key])


def _candidate_rows(pool: Pool, sheet: Sheet, language: Language) -> Iterator[tuple[str, ...]]:
    texts = [_texts(column, pool.candidates.column(column.key), language) for column in sheet.columns]
    return zip(*texts, strict=True)


def _texts(column: SheetColumn, stored: Column, language: Language) -> Iterator[str]:
    """Give the text of every row; each distinct value is written once."""
    shown = [column.write(value, language) for value in stored.values]
    return (shown[code] for code in stored.codes.tolist())


def _need_rows(pool: Pool, sheet: Sheet, language: Language) -> Iterator[list[str]]:
    stored = pool.candidates.column("needs")
    place = next(place for place, column in enumerate(sheet.columns) if column.key == "candidate_id")
    rows = [_needs(needs, language) for needs in stored.values]
    for identity, code in zip(pool.candidates.ids, stored.codes.tolist(), strict=True):
        for row in rows[code]:
            yield [*row[:place], identity, *row[place + 1 :]]


def _needs(needs: tuple[Need, ...] | None, language: Language) -> list[list[str]]:
    if needs is None:
        return []
    shown = needs or (Need(demand=NOTHING_NEEDED),)
    return [list(cells_of("needs", need, language=language, owner="").values()) for need in shown]


def _write(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
        writer.writerow(header)
        writer.writerows([_inert(cell) for cell in row] for row in rows)


def _inert(cell: str) -> str:
    """Return a text that no spreadsheet takes for a formula; the reader takes the mark off again."""
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell


def write_truth(world: World, folder: Path) -> None:
    """Write the truth: what made it (truth.json) and the traits of everybody and of every package (two tables)."""
    folder.mkdir(parents=True, exist_ok=True)
    pool, truth = world.pool, world.truth
    made_from = {
        "seed": world.seed,
        "candidates": len(pool.candidates),
        "packages": len(pool.packages),
        "as_of": pool.as_of.isoformat(),
        "pool_fingerprint": pool.fingerprint,
        "assumptions": {key: list(found.value) for key, found in assumptions().items()},
    }
    text = json.dumps(made_from, indent=1, ensure_ascii=False) + "\n"
    (folder / "truth.json").write_text(text, encoding="utf-8", newline="\n")
    _write(folder / "candidates.csv", CANDIDATE_TRAITS, _trait_rows(pool.candidates.ids, truth.people))
    _write(folder / "packages.csv", PACKAGE_TRAITS, _package_rows(truth))


CANDIDATE_TRAITS = (
    "candidate_id",
    "young",
    "practical_entry",
    "never_interviewed",
    "control_group",
    "education",
    "masters",
    "wishes",
    "no_preference",
    "hours",
    "longest_journey",
    "guidance_hours",
    "drive",
    "abilities",
    "arrangements_that_help",
)
PACKAGE_TRAITS = ("work_package_id", "quality", "guidance_hours", "hours", "weeks_to_start", "true_weeks")


def _trait_rows(ids: Sequence[str], people: People) -> Iterator[list[str]]:
    """Give the hidden traits; abilities are one digit a demand, in the order of the catalogue."""
    numbers = (people.open, people.hours, people.journey, people.guidance, people.drive)
    ladder, kinds, names = tuple(education_levels()), work_kinds(), tuple(arrangements())
    for row, identity in enumerate(ids):
        flags = (people.young[row], people.practical[row], people.silent[row], people.control[row])
        yield [
            identity,
            *(str(int(flag)) for flag in flags),
            ladder[people.education[row]],
            "|".join(kinds[kind] for kind in people.kinds[row] if kind >= 0),
            "|".join(kinds[kind] for kind in people.wishes[row] if kind >= 0),
            *(str(int(part[row])) for part in numbers),
            "".join(map(str, people.abilities[row])),
            "|".join(sorted({names[place] for place in people.bridges[row] if place >= 0})),
        ]


def _package_rows(truth: Truth) -> Iterator[list[str]]:
    for row, (package, found) in enumerate(zip(truth.work.packages, truth.work.truths, strict=True)):
        numbers = (found.quality, found.guidance, found.hours, truth.weeks_to_start[row])
        weeks = "|".join(str(int(number)) for number in found.weeks)
        yield [package.work_package_id, *(str(int(number)) for number in numbers), weeks]


def read_truth(folder: Path) -> World:
    """Return the world that a truth folder speaks of, made again from its seed; for evaluation only."""
    found = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
    day = dt.date.fromisoformat(found["as_of"])
    return generate(found["candidates"], found["packages"], found["seed"], day)


def readme(world: World) -> str:
    """Return the README of a synthetic folder, Dutch and English: command, seed, day, licence, what is invented."""
    pool = world.pool
    command = COMMAND.format(
        candidates=len(pool.candidates), packages=len(pool.packages), seed=world.seed, folder="data/synthetic"
    )
    values = {
        "command": command,
        "seed": world.seed,
        "day": pool.as_of,
        "fingerprint": pool.fingerprint,
        "candidates": len(pool.candidates),
        "packages": len(pool.packages),
    }
    return "\n".join(say("synthetic.readme", **values).text(language) for language in ("nl", "en"))
