"""What bends an essential demand: training, taking a task out, or a colleague who does it."""

from __future__ import annotations

from collections.abc import Collection
from typing import Literal

import numpy as np

from matching.domain.columns import Classes
from matching.domain.judging import Mask, Pair
from matching.domain.work_package import Offer
from matching.rules.masks import holds, none_carveable, some_carveable
from matching.text import Sentence, say

ESSENTIAL_READS = ("essential_reason", "skills_trainable", "tasks", "offer_states")
"""The package columns that decide whether an essential demand can exclude."""

Asked = Literal["skills_essential", "languages_asked", "licence_asked"]


def unbending(work: Classes) -> Mask:
    """Return the packages with a written reason of the employer, no task to take out and no task to swap."""
    found = holds(work, "essential_reason", lambda reason: bool(reason))
    tasks, offers = work.columns["tasks"], work.columns["offer_states"]
    for at in np.flatnonzero(found).tolist():
        found[at] = none_carveable(tasks[at]) and not _swap(offers[at])
    return found


def _swap(offers: Collection[Offer]) -> bool:
    """Return whether a colleague can or may take over a task."""
    return any(offer.arrangement == "task_swap" and offer.state in ("present", "arrangeable") for offer in offers)


def way_out(pair: Pair, missing: Collection[str]) -> Sentence:
    """Return how the lack of these keys may be met: learning, leaving out, swapping, or a question."""
    package = pair.package
    trainable = package.skills_trainable or frozenset()
    if trainable.issuperset(missing):
        return say("rules.essential.if_trained")
    if some_carveable(package.tasks):
        return say(
            "rules.essential.if_carved", tasks=tuple(task.name for task in package.tasks or () if task.carveable)
        )
    if _swap(package.offer_states):
        return say("rules.essential.if_swapped")
    return say("rules.essential.if_asked" if package.essential_reason else "rules.essential.if_reasoned")
