"""The time that is left."""

from __future__ import annotations

import time

__all__ = ["Clock"]


class Clock:
    """The time that is left."""

    def __init__(self, seconds: float) -> None:
        self._end = time.perf_counter() + seconds

    @property
    def left(self) -> float:
        """Return the seconds left, never below a tenth."""
        return max(self._end - time.perf_counter(), 0.1)

    @property
    def over(self) -> bool:
        """Return whether the time is up."""
        return time.perf_counter() >= self._end
