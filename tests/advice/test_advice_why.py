"""Why not: every rule with its values, and every "on the list if" comes true."""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from near_worlds import KINDS_OF_PERSON_STEPS, KINDS_OF_STEPS, near_world

from matching.advice.applied import scored_again, with_candidate, with_package
from matching.advice.leidraad import CRITERIA, PROMPTS, paired_rows
from matching.advice.person_steps import LevelConfirmed, person_steps
from matching.advice.why import why_not
from matching.criteria import CRITERIA as ALL_CRITERIA
from matching.domain.agreement import Agreement
from matching.domain.pool import Pool
from matching.rules import RULES as ALL_RULES
from matching.scoring.scorecard import score
from matching.synthetic.world import generate
from matching.text import LANGUAGES
from tests.strategies import AS_OF


def on_the_list(scores, package_id):
    """Return who is on the list of a package, from every single fit: the long way round."""
    fits = scores.fits([(candidate, package_id) for candidate in scores.pool.candidates.ids])
    return {fit.candidate_id for fit in fits if fit.outcome < 2 and fit.band != "worth_a_talk"}


def comes_true(scores, found, change):
    """Whether acting on a change puts exactly the promised people on the list."""
    candidate, package = found.fit.candidate, found.fit.package
    for step in change.person:
        candidate = step.apply(candidate)
    pool = with_candidate(with_package(scores.pool, change.variant.apply(package)), candidate)
    before = on_the_list(scores, package.work_package_id)
    after = on_the_list(scored_again(scores, pool), package.work_package_id)
    return after - before == set(change.people)


def cases(seed, count):
    """Return scores and pairs that are not on the list, excluded ones first."""
    scores = score(generate(25, 12, seed=seed).pool)
    totals = scores.block(0, 12)
    rows = np.argwhere(totals < 550_000)
    rows = rows[np.argsort(totals[tuple(rows.T)], kind="stable")][:count]
    ids = scores.pool.candidates.ids, scores.pool.packages.ids
    return scores, [(ids[0][person], ids[1][package]) for package, person in rows.tolist()]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_change_puts_exactly_the_promised_people_on_the_list(seed):
    scores, pairs = cases(seed, 60)
    tried = [(why_not(scores, *pair, depth=1), pair) for pair in pairs[::2]]
    changes = [(found, change) for found, _ in tried for change in found.changes]
    assert len(changes) >= 5
    assert all(comes_true(scores, found, change) for found, change in changes[:20])


def tried_in(pool, seed):
    """Return the scores of a pool and some of its pairs that are not on the list, excluded ones and low ones."""
    scores, chance = score(pool), random.Random(seed)
    totals = scores.block(0, len(pool.packages))
    found = []
    for mask in (totals < 0, (totals >= 0) & (totals < 550_000)):
        rows = np.argwhere(mask).tolist()
        found += chance.sample(rows, min(len(rows), 4))
    return scores, [(pool.candidates.ids[person], pool.packages.ids[package]) for package, person in found]


@pytest.mark.soak
def test_a_thousand_changes_put_exactly_the_promised_people_on_the_list(known_candidate, archive_package):
    """Half of the pools are made by the generator, half by changing a few fields of what fits."""
    tried, wrong, seed = Counter(), [], 0
    while tried["changes"] < 1000:
        near = near_world(known_candidate, archive_package, seed)
        for pool in (near, generate(25, 8, seed=100 + seed).pool):
            scores, pairs = tried_in(pool, seed)
            for pair in pairs:
                found = why_not(scores, *pair, depth=1 + seed % 2)
                for change in found.changes:
                    tried["changes"] += 1
                    tried.update({type(step).__name__ for step in (*change.variant.steps, *change.person)})
                    wrong += [] if comes_true(scores, found, change) else [(seed, pair)]
        seed += 1
    print(tried)  # noqa: T201
    assert wrong == []
    assert set(tried) == {"changes", *KINDS_OF_STEPS, *KINDS_OF_PERSON_STEPS}


def test_a_smaller_change_would_not_do():
    scores, pairs = cases(4, 12)
    for pair in pairs:
        found = why_not(scores, *pair)
        assert [change.size for change in found.changes] == sorted(change.size for change in found.changes)
        for change in found.changes:
            assert all(change.people[0] == pair[0] for change in found.changes)
            for step in change.variant.steps if len(change.variant.steps) > 1 and not change.person else ():
                alone = scored_again(scores, with_package(scores.pool, step.apply(found.fit.package)))
                assert pair[0] not in on_the_list(alone, pair[1])


def test_a_veto_of_her_own_is_hers_to_take_back(known_candidate, archive_package):
    unwilling = replace(known_candidate, never=frozenset({"work_kind:archive"}))
    found = why_not(score(Pool.of([unwilling], [archive_package], as_of=AS_OF)), "K-1", "WP-1")
    assert found.place is None and [finding.key for finding in found.failed] == ["own_veto"]
    assert "alleen zij of hij zelf" in str(found.changes[0].sentence)


def test_all_failed_rules_are_named_with_value_source_and_date(known_candidate, archive_package):
    veto = Agreement(kind="veto", candidate_id="K-1", work_package_id="WP-1", reason="te ver", by="bureau 1")
    away = replace(known_candidate, available="no", profile_source="gesprek")
    pool = Pool.of([away], [archive_package], as_of=AS_OF, agreements=[veto])
    found = why_not(score(pool), "K-1", "WP-1")
    assert {finding.key for finding in found.failed} == {"own_veto", "available"}
    value = next(item for item in found.evidence("available") if item.column == "available")
    assert (value.source, value.date) == ("gesprek", dt.date(2026, 9, 1))
    assert "01-09-2026" in found.text() and "gesprek" in found.text()


def test_a_pair_on_the_list_says_its_place_and_needs_no_change(known_candidate, archive_package):
    found = why_not(score(Pool.of([known_candidate], [archive_package], as_of=AS_OF)), "K-1", "WP-1")
    assert (found.on_the_list, found.place, found.possible, found.changes) == (True, 1, 1, ())
    assert "plaats 1 van 1" in found.text()


def test_every_criterion_and_rule_has_its_row_and_rows_three_and_four_never_count(known_candidate, archive_package):
    assert sorted(key for keys in CRITERIA.values() for key in keys) == sorted(ALL_CRITERIA)
    rows = paired_rows(score(Pool.of([known_candidate], [archive_package], as_of=AS_OF)).fit("K-1", "WP-1"))
    assert [row.number for row in rows if not row.scored] == sorted(PROMPTS)
    assert all(not row.findings for row in rows if row.number in PROMPTS)


def test_every_rule_stands_in_exactly_one_row():
    from matching.advice.leidraad import RULES

    assert sorted(key for keys in RULES.values() for key in keys) == sorted(ALL_RULES)


def test_the_page_reads_in_both_languages(known_candidate, archive_package):
    away = replace(known_candidate, available="no")
    found = why_not(score(Pool.of([away], [archive_package], as_of=AS_OF)), "K-1", "WP-1")
    assert all(len(line) <= 80 for language in LANGUAGES for line in found.text(language).splitlines())


def test_a_level_far_above_the_only_known_one_is_no_step(known_candidate, archive_package):
    work = replace(archive_package, level_min="bachelor")
    for level, offered in (("primary", False), ("mbo_4", True), (None, True)):
        person = replace(known_candidate, education=None, working_level=level, working_level_confirmed=None)
        assert any(isinstance(step, LevelConfirmed) for step in person_steps(person, work, AS_OF)) is offered
