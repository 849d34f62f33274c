"""Scorecards: the weights, rules and bands of one placement method, as a reviewable TOML file.

    name = "individual"
    version = "1"
    status = "expert judgement, not reviewed by practitioners yet"

    [criteria.travel]
    weight = 110
    because = "why this weight"
    free_share_percent = 50      # a setting of the criterion

    [rules.own_veto]             # each rule that applies, with its settings

    [bands]
    strong_points = 700

Unknown keys are errors with the nearest known key; nothing is evaluated.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from matching.domain.pool import Pool
from matching.errors import ConfigurationRefused, UnknownName
from matching.scoring.scores import Scores
from matching.scoring.settings import Table, bands_of, criteria_of, known_keys, rules_of, table_of, text_of
from matching.scoring.yardstick import Yardstick
from matching.text import say

SCORECARD_OF = {"collective": "binnenwerk"}
"""Scorecards that do not bear the name of their method."""

KEYS = ("name", "version", "status", "criteria", "rules", "bands")


@dataclass(frozen=True, kw_only=True)
class Scorecard(Yardstick):
    """A yardstick with a name that scores pools (see Yardstick for the fields and what is refused)."""

    def score(self, pool: Pool, *, seed: int = 0) -> Scores:
        """Return the scores of every candidate with every package of the pool, all by this scorecard."""
        keys = pool.packages.column("scorecard_key").values
        return Scores(pool, dict.fromkeys(keys, self), seed)


def score(pool: Pool, *, seed: int = 0) -> Scores:
    """Return the scores of a pool, each package by the scorecard of its programme, else of its method."""
    cards: dict[str, Yardstick] = {}
    for key in pool.packages.column("scorecard_key").values:
        cards[key] = load_scorecard(SCORECARD_OF.get(key, key))
    return Scores(pool, cards, seed)


def load_scorecard(name: str | Path) -> Scorecard:
    """Return a scorecard by name, or from the path of a TOML file.

    Raises UnknownName with the nearest name or key, and ConfigurationRefused for what cannot be used.
    """
    if isinstance(name, Path) or str(name).endswith(".toml"):
        return read_scorecard(Path(name))
    named = scorecards()
    if name not in named:
        raise UnknownName(say("scoring.name.scorecard"), name, named)
    return read_scorecard(named[name])


def scorecards() -> Mapping[str, Path]:
    """Return the shipped scorecards by name, alphabetical."""
    return {path.stem: path for path in sorted(models_folder().glob("*.toml")) if "[criteria." in _text(path)}


def models_folder() -> Path:
    """Return where the models are: `models` of a checkout, else what the wheel brought."""
    package = Path(__file__).resolve().parent.parent
    shipped = package / "_shipped" / "models"
    return shipped if shipped.is_dir() else package.parent / "models"


def read_scorecard(path: Path) -> Scorecard:
    """Return the scorecard of one TOML file."""
    try:
        table = tomllib.loads(_text(path))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as problem:
        raise ConfigurationRefused(say("scoring.refused.file", path=path.name, problem=str(problem))) from None
    return scorecard_of(table, path.name)


def scorecard_of(table: Table, place: str) -> Scorecard:
    """Return the scorecard that a parsed table describes; `place` names it in errors."""
    known_keys(table, KEYS, place)
    return Scorecard(
        name=text_of(table, "name", place),
        version=text_of(table, "version", place),
        status=text_of(table, "status", place) if "status" in table else "",
        criteria=criteria_of(table_of(table, "criteria", place), place),
        rules=rules_of(table_of(table, "rules", place), place) if "rules" in table else (),
        bands=bands_of(table_of(table, "bands", place) if "bands" in table else {}, place),
    )


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")
