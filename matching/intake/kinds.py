"""The kinds of cells by the name that the table of columns uses, with their ranges."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from matching.intake.cell import Kind
from matching.intake.cells import (
    HOUR_UNITS,
    MINUTE_UNITS,
    WEEK_UNITS,
    YEAR_UNITS,
    Day,
    Identifier,
    Identifiers,
    Number,
    Postcode,
    Scale,
    Text,
    Words,
    YesNo,
)
from matching.intake.vocabulary_cells import (
    Alternatives,
    AvailableFrom,
    Choice,
    DemandLevels,
    KeyNumbers,
    Keys,
    Level,
    NeedDemand,
    Place,
    Skills,
    Vetoes,
)

LANGUAGE_WORDS = "een beetje;redelijk;goed;uitstekend"
"""The four language levels in words, lowest first."""

KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        "id": Identifier(),
        "ids": Identifiers(),
        "text": Text(),
        "person_text": Text(of_person=True),
        "words": Words(),
        "day": Day(),
        "yes_no": YesNo(),
        "scale": Scale(),
        "postcode": Postcode(),
        "hours": Number(0, 60, step=0.25, units=HOUR_UNITS),
        "minutes": Number(0, 600, whole=True, units=MINUTE_UNITS),
        "weeks": Number(0, 104, whole=True, units=WEEK_UNITS),
        "days": Number(0, 7, whole=True),
        "places": Number(1, 999, whole=True),
        "people": Number(0, 99, whole=True),
        "available": AvailableFrom(),
        "municipality": Place(),
        "skills": Skills(),
        "vetoes": Vetoes(),
        "need_demand": NeedDemand(),
        "level": Level(),
        "demand_levels": DemandLevels("demand", Number(0, 3, whole=True)),
        "years_of_work_kind": KeyNumbers("work_kind", Number(0, 60, units=YEAR_UNITS)),
        "weighted_work_kinds": KeyNumbers("work_kind", Number(1, 3, whole=True), default=1, by_weight=True),
        "language_levels": KeyNumbers("language", Number(1, 4, whole=True), words=LANGUAGE_WORDS),
    }
)
"""The kinds that stand alone."""

OF_VOCABULARY = MappingProxyType({"choice": Choice, "keys": Keys, "alternatives": Alternatives})
"""The kinds that stand before the name of a vocabulary: "choice:education"."""


def kind_named(text: str) -> Kind:
    """Return the kind that the table of columns names."""
    head, _, name = text.partition(":")
    return OF_VOCABULARY[head](name) if name else KINDS[text]
