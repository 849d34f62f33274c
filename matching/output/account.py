"""The account of a plan: origin, proof, what was asked, and every weight with its reason."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from matching.domain.job_unit import COUNTING_RULE, jobs
from matching.domain.vocabulary import vocabulary
from matching.output.sheet import Cell, Column, Sheet
from matching.planning.reports import report_of
from matching.planning.unmet import unmet
from matching.planning.working_hours import hours_of
from matching.scoring.parts import part_label, scorecard_label
from matching.scoring.yardstick import TOTAL_PER_POINT
from matching.text import Sentence, say, shown

if TYPE_CHECKING:
    from matching.output.plan_view import PlanView
    from matching.planning.proposal import StageResult

Row = tuple[Cell, ...]


def account_sheet(view: PlanView) -> Sheet:
    """Return the account: stamp, proof, numbers, wishes and shortfalls, weights, and what may not be concluded."""
    chosen = (
        Column(key="part", width=30, kind="long"),
        Column(key="item", width=42, kind="long"),
        Column(key="value", width=34, kind="long"),
        Column(key="explanation", width=70, kind="long"),
    )
    parts = (_stamp, _numbers, _methods, _asked, _report, _weights, _limits)
    rows = tuple(row for part in parts for row in part(view))
    return Sheet(key="account", columns=chosen, rows=rows)


def _said(view: PlanView, key: str, **values: object) -> str:
    return say(f"output.account.{key}", **values).text(view.language)


def _stamp(view: PlanView) -> list[Row]:
    part = _said(view, "origin")
    rows: list[Row] = [(part, name, value, None) for name, value in view.stamp.lines(view.language)]
    proof = _said(view, "all_pairs" if view.plan.over_all_pairs else "listed_pairs")
    stages: list[Row] = [
        (
            _said(view, "proof"),
            _said(view, f"stage.{stage.name}"),
            _reached(view, stage),
            _proven(view, stage),
        )
        for stage in view.plan.stages
        if stage.name in ("placed", "hours", "points", "kept")
    ]
    return [*rows, *stages, (_said(view, "proof"), _said(view, "over"), proof, None)]


def _reached(view: PlanView, stage: StageResult) -> str:
    """Return what a stage reached; points as the sum of the whole points that the sheet of proposals shows."""
    if stage.name == "points":
        return shown(sum(fit.points for _, fit in view.proposals), view.language)
    return _value(view, stage.name, stage.value)


def _proven(view: PlanView, stage: StageResult) -> str:
    """Return what is proven of a stage; for points also the number with its fractions, which the proof is about."""
    bound = _bound(view, stage.name, stage.bound)
    if stage.name != "points":
        return bound
    return _said(view, "with_fractions", exact=_value(view, stage.name, stage.value), bound=bound)


def _value(view: PlanView, name: str, value: int) -> str:
    return shown({"points": value // TOTAL_PER_POINT, "hours": value / 10}.get(name, value), view.language)


def _bound(view: PlanView, name: str, bound: int | None) -> str:
    if bound is None:
        return _said(view, "no_bound")
    return _said(view, "bound", bound=_value(view, name, bound))


def _numbers(view: PlanView) -> list[Row]:
    part, plan = _said(view, "numbers"), view.plan
    places = sum(work.places for work in view.pool.packages.rows())
    pairs = ((view.pool.candidates.position(c), view.pool.packages.position(p)) for c, p in plan.pairs)
    hours = sum(hours_of(view.pool, candidate, package) or 0 for candidate, package in pairs)
    counted = (
        ("candidates", len(view.pool.candidates)),
        ("packages", len(view.pool.packages)),
        ("places", places),
        ("proposals", plan.placed),
        ("provisional", sum(one.provisional for one in plan.proposals)),
        ("unplaced", len(plan.unplaced)),
        ("stale", int(view.pool.stale.sum())),
        ("refused", view.pool.ledger.refused if view.pool.ledger else 0),
    )
    rows: list[Row] = [
        (part, _said(view, f"count.{name}"), shown(number, view.language), None) for name, number in counted
    ]
    job = shown(jobs(hours), view.language)
    return [*rows, (part, _said(view, "count.jobs"), job, _said(view, "count.jobs_rule", rule=COUNTING_RULE))]


def _methods(view: PlanView) -> list[Row]:
    placed: Counter[str] = Counter(fit.package.method for _, fit in view.proposals)
    places: Counter[str] = Counter()
    for work in view.pool.packages.rows():
        places[work.method] += work.places
    words, part = vocabulary("placement_method"), _said(view, "methods")
    return [
        (part, words.label(key, view.language), _said(view, "of", count=placed[key], places=places[key]), None)
        for key in words
        if places[key]
    ]


def _asked(view: PlanView) -> list[Row]:
    asked: list[Row] = [(_said(view, "asked"), wish.text(view.language), None, None) for wish in view.plan.asked]
    short = _said(view, "shortfall")
    fell: list[Row] = [
        (short, told.text(view.language), _units(view, told), None) for told in unmet(view.plan.shortfalls)
    ]
    pins, changes = (say(f"planning.{key}.heading").text(view.language) for key in ("pin_cost", "changed"))
    costs: list[Row] = [(pins, cost.sentence().text(view.language), None, None) for cost in view.plan.pin_costs]
    changed: list[Row] = [(changes, change.text(view.language), None, None) for change in view.plan.changes]
    return [*asked, *fell, *costs, *changed]


def _units(view: PlanView, told: Sentence) -> str | None:
    """Return how much one demand or wish is short; None for several wishes in one line, which says it in points."""
    found = next((item.units for item in view.plan.shortfalls if item.sentence == told), None)
    return None if found is None else shown(found, view.language)


def _report(view: PlanView) -> list[Row]:
    part = say("planning.report.word").text(view.language)
    lot = () if view.plan.lot_settled else (say("planning.status.lot_by_order"),)
    lines = (*report_of(view.plan, view.pool).sentences(), *lot)
    return [(part, line.text(view.language).removeprefix("- "), None, None) for line in lines]


def _weights(view: PlanView) -> list[Row]:
    rows: list[Row] = []
    for card in sorted(view.scores.scorecards, key=lambda card: card.name):
        part = _said(view, "weights", name=scorecard_label(card.name), version=card.version)
        rows += [
            (part, part_label(one.key).text(view.language), _said(view, "weight", weight=one.weight), one.because)
            for one in sorted(card.criteria, key=lambda one: -one.weight)
            if one.weight
        ]
        bands = {
            "strong": card.bands.strong_points,
            "possible": card.bands.possible_points,
            "tie": card.bands.tie_points,
        }
        rows.append((part, _said(view, "bands"), _said(view, "band_values", **bands), _status(card.status, view)))
    return rows


def _status(status: str, view: PlanView) -> str:
    """Return the status of a scorecard in one language: what ours say is Dutch, with English in brackets behind it."""
    dutch, bracket, english = status.rstrip().removesuffix(")").partition(" (")
    if not bracket:
        return status
    return english if view.language == "en" else dutch


def _limits(view: PlanView) -> list[Row]:
    part = _said(view, "mind")
    keys = ("weights_unreviewed", "no_decision", "unknown_is_not_no", "no_effect_claimed")
    rows: list[Row] = [(part, _said(view, f"say.{key}"), None, None) for key in keys]
    return [*rows, (part, _said(view, "say.synthetic"), None, None)] if view.stamp.synthetic else rows
