"""Questions that a rule leads to, and the words for what stands in a column."""

from __future__ import annotations

from collections.abc import Iterable

from matching.domain.judging import Question
from matching.domain.vocabulary import Term, vocabulary
from matching.text import Sentence, say


def ask_candidate(field: str, key: str, **values: object) -> Question:
    """Return a question to the candidate; `key` is the sentence within the family `rules`."""
    return Question(about="candidate", field=field, sentence=say(f"rules.{key}", **values))


def ask_package(field: str, key: str, **values: object) -> Question:
    """Return a question to the employer about the work package."""
    return Question(about="package", field=field, sentence=say(f"rules.{key}", **values))


def term(name: str, key: str) -> Term | str:
    """Return the term of a key, so that a sentence can label it; the key itself when the list does not hold it."""
    return vocabulary(name).terms.get(key, key)


def terms(name: str, keys: Iterable[str]) -> tuple[Term | str, ...]:
    """Return the terms of keys in the order of the vocabulary, unknown words last."""
    order = {key: place for place, key in enumerate(vocabulary(name))}
    return tuple(term(name, key) for key in sorted(keys, key=lambda key: (order.get(key, len(order)), key)))


def between(low: float | None, high: float | None) -> Sentence:
    """Return a range in words: "16 tot 24", "16" when both ends are equal, "minstens 16", "hooguit 24", "onbekend"."""
    if low is None and high is None:
        return say("words.unknown")
    if low is None:
        return say("rules.range.at_most", high=high)
    if high is None:
        return say("rules.range.at_least", low=low)
    return say("rules.range.one", low=low) if low == high else say("rules.range.two", low=low, high=high)


def scales(low: int | None, high: int | None) -> Sentence:
    """Return a range of salary scales in words, both ends included: "8 t/m 12"."""
    if low is None or high is None or low == high:
        return between(low, high)
    return say("rules.range.through", low=low, high=high)
