"""Cases of every criterion: what is changed about a fully known, fitting pair, and the points that follow."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace

from matching.criteria import CRITERIA
from matching.domain.candidate import Candidate, Need
from matching.domain.judging import Pair
from matching.domain.travel import TravelTimes
from matching.domain.work_package import Offer, Task, WorkPackage

AS_OF = dt.date(2026, 11, 1)
MATRIX = TravelTimes({("delft", "s-gravenhage", "bicycle"): 30, ("delft", "rotterdam", "bicycle"): 90})


@dataclass(frozen=True, kw_only=True)
class Case:
    """What is changed, which kind of case that makes, and the low, neutral and high points."""

    kind: str
    points: tuple[int, int, int]
    candidate: dict[str, object] = field(default_factory=dict)
    package: dict[str, object] = field(default_factory=dict)


def case(kind, low, neutral=None, high=None, *, c=None, p=None):
    known = low if neutral is None else neutral
    return Case(kind=kind, points=(low, known, known if high is None else high), candidate=c or {}, package=p or {})


def changed(one: Case, candidate: Candidate, package: WorkPackage) -> Pair:
    return Pair(
        candidate=replace(candidate, **one.candidate),
        package=replace(package, **one.package),
        as_of=AS_OF,
        travel=MATRIX,
    )


def answer(key: str, pair: Pair):
    criterion = CRITERIA[key]()
    sides = pair.sides(criterion.reads)
    found = criterion.points(sides)
    assert criterion.neutral(sides).tolist() == found.neutral.tolist()
    return int(found.low[0, 0]), int(found.neutral[0, 0]), int(found.high[0, 0])


def tasks(*kinds_and_hours: tuple[str, float], carveable: bool | None = False, demands=()):
    return tuple(
        Task(name=f"taak {number}", work_kind=kind, hours=hours, carveable=carveable, demands=tuple(demands))
        for number, (kind, hours) in enumerate(kinds_and_hours)
    )


NOISY = tasks(("archive", 24.0), demands=(("noise", 2),))
HALF_NOISY = NOISY[:1] + tasks(("archive", 24.0))
SKILL, OTHER = "interior_cleaning", "stock_keeping"
CONFIRMED = dt.date(2026, 10, 1)
QUIET = (Need(demand="noise", level=0, arrangements=("quiet_place",), confirmed_on=CONFIRMED),)


def offer(state):
    return (Offer(arrangement="quiet_place", state=state),)


def skilled(present=(), absent=()):
    return {"skills": frozenset(present), "skills_absent": frozenset(absent)}


def asks(essential=(), welcome=(), trainable=()):
    return {
        "skills_essential": frozenset(essential),
        "skills_welcome": frozenset(welcome),
        "skills_trainable": frozenset(trainable),
    }


FIELDS = {"fields_asked": frozenset({"recht"})}
NOWHERE = {"tasks": None, "work_kinds": None}
NO_WISH = {"wished_work_kinds": (("catering", 1),), "wants_to_learn": frozenset()}

CASES: dict[str, list[Case]] = {
    "wish_work": [
        case("fits", 1000),
        case("fits", 750, p={"tasks": tasks(("archive", 12.0), ("catering", 12.0))}),
        case("fits", 800, c={"wished_work_kinds": (("catering", 1),), "wants_to_learn": frozenset({"archive"})}),
        case("fits", 800, 800, 1000, c={"wished_work_kinds": None, "wants_to_learn": frozenset({"archive"})}),
        case("does not fit", 300, c=NO_WISH),
        case("does not fit", 300, 300, 800, c={"wished_work_kinds": (("catering", 1),), "wants_to_learn": None}),
        case("unknown", 0, 500, 1000, c={"wished_work_kinds": None, "wants_to_learn": None}),
        case("unknown", 0, 500, 1000, p=NOWHERE),
        case("no preference", 700, c={"wished_work_kinds": ()}),
        case("no preference", 700, c={"wished_work_kinds": (), "wants_to_learn": frozenset()}, p=NOWHERE),
        case("no preference", 700, 700, 800, c={"wished_work_kinds": (), "wants_to_learn": None}),
    ],
    "wish_setting": [
        case("fits", 1000),
        case("does not fit", 0, c={"wished_setting": frozenset({"lively", "outdoors"})}),
        case("does not fit", 500, c={"wished_setting": frozenset({"calm", "outdoors"})}),
        case("unknown", 0, 500, 1000, c={"wished_setting": None}),
        case("unknown", 0, 500, 1000, p={"setting": None}),
        case("unknown", 500, 750, 1000, p={"setting": frozenset({"calm"})}),
        case("no preference", 700, c={"wished_setting": frozenset()}),
        case("no preference", 700, c={"wished_setting": frozenset()}, p={"setting": None}),
    ],
    "skills": [
        case("fits", 1000, c=skilled([SKILL, OTHER]), p=asks([SKILL], [OTHER])),
        case("fits", 500, c=skilled([], [SKILL]), p=asks([SKILL], trainable=[SKILL])),
        case("fits", 1000, c={"fields_of_study": frozenset({"recht"})}, p=FIELDS),
        case("fits", 1000, p=FIELDS),
        case("fits", 0, 750, 1000, c={"work_kinds_mastered": frozenset({"cleaning"})}, p=asks([SKILL])),
        case("does not fit", 0, c=skilled([], [SKILL]), p=asks([SKILL])),
        case("does not fit", 667, c=skilled([SKILL], [OTHER]), p=asks([SKILL], [OTHER])),
        case("does not fit", 0, c=skilled([OTHER], [SKILL]), p=asks([SKILL], [OTHER])),
        case("does not fit", 250, c={"experience": (), "work_kinds_mastered": frozenset()}, p=FIELDS),
        case("does not fit", 0, 250, 500, c=skilled([], [SKILL]), p={**asks([SKILL]), "skills_trainable": None}),
        case("unknown", 0, 500, 1000, c={"skills": None, "skills_absent": None}, p=asks([SKILL])),
        case("unknown", 0, 500, 1000, c=skilled([OTHER]), p=asks([SKILL, OTHER])),
        case("unknown", 500, 500, 1000, p=asks([SKILL], trainable=[SKILL])),
        case("unknown", 667, 834, 1000, p=asks([], [SKILL])),
        case("unknown", 0, 500, 1000, p={"skills_essential": None, "skills_welcome": None, "fields_asked": None}),
        case("nothing asked", 1000),
        case("nothing asked", 1000, c={"skills": None, "skills_absent": None, "experience": None}),
    ],
    "level": [
        case("fits", 1000),
        case("fits", 800, c={"education": "mbo_4", "working_level_confirmed": False}),
        case("fits", 1000, c={"education": "primary", "working_level": "mbo_3"}),
        case(
            "fits",
            1000,
            c={"education": "vmbo_bb", "experience": (("archive", 2.0),), "working_level_confirmed": False},
        ),
        case("does not fit", 500, c={"education": "vmbo_bb", "experience": (), "working_level_confirmed": False}),
        case("does not fit", 500, c={"education": "associate_degree", "working_level_confirmed": False}),
        case("does not fit", 0, c={"education": "master", "working_level_confirmed": False}),
        case("does not fit", 0, 0, 1000, c={"education": "primary", "working_level": None, "experience": ()}),
        case("unknown", 0, 500, 1000, c={"education": None, "working_level": None, "experience": None}),
        case("unknown", 0, 500, 1000, p={"level_min": None, "scale_min": None, "scale_max": None}),
        case("unknown", 0, 1000, 1000, p={"level_min": None}),
    ],
    "hours": [
        case("fits", 1000),
        case("fits", 1000, c={"hours_min": 24.0, "hours_max": 40.0}),
        case("fits", 1000, c={"hours_min": 20.0, "hours_max": None}),
        case("fits", 500, c={"hours_min": 8.0, "hours_max": 16.0}),
        case("fits", 500, c={"hours_min": 32.0, "hours_max": 36.0}, p={"hours_negotiable": True}),
        case("does not fit", 100, c={"hours_min": 32.0, "hours_max": 36.0}),
        case(
            "does not fit",
            100,
            c={"hours_min": 8.0, "hours_max": 16.0, "can_grow_hours": False},
            p={"tasks": tasks(("archive", 24.0))},
        ),
        case("unknown", 100, 500, 500, c={"hours_min": 32.0, "hours_max": 36.0}, p={"hours_negotiable": None}),
        case("unknown", 100, 500, 1000, c={"hours_min": None, "hours_max": None}),
        case("unknown", 100, 500, 1000, p={"hours_min": None, "hours_max": None}),
    ],
    "travel": [
        case("fits", 1000, c={"travel_modes": frozenset({"bicycle"})}),
        case("fits", 700, c={"travel_modes": frozenset({"bicycle"}), "max_travel_minutes": 30}),
        case("fits", 1000, c={"municipality": None}, p={"days_at_home": 3}),
        case("does not fit", 500, c={"travel_modes": frozenset({"bicycle"}), "max_travel_minutes": 29}),
        case(
            "does not fit",
            290,
            c={"travel_modes": frozenset({"bicycle"}), "max_travel_minutes": 29},
            p={"days_per_week": 5},
        ),
        case("unknown", 0, 500, 1000, c={"municipality": None}, p={"days_per_week": 5}),
        case("unknown", 0, 500, 1000, c={"max_travel_minutes": None}, p={"days_per_week": 5}),
        case("unknown", 0, 500, 1000, p={"municipality": None, "days_at_home": None}),
        case("unknown", 500, 1000, 1000, c={"travel_modes": None, "max_travel_minutes": 120}),
        case(
            "does not fit",
            0,
            c={"travel_modes": frozenset({"bicycle"}), "max_travel_minutes": 15},
            p={"days_per_week": 5},
        ),
    ],
    "doable_hours": [
        case("fits", 1000),
        case("fits", 1000, c={"needs": QUIET}, p={"tasks": NOISY, "offers": offer("present")}),
        case("fits", 1000, c={"needs": QUIET}, p={"tasks": NOISY, "offers": offer("arrangeable")}),
        case("does not fit", 0, c={"needs": QUIET}, p={"tasks": NOISY, "offers": offer("not_possible")}),
        case("does not fit", 500, c={"needs": QUIET}, p={"tasks": HALF_NOISY, "offers": offer("not_possible")}),
        case("unknown", 0, 1000, 1000, c={"needs": None}, p={"tasks": NOISY}),
        case("unknown", 0, 1000, 1000, c={"needs": QUIET}, p={"tasks": NOISY}),
        case("unknown", 500, 1000, 1000, c={"needs": QUIET}, p={"tasks": HALF_NOISY}),
        case("unknown", 0, 1000, 1000, p={"tasks": None}),
        case("nothing asked", 1000, c={"needs": QUIET}),
    ],
    "development": [
        case("fits", 1000, c={"wants_to_learn": frozenset()}),
        case("fits", 1000, c={"wants_to_learn": frozenset({"archive"})}),
        case("does not fit", 500),
        case("does not fit", 0, c={"development_wishes": frozenset({"hours_growth"}), "wants_to_learn": frozenset()}),
        case("unknown", 0, 500, 1000, c={"development_wishes": None, "wants_to_learn": None}),
        case("unknown", 500, 1000, 1000, c={"wants_to_learn": None}),
        case(
            "unknown",
            0,
            500,
            1000,
            c={"wants_to_learn": frozenset()},
            p={"development": None, "lasting_prospect": None},
        ),
        case("no preference", 700, c={"development_wishes": frozenset(), "wants_to_learn": frozenset()}),
    ],
    "start": [
        case("fits", 1000),
        case("fits", 1000, c={"available": dt.date(2026, 12, 31)}),
        case("fits", 700, c={"available": dt.date(2027, 3, 31)}),
        case("fits", 1000, p={"start_date": None}),
        case("fits", 1000, p={"start_date": dt.date(2026, 1, 1)}),
        case("does not fit", 400, c={"available": dt.date(2027, 4, 1)}),
        case("does not fit", 400, c={"available": "no"}),
        case("unknown", 0, 500, 1000, c={"available": None}),
        case("unknown", 700, 700, 1000, c={"available": dt.date(2027, 1, 5)}, p={"start_date": None}),
    ],
}
