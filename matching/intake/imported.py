"""What an importer gives: entities under pseudonyms, the pairs that lead back, and the ledger."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from matching.domain.candidate import Candidate
from matching.domain.ledger import Ledger
from matching.domain.work_package import WorkPackage
from matching.intake.columns import Cells, cells_of
from matching.text import Language


@dataclass(frozen=True, kw_only=True)
class Imported:
    """Candidates and work packages of another system.

    `codes` maps the source system's own id to the candidate id: it goes to the key list and nowhere else.
    `not_carried` names fields of the source that were left out on purpose, with how often they were filled.
    """

    source: str
    ledger: Ledger
    candidates: tuple[Candidate, ...] = ()
    packages: tuple[WorkPackage, ...] = ()
    codes: Mapping[str, str] = field(default_factory=dict, repr=False)
    not_carried: tuple[tuple[str, int], ...] = ()

    def tables(self, language: Language = "nl") -> dict[str, list[Cells]]:
        """Return the rows as cells by sheet key: a sheet that the reader of pools accepts."""
        return {
            "candidates": [cells_of("candidates", person, language=language) for person in self.candidates],
            "work_packages": [cells_of("work_packages", package, language=language) for package in self.packages],
        }
