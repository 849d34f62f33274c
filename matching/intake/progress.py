"""How far the reading of large files is, for whoever waits for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from matching.text import Sentence, say


@dataclass(frozen=True, kw_only=True, slots=True)
class Progress:
    """One moment of the reading: `done` of `total` bytes unpacked, rows read, or columns of a sheet checked."""

    step: Literal["unpacking", "rows", "checking"]
    done: int
    total: int
    sheet: str = ""

    @property
    def sentence(self) -> Sentence:
        """Return the moment in words."""
        if self.step == "unpacking":
            return say("intake.progress.unpacking", percent=min(100, 100 * self.done // max(1, self.total)))
        values = {"done": self.done, "total": max(self.done, self.total)}
        return say(f"intake.progress.{self.step}", sheet=self.sheet, **values)


Watch = Callable[[Progress], None]
"""Gets every moment, always in the thread that reads."""


def unwatched(moment: Progress) -> None:
    """Do nothing: nobody waits."""
