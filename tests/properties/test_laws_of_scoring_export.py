"""What is written through the table of columns scores the same when it is read back; and every way in, the same."""

from __future__ import annotations

import datetime as dt
import json

import numpy as np
import pytest
import xlsxwriter

from matching.cli.main import run
from matching.domain.judging import Outcome
from matching.intake.columns import SHEETS, tables_of
from matching.intake.reading import read_pool
from matching.scoring.scorecard import score
from matching.synthetic.world import generate
from tests.pool_folder import written_to_folder

AS_OF = dt.date(2026, 11, 1)
WHOLE = [pytest.param((12, 6), id="few"), pytest.param((250, 40), id="many", marks=pytest.mark.soak)]
"""People and packages of which every pair is asked for in each way; 10,000 pairs at length."""

SIZES = [pytest.param((12, 6), id="few"), pytest.param((150, 40), id="many", marks=pytest.mark.soak)]


def written_to_workbook(pool, path):
    """Write every sheet as text cells of one workbook, through the table of columns only."""
    with xlsxwriter.Workbook(path) as book:
        for key, rows in tables_of(pool).items():
            page = book.add_worksheet(SHEETS[key].nl)
            for number, row in enumerate([dict(zip(rows[0], rows[0], strict=True)), *rows] if rows else []):
                for place, cell in enumerate(row.values()):
                    page.write_string(number, place, cell)
    return path


def pool_of(size, seed):
    return generate(*size, seed, AS_OF).pool


def block(scores):
    return scores.block(0, len(scores.pool.packages))


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("write", [written_to_folder, written_to_workbook])
def test_a_pool_read_back_scores_and_explains_the_same(write, size, seed, tmp_path):
    pool = pool_of(size, seed)
    back = read_pool(write(pool, tmp_path / "pool.xlsx"), as_of=AS_OF)
    first, second = score(pool), score(back)
    assert back.fingerprint == pool.fingerprint
    assert (block(first) == block(second)).all()
    for candidate, package in zip(pool.candidates.ids, pool.packages.ids * 99, strict=False):
        assert first.fit(candidate, package).explain() == second.fit(candidate, package).explain()
    assert str(first.shortlist(pool.packages.ids[0])) == str(second.shortlist(pool.packages.ids[0]))


@pytest.mark.parametrize("size", WHOLE)
def test_all_at_once_one_pair_and_the_command_line_give_the_same_points(size, tmp_path, capsys):
    pool = pool_of(size, seed=4)
    scores, folder = score(pool), written_to_folder(pool, tmp_path / "pool")
    totals = block(scores)
    for row, package in enumerate(pool.packages.ids):
        fits = {identity: scores.fit(identity, package) for identity in pool.candidates.ids}
        single = [-1 if fit.outcome is Outcome.CONFLICT else fit.total for fit in fits.values()]
        assert (totals[row] == np.array(single)).all()
        lines = listed_by_command(folder, package, size[0], tmp_path / f"{package}.json")
        assert lines == {name: told(fit) for name, fit in fits.items() if fit.outcome is not Outcome.CONFLICT}
    capsys.readouterr()


def listed_by_command(folder, package, most, out):
    asked = ["--package", package, "--size", str(most), "--date", AS_OF.isoformat(), "--role", "liaison", "--no-extra"]
    assert run(["shortlist", str(folder), *asked, "--out", str(out)]) in (0, 1)
    found = json.loads(out.read_text(encoding="utf-8"))
    return {line["candidate"]: (line["points"], line["range"], line["band"]) for line in found["shortlist"]}


def told(fit):
    bands = {"strong": "sterk", "possible": "mogelijk", "worth_a_talk": "gesprek waard"}
    return fit.points, f"{fit.low // 1000} - {fit.high // 1000}", bands[fit.band]
