"""The candidate's own page speaks to her: second person, plain words, nothing far or doubtful under what suits."""

from __future__ import annotations

import dataclasses as dc
import datetime as dt
import re
import string
from pathlib import Path

import pytest
from openpyxl import load_workbook

from matching.advice.why import why_not
from matching.domain.candidate import Candidate, Need
from matching.domain.choices import Availability
from matching.domain.pool import Pool
from matching.domain.work_package import WorkPackage
from matching.intake.columns import SHEETS
from matching.output.advice_report import stamp_of_scores
from matching.output.candidate_page import candidate_page
from matching.output.fit_cells import fit_cells
from matching.output.fit_report import fit_report
from matching.output.names import rule_name
from matching.output.personal import column_name, to_her
from matching.output.roles import Role
from matching.output.save import save
from matching.output.sheet import Column, Report, Sheet, Stamp
from matching.output.why_report import why_report
from matching.rules import RULES
from matching.scoring.parts import part_label
from matching.scoring.scorecard import load_scorecard, score
from matching.scoring.scores import Scores
from matching.synthetic.world import generate
from matching.text import LANGUAGES, say
from matching.text.catalogue import keys, template

AS_OF = dt.date(2026, 11, 1)
THIRD = re.compile(r"\b(kandidaat|persoon|zij of hij|iemand wil|hij|zijn eigen|haar|eigen grens)\b", re.IGNORECASE)
"""Words that speak of her and not to her."""


@pytest.fixture(scope="module")
def scores() -> Scores:
    return score(generate(60, 16, seed=5).pool)


def page_of(scores: Scores, candidate: str, package: str) -> Report:
    stamp = stamp_of_scores(scores, Role.LIAISON)
    return candidate_page(why_not(scores, candidate, package, depth=1), stamp=stamp, role=Role.LIAISON, language="nl")


def told(report: Report) -> list[str]:
    return [*report.lead, *(str(row[1]) for row in report.sheets[0].rows)]


def test_every_page_speaks_to_her(scores: Scores) -> None:
    ids = scores.pool.candidates.ids, scores.pool.packages.ids
    pairs = [(ids[0][n], ids[1][n % len(ids[1])]) for n in range(60)]
    found = [line for pair in pairs for line in told(page_of(scores, *pair)) if THIRD.search(line)]
    assert found == []


@pytest.mark.parametrize("family", ["criteria", "rules", "scoring", "advice"])
def test_a_personal_sentence_says_the_same_with_the_same_values(family: str) -> None:
    own = [key for key in keys("personal") if key.startswith(f"personal.{family}.")]
    for key in own:
        for language in LANGUAGES:
            names = {part[1] for part in string.Formatter().parse(template(key, language)) if part[1]}
            origin = template(key.removeprefix("personal."), language)
            assert names <= {part[1] for part in string.Formatter().parse(origin) if part[1]}, key


def test_every_column_that_is_shown_to_her_has_words_for_her() -> None:
    named = {key.removeprefix("personal.column.") for key in keys("personal") if ".column." in key}
    columns = {column.key: column for column in SHEETS["candidates"].columns}
    assert named <= set(columns)
    assert column_name(columns["never"], "nl") == "wat je niet wilt"


def test_what_is_inside_a_sentence_is_said_to_her_too() -> None:
    inside = say("rules.hours.if_growth")
    assert "Jij kunt later meer" in str(to_her(say("rules.hours.gap", own=16, asked=24, condition=inside)))
    assert str(to_her(say("words.yes"))) == str(say("words.yes"))


@pytest.mark.parametrize("days_at_home", [0, 2])
def test_a_trip_above_her_limit_is_never_what_suits(
    known_candidate: Candidate, archive_package: WorkPackage, days_at_home: int
) -> None:
    near = dc.replace(known_candidate, max_travel_minutes=10)
    package = dc.replace(archive_package, days_at_home=days_at_home)
    found = score(Pool.of([near], [package], as_of=AS_OF))
    fit = found.fit("K-1", "WP-1")
    travel = next(part for part in fit.parts if part.key == "travel")
    assert travel.reason.key == "criteria.travel.above" and travel.reason not in fit.strengths
    assert "De reis is langer" not in str(page_of(found, "K-1", "WP-1").sheets[0].rows[0][1])


def test_her_own_words_and_needs_are_readable(known_candidate: Candidate, archive_package: WorkPackage) -> None:
    needing = dc.replace(known_candidate, needs=(Need(demand="bustle", level=0),), languages=(("nl", 4),))
    report = page_of(score(Pool.of([needing], [archive_package], as_of=AS_OF)), "K-1", "WP-1")
    values = {str(row[0]): str(row[1]) for row in report.sheets[1].rows}
    assert values["wat je helpt"] == "Drukte om je heen: eigen ruimte"
    assert values["talen die je spreekt"] == "Nederlands: vloeiend"
    assert values["werk dat je eerder deed"] == "Archief en dossiers (3 jaar)"
    assert "=" not in "".join(values.values()) and report.stamp.role == "candidate"


