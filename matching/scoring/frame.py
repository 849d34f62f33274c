"""All pairs of a small pool as a table; larger pools are read through lists, blocks and edges."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from matching.domain.judging import Outcome
from matching.errors import ConfigurationRefused
from matching.scoring.assessment import assess_sides
from matching.scoring.group import Group, Groups
from matching.scoring.yardstick import TOTAL_PER_POINT
from matching.text import say

if TYPE_CHECKING:
    import pandas as pd

MOST_PAIRS = 250_000


def all_pairs(groups: Groups) -> pd.DataFrame:
    """Return one row a pair: ids, band, points, low, high (0..1000), total, unknown share, outcome, scorecard.

    Each counted criterion has a column with its points 0..1000 (empty where a scorecard does not count it). Raises
    ConfigurationRefused above 250,000 pairs.
    """
    import pandas as pd

    pairs = len(groups.pool.candidates) * len(groups.pool.packages)
    if pairs > MOST_PAIRS:
        raise ConfigurationRefused(say("scoring.refused.frame", pairs=pairs, most=MOST_PAIRS))
    frames = [_frame(groups, group) for group in groups.groups]
    return pd.concat(frames, ignore_index=True) if frames else pd.DataFrame()


def _frame(groups: Groups, group: Group) -> pd.DataFrame:
    import pandas as pd

    pool = groups.pool
    work = group.encoding.work.only([pool.packages[int(row)] for row in group.rows])
    found = assess_sides(group.yardstick, pool, group.encoding.people, work, stale=pool.stale)
    total, low, high = (found.summed(cube) for cube in (found.neutral, found.low, found.high))
    share = found.unknown_share
    cells = zip(total.ravel().tolist(), share.ravel().tolist(), strict=True)
    columns: dict[str, object] = {
        "candidate_id": np.repeat(np.array(pool.candidates.ids, dtype=object), len(group.rows)),
        "work_package_id": np.tile([pool.packages.ids[row] for row in group.rows], len(pool.candidates)),
        "scorecard": group.yardstick.name,
        "outcome": [Outcome(code).name.lower() for code in found.worst.ravel().tolist()],
        "band": [group.yardstick.bands.band(points, unknown) for points, unknown in cells],
        "points": total.ravel() // TOTAL_PER_POINT,
        "low": low.ravel() // TOTAL_PER_POINT,
        "high": high.ravel() // TOTAL_PER_POINT,
        "total": total.ravel(),
        "unknown_share": share.ravel(),
    }
    columns |= {
        weighted.key: points.ravel() for weighted, points in zip(group.yardstick.counted, found.neutral, strict=True)
    }
    return pd.DataFrame(columns)
