"""What the guard of workbooks counts while it unpacks, with small limits."""

from __future__ import annotations

import io
import warnings
import zipfile

import pytest

from matching.errors import InputRefused
from matching.intake.guard import Limits, Package


def package(*parts: tuple[str, bytes]) -> bytes:
    """Return a zip of parts; a name may come twice."""
    target = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        warnings.simplefilter("ignore")
        for name, content in parts:
            new.writestr(name, content)
    return target.getvalue()


def refusal(content: bytes, limits: Limits, *parts: str, large: bool = False) -> str | None:
    """Return why these parts are refused, or None."""
    try:
        opened = Package(content, name="w.xlsx", limits=limits)
        for part in parts:
            list(opened.chunks(part, large=large))
    except InputRefused as fault:
        return fault.sentence.key.removeprefix("intake.")
    return None


@pytest.mark.parametrize(("size", "refused"), [(100, None), (101, "too_much_inside")])
def test_one_part_may_be_as_large_as_its_limit_and_not_a_byte_larger(size, refused):
    assert refusal(package(("a.vml", b"x" * size)), Limits(part_bytes=100), "a.vml") == refused


@pytest.mark.parametrize(("size", "refused"), [(50, None), (51, "too_much_inside")])
def test_all_parts_together_are_counted_as_they_are_unpacked(size, refused):
    content = package(("a.vml", b"x" * size), ("b.vml", b"y" * size))
    assert refusal(content, Limits(unpacked_bytes=100), "a.vml", "b.vml", large=True) == refused


def test_two_parts_of_one_name_are_refused():
    assert refusal(package(("a.xml", b"<a/>"), ("a.xml", b"<b/>")), Limits()) == "odd_structure"


def test_two_names_for_the_same_bytes_are_refused():
    content = bytearray(package(("a.xml", b"<a/>" * 9), ("b.xml", b"<b/>" * 9)))
    second = content.rindex(b"PK\x01\x02")
    content[second + 42 : second + 46] = (0).to_bytes(4, "little")
    assert refusal(bytes(content), Limits()) == "odd_structure"


@pytest.mark.parametrize("cut", range(1, 9))
def test_a_declaration_on_the_cut_between_two_pieces_is_seen(monkeypatch, cut):
    monkeypatch.setattr("matching.intake.guard.CHUNK", 20)
    content = package(("a.xml", b" " * (20 - cut) + b"<!DOCTYPE x><a/>"))
    assert refusal(content, Limits(), "a.xml") == "entities"


def test_a_protected_part_is_refused_as_protected():
    content = bytearray(package(("a.xml", b"<a/>")))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + place] |= 1
    assert refusal(bytes(content), Limits()) == "protected"
