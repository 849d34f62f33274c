"""No output shows a role what it may not see: every result, in every format, for every role, with planted words."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.console import Console

from matching.domain.pool import Pool
from matching.errors import MatchingError
from matching.output.fit_report import fit_report
from matching.output.roles import Role, RoleRefused
from matching.output.save import PICTURES, WRITERS, save
from matching.output.screen import fit_screen, shortlist_screen
from matching.output.stamps import stamp_of_fits, stamp_of_lists
from matching.scoring.fit import Fit
from matching.scoring.scores import Scores

NEED_WORDS = ("geluid", "noise")
ARRANGEMENT = "rustige werkplek"
MOTIVATION = "eigenwoorden"
ROUTE = "route-7"
INSIDE = (Role.COORDINATOR, Role.PLANNER, Role.ANALYST)
ENDINGS = (*WRITERS, ".svg")


def text_of(path: Path) -> str:
    if not zipfile.is_zipfile(path):
        return path.read_text(encoding="utf-8").casefold()
    with zipfile.ZipFile(path) as parts:
        return "".join(parts.read(name).decode("utf-8", "replace") for name in parts.namelist()).casefold()


def saved(thing: object, role: Role, ending: str, folder: Path) -> str:
    return text_of(save(thing, folder / f"out{ending}", role=role.value))


def on_screen(scores: Scores, thing: str, role: Role) -> str:
    console = Console(width=80, record=True, file=io.StringIO())
    if thing == "shortlist":
        found = scores.shortlist("WP-1")
        console.print(shortlist_screen(found, stamp=stamp_of_lists([found], role=role), role=role, language="nl"))
    else:
        fit = scores.fit(thing, "WP-1")
        console.print(fit_screen(fit, stamp=stamp_of_fits([fit], role=role), role=role, language="nl"))
    return " ".join(console.export_text().casefold().split())


def things(scores: Scores) -> list[Callable[[], object]]:
    return [
        lambda: scores.shortlist("WP-1"),
        lambda: scores.shortlist("K-agreed"),
        lambda: scores.fit("K-agreed", "WP-1"),
        lambda: scores.fit("K-unasked", "WP-1"),
        lambda: scores.shortlists(),
    ]


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("role", INSIDE)
def test_no_file_shows_needs_or_motivation_inside(
    role: Role, ending: str, planted_scores: Scores, tmp_path: Path
) -> None:
    for make in things(planted_scores):
        if ending in PICTURES and isinstance(make(), list):
            continue
        text = saved(make(), role, ending, tmp_path)
        assert MOTIVATION not in text and not any(word in text for word in NEED_WORDS)


@pytest.mark.parametrize("role", INSIDE)
@pytest.mark.parametrize("thing", ["shortlist", "K-agreed", "K-unasked"])
def test_no_screen_shows_needs_or_motivation_inside(thing: str, role: Role, planted_scores: Scores) -> None:
    text = on_screen(planted_scores, thing, role)
    assert MOTIVATION not in text and not any(word in text for word in NEED_WORDS)


@pytest.mark.parametrize("ending", sorted(WRITERS))
@pytest.mark.parametrize("role", INSIDE)
def test_arrangements_are_shown_of_people_who_agreed_only(
    role: Role, ending: str, planted_scores: Scores, tmp_path: Path
) -> None:
    assert ARRANGEMENT in saved(planted_scores.fit("K-agreed", "WP-1"), role, ending, tmp_path)
    assert ARRANGEMENT not in saved(planted_scores.fit("K-unasked", "WP-1"), role, ending, tmp_path)


def test_the_liaison_sees_all_of_it(planted_scores: Scores, tmp_path: Path) -> None:
    text = saved(planted_scores.fit("K-unasked", "WP-1"), Role.LIAISON, ".txt", tmp_path)
    assert ARRANGEMENT in text and MOTIVATION in text and ROUTE in text


def test_the_analyst_sees_points_but_no_contact_route(planted_scores: Scores, tmp_path: Path) -> None:
    text = saved(planted_scores.shortlists(), Role.ANALYST, ".json", tmp_path)
    assert ROUTE not in text and '"points"' in text


@pytest.mark.parametrize("ending", ENDINGS)
def test_an_employer_gets_no_list_in_any_form(ending: str, planted_scores: Scores, tmp_path: Path) -> None:
    for thing in (planted_scores.shortlist("WP-1"), planted_scores.shortlist("K-agreed")):
        with pytest.raises(RoleRefused):
            save(thing, tmp_path / f"out{ending}", role="employer")


@pytest.mark.parametrize("ending", ENDINGS)
def test_an_employer_meets_nobody_who_did_not_agree(ending: str, planted_scores: Scores, tmp_path: Path) -> None:
    with pytest.raises(MatchingError):
        save(planted_scores.fit("K-unasked", "WP-1"), tmp_path / f"out{ending}", role="employer")


@pytest.fixture
def introduced(planted_scores: Scores) -> Fit:
    return planted_scores.fit("K-agreed", "WP-1")


@pytest.mark.parametrize("ending", sorted(WRITERS))
def test_an_introduction_is_a_whitelist(ending: str, introduced: Fit, tmp_path: Path) -> None:
    text = saved(introduced, Role.EMPLOYER, ending, tmp_path)
    hidden = (
        MOTIVATION,
        ROUTE,
        "k-unasked",
        str(introduced.points),
        "wsp haaglanden",
        "doelgroep",
        "delft",
    )
    assert "k-agreed" in text and ARRANGEMENT in text and "archief" in text
    assert [word for word in (*hidden, *NEED_WORDS) if word in text] == []


def test_the_introduction_holds_only_fields_of_the_whitelist(introduced: Fit, planted_pool: Pool) -> None:
    stamp = stamp_of_fits([introduced], role=Role.EMPLOYER, pool=planted_pool)
    rows = fit_report(introduced, stamp=stamp, role=Role.EMPLOYER, language="en").main.rows
    allowed = {
        "candidate",
        "why this suits",
        "would like to do",
        "experience with",
        "can do",
        "wants to learn",
        "hours candidate",
        "to arrange",
        "can start from",
    }
    assert {row[0] for row in rows} <= allowed
