"""A fit says why: reasons that add up, a range that holds every completion, questions in a useful order."""

from __future__ import annotations

import datetime as dt

import pytest

from matching.domain.candidate import Need
from matching.domain.judging import Outcome
from matching.domain.work_package import Offer, Task
from tests.scoring.tiny import obvious, person, random_scores, scores_of, work

OLD = dt.date(2026, 1, 1)
CALM = frozenset({"calm"})


def fit_of(candidate, package, **more):
    return scores_of([candidate], [package], **more).fit(candidate.candidate_id, package.work_package_id)


def test_the_parts_add_up_exactly_to_the_total():
    fit = fit_of(person(hours_max=24, wished_setting=CALM), work(hours_min=16, setting=CALM))
    assert [(part.key, part.total) for part in fit.parts] == [("hours", 600_000), ("wish_setting", 400_000)]
    assert fit.total == sum(part.total for part in fit.parts) == 1_000_000
    assert fit.waterfall()["running_total"].tolist() == [600_000, 1_000_000]


@pytest.mark.parametrize("seed", range(3))
def test_a_fit_equals_one_pair_at_a_time(seed):
    scores = random_scores(20, 12, seed=seed)
    pairs = [(c, p) for c in scores.pool.candidates.ids for p in scores.pool.packages.ids]
    for fit in scores.fits(pairs):
        slow = obvious(scores, fit.candidate, fit.package)
        assert (fit.total, fit.low, fit.high) == (slow["total"], slow["low"], slow["high"])
        assert (fit.unknown_share, fit.outcome) == (slow["share"], slow["outcome"])


def test_unknown_hours_give_neutral_points_and_the_whole_range():
    fit = fit_of(person(wished_setting=CALM), work(hours_min=16, setting=CALM))
    assert (fit.points, fit.low // 1000, fit.high // 1000) == (700, 400, 1000)
    assert fit.unknown_share == 600
    assert fit.band == "possible"


def test_an_old_profile_keeps_its_points_and_band_but_not_its_range():
    fit = fit_of(person(hours_max=24, wished_setting=CALM, profile_date=OLD), work(hours_min=16, setting=CALM))
    assert (fit.points, fit.band, fit.unknown_share) == (1000, "strong", 0)
    assert (fit.low, fit.high) == (0, 1_000_000)
    assert "01-01-2026" in str(fit)


def test_an_old_profile_cannot_exclude_but_a_veto_of_any_age_does():
    package = work(hours_min=24, hours_negotiable=False)
    assert fit_of(person(hours_max=16), package).outcome is Outcome.CONFLICT
    assert fit_of(person(hours_max=16, profile_date=OLD), package).outcome is Outcome.TO_JUDGE
    vetoed = person(never=frozenset({"work_package:WP-1"}), profile_date=OLD)
    assert fit_of(vetoed, package).outcome is Outcome.CONFLICT


def test_what_could_move_most_points_is_asked_first():
    fit = fit_of(person(), work(hours_min=16, setting=CALM))
    assert [question.field for question in fit.questions] == ["hours_max", "wished_setting"]


def test_availability_of_an_old_profile_is_asked_first():
    fit = fit_of(person(available="now", profile_date=OLD), work(hours_min=16, setting=CALM))
    assert [question.field for question in fit.questions] == ["available", "hours_max", "wished_setting"]
    assert "01-01-2026" in str(fit.questions[0].sentence)


def test_strengths_name_wishes_first_and_never_what_nobody_is_asked():
    known = person(hours_max=24, wished_setting=CALM)
    both = fit_of(known, work(hours_min=16, setting=CALM))
    assert [str(reason) for reason in both.strengths] == ["omgeving", "uren 24 bij 16"]
    assert [str(reason) for reason in fit_of(known, work(setting=CALM)).strengths] == ["omgeving"]


def test_a_conflict_keeps_its_points_and_says_what_would_mend_it():
    fit = fit_of(person(hours_max=16), work(hours_min=24, hours_negotiable=False))
    assert fit.outcome is Outcome.CONFLICT
    assert fit.total == 600 * 200 + 400 * 500
    assert [str(found.remedy) for found in fit.conflicts] == ["als 16 uur zou kunnen"]
    assert "als 16 uur zou kunnen" in str(fit)


def test_the_story_shows_the_sum_and_fits_80_columns():
    quiet = work(
        title="Archief op orde met een heel erg lange titel die niet op een regel past",
        hours_min=16,
        offers=(Offer(arrangement="quiet_place", state="arrangeable", weeks=2, provider="employer"),),
        tasks=(Task(name="Ordenen", hours=16, demands=(("noise", 2),)),),
    )
    needs = (Need(demand="noise", level=1, arrangements=("quiet_place",)),)
    text = str(fit_of(person(hours_max=24, needs=needs), quiet))
    assert max(map(len, text.splitlines())) <= 80
    assert "600 van 600." in text
    assert "Samen: 800 van 1000 punten." in text
    assert "Rustige werkplek: te regelen in 2 weken" in text


def test_the_story_is_told_in_english_too():
    text = fit_of(person(hours_max=24), work(hours_min=16)).explain("en")
    assert "Together: 800 of 1000 points." in text
