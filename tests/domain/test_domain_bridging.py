"""A candidate's needs against what the work asks: what bridges a demand, for one pair and for all at once."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.domain.bridging import (
    DEMAND_CANDIDATE_READS,
    DEMAND_PACKAGE_READS,
    Bridge,
    bridge_table,
    earliest_start,
    match_demands,
    needed_arrangements,
    not_doable_hours,
    preparation_weeks,
)
from matching.domain.candidate import Candidate, Need
from matching.domain.judging import Sides
from matching.domain.pool import Pool
from matching.domain.work_package import Location, Offer, Task, WorkPackage

AS_OF = dt.date(2026, 11, 1)
CONFIRMED = dt.date(2026, 10, 1)


def work(*offers, place=(), **demands):
    tasks = (Task(name="taak", hours=10.0, demands=tuple(demands.items())), Task(name="rest", hours=10.0))
    location = Location(location_id="L-1", place_demands=place)
    return WorkPackage(work_package_id="WP-1", tasks=tasks, offers=offers, location=location)


def person(*needs, **more):
    return Candidate(candidate_id="K-1", needs=needs, **more)


def offer(arrangement, state, **more):
    return Offer(arrangement=arrangement, state=state, **more)


def bridges(package, *needs):
    return [match.bridge for match in match_demands(needs, package)]


def doable(candidate, package):
    sides = sides_of([candidate], [package])
    found = not_doable_hours(sides)
    return int(found.blocked[0, 0]), int(found.certain[0, 0])


def sides_of(candidates, packages):
    pool = Pool.of(candidates, packages, as_of=AS_OF)
    people, jobs = pool.candidates.classes(DEMAND_CANDIDATE_READS), pool.packages.classes(DEMAND_PACKAGE_READS)
    return Sides(candidate=people, package=jobs, as_of=AS_OF, travel=pool.travel)


QUIET = Need(demand="noise", level=1, arrangements=("quiet_place",), confirmed_on=CONFIRMED)


@pytest.mark.parametrize(
    ("state", "bridge"),
    [
        ("present", Bridge.PRESENT),
        ("arrangeable", Bridge.ARRANGEABLE),
        ("unknown", Bridge.UNKNOWN_OFFER),
        ("not_possible", Bridge.NOT_POSSIBLE),
    ],
)
def test_a_named_arrangement_bridges_as_the_package_offers_it(state, bridge):
    assert bridges(work(offer("quiet_place", state), noise=2), QUIET) == [bridge]


def test_a_demand_within_what_goes_well_needs_nothing():
    assert bridges(work(noise=1), QUIET) == [Bridge.OWN]
    assert bridges(work(telephone=3), QUIET) == [Bridge.OWN]


def test_an_arrangement_of_which_the_package_says_nothing_is_unknown():
    assert bridges(work(noise=2), QUIET) == [Bridge.UNKNOWN_OFFER]


def test_several_rows_are_all_needed():
    rows = (QUIET, Need(demand="noise", level=1, arrangements=("sound_shield",)))
    found = bridges(work(offer("quiet_place", "present"), offer("sound_shield", "not_possible"), noise=3), *rows)
    assert found == [Bridge.PRESENT, Bridge.NOT_POSSIBLE]


def test_one_of_the_alternatives_in_a_row_suffices():
    row = Need(demand="noise", level=0, arrangements=("own_room", "home_working"))
    package = work(offer("own_room", "not_possible"), offer("home_working", "arrangeable", weeks=3), noise=2)
    (match,) = match_demands((row,), package)
    assert (match.bridge, match.arrangement, match.weeks) == (Bridge.ARRANGEABLE, "home_working", 3)


def test_what_the_candidate_names_overrules_the_catalogue():
    row = Need(demand="noise", level=1, arrangements=("job_coach",))
    (match,) = match_demands((row,), work(offer("quiet_place", "present"), offer("job_coach", "not_possible"), noise=2))
    assert (match.bridge, match.arrangement, match.named_by_candidate) == (Bridge.NOT_POSSIBLE, "job_coach", True)


def test_without_a_named_arrangement_the_catalogue_only_suggests():
    row = Need(demand="telephone", level=0, confirmed_on=CONFIRMED)
    (match,) = match_demands((row,), work(offer("written_contact", "present"), telephone=2))
    assert (match.bridge, match.arrangement, match.named_by_candidate) == (Bridge.SUGGESTED, "written_contact", False)


def test_unasked_needs_leave_every_demand_unknown_and_an_empty_list_means_none():
    assert {match.bridge for match in match_demands(None, work(noise=2, pace=1))} == {Bridge.UNKNOWN_NEED}
    assert {match.bridge for match in match_demands((), work(noise=2, pace=1))} == {Bridge.OWN}


def test_a_need_with_only_an_arrangement_is_needed_for_the_whole_package():
    rows = (Need(arrangements=("job_coach",)), Need(demand="pace", level=3))
    *_, whole = match_demands(rows, work(noise=2))
    assert (whole.demand, whole.task, whole.bridge, whole.arrangement) == (
        None,
        None,
        Bridge.UNKNOWN_OFFER,
        "job_coach",
    )


def test_a_need_with_only_an_arrangement_bridges_a_demand_it_may_bridge():
    rows = (Need(demand="noise", level=0), Need(arrangements=("own_room",)))
    assert bridges(work(offer("own_room", "present"), noise=2), *rows) == [Bridge.PRESENT, Bridge.PRESENT]


def test_arrangements_alone_do_not_say_which_demands_go_well():
    assert bridges(work(noise=2), Need(arrangements=("transport",))) == [Bridge.UNKNOWN_NEED, Bridge.UNKNOWN_OFFER]


def test_place_demands_and_shared_arrangements_of_the_building_count():
    place = Location(location_id="L", place_demands=(("noise", 2),), arrangements_present=frozenset({"quiet_place"}))
    package = WorkPackage(work_package_id="WP", tasks=(Task(name="taak", hours=8.0),), location=place)
    (match,) = match_demands((QUIET,), package)
    assert (match.task, match.bridge, match.weeks) == (None, Bridge.PRESENT, 0)


def test_only_a_confirmed_mismatch_with_recorded_not_possible_counts_as_not_doable():
    package = work(offer("quiet_place", "not_possible"), noise=2)
    unconfirmed = Need(demand="noise", level=1, arrangements=("quiet_place",))
    assert doable(person(QUIET), package) == (500, 500)
    assert doable(person(unconfirmed), package) == (0, 500)
    assert doable(person(QUIET), work(noise=2)) == (0, 500)


def test_needing_an_arrangement_that_is_offered_costs_nothing():
    for state in ("present", "arrangeable"):
        assert doable(person(QUIET), work(offer("quiet_place", state), noise=2)) == (0, 1000)


def test_unknown_needs_or_tasks_lower_only_the_certain_hours():
    assert doable(Candidate(candidate_id="K"), work(noise=2)) == (0, 500)
    assert doable(person(), WorkPackage(work_package_id="WP")) == (0, 0)
    assert doable(person(), work(noise=2)) == (0, 1000)


def test_weeks_are_the_longest_of_the_named_arrangements():
    rows = (QUIET, Need(demand="screen_work", level=1, arrangements=("input_aids",)))
    package = work(offer("quiet_place", "arrangeable", weeks=3), noise=2, screen_work=3)
    assert preparation_weeks(person(*rows), package) == 8
    assert preparation_weeks(person(Need(demand="noise", level=1)), package) == 0


def test_each_arrangement_is_listed_once_with_provider_and_weeks():
    rows = (Need(demand="pace", level=0, arrangements=("job_coach",)), Need(arrangements=("job_coach",)))
    (item,) = needed_arrangements(person(*rows, provision_by="municipality"), work(pace=2))
    assert (item.arrangement, item.state, item.weeks) == ("job_coach", "unknown", 8)
    assert (item.provider, item.task, item.named_by_candidate) == ("municipality", None, True)


def test_an_arrangement_reads_as_a_line_for_whoever_plans_it():
    named = needed_arrangements(person(QUIET), work(offer("quiet_place", "arrangeable", weeks=3), noise=2))
    assert [item.sentence.text() for item in named] == ["Rustige werkplek: te regelen in 3 weken door werkgever"]
    (item,) = needed_arrangements(person(Need(demand="telephone", level=0)), work(telephone=2))
    assert item.sentence.text("en").endswith("(a suggestion, still to be discussed with the candidate)")


def test_the_earliest_start_waits_for_arrangement_screening_and_person_in_parallel():
    package = WorkPackage(work_package_id="WP", tasks=(), screening="vog", screening_weeks=6)
    waits = person(Need(arrangements=("job_coach",)), available=dt.date(2026, 12, 1))
    assert earliest_start(waits, package, AS_OF) == AS_OF + dt.timedelta(weeks=8)
    assert earliest_start(person(), package, AS_OF) == AS_OF + dt.timedelta(weeks=6)
    assert earliest_start(person(available=dt.date(2027, 6, 1)), package, AS_OF) == dt.date(2027, 6, 1)
    assert earliest_start(person(available="no"), package, AS_OF) is None


DEMANDS = st.sampled_from(["noise", "telephone", "pace", "self_planning"])
ARRANGEMENTS = st.sampled_from(["quiet_place", "own_room", "written_contact", "job_coach", "own_pace", "transport"])
NEEDS = st.builds(
    Need,
    demand=st.none() | DEMANDS,
    level=st.none() | st.integers(0, 2),
    arrangements=st.lists(ARRANGEMENTS, max_size=2, unique=True).map(tuple),
    confirmed_on=st.sampled_from([None, CONFIRMED]),
)
ASKED = st.dictionaries(DEMANDS, st.integers(0, 3), max_size=3).map(lambda found: tuple(found.items()))
TASKS = st.builds(Task, name=st.text("abc", min_size=1), hours=st.sampled_from([None, 2.0, 7.5]), demands=ASKED)
STATES = st.sampled_from(["present", "arrangeable", "unknown", "not_possible"])
OFFERS = st.builds(Offer, arrangement=ARRANGEMENTS, state=STATES, weeks=st.none() | st.integers(0, 12))
PEOPLE = st.builds(Candidate, candidate_id=st.just("K"), needs=st.none() | st.lists(NEEDS, max_size=4).map(tuple))
PACKAGES = st.builds(
    WorkPackage,
    work_package_id=st.just("WP"),
    hours_max=st.just(24.0),
    tasks=st.none() | st.lists(TASKS, max_size=3, unique_by=lambda task: task.name).map(tuple),
    offers=st.lists(OFFERS, max_size=4, unique_by=lambda found: found.arrangement).map(tuple),
    location=st.none() | st.builds(Location, location_id=st.just("L"), place_demands=ASKED),
)


def expected(candidate, package):
    """The answers for one pair from its matches, in the plainest possible way."""
    matches = match_demands(candidate.needs, package)
    names = [task.name for task in package.tasks or ()] or [None]
    hours = dict(zip(names, package.task_hours or (1.0,), strict=True))
    not_possible = [match for match in matches if match.bridge is Bridge.NOT_POSSIBLE and match.confirmed_on]
    blocked = {match.task for match in not_possible if match.demand and match.possible is not None}
    unsure = {match.task for match in matches if not match.bridge.certain}
    whole = sum(hours.values())

    def lost(tasks):
        return whole if None in tasks else sum(hours[name] for name in tasks)

    return {
        "to_judge": any(match.bridge.to_judge for match in matches),
        "unknown": package.tasks is None or any(match.bridge.open_question for match in matches),
        "blocked": 1000 * lost(blocked) / whole,
        "certain": 0 if package.tasks is None else 1000 - 1000 * lost(unsure) / whole,
        "preparation_weeks": preparation_weeks(candidate, package),
    }


@settings(max_examples=60, deadline=None)
@given(st.lists(PEOPLE, min_size=1, max_size=4), st.lists(PACKAGES, min_size=1, max_size=3))
def test_all_pairs_at_once_equal_every_pair_alone(people, packages):
    check_equal(people, packages)


@pytest.mark.soak
@settings(max_examples=2_500, deadline=None)
@given(st.lists(PEOPLE, min_size=1, max_size=4), st.lists(PACKAGES, min_size=1, max_size=3))
def test_all_pairs_at_once_equal_every_pair_alone_at_length(people, packages):
    check_equal(people, packages)


def check_equal(people, packages):
    sides = sides_of(people, packages)
    table = bridge_table(sides)
    for number, candidate in enumerate(people):
        for column, package in enumerate(packages):
            at = sides.candidate.codes[number], sides.package.codes[column]
            alone = bridge_table(sides_of([candidate], [package]))
            for name, value in expected(candidate, package).items():
                found = getattr(table, name)()[at]
                assert found == getattr(alone, name)()[0, 0], name
                assert found == pytest.approx(value, abs=2 if name in ("blocked", "certain") else 0), name


@settings(max_examples=40, deadline=None)
@given(PEOPLE, PACKAGES)
def test_blocked_and_certain_hours_never_overlap_and_an_extra_need_never_helps(candidate, package):
    found = not_doable_hours(sides_of([candidate], [package]))
    assert 0 <= found.blocked[0, 0] <= 1000 - found.certain[0, 0] <= 1000
    if candidate.needs:
        extra = Need(demand="pace", level=0, confirmed_on=CONFIRMED)
        more = not_doable_hours(sides_of([person(*candidate.needs, extra)], [package]))
        assert more.blocked[0, 0] >= found.blocked[0, 0]
