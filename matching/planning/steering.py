"""Wishes that steer by who delivers or by the targets of the programme: off unless a policy switches them on.

A plan that steers says so in its summary, so that every output shows it.
"""

from __future__ import annotations

from dataclasses import dataclass

from matching.planning.draft import SHARED_TARGET, Draft
from matching.planning.exposure import Exposure
from matching.planning.limits import AtMost, Limit
from matching.planning.wishes import AtLeast, CountJobs, Share, Wish
from matching.text import Sentence, say

__all__ = ["TARGETS", "SupplierSpread", "TargetShares", "steering_kind", "steering_of"]

TARGETS = {"individual": 2000, "collective": 1500, SHARED_TARGET: 1500}
"""Jobs of 25.5 hours that the programme aims at; jobs with suppliers and with other employers share one figure."""

_TARGET_GROUPS = ("method", "target", "programme")
_SUPPLIER_GROUPS = ("framework_supplier", "source", "source_kind", "supplier")


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetShares:
    """The places are divided as the targets are (40, 30 and 30 %), each place short costs `price` points."""

    price: int = 100

    def sentence(self) -> Sentence:
        """Return the wish in words."""
        return say("planning.wish.target_shares", price=self.price)

    def put(self, draft: Draft) -> None:
        """Add a share for each target."""
        for group, jobs in TARGETS.items():
            percent = 100 * jobs // sum(TARGETS.values())
            Share(per="target", group=group, least_percent=percent, price=self.price).put(draft)


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplierSpread:
    """No framework supplier gets more than `most_percent` of the places; a place more costs `price` points.

    Only with the words of the call-off rule (afroepregel) of the framework that asks for it.
    """

    most_percent: int
    call_off_rule: str
    price: int = 100

    def sentence(self) -> Sentence:
        """Return the wish in words, with the rule that it rests on."""
        return say(
            "planning.wish.supplier_spread",
            percent=self.most_percent,
            price=self.price,
            call_off_rule=self.call_off_rule,
        )

    def put(self, draft: Draft) -> None:
        """Add a share for each supplier of the pool."""
        for group, _ in draft.groups("framework_supplier"):
            share = Share(per="framework_supplier", group=group, most_percent=self.most_percent, price=self.price)
            share.put(draft)


def steering_kind(asked: Limit | Wish) -> str | None:
    """Return "targets", "suppliers" or "jobs" when this limit or wish steers by one of them, else None.

    Every share steers; floors and ceilings do when their groups are methods, targets, programmes or who delivers.
    """
    if isinstance(asked, TargetShares):
        return "targets"
    if isinstance(asked, SupplierSpread):
        return "suppliers"
    if isinstance(asked, CountJobs):
        return "jobs"
    if isinstance(asked, AtLeast | AtMost | Exposure | Share):
        if asked.per in _SUPPLIER_GROUPS:
            return "suppliers"
        return "targets" if isinstance(asked, Share) or asked.per in _TARGET_GROUPS else None
    return None


def steering_of(asked: tuple[Limit | Wish, ...]) -> tuple[Sentence, ...]:
    """Return in words what a plan steers by."""
    return tuple(item.sentence() for item in asked if steering_kind(item))
