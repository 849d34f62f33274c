"""The waterfall of one pair: how the parts add up to the total."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from matching.output.picture import DARK, EDGE, MIDDLE, PALE, Picture, point_axis
from matching.text import Language, say

if TYPE_CHECKING:
    from matching.scoring.fit import Fit


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """One bar: its name, the points it adds (out of 1000), what it could add at most, and whether it is unknown."""

    name: str
    points: int
    most: int
    unknown: bool = False


def waterfall_picture(fit: Fit, *, language: Language = "nl") -> Picture:
    """Draw how the points of a pair add up, largest weight first; a dashed frame shows what each part could add."""
    parts = sorted(fit.shown_parts, key=lambda shown: -shown[0].weight)
    steps = [
        Step(
            name=part.label.text(language),
            points=adds,
            most=part.weight,
            unknown=part.unknown,
        )
        for part, adds in parts
        if part.weight
    ]
    title = say("output.picture.waterfall", candidate=fit.candidate_id, package=fit.work_package_id)
    return draw_waterfall(steps, title=title.text(language), language=language)


def draw_waterfall(steps: Sequence[Step], *, title: str, language: Language) -> Picture:
    """Draw steps from left to right, each beginning where the one above ended, and the total below."""
    import altair as alt

    rows = _bars(steps, language)
    base = alt.Chart(alt.Data(values=rows)).encode(
        y=alt.Y("name:N", sort=None, title=None, axis=alt.Axis(ticks=False, domain=False))
    )
    x = point_axis("start:Q", language)
    shades = alt.Scale(domain=["part", "unknown", "total"], range=[MIDDLE, PALE, DARK])
    fill = alt.Color("kind:N", scale=shades, legend=None)
    frame = base.mark_bar(fill="white", stroke=EDGE, strokeDash=[3, 3], height=20).encode(x=x, x2="most:Q")
    bars = base.mark_bar(stroke=EDGE, height=20).encode(x=x, x2="end:Q", color=fill)
    words = base.mark_text(align="left", dx=6).encode(x=alt.X("most:Q"), text="note:N")
    subtitle = say("output.picture.waterfall_note").text(language)
    headed = alt.Title(title, subtitle=[subtitle])
    chart = (frame + bars + words).properties(width=620, height=26 * len(rows), title=headed)
    told = "; ".join(f"{row['name']}: {row['note']}" for row in rows)
    return Picture(chart=chart, title=title, description=f"{subtitle} {told}.")


def _bars(steps: Sequence[Step], language: Language) -> list[dict[str, str | int]]:
    """Return each step with where it starts and ends, and the total."""
    rows: list[dict[str, str | int]] = []
    reached = 0
    for step in steps:
        key = "step_unknown" if step.unknown else "step"
        note = say(f"output.picture.{key}", points=step.points, most=step.most)
        ends = {"start": reached, "end": reached + step.points, "most": reached + step.most}
        kind = "unknown" if step.unknown else "part"
        rows.append({"name": step.name, "kind": kind, "note": note.text(language), **ends})
        reached += step.points
    note = say("output.picture.out_of", points=reached)
    total: dict[str, str | int] = {"name": say("output.picture.total").text(language), "kind": "total"}
    return [*rows, total | {"note": note.text(language), "start": 0, "end": reached, "most": reached}]
