"""A stated change is true: made to a random pair, the rule that asked for it is content."""

from __future__ import annotations

import dataclasses
import datetime as dt
from dataclasses import replace

import numpy as np
import pytest
from crowds import FEW, MANY, crowds, hold

from matching.domain.education import HIGHER_EDUCATION_STEP, education_levels, step_of
from matching.domain.judging import Outcome, Pair, Sides
from matching.rules import RULES
from tests.strategies import AS_OF

PART = dataclasses.replace(MANY, pairs=5_000, examples=5)
SIZES = [pytest.param(FEW, id="few"), pytest.param(PART, id="many", marks=pytest.mark.soak)]
"""For every one of the rules: a hundred thousand pairs together."""

ROUNDS = 12
"""How often five thousand pairs more are drawn when some change has not occurred yet."""

HALF_A_YEAR = dt.timedelta(weeks=26)
GRADUATE = next(key for key in education_levels() if step_of(key) == HIGHER_EDUCATION_STEP)


def start_on(name):
    return lambda pair, said: of_package(pair, start_date=said[name], end_date=None)


def of_package(pair, **values):
    return replace(pair, package=replace(pair.package, **values))


def of_candidate(pair, **values):
    return replace(pair, candidate=replace(pair.candidate, **values))


def fewer_hours(pair, said):
    most = pair.package.hours_max
    return of_package(pair, hours_min=said["hours"], hours_max=None if most is None else max(most, said["hours"]))


def more_hours(pair, said):
    return of_package(pair, hours_max=said["hours"])


def other_days(pair, said):
    own = pair.candidate.days_available
    count = pair.package.days_per_week
    return of_package(pair, days_required=own, days_per_week=said["count"] if count is None else min(count, len(own)))


def from_home(pair, said):
    return of_package(pair, days_per_week=5, days_at_home=5)


def experienced(pair, said):
    kinds = pair.package.work_kinds
    if not kinds:
        return None
    return of_candidate(pair, experience=tuple((kind, 5.0) for kind in sorted(kinds)))


def not_essential(pair, said):
    return of_package(pair, skills_essential=pair.package.skills_essential - pair.candidate.skills_absent)


def enough_language(pair, said):
    own = dict(pair.candidate.languages)
    asked = pair.package.languages_asked
    return of_package(pair, languages_asked=tuple((key, min(level, own.get(key, level))) for key, level in asked))


def without_tasks(pair, said):
    return of_package(pair, tasks=tuple(task for task in pair.package.tasks if task.name not in said["tasks"]))


def long_enough(pair, said):
    start = pair.package.start_date or AS_OF
    return of_package(pair, start_date=start, end_date=start + HALF_A_YEAR, hours_max=said["least"])


def complete(pair, said):
    tasks = pair.package.tasks or packages_task()
    return of_package(pair, tasks=tasks, hours_max=24.0, hours_min=16.0, guide_named=True, no_displacement=True)


def packages_task():
    from matching.domain.work_package import Task

    return (Task(name="Ordenen"),)


def team_in_order(pair, said):
    team = of_package(pair, places=12, team_members=8, team_starters=0, team_leader="G-1", job_coach="G-2")
    return of_candidate(team, not_together_with=frozenset())


def riha(pair, said):
    """Make every change that the sentence names, and no other."""
    for change in said["changes"]:
        pair = RIHA[change.key.rsplit("remedy_", 1)[1]](pair, dict(change.values))
    return pair


def graded(pair, said):
    return of_package(pair, scale_min=said["low"], scale_max=said["high"])


def confirmed(pair, said):
    return of_candidate(pair, working_level=GRADUATE, working_level_confirmed=True)


RIHA = {
    "scale_outside": graded,
    "scale_partly": graded,
    "no_level": confirmed,
    "level": confirmed,
    "diploma": lambda pair, said: of_candidate(pair, education_completed=True),
    "period": lambda pair, said: of_package(pair, end_date=None, lasting_prospect=True),
    "secondment": lambda pair, said: of_package(pair, start_date=said["free"], end_date=None, lasting_prospect=True),
}

CHANGES = {
    "own_veto.remedy_officer": lambda pair, said: of_candidate(pair, agreements=()),
    "available.remedy_free": lambda pair, said: of_candidate(pair, available="now"),
    "available.remedy_start": start_on("free"),
    "hours.remedy_fewer": fewer_hours,
    "hours.remedy_more": more_hours,
    "days.remedy": other_days,
    "travel.remedy": from_home,
    "travel.remedy_both": from_home,
    "travel.remedy_company": lambda pair, said: of_candidate(pair, travels_alone=True),
    "level.remedy": experienced,
    "wished_scale.remedy": lambda pair, said: of_package(pair, scale_max=said["scale"]),
    "essential_skill.remedy": not_essential,
    "language.remedy": enough_language,
    "licence.remedy": lambda pair, said: of_package(pair, licence_asked=frozenset()),
    "demands.remedy_carve": without_tasks,
    "guidance.remedy": lambda pair, said: of_package(pair, guidance_hours=pair.package.guidance_hours + said["short"]),
    "arrangement_time.remedy": start_on("ready"),
    "support_conditions.remedy": long_enough,
    "register.remedy": lambda pair, said: of_candidate(pair, register_status=True, register_checked_on=AS_OF),
    "presentable.remedy": lambda pair, said: of_candidate(pair, consent_to_present=True),
    "screening.remedy": start_on("ready"),
    "programme_entry.remedy": riha,
    "team_place.remedy": team_in_order,
    "package_ready.remedy": complete,
}
"""How the change that a sentence states is made; sentences that only say whom to ask are not here."""


def stated(sentence):
    """Return the sentence that states a change, also when another stands before it."""
    return stated(dict(sentence.values)["rest"]) if sentence.key == "words.together" else sentence


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("key", sorted(RULES))
def test_a_stated_change_is_true_when_it_is_made(key, size):
    """Every pair of a pool is judged at once; every pair that asks for a change is changed and judged again, alone."""
    rule, tried = RULES[key](), set()

    def law(pool):
        nonlocal tried
        people, work = pool.candidates.rows(), pool.packages.rows()
        for person, package in found_by(rule, pool):
            pair = Pair(candidate=people[person], package=work[package], as_of=AS_OF, travel=pool.travel)
            remedy = rule.remedy(pair)
            change = CHANGES.get(stated(remedy).key.removeprefix("rules.")) if remedy else None
            changed = change(pair, dict(stated(remedy).values)) if change else None
            assert changed is None or outcome_of(rule, changed) is Outcome.FITS, (str(remedy), changed)
            tried |= {stated(remedy).key.removeprefix("rules.")} if changed else set()
        return len(people) * len(work)

    wanted = {change for change in CHANGES if change.startswith(f"{key}.")}
    for _ in range(1 if size is FEW else ROUNDS):
        hold(law, size, pool=crowds(size, known=True) | crowds(size))
        if tried >= wanted:
            break
    assert size is FEW or tried == wanted


def found_by(rule, pool):
    """Return the (candidate row, package row) of every pair that the rule does not let pass."""
    left, right = pool.candidates.classes(rule.reads.candidate), pool.packages.classes(rule.reads.package)
    outcome = rule.judge(Sides(candidate=left, package=right, as_of=AS_OF, travel=pool.travel)).outcome
    return np.argwhere(outcome[np.ix_(left.codes, right.codes)] != Outcome.FITS).tolist()


def outcome_of(rule, pair):
    return Outcome(int(rule.judge(pair.sides(rule.reads)).outcome[0, 0]))
