"""What is unknown, by field and by the kind of organisation that sent the profile."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from matching.domain.vocabulary import vocabulary
from matching.output.picture import EDGE, MIDDLE, Picture
from matching.text import Language, say

if TYPE_CHECKING:
    from matching.domain.pool import Pool

FIELDS = (
    "available",
    "municipality",
    "max_travel_minutes",
    "hours_max",
    "education",
    "working_level",
    "experience",
    "skills",
    "wished_work_kinds",
    "needs",
    "consent_to_present",
    "register_status",
)
"""The columns that decide most; every one of them is asked on the template."""


def missing_picture(pool: Pool, *, language: Language = "nl") -> Picture:
    """Draw for every source the share of profiles in which a field is unknown."""
    return draw_missing(missing_shares(pool, language), language=language)


def missing_shares(pool: Pool, language: Language = "nl") -> dict[str, dict[str, int]]:
    """Return by source, by field, the percentage of profiles (0..100) in which the field is unknown."""
    sources = pool.candidates.column("source_kind")
    words = vocabulary("source_kind")
    found: dict[str, dict[str, int]] = {}
    sizes = np.bincount(sources.codes, minlength=len(sources.values))
    for code in sorted(range(len(sources.values)), key=lambda code: (-sizes[code], str(sources.values[code]))):
        key, rows = sources.values[code], sources.codes == code
        if not rows.any():
            continue
        name = say("words.unknown").text(language) if key is None else words.label(key, language)
        found[f"{name} ({int(rows.sum())})"] = {
            field: round(100 * float(np.mean(pool.candidates.column(field).unknown[rows]))) for field in FIELDS
        }
    return found


def draw_missing(shares: Mapping[str, Mapping[str, int]], *, language: Language) -> Picture:
    """Draw percentages by source and field as one small bar chart for each source."""
    import altair as alt

    rows = [
        {"source": source, "field": say(f"output.field.{field}").text(language), "share": share, "note": f"{share} %"}
        for source, fields in shares.items()
        for field, share in fields.items()
    ]
    base = alt.Chart().encode(
        y=alt.Y("field:N", sort=None, title=None, axis=alt.Axis(ticks=False, domain=False)),
        x=alt.X("share:Q", scale=alt.Scale(domain=[0, 100]), title=None, axis=alt.Axis(tickCount=3)),
    )
    bars = base.mark_bar(fill=MIDDLE, stroke=EDGE, height=13)
    words = base.mark_text(align="left", dx=4, fontSize=11).encode(text="note:N")
    title = say("output.picture.missing").text(language)
    note = say("output.picture.missing_note").text(language)
    chart = (
        alt.layer(bars, words, data=alt.Data(values=rows))
        .properties(width=170, height=20 * len(FIELDS))
        .facet(column=alt.Column("source:N", title=None, sort=list(shares)))
        .properties(title=alt.Title(title, subtitle=[note]))
    )
    told = "; ".join(f"{row['source']}, {row['field']}: {row['note']}" for row in rows)
    return Picture(chart=chart, title=title, description=f"{note} {told}.")
