"""Jobs are counted in units of 25.5 hours a week; the counting rule is versioned."""

from __future__ import annotations

JOB_HOURS = 25.5
COUNTING_RULE = "2013-25.5"
"""One job is 25.5 paid hours a week, persons count pro rata (banenafspraak)."""


def jobs(hours_per_week: float) -> float:
    """Return the number of job units of these weekly hours, two decimals: 24 hours is 0.94."""
    return round(hours_per_week / JOB_HOURS, 2)
