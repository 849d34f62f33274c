"""What would have to change, in words that a role may read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matching.output.roles import Role, sees_arrangements
from matching.text import Sentence, say

if TYPE_CHECKING:
    from matching.advice.why import Change
    from matching.domain.candidate import Candidate


def shown_steps(change: Change, person: Candidate, role: Role) -> Sentence:
    """Return the steps of a change; an arrangement is named to who may see what this person has arranged."""
    from matching.advice.steps import AddArrangement

    arranged = any(isinstance(step, AddArrangement) for step in change.variant.steps)
    return say("advice.step_not_shown") if arranged and not sees_arrangements(role, person) else change.steps


def shown_change(change: Change, person: Candidate, role: Role) -> Sentence:
    """Return a change with how many others it would bring, for this role."""
    steps, others = shown_steps(change, person, role), len(change.people) - 1
    return (
        say("advice.why.change_others", steps=steps, others=others) if others else say("advice.why.change", steps=steps)
    )
