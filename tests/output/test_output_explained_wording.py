"""What reading ten explanations gave: nothing twice, old data said to be old, her own words, no empty promise."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from matching.advice.why import why_not
from matching.intake import read_pool
from matching.output.advice_report import stamp_of_scores
from matching.output.candidate_page import candidate_page
from matching.output.fit_report import fit_report
from matching.output.plain import plain
from matching.output.roles import Role
from matching.output.why_report import why_report
from matching.scoring.scorecard import score

POOL = Path(__file__).parents[2] / "data" / "synthetic"


@pytest.fixture(scope="module")
def scores():
    return score(read_pool(POOL, as_of=dt.date(2026, 11, 23)))


def told(scores, pair, reader):
    """Return a page as one line of text."""
    stamp, found = stamp_of_scores(scores, Role.LIAISON), why_not(scores, *pair)
    if reader == "employer":
        return " ".join(plain(fit_report(found.fit, stamp=stamp, role=Role.EMPLOYER, language="nl")).split())
    page = why_report if reader == "officer" else candidate_page
    return " ".join(plain(page(found, stamp=stamp, role=Role.LIAISON, language="nl")).split())


def test_an_old_profile_is_said_to_be_old_to_the_officer_and_to_her(scores):
    assert "24-12-2023" in told(scores, ("K-00104", "WP-0018"), "officer").split("vijf rijen")[0]
    assert "is van 24-12-2023. Dat is al een tijd geleden" in told(scores, ("K-00104", "WP-0018"), "candidate")
    assert "al een tijd geleden" not in told(scores, ("K-00221", "WP-0001"), "candidate")


def test_a_row_says_a_difference_in_hours_once(scores):
    rows = told(scores, ("K-00050", "WP-0069"), "officer").split("vijf rijen")[1].split("waarden -------")[0]
    assert rows.count("20 tot 24 uur per week") == 1


def test_she_reads_the_employer_once_and_what_is_unknown_in_her_own_words(scores):
    page = told(scores, ("K-00104", "WP-0018"), "candidate")
    assert page.count("Logius") == 1 and "geen voorkeur" in page
    unknown = page.split("nog niet bekend van jou")[1]
    assert "hoe je graag werkt" in unknown and "vaardigheden afwezig" not in unknown and "uren minimaal" not in unknown


def test_an_employer_reads_what_is_brought_or_that_little_is_known(scores):
    assert "nog weinig vastgelegd" in told(scores, ("K-00195", "WP-0020"), "employer")
    page = told(scores, ("K-00104", "WP-0018"), "employer")
    assert "meebrengt en wil" in page and "kunt u het (laten) regelen?" in page
