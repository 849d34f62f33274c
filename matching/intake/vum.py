"""Profiles of the VUM standard become candidates and work packages, under pseudonyms and without contact data."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from matching.domain.candidate import Candidate
from matching.domain.education import step_of
from matching.domain.ledger import Ledger, Problem, SheetCount
from matching.domain.work_package import WorkPackage
from matching.errors import InputRefused
from matching.intake.columns import SHEETS
from matching.intake.imported import Imported
from matching.intake.pseudonym import PseudonymKey
from matching.intake.vum_codes import Json, as_code, key_for, part, parts, text_of, yes_no
from matching.intake.words import forms, normal
from matching.text import Sentence, say

SOURCE = "vum"
LARGEST_FILE = 300_000_000
PERSONAL = ("emailadres", "telefoonnummer", "webadres", "contactpersoon")
"""Parts that are dropped unread."""


@dataclass
class _Profile:
    """One profile while it is read: its id in the file, its row, and the remarks about it."""

    content: Json
    row: int
    sheet: str
    problems: list[Problem] = field(default_factory=list)

    def note(self, column: str, sentence: Sentence | None, value: object = None) -> None:
        """Keep a remark; None is no remark."""
        if sentence is not None:
            shown = as_code(value) or None
            found = Problem(
                sheet=self.sheet, sentence=sentence, row=self.row, column=column, value=shown, refuses=False
            )
            self.problems.append(found)

    def word(self, name: str, holder: Json, column: str) -> str | None:
        """Return our word for the code in a field."""
        key, remark = key_for(name, holder.get(column))
        self.note(column, remark, holder.get(column))
        return key

    def cell(self, sheet: str, key: str, text: str) -> Any:
        """Return a text read as a cell of our own table; a text that is refused there is left out, with the reason."""
        if not text:
            return None
        reading = SHEETS[sheet].by_key[key].read(text)
        self.note(key, reading.refusal or reading.warning)
        return reading.value


def read_profiles(path: str | Path) -> list[Json]:
    """Return the profiles of a JSON file: a list, one profile, or an object that holds a list.

    Raises InputRefused when the file is no such thing.
    """
    target = Path(path)
    try:
        if target.stat().st_size > LARGEST_FILE:
            raise InputRefused(say("intake.too_large", file=target.name, megabytes=LARGEST_FILE // 1_000_000))
        found = json.loads(target.read_bytes().decode("utf-8-sig"))
    except OSError:
        raise InputRefused(say("intake.no_such_file", file=target.name)) from None
    except (ValueError, RecursionError):
        raise InputRefused(say("intake.vum.no_json", file=target.name)) from None
    if isinstance(found, Mapping) and not _is_profile(found):
        found = next((value for value in found.values() if isinstance(value, list)), None)
    if isinstance(found, Mapping):
        found = [found]
    if not isinstance(found, list):
        raise InputRefused(say("intake.vum.no_profiles", file=target.name))
    return [item if isinstance(item, Mapping) else {} for item in found]


def _is_profile(found: Json) -> bool:
    return "idWerkzoekende" in found or "idVacature" in found


def import_vum(path: str | Path, key: PseudonymKey, *, as_of: dt.date) -> Imported:
    """Read job-seeker and vacancy profiles; every profile is accepted or refused with its place in the file.

    `as_of` decides whether a date of availability is "now". Raises InputRefused when the file holds no profiles.
    """
    profiles = read_profiles(path)
    name = Path(path).name
    people: dict[str, tuple[str, Candidate]] = {}
    work: dict[str, WorkPackage] = {}
    problems: list[Problem] = []
    refused = 0
    for row, content in enumerate(profiles, start=1):
        profile = _Profile(content, row, name)
        try:
            if "idVacature" in content:
                package = _package(profile, key)
                _put_once(work, package.work_package_id, package)
            else:
                source_id = text_of(content, "idWerkzoekende")
                person = _candidate(profile, key, as_of)
                _put_once(people, source_id, (source_id, person))
        except InputRefused as fault:
            refused += 1
            profile.problems.append(Problem(sheet=name, sentence=fault.sentence, row=row))
        problems += profile.problems
    count = SheetCount(sheet=name, read=len(profiles), accepted=len(people) + len(work), refused=refused, blank=0)
    dropped = tuple((name, column, amount) for column, amount in _personal(profiles).items())
    return Imported(
        source=SOURCE,
        ledger=Ledger(counts=(count,), problems=tuple(problems), dropped_columns=dropped),
        candidates=tuple(person for _, person in people.values()),
        packages=tuple(work.values()),
        codes={source_id: person.candidate_id for source_id, person in people.values()},
        not_carried=_left_out(profiles),
    )


def _put_once(found: dict[str, Any], identity: str, value: object) -> None:
    if identity in found:
        raise InputRefused(say("intake.vum.twice"))
    found[identity] = value


def _personal(profiles: Iterable[Json]) -> dict[str, int]:
    """Return how many profiles held each part that was dropped unread."""
    counts = {name: sum(bool(profile.get(name)) for profile in profiles) for name in PERSONAL}
    return {name: amount for name, amount in counts.items() if amount}


LEFT_OUT: Mapping[str, Callable[[Json], object]] = {
    "eisAanWerk.indicatieAanpassingWerkomgeving": lambda p: part(p, "eisAanWerk").get(
        "indicatieAanpassingWerkomgeving"
    ),
    "eisAanWerk.indicatieWerkvariatie": lambda p: part(p, "eisAanWerk").get("indicatieWerkvariatie"),
    "mobiliteit.maximaleReisafstand": lambda p: part(p, "mobiliteit").get("maximaleReisafstand"),
    "flexibiliteit.codeRegiostraal": lambda p: part(p, "flexibiliteit").get("codeRegiostraal"),
    "contractvorm": lambda p: p.get("contractvorm"),
    "voorkeursland": lambda p: p.get("voorkeursland"),
    "sector": lambda p: p.get("sector"),
    "gedragscompetentie": lambda p: (
        p.get("gedragscompetentie") or part(p, "arbeidsmarktkwalificatie").get("gedragscompetentie")
    ),
    "omschrijvingVacature": lambda p: p.get("omschrijvingVacature"),
}
"""Parts of the standard that have no place in our model; the demands of work need words that the standard lacks."""


def _left_out(profiles: Iterable[Json]) -> tuple[tuple[str, int], ...]:
    profiles = list(profiles)
    counts = {name: sum(bool(find(profile)) for profile in profiles) for name, find in LEFT_OUT.items()}
    return tuple((name, amount) for name, amount in counts.items() if amount)


def _candidate(profile: _Profile, key: PseudonymKey, as_of: dt.date) -> Candidate:
    """Return a job-seeker profile as a candidate."""
    content = profile.content
    source_id = text_of(content, "idWerkzoekende")
    if not source_id:
        raise InputRefused(say("intake.vum.no_id"))
    skilled, mobile, times = (part(content, name) for name in ("arbeidsmarktkwalificatie", "mobiliteit", "werktijden"))
    education, completed = _education(profile, skilled)
    minutes = profile.cell("candidates", "max_travel_minutes", _positive(mobile, "maximaleReistijd"))
    profile.note("maximaleReistijd", say("intake.vum.one_way") if minutes is not None else None)
    wished = _work_kinds(text for text in _occupations(content))
    return Candidate(
        candidate_id=key.code(SOURCE, source_id),
        register_status=yes_no(content.get("indicatieLdrRegistratie")),
        available=_available(content, as_of),
        available_checked_until=_day(part(content, "flexibiliteit"), "datumEindeBeschikbaarVoorWerk"),
        postcode4=profile.cell("candidates", "postcode4", text_of(mobile, "bemiddelingspostcode")[:4]),
        max_travel_minutes=minutes,
        travel_modes=_travel_modes(profile),
        hours_min=profile.cell("candidates", "hours_min", _positive(times, "aantalWerkurenPerWeekMinimaal")),
        hours_max=profile.cell("candidates", "hours_max", _positive(times, "aantalWerkurenPerWeekMaximaal")),
        education=education,
        education_completed=completed,
        working_level=profile.word("working_level", skilled, "codeWerkEnDenkniveauWerkzoekende"),
        skills=_skills(profile, skilled, "candidates", "skills"),
        languages=_languages(profile, skilled),
        driving_licence=_licences(profile, skilled),
        wished_work_kinds=tuple((kind, 1) for kind in wished) or None,
        guidance_hours=0.0 if yes_no(part(content, "eisAanWerk").get("indicatieBegeleiding")) is False else None,
        motivation=profile.cell("candidates", "motivation", text_of(content, "persoonlijkePresentatie")),
        profile_source=SOURCE,
    )


def _positive(holder: Json, name: str) -> str:
    """Return a number as text; zero says nothing here."""
    text = text_of(holder, name)
    return "" if text.strip("0") == "" else text


def _day(holder: Json, name: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text_of(holder, name)[:10])
    except ValueError:
        return None


def _available(content: Json, as_of: dt.date) -> Any:
    start = _day(part(content, "flexibiliteit"), "datumAanvangBeschikbaarVoorWerk")
    return "now" if start is not None and start <= as_of else start


def _travel_modes(profile: _Profile) -> frozenset[str] | None:
    """Return how somebody travels to work; a mode that is not for commuting does not count."""
    commuting = [
        item
        for item in parts(profile.content, "vervoermiddel")
        if yes_no(item.get("indicatieBeschikbaarVoorWoonWerkverkeer")) is not False
    ]
    found = {profile.word("travel_mode", item, "codeVervoermiddel") for item in commuting} - {None}
    return frozenset(mode for mode in found if mode) or None


def _education(profile: _Profile, skilled: Json) -> tuple[str | None, bool | None]:
    """Return the highest known education and whether it was completed."""
    known: list[tuple[int, str, bool | None]] = []
    for item in parts(skilled, "opleiding"):
        level = _named_level(item) or profile.word("education", item, "codeNiveauOpleiding")
        if level is not None:
            status = {"1": True, "2": False, "3": False}.get(as_code(item.get("codeStatusOpleiding")))
            done = yes_no(item.get("indicatieDiploma"))
            known.append((step_of(level) or 0, level, done if done is not None else status))
    if not known:
        return None, None
    _, level, completed = max(known, key=lambda found: found[0])
    return level, completed


def _named_level(item: Json) -> str | None:
    """Return the level that the name of an education tells ("mbo 3 logistiek"), or None."""
    name = text_of(part(item, "opleidingsnaam"), "naamOpleidingOngecodeerd") or text_of(item, "naamOpleiding")
    words = name.split()
    for length in (len(words), 2, 1):
        keys = forms("education").get(normal(" ".join(words[:length])), ()) if words else ()
        if len(keys) == 1:
            return keys[0]
    return None


def _languages(profile: _Profile, skilled: Json) -> tuple[tuple[str, int], ...] | None:
    """Return the languages that somebody speaks, by the spoken level."""
    found: dict[str, int] = {}
    for item in parts(skilled, "taalbeheersing"):
        language = profile.word("language", item, "codeTaal")
        level = profile.word("language_level", item, "codeNiveauTaalbeheersingMondeling")
        if language and level:
            found[language] = int(level)
    return tuple(found.items()) or None


def _licences(profile: _Profile, holder: Json) -> frozenset[str] | None:
    found = holder.get("rijbewijs")
    items = found if isinstance(found, list) else []
    codes = [item if isinstance(item, str) else text_of(item, "codeSoortRijbewijs") for item in items]
    keys = [profile.word("licence", {"rijbewijs": code}, "rijbewijs") for code in codes]
    return frozenset(key for key in keys if key) or None


def _skills(profile: _Profile, holder: Json, sheet: str, key: str) -> frozenset[str] | None:
    names = [text_of(item, "omschrijving").replace(";", ",") for item in parts(holder, "vakvaardigheid")]
    found: frozenset[str] | None = profile.cell(sheet, key, "; ".join(name for name in names if name))
    return found


def _occupations(content: Json) -> Iterable[str]:
    for item in (*parts(content, "bemiddelingsberoep"), *parts(content, "beroep")):
        yield text_of(item, "omschrijvingBeroepsnaam") or text_of(item, "naamBeroepOngecodeerd")
    for item in parts(part(content, "arbeidsmarktkwalificatie"), "interesse"):
        yield text_of(item, "naamInteresse")


def _work_kinds(texts: Iterable[str]) -> tuple[str, ...]:
    """Return the work kinds that texts name exactly; nothing is guessed."""
    found = (forms("work_kind").get(normal(text), ()) for text in texts if text)
    return tuple(dict.fromkeys(keys[0] for keys in found if len(keys) == 1))


def _package(profile: _Profile, key: PseudonymKey) -> WorkPackage:
    """Return a vacancy profile as a work package; tasks, arrangements and guidance are not in the standard."""
    content = profile.content
    source_id = text_of(content, "idVacature")
    if not source_id:
        raise InputRefused(say("intake.vum.no_id"))
    times, terms = part(content, "werktijden"), part(content, "arbeidsVoorwaarden")
    education, _ = _education(profile, content)
    return WorkPackage(
        work_package_id=key.code(SOURCE, source_id, prefix="V"),
        title=profile.cell("work_packages", "title", text_of(content, "naamVacature")),
        employer=profile.cell(
            "work_packages", "employer", text_of(part(content, "werkgever"), "handelsnaamOrganisatie")
        ),
        hours_min=profile.cell("work_packages", "hours_min", _positive(times, "aantalWerkurenPerWeekMinimaal")),
        hours_max=profile.cell("work_packages", "hours_max", _positive(times, "aantalWerkurenPerWeekMaximaal")),
        level_min=profile.word("working_level", content, "codeWerkEnDenkniveauMinimaal") or education,
        start_date=_day(terms, "datumAanvangWerkzaamheden"),
        end_date=_day(terms, "datumEindeWerkzaamheden"),
        work_kinds=frozenset(_work_kinds(_occupations(content))) or None,
        skills_welcome=_skills(profile, content, "work_packages", "skills_welcome"),
        languages_asked=_languages(profile, content),
        licence_asked=_licences(profile, content),
    )
