"""Texts are read quickly and numbers written without a library, exactly as before."""

from __future__ import annotations

from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.text import Language
from matching.text import catalogue as shipped
from matching.text.sentence import number


@pytest.mark.parametrize("family", shipped.families())
def test_a_family_read_line_by_line_is_what_a_parser_reads(family: str) -> None:
    text = files("matching.text.catalogue").joinpath(f"{family}.toml").read_text(encoding="utf-8")
    quick = shipped._one_a_line(text, family)
    assert quick in (None, shipped._parsed(text, family))


def test_nearly_every_family_is_read_line_by_line() -> None:
    texts = {name: files("matching.text.catalogue").joinpath(f"{name}.toml") for name in shipped.families()}
    slow = [name for name, file in texts.items() if shipped._one_a_line(file.read_text(encoding="utf-8"), name) is None]
    assert slow == ["synthetic"]


@pytest.mark.parametrize(
    "line", ['nl = "a" # b', 'nl = "a\\q"', "nl = '''", "nl = { a = 1 }", "other = 'a'", "[[a]]", "nl = \"a'"]
)
def test_what_is_not_one_text_a_line_is_left_to_the_parser(line: str) -> None:
    assert shipped._one_a_line(f"[key]\n{line}\nen = 'b'\n", "family") is None


@pytest.mark.parametrize(
    ("value", "nl", "en"),
    [
        (7, "7", "7"),
        (9_999, "9999", "9999"),
        (12_500, "12.500", "12,500"),
        (-12_500, "-12.500", "-12,500"),
        (24.5, "24,5", "24.5"),
        (24.0, "24", "24"),
        (0.125, "0,12", "0.12"),
        (1234567.895, "1.234.567,9", "1,234,567.9"),
        (1e20, "100.000.000.000.000.000.000", "100,000,000,000,000,000,000"),
    ],
)
def test_numbers_are_written_as_the_reader_writes_them(value: float, nl: str, en: str) -> None:
    assert (number(value, "nl"), number(value, "en")) == (nl, en)


@given(value=st.floats(-1e9, 1e9), language=st.sampled_from(["nl", "en"]))
def test_a_written_number_is_the_number_to_two_decimals(value: float, language: Language) -> None:
    thousand, decimal = (".", ",") if language == "nl" else (",", ".")
    back = float(number(value, language).replace(thousand, "").replace(decimal, "."))
    assert abs(back - value) <= 0.0050001
