"""The first question is the one whose answer could change most lists."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from matching.advice.questions import ask_first, last_places
from matching.domain.pool import Pool
from matching.scoring.scorecard import score
from matching.synthetic.answers import asked
from matching.synthetic.world import generate
from tests.strategies import AS_OF


@pytest.fixture(scope="module")
def world():
    return generate(60, 30, seed=5)


def pool_of(people, package):
    return Pool.of(people, [package], as_of=AS_OF)


def test_who_is_known_in_every_respect_is_not_asked(known_candidate, archive_package):
    calls = ask_first(score(pool_of([known_candidate], archive_package)))
    assert calls.questions == {}
    assert calls.open_places == 0


def test_the_unknown_wish_is_asked_before_the_unknown_setting(known_candidate, archive_package):
    silent = replace(known_candidate, wished_work_kinds=None, wants_to_learn=None, wished_setting=None)
    rival = replace(known_candidate, candidate_id="K-2")
    calls = ask_first(score(pool_of([silent, rival], archive_package)), size=1)
    fields = [one.field for one in calls.questions["K-1"]]
    assert set(fields[:2]) == {"wished_work_kinds", "wants_to_learn"}
    assert "K-2" not in calls.questions


def test_a_question_that_cannot_bring_her_on_the_list_says_so(known_candidate, archive_package):
    silent = replace(known_candidate, wished_setting=None)
    rival = replace(known_candidate, candidate_id="K-2")
    first = ask_first(score(pool_of([silent, rival], archive_package)), size=1).questions["K-1"][0]
    assert (first.field, first.best, first.comes_on) == ("wished_setting", 40, 1)


def test_an_open_package_is_asked_too(known_candidate, archive_package):
    vague = replace(archive_package, setting=None)
    people = [known_candidate, replace(known_candidate, candidate_id="K-2", wished_setting=frozenset({"lively"}))]
    found = ask_first(score(pool_of(people, vague)), about="package", size=1).questions["WP-1"]
    assert [one.field for one in found] == ["setting"]
    assert "werkplek" in str(found[0].question)


def test_calls_stand_most_useful_first_with_at_most_three_questions(world):
    calls = ask_first(score(world.pool), size=5)
    worth = [sum(one.value for one in found) for found in calls.questions.values()]
    assert worth == sorted(worth, reverse=True)
    assert {len(found) for found in calls.questions.values()} <= {1, 2, 3}
    assert 0 < calls.open_places <= 1000


def test_every_question_is_about_something_that_is_open(world):
    pool = world.pool
    for found in list(ask_first(score(pool), size=5).questions.values())[:20]:
        for one in found:
            assert pool.candidate(one.identity) is not None
            assert str(one.question) and str(one.effect)
            assert one.value or one.bands or one.best or one.worst


def test_no_answer_moves_anybody_beyond_the_range(world):
    """A true answer to the first question stays within low and high as they were."""
    scores = score(world.pool)
    first = {identity: found[0] for identity, found in ask_first(scores, size=5).questions.items()}
    identity, one = next(iter(first.items()))
    after = score(asked(world, one.field, [identity]))
    for package_id in world.pool.packages.ids[:10]:
        before = scores.fit(identity, package_id)
        assert before.low <= after.fit(identity, package_id).total <= before.high


def test_the_last_place_of_a_list_is_the_total_to_beat():
    totals = np.array([[5, 9], [7, -1], [6, -1]], dtype=np.int32)
    assert last_places(totals, 2).tolist() == [6, 0]


def test_where_everybody_is_on_the_list_an_answer_is_worth_points_and_no_places(known_candidate, archive_package):
    silent = replace(known_candidate, candidate_id="K-2", wished_setting=None)
    scores = score(pool_of([known_candidate, silent], archive_package))
    calls = ask_first(scores)
    told = " ".join(calls.text().split())
    assert "op 0 lijsten" not in told and "verandert niet wie op een lijst staat" in told and "40 punten erbij" in told
    assert "Geen antwoord verandert wie" in told and "0 % van de plekken" not in told
    shown = " ".join(str(scores.shortlist("WP-1")).split())
    assert "0 van de 2" not in shown and "alleen de punten en de volgorde" in shown


@pytest.mark.parametrize("about", ["candidate", "package"])
def test_no_question_is_worth_nothing_and_one_asked_about_has_its_own_heading(world, about):
    calls = ask_first(score(world.pool), size=5, about=about, most=9)
    assert all(one.value or one.best or one.worst for found in calls.questions.values() for one in found)
    identity = next(iter(calls.questions))
    own = calls.only(identity)
    assert set(own.questions) == {identity} and identity in str(own.title[0]) and "van de" not in str(own.title[0])


def test_about_one_package_its_own_list_is_counted_and_not_the_whole_pool(world):
    calls = ask_first(score(world.pool), about="package", size=5)
    identity = next(iter(calls.questions))
    own = calls.only(identity)
    loose, places = own.hanging[identity]
    assert 0 < loose <= places >= 5 and own.open_places == 1000 * loose // places
    told = " ".join(own.text().split())
    assert f"Bij {identity} staan nu {places} kandidaten bij de eerste 5" in told and f"Bij {loose} daarvan" in told
    assert "Op alle lijsten samen" in " ".join(calls.text().split())
