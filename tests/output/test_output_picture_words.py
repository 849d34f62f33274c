"""The words beside a picture are lines that somebody can read."""

from __future__ import annotations

from matching.domain.region import regions
from matching.output.picture_map import draw_map


def test_the_text_beside_a_picture_gives_every_item_a_line_of_its_own(tmp_path):
    first, second = list(regions().items())[:2]
    picture = draw_map({first[0]: 2}, {first[0]: 2, second[0]: 1}, {}, waiting={}, language="nl")
    picture.write(tmp_path / "map.png")
    lines = (tmp_path / "map.txt").read_text(encoding="utf-8").splitlines()
    assert lines[0] == picture.title
    assert any(line.endswith(f"{first[1].name} 2 / 2") for line in lines)
    assert f"{second[1].name} 0 / 1." in lines
