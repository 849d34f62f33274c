"""From any result to its report or its picture."""

from __future__ import annotations

from matching.advice.extra_line import OpenList, opened
from matching.domain.pool import Pool
from matching.errors import InputRefused
from matching.output.fit_report import fit_report
from matching.output.picture import Picture
from matching.output.plan_report import plan_report
from matching.output.plan_view import PlanView
from matching.output.roles import Role, check_list, check_person
from matching.output.sheet import Report
from matching.output.shortlist_report import shortlist_report
from matching.output.stamps import stamp_of_fits, stamp_of_lists
from matching.planning.plan import Plan
from matching.scoring.fit import Fit
from matching.scoring.scorecard import score
from matching.scoring.scores import Scores
from matching.scoring.shortlist import Shortlist
from matching.text import Language, say


def made_of(
    thing: object, *, language: Language, role: Role, source: Pool | Scores | None, extra: bool = True
) -> Report | None:
    """Return the report of a fit, one or more shortlists, or a plan; None for anything else."""
    pool = source.pool if isinstance(source, Scores) else source
    if isinstance(thing, Plan):
        scores = scores_of(thing, source if isinstance(source, Scores) else None)
        return plan_report(PlanView(thing, scores, role, language))
    if isinstance(thing, Fit):
        return fit_report(thing, stamp=stamp_of_fits([thing], role=role, pool=pool), role=role, language=language)
    if isinstance(thing, Shortlist | OpenList):
        thing = [thing]
    if isinstance(thing, list) and thing and all(isinstance(item, Shortlist | OpenList) for item in thing):
        check_list(role)
        lists = [as_offered(item, extra=extra) for item in thing]
        stamp = stamp_of_lists([item.shortlist for item in lists], role=role, pool=pool)
        return shortlist_report(lists, stamp=stamp, role=role, language=language)
    return None


def as_offered(found: Shortlist | OpenList, *, extra: bool) -> OpenList:
    """Return a list as an officer gets it: with its extra lines, where it still knows the scores it was made from."""
    if isinstance(found, OpenList):
        return found
    return opened(found.source, found, on=extra) if isinstance(found.source, Scores) else OpenList(shortlist=found)


def scores_of(plan: Plan, scores: Scores | None) -> Scores:
    """Return the scores a plan was made from. Raises InputRefused when they cannot be found back with equal points."""
    if scores is None:
        if plan.layout is None:
            raise InputRefused(say("output.plan_without_scores"))
        scores = score(plan.layout.draft.pool, seed=plan.seed)
    people, work = scores.pool.candidates.positions, scores.pool.packages.positions
    for one in plan.proposals:
        row, column = people.get(one.candidate_id), work.get(one.work_package_id)
        if row is None or column is None or not _same(one.points, int(scores.block(column, column + 1)[0, row])):
            raise InputRefused(say("output.plan_of_other_scores"))
    return scores


def _same(points: int, total: int) -> bool:
    """Return whether the points of a proposal are those of the scores; an excluded pair (-1) is held by a person."""
    return points == total or total < 0


def drawn(thing: object, *, language: Language, role: Role, scores: Scores | None = None) -> Picture | None:
    """Return the picture of a fit (waterfall), shortlist (ranges), plan (regions) or pool (what is missing)."""
    if isinstance(thing, Fit):
        from matching.output.picture_fit import waterfall_picture

        check_list(role)
        check_person(role, thing.candidate)
        return waterfall_picture(thing, language=language)
    if isinstance(thing, OpenList):
        thing = thing.shortlist
    if isinstance(thing, Shortlist):
        from matching.output.picture_range import range_picture

        check_list(role)
        return range_picture(thing, language=language)
    if isinstance(thing, Plan):
        from matching.output.picture_map import plan_picture

        check_list(role)
        return plan_picture(thing, scores_of(thing, scores).pool, language=language)
    if isinstance(thing, Pool):
        from matching.output.picture_missing import missing_picture

        return missing_picture(thing, language=language)
    return None
