"""The places where work is done: their sound and access, and which arrangements are really possible there."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching.domain.arrangement import arrangements
from matching.domain.choices import OfferState
from matching.domain.demand import demands
from matching.domain.work_package import Location, Offer
from matching.synthetic.assumptions import assumed
from matching.synthetic.dice import Dice
from matching.synthetic.people import bridging
from matching.synthetic.rolls import Roll

Small = NDArray[np.int8]
NOT_POSSIBLE = -1
"""In a table of true weeks: this arrangement cannot be made here. 0 is present."""
STATES = {"organisational": (30, 60, 10), "technical": (12, 81, 7), "guidance": (15, 79, 6)}
"""Per kind of arrangement: present, can be arranged, not possible (assumption)."""
SLOW_WEEKS = 8
IN_BUILDINGS = (
    "quiet_place",
    "fixed_desk",
    "adjustable_light",
    "sit_stand_desk",
    "step_free_access",
    "parking_place",
    "extra_breaks",
    "live_captions",
)


@dataclass(frozen=True, kw_only=True)
class Building:
    """A building as it really is: what its place asks of everybody, and the arrangements that are there."""

    place_demands: tuple[tuple[str, int], ...]
    present: frozenset[str]

    def shown(self, identity: str, municipality: str, roll: Roll) -> Location:
        """Return what a file knows of it: sometimes demands or arrangements are not filled in."""
        return Location(
            location_id=identity,
            municipality=municipality,
            place_demands=() if roll.hit("demands.unknown", 150) else self.place_demands,
            arrangements_present=roll.maybe("present", self.present, 250),
        )


def building(roll: Roll, *, outdoors: bool) -> Building:
    """Return a building (or terrain) with ordinary variation; level numbers are those of the demand catalogue."""
    asked = {
        "noise": roll.one("noise", (1, 2, 3), (25, 60, 15)),
        "bustle": roll.one("bustle", (1, 2, 3), (25, 55, 20)),
        "climate": 3 if outdoors else roll.one("climate", (0, 1), (15, 85)),
        "changing_place": roll.one("changing", (0, 1, 2), (30, 55, 15)),
        "building_access": roll.one("access", (0, 1, 2), (35, 50, 15)),
    }
    present = roll.some("present", IN_BUILDINGS, 1 + roll.below("present.count", 4))
    if asked["building_access"] == 0:
        present = (*present, "step_free_access")
    return Building(place_demands=tuple(sorted(asked.items())), present=frozenset(present))


def true_weeks(dice: Dice, size: int) -> Small:
    """Return the weeks that each arrangement truly takes at each package, shape (size, arrangements).

    0 is present, -1 is not possible. Weeks are the catalogue's, up to three more or one less.
    """
    found = np.zeros((size, len(arrangements())), dtype=np.int8)
    for column, (key, arrangement) in enumerate(arrangements().items()):
        state = dice.pick(f"offer.state.{key}", size, STATES[arrangement.kind])
        weeks = np.maximum(1, arrangement.default_weeks - 1 + dice.below(f"offer.weeks.{key}", size, 5))
        found[:, column] = np.where(state == 0, 0, np.where(state == 1, weeks, NOT_POSSIBLE))
    return found


def slow_weeks(dice: Dice, size: int) -> Small:
    """Return the weeks that each arrangement takes longer than anybody says, shape (size, arrangements)."""
    slow = [dice.hit(f"offer.slow.{key}", size, assumed("lasting.slow")) for key in arrangements()]
    return (np.stack(slow, axis=1) * SLOW_WEEKS).astype(np.int8)


def offers(roll: Roll, weeks: Small, asked: frozenset[str], shared: frozenset[str]) -> tuple[Offer, ...]:
    """Return the offers that a file shows: some of those that the demands could call for, as they truly are.

    `weeks` is the package's row of `true_weeks`; `shared` are present through the building and left out here.
    """
    names = tuple(arrangements())
    useful = sorted({place for demand in asked for place in bridging(demand)})
    candidates = [place for place in useful if names[place] not in shared]
    count = roll.one("offers", (0, 2, 3, 4, 6), (18, 20, 26, 22, 14))
    return tuple(_offer(roll, names[place], int(weeks[place])) for place in roll.some("offer", candidates, count))


def _offer(roll: Roll, name: str, weeks: int) -> Offer:
    state: OfferState = "present" if weeks == 0 else "not_possible" if weeks < 0 else "arrangeable"
    if roll.hit(f"offer.unknown.{name}", 220):
        return Offer(arrangement=name, state="unknown")
    if state != "arrangeable":
        return Offer(arrangement=name, state=state)
    providers = arrangements()[name].usual_providers
    return Offer(
        arrangement=name,
        state=state,
        weeks=roll.maybe(f"offer.weeks.{name}", weeks, 150),
        provider=providers[roll.below(f"offer.provider.{name}", len(providers))],
    )


def demand_position(key: str) -> int:
    """Return the position of a demand in the catalogue."""
    return tuple(demands()).index(key)
