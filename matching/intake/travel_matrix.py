"""A file of real travel times: from, to, minutes and mode, between municipalities or four-digit postcodes.

What such a file gives replaces the estimate for those places and that mode; everything else stays an estimate. A line
that cannot be read is refused with its sentence and never guessed; of two lines for one trip both are refused.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from matching.domain.travel import TravelTimes
from matching.intake.cell import Kind, Reading
from matching.intake.kinds import kind_named
from matching.intake.raw import RawSheet
from matching.intake.sheet import Sheet, SheetColumn
from matching.intake.sources import open_one
from matching.intake.words import normal
from matching.text import Sentence, say


@dataclass(frozen=True)
class TravelPlace(Kind):
    """A four-digit postcode, or a municipality by any of its names."""

    def read(self, text: str) -> Reading:
        """Return the postcode or the key of the municipality."""
        if text.isdigit():
            return kind_named("postcode").read(text)
        found = kind_named("municipality").read(text)
        if found.value is None and found.refusal is None:
            return Reading(refusal=found.warning or say("advice.travel.no_place", value=text))
        return found


PLACE = TravelPlace()
TRAVEL_SHEET = Sheet(
    key="travel_times",
    nl="reistijden",
    en="travel_times",
    columns=(
        SheetColumn(key="from", nl="van", en="from", kind=PLACE, example="Delft", required=True),
        SheetColumn(key="to", nl="naar", en="to", kind=PLACE, example="2511", required=True),
        SheetColumn(key="minutes", nl="minuten", en="minutes", kind=kind_named("minutes"), example="35", required=True),
        SheetColumn(
            key="mode",
            nl="vervoer",
            en="mode",
            kind=kind_named("choice:travel_mode"),
            example="fiets",
            required=True,
        ),
    ),
)
"""The columns of the file, in the way of all other sheets."""

TripKey = tuple[str, str, str]


@dataclass(frozen=True, kw_only=True)
class TravelMatrix:
    """What one file gave: the times, and a sentence for each line that was refused. read = accepted + refused."""

    times: TravelTimes
    read: int
    refused: tuple[Sentence, ...] = field(default=())

    @property
    def accepted(self) -> int:
        """How many lines gave a travel time."""
        return len(self.times.matrix)


def read_travel_matrix(path: str | Path) -> TravelMatrix:
    """Return the travel times of a file (.csv, .txt, .xlsx, .ods).

    Raises InputRefused when the file cannot be read at all, or lacks a column.
    """
    raw = open_one(Path(path), TRAVEL_SHEET)
    places = {TRAVEL_SHEET.by_header[normal(head)].key: at for at, head in enumerate(raw.header) if _known(head)}
    trips: list[tuple[int, TripKey, int]] = []
    refused: list[Sentence] = []
    records = [record for record in range(len(raw)) if not raw.blank[record]]
    for record in records:
        found, problem = _line(raw, record, places)
        if found is None:
            refused.append(problem)
        else:
            trips.append((int(raw.rows[record]), *found))
    times = Counter(key for _, key, _ in trips)
    refused += [say("advice.travel.twice", row=row) for row, key, _ in trips if times[key] > 1]
    matrix = {key: minutes for _, key, minutes in trips if times[key] == 1}
    return TravelMatrix(times=TravelTimes(matrix), read=len(records), refused=tuple(refused))


def _known(head: str) -> bool:
    return normal(head) in TRAVEL_SHEET.by_header


def _line(raw: RawSheet, record: int, places: dict[str, int]) -> tuple[tuple[TripKey, int] | None, Sentence]:
    """Return one trip with its minutes, or why the line is refused."""
    row, texts = int(raw.rows[record]), raw.texts(record)
    fault = raw.row_faults.get(record)
    if fault is not None:
        return None, say("advice.travel.refused", row=row, column="-", reason=fault)
    values: dict[str, object] = {}
    for column in TRAVEL_SHEET.columns:
        reading = column.read(texts[places[column.key]] if column.key in places else "")
        if reading.value is None:
            reason = reading.refusal or reading.warning or say("intake.required")
            return None, say("advice.travel.refused", row=row, column=column.term, reason=reason)
        values[column.key] = reading.value
    key = str(values["from"]), str(values["to"]), str(values["mode"])
    return (key, int(str(values["minutes"]).partition(".")[0])), say("advice.travel.fine")
