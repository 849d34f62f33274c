"""The request to the labour expert has room for an answer, and says it when nothing was found."""

from __future__ import annotations

import dataclasses as dc
import datetime as dt
from pathlib import Path

from matching.advice.carving import carve
from matching.intake import read_pool
from matching.output.advice_report import stamp_of_scores
from matching.output.plain import plain
from matching.output.request_form import request_form
from matching.output.roles import Role
from matching.output.shortlist_report import work_words
from matching.scoring.scorecard import score

POOL = Path(__file__).parents[2] / "data" / "synthetic"


def test_a_written_request_has_room_for_each_answer_and_says_when_nothing_was_found() -> None:
    scores = score(read_pool(POOL, as_of=dt.date(2026, 11, 1)))
    stamp = stamp_of_scores(scores, Role.LIAISON)
    found = carve(scores, "WP-0003", at_least="possible", depth=1)
    shown = plain(request_form(found, stamp=stamp, role=Role.LIAISON, language="nl"))
    assert found.lines and shown.count("\nantwoord: ....") == len(found.lines)
    nothing = request_form(dc.replace(found, lines=()), stamp=stamp, role=Role.LIAISON, language="nl")
    assert "Geen enkele toegestane verandering" in plain(nothing)


def test_a_title_names_the_employer_once() -> None:
    pool = read_pool(POOL, as_of=dt.date(2026, 11, 1))
    assert str(work_words(pool.package("WP-0003"))).casefold().count("ministerie van defensie") == 1
