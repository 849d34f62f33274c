"""Where work is: ministries mostly in Den Haag, services in their towns, suppliers and others where people live."""

from __future__ import annotations

from functools import cache

from matching.domain.region import municipalities, municipality
from matching.synthetic.blueprints import Blueprint, Host
from matching.synthetic.rolls import Roll
from matching.synthetic.sheets import inhabitants, listed, sheet, weighted

NEAR_MINISTRIES = 330
"""Of the contract work: the share (per mille) that is done around the ministries in Den Haag."""


def host(roll: Roll, slot: str, blueprint: Blueprint, team: int) -> Host:
    """Return who offers the work; `team` counts the collective packages so that two teams share each site."""
    if slot == "collective":
        return _team_host(team)
    if slot in ("supplier", "other_employer"):
        return _outside_host(roll, slot, blueprint)
    rows = sheet("employers")
    weights = [int(row["weight"]) * (int(row["high"]) if slot == "riha" else 2) for row in rows]
    row = roll.one("employer", rows, weights)
    sites = weighted(row["sites"])
    place = roll.one("site", tuple(sites), tuple(sites.values()))
    return Host(name=row["name"], phrase=row["phrase"], municipality=place)


def _team_host(team: int) -> Host:
    sites = sheet("binnenwerk_sites")
    site = sites[team // 2 % len(sites)]
    phrase = next(row["phrase"] for row in sheet("employers") if row["name"] == site["employer"])
    return Host(name=site["employer"], phrase=phrase, municipality=site["municipality"])


def _outside_host(roll: Roll, slot: str, blueprint: Blueprint) -> Host:
    place = roll.one("place", tuple(municipalities()), _people())
    if slot == "supplier" and roll.hit("near", NEAR_MINISTRIES):
        place = "s-gravenhage"
    suiting = [row for row in sheet("others") if row["method"] == slot and _suits(row["blueprints"], blueprint)]
    row = roll.one("outside", suiting)
    name = town(place)
    return Host(name=row["name"].format(place=name), phrase=row["phrase"].format(place=name), municipality=place)


def _suits(wanted: str, blueprint: Blueprint) -> bool:
    return not wanted or blueprint.key in listed(wanted)


def town(place: str) -> str:
    """Return the name of a municipality as people say it: without the province, Den Haag for 's-Gravenhage."""
    name = municipality(place).name.partition(" (")[0]
    return "Den Haag" if name == "'s-Gravenhage" else name


@cache
def _people() -> tuple[int, ...]:
    return tuple(int(number) for number in inhabitants())
