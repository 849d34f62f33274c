"""A judged answer as a plan: ids, bands, what is provisional, who has no place and why, what fell short."""

from __future__ import annotations

from typing import Literal

from matching.domain.judging import Outcome
from matching.domain.pool import Pool
from matching.planning.cleared import ClearedScores
from matching.planning.layout import Layout
from matching.planning.nearest import dropped
from matching.planning.overall import Overall
from matching.planning.plan import Plan
from matching.planning.problem import Problem
from matching.planning.proposal import Held, Proposal, Shortfall, StageResult, Unplaced
from matching.planning.reasons import holders_of, unplaced_because
from matching.planning.scored import Scored
from matching.text import Sentence, say

__all__ = ["plan_of"]


def plan_of(
    scores: Scored,
    found: Overall,
    *,
    asked: tuple[tuple[Sentence, ...], tuple[Sentence, ...]],
    seconds: float,
    loosened: Problem | None = None,
    notes: tuple[Sentence, ...] = (),
) -> Plan:
    """Return the plan of an answer.

    `asked` is everything asked and the part that steers, in words; `loosened` is the easier question that was solved
    when not all demands can hold; `notes` stand in the plan's summary.
    """
    layout, certificate = found.layout, found.solved.certificate
    problem = loosened or layout.problem
    proposals = _proposals(scores, layout, found.solved.chosen.tolist())
    stages = tuple(
        StageResult(name=stage.name, value=value, bound=bound)
        for stage, value, bound in zip(problem.stages, certificate.values, certificate.bounds, strict=True)
    )
    status: Literal["optimal", "within_gap", "feasible"] = "feasible"
    if loosened is None and (certificate.status == "optimal" or certificate.status == "within_gap"):
        status = certificate.status
    gaps = [certificate.gap(number) for number in range(len(stages))]
    return Plan(
        proposals=proposals,
        unplaced=_unplaced(scores, layout, proposals),
        status=status,
        gap=None if status == "feasible" else max((g for g in gaps if g is not None), default=0.0),
        seconds=seconds,
        seed=layout.seats.seed,
        over_all_pairs=found.over_all_pairs,
        stages=stages,
        shortfalls=_shortfalls(found, problem),
        asked=asked[0],
        steering=asked[1],
        notes=(*notes, *_cleared_only(layout)),
        lot_settled=found.solved.lot_settled,
        as_of=scores.pool.as_of,
        layout=layout,
    )


def _cleared_only(layout: Layout) -> tuple[Sentence, ...]:
    """Return, for a plan of judged pairs only, how many people with possible work that leaves waiting."""
    draft = layout.draft
    waiting = int(((draft.awaiting > 0) & ~draft.able).sum())
    return (say("planning.status.only_cleared", waiting=waiting),) if draft.only_cleared else ()


def _proposals(scores: Scored, layout: Layout, chosen: list[int]) -> tuple[Proposal, ...]:
    pool = scores.pool
    pairs = sorted(
        (pool.candidates.ids[layout.candidate[e]], pool.packages.ids[layout.package[e]], int(layout.edges.points[e]), e)
        for e in chosen
    )
    fits = scores.fits([(c, p) for c, p, _, _ in pairs])
    cleared = _cleared(pool)
    return tuple(
        Proposal(
            candidate_id=c,
            work_package_id=p,
            points=points,
            band=str(fit.band),
            provisional=fit.outcome is not Outcome.FITS and not _covered(pool, cleared, c, p),
            held=_held(layout, edge),
        )
        for (c, p, points, edge), fit in zip(pairs, fits, strict=True)
    )


def _cleared(pool: Pool) -> set[tuple[str, str | None, str | None]]:
    held = [a for a in pool.agreements if a.kind in ("cleared", "accepted") and a.holds_on(pool.as_of)]
    return {(a.candidate_id, a.work_package_id, a.employer) for a in held}


def _covered(pool: Pool, cleared: set[tuple[str, str | None, str | None]], candidate: str, package: str) -> bool:
    """Return whether a person answered the signals of this pair, for the package, its employer, or all packages."""
    mine = [(p, e) for c, p, e in cleared if c == candidate]
    employer = pool.packages.column("employer")[pool.packages.position(package)] if mine else None
    return any(p == package or (p is None and e in (None, employer)) for p, e in mine)


def _held(layout: Layout, edge: int) -> Held:
    pair = int(layout.candidate[edge]), int(layout.package[edge])
    if pair in layout.draft.accepted:
        return "accepted"
    if pair in layout.draft.pins:
        return "pinned"
    return "kept" if pair in layout.draft.previous else "new"


def _unplaced(scores: Scored, layout: Layout, proposals: tuple[Proposal, ...]) -> tuple[Unplaced, ...]:
    placed, holders = {p.candidate_id for p in proposals}, holders_of(proposals)
    without = sorted((name, row) for row, name in enumerate(layout.draft.pool.candidates.ids) if name not in placed)
    judged = _best_must_be_judged(scores, layout, [row for _, row in without])
    return tuple(
        Unplaced(
            candidate_id=name,
            reason=unplaced_because(layout, row, placed, holders, best_must_be_judged=row in judged),
        )
        for name, row in without
    )


def _best_must_be_judged(scores: Scored, layout: Layout, rows: list[int]) -> set[int]:
    """Return the candidate rows of which a person must judge the best package first; who has none is not in it."""
    best = layout.best_option[1]
    with_work = [row for row in rows if best[row] >= 0]
    pairs = best[with_work]
    judged = ClearedScores(scores, layout.draft).waiting(layout.who[pairs], layout.what[pairs])
    return {row for row, waits in zip(with_work, judged.tolist(), strict=True) if waits}


def _shortfalls(found: Overall, problem: Problem) -> tuple[Shortfall, ...]:
    """Return the rows that fell short, and in a nearest plan the demands that were dropped."""
    layout, chosen = found.layout, found.solved.chosen
    short = []
    for row, sentence, asked in zip(problem.rows, layout.sentences, layout.problem.rows, strict=True):
        units = row.shortfall(row.load(chosen, len(problem.edges)))
        if units:
            short.append(Shortfall(sentence=sentence, units=units, price=asked.price))
    return (*short, *(Shortfall(sentence=s, units=1) for s in dropped(layout, chosen)))
