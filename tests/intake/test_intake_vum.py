"""The VUM standard: codes as numbers or texts, 7 is unknown, too coarse is a question, contact data is never read."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from intake_files import AS_OF

from matching.errors import InputRefused
from matching.intake.pseudonym import open_key
from matching.intake.vum import import_vum
from matching.intake.vum_codes import as_code, key_for, yes_no
from matching.intake.vum_export import export_job_seekers, export_vacancies, not_carried, terms_not_carried

SEEKER = {
    "idWerkzoekende": "WZ-1",
    "indicatieLdrRegistratie": 1,
    "persoonlijkePresentatie": "Werkt graag secuur.",
    "eisAanWerk": {"indicatieBegeleiding": 2, "indicatieWerkvariatie": 1},
    "vervoermiddel": [
        {"codeVervoermiddel": "5"},
        {"codeVervoermiddel": 1, "indicatieBeschikbaarVoorWoonWerkverkeer": 2},
    ],
    "mobiliteit": {"bemiddelingspostcode": "2511ab", "maximaleReistijd": 60},
    "flexibiliteit": {"datumAanvangBeschikbaarVoorWerk": "2026-01-01", "codeRegiostraal": 3},
    "werktijden": {"aantalWerkurenPerWeekMinimaal": 0, "aantalWerkurenPerWeekMaximaal": 24},
    "arbeidsmarktkwalificatie": {
        "codeWerkEnDenkniveauWerkzoekende": 7,
        "opleiding": [{"codeNiveauOpleiding": 5, "indicatieDiploma": 1}, {"codeNiveauOpleiding": 4}],
        "taalbeheersing": [{"codeTaal": "nld", "codeNiveauTaalbeheersingMondeling": 4}],
        "rijbewijs": [{"codeSoortRijbewijs": "B"}],
        "vakvaardigheid": [{"omschrijving": "heftruckrijden"}],
        "gedragscompetentie": [{"code": 24101, "codeBeheersing": 1}],
    },
    "bemiddelingsberoep": [{"naamBeroepOngecodeerd": "Archief"}],
    "emailadres": [{"emailadres": "canary@voorbeeld.nl"}],
    "contactpersoon": [{"naamContactpersoonAfdeling": "canary"}],
}
VACANCY = {
    "idVacature": "V-1",
    "naamVacature": "Archief op orde",
    "codeWerkEnDenkniveauMinimaal": "5",
    "werkgever": {"handelsnaamOrganisatie": "Ministerie van BZK", "contactpersoon": "canary"},
    "werktijden": {"aantalWerkurenPerWeekMaximaal": "32"},
    "rijbewijs": ["B+"],
}


def imported(tmp_path, content):
    (tmp_path / "p.json").write_text(content if isinstance(content, str) else json.dumps(content))
    return import_vum(tmp_path / "p.json", open_key(tmp_path / "keys" / "a.key"), as_of=AS_OF)


def test_a_job_seeker_becomes_a_candidate(tmp_path):
    (person,) = imported(tmp_path, [SEEKER]).candidates
    assert (person.register_status, person.available, person.guidance_hours) == (True, "now", 0.0)
    assert (person.travel_modes, person.postcode4) == (frozenset({"public_transport"}), "2511")
    assert (person.hours_min, person.hours_max, person.max_travel_minutes) == (None, 24.0, 60)
    assert (person.education, person.education_completed, person.working_level) == ("bachelor", True, None)
    assert (person.languages, person.driving_licence) == ((("nl", 4),), frozenset({"B"}))
    assert (person.skills, person.wished_work_kinds) == (frozenset({"forklift_driving"}), (("archive", 1),))


def test_a_vacancy_becomes_a_work_package(tmp_path):
    (package,) = imported(tmp_path, VACANCY).packages
    assert (package.title, package.employer, package.hours_max) == ("Archief op orde", "Ministerie van BZK", 32.0)
    assert (package.level_min, package.licence_asked, package.tasks) == ("bachelor", frozenset({"B"}), None)


def test_contact_data_is_dropped_unread_and_what_has_no_place_is_listed(tmp_path):
    found = imported(tmp_path, {"werkzoekenden": [SEEKER]})
    assert found.ledger.dropped_columns == (("p.json", "emailadres", 1), ("p.json", "contactpersoon", 1))
    assert dict(found.not_carried)["gedragscompetentie"] == 1
    assert "canary" not in f"{found}{found.tables()}"


@pytest.mark.parametrize("form", [int, float, str])
def test_a_code_means_the_same_as_number_and_as_text(form):
    assert key_for("travel_mode", form(5))[0] == "public_transport"
    assert yes_no(form(2)) is False
    assert as_code(form(3)) in ("3", "3.0")


@pytest.mark.parametrize(
    ("name", "code", "key", "remark"),
    [
        ("working_level", 7, None, None),
        ("working_level", 0, None, None),
        ("working_level", 6, "master", None),
        ("working_level", 4, None, "intake.vum.coarse"),
        ("education", 9, None, None),
        ("education", 4, None, "intake.vum.coarse"),
        ("language_level", 1, None, None),
        ("language_level", 8, None, None),
        ("travel_mode", 33, None, "intake.vum.no_such_code"),
        ("travel_mode", True, None, None),
    ],
)
def test_every_trap_in_the_codes_is_known(name, code, key, remark):
    found, sentence = key_for(name, code)
    assert found == key
    assert (sentence.key if sentence else None) == remark


def test_a_named_education_is_finer_than_its_code(tmp_path):
    profile = {"idWerkzoekende": "1"} | {
        "arbeidsmarktkwalificatie": {"opleiding": [{"codeNiveauOpleiding": 4, "naamOpleiding": "mbo 3 logistiek"}]}
    }
    assert imported(tmp_path, [profile]).candidates[0].education == "mbo_3"


def test_profiles_without_id_twice_or_with_a_citizen_number_are_refused_and_counted(tmp_path):
    people = [SEEKER, SEEKER, {}, {"idWerkzoekende": "123456782"}, "x", VACANCY]
    found = imported(tmp_path, people)
    assert (found.ledger.counts[0].read, found.ledger.counts[0].accepted, found.ledger.counts[0].refused) == (6, 2, 4)
    assert found.ledger.balances
    assert "123456782" not in f"{found.ledger}"


@pytest.mark.parametrize("content", ["", "{", "[" * 100_000, '"x"', "3", "{}"])
def test_a_file_that_is_no_set_of_profiles_is_refused_or_holds_nothing(tmp_path, content):
    try:
        assert imported(tmp_path, content).ledger.counts[0].accepted == 0
    except InputRefused as fault:
        assert "p.json" in fault.text()


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(["omschrijving", "code", "x"]), inner),
    max_leaves=4,
)


@settings(max_examples=60, deadline=None)
@given(st.fixed_dictionaries({}, optional=dict.fromkeys(SEEKER | VACANCY, ANYTHING)))
def test_any_profile_is_accepted_or_refused_and_never_crashes(tmp_path_factory, profile):
    found = imported(tmp_path_factory.mktemp("v"), [profile])
    assert found.ledger.balances


def test_what_is_exported_comes_back_as_far_as_the_standard_carries_it(tmp_path, known_candidate, archive_package):
    profiles = export_job_seekers([known_candidate]) + export_vacancies([archive_package])
    found = imported(tmp_path, profiles)
    (person,), (package,) = found.candidates, found.packages
    for name in ("education", "education_completed", "max_travel_minutes", "register_status", "hours_max"):
        assert getattr(person, name) == getattr(known_candidate, name), name
    for name in ("title", "employer", "start_date", "end_date", "work_kinds"):
        assert getattr(package, name) == getattr(archive_package, name), name


def test_the_list_of_what_the_standard_cannot_carry_names_known_fields_only(known_candidate, archive_package):
    lost = not_carried(dataclasses.replace(known_candidate, municipality=None))
    assert "wished_setting" in lost
    assert "municipality" not in lost
    assert "education" not in lost
    headers = [term.nl for term in terms_not_carried([archive_package])]
    assert "taken" in headers and not {"tasks", "guide_named", "no_displacement"} & set(headers)
    assert {"tasks", "guide_named", "no_displacement"} <= set(not_carried(archive_package))


def test_an_unknown_level_is_exported_as_seven_and_no_register_status_as_nothing(known_candidate):
    bare = dataclasses.replace(known_candidate, working_level=None, register_status=None, available=dt.date(2027, 1, 1))
    (profile,) = export_job_seekers([bare])
    assert profile["arbeidsmarktkwalificatie"]["codeWerkEnDenkniveauWerkzoekende"] == 7
    assert "indicatieLdrRegistratie" not in profile
    assert profile["flexibiliteit"]["datumAanvangBeschikbaarVoorWerk"] == "2027-01-01"
