"""From any result to its report or its picture."""

from __future__ import annotations

from matching.domain.pool import Pool
from matching.output.fit_report import fit_report
from matching.output.picture import Picture
from matching.output.roles import Role, check_list, check_person
from matching.output.sheet import Report
from matching.output.shortlist_report import shortlist_report
from matching.output.stamps import stamp_of_fits, stamp_of_lists
from matching.scoring.fit import Fit
from matching.scoring.shortlist import Shortlist
from matching.text import Language


def made_of(thing: object, *, language: Language, role: Role, pool: Pool | None) -> Report | None:
    """Return the report of a fit, one or more shortlists, or a plan; None for anything else."""
    if isinstance(thing, Fit):
        return fit_report(thing, stamp=stamp_of_fits([thing], role=role, pool=pool), role=role, language=language)
    if isinstance(thing, Shortlist):
        thing = [thing]
    if isinstance(thing, list) and thing and all(isinstance(item, Shortlist) for item in thing):
        return shortlist_report(thing, stamp=stamp_of_lists(thing, role=role, pool=pool), role=role, language=language)
    return None


def drawn(thing: object, *, language: Language, role: Role) -> Picture | None:
    """Return the picture of a fit (waterfall), shortlist (ranges), plan (regions) or pool (what is missing)."""
    if isinstance(thing, Fit):
        from matching.output.picture_fit import waterfall_picture

        check_list(role)
        check_person(role, thing.candidate)
        return waterfall_picture(thing, language=language)
    if isinstance(thing, Shortlist):
        from matching.output.picture_range import range_picture

        check_list(role)
        return range_picture(thing, language=language)
    if isinstance(thing, Pool):
        from matching.output.picture_missing import missing_picture

        return missing_picture(thing, language=language)
    return None
