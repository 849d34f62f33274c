"""Help in two languages, and wrong usage as a sentence with an exit code; never a traceback."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from matching.cli.main import run
from matching.cli.parser import VERBS, language_of
from matching.text import LANGUAGES, Language

HEAVY = {"numpy", "pandas", "sklearn", "scipy", "pulp", "highspy", "ortools", "altair", "xlsxwriter", "odf", "rich"}


def loaded_after(code: str) -> set[str]:
    script = f"{code}\nimport sys\nsys.stderr.write(' '.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return {name.partition(".")[0] for name in done.stderr.split()}


def test_importing_the_package_loads_nothing_but_itself_and_the_standard_library() -> None:
    outside = loaded_after("import matching") - set(sys.stdlib_module_names) - loaded_after("")
    assert outside == {"matching"}


def test_help_loads_nothing_heavy() -> None:
    assert not loaded_after("from matching.cli.main import run\nrun(['--help'])") & HEAVY


def test_help_of_a_verb_loads_no_tables_or_solvers() -> None:
    loaded = loaded_after("from matching.cli.main import run\nrun(['plan', '--help'])")
    assert not loaded & {"pandas", "sklearn", "pulp", "highspy", "ortools", "altair", "xlsxwriter"}


def test_help_names_every_verb_in_both_languages(capsys: pytest.CaptureFixture[str]) -> None:
    for language, word in (("nl", "Gebruik:"), ("en", "Usage:")):
        assert run(["--help", "--lang", language]) == 0
        shown = capsys.readouterr().out
        assert word in shown
        assert all(f"  {name} " in shown for name in VERBS)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("verb", VERBS)
def test_each_verb_explains_itself_in_80_columns(
    verb: str, language: Language, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([verb, "--help", "--lang", language]) == 0
    shown = capsys.readouterr().out
    assert f"matching {verb}" in shown and max(map(len, shown.splitlines())) <= 80
    assert ("Opties:" if language == "nl" else "Options:") in shown and "Show this message" not in shown


WRONG = [
    (["shrtlist"], 'Werkwoord "shrtlist" bestaat niet', 2),
    (["shortlist"], "BESTAND ontbreekt", 2),
    (["shortlist", "x", "y"], "Te veel woorden op de regel: y", 2),
    (["shortlist", "x", "--sizze", "3"], "Bedoelde u --size?", 2),
    (["shortlist", "x", "--size", "0"], '"0" is geen heel getal van 1 of meer', 2),
    (["shortlist", "x", "--size", "tien"], '"tien" is geen heel getal', 2),
    (["shortlist", "x", "--size"], "Achter --size hoort een waarde", 2),
    (["shortlist", "x", "--date", "31-02-2026"], "is geen datum", 2),
    (["shortlist", "x", "--method", "colective"], "Bedoelde u collective?", 2),
    (["shortlist", "x", "--role", "baas"], 'Waarde van --role "baas" bestaat niet', 2),
    (["shortlist", "x", "--lang", "fr"], 'Waarde van --lang "fr" bestaat niet', 2),
    (["shortlist", "x", "--role", "employer"], "Voor een werkgever is er geen lijst", 2),
    (["shortlist", "x", "--package", "W", "--candidate", "K"], "niet allebei", 2),
    (["explain", "x", "--candidate", "K"], "--package ontbreekt", 2),
    (["lookup", "municipality"], "Er is niets om op te zoeken", 2),
    (["lookup", "gemeente", "x"], "Toegestaan: municipality, title, skill", 2),
    (["lookup", "skill", "--file", "nergens.csv"], "nergens.csv kan niet worden gelezen", 1),
]


@pytest.mark.parametrize(("arguments", "sentence", "code"), WRONG)
def test_wrong_usage_is_a_dutch_sentence(
    arguments: list[str], sentence: str, code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(arguments) == code
    found = capsys.readouterr()
    assert found.err.startswith("Fout: ") and sentence in found.err and "Traceback" not in found.err
    assert found.out == ""


def test_wrong_usage_is_english_when_asked(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["shortlist", "--lang", "en"]) == 2
    assert capsys.readouterr().err.startswith("Error: FILE is missing.")


def test_the_unexpected_gives_a_reference_and_no_data(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("matching.cli.main.Root", lambda language: 1 / 0)
    assert run(["demo"]) == 70
    shown = capsys.readouterr().err
    assert "kenmerk ZeroDivisionError-" in shown and "Traceback" not in shown and "division" not in shown


def test_debug_shows_the_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("matching.cli.main.Root", lambda language: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        run(["demo", "--debug"])


@pytest.mark.parametrize(
    ("arguments", "environment", "language"),
    [
        ([], None, "nl"),
        ([], "en", "en"),
        (["--lang", "nl"], "en", "nl"),
        (["demo", "--lang=en"], None, "en"),
        (["--lang"], None, "nl"),
        ([], "de", "nl"),
    ],
)
def test_the_language_asked_for_wins(arguments: list[str], environment: str | None, language: str) -> None:
    assert language_of(arguments, environment) == language


def test_a_plan_for_one_candidate_is_about_that_candidate(
    small_world: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["plan", str(small_world), "--candidate", "K-00001", "--date", "2026-11-01"]) == 0
    assert "voor 1 kandidaat;" in capsys.readouterr().out


def test_the_module_is_the_command_too() -> None:
    done = subprocess.run([sys.executable, "-m", "matching", "plan"], capture_output=True, text=True, check=False)
    assert done.returncode == 2 and "Traceback" not in done.stderr and done.stderr.strip()
