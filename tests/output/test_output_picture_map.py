"""The map of a plan says where people wait, in the picture and in its words."""

from __future__ import annotations

from matching.domain.region import regions
from matching.output.picture_map import draw_map

FIRST, SECOND, THIRD = list(regions())[:3]


def test_a_region_says_how_many_people_have_no_place() -> None:
    picture = draw_map({FIRST: 2}, {FIRST: 2}, {}, waiting={FIRST: 5, SECOND: 1}, language="nl")
    names = {code: region.name for code, region in regions().items()}
    assert f"{names[FIRST]} 2 / 2, 5 zonder plek" in picture.description
    assert f"{names[SECOND]} -, 1 zonder plek" in picture.description
    assert names[THIRD] not in picture.description and "5 zonder plek" in picture.svg()
