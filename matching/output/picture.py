"""Pictures that read without colour and aloud: SVG with a title and a description, PNG with its text beside it.

Lengths, places and words carry the meaning; shades only repeat it. Altair and vl-convert are loaded when a picture
is drawn.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from matching.output.harmless import printable
from matching.output.writing import write_whole
from matching.text import Language, say

DARK, MIDDLE, PALE, EDGE = "#154273", "#6F8FB3", "#DCE5EF", "#3A3A3A"
FONT = "Liberation Sans, DejaVu Sans, Arial, sans-serif"
PIXELS_A_POINT = 2


@dataclass(frozen=True, kw_only=True)
class Picture:
    """A chart with its title and the same story in words, for who cannot or would rather not look."""

    chart: Any
    title: str
    description: str

    def svg(self) -> str:
        """Return the picture as SVG whose title and description a screen reader speaks."""
        import vl_convert

        drawn: str = vl_convert.vegalite_to_svg(self._specification())
        head, mark, rest = drawn.partition(">")
        named = f'{head} role="img" aria-labelledby="title description"{mark}'
        words = (
            f'<title id="title">{escape(self.title)}</title><desc id="description">{escape(self.description)}</desc>'
        )
        return printable(f"{named}{words}{rest}")

    def png(self) -> bytes:
        """Return the picture as PNG, sharp enough to print."""
        import vl_convert

        drawn: bytes = vl_convert.vegalite_to_png(self._specification(), scale=PIXELS_A_POINT)
        return drawn

    def write(self, path: Path) -> None:
        """Write the picture; the ending chooses SVG or PNG. A PNG gets a .txt beside it, an item a line."""
        if path.suffix.casefold() == ".svg":
            write_whole(path, self.svg().encode())
            return
        write_whole(path, self.png())
        lines = self.description.replace("; ", "\n")
        write_whole(path.with_suffix(".txt"), f"{self.title}\n\n{lines}\n".encode())

    def _specification(self) -> str:
        look = {
            "font": FONT,
            "background": "white",
            "view": {"stroke": None},
            "axis": {"labelFontSize": 12, "titleFontSize": 12, "labelLimit": 320, "gridColor": "#E3E3E3"},
            "title": {"fontSize": 15, "anchor": "start", "subtitleFontSize": 12, "color": DARK, "subtitlePadding": 6},
            "text": {"fontSize": 12},
            "header": {"labelFontSize": 13, "titleFontSize": 12},
        }
        specification: str = self.chart.properties(padding=14).configure(**look).to_json()
        return specification


def point_axis(field: str, language: Language) -> Any:
    """Return the axis of points out of 1000."""
    import altair as alt

    scale, axis = alt.Scale(domain=[0, 1000], nice=False), alt.Axis(format="d")
    return alt.X(field, scale=scale, axis=axis, title=say("output.picture.points").text(language))
