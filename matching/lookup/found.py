"""What a look-up answers: one state, the best keys, and how sure it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Status = Literal["found", "ambiguous", "unknown"]
"""`found` = one entry of the list; `ambiguous` = a person must choose; `unknown` = nothing that may be assumed."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """The answer to one text.

    `keys` holds the best candidates, best first, also when the status is ambiguous or unknown; they are proposals for
    a person and only a `found` answer may be filled in. `label` names the entry when it was found and is empty
    otherwise. `region` is the CBS code of the labour-market region (municipalities alone). `score` runs from 0 to 100
    and orders candidates; it is no probability.
    """

    query: str
    status: Status
    keys: tuple[str, ...] = ()
    label: str = ""
    region: str | None = None
    score: float = 0.0

    @property
    def key(self) -> str | None:
        """The one key that was found; None when the text is ambiguous or unknown."""
        return self.keys[0] if self.status == "found" else None

    def row(self, *, with_region: bool = False) -> dict[str, str | float]:
        """Return the answer as one row of a table: query, status, keys (";"-separated), label, [region,] score."""
        region = {"region": self.region or ""} if with_region else {}
        keys = ";".join(self.keys)
        return (
            {"query": self.query, "status": self.status, "keys": keys, "label": self.label}
            | region
            | {"score": self.score}
        )
