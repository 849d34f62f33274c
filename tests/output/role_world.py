"""A few people and packages with planted words in every field that some role may not see, as files."""

from __future__ import annotations

import dataclasses as dc
import datetime as dt
from pathlib import Path

from matching.domain.agreement import Agreement
from matching.domain.candidate import Candidate, Need
from matching.domain.work_package import Offer, Task, WorkPackage
from matching.intake.columns import cells_of
from matching.output.pool_files import write_tables

CONFIRMED = dt.date(2026, 9, 1)

NEEDS = (
    *("vertellen voor anderen", "speaking before others", "presenting"),
    *("met de ogen werken", "working by sight", "seeing"),
    *("tillen en dragen", "lifting and carrying", "klimaatplant"),
    *("intensief", "intensive", "7,25", " 7.25", ">7.25<", "6,25"),
)
"""Demands, levels and guidance of people: for their own officer only."""

OWN_WORDS = ("motievenplant",)
"""What somebody wrote herself: for her own officer only."""

HIDDEN_ARRANGEMENTS = ("brailleleesregel", "braille display", "braille_display", "zonder geur", "free of scents")
"""Arrangements of somebody who has not agreed to be presented."""

SUGGESTED = ("ruilen met een collega", "swap with a colleague")
"""What only the catalogue suggests for somebody: a question to her and nothing for an employer."""

ROUTES = ("routeplant", "13-07-2026", "2026-07-13")
"""Through which desk somebody is reached, and when that was last done."""

FOR_OFFICES = (
    "wsp plantstad",
    "bronplant",
    "doelgroep",
    "register",
    "delft",
    "2611",
    "redenplant",
    "k-shut",
    "k-third",
)
"""What the offices see of people and an employer does not."""


def planted(known: Candidate) -> list[Candidate]:
    """Return one person who agreed to be presented, one who was not asked, and one of whom little is known."""
    own = {
        "contact_route": "ROUTEPLANT-1",
        "last_contact_on": dt.date(2026, 7, 13),
        "guidance_hours": 7.25,
        "guidance_level": "intensive",
        "motivation": "MOTIEVENPLANT en meer",
        "source_organisation": "WSP Plantstad",
        "profile_source": "BRONPLANT",
        "postcode4": "2611",
    }
    seeing = Need(demand="seeing", level=0, arrangements=("magnification",), confirmed_on=CONFIRMED)
    lifting = Need(demand="lifting", level=0, confirmed_on=CONFIRMED)
    telling = Need(demand="presenting", level=0, arrangements=("braille_display",), confirmed_on=CONFIRMED)
    scent = Need(arrangements=("scent_free",), confirmed_on=CONFIRMED)
    return [
        dc.replace(known, candidate_id="K-open", needs=(seeing, lifting), **own),
        dc.replace(known, candidate_id="K-shut", needs=(telling, scent), consent_to_present=None, **own),
        Candidate(candidate_id="K-third", municipality="gouda", source_organisation="WSP Plantstad"),
        dc.replace(known, candidate_id="K-never", available="no", needs=(telling,), consent_to_present=False, **own),
    ]


def work(package: WorkPackage) -> list[WorkPackage]:
    """Return packages whose tasks ask what these people need something for; one of them is far from fitting."""
    asked = (("presenting", 2), ("seeing", 2), ("lifting", 2))
    tasks = (
        Task(name="Dossiers ordenen", task_kind="file_ordering", work_kind="archive", hours=16.0, demands=asked,
             carveable=False),
        Task(name="Dossiers ophalen", task_kind="file_retrieval", work_kind="archive", hours=8.0, demands=asked,
             carveable=True),
    )  # fmt: skip
    offer = Offer(arrangement="magnification", state="arrangeable", weeks=3, provider="employer")
    first = dc.replace(package, tasks=tasks, offers=(offer,), guidance_hours=1.0)
    far = dc.replace(first, work_package_id="WP-2", work_kinds=frozenset({"outdoor"}), hours_min=36.0, hours_max=36.0)
    return [first, far]


def written(folder: Path, people: list[Candidate], packages: list[WorkPackage]) -> Path:
    """Write people and packages as delimited files; one row of needs is refused, with a planted word in it."""
    needs = [cells_of("needs", need, owner=one.candidate_id) for one in people for need in one.needs or ()]
    needs.append(needs[0] | {"taakeis": "KLIMAATPLANT"})
    veto = Agreement(kind="veto", candidate_id="K-third", work_package_id="WP-2", reason="REDENPLANT", by="bureau")
    tables = {
        "candidates": [cells_of("candidates", person) for person in people],
        "needs": needs,
        "work_packages": [cells_of("work_packages", package) for package in packages],
        "tasks": [cells_of("tasks", task, owner=one.work_package_id) for one in packages for task in one.tasks or ()],
        "offers": [cells_of("offers", offer, owner=one.work_package_id) for one in packages for offer in one.offers],
        "agreements": [cells_of("agreements", veto)],
    }
    write_tables(tables, folder)
    return folder
