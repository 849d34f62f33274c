"""The range chart of a shortlist: what is known to fit, and how far unknown answers could move it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from matching.domain.work_package import WorkPackage
from matching.output.picture import DARK, EDGE, MIDDLE, Picture, point_axis
from matching.scoring.explanation import band_label
from matching.text import Language, say

if TYPE_CHECKING:
    from matching.scoring.fit import Fit
    from matching.scoring.shortlist import Shortlist


@dataclass(frozen=True, kw_only=True, slots=True)
class Span:
    """One line of the chart: who, the points low, neutral and high (0..1000), and what to print behind it."""

    name: str
    low: int
    neutral: int
    high: int
    note: str


def range_picture(shortlist: Shortlist, *, language: Language = "nl") -> Picture:
    """Draw each line of a shortlist as its range with the ordering points on it, best first."""
    spans = [
        Span(
            name=f"{line.place}{'=' if line.tied else '.'} {_other(line.fit, shortlist)}",
            low=line.fit.low // 1000,
            neutral=line.fit.points,
            high=line.fit.high // 1000,
            note=band_label(line.fit).text(language),
        )
        for line in shortlist.lines
    ]
    about = shortlist.about
    name = about.work_package_id if isinstance(about, WorkPackage) else about.candidate_id
    title = say("output.picture.range", about=name).text(language)
    return draw_ranges(spans, title=title, language=language)


def draw_ranges(spans: Sequence[Span], *, title: str, language: Language) -> Picture:
    """Draw spans from the top down; a dot stands at the ordering points, a line from low to high."""
    import altair as alt

    rows = [
        {
            "name": span.name,
            "low": span.low,
            "neutral": span.neutral,
            "high": span.high,
            "note": f"{span.neutral} {span.note}",
        }
        for span in spans
    ]
    y = alt.Y("name:N", sort=None, title=None, axis=alt.Axis(ticks=False, domain=False))
    base = alt.Chart(alt.Data(values=rows)).encode(y=y)
    x = point_axis("low:Q", language)
    lines = base.mark_rule(strokeWidth=5, color=MIDDLE, strokeCap="round").encode(x=x, x2="high:Q")
    dots = base.mark_point(filled=True, size=130, color=DARK, stroke="white", opacity=1).encode(x="neutral:Q")
    words = base.mark_text(align="left", x=632, color=EDGE).encode(text="note:N")
    subtitle = say("output.picture.range_note").text(language)
    chart = (lines + dots + words).properties(
        width=620, height=28 * max(1, len(rows)), title=alt.Title(title, subtitle=[subtitle])
    )
    told = "; ".join(_told(span, language) for span in spans)
    return Picture(chart=chart, title=title, description=f"{subtitle} {told}.")


def _told(span: Span, language: Language) -> str:
    numbers = {"low": span.low, "points": span.neutral, "high": span.high}
    return say("output.picture.span", name=span.name, note=span.note, **numbers).text(language)


def _other(fit: Fit, shortlist: Shortlist) -> str:
    return fit.candidate_id if shortlist.for_package else fit.work_package_id
