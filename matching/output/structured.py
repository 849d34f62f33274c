"""JSON: everything a report shows, under English names, for another program."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

from matching.output.sheet import Cell, Report
from matching.output.writing import write_whole


def write_structured(report: Report, path: Path) -> None:
    """Write every sheet as a list of records, and the stamp; dates are ISO, unknown and empty are null."""
    write_whole(path, (structured(report) + "\n").encode())


def structured(report: Report) -> str:
    """Return a report as JSON text."""
    stamp = report.stamp
    about = {
        "as_of": stamp.as_of.isoformat(),
        "fingerprint": stamp.fingerprint,
        "scorecards": list(stamp.scorecards),
        "role": stamp.role,
        "seed": stamp.seed,
        "status": stamp.status.text(report.language) if stamp.status else None,
        "gap": stamp.gap,
        "bound": stamp.bound,
        "synthetic": stamp.synthetic,
        "language": report.language,
    }
    sheets = {
        sheet.key: [{key: _value(cell) for key, cell in record.items()} for record in sheet.records()]
        for sheet in report.sheets
    }
    record = {} if report.record is None else {"record": json.loads(report.record)}
    return json.dumps({"title": report.title, "about": about, **record, **sheets}, ensure_ascii=False, indent=1)


def _value(cell: Cell) -> str | int | float | None:
    return cell.isoformat() if isinstance(cell, dt.date) else cell
