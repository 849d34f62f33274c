"""Laws that hold for every rule and any mixture of the cases of the table."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rules_cases import CASES, CLOSED, CONFIRMED, FIXED, MATRIX

from matching.domain.candidate import Candidate, Need
from matching.domain.columns import Table
from matching.domain.judging import Outcome, Pair, Sides
from matching.domain.travel import TravelTimes
from matching.domain.work_package import WorkPackage
from matching.rules import RULES, rule_set
from matching.text import LANGUAGES

FROZEN = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
"""The fixtures are frozen, so examples may share them."""
AS_OF = dt.date(2026, 11, 1)
TRAVEL = TravelTimes(MATRIX)
NEVER_BLANK = {"available_checked_until", "days_per_week", "agreements", "postcode4"}
"""An expiry that is not given means until further notice; the days on site follow from several columns."""


@pytest.fixture
def fitting(known_candidate, archive_package):
    """A candidate and a package of which everything is known and everything fits."""
    return known_candidate, archive_package


def mixed(known, side):
    """The fitting entity with the changes of up to four cases."""
    changes = st.lists(st.sampled_from([getattr(case, side) for case in CASES]), max_size=4)
    return changes.map(lambda found: dataclasses.replace(known, **{key: v for one in found for key, v in one.items()}))


def blanked(entity, names):
    return dataclasses.replace(entity, **dict.fromkeys(names))


def outcome(rule, candidate, package):
    pair = Pair(candidate=candidate, package=package, as_of=AS_OF, travel=TRAVEL)
    return Outcome(int(rule.judge(pair.sides(rule.reads)).outcome[0, 0]))


def check_batch(people, packages):
    people = [dataclasses.replace(person, candidate_id=f"K-{n}") for n, person in enumerate(people)]
    packages = [dataclasses.replace(package, work_package_id=f"WP-{n}") for n, package in enumerate(packages, start=1)]
    tables = Table.of(Candidate, people, "candidate_id"), Table.of(WorkPackage, packages, "work_package_id")
    for rule in rule_set():
        left, right = tables[0].classes(rule.reads.candidate), tables[1].classes(rule.reads.package)
        found = rule.judge(Sides(candidate=left, package=right, as_of=AS_OF, travel=TRAVEL))
        assert found.outcome.shape == found.unknown.shape == (left.size, right.size)
        for n, person in enumerate(people):
            for m, package in enumerate(packages):
                alone = rule.judge(
                    Pair(candidate=person, package=package, as_of=AS_OF, travel=TRAVEL).sides(rule.reads)
                )
                at = left.codes[n], right.codes[m]
                assert (found.outcome[at], found.unknown[at]) == (alone.outcome[0, 0], alone.unknown[0, 0]), rule.key


def check_blank(candidate, package, names):
    thin = blanked(candidate, names & fields_of("candidate")), blanked(package, names & fields_of("package"))
    for rule in rule_set():
        if outcome(rule, *thin) is Outcome.CONFLICT:
            assert outcome(rule, candidate, package) is Outcome.CONFLICT, rule.key


def fields_of(side):
    """Every field that may be unknown and that some rule reads."""
    entity = Candidate if side == "candidate" else WorkPackage
    blankable = {field.name for field in dataclasses.fields(entity) if field.default is None} - NEVER_BLANK
    return blankable & {name for rule in RULES.values() for name in getattr(rule.reads, side)}


def check_words(candidate, package, names):
    """Every rule says why, what to ask and what would help, whatever is known; an open question is always asked."""
    thin = blanked(candidate, names & fields_of("candidate")), blanked(package, names & fields_of("package"))
    pair = Pair(candidate=thin[0], package=thin[1], as_of=AS_OF, travel=TRAVEL)
    for rule in rule_set():
        verdicts = rule.judge(pair.sides(rule.reads))
        found = Outcome(int(verdicts.outcome[0, 0]))
        questions, remedy = rule.questions(pair), rule.remedy(pair)
        said = [rule.reason(pair, found), *(asked.sentence for asked in questions), *([remedy] if remedy else [])]
        assert all(sentence.text(language) for sentence in said for language in LANGUAGES)
        assert questions or not verdicts.unknown[0, 0], rule.key
        assert questions or remedy or found is Outcome.FITS, rule.key
        assert remedy is None or found is not Outcome.FITS, rule.key


BLANKS = st.sets(st.sampled_from(sorted(fields_of("candidate") | fields_of("package"))), max_size=8)


@settings(FROZEN, max_examples=25)
@given(data=st.data())
def test_all_pairs_at_once_equal_every_pair_alone(data, fitting):
    check_batch(*drawn_pools(data, fitting))


@pytest.mark.soak
@settings(FROZEN, max_examples=2_000)
@given(data=st.data())
def test_all_pairs_at_once_equal_every_pair_alone_at_length(data, fitting):
    check_batch(*drawn_pools(data, fitting))


@settings(FROZEN, max_examples=100)
@given(data=st.data())
def test_what_is_unknown_never_excludes(data, fitting):
    check_blank(data.draw(mixed(fitting[0], "candidate")), data.draw(mixed(fitting[1], "package")), data.draw(BLANKS))


@pytest.mark.soak
@settings(FROZEN, max_examples=10_000)
@given(data=st.data())
def test_what_is_unknown_never_excludes_at_length(data, fitting):
    check_blank(data.draw(mixed(fitting[0], "candidate")), data.draw(mixed(fitting[1], "package")), data.draw(BLANKS))


@settings(FROZEN, max_examples=60)
@given(data=st.data())
def test_whatever_is_known_every_rule_says_why_and_asks_what_is_open(data, fitting):
    check_words(data.draw(mixed(fitting[0], "candidate")), data.draw(mixed(fitting[1], "package")), data.draw(BLANKS))


@pytest.mark.soak
@settings(FROZEN, max_examples=5_000)
@given(data=st.data())
def test_whatever_is_known_every_rule_says_why_and_asks_what_is_open_at_length(data, fitting):
    check_words(data.draw(mixed(fitting[0], "candidate")), data.draw(mixed(fitting[1], "package")), data.draw(BLANKS))


@pytest.mark.parametrize("rule", rule_set(), ids=lambda rule: rule.key)
def test_a_pair_of_which_nothing_is_known_is_never_excluded(rule):
    candidate, package = Candidate(candidate_id="K-1"), WorkPackage(work_package_id="WP-1", programme="riha")
    assert outcome(rule, candidate, package) is not Outcome.CONFLICT


DEMAND = ("telephone", 3)
HARDER = {
    "essential_skill": lambda package: {"skills_essential": (package.skills_essential or frozenset()) | {"barista"}},
    "language": lambda package: {"languages_asked": (*(package.languages_asked or ()), ("fr", 4))},
    "licence": lambda package: {"licence_asked": (package.licence_asked or frozenset()) | {"C"}},
    "demands": lambda package: {"tasks": tuple(map(harder, package.tasks or ())) or None},
    "level": lambda package: {"level_min": "doctor"},
    "guidance": lambda package: {"guidance_hours": 0.0},
}


def harder(task):
    return dataclasses.replace(task, demands=(*task.demands, DEMAND))


@pytest.mark.parametrize("key", HARDER)
@settings(FROZEN, max_examples=40)
@given(data=st.data())
def test_asking_more_never_turns_a_conflict_or_signal_into_a_fit(key, data, fitting):
    rule = RULES[key]()
    candidate, package = data.draw(mixed(fitting[0], "candidate")), data.draw(mixed(fitting[1], "package"))
    more = dataclasses.replace(package, **HARDER[key](package))
    before, after = outcome(rule, candidate, package), outcome(rule, candidate, more)
    if before is Outcome.CONFLICT or (before is Outcome.TO_JUDGE and key != "level"):
        assert after >= before


def test_a_further_need_never_turns_a_signal_into_a_fit(fitting):
    candidate, package = fitting
    rows = (Need(demand="telephone", level=0, confirmed_on=CONFIRMED), Need(demand="noise", level=0))
    package = dataclasses.replace(package, tasks=tuple(map(harder, package.tasks)))
    found = [outcome(RULES["demands"](), dataclasses.replace(candidate, needs=rows[:n]), package) for n in range(3)]
    assert found == [Outcome.FITS, Outcome.TO_JUDGE, Outcome.TO_JUDGE]


@pytest.mark.parametrize(
    "open_field", ["hours_negotiable", "build_up_possible", "tasks", "hours_min"], ids=lambda name: f"unsaid-{name}"
)
def test_hours_exclude_only_when_every_way_out_is_said_to_be_closed(open_field, fitting):
    candidate = dataclasses.replace(fitting[0], hours_min=8.0, hours_max=16.0, can_grow_hours=False)
    package = dataclasses.replace(fitting[1], tasks=FIXED["tasks"])
    rule = RULES["hours"]()
    assert outcome(rule, candidate, package) is Outcome.CONFLICT
    assert outcome(rule, candidate, blanked(package, [open_field])) is not Outcome.CONFLICT
    assert outcome(rule, blanked(candidate, ["can_grow_hours"]), package) is Outcome.TO_JUDGE


def test_an_estimate_never_excludes(fitting):
    candidate = dataclasses.replace(fitting[0], municipality="groningen", max_travel_minutes=5)
    package = dataclasses.replace(fitting[1], offers=CLOSED)
    pair = Pair(candidate=candidate, package=package, as_of=AS_OF, travel=TravelTimes())
    rule = RULES["travel"]()
    assert rule.judge(pair.sides(rule.reads)).outcome[0, 0] == Outcome.TO_JUDGE
    assert outcome(rule, candidate, package) is Outcome.CONFLICT


def test_settings_are_fields_that_change_the_answer(fitting):
    candidate = dataclasses.replace(fitting[0], available=dt.date(2027, 1, 20))
    pair = Pair(candidate=candidate, package=fitting[1], as_of=AS_OF, travel=TRAVEL)
    patient, strict = RULES["available"](), dataclasses.replace(RULES["available"](), wait_weeks=2)
    assert "binnen 13 weken" in patient.reason(pair, Outcome.TO_JUDGE).text()
    assert "meer dan 2 weken" in strict.reason(pair, Outcome.TO_JUDGE).text()


def drawn_pools(data, fitting):
    people = data.draw(st.lists(mixed(fitting[0], "candidate"), min_size=1, max_size=4))
    return people, data.draw(st.lists(mixed(fitting[1], "package"), min_size=1, max_size=4))