def test_a_profile_without_a_date_is_not_called_old(known_candidate: Candidate, archive_package: WorkPackage) -> None:
    undated = dc.replace(known_candidate, profile_date=None)
    fit = score(Pool.of([undated], [archive_package], as_of=AS_OF)).fit("K-1", "WP-1")
    assert fit_cells(fit, Role.LIAISON, "nl")["profile"] == str(say("scoring.explain.undated"))


def test_a_rule_and_a_criterion_have_one_name_and_a_scorecard_a_dutch_one() -> None:
    assert all(rule_name(key, "nl") == str(say(f"rules.name.{key}")) for key in RULES)
    assert str(part_label("skills")) == str(say("criteria.skills.name")) == "Vaardigheden en ervaring"
    named = [key for key in keys("scoring") if key.startswith("scoring.scorecard.")]
    assert {key.rpartition(".")[2] for key in named} == {load_scorecard(key.rpartition(".")[2]).name for key in named}
    assert str(say("scoring.scorecard.other_employer")) == "baan bij andere werkgever"


def rows_of(report: Report, key: str) -> list[dict[str, object]]:
    return [dict(record) for sheet in report.sheets if sheet.key == key for record in sheet.records()]


def test_an_officer_reads_five_rows_and_what_excludes_is_not_to_judge(
    known_candidate: Candidate, archive_package: WorkPackage
) -> None:
    away = dc.replace(known_candidate, available="no", languages=None)
    found = score(Pool.of([away], [dc.replace(archive_package, languages_asked=(("nl", 3),))], as_of=AS_OF))
    made = why_not(found, "K-1", "WP-1", depth=1)
    report = why_report(made, stamp=stamp_of_scores(found, Role.LIAISON), role=Role.LIAISON, language="nl")
    frame = rows_of(report, "frame")
    assert [str(row["row"])[0] for row in frame] == ["1", "2", "3", "4", "5"]
    assert "Sluit nu uit: De kandidaat is nu niet beschikbaar" in str(frame[4]["text"])
    asked = {str(row["rule"]): row["outcome"] for row in rows_of(report, "findings")}
    assert asked["Talen"] == "onbekend: navragen" and asked["Uren"] == "past" and asked["Beschikbaar"] == "nu niet"


@pytest.mark.parametrize(("available", "named"), [(None, False), ("now", True)])
def test_an_employer_reads_a_day_to_start_only_when_she_told_one(
    known_candidate: Candidate, archive_package: WorkPackage, available: Availability | None, named: bool
) -> None:
    person = dc.replace(known_candidate, available=available, hours_min=None)
    found = score(Pool.of([person], [archive_package], as_of=AS_OF))
    stamp = stamp_of_scores(found, Role.EMPLOYER)
    report = fit_report(found.fit("K-1", "WP-1"), stamp=stamp, role=Role.EMPLOYER, language="nl")
    rows = {str(row["name"]): row["value"] for row in rows_of(report, "introduction")}
    assert ("kan starten vanaf" in rows) is named and rows["uren kandidaat"] == "hooguit 28"


def test_a_workbook_of_one_column_says_what_stands_above_it(tmp_path: Path) -> None:
    sheet = Sheet(key="table", columns=(Column(key="title", width=20),), rows=(("archief",),))
    stamp = Stamp(as_of=AS_OF, fingerprint="f", scorecards=(), role="liaison")
    report = Report(title="Een titel die langer is dan de kolom", sheets=(sheet,), stamp=stamp, lead=("Nu niet.",))
    cells = [row[0].value for row in load_workbook(save(report, tmp_path / "x.xlsx")).worksheets[0].iter_rows()]
    assert cells[:2] == ["Een titel die langer is dan de kolom: tabel", "Nu niet."]


def test_she_reads_that_telling_may_help_and_silence_never_excludes(
    known_candidate: Candidate, archive_package: WorkPackage
) -> None:
    silent = dc.replace(known_candidate, candidate_id="K-2", wished_work_kinds=None, wished_setting=None, skills=None)
    both = score(Pool.of([known_candidate, silent], [archive_package], as_of=AS_OF))
    assert both.fit("K-2", "WP-1").conflicts == () and both.fit("K-2", "WP-1").total < both.fit("K-1", "WP-1").total
    lead = " ".join(page_of(both, "K-2", "WP-1").lead)
    assert "sluit je nooit uit" in lead and "kan wel helpen" in lead and "nooit tegen je" not in lead
