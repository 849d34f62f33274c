"""Every output for every role, in every form it is offered in: nothing in it that the role may not see."""

from __future__ import annotations

import contextlib
import io
import re
import zipfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from matching.cli.main import run
from matching.cli.options import ROLES
from matching.domain.candidate import Candidate
from matching.domain.work_package import WorkPackage
from tests.output.role_world import (
    FOR_OFFICES,
    HIDDEN_ARRANGEMENTS,
    NEEDS,
    OWN_WORDS,
    ROUTES,
    SUGGESTED,
    planted,
    work,
    written,
)

ENDINGS = (".xlsx", ".html", ".csv", ".json", ".txt")
DRAWN = (".ods", ".svg")
GEOMETRY, NOTHING = re.compile(r' (?:d|transform)="[^"]*"'), re.compile(r"(?!)")
"""The lines of a picture are no words: a coordinate may hold the same digits as a planted number."""
PAIR = ("--package", "WP-1", "--candidate")
OUTPUTS: dict[str, tuple[str, ...]] = {
    "shortlist": ("shortlist", "--package", "WP-1"),
    "shortlists": ("shortlist",),
    "work for somebody": ("shortlist", "--candidate", "K-shut"),
    "explain": ("explain", *PAIR, "K-open"),
    "explain unasked": ("explain", *PAIR, "K-shut"),
    "why": ("explain", "--for", "officer", *PAIR, "K-open"),
    "why unasked": ("explain", "--for", "officer", *PAIR, "K-shut"),
    "why not": ("explain", "--for", "officer", "--candidate", "K-shut", "--package", "WP-2"),
    "why never": ("explain", "--for", "officer", *PAIR, "K-never"),
    "for the candidate": ("explain", "--for", "candidate", *PAIR, "K-open"),
    "introduction": ("explain", "--for", "employer", *PAIR, "K-open"),
    "introduction unasked": ("explain", "--for", "employer", *PAIR, "K-shut"),
    "plan": ("plan",),
    "ask": ("ask",),
    "ask employers": ("ask", "--about", "package"),
    "carve": ("carve", "--package", "WP-2"),
    "carve with judging": ("carve", "--package", "WP-1", "--reconsider"),
    "carve all": ("carve", "--all"),
    "reach": ("reach",),
    "check": ("check",),
    "check in JSON": ("check", "--json"),
    "travel": ("travel", "--candidate", "K-shut"),
}
"""What each verb is asked; every form of file is asked for with it."""

PICTURED = ("shortlist", "work for somebody", "explain", "explain unasked", "introduction", "plan")
CANDIDATES_OWN = ("for the candidate",)
SPEAKS_TO = {"introduction": "employer", "for the candidate": "candidate"}


@dataclass(frozen=True)
class Shown:
    """What one call gave: its exit code, and every text on screen and in files by where it stood."""

    code: int
    texts: dict[str, str]

    def found(self, *words: str) -> list[tuple[str, str]]:
        """Return (where, word) of every word that stands somewhere."""
        return [(where, word) for where, text in self.texts.items() for word in words if word in text]


@pytest.fixture(scope="module")
def shown(known_candidate: Candidate, archive_package: WorkPackage, tmp_path_factory: pytest.TempPathFactory):  # type: ignore[no-untyped-def]
    folder = written(tmp_path_factory.mktemp("pool"), planted(known_candidate), work(archive_package))

    @cache
    def called(output: str, role: str, language: str = "nl") -> Shown:
        target = tmp_path_factory.mktemp("out")
        endings = (*ENDINGS, *DRAWN) if output in PICTURED and role != "employer" else ENDINGS
        verb, *rest = OUTPUTS[output]
        line = [verb, str(folder), *rest, "--date", "2026-11-01", "--role", role, "--lang", language]
        line += [word for ending in endings for word in ("--out", str(target / f"uit{ending}"))]
        line += ["--request", str(target / "verzoek.xlsx")] if verb == "carve" and "--package" in rest else []
        screen = io.StringIO()
        with contextlib.redirect_stdout(screen), contextlib.redirect_stderr(screen):
            code = run(line)
        texts = {path.name: text_of(path) for path in sorted(target.iterdir())}
        return Shown(code, {"screen": " ".join(screen.getvalue().casefold().split()), **texts})

    return called


