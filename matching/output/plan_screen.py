"""The summary of a plan on a screen of 80 columns."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from rich import box
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from matching.domain.vocabulary import vocabulary
from matching.output.fit_cells import place_name
from matching.output.folding import FoldingTable
from matching.output.harmless import printable
from matching.output.plan_teams import team_lines
from matching.output.screen import stamp_lines
from matching.planning.reports import report_of
from matching.planning.unmet import unmet
from matching.scoring.explanation import band_label, points_in_words
from matching.text import say
from matching.text.catalogue import keys

if TYPE_CHECKING:
    from matching.output.plan_view import PlanView

MOST_PROPOSALS = 8
MOST_REASONS = 5


def plan_screen(view: PlanView) -> RenderableType:
    """Return status, places by method, shortfalls, teams, the first proposals, and why people have no place."""
    language, plan = view.language, view.plan
    parts: list[RenderableType] = [
        Text(say("output.title.plan").text(language), style="bold"),
        Text(plan.summary().text(language)),
        methods_table(view),
        *(Text(f"! {sentence.text(language)}") for sentence in unmet(plan.shortfalls)),
        *team_lines(view),
    ]
    if view.proposals:
        shown = min(MOST_PROPOSALS, len(view.proposals))
        first = say("output.screen.plan.first", shown=shown, count=len(view.proposals)).text(language)
        parts += [Text(first, style="bold"), proposals_table(view)]
    parts += [*_unplaced(view), *beside(view)]
    return Group(*parts, "", stamp_lines(view.stamp, language))


def methods_table(view: PlanView) -> Table:
    """Return filled places, all places and proposals subject to review by method, and together."""
    table = FoldingTable(box=box.HORIZONTALS, padding=(0, 2, 0, 0), pad_edge=False)
    for key in ("method", "filled", "places", "provisional"):
        justify = "left" if key == "method" else "right"
        table.add_column(say(f"output.screen.plan.{key}").text(view.language), justify=justify)  # type: ignore[arg-type]
    places: Counter[str] = Counter()
    for work in view.pool.packages.rows():
        places[work.method] += work.places
    filled: Counter[str] = Counter(fit.package.method for _, fit in view.proposals)
    judged: Counter[str] = Counter(fit.package.method for one, fit in view.proposals if one.provisional)
    for key, term in vocabulary("placement_method").items():
        if places[key]:
            table.add_row(term.label(view.language), str(filled[key]), str(places[key]), str(judged[key]))
    table.add_section()
    together = say("output.screen.plan.together").text(view.language)
    table.add_row(together, *(str(count.total()) for count in (filled, places, judged)))
    return table


def proposals_table(view: PlanView) -> Table:
    """Return the first proposals: work, person, band and whether something must be judged first."""
    table = FoldingTable(box=box.HORIZONTALS, padding=(0, 2, 0, 0), pad_edge=False)
    for key in ("work_package", "work", "candidate", "band", "outcome"):
        least = 10 if key in ("work_package", "candidate") else None
        table.add_column(say(f"output.column.{key}").text(view.language), overflow="fold", min_width=least)
    for one, fit in view.proposals[:MOST_PROPOSALS]:
        word = say(f"output.proposed.{'provisional' if one.provisional else 'clear'}").text(view.language)
        what = ", ".join(part for part in (fit.package.title, place_name(fit.package.municipality)) if part)
        band = f"{band_label(fit).text(view.language)}\n{points_in_words(fit).text(view.language)}"
        table.add_row(one.work_package_id, Text(printable(what)), one.candidate_id, band, word)
    return table


def beside(view: PlanView) -> list[RenderableType]:
    """Return what changed and what pins cost, each under its heading, how ties were settled, and the report."""
    plan, language = view.plan, view.language
    costs = [cost.sentence() for cost in plan.pin_costs]
    parts: list[RenderableType] = []
    for key, sentences in (("changed", plan.changes), ("pin_cost", costs)):
        if sentences:
            parts.append(Text(say(f"planning.{key}.heading").text(language), style="bold"))
            parts += [Text(f"- {sentence.text(language)}") for sentence in sentences]
    if not plan.lot_settled:
        parts.append(Text(say("planning.status.lot_by_order").text(language)))
    return [*parts, "", *(Text(line.text(language)) for line in report_of(plan, view.pool).sentences())]


def _unplaced(view: PlanView) -> list[RenderableType]:
    if not view.plan.unplaced:
        return []
    texts = Counter(one.reason.key for one in view.plan.unplaced)
    example = {one.reason.key: one.reason for one in reversed(view.plan.unplaced)}
    known = keys("output")
    parts: list[RenderableType] = [
        Text(say("output.screen.plan.unplaced", count=len(view.plan.unplaced)).text(view.language), style="bold")
    ]
    for key, count in texts.most_common(MOST_REASONS):
        kind = f"output.unplaced_kind.{key.rpartition('.')[2].removesuffix('_until')}"
        reason = (say(kind) if kind in known else example[key]).text(view.language)
        parts.append(Text(f"- {say('output.screen.plan.reason', count=count, reason=reason).text(view.language)}"))
    return parts
