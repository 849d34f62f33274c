"""What an officer reads: whole sentences, no medical word, no blame, no bare percentage, no loose ends."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from matching.criteria import CRITERIA
from matching.domain.judging import Outcome, Pair
from matching.domain.pool import Pool
from matching.rules import RULES
from matching.scoring.scorecard import score
from matching.text import LANGUAGES, duration
from matching.text.catalogue import keys, template
from tests.scoring.tiny import AS_OF as TODAY
from tests.strategies import AS_OF, MATRIX, candidates, packages, pools

EASY = list(HealthCheck)
FEW = settings(max_examples=10, deadline=None, suppress_health_check=EASY, phases=[Phase.explicit, Phase.generate])
MANY = settings(max_examples=10_000, deadline=None, suppress_health_check=EASY)
BOTH = [pytest.param(FEW, id="few"), pytest.param(MANY, id="many", marks=pytest.mark.soak)]

LOOSE = re.compile(r"None|[{}]|onbekend onbekend|unknown unknown|\.\.|\?\.|\.\?|[.?!],|,\.|,,|;\.|:\.|  | ,|: geen\.$")
"""What a sentence with an empty value, or a sentence inside a sentence, looks like."""
MEDICAL = re.compile(
    r"ziek|diagnos|stoornis|beperk|handicap|autis|adhd|depress|burn-?out|medic|patiënt|psych|lichamelijk|"
    r"gezondheid|disorder|disab|illness|disease|sick|health|impair|suffer",
    re.IGNORECASE,
)
BLAME = re.compile(
    r"ongeschikt|tekort(?!\b.*uur)|faalt|falen|gebrek|onvoldoende|te laag|weiger|zwak|slecht|probleem|lui\b|"
    r"ondermaats|unfit|unsuitable|fails?\b|failed|inadequate|insufficient|refuses|weak|poor|too low|problem|fault",
    re.IGNORECASE,
)
BARE = re.compile(r"%(?! van de | of the )")
OURS = ("rules", "criteria", "scoring", "bridging")
REFUSALS = "scoring.refused."
"""Sentences about a file, not about a person."""


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("unwanted", [MEDICAL, BLAME, BARE], ids=["medical", "blame", "bare percentage"])
def test_no_sentence_holds_a_medical_word_a_blame_or_a_bare_percentage(unwanted, language):
    ours = [key for family in OURS for key in keys(family)]
    told = {key: template(key, language) for key in ours if not key.startswith(REFUSALS)}
    assert {key: text for key, text in told.items() if unwanted.search(text)} == {}


@pytest.mark.parametrize("config", BOTH)
def test_every_reason_question_and_remedy_of_a_random_pair_is_a_whole_sentence(config):
    def law(candidate, package):
        pair = Pair(candidate=candidate, package=package, as_of=AS_OF, travel=MATRIX)
        for sentence in said_of(pair):
            for language in LANGUAGES:
                assert not LOOSE.search(sentence.text(language)), (sentence.key, sentence.text(language))

    config(given(candidate=candidates(), package=packages())(law))()


def said_of(pair):
    """Yield every sentence of every rule and criterion about a pair."""
    for rule in (made() for made in RULES.values()):
        outcome = Outcome(int(rule.judge(pair.sides(rule.reads)).outcome[0, 0]))
        yield rule.reason(pair, outcome)
        yield from (question.sentence for question in rule.questions(pair))
        yield from filter(None, [rule.remedy(pair)])
    for criterion in (made() for made in CRITERIA.values()):
        yield criterion.reason(pair)
        yield from (question.sentence for question in criterion.questions(pair))


@pytest.mark.parametrize("config", BOTH)
def test_stories_and_lists_of_random_pools_fit_80_columns_and_have_no_loose_ends(config):
    def law(pool, language):
        scores = score(pool)
        package = pool.packages.ids[0]
        stories = [scores.fit(identity, package).explain(language) for identity in pool.candidates.ids]
        for text in (*stories, scores.shortlist(package).text(language)):
            assert max(map(len, text.splitlines())) <= 80
            assert not re.search(r"None|[{}]|onbekend onbekend|unknown unknown|\.\.|\?\.|,\.", text), text

    config(given(pool=pools(), language=st.sampled_from(LANGUAGES))(law))()


def old(candidate):
    return dataclasses.replace(candidate, profile_date=dt.date(2024, 5, 6))


def story_of(candidate, package):
    return score(Pool.of([candidate], [package], as_of=TODAY)).fit(candidate.candidate_id, package.work_package_id)


def few_hours(known_candidate, archive_package):
    person = dataclasses.replace(known_candidate, hours_min=8.0, hours_max=12.0, can_grow_hours=False)
    tasks = tuple(dataclasses.replace(task, carveable=False) for task in archive_package.tasks)
    fixed = {"hours_min": 24.0, "hours_max": 32.0, "hours_negotiable": False, "build_up_possible": False}
    return person, dataclasses.replace(archive_package, tasks=tasks, **fixed)


def test_what_an_old_profile_cannot_exclude_is_said_and_asked(known_candidate, archive_package):
    person, package = few_hours(known_candidate, archive_package)
    assert story_of(person, package).outcome is Outcome.CONFLICT
    fit = story_of(old(person), package)
    reason = next(str(found.reason) for found in fit.findings if found.key == "hours")
    assert fit.outcome is Outcome.TO_JUDGE
    assert reason.startswith("Bekend is: De uren passen niet")
    assert reason.endswith("Maar het profiel is van 06-05-2024: navragen.")
    assert "Klopt dit nog: Uren?" in str(fit)


def test_a_list_starts_with_one_row_a_person_and_says_once_what_the_manager_must_add(known_candidate, archive_package):
    people = [dataclasses.replace(known_candidate, candidate_id=f"K-{n}") for n in range(3)]
    open_package = dataclasses.replace(archive_package, guide_named=None, team_leader=None)
    found = score(Pool.of(people, [open_package], as_of=TODAY)).shortlist(open_package.work_package_id)
    text, details = str(found), str(found).index("\n1")
    assert text.count("Vraag de manager om aan te vullen") == 1
    top = text[: text.index("* onder voorbehoud")]
    assert all(top.count(person.candidate_id) == 1 for person in people)
    assert details < text.index("Vraag de manager")


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(1, "1 minuut"), (119, "119 minuten"), (120, "2 uur"), (556, "9 uur en 16 minuten"), (None, "onbekend")],
)
def test_a_long_trip_is_told_in_hours(minutes, words):
    assert str(duration(minutes)) == words
