"""The part of a profile that says who may be asked, when, and how far: source, availability, hours, travel."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import numpy as np

from matching.domain.columns import Column
from matching.domain.region import municipalities, region
from matching.synthetic.assumptions import assumed
from matching.synthetic.coding import always, chosen, coded, dates, packed, unpacked
from matching.synthetic.dice import Dice, Whole
from matching.synthetic.gaps import Gaps
from matching.synthetic.people import SOURCES, People
from matching.synthetic.sheets import sheet

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri")
MODES = (
    frozenset({"public_transport"}),
    frozenset({"bicycle"}),
    frozenset({"bicycle", "public_transport"}),
    frozenset({"car"}),
    frozenset({"car", "bicycle"}),
    frozenset({"moped", "public_transport"}),
    frozenset({"taxi"}),
    frozenset({"walking", "public_transport"}),
)
MODE_WEIGHTS = (24, 10, 32, 8, 8, 6, 6, 6)
CAR_MODES = (3, 4)
IN_TRUTH_AVAILABLE = (45, 35, 20)
"""Of the people whose availability nobody knows: available now, from a date, not (assumption)."""
PROFILE_SOURCES = tuple(
    f"{source} (verzonnen)"
    for source in ("schooloverdracht", "digitaal formulier", "gesprek", "leverancier", "jobcoach")
)
"""Each says that it was made up, so that every output about a moved or copied file still says so."""


def identities(size: int) -> Column:
    """Return the ids K-00001, K-00002, ...; at least five digits so that text order is row order."""
    width = max(5, len(str(size)))
    return Column(np.arange(size, dtype=np.int32), tuple(f"K-{row + 1:0{width}d}" for row in range(size)))


def origin(people: People, gaps: Gaps) -> Mapping[str, Column]:
    """Return where a person is known: organisation, kind of source and municipality (always known)."""
    places = tuple(municipalities().values())
    suppliers = tuple(row["name"] for row in sheet("suppliers"))

    def known_through(code: int) -> str:
        """Return the name of the organisation."""
        source, supplier, place = unpacked(code, (4, 9, 400))
        if SOURCES[source] == "supplier":
            return suppliers[supplier - 1]
        if SOURCES[source] == "wsp":
            return f"WSP {region(places[place].region_code).name}"
        return f"Gemeente {places[place].name}" if SOURCES[source] == "municipality" else "Binnenwerk"

    codes = packed((people.source, people.supplier + 1, people.place), (4, 9, 400))
    return {
        "source_organisation": coded(codes, known_through, gaps.blank),
        "source_kind": chosen(people.source, SOURCES, gaps.blank),
        "municipality": chosen(people.place, tuple(municipalities()), np.zeros(len(people), dtype=bool)),
        "postcode4": always(None, len(people)),
    }


def availability(people: People, gaps: Gaps, dice: Dice, as_of: dt.date) -> Mapping[str, Column]:
    """Return availability and, for now and never, until when that holds; unknown for about three quarters."""
    size, today = len(people), as_of.toordinal()
    shares = [assumed(f"available.{name}") for name in ("now", "from_date", "no")]
    kind = dice.pick("available.kind", size, [*shares, 1000 - sum(shares)])
    kind = np.where(people.silent, np.where(dice.hit("available.silent", size, 5), 0, 3), kind)
    unknown = ((kind == 3) & (not gaps.asked)) | gaps.blank
    kind = np.where(kind == 3, dice.pick("available.truly", size, IN_TRUTH_AVAILABLE), kind)
    months = dice.below("available.month", size, 9) + 1
    codes = np.where(kind == 1, 2 + months, np.where(kind == 2, 1, 0))
    values = ("now", "no", *(first_of_month(as_of, ahead) for ahead in range(12)))
    checked = today + dice.below("available.checked", size, 26) * 7 - 35
    return {
        "available": chosen(codes, values, unknown),
        "available_checked_until": dates(checked, unknown | (kind == 1) | gaps.also("checked_until", 300)),
    }


def first_of_month(day: dt.date, ahead: int) -> dt.date:
    """Return the first day of the month that lies `ahead` months after the month of `day`."""
    months = day.year * 12 + day.month - 1 + ahead
    return dt.date(months // 12, months % 12 + 1, 1)


def deployability(people: People, gaps: Gaps, dice: Dice) -> Mapping[str, Column]:
    """Return hours, days and travel: what UWV calls the way somebody can be deployed."""
    size, gone = len(people), gaps.deployability
    no_hours, no_days, no_journey = (gone | gaps.of(name) for name in ("hours", "days", "travel"))
    lowest = np.maximum(8, people.hours - 4 * dice.below("hours.room", size, 4))
    days = np.minimum(5, (people.hours + 7) // 8 + dice.below("days.more", size, 3))
    return {
        "hours_min": coded(lowest, float, no_hours | gaps.also("hours_min", 150)),
        "hours_max": coded(people.hours, float, no_hours),
        "can_grow_hours": chosen(dice.pick("hours.grow", size, [55, 45]), (True, False), gaps.of("can_grow")),
        "days_available": coded(packed((days, dice.below("days.which", size, 5)), (8, 5)), _days, no_days),
        "max_travel_minutes": coded(people.journey, int, no_journey),
        "travel_modes": chosen(_modes(people, dice), MODES, gaps.of("travel_modes")),
        "travels_alone": chosen(dice.pick("travels.alone", size, [84, 16]), (True, False), gaps.of("travels_alone")),
        "driving_licence": coded(_licence(people, dice), _licences, gaps.of("licence")),
    }


def _days(code: int) -> frozenset[str]:
    count, start = unpacked(code, (8, 5))
    return frozenset(WEEKDAYS[(start + day) % 5] for day in range(count))


def _modes(people: People, dice: Dice) -> Whole:
    return dice.pick("travel.modes", len(people), MODE_WEIGHTS)


def _licence(people: People, dice: Dice) -> Whole:
    """Return 0 none, 1 moped, 2 car, 3 car and trailer: everybody who drives a car has the licence."""
    modes, drawn = _modes(people, dice), dice.pick("licence", len(people), [62, 14, 22, 2])
    return np.where(np.isin(modes, CAR_MODES), np.maximum(2, drawn), np.where(modes == 5, np.maximum(1, drawn), drawn))


def _licences(code: int) -> frozenset[str]:
    return (frozenset(), frozenset({"AM"}), frozenset({"AM", "B"}), frozenset({"AM", "B", "BE"}))[code]


def record(people: People, gaps: Gaps, dice: Dice, as_of: dt.date) -> Mapping[str, Column]:
    """Return what a desk keeps about a profile: register, consent, contact, date and source of the profile."""
    size, today = len(people), as_of.toordinal()
    profile_day = today - profile_age(people, gaps, dice)
    no_register = gaps.of("register")
    checked = today - 7 * dice.below("register.checked", size, 60)
    route = packed((people.source, people.place, dice.below("route", size, 3)), (4, 400, 3))
    providers = np.where(people.source == 2, 1, dice.pick("provision", size, [75, 25]))
    spoken = np.where(people.source == 1, 3, 2 + dice.pick("profile.spoken", size, [8, 0, 2]))
    sources = np.where(people.silent, dice.below("profile.silent", size, 2), spoken)
    seconded = dice.below("secondment", size, 8)
    no_second = (people.source != 1) | gaps.blank | gaps.also("secondment", 300)
    return {
        "register_status": chosen(dice.pick("register", size, [95, 5]), (True, False), no_register),
        "register_checked_on": dates(checked, no_register | gaps.also("checked", 200)),
        "consent_to_present": chosen(dice.pick("consent", size, [86, 14]), (True, False), gaps.of("consent")),
        "secondment_from": coded(seconded, lambda ahead: first_of_month(as_of, ahead), no_second),
        "provision_by": chosen(providers, ("uwv", "municipality"), gaps.of("provision")),
        "last_contact_on": dates(profile_day, gaps.of("contact")),
        "contact_route": coded(route, _desk, gaps.of("route")),
        "profile_date": dates(profile_day, gaps.of("date")),
        "profile_source": chosen(sources, PROFILE_SOURCES, gaps.blank),
    }


def profile_age(people: People, gaps: Gaps, dice: Dice) -> Whole:
    """Return the age of each profile in days: fresh, or stale (older than half a year); 0 when just asked."""
    size = len(people)
    if gaps.asked:
        return np.zeros(size, dtype=np.int64)
    stale = people.silent | dice.hit("profile.stale", size, assumed("stale.spoken"))
    return np.where(stale, 190 + dice.below("profile.old", size, 900), 3 + dice.below("profile.new", size, 175))


def _desk(code: int) -> str:
    source, place, desk = unpacked(code, (4, 400, 3))
    code_of_region = tuple(municipalities().values())[place].region_code
    return f"{('WSP', 'LEV', 'GEM', 'BW')[source]}-{code_of_region}-{desk + 1}"
