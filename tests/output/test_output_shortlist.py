"""A shortlist as an officer gets it: with its extra lines, how much hangs on questions, and what helps when thin."""

from __future__ import annotations

import dataclasses as dc
import datetime as dt
import json
import re
from pathlib import Path

import pytest
from openpyxl import load_workbook

import matching
from matching.advice.extra_line import OpenList, opened
from matching.advice.no_match import no_good_match
from matching.cli.main import run
from matching.domain.candidate import Candidate
from matching.domain.pool import Pool
from matching.domain.work_package import WorkPackage
from matching.output.fit_cells import questions, questions_to_all
from matching.output.plan_report import SHORTLIST_SIZE, plan_report
from matching.output.plan_view import PlanView
from matching.output.roles import Role
from matching.output.shortlist_report import lines_sheet, list_notes, shortlist_report
from matching.output.stamps import stamp_of_lists
from matching.planning.assignment import Assignment
from matching.scoring.scorecard import score
from matching.scoring.scores import Scores
from matching.synthetic.world import generate

POOL = str(Path(__file__).parents[2] / "data" / "synthetic")
LINE = ["shortlist", POOL, "--date", "2026-11-01", "--package", "WP-0003", "--role", "liaison"]


@pytest.fixture(scope="module")
def scores() -> Scores:
    return score(generate(60, 4, seed=5).pool)


def notes(found: OpenList, role: Role = Role.LIAISON) -> str:
    return " ".join(str(note) for note in list_notes(found, role))


def asked(folder: Path, *more: str) -> dict[str, object]:
    target = folder / f"lijst{len(list(folder.iterdir()))}.json"
    assert run([*LINE, *more, "--out", str(target)]) == 0
    found: dict[str, object] = json.loads(target.read_text(encoding="utf-8"))
    return found


def codes(found: dict[str, object]) -> list[str]:
    return [line["candidate"] for line in found["shortlist"]]  # type: ignore[attr-defined]


