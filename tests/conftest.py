"""Tiny real pools that many tests share."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from matching.domain.candidate import Candidate
from matching.domain.work_package import WorkPackage

AS_OF = dt.date(2026, 11, 1)


@pytest.fixture(scope="session")
def as_of() -> dt.date:
    """The day every test pool speaks of."""
    return AS_OF


@pytest.fixture(scope="session")
def known_candidate() -> Candidate:
    """A candidate of whom everything that a rule or criterion reads is known, fresh and suits `archive_package`."""
    return Candidate(
        candidate_id="K-1",
        source_organisation="WSP Haaglanden",
        source_kind="wsp",
        register_status=True,
        register_checked_on=dt.date(2026, 10, 1),
        available="now",
        municipality="delft",
        max_travel_minutes=60,
        travel_modes=frozenset({"public_transport", "bicycle"}),
        travels_alone=True,
        hours_min=16.0,
        hours_max=28.0,
        can_grow_hours=True,
        days_available=frozenset({"mon", "tue", "wed", "thu"}),
        education="mbo_2",
        education_completed=True,
        fields_of_study=frozenset(),
        working_level="mbo_2",
        working_level_confirmed=True,
        wished_scale_min=2,
        wished_scale_max=5,
        skills=frozenset(),
        skills_absent=frozenset(),
        experience=(("archive", 3.0),),
        work_kinds_mastered=frozenset({"archive"}),
        wants_to_learn=frozenset({"digitising"}),
        development_wishes=frozenset({"lasting_contract"}),
        languages=(("nl", 4),),
        driving_licence=frozenset(),
        wished_work_kinds=(("archive", 3),),
        wished_setting=frozenset({"calm", "fixed"}),
        never=frozenset(),
        not_together_with=frozenset(),
        guidance_hours=1.0,
        guidance_level="light",
        consent_to_present=True,
        provision_by="uwv",
        profile_date=dt.date(2026, 9, 1),
        needs=(),
    )


@pytest.fixture(scope="session")
def archive_package() -> WorkPackage:
    """A work package in Den Haag that `known_candidate` suits in every respect."""
    from matching.domain.work_package import Task

    return WorkPackage(
        work_package_id="WP-1",
        title="Archief op orde",
        employer="Ministerie van BZK",
        municipality="s-gravenhage",
        places=1,
        days_at_home=0,
        days_per_week=3,
        days_required=frozenset({"mon", "tue", "wed"}),
        hours_min=20.0,
        hours_max=24.0,
        hours_negotiable=False,
        build_up_possible=False,
        scale_min=3,
        scale_max=4,
        level_min="mbo_2",
        level_negotiable=False,
        start_date=dt.date(2026, 12, 1),
        start_movable=False,
        end_date=dt.date(2027, 12, 1),
        lasting_prospect=True,
        work_kinds=frozenset({"archive"}),
        setting=frozenset({"calm", "fixed", "indoors", "on_site", "in_team"}),
        development=frozenset({"training", "lasting_contract"}),
        fields_asked=frozenset(),
        skills_essential=frozenset(),
        skills_welcome=frozenset(),
        skills_trainable=frozenset(),
        languages_asked=(),
        licence_asked=frozenset(),
        screening="none",
        guide_named=True,
        guide_trained=True,
        guidance_hours=3.0,
        no_displacement=True,
        tasks=(
            Task(name="Dossiers ordenen", task_kind="file_ordering", work_kind="archive", hours=16.0, carveable=False),
            Task(name="Dossiers ophalen", task_kind="file_retrieval", work_kind="archive", hours=8.0, carveable=True),
        ),
    )


@pytest.fixture(scope="session")
def small_world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of made-up data, 40 people and 14 packages, laid out as the shipped one.

    Of every programme and every method there is some work among them.
    """
    from matching.synthetic.files import synthesise

    folder = tmp_path_factory.mktemp("world") / "synthetic"
    synthesise(40, 14, 2, folder, as_of=AS_OF)
    return folder
