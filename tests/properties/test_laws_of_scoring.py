"""The laws of scoring, on random pools over all fields with random missing values."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

from matching.domain.candidate import Candidate
from matching.domain.judging import Outcome
from matching.domain.pool import Pool
from matching.domain.work_package import Offer
from matching.scoring.scorecard import score
from tests.scoring.tiny import obvious
from tests.strategies import AS_OF, CANDIDATE_FIELDS, DAYS, MATRIX, SKILLS, candidates, demand, packages, pools, without

EASY = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much, HealthCheck.large_base_example]
FEW = settings(max_examples=8, deadline=None, suppress_health_check=EASY, phases=[Phase.explicit, Phase.generate])
MANY = settings(max_examples=10_000, deadline=None, suppress_health_check=EASY)
BOTH = [pytest.param(FEW, id="few"), pytest.param(MANY, id="many", marks=pytest.mark.soak)]


def hold(law, strategies, config):
    """Check a law on random examples."""
    config(given(**strategies)(law))()


def fit_of(candidate, package, travel=MATRIX):
    pool = Pool.of([candidate], [package], as_of=AS_OF, agreements=candidate.agreements, travel=travel)
    return score(pool).fit(candidate.candidate_id, package.work_package_id)


@pytest.mark.parametrize("config", BOTH)
def test_points_are_whole_within_bounds_and_the_reasons_add_up(config):
    def law(candidate, package):
        fit = fit_of(candidate, package)
        assert sum(part.weight for part in fit.parts) == 1000
        assert fit.total == sum(part.weight * part.points for part in fit.parts)
        assert 0 <= fit.low <= fit.total <= fit.high <= 1_000_000
        assert all(type(part.points) is int and 0 <= part.low <= part.points <= part.high <= 1000 for part in fit.parts)

    hold(law, {"candidate": candidates(), "package": packages()}, config)


@pytest.mark.parametrize("config", BOTH)
def test_all_pairs_at_once_equal_one_pair_at_a_time_and_the_slow_way(config):
    def law(pool):
        scores = score(pool)
        block, people, work = scores.block(0, len(pool.packages)), pool.candidates.rows(), pool.packages.rows()
        for row, package in enumerate(work):
            for column, candidate in enumerate(people):
                slow = obvious(scores, candidate, package)
                assert block[row, column] == (-1 if slow["outcome"] is Outcome.CONFLICT else slow["total"])
                fit = scores.fit(candidate.candidate_id, package.work_package_id)
                assert (fit.total, fit.low, fit.high) == (slow["total"], slow["low"], slow["high"])
                assert (fit.outcome, fit.unknown_share) == (slow["outcome"], slow["share"])

    hold(law, {"pool": pools()}, config)


@pytest.mark.parametrize("config", BOTH)
def test_rows_in_another_order_change_nothing(config):
    def law(pool, random):
        people, work = pool.candidates.rows(), pool.packages.rows()
        random.shuffle(people), random.shuffle(work)
        turned = Pool.of(people, work, as_of=AS_OF, agreements=pool.agreements, travel=pool.travel)
        assert lists_of(score(turned)) == lists_of(score(pool))
        first, second = score(pool).block(0, 9), score(turned).block(0, 9)
        rows = [pool.packages.position(identity) for identity in turned.packages.ids]
        columns = [pool.candidates.position(identity) for identity in turned.candidates.ids]
        assert (first[np.ix_(rows, columns)] == second).all()

    hold(law, {"pool": pools(), "random": st.randoms(use_true_random=False)}, config)


def lists_of(scores):
    """Return every list as ids with their points."""
    ids = (*scores.pool.packages.ids, *scores.pool.candidates.ids)
    lines = {identity: scores.shortlist(identity).lines for identity in ids}
    return {
        identity: [(line.fit.candidate_id, line.fit.work_package_id, line.fit.points, line.tied) for line in found]
        for identity, found in lines.items()
    }


@pytest.mark.parametrize("config", BOTH)
def test_one_persons_scores_do_not_depend_on_who_else_is_there(config):
    def law(pool):
        alone = pool.select(candidates=[pool.candidates.ids[-1]])
        assert (score(alone).block(0, 9)[:, 0] == score(pool).block(0, 9)[:, -1]).all()

    hold(law, {"pool": pools()}, config)


@pytest.mark.parametrize("config", BOTH)
def test_other_ids_and_notes_change_no_points_band_or_range(config):
    def law(candidate, package):
        noted = dataclasses.replace(candidate, candidate_id="Z-9", motivation="graag", contact_route="desk 3")
        first, second = fit_of(candidate, package), fit_of(noted, package)
        assert numbers(first) == numbers(second)

    hold(law, {"candidate": candidates(), "package": packages()}, config)


def numbers(fit):
    return fit.total, fit.low, fit.high, fit.band, fit.outcome, fit.unknown_share


@pytest.mark.parametrize("config", BOTH)
def test_forgetting_a_field_only_widens_the_range_and_never_excludes(config):
    def law(candidate, package, field):
        known, unknown = fit_of(candidate, package), fit_of(without(candidate, field), package)
        assert unknown.low <= known.low <= known.total <= known.high <= unknown.high
        if known.outcome is not Outcome.CONFLICT:
            assert unknown.outcome is not Outcome.CONFLICT

    fields = st.sampled_from([*CANDIDATE_FIELDS, "hours_min", "hours_max", "skills", "skills_absent"])
    hold(law, {"candidate": candidates(), "package": packages(), "field": fields}, config)


@pytest.mark.parametrize("config", BOTH)
def test_somebody_of_whom_nothing_is_known_is_excluded_by_nothing(config):
    def law(package):
        fit = fit_of(Candidate(candidate_id="K-1", municipality="delft"), package)
        assert fit.outcome is not Outcome.CONFLICT
        assert fit.questions

    hold(law, {"package": packages()}, config)


@pytest.mark.parametrize("config", BOTH)
def test_a_skill_more_never_lowers(config):
    def law(candidate, package, skill):
        assume(candidate.skills is not None and skill not in (candidate.skills_absent or ()))
        more = dataclasses.replace(candidate, skills=candidate.skills | {skill})
        better(fit_of(candidate, package), fit_of(more, package))

    hold(law, {"candidate": candidates(), "package": packages(), "skill": st.sampled_from(SKILLS)}, config)


@pytest.mark.parametrize("config", BOTH)
def test_more_hours_days_or_travel_never_lower(config):
    def law(candidate, package, day):
        more = dataclasses.replace(
            candidate,
            hours_max=candidate.hours_max and candidate.hours_max + 4,
            max_travel_minutes=candidate.max_travel_minutes and candidate.max_travel_minutes + 30,
            days_available=candidate.days_available and candidate.days_available | {day},
        )
        better(fit_of(candidate, package), fit_of(more, package))

    hold(law, {"candidate": candidates(), "package": packages(), "day": st.sampled_from(DAYS)}, config)


@pytest.mark.parametrize("config", BOTH)
def test_an_arrangement_that_becomes_present_never_lowers(config):
    def law(candidate, package):
        present = tuple(Offer(arrangement=offer.arrangement, state="present") for offer in package.offers)
        better(fit_of(candidate, package), fit_of(candidate, dataclasses.replace(package, offers=present)))

    hold(law, {"candidate": candidates(), "package": packages()}, config)


def better(before, after):
    """Nothing got worse: no total, no end of the range, no exclusion."""
    assert (after.total, after.low, after.high) >= (before.total, before.low, before.high)
    assert after.total >= before.total and after.low >= before.low
    assert (after.outcome is Outcome.CONFLICT) <= (before.outcome is Outcome.CONFLICT)


@pytest.mark.parametrize("config", BOTH)
def test_a_demand_more_on_a_task_never_raises(config):
    def law(candidate, package, asked):
        assume(package.tasks and asked[0] not in dict(package.tasks[0].demands))
        first = dataclasses.replace(package.tasks[0], demands=(*package.tasks[0].demands, asked))
        harder = dataclasses.replace(package, tasks=(first, *package.tasks[1:]))
        easy, hard = fit_of(candidate, package), fit_of(candidate, harder)
        assert hard.total <= easy.total and hard.low <= easy.low

    hold(law, {"candidate": candidates(), "package": packages(), "asked": demand}, config)


@pytest.mark.parametrize("config", BOTH)
def test_needing_an_arrangement_that_is_offered_costs_nothing(config):
    def law(candidate, package):
        assume(candidate.needs and all(need.arrangements for need in candidate.needs))
        keys = {key for need in candidate.needs for key in need.arrangements}
        offered = tuple(Offer(arrangement=key, state="present") for key in sorted(keys))
        given_all = dataclasses.replace(package, offers=offered)
        assert fit_of(candidate, given_all).total == fit_of(dataclasses.replace(candidate, needs=()), given_all).total

    hold(law, {"candidate": candidates(), "package": packages()}, config)


@pytest.mark.parametrize("config", BOTH)
def test_every_exclusion_names_its_rules_and_without_them_the_pair_is_possible(config):
    def law(candidate, package):
        fit = fit_of(candidate, package)
        assume(fit.outcome is Outcome.CONFLICT)
        assert fit.conflicts and all(str(found.reason) for found in fit.conflicts)
        guilty = {found.key for found in fit.conflicts}
        left = [
            answer.outcome
            for rule, answer in zip(fit.yardstick.rules, fit.answers, strict=True)
            if rule.key not in guilty
        ]
        assert Outcome.CONFLICT not in left

    hold(law, {"candidate": candidates(known=True), "package": packages(known=True)}, config)


@pytest.mark.parametrize("config", BOTH)
def test_every_story_can_be_told_in_both_languages_within_80_columns(config):
    def law(candidate, package):
        fit = fit_of(candidate, package)
        for language in ("nl", "en"):
            lines = fit.explain(language).splitlines()
            assert max(map(len, lines)) <= 80
            assert not any("{" in line for line in lines)

    hold(law, {"candidate": candidates(), "package": packages()}, config)
