"""Pseudonyms: the same person gets the same code, only the key leads back, and the key stays away from outputs."""

from __future__ import annotations

import csv
import stat

import pytest

from matching.errors import InputRefused
from matching.intake.pseudonym import open_key, remember, reveal


def test_the_same_id_gets_the_same_code_and_another_key_another(tmp_path):
    key, again = open_key(tmp_path / "a.key"), open_key(tmp_path / "a.key")
    assert key.code("sonar", "WZ-1") == again.code("sonar", "WZ-1")
    codes = {key.code("sonar", "WZ-1"), key.code("vum", "WZ-1"), key.code("sonar", "WZ-2")}
    assert len(codes | {open_key(tmp_path / "b.key").code("sonar", "WZ-1")}) == 4


def test_a_code_is_a_valid_id_that_tells_nothing(tmp_path):
    from matching.intake import SHEETS

    code = open_key(tmp_path / "a.key").code("sonar", "WZ-1001")
    assert SHEETS["candidates"].by_key["candidate_id"].read(code).value == code
    assert "1001" not in code


def test_a_citizen_number_is_not_even_hashed(tmp_path):
    with pytest.raises(InputRefused, match="BSN"):
        open_key(tmp_path / "a.key").code("sonar", "123456782")


def test_the_key_list_grows_reveals_and_is_private(tmp_path):
    key = open_key(tmp_path / "k" / "a.key")
    remember(key, "sonar", {'WZ "1";': "K-a"})
    remember(key, "vum", {"77": "K-b"})
    assert reveal(key, ["K-a", "K-b", "K-c"]) == {"K-a": ("sonar", 'WZ "1";'), "K-b": ("vum", "77")}
    for path in (key.path, key.list_path):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert sorted(path.name for path in key.path.parent.iterdir()) == ["a-lijst.csv", "a.key"]


def test_the_secret_is_not_shown(tmp_path):
    key = open_key(tmp_path / "a.key")
    assert key.secret.hex() not in repr(key)


@pytest.mark.parametrize("output", ["uit.xlsx", "."])
def test_a_key_beside_the_output_is_refused_before_it_is_made(tmp_path, output):
    with pytest.raises(InputRefused, match="eigen map"):
        open_key(tmp_path / "a.key", apart_from=[tmp_path / output])
    assert not (tmp_path / "a.key").exists()
    assert open_key(tmp_path / "apart" / "a.key", apart_from=[tmp_path / "uit" / "uit.xlsx"])


@pytest.mark.parametrize("content", ["", "zz", "ab" * 31])
def test_a_file_that_holds_no_key_is_refused(tmp_path, content):
    (tmp_path / "a.key").write_text(content)
    with pytest.raises(InputRefused, match="geen bruikbare sleutel"):
        open_key(tmp_path / "a.key")


def test_another_file_in_the_place_of_the_key_list_is_refused(tmp_path):
    key = open_key(tmp_path / "a.key")
    key.list_path.write_text("iets;anders\n1;2\n")
    with pytest.raises(InputRefused, match="geen sleutellijst"):
        reveal(key, ["K-a"])


LIVE = ["=1+1", "+1", "-1", "@x", "'=1+1", "'gewoon", "a;b", 'a"b', "\t=1"]


@pytest.mark.parametrize("source_id", LIVE)
def test_a_number_that_looks_like_a_formula_stays_text_in_the_key_list_and_comes_back_as_it_was(tmp_path, source_id):
    key = open_key(tmp_path / "a.key")
    remember(key, "sonar", {source_id: "K-1", "WZ-2": "K-2"})
    remember(key, "sonar", {"WZ-3": "K-3"})
    assert reveal(key, ["K-1", "K-3"]) == {"K-1": ("sonar", source_id), "K-3": ("sonar", "WZ-3")}
    with key.list_path.open(encoding="utf-8-sig", newline="") as file:
        head, *lines = list(csv.reader(file, delimiter=";"))
    assert head == ["systeem", "nummer in dat systeem", "code"]
    assert not [cell for line in lines for cell in line if cell.startswith(("=", "+", "-", "@", "\t"))]


def test_a_key_list_of_an_earlier_version_is_still_read_and_something_else_is_refused(tmp_path):
    key = open_key(tmp_path / "a.key")
    key.list_path.write_text('"source";"source_id";"candidate_id"\n"sonar";"WZ-1";"K-1"\n', encoding="utf-8")
    assert reveal(key, ["K-1"]) == {"K-1": ("sonar", "WZ-1")}
    key.list_path.write_text("a;b\n1;2\n", encoding="utf-8")
    with pytest.raises(InputRefused):
        reveal(key, ["K-1"])
