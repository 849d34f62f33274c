"""Every rule answers as the table says, in Dutch and English, and every rule is in the table."""

from __future__ import annotations

import dataclasses
import inspect
import re

import pytest
from rules_cases import CASES, Case

from matching.domain.judging import Outcome, Pair, Rule
from matching.domain.travel import TravelTimes
from matching.rules import RULES, rule_set
from matching.text import LANGUAGES
from matching.text.catalogue import keys, template

KINDS = {"fits": Outcome.FITS, "to_judge": Outcome.TO_JUDGE, "conflict": Outcome.CONFLICT}
JUDGED_WHEN_UNKNOWN = {"presentable", "package_ready"}


@pytest.fixture
def pair_of(known_candidate, archive_package, as_of):
    def pair(case: Case) -> Pair:
        return Pair(
            candidate=dataclasses.replace(known_candidate, **case.candidate),
            package=dataclasses.replace(archive_package, **case.package),
            as_of=as_of,
            travel=TravelTimes(case.travel),
        )

    return pair


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.rule}-{case.kind}-{case.says}")
def test_a_rule_answers_as_the_table_says(case, pair_of):
    rule, pair = RULES[case.rule](), pair_of(case)
    verdicts = rule.judge(pair.sides(rule.reads))
    unknown_as = Outcome.TO_JUDGE if case.rule in JUDGED_WHEN_UNKNOWN else Outcome.FITS
    outcome = Outcome(int(verdicts.outcome[0, 0]))
    assert outcome is KINDS.get(case.kind, unknown_as)
    assert case.says in rule.reason(pair, outcome).text()
    if case.kind == "unknown" and case.rule not in ("own_veto", "wished_scale"):
        assert verdicts.unknown[0, 0]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.rule}-{case.kind}-{case.says}")
def test_all_that_a_rule_says_reads_in_both_languages(case, pair_of):
    rule, pair = RULES[case.rule](), pair_of(case)
    outcome = Outcome(int(rule.judge(pair.sides(rule.reads)).outcome[0, 0]))
    said = [rule.reason(pair, outcome), rule.remedy(pair), *(asked.sentence for asked in rule.questions(pair))]
    for sentence in filter(None, said):
        texts = [sentence.text(language) for language in LANGUAGES]
        assert all(text[0].isupper() or not text[0].isalpha() for text in texts)
        assert all(text.rstrip('"').endswith((".", "?")) for text in texts), texts
        assert not any(re.search(r"[{}]|None|frozenset", text) for text in texts), texts


@pytest.mark.parametrize(
    "case", [case for case in CASES if case.kind != "fits"], ids=lambda case: f"{case.rule}-{case.says}"
)
def test_what_is_unknown_is_asked_and_what_is_wrong_has_a_remedy_or_a_question(case, pair_of):
    rule, pair = RULES[case.rule](), pair_of(case)
    questions, remedy = rule.questions(pair), rule.remedy(pair)
    verdicts = rule.judge(pair.sides(rule.reads))
    if verdicts.unknown[0, 0]:
        assert questions
    if verdicts.outcome[0, 0] != Outcome.FITS:
        assert questions or remedy
    columns = {"candidate": vars(type(pair.candidate)), "package": vars(type(pair.package))}
    assert all(asked.field in columns[asked.about] for asked in questions)


@pytest.mark.parametrize("key", RULES)
def test_every_rule_has_an_allowed_a_refused_and_an_unknown_case(key):
    kinds = {case.kind for case in CASES if case.rule == key}
    assert {"fits", "to_judge", "unknown"} <= kinds
    assert ("conflict" in kinds) is RULES[key].can_conflict


@pytest.mark.parametrize("rule", rule_set(), ids=lambda rule: rule.key)
def test_a_fully_known_fitting_pair_fits_and_asks_nothing(rule, pair_of):
    pair = pair_of(Case(rule=rule.key, kind="fits", says=""))
    verdicts = rule.judge(pair.sides(rule.reads))
    assert (verdicts.outcome[0, 0], bool(verdicts.unknown[0, 0])) == (Outcome.FITS, False)
    assert rule.questions(pair) == ()
    assert rule.remedy(pair) is None


@pytest.mark.parametrize("rule", rule_set(), ids=lambda rule: rule.key)
def test_a_rule_reads_what_it_declares_and_says_its_name(rule, known_candidate, archive_package):
    assert isinstance(rule, Rule)
    assert all(hasattr(known_candidate, name) for name in rule.reads.candidate)
    assert all(hasattr(archive_package, name) for name in rule.reads.package)
    assert all(template(f"rules.name.{rule.key}", language) for language in LANGUAGES)


@pytest.mark.parametrize("family", ["rules", "bridging"])
def test_every_sentence_has_the_same_places_in_both_languages(family):
    for key in keys(family):
        places = [set(re.findall(r"{(\w+)}", template(key, language))) for language in LANGUAGES]
        assert places[0] == places[1], key


def test_no_sentence_of_the_rules_is_unused():
    source = "".join(inspect.getsource(inspect.getmodule(rule)) for rule in RULES.values())
    unused = [key for key in keys("rules") if not (set(key.split(".")[1:-1]) & {"name", "range", "essential"})
              and not _mentioned(key, source)]  # fmt: skip
    assert unused == []


def _mentioned(key: str, source: str) -> bool:
    last = key.rsplit(".", 1)[-1]
    stems = [
        last,
        last.removeprefix("remedy_"),
        last.removeprefix("ask_"),
        last.removeprefix("match_"),
        last.removeprefix("whole_"),
    ]
    return any(stem in source or stem.upper() in source for stem in stems) or last.startswith(
        ("level_", "match_", "whole_")
    )


@pytest.mark.parametrize(("known", "offered"), [("primary", False), ("mbo_3", False), ("mbo_4", True)])
def test_a_level_is_only_to_be_confirmed_where_the_known_one_is_near(known, offered, pair_of):
    work = {"programme": "riha", "scale_min": 9, "scale_max": 10, "level_min": "bachelor"}
    person = {"education": known, "working_level": known, "working_level_confirmed": None}
    pair = pair_of(Case(rule="programme_entry", kind="conflict", says="", candidate=person, package=work))
    assert ("bevestiging van hbo" in str(RULES["programme_entry"]().remedy(pair))) is offered
