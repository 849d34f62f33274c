"""How well titles are found that a list of 3,000 entries and 20,000 labels lacks, beside plain WRatio.

The list is made up (see `occupation_list`), the questions on the package's own skills are written by hand; neither
says how often real people use these wordings.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pytest
from occupation_list import Question, occupations
from rapidfuzz import fuzz, process, utils
from skill_phrases import PHRASES as SKILL_PHRASES
from task_phrases import PHRASES as TASK_PHRASES

from matching.domain.vocabulary import rows
from matching.lookup.catalogue import Catalogue
from matching.lookup.skill import skill_catalogue

Labels = list[tuple[str, str]]


@dataclass(frozen=True)
class Outcome:
    """The entries that both ways offer for every question, best first."""

    questions: list[Question]
    ours: list[tuple[str, ...]]
    by_wratio: list[tuple[str, ...]]
    found: list[tuple[str, str]]

    def hits(self, way: str, first: int, *lacks: str) -> float:
        """Return the share of questions of which the true entry is among the first so many."""
        offered = self.ours if way == "ours" else self.by_wratio
        chosen = [(q, keys) for q, keys in zip(self.questions, offered, strict=True) if q.lacks in lacks]
        return float(np.mean([q.entry in keys[:first] for q, keys in chosen]))


def wratio(labels: Labels) -> Callable[[list[str]], list[tuple[str, ...]]]:
    """Return the usual way: the labels that look most alike by WRatio, the same entry once."""

    def offered(texts: list[str]) -> list[tuple[str, ...]]:
        names = [label for _, label in labels]
        alike = process.cdist(texts, names, scorer=fuzz.WRatio, processor=utils.default_process, dtype=np.float32)
        best = np.argsort(-alike, axis=1, kind="stable")[:, :300]
        return [tuple(dict.fromkeys(labels[at][0] for at in row))[:5] for row in best]

    return offered


def compared(labels: Labels, questions: list[Question]) -> Outcome:
    """Return what both ways offer for the questions on one list."""
    answers = Catalogue.of(labels).find(question.text for question in questions)
    return Outcome(
        questions=questions,
        ours=[answer.keys for answer in answers],
        by_wratio=wratio(labels)([question.text for question in questions]),
        found=[(answer.keys[0], q.entry) for answer, q in zip(answers, questions, strict=True) if answer.key],
    )


@pytest.fixture(scope="module")
def outcome() -> Outcome:
    labels, questions = occupations(seed=11)
    return compared(labels, questions[:180])


def test_the_list_has_the_size_of_a_real_one_and_lacks_every_question():
    labels, questions = occupations(seed=11)
    assert len({entry for entry, _ in labels}) == 3000
    assert len(labels) == pytest.approx(20_000, rel=0.02)
    assert not {question.text for question in questions} & {label for _, label in labels}


def test_synonyms_that_the_entry_lacks_are_found_far_more_often_than_with_wratio(outcome):
    lacks = ("pairing", "word")
    assert outcome.hits("ours", 1, *lacks) >= outcome.hits("wratio", 1, *lacks) + 0.4
    assert outcome.hits("ours", 5, *lacks) >= outcome.hits("wratio", 5, *lacks) + 0.4


def test_other_forms_of_a_listed_label_are_found_more_often_than_with_wratio(outcome):
    assert outcome.hits("ours", 1, "form") >= max(0.97, outcome.hits("wratio", 1, "form") + 0.15)


def test_misspelt_labels_are_found_nearly_as_often_as_with_wratio(outcome):
    assert outcome.hits("ours", 1, "spelling") >= 0.93
    assert outcome.hits("ours", 5, "spelling") >= 0.96


def test_what_is_called_found_is_right_at_least_98_times_in_100(outcome):
    assert len(outcome.found) > 100
    assert np.mean([key == entry for key, entry in outcome.found]) >= 0.98


def test_skills_phrased_otherwise_are_found_more_often_than_with_wratio():
    questions = [Question(text, key, "phrase") for text, key in SKILL_PHRASES]
    result = compared(list(skill_catalogue().labels), questions)
    assert result.hits("ours", 1, "phrase") >= max(0.9, result.hits("wratio", 1, "phrase") + 0.1)
    assert all(key == entry for key, entry in result.found)


def test_tasks_phrased_otherwise_are_found_more_often_than_with_wratio():
    labels = [(row["key"], row[label]) for row in rows("tasks") for label in ("label_nl", "label_en")]
    result = compared(labels, [Question(text, key, "phrase") for text, key in TASK_PHRASES])
    assert result.hits("ours", 1, "phrase") >= result.hits("wratio", 1, "phrase") + 0.05
    assert all(key == entry for key, entry in result.found)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(5))
def test_the_lead_over_wratio_holds_on_other_lists(seed):
    labels, questions = occupations(seed)
    result = compared(labels, questions[:600])
    assert result.hits("ours", 1, "pairing", "word") >= result.hits("wratio", 1, "pairing", "word") + 0.4
    assert result.hits("ours", 1, "form") >= 0.97
    assert np.mean([key == entry for key, entry in result.found]) >= 0.98


@pytest.mark.bench
def test_a_batch_of_titles_takes_at_most_ten_milliseconds_each(benchmark):
    labels, questions = occupations(seed=11)
    catalogue, texts = Catalogue.of(labels), [question.text for question in questions[:500]]
    catalogue.find(texts[:1])
    benchmark.extra_info["goal"] = "10 ms a text, 500 texts on 3,000 entries and 20,000 labels"
    benchmark.pedantic(catalogue.find, (texts,), rounds=3)
    assert benchmark.stats.stats.median / len(texts) <= 0.010
