"""Advice on paper shows each reader what she may see and nothing more."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from matching.advice.carving import CarveLine, carve, home_days_told
from matching.advice.questions import ask_first
from matching.advice.steps import AddArrangement, HomeDays
from matching.advice.variants import Variant
from matching.advice.why import why_not
from matching.cli.main import run
from matching.output.advice_report import (
    call_list_report,
    carve_report,
    change_told,
    reach_report,
    stamp_of_scores,
)
from matching.output.candidate_page import candidate_page
from matching.output.page import page
from matching.output.request_form import request_form
from matching.output.roles import Role, RoleRefused
from matching.output.why_report import why_report
from matching.scoring.scorecard import score
from matching.synthetic.world import generate

POOL = str(Path(__file__).parents[2] / "data" / "synthetic")
DAY = ["--date", "2026-11-01"]
OFFICES = [Role.COORDINATOR, Role.PLANNER, Role.ANALYST]


@pytest.fixture(scope="module")
def scores():
    return score(generate(60, 12, seed=5).pool)


@pytest.fixture(scope="module")
def needing(scores):
    """Somebody whose needs are known, and a package."""
    needs = scores.pool.candidates.column("needs")
    row = next(row for row in range(60) if needs[row] and needs[row][0].arrangements)
    return scores.pool.candidates.ids[row], scores.pool.packages.ids[0]


def words(report):
    return [str(cell) for sheet in report.sheets for row in sheet.rows for cell in row if cell is not None]


def test_no_advice_for_an_employer(scores):
    stamp = stamp_of_scores(scores, Role.EMPLOYER)
    values = {"stamp": stamp, "role": Role.EMPLOYER, "language": "nl"}
    advice = carve(scores, scores.pool.packages.ids[0], depth=1)
    for made in (carve_report, request_form):
        with pytest.raises(RoleRefused):
            made(advice, **values)
    with pytest.raises(RoleRefused):
        reach_report(scores.reach(), **values)
    with pytest.raises(RoleRefused):
        why_report(why_not(scores, scores.pool.candidates.ids[0], scores.pool.packages.ids[0]), **values)


@pytest.mark.parametrize("role", OFFICES)
def test_questions_about_needs_are_not_read_by_who_may_not_read_needs(scores, role):
    calls = ask_first(scores)
    asked = [str(one.question) for found in calls.questions.values() for one in found if one.field == "needs"]
    shown = words(call_list_report(calls, stamp=stamp_of_scores(scores, role), role=role, language="nl"))
    assert asked and not set(asked) & set(shown)


@pytest.mark.parametrize(("role", "presentable", "named"), [
    (Role.LIAISON, 0, True), (Role.COORDINATOR, 0, False), (Role.COORDINATOR, 1, True),
])  # fmt: skip
def test_an_arrangement_for_people_who_did_not_agree_is_named_to_their_officer_only(role, presentable, named):
    variant = Variant(steps=(AddArrangement(arrangement="quiet_place", standing="to_ask"),))
    told = change_told(CarveLine(variant=variant, newly=("K-1",), presentable=presentable), role).text("nl")
    assert ("Rustige werkplek" in told) is named and ("welke, weet de consulent" in told) is not named


def test_days_at_home_say_why_they_help_and_nothing_else_does():
    home = Variant(steps=(HomeDays(days=3, instead_of=1, standing="to_ask"),))
    assert "per dag op locatie" in home_days_told([home])[0].text("nl")
    assert home_days_told([Variant(steps=())]) == ()


@pytest.mark.parametrize("role", OFFICES)
def test_who_is_freed_of_something_to_judge_is_named_to_her_officer_only(scores, role):
    tried = (carve(scores, package, depth=1) for package in scores.pool.packages.ids)
    advice = next(found for found in tried if any(line.freed for line in found.lines))
    for reader, named in ((Role.LIAISON, True), (role, False)):
        report = carve_report(advice, stamp=stamp_of_scores(scores, reader), role=reader, language="nl")
        assert any(row[4] for row in report.sheets[0].rows) is named


def test_the_candidate_reads_her_own_data_without_points_or_others(scores, needing):
    found = why_not(scores, *needing)
    report = candidate_page(found, stamp=stamp_of_scores(scores, Role.LIAISON), role=Role.LIAISON, language="nl")
    text = page(report)
    assert not [other for other in scores.pool.candidates.ids if other != needing[0] and other in text]
    assert "punten" not in text and str(found.fit.points) not in words(report)
    assert "wat je helpt" in words(report)
    with pytest.raises(RoleRefused):
        candidate_page(found, stamp=stamp_of_scores(scores, Role.ANALYST), role=Role.ANALYST, language="nl")


@pytest.mark.parametrize("role", OFFICES)
def test_the_officers_page_hides_what_speaks_of_needs(scores, needing, role):
    found = why_not(scores, *needing)
    report = why_report(found, stamp=stamp_of_scores(scores, role), role=role, language="nl")
    hidden = [str(part.reason) for part in found.fit.parts if part.key == "doable_hours"]
    hidden += [str(item.reason) for item in found.failed if item.key in ("demands", "guidance", "arrangement_time")]
    assert not [text for text in hidden if text in " ".join(words(report))]


def test_the_request_says_what_to_examine_for_every_change(scores):
    advice = carve(scores, scores.pool.packages.ids[0])
    form = request_form(advice, stamp=stamp_of_scores(scores, Role.LIAISON), role=Role.LIAISON, language="nl")
    assert len(form.sheets[0].rows) == len(advice.lines) > 0
    assert all(row[5].endswith("?") for row in form.sheets[0].rows)


@pytest.mark.parametrize(
    "line",
    [
        ["ask", POOL, "--size", "5"],
        ["ask", POOL, "--candidate", "K-00004"],
        ["ask", POOL, "--about", "package"],
        ["carve", POOL, "--package", "WP-0004", "--depth", "1"],
        ["reach", POOL],
        ["travel", POOL, "--candidate", "K-00004"],
        ["explain", POOL, "--candidate", "K-00004", "--package", "WP-0004", "--for", "candidate", "--role", "liaison"],
        ["explain", POOL, "--candidate", "K-00004", "--package", "WP-0004", "--for", "officer"],
    ],
)
def test_each_verb_shows_its_advice(line, capsys):
    assert run([*line, *DAY]) == 0
    assert "Stand van: 01-11-2026" in capsys.readouterr().out


@pytest.mark.parametrize("ending", ["html", "xlsx", "txt", "csv", "json"])
def test_a_request_and_advice_are_written_in_every_form(tmp_path, ending):
    form, advice = tmp_path / f"verzoek.{ending}", tmp_path / f"advies.{ending}"
    line = ["carve", POOL, "--package", "WP-0004", "--depth", "1", "--request", str(form), "--out", str(advice)]
    assert run([*line, *DAY]) == 0
    assert form.stat().st_size > 200 and advice.stat().st_size > 200


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (["carve", POOL], "Kies een van beide"),
        (["carve", POOL, "--all", "--request", "x.xlsx"], "Een verzoek gaat over een werkpakket"),
        (["travel", POOL], "Kies een kandidaat"),
        (["travel", POOL, "--check"], "Welk bestand?"),
        (["ask", POOL, "--candidate", "K-99999"], "K-99999"),
    ],
)
def test_wrong_usage_is_a_sentence(line, said, capsys):
    assert run([*line, *DAY]) == 2
    assert said in capsys.readouterr().err


def test_a_file_of_travel_times_is_checked(tmp_path, capsys):
    path = tmp_path / "tijden.csv"
    path.write_text("van,naar,minuten,vervoer\nLaarbeek,Nijmegen,80,fiets\nLaarbeek,Nergens,10,fiets\n")
    assert run(["travel", POOL, "--times", str(path), "--check", *DAY]) == 1
    assert "2 regels gelezen: 1 gebruikt, 1 geweigerd" in capsys.readouterr().out


def test_help_of_advice_loads_no_tables():
    code = "import sys\nfrom matching.cli.main import run\nrun(['carve', '--help'])\n"
    code += "sys.stderr.write(' '.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"pandas", "scipy", "ortools"} & {name.partition(".")[0] for name in done.stderr.split()}
