"""Questions that a criterion leads to, each about one column of one side."""

from __future__ import annotations

from matching.domain.judging import Question
from matching.text import say


def ask_candidate(field: str, key: str, **values: object) -> Question:
    """Return a question to the candidate; `key` is the sentence within the family `criteria`."""
    return Question(about="candidate", field=field, sentence=say(f"criteria.{key}", **values))


def ask_package(field: str, key: str, **values: object) -> Question:
    """Return a question to the employer about the work package."""
    return Question(about="package", field=field, sentence=say(f"criteria.{key}", **values))