def text_of(path: Path) -> str:
    """Return all text of a file, hidden sheets, comments and properties included."""
    if not zipfile.is_zipfile(path):
        drawn = GEOMETRY if path.suffix == ".svg" else NOTHING
        return " ".join(drawn.sub("", path.read_text(encoding="utf-8")).casefold().split())
    with zipfile.ZipFile(path) as parts:
        return "".join(parts.read(name).decode("utf-8", "replace") for name in parts.namelist()).casefold()


def refused(found: Shown) -> bool:
    """Whether nothing but a sentence came out."""
    return found.code in (1, 2) and set(found.texts) == {"screen"}


def each(*roles: str) -> list[tuple[str, str]]:
    return [(output, role) for output in OUTPUTS for role in roles]


@pytest.mark.parametrize(("output", "role"), each("coordinator", "planner", "analyst"))
def test_no_office_reads_needs_or_own_words(output: str, role: str, shown) -> None:  # type: ignore[no-untyped-def]
    found = shown(output, role)
    hits = found.found(*NEEDS, *OWN_WORDS, *HIDDEN_ARRANGEMENTS)
    assert [hit for hit in hits if not of_the_work(hit)] == []


def of_the_work(hit: tuple[str, str]) -> bool:
    """Whether a word is what a task asks, which stands in the request about that task."""
    return hit[0] == "verzoek.xlsx" and hit[1] in NEEDS


@pytest.mark.parametrize("output", OUTPUTS)
def test_an_analyst_reads_no_route_to_a_person(output: str, shown) -> None:  # type: ignore[no-untyped-def]
    assert shown(output, "analyst").found(*ROUTES) == []


@pytest.mark.parametrize("output", OUTPUTS)
def test_an_employer_gets_one_introduction_of_one_who_agreed(output: str, shown) -> None:  # type: ignore[no-untyped-def]
    found = shown(output, "employer")
    if output in ("introduction", "explain"):
        assert found.code == 1 and "k-open" in found.texts["uit.html"]
        hidden = (*NEEDS, *OWN_WORDS, *HIDDEN_ARRANGEMENTS, *ROUTES, *FOR_OFFICES, *SUGGESTED, "punten", "points")
        assert found.found(*hidden) == [] and "vergroting" in found.texts["uit.html"]
    else:
        assert refused(found)


@pytest.mark.parametrize(("output", "role"), each(*ROLES))
def test_the_candidates_page_and_the_introduction_go_to_whom_they_are_for(output: str, role: str, shown) -> None:  # type: ignore[no-untyped-def]
    if output in CANDIDATES_OWN:
        found = shown(output, role)
        assert refused(found) is (role != "liaison")
        assert found.found("k-shut", "k-third", "k-never", "punten", "redenplant", "routeplant") == []
    if output == "introduction unasked":
        assert refused(shown(output, role)) and shown(output, role).code == 1


@pytest.mark.parametrize("role", ROLES)
def test_every_output_speaks_for_the_role_asked(role: str, shown) -> None:  # type: ignore[no-untyped-def]
    for output in OUTPUTS:
        found = shown(output, role)
        written_for = SPEAKS_TO.get(output, role)
        if "uit.json" in found.texts:
            assert f'"role": "{written_for}"' in found.texts["uit.json"], output


def test_the_planted_words_are_there_for_the_own_officer(shown) -> None:  # type: ignore[no-untyped-def]
    everything = [shown(output, "liaison") for output in OUTPUTS]
    words = (*NEEDS, *OWN_WORDS, *HIDDEN_ARRANGEMENTS, *ROUTES, *SUGGESTED)
    seen = {word for found in everything for _, word in found.found(*words)}
    assert {"met de ogen werken", "vertellen voor anderen", "7,25", "motievenplant", "routeplant"} <= seen
    assert {"brailleleesregel", "zonder geur", "ruilen met een collega", "13-07-2026", "klimaatplant"} <= seen


@pytest.mark.parametrize("output", ["shortlist", "why unasked", "carve", "ask employers", "introduction"])
def test_english_hides_the_same(output: str, shown) -> None:  # type: ignore[no-untyped-def]
    role = "employer" if output == "introduction" else "coordinator"
    hits = shown(output, role, "en").found(*NEEDS, *OWN_WORDS, *HIDDEN_ARRANGEMENTS)
    assert [hit for hit in hits if not of_the_work(hit)] == []
