"""One web page without scripts: readable aloud, without colour, at any size, and on paper."""

from __future__ import annotations

from html import escape
from pathlib import Path

from matching.output.harmless import printable
from matching.output.sheet import Report, Sheet, in_words
from matching.output.writing import write_whole

STYLE = """
body{font:1rem/1.5 Calibri,Arial,sans-serif;color:#1a1a1a;background:#fff;margin:1.5rem;max-width:80rem}
h1,h2{color:#154273;line-height:1.2}
table{border-collapse:collapse;width:100%;margin:1rem 0}
caption{text-align:left;font-style:italic;padding:.3rem 0}
th,td{border-bottom:1px solid #8a9bb0;padding:.35rem .5rem;text-align:left;vertical-align:top;white-space:pre-line}
thead th{background:#154273;color:#fff}
td.n{text-align:right}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.1rem 1rem}
dt{font-weight:bold}dd{margin:0}
@page{size:A4 landscape;margin:12mm}
@media print{body{margin:0;font-size:9pt}thead{display:table-header-group}tr{break-inside:avoid}}
"""


def write_page(report: Report, path: Path) -> None:
    """Write a report as one accessible HTML page."""
    write_whole(path, page(report).encode())


def page(report: Report) -> str:
    """Return a report as HTML; every text from a file is escaped and nothing on the page runs."""
    title = escape(printable(report.title))
    parts = [
        f'<!doctype html>\n<html lang="{report.language}">\n<head><meta charset="utf-8">',
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">",
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{title}</title><style>{STYLE}</style></head>\n<body><main>\n<h1>{title}</h1>",
        *(f"<p>{escape(printable(line))}</p>" for line in report.lead),
        *(_table(sheet, report) for sheet in report.sheets),
        _stamp(report),
        "</main></body></html>\n",
    ]
    return "\n".join(parts)


def _table(sheet: Sheet, report: Report) -> str:
    label = escape(printable(sheet.label(report.language)))
    heads = "".join(f'<th scope="col">{escape(column.label(report.language))}</th>' for column in sheet.columns)
    notes = " ".join(escape(printable(note)) for note in sheet.notes)
    rows = "\n".join(f"<tr>{_cells(row, report)}</tr>" for row in sheet.rows)
    return (
        f"<section><h2>{label}</h2>\n<table><caption>{notes or label}</caption>\n"
        f"<thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}\n</tbody></table></section>"
    )


def _cells(row: tuple[object, ...], report: Report) -> str:
    made = []
    for place, cell in enumerate(row):
        text = escape(printable(in_words(cell, report.language)))  # type: ignore[arg-type]
        if place == 0:
            made.append(f'<th scope="row">{text}</th>')
        else:
            made.append(f'<td class="n">{text}</td>' if isinstance(cell, int | float) else f"<td>{text}</td>")
    return "".join(made)


def _stamp(report: Report) -> str:
    lines = "".join(
        f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in report.stamp.lines(report.language)
    )
    return f"<footer><dl>{lines}</dl></footer>"