def test_a_list_of_ten_has_an_extra_line_that_only_the_record_names(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found, plain = asked(tmp_path), asked(tmp_path, "--no-extra")
    extra = set(codes(found)) - set(codes(plain))
    assert codes(found)[:10] == codes(plain) and len(extra) == 1
    assert [line["candidate_id"] for line in found["record"]["drawn"]] == [*extra]  # type: ignore[index]
    assert "record" not in plain
    shown = " ".join(capsys.readouterr().out.split())
    assert "iemand die het lot koos" in shown and shown.count("Stel iemand anders voor") == 2


def test_the_seed_draws_the_same_person_again(tmp_path: Path) -> None:
    drawn = [asked(tmp_path, "--seed", seed)["record"] for seed in ("3", "3", "4", "5", "6")]
    assert drawn[0] == drawn[1]
    assert len({one["drawn"][0]["candidate_id"] for one in drawn}) > 1  # type: ignore[index]


def test_a_list_of_nine_has_no_extra_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = asked(tmp_path, "--size", "9")
    assert len(codes(found)) == 9 and "record" not in found
    assert "iemand anders" not in " ".join(capsys.readouterr().out.split())


def test_the_library_saves_the_same_list_and_prints_it_without_a_draw(scores: Scores, tmp_path: Path) -> None:
    listed = scores.shortlist(scores.pool.packages.ids[0], size=20)
    written = [
        json.loads(matching.save(listed, tmp_path / "a.json", extra=extra).read_text()) for extra in (True, False)
    ]
    assert [len(one["shortlist"]) for one in written] == [22, 20]
    assert "Stel iemand anders voor" in str(listed).replace("\n", " ") and "lot koos" not in str(listed)


def test_a_drawn_line_cannot_be_told_from_the_others_on_paper(scores: Scores) -> None:
    found = opened(scores, scores.shortlist(scores.pool.packages.ids[0], size=10))
    stamp = stamp_of_lists([found.shortlist], role=Role.LIAISON)
    report = shortlist_report([found], stamp=stamp, role=Role.LIAISON, language="nl")
    rows = list(report.main.records())
    assert rows[-1]["candidate"] == found.drawn[0].candidate_id
    assert {key for key, cell in rows[-1].items() if cell == found.drawn[0].candidate_id} == {"candidate"}
    assert found.drawn[0].candidate_id not in " ".join(report.lead)


def test_a_plan_draws_nobody(scores: Scores) -> None:
    plan = Assignment(scores).solve(seconds=5)
    report = plan_report(PlanView(plan, scores, Role.LIAISON, "nl"))
    sheet = next(sheet for sheet in report.sheets if sheet.key == "shortlists")
    size = SHORTLIST_SIZE
    fits = [line.fit for one in scores.shortlists(size) for line in one.lines]
    plain = {(fit.work_package_id, fit.candidate_id) for fit in fits}
    assert {(one["work_package"], one["candidate"]) for one in sheet.records()} == plain


def test_the_list_says_how_many_places_hang_on_what_is_unknown(
    known_candidate: Candidate, archive_package: WorkPackage
) -> None:
    known = dc.replace(known_candidate, candidate_id="K-1")
    vague = [Candidate(candidate_id=f"K-{number}") for number in (2, 3)]
    pool = Pool.of([known, *vague], [archive_package], as_of=dt.date(2026, 11, 1))
    for size, said in ((1, "Geen plaats"), (2, "nog onbekend is: 1 van de 2"), (3, "alleen de punten en de volgorde")):
        assert said in notes(OpenList(shortlist=score(pool).shortlist("WP-1", size=size)))


@pytest.fixture
def poor(known_candidate: Candidate, archive_package: WorkPackage) -> Scores:
    """One package in Den Haag; nobody stands at "possible": people who wish other work, from one supplier of two."""
    wish = {"wished_work_kinds": (("outdoor", 1),), "hours_min": 36.0, "hours_max": 36.0, "skills": frozenset()}
    far = dc.replace(known_candidate, municipality="groningen", wants_to_learn=frozenset(), **wish)
    people = [dc.replace(far, candidate_id=f"K-{number}") for number in range(4)]
    supplied = {"source_kind": "supplier", "source_organisation": "Leverancier P"}
    away = dc.replace(far, candidate_id="K-9", **supplied)
    near = dc.replace(away, candidate_id="K-8", municipality="delft", source_organisation="Leverancier Q")
    return score(Pool.of([*people, near, away], [archive_package], as_of=dt.date(2026, 11, 1)))


def test_no_good_match_names_the_best_three_with_changes_and_whom_nobody_asked(poor: Scores) -> None:
    found = opened(poor, poor.shortlist("WP-1", size=3))
    assert found.poor is not None and len(found.poor.closest) == 3
    text = notes(found)
    assert "Nog geen goede match" in text and all(one.fit.candidate_id in text for one in found.poor.closest)
    assert all(str(one.changes[0].steps) in text for one in found.poor.closest if one.changes)
    assert "Leverancier P" in found.poor.not_asked and "Leverancier Q" not in found.poor.not_asked
    assert "Leverancier P" in text and "Haaglanden" in text


def test_a_good_list_says_nothing_of_the_kind(scores: Scores) -> None:
    lists = [scores.shortlist(identity) for identity in scores.pool.packages.ids]
    good = [one for one in lists if one.lines and one.lines[0].fit.band != "worth_a_talk"]
    assert good and all(no_good_match(scores, one) is None for one in good)


def test_the_workbook_says_above_the_list_what_the_page_says(tmp_path: Path) -> None:
    target = tmp_path / "lijst.xlsx"
    assert run([*LINE, "--out", str(target)]) == 0
    cells = [str(cell.value) for row in load_workbook(target).worksheets[0].iter_rows(max_row=12) for cell in row]
    assert any("die afhangen van iets dat nog onbekend is" in cell for cell in cells)
    assert any("Stel iemand anders voor" in cell for cell in cells)


@pytest.mark.parametrize("identity", ["WP-0013", "K-00004"])
def test_what_is_asked_of_the_same_side_stands_once(identity: str, capsys: pytest.CaptureFixture[str]) -> None:
    side = "--package" if identity.startswith("WP") else "--candidate"
    assert run(["shortlist", POOL, "--date", "2026-11-01", side, identity, "--role", "liaison"]) == 0
    shown = " ".join(capsys.readouterr().out.split())
    once = [part.partition("? ")[0] + "?" for part in shown.split("één keer voor deze lijst: ")[1:]]
    squeezed = shown.replace(" ", "")
    assert once and all(squeezed.count(question.replace(" ", "")) == 1 for question in once)


def test_several_lists_ask_it_on_the_first_line_of_each(scores: Scores) -> None:
    lists = scores.shortlists(5)
    sheet = lines_sheet(lists, role=Role.LIAISON, language="nl")
    for found in lists:
        asked = questions_to_all([line.fit for line in found.lines], "package", Role.LIAISON)
        mine = [one for one in sheet.records() if one["work_package"] == found.about.work_package_id]  # type: ignore[union-attr]
        assert not [one for one in mine[1:] for question in asked if str(question) in str(one["discuss"])]
        assert all(
            str(question) in str(one["ask"]) or len(str(one["ask"]).split("•")) >= 3
            for one in mine[:1]
            for question in asked[:1]
        )


def test_a_question_for_one_person_stays_on_her_line(known_candidate: Candidate, archive_package: WorkPackage) -> None:
    fewer = [
        dc.replace(known_candidate, candidate_id=f"K-{n}", hours_min=float(n), hours_max=float(n)) for n in (12, 16)
    ]
    package = dc.replace(archive_package, hours_negotiable=None)
    fits = [line.fit for line in score(Pool.of(fewer, [package], as_of=dt.date(2026, 11, 1))).shortlist("WP-1").lines]
    assert questions_to_all(fits, "package", Role.LIAISON) == ()
    assert all(
        any("12 uur" in str(one) or "16 uur" in str(one) for one in questions(fit, Role.LIAISON)) for fit in fits
    )


def test_screen_and_file_give_a_near_tie_group_one_number_and_say_what_the_bands_mean(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found, page = asked(tmp_path), tmp_path / "lijst.html"
    places = [(line["place"], bool(line["tie"])) for line in found["shortlist"]]  # type: ignore[attr-defined]
    shown = capsys.readouterr().out
    assert [f"{place}{'=' if tied else ''}" for place, tied in places] == re.findall(r"^ (\d+=?) ", shown, re.MULTILINE)
    assert len({place for place, tied in places if tied}) > 1
    assert run([*LINE, "--out", str(page)]) == 0
    for text in (shown, page.read_text(encoding="utf-8")):
        assert "Sterk: vanaf 700 punten en hoogstens 300 van de 1000 nog onbekend." in " ".join(text.split())
