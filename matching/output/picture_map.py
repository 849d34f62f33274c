"""The plan by region, as 35 equal tiles in their places on the map, and by placement method."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from matching.domain.region import Region, region_of, regions
from matching.domain.vocabulary import vocabulary
from matching.output.picture import DARK, EDGE, MIDDLE, PALE, Picture
from matching.text import Language, say

if TYPE_CHECKING:
    from matching.domain.pool import Pool
    from matching.planning.plan import Plan

_LINE = 110
"""Characters of the outcome on one line below the title."""

LONGEST_LINE = 14
"""Characters of a region's name that fit on one line of a tile."""


def plan_picture(plan: Plan, pool: Pool, *, language: Language = "nl") -> Picture:
    """Draw how many places of each region and method a plan fills, and how many people there have no place yet."""
    packages = pool.packages.rows()
    towns = {work.work_package_id: work.municipality for work in packages}
    places = {work.work_package_id: work.places for work in packages}
    taken = Counter(one.work_package_id for one in plan.proposals)
    methods = {
        key: (
            sum(taken[work.work_package_id] for work in packages if work.method == key),
            sum(work.places for work in packages if work.method == key),
        )
        for key in vocabulary("placement_method")
    }
    shown = {key: counts for key, counts in methods.items() if counts[1]}
    said = plan.summary().text(language)
    homes = dict(zip(pool.candidates.ids, _cells(pool, "municipality"), strict=True))
    waiting = by_region(homes, Counter(one.candidate_id for one in plan.unplaced))
    return draw_map(
        by_region(towns, taken), by_region(towns, places), shown, waiting=waiting, language=language, said=said
    )


def _cells(pool: Pool, name: str) -> list[str | None]:
    column = pool.candidates.column(name)
    return [column[row] for row in range(len(pool.candidates))]


def draw_map(
    filled: Mapping[str, int],
    places: Mapping[str, int],
    methods: Mapping[str, tuple[int, int]],
    *,
    waiting: Mapping[str, int],
    language: Language,
    said: str = "",
) -> Picture:
    """Draw filled places, all places and people waiting by region code, and (filled, all) by method.

    `said` stands below the title.
    """
    import altair as alt

    title = say("output.picture.map", filled=sum(filled.values()), places=sum(places.values())).text(language)
    note = say("output.picture.map_note").text(language)
    tiles = [
        _tile(region, filled.get(code, 0), places.get(code, 0)) | _people(waiting.get(code, 0), language)
        for code, region in regions().items()
    ]
    chart = (_tiles(tiles) | _methods(methods, language)).properties(
        title=alt.Title(title, subtitle=[*wrap(said, _LINE), note])
    )
    told = "; ".join(_told(tile) for tile in tiles if tile["places"] or tile["waiting"])
    return Picture(chart=chart, title=title, description=f"{said} {note} {told}.".strip())


def _people(count: int, language: Language) -> dict[str, str]:
    return {"waiting": say("output.picture.waiting", count=count).text(language) if count else ""}


def _told(tile: Mapping[str, Any]) -> str:
    return f"{tile['name']} {tile['count']}" + (f", {tile['waiting']}" if tile["waiting"] else "")


def by_region(municipalities: Mapping[str, str | None], counts: Mapping[str, int]) -> Counter[str]:
    """Return counts by region code from counts by work package or candidate; without a municipality it is left out."""
    found: Counter[str] = Counter()
    for identity, count in counts.items():
        place = municipalities.get(identity)
        if place is not None:
            found[region_of(place).code] += count
    return found


def _tile(region: Region, filled: int, places: int) -> dict[str, Any]:
    first, second = _two_lines(region.name)
    return {
        "row": region.tile_row,
        "column": region.tile_column,
        "name": region.name,
        "first": first,
        "second": second,
        "count": f"{filled} / {places}" if places else "-",
        "places": places,
        "shade": "none" if not places else "full" if filled >= places else "some" if filled else "empty",
    }


def _two_lines(name: str) -> tuple[str, str]:
    if len(name) <= LONGEST_LINE:
        return name, ""
    cuts = [place for place, sign in enumerate(name) if sign in " -/"] or [LONGEST_LINE]
    cut = min(cuts, key=lambda place: abs(place - len(name) / 2))
    return name[: cut + 1].strip(), name[cut + 1 :].strip()


def _tiles(tiles: list[dict[str, Any]]) -> Any:
    import altair as alt

    base = alt.Chart(alt.Data(values=tiles)).encode(
        x=alt.X("column:O", axis=None, scale=alt.Scale(paddingInner=0.06)),
        y=alt.Y("row:O", axis=None, scale=alt.Scale(paddingInner=0.06)),
    )
    shades = alt.Scale(domain=["none", "empty", "some", "full"], range=["#FFFFFF", "#FFFFFF", PALE, MIDDLE])
    squares = base.mark_rect(stroke=EDGE, strokeWidth=1).encode(color=alt.Color("shade:N", scale=shades, legend=None))
    first = base.mark_text(fontSize=10, dy=-25).encode(text="first:N")
    second = base.mark_text(fontSize=10, dy=-12).encode(text="second:N")
    count = base.mark_text(fontSize=15, fontWeight="bold", dy=7).encode(text="count:N")
    waiting = base.mark_text(fontSize=11, dy=25).encode(text="waiting:N")
    rows, columns = (1 + max(tile[name] for tile in tiles) for name in ("row", "column"))
    return (squares + first + second + count + waiting).properties(width=106 * columns, height=72 * rows)


def _methods(methods: Mapping[str, tuple[int, int]], language: Language) -> Any:
    import altair as alt

    words = vocabulary("placement_method")
    rows = [
        {
            "name": "|".join(_two_lines(words.label(key, language))),
            "filled": filled,
            "places": places,
            "count": f"{filled} / {places}",
        }
        for key, (filled, places) in methods.items()
    ]
    split = alt.Axis(ticks=False, domain=False, labelExpr="split(datum.label, '|')", labelLimit=0)
    y = alt.Y("name:N", sort=None, title=None, axis=split)
    x = alt.X("places:Q", title=say("output.picture.places").text(language), axis=alt.Axis(tickMinStep=1, format="d"))
    base = alt.Chart(alt.Data(values=rows)).encode(y=y)
    frame = base.mark_bar(fill="white", stroke=EDGE, height=26).encode(x=x)
    bars = base.mark_bar(fill=DARK, height=26).encode(x="filled:Q")
    count = base.mark_text(align="left", dx=6, fontWeight="bold").encode(x="places:Q", text="count:N")
    return (frame + bars + count).properties(width=240, height=60 * max(1, len(rows)))
