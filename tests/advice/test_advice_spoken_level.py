"""The lowest rung of the ladder is called "none or primary education"; nobody is spoken of in those words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from matching.advice.steps import LowerLevel
from matching.criteria import CRITERIA
from matching.domain.judging import Outcome, Pair
from matching.domain.travel import TravelTimes
from matching.rules import RULES
from tests.conftest import AS_OF

LABEL = ("geen of basisonderwijs", "none or primary education")


@pytest.mark.parametrize("asked", ["primary", "practical", "mbo_2", "bachelor"])
def test_the_lowest_level_reads_well_in_the_sentences_about_level(asked, known_candidate, archive_package):
    unschooled = replace(known_candidate, education="primary", working_level=None, experience=())
    for person in (unschooled, replace(known_candidate, experience=())):
        pair = Pair(
            candidate=person, package=replace(archive_package, level_min=asked), as_of=AS_OF, travel=TravelTimes()
        )
        rule = RULES["level"]()
        outcome = Outcome(int(rule.judge(pair.sides(rule.reads)).outcome[0, 0]))
        said = [CRITERIA["level"]().reason(pair), rule.reason(pair, outcome), rule.remedy(pair), *rule.questions(pair)]
        told = [getattr(one, "sentence", one).text(language) for one in said if one for language in ("nl", "en")]
        assert told and not any(label in text for label in LABEL for text in told)


def test_asking_no_level_any_more_says_so():
    lower = LowerLevel(level="primary", instead_of="practical", standing="to_ask").sentence
    assert lower.text("nl") == "geen eis aan het werkniveau (nu vanaf praktijkonderwijs)"
